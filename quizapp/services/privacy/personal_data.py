"""What is held about a person, all of it, as a download."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Select, inspect, select
from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.spreadsheets import safe_cell
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.quizzes.showing import grade_shown
from quizapp.storage.accounts.tables import Account, EmailAddress, SignIn
from quizapp.storage.base import Base
from quizapp.storage.classes.tables import Classroom, ClassroomTeacher, Enrolment
from quizapp.storage.corrections.tables import Claim, GradeNotice, Report
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from quizapp.storage.privacy import ownership
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.study.tables import Card, LearnerCalibration, LearnerDay, Review, StudyDeck

SECRET = re.compile("digest|hash|secret|token|credential|_key$")  # names of columns that open something
UNSEEN = {"grade": "", "score": None, "graded_by": None}  # until a grade may be seen
DAYS = frozenset({"day", "first_day", "last_day", "due_day", "planned_day"})

README = marked(
    "Everything this site stores about you, once as JSON and once as CSV (for spreadsheets).\n"
    "Times are in UTC; days are your own study days."
)

WORDS = {
    "account": marked("your account and its settings"),
    "email": marked("your e-mail address, if you gave one"),
    "passkey": marked("passkeys of your devices"),
    "code_app": marked("the authenticator app that is your second factor"),
    "sign_ins": marked("browsers that are signed in"),
    "decks": marked("decks you study"),
    "reviews": marked("every answer you gave, with its grade"),
    "cards": marked(
        "how well you probably remember each question: stability (days), difficulty (1-10), when it is due"
    ),
    "days": marked("your study days in numbers"),
    "predictions": marked("how often you were right, and how often the site expected it"),
    "attempts": marked("quizzes you took"),
    "item_note": marked("notes you wrote at questions"),
    "questions": marked("their questions and your answers, with grades once the quiz shows them"),
    "claims": marked("answers you claimed were right, and the outcome"),
    "told": marked("notices you got about regraded answers"),
    "reports": marked("problems you reported in questions, and the outcome"),
    "classes": marked("classes you are in, and your name there"),
    "teaching": marked("classes you teach"),
    "assignment_extension": marked("assignments for which you got more time"),
    "audit_entry": marked("what teachers and admins did to your account"),
    "audit_entry_actor": marked("what you did as a teacher or admin"),
    "goal": marked("dates by which you want to know something"),
    "goal_deck": marked("the decks of these dates"),
    "deck_event": marked("decks you paused, left, restarted or went on with"),
    "memory_set": marked("how fast you forget: weights of the memory model, fitted to your answers"),
    "learner_first": marked("your first answers to questions, by format: how many, how many right"),
    "deck_owner": marked("decks you wrote"),
    "item_version_author": marked("questions you wrote, each version"),
    "deck_share": marked("decks that colleagues share with you"),
}

# What `_tables` tells in its own way; every other column that names an account is found by itself.
TOLD = frozenset(
    {
        ("sign_in", "account_id"),
        ("email_address", "account_id"),
        ("study_deck", "learner_id"),
        ("review", "learner_id"),
        ("card", "learner_id"),
        ("learner_day", "learner_id"),
        ("learner_calibration", "learner_id"),
        ("attempt", "learner_id"),
        ("attempt_question", "attempt_id"),
        ("claim", "learner_id"),
        ("grade_notice", "learner_id"),
        ("report", "learner_id"),
        ("enrolment", "learner_id"),
        ("classroom_teacher", "account_id"),
    }
)


def export_zip(session: Session, account: Account) -> bytes:
    """A zip of JSON and CSV files with every row that belongs to the account."""
    held = _tables(session, account)
    held |= {name: rows for name, rows in further_rows(session, account.id).items() if rows}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _(README) + "\n\n" + "".join(map(_line, held)))
        for name, rows in held.items():
            archive.writestr(f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=1))
            archive.writestr(f"{name}.csv", _csv(rows))
    return packed.getvalue()


def further_rows(session: Session, account_id: int) -> dict[str, list[dict[str, Any]]]:
    """Rows of every table that names the account or belongs to a row that does, by the file's name: those
    that no other file tells."""
    found = {}
    for tie in ownership.ties():
        if tie.key not in TOLD:
            plain = tie.column.name in {"account_id", "learner_id"}
            name = tie.table.name if plain else f"{tie.table.name}_{tie.column.name.removesuffix('_id')}"
            found[name] = _mapped(session, ownership.rows_of(tie, account_id))
    for table, column, tie in ownership.belongings():
        if (table.name, column.name) not in TOLD:
            found[table.name] = _mapped(session, ownership.belonging_rows(table, column, tie, account_id))
    return found


def _mapped(session: Session, query: Select[Any]) -> list[dict[str, Any]]:
    rows = session.execute(query).mappings()
    return [{name: _plain(name, row[name]) for name in row if not SECRET.search(name)} for row in rows]


def _line(name: str) -> str:
    return f"{name:<20} {_(WORDS[name]) if name in WORDS else _('more rows that refer to you')}\n"


def _tables(session: Session, account: Account) -> dict[str, list[dict[str, Any]]]:
    mine = account.id
    names = _item_names(session, mine)
    decks = select(StudyDeck, Deck.slug, Deck.title).join(Deck, Deck.id == StudyDeck.deck_id)
    return {
        "account": _rows(session.scalars(select(Account).where(Account.id == mine))),
        "email": _rows(session.scalars(select(EmailAddress).where(EmailAddress.account_id == mine))),
        "sign_ins": _rows(session.scalars(select(SignIn).where(SignIn.account_id == mine))),
        "decks": [
            {"deck": slug, "title": title, "target": studied.target}
            for studied, slug, title in session.execute(
                decks.where(StudyDeck.learner_id == mine).order_by(StudyDeck.position)
            )
        ],
        "reviews": _rows(
            session.scalars(select(Review).where(Review.learner_id == mine).order_by(Review.at, Review.id)),
            names,
        ),
        "cards": _rows(
            session.scalars(select(Card).where(Card.learner_id == mine).order_by(Card.item_id)), names
        ),
        "days": _rows(
            session.scalars(select(LearnerDay).where(LearnerDay.learner_id == mine).order_by(LearnerDay.day))
        ),
        "predictions": _rows(
            session.scalars(select(LearnerCalibration).where(LearnerCalibration.learner_id == mine))
        ),
        "attempts": _rows(
            session.scalars(select(Attempt).where(Attempt.learner_id == mine).order_by(Attempt.started_at))
        ),
        "questions": _questions(session, mine, names),
        "claims": _rows(
            session.scalars(select(Claim).where(Claim.learner_id == mine).order_by(Claim.created_at)), names
        ),
        "told": _rows(
            session.scalars(
                select(GradeNotice).where(GradeNotice.learner_id == mine).order_by(GradeNotice.told_at)
            )
        ),
        "reports": _rows(
            session.scalars(select(Report).where(Report.learner_id == mine).order_by(Report.id)), names
        ),
        **_classes(session, mine),
    }


def _questions(session: Session, mine: int, names: dict[int, str]) -> list[dict[str, Any]]:
    """The questions of one's quizzes; how an answer was graded only where the pages would tell it too."""
    query = (
        select(AttemptQuestion, Attempt)
        .join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
        .where(Attempt.learner_id == mine)
        .order_by(AttemptQuestion.attempt_id, AttemptQuestion.position)
    )
    rows = []
    for question, attempt in session.execute(query):
        [row] = _rows([question], names)
        rows.append(row if grade_shown(attempt, question.answered_at) else row | UNSEEN)
    return rows


def _classes(session: Session, mine: int) -> dict[str, list[dict[str, Any]]]:
    attended = select(Classroom.name, Enrolment).join(Enrolment, Enrolment.classroom_id == Classroom.id)
    taught = select(Classroom.name, ClassroomTeacher.added_at).join(
        ClassroomTeacher, ClassroomTeacher.classroom_id == Classroom.id
    )
    return {
        "classes": [
            {
                "class": name,
                "your_name": row.name,
                "joined_at": _plain("joined_at", row.joined_at),
                "removed_at": _plain("removed_at", row.removed_at),
            }
            for name, row in session.execute(
                attended.where(Enrolment.learner_id == mine).order_by(Enrolment.id)
            )
        ],
        "teaching": [
            {"class": name, "since": _plain("added_at", added_at)}
            for name, added_at in session.execute(
                taught.where(ClassroomTeacher.account_id == mine).order_by(Classroom.name, Classroom.id)
            )
        ],
    }


def _item_names(session: Session, learner_id: int) -> dict[int, str]:
    """What the learner was asked, by item: the headline of its present version."""
    asked = select(Review.item_id).where(Review.learner_id == learner_id)
    drawn = select(AttemptQuestion.item_id).join(Attempt, Attempt.id == AttemptQuestion.attempt_id)
    query = (
        select(Item.id, ItemVersion.content)
        .join(ItemVersion, ItemVersion.id == Item.version_id)
        .where(Item.id.in_(asked) | Item.id.in_(drawn.where(Attempt.learner_id == learner_id)))
    )
    return {
        item_id: markup.plain(kind_of(content).headline(content))
        for item_id, content in session.execute(query)
    }


def _rows(entities: Iterable[Base], names: dict[int, str] | None = None) -> list[dict[str, Any]]:
    """Entities as plain values, without secrets and numbers of accounts; `names` adds what the item asks."""
    rows = []
    for entity in entities:
        people = ownership.people_of(type(entity).__table__)
        columns = [attribute.key for attribute in inspect(type(entity)).column_attrs]
        shown = [name for name in columns if name not in people and not SECRET.search(name)]
        row = {name: _plain(name, getattr(entity, name)) for name in shown}
        if names is not None:
            row["question"] = names.get(row["item_id"], "")
        rows.append(row)
    return rows


def _plain(name: str, value: Any) -> Any:
    if name in DAYS and isinstance(value, int):
        return date.fromordinal(value).isoformat()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    if isinstance(value, msgspec.Struct):
        return json.dumps(msgspec.to_builtins(value), ensure_ascii=False)
    return str(value) if isinstance(value, UUID) else value


def _csv(rows: Sequence[Mapping[str, object]]) -> str:
    """The rows as CSV that no spreadsheet takes for formulas."""
    if not rows:
        return ""
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows({name: safe_cell(value) for name, value in row.items()} for row in rows)
    return text.getvalue()

"""From rows to the pages of classes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.classes.codes import grouped, spaced
from quizapp.domain.classes.figures import middle_half, share_in_words
from quizapp.domain.classes.rosters import Reading, Roster, Table
from quizapp.domain.classes.wording import clock_words
from quizapp.domain.language.moments import day_words
from quizapp.domain.language.translation import _, ngettext
from quizapp.domain.study.scheduling.day import study_day
from quizapp.services.accounts.accounts import RESET_LIVES
from quizapp.services.classes.classrooms import is_joinable
from quizapp.services.classes.recovery import resettable_ids
from quizapp.services.classes.rosters import unused_ids
from quizapp.services.classes.sign_in_links import LINK_LIVES
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes import classrooms as queries
from quizapp.storage.classes.tables import Classroom
from quizapp.storage.library import own_decks
from quizapp.web.classes.assignments.building import given_rows
from quizapp.web.classes.assignments.own import due_rows
from quizapp.web.classes.forms import RosterForm, TeacherForm
from quizapp.web.classes.pages import (
    ClassesPage,
    ClassroomPage,
    ClassRow,
    CodePage,
    DeckChoice,
    DecksPage,
    ImportRow,
    LinkCard,
    PeoplePage,
    PersonRow,
    RosterPage,
    RosterPreview,
    SheetPage,
    StudentRow,
)
from quizapp.web.frame.links import absolute

WEEK = 7  # days
IMPORT_UNDOABLE = timedelta(days=7)


def classes_page(session: Session, account: Account, *, now: datetime) -> ClassesPage:
    """The classes someone teaches or is in."""
    rows = queries.classes_taught(session, account.id) if account.is_teacher else []
    taught = [
        ClassRow(row.id, row.name, row.students, _is_open(row, now), row.archived_at is not None)
        for row in rows
    ]
    attended = queries.classes_attended(session, account.id)
    decks = queries.class_decks(session, [row.id for row in attended])
    due = due_rows(session, account.id, now=now) if attended else ()
    own = own_decks.of(session, account.id) if attended else []
    given = {(row.classroom_id, row.slug) for row in decks}
    return ClassesPage(
        taught=tuple(row for row in taught if not row.archived),
        archived=tuple(row for row in taught if row.archived),
        attended=tuple(
            ClassRow(
                row.id,
                row.name,
                own_name=row.own_name,
                decks=tuple((deck.slug, deck.title) for deck in decks if deck.classroom_id == row.id),
                due=tuple(each for each in due if each.classroom_id == row.id),
                sharable=tuple(
                    (deck.slug, deck.title)
                    for deck in own
                    if row.own_decks and deck.cards and (row.id, deck.slug) not in given
                ),
                shared=tuple((deck.slug, deck.title) for deck in own if (row.id, deck.slug) in given),
            )
            for row in attended
        ),
        teacher=account.is_teacher,
    )


def classroom_page(session: Session, classroom: Classroom, *, now: datetime) -> ClassroomPage:
    """A class with its students' status."""
    today = study_day(now, ZoneInfo(classroom.zone))
    students = _students(session, classroom, today)
    return ClassroomPage(
        id=classroom.id,
        name=classroom.name,
        archived=classroom.archived_at is not None,
        joining_open=is_joinable(classroom, now),
        code=spaced(classroom.join_code),
        zone=classroom.zone.replace("_", " "),
        decks=tuple(
            DeckChoice(row.slug, row.title, row.questions)
            for row in queries.class_decks(session, [classroom.id])
        ),
        students=students,
        teachers=tuple(row.name or "" for row in queries.teachers(session, classroom.id)),
        facts=queries.facts_to_learn(session, classroom.id),
        assignments=given_rows(session, classroom, now=now),
        studied=sum(not student.idle for student in students),
        middle=middle_half([student.known for student in students]),
    )


def _students(session: Session, classroom: Classroom, today: int) -> tuple[StudentRow, ...]:
    answers = queries.answers_since(session, classroom.id, today - WEEK + 1)
    known = queries.facts_known(session, classroom.id, today)
    rows = []
    for row in queries.students(session, classroom.id):
        given, right = answers.get(row.learner_id, (0, 0))
        rows.append(
            StudentRow(
                id=row.id,
                name=row.name,
                last_studied=day_in_words(row.last_day, today),
                answers=given,
                right=share_in_words(right, given),
                known=known.get(row.learner_id, 0),
                idle=row.last_day is None or row.last_day <= today - WEEK,
            )
        )
    return tuple(rows)


def day_in_words(day: int | None, today: int) -> str:
    """When a study day was, seen from today."""
    if day is None:
        return _("never")
    if day >= today:  # a student further east may be a day ahead
        return _("today")
    if day == today - 1:
        return _("yesterday")
    return (
        ngettext("{count} day ago", "{count} days ago", today - day)
        if today - day < 2 * WEEK
        else day_words(date.fromordinal(day))
    )


def roster_page(
    classroom: Classroom, form: RosterForm, table: Table, reading: Reading, read: Roster, there: list[str]
) -> RosterPage:
    """A roster as it was read, before anything is stored."""
    heads = table.rows[0] if reading.heading else ()
    sample = table.rows[min(int(reading.heading), len(table.rows) - 1)]
    columns = [
        (
            number,
            f"{number + 1}: {' – '.join(filter(None, (heads[number] if heads else '', sample[number])))}",
        )
        for number in range(table.width)
    ]
    known = set(there)
    return RosterPage(
        id=classroom.id,
        name=classroom.name,
        form=form,
        preview=RosterPreview(
            names=tuple(name for name in read.names if name not in known),
            there=tuple(there),
            left_out=tuple((each.number, each.text, each.why) for each in read.left_out),
            columns=tuple(columns),
            heading=reading.heading,
            first=reading.first,
            last=reading.last,
        ),
    )


def code_page(session: Session, classroom: Classroom, *, now: datetime) -> CodePage:
    """The code for the projector, with who has joined."""
    address, zone = absolute("classrooms.join"), ZoneInfo(classroom.zone)
    until = classroom.joining_until
    return CodePage(
        id=classroom.id,
        name=classroom.name,
        code=classroom.join_code,
        joining_open=is_joinable(classroom, now),
        until=f"{until.astimezone(zone):%H:%M}" if until is not None else "",
        archived=classroom.archived_at is not None,
        address=address.partition("://")[2],
        full_address=absolute("classrooms.join_code", code=classroom.join_code),
        names=tuple(row.name for row in queries.students(session, classroom.id)),
    )


def decks_page(
    session: Session,
    classroom: Classroom,
    account: Account,
    ticked: Collection[str] | None = None,
    problem: str = "",
) -> DecksPage:
    """The decks to choose from. ticked: what was sent, where it comes back with what is wrong with it."""
    return DecksPage(
        id=classroom.id,
        name=classroom.name,
        decks=tuple(
            DeckChoice(
                row.slug,
                row.title,
                row.questions,
                summary=row.summary,
                own=row.owner_id is not None,
                chosen=row.chosen is not None if ticked is None else row.slug in ticked,
            )
            for row in queries.choosable_decks(session, classroom.id, account.id)
        ),
        problem=problem,
    )


def _is_open(row: queries.TaughtClass, now: datetime) -> bool:
    return row.joining_open and (row.joining_until is None or now < row.joining_until)


def people_page(session: Session, classroom: Classroom, form: TeacherForm, *, now: datetime) -> PeoplePage:
    """Teachers and students, with what can be done about each, and rosters that can be undone."""
    unused, zone = unused_ids(session, classroom), ZoneInfo(classroom.zone)
    resettable = resettable_ids(session, classroom.id)
    return PeoplePage(
        id=classroom.id,
        name=classroom.name,
        form=form,
        teachers=tuple(
            PersonRow(row.id, row.name or "", fixed=row.founder)
            for row in queries.teachers(session, classroom.id)
        ),
        students=tuple(
            PersonRow(
                row.id,
                row.name,
                linkable=row.founding and not row.has_password,
                resettable=row.id in resettable,
                unused=row.id in unused,
            )
            for row in queries.students(session, classroom.id)
        ),
        removed=tuple(
            PersonRow(row.id, row.name, unused=row.id in unused)
            for row in queries.students(session, classroom.id, removed=True)
        ),
        imports=tuple(
            ImportRow(str(row.import_id), row.students, clock_words(row.at, zone, now))
            for row in queries.imports(session, classroom.id, now - IMPORT_UNDOABLE)
        ),
    )


def sheet_page(classroom: Classroom, links: list[tuple[str, str]], *, now: datetime) -> SheetPage:
    """Cards to cut out, one for each (name, token)."""
    return SheetPage(
        id=classroom.id,
        name=classroom.name,
        cards=tuple(
            LinkCard(name, absolute("classrooms.enter", link=token), code=grouped(token))
            for name, token in links
        ),
        days=LINK_LIVES.days,
        join_address=absolute("classrooms.join").partition("://")[2],
        until=day_words(now + LINK_LIVES, ZoneInfo(classroom.zone)),
    )


def password_link_page(classroom: Classroom, name: str, token: str) -> SheetPage:
    """A card with which one student chooses a new password."""
    card = LinkCard(name, absolute("accounts.setup", token=token))
    return SheetPage(
        id=classroom.id, name=classroom.name, cards=(card,), days=RESET_LIVES.days, for_password=True
    )

"""The key never leaves before the answer: searched for on every question page, and by twin databases."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import time_machine
from flask import Flask
from markupsafe import escape
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.app import create_app
from quizapp.domain.classes.terms import Feedback, Sort
from quizapp.domain.library.kinds import KINDS, kind_of
from quizapp.domain.library.kinds.base import Content, Format
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.numeric import Numeric
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.services.accounts import accounts
from quizapp.services.classes import assignments, classrooms
from quizapp.services.privacy import personal_data
from quizapp.services.quizzes.attempts import review_id
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Enrolment
from quizapp.storage.engine import open_engine
from quizapp.web.frame.database import db
from quizapp.web.frame.rights import RIGHTS, Right
from tests.conftest import COMPILED, NOW, Databases, fresh
from tests.world import POSED, Posed, Seen, Visitor, add_deck, add_item, endpoints, masked

# Addresses of things that no learner's quiz leads to: files, pictures, one-time links, join codes,
# files that someone imports.
NOBODYS = frozenset(
    {
        "static_files.serve",
        "accounts.setup",
        "pictures.show",
        "classrooms.join_code",
        "classrooms.enter",
        "imports.preview",
        "imports.report",
        "mail.confirm",
        "provider.back",
        "provider.join",
        "reminders.feed",
        "reminders.stop",
    }
)
ATTEMPT = UUID("00000000-0000-4000-8000-000000000001")


# --- searched for ---------------------------------------------------------------------------------


def hidden_texts(posed: Posed) -> set[str]:
    """Texts of the answer that a page must not hold before it: all but the options that it shows."""
    content, outline = posed.content, posed.kind.outline(posed.content)
    hidden = {content.rationale, content.hint, *outline.accept, *getattr(content, "refuse", ())}
    hidden |= {text for _, text in getattr(content, "feedback", ())}
    hidden |= {getattr(content, "tolerance_reason", ""), getattr(content, "tolerance", "")}
    if posed.format in {Format.TYPE, Format.FLIP}:
        hidden |= {*outline.keys, *outline.distractors}
    if posed.format is Format.MATCH:
        hidden |= set(outline.keys)  # “left – right”
    return {line.strip("- ") for text in hidden for line in text.splitlines()} - {""}


def attributes_and_text(page: Seen) -> str:
    """All that the page holds, its frame (navigation, styles, signed notes) left aside."""
    main = page.soup.find("main")
    assert main is not None
    for tag in main.select("svg, input[type=hidden], progress, .keys, .study-bar"):
        tag.decompose()
    return str(main)


@pytest.mark.parametrize("posed", POSED, ids=lambda posed: posed.key)
def test_no_question_page_holds_the_answer(posed: Posed, questions: dict[str, int], visitor: Visitor) -> None:
    page = visitor.begin().ask(questions[posed.key])
    shown = attributes_and_text(page)
    offered = " ".join(page.soup.find("form", attrs={"data-question": True}).stripped_strings)
    for text in hidden_texts(posed):
        if len(text) > 2:
            assert text not in shown, text
            assert str(escape(text)) not in shown, text
        else:  # “3” or “10” may be a number of something else
            assert text not in offered.split(), text
    assert not page.soup.select("main [checked], main [selected], main [data-right], main [data-correct]")


def test_quiz_pages_lists_and_previews_hold_no_answer(questions: dict[str, int], visitor: Visitor) -> None:
    visitor.begin()
    form = {"deck": "every", "attempt": str(ATTEMPT), "length": "100", "feedback": "end"}
    visitor.post("/quiz/start", form)
    pages = [visitor.open(f"/quiz/{ATTEMPT}/{position}") for position in range(1, 100)]
    pages = [page for page in pages if page.status == 200]
    overview = visitor.open(f"/quiz/{ATTEMPT}/overview")
    deck = visitor.open("/decks/every")
    assert len(pages) > 15
    for posed in POSED:
        secrets = [text for text in (posed.content.rationale, posed.content.hint) if text]
        if posed.format in {Format.TYPE, Format.FLIP}:
            words = (
                line.strip("- ")
                for key in posed.kind.outline(posed.content).keys
                for line in key.splitlines()
            )
            lists = [word for word in words if len(word) > 5]
        else:
            lists = []
        for page in (overview, deck):
            assert not [text for text in (*secrets, *lists) if text in page.html], (posed.key, page.path)
        for page in pages:
            assert not [text for text in secrets if text in page.html], (posed.key, page.path)


def test_answering_others_in_a_quiz_tells_nothing_of_what_is_still_open(
    questions: dict[str, int], visitor: Visitor
) -> None:
    """With feedback at the end, a page is the same after a right answer and after a wrong one."""
    visitor.begin()
    seen = []
    for attempt, option in ((ATTEMPT, "0"), (UUID(int=ATTEMPT.int + 1), "1")):
        form = {"deck": "every", "attempt": str(attempt), "length": "3", "feedback": "end"}
        visitor.post("/quiz/start", form)
        visitor.post(f"/quiz/{attempt}/1", {"choice": option, "give_up": "1"})
        again = visitor.open(f"/quiz/{attempt}/1")
        assert not {"Correct", "Incorrect"} & set(again.text.split("·")[0].split())
        seen.append(visitor.open(f"/quiz/{attempt}/overview").heading)
    assert seen[0] == seen[1]


# --- twins ----------------------------------------------------------------------------------------

TWINS: tuple[tuple[Content, Content], ...] = (
    (
        SingleChoice(stem="Which is right?", key="Alpha", distractors=("Beta", "Gamma", "Delta")),
        SingleChoice(stem="Which is right?", key="Gamma", distractors=("Alpha", "Beta", "Delta")),
    ),
    (
        SingleChoice(stem="How many?", key="30", distractors=("10", "20", "40")),
        SingleChoice(stem="How many?", key="10", distractors=("40", "30", "20")),
    ),
    (
        MultipleChoice(stem="Which are right?", keys=("Alpha", "Beta"), distractors=("Gamma", "Delta")),
        MultipleChoice(stem="Which are right?", keys=("Delta",), distractors=("Alpha", "Beta", "Gamma")),
    ),
    (TrueFalse(stem="It is so.", key=True), TrueFalse(stem="It is so.", key=False)),
    (
        Ordering(stem="In which order?", sequence=("Alpha", "Beta", "Gamma", "Delta", "Eta", "Mu", "Nu")),
        Ordering(stem="In which order?", sequence=("Delta", "Nu", "Alpha", "Gamma", "Mu", "Beta", "Eta")),
    ),
    (
        Ordering(stem="In order.", sequence=("1", "2", "3", "4", "5", "6", "7")),
        Ordering(stem="In order.", sequence=("7", "6", "5", "4", "3", "2", "1")),
    ),
    (
        Matching(
            stem="What goes together?",
            pairs=(("a", "Alpha"), ("b", "Beta"), ("c", "Gamma")),
            extras=("Delta",),
        ),
        Matching(
            stem="What goes together?",
            pairs=(("a", "Delta"), ("b", "Alpha"), ("c", "Beta")),
            extras=("Gamma",),
        ),
    ),
    (
        ShortAnswer(stem="Which word?", key="Alpha", accept=("Alef",), distractors=("Beta", "Gamma")),
        ShortAnswer(stem="Which word?", key="Gamma", refuse=("Gama",), distractors=("Alpha", "Beta")),
    ),
    (
        ShortAnswer(stem="Type it.", key="Alpha", exact=True),
        ShortAnswer(stem="Type it.", key="A much longer answer", exact=True),
    ),
    (
        Numeric(stem="How much?", value="8", unit="km", distractors=("6", "7")),  # type: ignore[arg-type]
        Numeric(stem="How much?", value="6", unit="km", distractors=("7", "8")),  # type: ignore[arg-type]
    ),
    (
        Numeric(stem="Type the number.", value="8", tolerance="5%", tolerance_reason="About."),  # type: ignore[arg-type]
        Numeric(stem="Type the number.", low="10", high="20000"),  # type: ignore[arg-type]
    ),
    (
        Cloze(stem="The {{Alpha~Beta~Gamma}} and the {{Delta~Epsilon~Zeta}}."),
        Cloze(stem="The {{Beta~Alpha~Gamma}} and the {{Zeta~Delta~Epsilon}}."),
    ),
    (Cloze(stem="Type {{Alpha|Alef}} here."), Cloze(stem="Type {{something longer}} here.")),
)


def sound(content: Any) -> Content:
    """The content with its figures as decimals, as the bank's loader makes them."""
    from decimal import Decimal

    import msgspec

    if isinstance(content, Numeric):
        figures = {
            name: Decimal(value) for name in ("value", "low", "high") if (value := getattr(content, name))
        }
        content = msgspec.structs.replace(content, **figures)
    assert kind_of(content).problems(content) == ()
    return content  # type: ignore[no-any-return]


@contextmanager
def twin(databases: Databases, folder: Path, which: int) -> Iterator[tuple[Flask, dict[int, Content]]]:
    """An app on a database of its own with one side of every pair; the secret key is the same."""
    with fresh(databases, "empty") as url:
        engine, items = open_engine(url), {}
        with Session(engine, expire_on_commit=False) as session, session.begin():
            deck = add_deck(session, "twins", now=NOW)
            for number, pair in enumerate(TWINS):
                content = sound(pair[which])
                for form in kind_of(content).formats(content):
                    item = add_item(session, deck, f"{number}-{form}", content, formats=(form,), now=NOW)
                    items[item.id] = content
        engine.dispose()
        app = create_app(Settings(data_dir=folder, database_url=url))
        app.config["WTF_CSRF_ENABLED"] = False
        app.jinja_env.bytecode_cache = COMPILED
        yield app, items
        with app.app_context():
            db.engine.dispose()


def every_page(app: Flask, items: dict[int, Content]) -> dict[str, bytes]:
    """All that a learner sees before answering anything, byte by byte."""
    visitor = Visitor(app.test_client()).begin()
    seen = {f"item {item}": visitor.ask(item) for item in items}
    seen |= {f"hint {item}": visitor.post("/study/hint", seen[f"item {item}"].fields()) for item in items}
    seen |= {f"empty {item}": visitor.post("/study/answer", seen[f"item {item}"].fields()) for item in items}
    seen |= {path: visitor.open(path) for path in ("/", "/study/", "/decks/", "/decks/twins", "/progress/")}
    for number, feedback in enumerate(("now", "end")):
        attempt = UUID(int=ATTEMPT.int + number)
        form = {"deck": "twins", "attempt": str(attempt), "length": "100", "feedback": feedback}
        seen[f"start {feedback}"] = visitor.post("/quiz/start", form)
        for position in range(1, len(TWINS) + 1):
            seen[f"{feedback} {position}"] = visitor.open(f"/quiz/{attempt}/{position}")
        seen[f"overview {feedback}"] = visitor.open(f"/quiz/{attempt}/overview")
    seen |= assigned_pages(app, visitor)
    return told(seen)


def assigned_pages(app: Flask, visitor: Visitor) -> dict[str, Seen]:
    """Assigned quizzes before they are answered; and one whose answers are shown after the due date, to its
    end: all of it answered and handed in, and still nothing tells of right and wrong."""
    with app.app_context():
        given = give_quizzes(db.session())
    seen = {}
    for feedback, assignment in given.items():
        attempt = UUID(int=ATTEMPT.int + 10 + assignment)
        seen[f"{feedback} assignment"] = visitor.open(f"/assignments/{assignment}")
        seen[f"{feedback} begun"] = visitor.post(
            f"/assignments/{assignment}/begin", {"attempt": str(attempt)}
        )
        for position in range(1, len(TWINS) + 1):
            seen[f"{feedback} assigned {position}"] = visitor.open(f"/quiz/{attempt}/{position}")
        seen[f"{feedback} assigned overview"] = visitor.open(f"/quiz/{attempt}/overview")
    at_end = UUID(int=ATTEMPT.int + 10 + given["end"])
    seen |= answered(visitor, at_end) | answered(visitor, attempt)
    for quiz, task in ((at_end, given["end"]), (attempt, assignment)):
        seen |= doors(app, visitor, f"open {task}", attempt=quiz, assignment_id=task)
    seen["finished"] = visitor.post(f"/quiz/{attempt}/finish", {})
    assert seen["finished"].heading == "Handed in"
    paths = (
        "/",
        "/progress/",
        "/decks/twins",
        "/classes/",
        "/study/",
        f"/quiz/{attempt}/",
        f"/quiz/{attempt}/1",
    )
    seen |= {f"after, {path}": visitor.open(path) for path in (*paths, f"/assignments/{assignment}")}
    return seen | doors(app, visitor, "handed in", attempt=attempt, assignment_id=assignment)


def answered(visitor: Visitor, attempt: UUID) -> dict[str, Seen]:
    """Every question of a quiz answered, with whatever option is first, and looked at again."""
    seen = {}
    for position in range(1, len(TWINS) + 1):
        reply = visitor.post(f"/quiz/{attempt}/{position}", {"choice": "0"})
        if reply.status == 422:
            reply = visitor.post(f"/quiz/{attempt}/{position}", {"give_up": "1"})
        seen[f"answered {attempt} {position}"] = reply
        seen[f"again {attempt} {position}"] = visitor.open(f"/quiz/{attempt}/{position}")
    return seen


def doors(app: Flask, visitor: Visitor, name: str, **named: Any) -> dict[str, Seen]:
    """Whatever a learner can open, every address of the site by its rule: a new one is tried by itself."""
    values = named | {"classroom_id": 1, "position": 1, "slug": "twins", "item_id": 1}
    values |= {"review": review_id(named["attempt"], 1), "kind": "single_choice"}
    seen = {}
    for endpoint, method, rule in endpoints(app):
        if method != "GET" or RIGHTS[endpoint] not in {Right.ANYONE, Right.LEARNER}:
            continue
        if not rule.arguments <= values.keys():
            assert endpoint in NOBODYS, f"{endpoint}: say here what its address names"
            continue
        with app.test_request_context():
            path = app.url_map.bind("localhost").build(endpoint, {key: values[key] for key in rule.arguments})
        seen[f"{name}: {path}"] = visitor.open(path + "?deck=twins")
    with app.app_context():  # what `quizapp user export` writes is the same
        guest = db.session.scalars(select(Account).where(Account.role == "guest")).one()
        held = unpacked(personal_data.export_zip(db.session(), guest))
    assert {part.partition("/")[2] for part in held} >= {"questions.json", "questions.csv", "attempts.json"}
    assert json.loads(held["/questions.json"]), "the answers are in it"
    return seen


def unpacked(packed: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {f"/{name}": archive.read(name).decode() for name in archive.namelist()}


def told(seen: dict[str, Seen]) -> dict[str, bytes]:
    """What the replies say: pages without what differs at each serving, archives file by file."""
    said = {}
    for name, page in seen.items():
        if page.response.mimetype == "application/zip":
            for part, text in unpacked(page.response.get_data()).items():
                said[name + part] = re.sub(r'"handle": "[^"]*"', '"handle": "…"', text).encode()
        else:
            said[name] = masked(page.html).encode()
    return said


def give_quizzes(session: Session) -> dict[str, int]:
    """An assigned quiz for each sort of feedback, the one that waits for the due date last; the guest is in
    the class."""
    now = datetime.now(UTC)
    teacher = accounts.sign_up(session, None, name="Vera", password_hash="-", role="teacher", now=now)
    room = classrooms.create(session, teacher, name="7b", zone="UTC", now=now)
    guest = session.scalars(select(Account).where(Account.role == "guest")).one()
    session.add(Enrolment(classroom_id=room.id, learner_id=guest.id, name="x", name_key="x", joined_at=now))
    made = {}
    for feedback in (Feedback.NOW, Feedback.END, Feedback.DUE):
        plan = assignments.Plan(
            opens_at=now, due_at=now + timedelta(days=1), questions=100, feedback=feedback
        )
        found = assignments.create(
            session, room, teacher, sort=Sort.QUIZ, deck_slug="twins", plan=plan, now=now
        )
        made[feedback.value] = found.id
    session.commit()
    return made


def test_two_databases_that_differ_only_in_the_keys_serve_the_same_bytes(
    databases: Databases, tmp_path: Path
) -> None:
    pages = []
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False):
        for which in (0, 1):
            with twin(databases, tmp_path, which) as (app, items):
                pages.append(every_page(app, items))
    assert pages[0].keys() == pages[1].keys()
    assert {name for name in pages[0] if pages[0][name] != pages[1][name]} == set()
    assert sum(b"Alpha" in page for page in pages[0].values()) > len(TWINS), "the options are there"


def test_the_twins_are_of_every_kind_that_has_a_key() -> None:
    assert {kind_of(first).name for first, _ in TWINS} == {kind.name for kind in KINDS} - {"flip_card"}
    for first, second in TWINS:
        assert kind_of(first).outline(sound(first)).keys != kind_of(second).outline(sound(second)).keys

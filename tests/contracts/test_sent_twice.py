"""A form that makes something makes it once, however often the same form is sent; a changed form is another.

Every address that takes a form is in one of two lists: its form is tried here, or makes nothing twice
by what it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizapp.services.accounts import sent_forms
from quizapp.services.library import editor
from quizapp.storage.accounts.tables import Account
from quizapp.storage.base import Base
from quizapp.storage.engine import open_engine
from quizapp.storage.library.tables import Deck
from tests.conftest import NOW
from tests.house import House, Owned
from tests.processes import at_once
from tests.world import Seen, Visitor, _value, person

BRIDGE = (Path(__file__).parents[1] / "domain/drafting/texts/bridge.txt").read_text("utf-8")
UNCOUNTED = {
    "sent_form",
    "audit_entry",
    "recent_count",
    "sign_in",
}  # what is told of a form is no thing it makes
Opened = Callable[[Visitor, Owned], Seen]


def at(pattern: str) -> Opened:
    """The page at this address."""
    return lambda visitor, own: visitor.open(pattern.format(**vars(own)))


def corrected(where: str, visitor: Visitor, own: Owned) -> Seen:
    """The page on which a text that was brought is corrected."""
    page = visitor.open(where.format(**vars(own)))
    return visitor.send(page, {"text": BRIDGE}, where.format(**vars(own)))


def looked_at(visitor: Visitor, own: Owned) -> Seen:
    """The page on which an import is checked."""
    page = visitor.open(f"/teach/decks/{own.slug}/import")
    return visitor.send(page, {"text": "hola\thello\n"})


def drafted(visitor: Visitor, _own: Owned) -> Seen:
    """The drafts of an article that is long enough for some."""
    stored = visitor.send(corrected("/teach/articles/add", visitor, _own), {"title": "Bridge"}, "/save")
    return visitor.open(stored.link("Draft questions"))


@dataclass(frozen=True)
class Making:
    """A form that makes something. page: where it is; form: which one of it; values: what is filled in;
    changed: what makes it another form."""

    page: Opened
    form: str
    values: Mapping[str, Any] = field(default_factory=dict)
    changed: Mapping[str, Any] = field(default_factory=dict)


MAKING = {
    "authoring.new_deck": Making(at("/teach/new-deck"), "[action$=new-deck]", {"title": "A"}, {"title": "B"}),
    "classrooms.new": Making(at("/classes/new"), "[action='/classes/new']", {"name": "9z"}, {"name": "9y"}),
    "classrooms.roster": Making(
        at("/classes/{classroom_id}/roster"),
        "[action$=roster]",
        {"names": "Ann\nBen", "do": "add"},
        {"names": "Cid", "do": "add"},
    ),
    "assignments.new": Making(
        at("/classes/{classroom_id}/assignments/new?sort=quiz"),
        "[action*='assignments/new']",
        {"title": "Twice", "due_date": "2090-01-01", "questions": "2"},
        {"title": "Another"},
    ),
    "assignments.assign": Making(
        at("/teach/decks/{slug}/assign"),
        "[action*='/assign']",
        {"classroom": "", "new_class": "Twice", "due_date": "2090-01-01", "questions": "1"},
        {"new_class": "Another"},
    ),
    "articles.save": Making(partial(corrected, "/teach/articles/add"), "[action$=save]", {"title": "Twice"}),
    "articles.save_text": Making(partial(corrected, "/teach/articles/{article}/new-text"), "[action$=save]"),
    "own.new_card": Making(
        at("/own/cards/new"),
        "[action$=new]",
        {"question": "Two and two?", "answer": "Four", "way": "turned"},
    ),
    "imports.settle": Making(looked_at, "[action$=settle]", {"do": "import", "take": ["0"]}),
    "drafts.settle": Making(drafted, ".drafts", {"do": "keep", "draft": "first"}),
    "authoring.duplicate": Making(at("/teach/items/{item_id}"), "[action$=duplicate]"),
    "sharing.copy": Making(at("/teach/decks/every"), "[action$=copy]"),
    "reviewing.comment": Making(
        at("/teach/review/{item_id}"), "[action*=decide], [action$=comments]", {"text": "A"}, {"text": "B"}
    ),
}
TRIED_ELSEWHERE = {
    "goals.index",  # tests/web/study/goals
    "dates.index",  # tests/web/classes/dates
    "drafts.ask_model",  # tests/web/drafting
    "suggesting.suggest",  # tests/web/library/suggestions
    "authoring.new_item",  # its form has had a key of its own from the start: tests/web/library/authoring
    "quizzes.start", "assignments.begin", "classrooms.join",  # likewise
    "study.answer",  # likewise: the key of what was served
}  # fmt: skip
# What these do is the same done once or twice: they set, choose, settle, remove, or keep one of a kind.
HARMLESS = {
    "accounts": "setup sign_in sign_out sign_up",
    "administration": "invite remove_factors reset set_disabled set_role sign_out",
    "articles": "add ask delete new_text strike",
    "assignments": "delete edit extensions withdraw",
    "authoring": "archive_deck delete_deck delete_item edit_deck edit_item move preview restore set_state",
    "bulk": "change",
    "claims": "accept decline from_quiz from_study",
    "classrooms": "archive decks delete_student edit enter extra_time leave link links merge_student people remove_student "
    "remove_students remove_teacher rename_student set_code share_own undo_roster",
    "dates": "remove",
    "drafts": "forget_service service",
    "factors": "app begin_app codes remove_app second",
    "goals": "remove",
    "imports": "bring bring_own adjust",
    "met": "note",
    "mail": "address confirm forgot",
    "own": "card remove_card rename",
    "passkeys": "add making_options options remove sign_in",
    "provider": "begin connect enter join",
    "personal": "erase password sign_out_everywhere sign_out_one",
    "progress": "follow_zone settings",
    "queue": "put_aside settle settle_source",
    "quizzes": "answer discard finish show",
    "regrading": "dismiss order undo",
    "reminders": "set_calendar set_hour stop",
    "reports": "from_quiz from_study read",
    "papers": "pick preview",
    "search": "change",
    "results": "accept accept_studied mark reset",
    "reviewing": "decide remove_comment",
    "plan": "change target",
    "study": "away begin hint reveal undo",
    "sharing": "deck set_department set_public unshare withdraw",
    "suggesting": "decide put_away",
}


def test_every_address_that_takes_a_form_is_in_a_list(app: Flask) -> None:
    listed = {f"{room}.{name}" for room, names in HARMLESS.items() for name in names.split()}
    taking = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert {*MAKING, *TRIED_ELSEWHERE, *listed} == taking
    assert not listed & {*MAKING, *TRIED_ELSEWHERE}


@pytest.mark.parametrize("endpoint", MAKING)
def test_the_same_form_sent_twice_makes_one_thing(endpoint: str, house: House, engine: Engine) -> None:
    visitor, making, own = Visitor(house.client("teacher")), MAKING[endpoint], house.own("teacher")
    page = making.page(visitor, own)
    form = page.soup.select_one(f"form{making.form}")
    assert form is not None, page.text
    fields = fields_of(form) | dict(making.values)
    if fields.get("draft") == "first":
        fields["draft"] = str(form.select("input[name=draft]")[0]["value"])
    target = str(form.get("action") or page.path)
    if endpoint == "reviewing.comment":
        target = target.replace("decide", "comments")
    before = counted(engine)
    first = visitor.post(target, fields)
    made = counted(engine)
    assert (first.status, made != before) == (200, True), first.text
    again = visitor.post(target, fields)
    assert (again.status, again.path.partition("#")[0]) == (200, first.path.partition("#")[0])
    assert counted(engine) == made
    if making.changed:
        assert visitor.post(target, fields | dict(making.changed)).status == 200
        assert counted(engine) != made, "a form that was changed is another form"


def fields_of(form: Tag) -> dict[str, Any]:
    """What the form holds before anyone touches it, its buttons left alone."""
    held: dict[str, Any] = {}
    for control in form.find_all(["input", "select", "textarea"]):
        chosen = control.get("type") not in {"radio", "checkbox"} or control.has_attr("checked")
        if control.get("name") and chosen:
            held.setdefault(str(control["name"]), []).append(_value(control))
    return held


def counted(engine: Engine) -> dict[str, int]:
    """Rows by table."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in UNCOUNTED]
    with engine.connect() as connection:
        return {
            table.name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
            for table in tables
        }


def send_one(task: tuple[str, int, int]) -> str:
    """What a worker does with a form that makes a deck: where it leads."""
    url, owner_id, _ = task
    engine = open_engine(url)
    with Session(engine, expire_on_commit=False) as session:
        deck = editor.create_deck(session, session.get_one(Account, owner_id), title="A", summary="", now=NOW)
        if sent_forms.is_first(session, "the same", deck.slug, now=NOW):
            session.commit()
        else:
            session.rollback()
        led = sent_forms.led_to(session, "the same")
    engine.dispose()
    assert led is not None
    return led


def test_two_workers_that_get_the_same_form_at_once_make_one_thing(
    database_url: str, session: Session
) -> None:
    owner = person(session, "teacher", name="Ms Twice", now=NOW)
    led = at_once(send_one, [(database_url, owner.id, number) for number in range(4)])
    assert session.scalars(select(Deck.slug)).all() == [led[0]]
    assert led == led[:1] * 4

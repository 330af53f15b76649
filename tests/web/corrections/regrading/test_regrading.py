"""A changed key in the browser without scripts: the question what one changes, the dry run, grading again,
taking it back, and what students read of it."""

from __future__ import annotations

import msgspec
import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Typed
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.corrections import regrades as regrading
from quizapp.services.library.items import Draft, write_version
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import BackgroundFailure
from quizapp.storage.corrections.tables import Regrade
from quizapp.storage.library.tables import Item, ItemVersion
from quizapp.storage.study.tables import Review
from quizapp.web.corrections.regrading import background
from quizapp.web.corrections.regrading.background import runner
from tests import factories, world
from tests.factories import NOW, SETTINGS, checked
from tests.web.library.authoring.test_routes import write
from tests.world import Seen, Visitor, rows_of

RIVER = ShortAnswer(stem="Which river flows past Vienna?", key="Danube")


@pytest.fixture
def teacher(session: Session) -> Account:
    return world.person(session, "teacher", name="Ms Rivers", now=NOW)


@pytest.fixture
def desk(app: Flask, session: Session, teacher: Account) -> Visitor:
    return Visitor(world.client_of(app, session, teacher, now=NOW))


@pytest.fixture
def item(session: Session, teacher: Account) -> Item:
    deck = factories.add_deck(session, [], owner=teacher, public=True)
    made = factories.add_item(session, deck, RIVER, key="t-1")
    session.commit()
    return made


@pytest.fixture
def pupil(app: Flask, session: Session) -> Visitor:
    account = world.person(session, "student", name="Pupil", now=NOW)
    return Visitor(world.client_of(app, session, account, now=NOW))


def answered(pupil: Visitor, item: Item, text: str = "Donau") -> Seen:
    return pupil.answer(pupil.ask(item.id), Typed((text,)))


def edited(desk: Visitor, item: Item, **fields: str) -> Seen:
    return write(desk, desk.open(f"/teach/items/{item.id}"), **fields)


def newest(session: Session) -> ItemVersion:
    return max(rows_of(session, ItemVersion), key=lambda version: version.id)


def done(app: Flask) -> None:
    """Wait until everything ordered has been carried out."""
    runner(app).wake()
    assert runner(app).wait(20)


# --- what do you change? --------------------------------------------------------------------------


def test_no_one_is_asked_about_a_question_that_no_one_has_answered(
    desk: Visitor, item: Item, session: Session
) -> None:
    page = edited(desk, item, **{"content-accept": "Donau"})
    assert "Saved as a new version" in page.text
    assert newest(session).change == "wording"


def test_a_change_of_what_was_answered_is_asked_about_with_a_guess(
    desk: Visitor, pupil: Visitor, item: Item, session: Session
) -> None:
    answered(pupil, item)
    page = edited(desk, item, **{"content-accept": "Donau", "note": "A fair form"})
    assert page.status == 200
    assert page.heading == "What kind of change is this?"
    assert newest(session).number == 1
    assert [ticked["value"] for ticked in page.soup.select("input[name=change][checked]")] == ["key"]
    assert "Donau" in page.soup.select_one("dl.change").get_text()  # type: ignore[union-attr]
    assert page.fields("/teach/items")["content-accept"] == ["Donau"]

    page = write(desk, page, change="wording")
    version = newest(session)
    assert (version.number, version.change, version.note) == (2, "wording", "A fair form")
    assert "Saved as a new version" in page.text


def test_a_reworded_question_is_guessed_to_be_wording(desk: Visitor, pupil: Visitor, item: Item) -> None:
    answered(pupil, item)
    page = edited(desk, item, **{"content-stem": "What is the river of Vienna?"})
    assert [ticked["value"] for ticked in page.soup.select("input[name=change][checked]")] == ["wording"]


def test_tags_alone_need_no_word(desk: Visitor, pupil: Visitor, item: Item) -> None:
    answered(pupil, item)
    assert "Saved as a new version" in edited(desk, item, tags="rivers").text


def test_a_restored_version_is_asked_about_too(
    app: Flask, desk: Visitor, pupil: Visitor, item: Item, session: Session
) -> None:
    edited(desk, item, **{"content-accept": "Donau"})
    answered(pupil, item)
    versions = desk.open(f"/teach/items/{item.id}/versions")
    page = desk.send(versions, {}, "/restore")
    assert page.heading == "Restore version 1?"
    assert [ticked["value"] for ticked in page.soup.select("input[name=change][checked]")] == ["key"]
    page = desk.send(page, {}, "/restore")
    assert newest(session).change == "key"
    assert page.heading == "1 past answer of 1 student would change."
    assert "Answer key" in desk.open(f"/teach/items/{item.id}/versions").text


# --- grading again --------------------------------------------------------------------------------


def test_from_a_changed_key_to_a_mended_schedule_and_back(
    app: Flask, desk: Visitor, pupil: Visitor, item: Item, session: Session
) -> None:
    feedback = answered(pupil, item).path
    page = write(desk, edited(desk, item, **{"content-accept": "Donau"}), change="key")
    assert page.heading == "1 past answer of 1 student would change."
    row = [cell.get_text(strip=True) for cell in page.soup.select("tbody tr *") if cell.name in {"th", "td"}]
    assert row == ["Donau", "Incorrect", "Correct", "1", "1"]
    assert len(rows_of(session, Review)) == 1  # a dry run is dry

    page = desk.send(page, {}, "/past-answers")
    done(app)
    page = desk.open(page.path)
    assert page.heading == "Regraded"
    assert "Regraded: 1 answer of 1 student." in page.text
    assert desk.open(f"/teach/items/{item.id}/past-answers").path == page.path
    assert pupil.open(feedback).heading == "Correct"
    assert checked(session).differences == []
    session.rollback()

    home = pupil.open("/")
    assert "Your answer “Donau” to “Which river flows past Vienna?” now counts." in home.text
    home = pupil.send(home, {}, "/notices/dismiss")
    assert "now counts" not in home.text

    desk.send(page, {}, "/undo")
    done(app)
    page = desk.open(page.path)
    assert page.heading == "Undone"
    assert "Old grades restored: 1 answer of 1 student." in page.text
    assert not page.soup.select("form[action$='/undo']")
    again = desk.open(page.link("Grade past answers by the present key"))
    assert (again.path, "1 past answer" in again.text) == (f"/teach/items/{item.id}/past-answers", True)
    assert pupil.open(feedback).heading == "Incorrect"
    assert "has its original grade again" in pupil.open("/").text
    assert checked(session).differences == []


def test_a_dry_run_of_what_changes_nothing_says_so(desk: Visitor, pupil: Visitor, item: Item) -> None:
    answered(pupil, item, "Elbe")
    page = write(desk, edited(desk, item, **{"content-accept": "Donau"}), change="key")
    assert page.heading == "No past answers change."
    assert not page.soup.select("form[action$='/past-answers']")


def test_what_a_dry_run_did_not_show_is_not_ordered(
    desk: Visitor, pupil: Visitor, item: Item, session: Session
) -> None:
    answered(pupil, item)
    page = write(desk, edited(desk, item, **{"content-accept": "Donau"}), change="key")
    write(desk, edited(desk, item, **{"content-accept": "Donau\nDunaj"}), change="key")
    page = desk.send(page, {}, "/past-answers")
    assert "edited again in the meantime" in page.text
    assert rows_of(session, Regrade) == []


def test_what_a_stop_interrupted_goes_on_when_its_page_is_opened(
    app: Flask, desk: Visitor, pupil: Visitor, item: Item, session: Session, teacher: Account
) -> None:
    answered(pupil, item)
    item = session.get_one(Item, item.id)
    content = msgspec.structs.replace(RIVER, accept=("Donau",))
    write_version(session, item, Draft(content=content), author_id=teacher.id, now=NOW, change="key")
    assert item.version is not None
    made = regrading.order(session, item, item.version, "key", author=teacher, now=NOW)
    session.commit()
    page = desk.open(f"/teach/regrades/{made.id}")
    assert page.heading == "Being regraded"
    assert "0 of 1 student done." in page.text
    done(app)
    assert desk.open(page.path).heading == "Regraded"


def test_a_server_that_starts_goes_on_by_itself(app: Flask, settings: object, session: Session) -> None:
    world_ = factories.add_learner(session)
    deck = factories.add_deck(session, [RIVER], public=True)
    [item_id] = factories.item_ids(session, deck)
    factories.answer(session, world_, item_id, Typed(("Donau",)))
    item = session.get_one(Item, item_id)
    author = factories.add_account(session, role="teacher")
    content = msgspec.structs.replace(RIVER, accept=("Donau",))
    write_version(session, item, Draft(content=content), author_id=author.id, now=NOW, change="key")
    assert item.version is not None
    regrading.order(session, item, item.version, "key", author=author, now=NOW)
    session.commit()
    done(app)  # what `served_app` does
    assert [regrade.finished_at is not None for regrade in rows_of(session, Regrade)] == [True]
    assert checked(session, settings=SETTINGS).differences == []


# --- a changed meaning ----------------------------------------------------------------------------


def test_a_changed_meaning_is_put_to_work_at_once(
    app: Flask, desk: Visitor, pupil: Visitor, item: Item, session: Session
) -> None:
    answered(pupil, item, "Danube")
    page = edited(desk, item, **{"content-stem": "Which river flows past Ulm?"})
    page = write(desk, page, change="meaning")
    assert "be asked once more soon" in page.text
    done(app)
    seen = pupil.ask(item.id)
    assert "This question has changed since you last saw it." in seen.text
    assert [(tag.name, tag.get_text()) for tag in seen.soup.select("del, ins")] == [
        ("del", "Vienna"),
        ("ins", "Ulm"),
    ]
    pupil.answer(seen, Typed(("Danube",)))
    assert "has changed since" not in pupil.ask(item.id).text
    [regrade] = rows_of(session, Regrade)
    assert (regrade.change, regrade.learners_changed) == ("meaning", 1)
    page = desk.open(f"/teach/regrades/{regrade.id}")
    assert page.heading == "Asked again soon"
    desk.send(page, {}, "/undo")
    done(app)
    assert desk.open(page.path).heading == "Early review cancelled"
    assert checked(session).differences == []


def test_a_regrade_that_fails_is_noted_and_the_next_goes_on_and_a_start_tries_it_again(
    app: Flask, desk: Visitor, item: Item, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = session.get_one(Item, item.id)
    regrades = [
        Regrade(item_id=row.id, to_version_id=row.version_id, change="key", created_at=NOW, learners=0)
        for _ in range(2)
    ]
    session.add_all(regrades)
    session.commit()
    first = regrades[0].id
    session.rollback()
    carry_on = background.carry_on

    def broken(own: Session, *more: object, **named: object) -> bool:
        if own.get_one(Regrade, first).failed_at is None:
            raise ZeroDivisionError
        return carry_on(own, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(background, "carry_on", broken)
    runner(app).wake()
    assert runner(app).wait(300)
    assert [row.id for row in rows_of(session, Regrade) if row.finished_at is None] == [first]
    (noted,) = rows_of(session, BackgroundFailure)
    assert (noted.task, noted.what, noted.reason) == ("regrading", f"regrade {first}", "ZeroDivisionError")
    monkeypatch.setattr(background, "carry_on", carry_on)
    runner(app).start()
    assert runner(app).wait(300)
    assert [row.id for row in rows_of(session, Regrade) if row.finished_at is None] == []

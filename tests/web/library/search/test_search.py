"""Decks at scale: any deck and any question is found, moved, copied, archived; what no one met is deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Typed
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, Item, ItemOrigin
from tests import factories
from tests.conftest import NOW
from tests.world import Seen, Visitor, client_of, person, rows_of


@pytest.fixture
def head(session: Session) -> Account:
    return person(session, "teacher", name="Head", now=NOW)


@pytest.fixture
def desk(app: Flask, session: Session, head: Account) -> Visitor:
    for number in range(4):
        asked = [
            ShortAnswer(stem=f"Who signed treaty {number}-{place}?", key=f"King {number}")
            for place in range(3)
        ]
        factories.add_deck(session, asked, slug=f"deck-{number}", owner=head, tags=(f"year-{number}",))
    session.commit()
    return Visitor(client_of(app, session, head, now=NOW))


def stems(page: Seen) -> list[str]:
    return [each.get_text(strip=True) for each in page.soup.select("tbody th a")]


def ids(session: Session, slug: str) -> list[str]:
    query = select(Item.id).join(Deck, Deck.id == Item.deck_id).where(Deck.slug == slug).order_by(Item.id)
    found = [str(each) for each in session.scalars(query)]
    session.rollback()
    return found


def opened(session: Session, slug: str) -> None:
    """Let everyone study a deck."""
    session.scalars(select(Deck).where(Deck.slug == slug)).one().public = True
    session.flush()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 12), ("words=king+2", 6), ("words=treaty+2-1", 1), ("tagged=year-3", 3), ("deck=deck-1", 3),
        ("kind=cloze", 0), ("state=draft", 0), ("stat=unused", 12), ("stat=hard", 0), ("page=nonsense", 12),
        ("words=nothing+like+it", 0),
    ],
)  # fmt: skip
def test_any_question_is_found_from_one_page(desk: Visitor, query: str, count: int) -> None:
    assert len(stems(desk.open(f"/teach/questions?{query}"))) == count


def test_questions_that_few_get_right_are_found(desk: Visitor, session: Session) -> None:
    [hard, easy, *_] = map(int, ids(session, "deck-0"))
    opened(session, "deck-0")
    for _number in range(10):
        learner = factories.add_learner(session)
        factories.answer(session, learner, hard, Typed(("Nobody",)))
        factories.answer(session, learner, easy, Typed(("King 0",)))
    session.commit()
    page = desk.open("/teach/questions?stat=hard")
    assert stems(page) == ["Who signed treaty 0-0?"]
    assert "0 of 10" in page.text


def test_questions_are_moved_and_copied_across_decks(desk: Visitor, session: Session) -> None:
    first, second = ids(session, "deck-0")[0], ids(session, "deck-1")[0]
    page = desk.open("/teach/questions?words=treaty")
    form = {
        "csrf_token": page.fields("/questions")["csrf_token"][0],
        "item": [first, second],
        "words": "treaty",
    }
    moved = desk.post("/teach/questions", form | {"do": "move", "target": "deck-3"})
    assert moved.path == "/teach/questions?words=treaty"
    assert len(ids(session, "deck-3")) == 5
    assert len(ids(session, "deck-0")) == 2
    assert (
        "2 questions copied" in desk.post("/teach/questions", form | {"do": "copy", "target": "deck-2"}).text
    )
    assert len(ids(session, "deck-2")) == 5
    assert len(rows_of(session, ItemOrigin)) == 2
    assert "Nothing was changed" in desk.post("/teach/questions", form | {"do": "move", "target": "no"}).text


def test_the_shared_bank_is_found_by_every_teacher_and_by_no_student(
    app: Flask, session: Session, desk: Visitor
) -> None:
    other = person(session, "teacher", name="Other", now=NOW)
    pupil = person(session, "student", name="Pupil", now=NOW)
    session.commit()
    theirs, hers = (Visitor(client_of(app, session, each, now=NOW)) for each in (other, pupil))
    assert stems(theirs.open("/teach/questions?bank=1")) == []
    page = desk.send(desk.open("/teach/decks/deck-1/sharing"), {}, "/department")
    assert "Every teacher here finds" in page.text
    assert len(stems(theirs.open("/teach/questions?bank=1"))) == 3
    assert theirs.open("/teach/decks/deck-1").status == 200
    assert theirs.open("/teach/decks/deck-1/edit").status == 404
    assert hers.open("/decks/deck-1").status == 404
    item = ids(session, "deck-1")[0]
    page = theirs.post("/teach/new-deck", {"title": "Mine"})
    [mine] = [row.slug for row in rows_of(session, Deck, title="Mine")]
    page = theirs.post("/teach/questions", {"item": item, "do": "copy", "target": mine})
    assert "1 question copied" in page.text


def test_a_deck_made_by_mistake_is_gone_and_one_that_was_seen_is_archived(
    desk: Visitor, session: Session
) -> None:
    page = desk.send(desk.open("/teach/decks/deck-0/edit"), {}, "/delete")
    assert "was deleted" in page.text
    assert [row for row in rows_of(session, Item) if row.key.startswith("deck-0")] == []
    first = int(ids(session, "deck-1")[0])
    opened(session, "deck-1")
    factories.answer(session, factories.add_learner(session), first, Typed(("King 1",)))
    session.commit()
    assert "/delete" not in str(desk.open("/teach/decks/deck-1/edit").soup)
    assert "can’t be deleted" in desk.post("/teach/decks/deck-1/delete", {}).text
    desk.send(desk.open("/teach/decks/deck-1/edit"), {}, "/archive")
    assert len(stems(desk.open("/teach/questions"))) == 6
    assert "Archived" in desk.open("/teach/").text
    desk.send(desk.open("/teach/decks/deck-1/edit"), {}, "/archive")
    assert len(stems(desk.open("/teach/questions"))) == 9


def test_decks_lie_in_folders_and_are_found_by_a_few_letters(desk: Visitor) -> None:
    desk.send(desk.open("/teach/decks/deck-2/edit"), {"folder": "Year 9"}, "/edit")
    page = desk.open("/teach/")
    assert "Year 9" in page.text
    page = desk.open("/teach/?words=year+9&by=title")
    assert [link.get_text(strip=True) for link in page.soup.select("main h3 a")] == ["Deck-2"]


def test_the_search_costs_the_same_with_more_questions(
    desk: Visitor, session: Session, head: Account, count_queries: Callable[[], list[str]]
) -> None:
    costs = []
    for number in (10, 11):
        factories.add_deck(session, [factories.typed(n) for n in range(9)], slug=f"more-{number}", owner=head)
        session.commit()
        before = len(count_queries())
        desk.open("/teach/questions")
        costs.append(len(count_queries()) - before)
    assert costs[0] == costs[1]

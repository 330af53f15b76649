"""Changed articles in the queue: what differs, and what a teacher says of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.domain.sources.passages import digest
from quizapp.services.library.items import Citation
from quizapp.services.sources import articles
from quizapp.services.sources.articles import About, Block
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import DeckShare, Evidence, Item
from quizapp.storage.sources.tables import Source
from tests import factories
from tests.factories import NOW, choice
from tests.world import Visitor, client_of, person

OLD = "The Danube ends in the Black Sea after ten countries."
NEW = "The Danube ends in the Black Sea after nine countries."
OTHER = "The Elbe is shorter and ends in the North Sea."


@pytest.fixture
def teacher(session: Session) -> Account:
    return person(session, "teacher", name="Ms Rossi", now=NOW)


@pytest.fixture
def desk(app: Flask, session: Session, teacher: Account) -> Visitor:
    return Visitor(client_of(app, session, teacher, now=NOW))


@pytest.fixture
def source(session: Session, teacher: Account) -> Source:
    return articles.add(session, teacher, About(title="Rivers"), [Block(OLD), Block(OTHER)], now=NOW)


def ask_about(
    session: Session, source: Source, owner: Account | None, slug: str = "rivers", many: int = 1
) -> Item:
    cited = (Citation(source.id, 1, 1, digest(OLD)),)
    deck = factories.add_deck(
        session, [choice(n) for n in range(many)], slug=slug, owner=owner, evidence=cited
    )
    session.commit()
    return session.scalars(select(Item).where(Item.deck_id == deck.id).order_by(Item.id)).first()  # type: ignore[return-value]


def change(session: Session, source: Source, *texts: str) -> None:
    articles.revise(session, source, None, [Block(text) for text in texts], now=NOW)
    session.commit()


def buttons(page: Any) -> list[str]:
    return [button.find(string=True, recursive=False) for button in page.soup.select(".queue .settle button")]


def press(desk: Visitor, page: Any, label: str) -> Any:
    form = next(form for form in page.soup.select(".queue form") if label in form.get_text())
    fields = {field["name"]: field["value"] for field in form.select("input")}
    return desk.post(form["action"], fields)


def test_the_answer_is_shown_and_a_change_beside_it_is_said(
    session: Session, source: Source, teacher: Account, desk: Visitor
) -> None:
    ask_about(session, source, teacher)
    change(session, source, NEW, OTHER)
    page = desk.open("/teach/queue/").text
    assert "The question’s answer Danube" in page.replace(":", "")
    assert "have changed. Read both" not in page
    change(session, source, NEW.replace("The Danube", "Not the Danube"), OTHER)
    assert "have changed. Read both" in desk.open("/teach/queue/").text


def test_a_changed_sentence_waits_with_its_words_compared(
    session: Session, source: Source, teacher: Account, desk: Visitor
) -> None:
    ask_about(session, source, teacher)
    change(session, source, NEW, OTHER)
    page = desk.open("/teach/queue/")
    assert page.soup.select_one(".change del").get_text() == "ten"
    assert page.soup.select_one(".change ins").get_text() == "nine"
    assert "Rivers, paragraph 1" in page.text
    assert buttons(page) == ["Use the new sentence", "Keep it as it is", "Archive the question"]


def test_a_sentence_that_is_gone_waits_with_what_it_said(
    session: Session, source: Source, teacher: Account, desk: Visitor
) -> None:
    ask_about(session, source, teacher)
    change(session, source, OTHER)
    page = desk.open("/teach/queue/")
    assert f"No longer in Rivers, paragraph 1 {OLD}" in page.text
    assert buttons(page) == ["Still correct", "Archive the question"]


def test_what_is_intact_or_moved_waits_for_no_one(
    session: Session, source: Source, teacher: Account, desk: Visitor
) -> None:
    ask_about(session, source, teacher)
    change(session, source, OTHER, OLD)
    assert "Nothing to review" in desk.open("/teach/queue/").text


@pytest.mark.parametrize(
    ("label", "state"),
    [("Use the new", "published"), ("Keep it as it is", "published"), ("Archive", "retired")],
)
def test_a_press_settles_it(
    session: Session, source: Source, teacher: Account, desk: Visitor, label: str, state: str
) -> None:
    item = ask_about(session, source, teacher)
    change(session, source, NEW, OTHER)
    page = press(desk, desk.open("/teach/queue/"), label)
    assert "Nothing to review" in page.text
    session.expire_all()
    assert item.state == state


def test_a_press_on_an_old_page_changes_nothing(
    session: Session, source: Source, teacher: Account, desk: Visitor
) -> None:
    ask_about(session, source, teacher)
    change(session, source, NEW, OTHER)
    old = desk.open("/teach/queue/")
    press(desk, old, "Use the new")
    assert "already been decided" in press(desk, old, "Archive").text
    assert session.scalars(select(Item.state)).one() == "published"


def test_editing_begins_with_the_sentence_as_it_is_now_and_ends_the_waiting(
    session: Session, source: Source, teacher: Account, desk: Visitor
) -> None:
    item = ask_about(session, source, teacher)
    change(session, source, OTHER, NEW)
    editor = desk.open(desk.open("/teach/queue/").link("Which river flows"))
    assert editor.soup.select_one(".passage mark").get_text() == NEW
    desk.send(editor, {"content-hint": "It is long."}, f"/teach/items/{item.id}")
    assert "Nothing to review" in desk.open("/teach/queue/").text
    session.expire_all()
    rows = session.scalars(select(Evidence).where(Evidence.version_id == item.version_id)).all()
    assert [(row.paragraph, row.exact) for row in rows] == [(2, NEW)]


def test_opening_the_editor_otherwise_leaves_the_evidence_as_it_was_cited(
    session: Session, source: Source, teacher: Account, desk: Visitor
) -> None:
    item = ask_about(session, source, teacher)
    change(session, source, NEW, OTHER)
    assert not desk.open(f"/teach/items/{item.id}").soup.select(".passage mark")


def test_what_others_own_and_what_is_shipped_is_not_in_a_teachers_queue(
    app: Flask, session: Session, source: Source, teacher: Account, desk: Visitor
) -> None:
    other = person(session, "teacher", name="Mr Weiss", now=NOW)
    admin = person(session, "admin", name="Root", now=NOW)
    ask_about(session, source, other, "of-another")
    ask_about(session, source, None, "shipped")
    change(session, source, NEW, OTHER)
    assert "Nothing to review" in desk.open("/teach/queue/").text
    page = Visitor(client_of(app, session, admin, now=NOW)).open("/teach/queue/")
    assert buttons(page) == ["Use the new sentence", "Keep it as it is"]


def test_the_same_number_of_queries_with_twice_the_rows(
    session: Session, source: Source, teacher: Account, desk: Visitor, count_queries: Callable[[], list[str]]
) -> None:
    def cost() -> int:
        before = len(count_queries())
        assert len(desk.open("/teach/queue/?sort=sources").soup.select(".queue > .row")) > 1
        return len(count_queries()) - before

    ask_about(session, source, teacher, many=2)
    change(session, source, NEW, OTHER)
    few = cost()
    ask_about(session, source, teacher, "more", many=10)
    assert cost() == few


def test_a_colleague_who_shares_the_deck_settles_it_and_edits_with_an_article_not_their_own(
    app: Flask, session: Session, source: Source, teacher: Account, desk: Visitor
) -> None:
    item = ask_about(session, source, teacher)
    colleague = person(session, "teacher", name="Mr Weiss", now=NOW)
    session.add(DeckShare(deck_id=item.deck_id, account_id=colleague.id, can_edit=True, added_at=NOW))
    change(session, source, NEW, OTHER)
    theirs = Visitor(client_of(app, session, colleague, now=NOW))
    editor = theirs.open(theirs.open("/teach/queue/").link("Which river flows"))
    assert source.slug in [option["value"] for option in editor.soup.select("#evidence-0-source option")]
    theirs.send(editor, {"content-hint": "It is long."}, f"/teach/items/{item.id}")
    session.expire_all()
    rows = session.scalars(select(Evidence.exact).where(Evidence.version_id == item.version_id)).all()
    assert rows == [NEW]


def test_students_are_told_until_someone_has_looked(
    app: Flask, session: Session, source: Source, teacher: Account, desk: Visitor
) -> None:
    item = ask_about(session, source, teacher)
    item.deck.public = True
    change(session, source, NEW, OTHER)
    student = Visitor(client_of(app, session, person(session, "student", name="Ida", now=NOW), now=NOW))

    def told() -> tuple[str, str]:
        answered = student.answer(student.ask(item.id), Chosen(("Danube",)))
        mark = answered.soup.select_one(".passage mark")
        return mark.get_text() if mark else "", " ".join(
            p.get_text(" ") for p in answered.soup.select(".checking")
        )

    sentence, mark = told()
    assert sentence == OLD
    assert "this question is being checked" in mark
    press(desk, desk.open("/teach/queue/"), "Use the new")
    assert told() == (NEW, "")

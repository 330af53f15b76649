"""An article's versions: what each changed, and what became of the questions on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.sources.passages import digest
from quizapp.services.library.items import Citation
from quizapp.services.sources import articles
from quizapp.services.sources.articles import About, Block
from quizapp.storage.accounts.tables import Account
from quizapp.storage.sources.tables import Source
from quizapp.web.sources.revisions.building import MOST_SHOWN
from tests import factories
from tests.factories import NOW, choice
from tests.world import Visitor, client_of, person

TEXTS = ("The Danube ends in the Black Sea.", "The Elbe is shorter.")


@pytest.fixture
def teacher(session: Session) -> Account:
    return person(session, "teacher", name="Ms Rossi", now=NOW)


@pytest.fixture
def desk(app: Flask, session: Session, teacher: Account) -> Visitor:
    return Visitor(client_of(app, session, teacher, now=NOW))


@pytest.fixture
def source(session: Session, teacher: Account) -> Source:
    made = articles.add(session, teacher, About(title="Rivers"), list(map(Block, TEXTS)), now=NOW)
    session.commit()
    return made


def revise(session: Session, source: Source, author: Account, *texts: str, note: str = "") -> None:
    later = NOW + timedelta(days=1)
    articles.revise(session, source, author, list(map(Block, texts)), note=note, now=later)
    session.commit()


def test_the_first_version_has_nothing_before_it(desk: Visitor, source: Source) -> None:
    page = desk.open(f"/teach/articles/{source.slug}/versions")
    assert "Version 1 shown now" in page.text
    assert "The first text of this article." in page.text


def test_each_version_tells_what_it_changed_by_whom_and_what_became_of_questions(
    session: Session, desk: Visitor, source: Source, teacher: Account
) -> None:
    cited = (Citation(source.id, 1, 1, digest(TEXTS[0])), Citation(source.id, 2, 1, digest(TEXTS[1])))
    factories.add_deck(session, [choice()], owner=teacher, evidence=cited)
    revise(session, source, teacher, "New.", TEXTS[0], "The Elbe is much shorter.", note="As printed")
    page = desk.open(f"/teach/articles/{source.slug}/versions")
    assert [heading.get_text(" ").split()[1] for heading in page.soup.select("h2")] == ["2", "1"]
    assert "3 March 2026, 09:00 · you · As printed" in page.text
    assert "Citations: 1 moved, 1 changed." in page.text
    assert [term.get_text() for term in page.soup.select(".change dt")] == [
        "Paragraph 1, added",
        "Paragraph 3",
    ]
    assert page.soup.select(".change ins")[-1].get_text() == "much "


def test_a_paragraph_removed_is_told_by_its_old_number(
    session: Session, desk: Visitor, source: Source, teacher: Account
) -> None:
    revise(session, source, teacher, TEXTS[1])
    page = desk.open(f"/teach/articles/{source.slug}/versions")
    assert [term.get_text() for term in page.soup.select(".change dt")] == ["Paragraph 1, removed"]


def test_the_articles_page_leads_here_for_those_who_look_after_it(
    app: Flask, session: Session, desk: Visitor, source: Source
) -> None:
    assert desk.open(f"/sources/{source.slug}").link("Versions") == f"/teach/articles/{source.slug}/versions"
    shipped = factories.add_source(session)
    admin = person(session, "admin", name="Root", now=NOW)
    session.commit()
    assert "Versions of the text" not in desk.open(f"/sources/{shipped.slug}").text
    of_admin = Visitor(client_of(app, session, admin, now=NOW))
    assert "No text yet" in of_admin.open(f"/teach/articles/{shipped.slug}/versions").text
    assert desk.open(f"/teach/articles/{shipped.slug}/versions").status == 404


def test_the_newest_versions_are_shown_at_the_same_cost(
    session: Session, desk: Visitor, source: Source, teacher: Account, count_queries: Callable[[], list[str]]
) -> None:
    def cost() -> int:
        before = len(count_queries())
        assert desk.open(f"/teach/articles/{source.slug}/versions").status == 200
        return len(count_queries()) - before

    revise(session, source, teacher, "One.")
    few = cost()
    for number in range(MOST_SHOWN):
        revise(session, source, teacher, f"Text {number}.")
    assert cost() == few
    page = desk.open(f"/teach/articles/{source.slug}/versions")
    assert len(page.soup.select("h2")) == MOST_SHOWN
    assert "Older versions are kept" in page.text

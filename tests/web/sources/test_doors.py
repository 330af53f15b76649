"""Who may read an article, and who may change it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.sources.passages import digest
from quizapp.services.library.citations import Cited, Pointer, cite
from quizapp.services.library.items import Citation
from quizapp.services.sources import articles
from quizapp.services.sources.articles import About, Block
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Item
from quizapp.storage.sources.tables import Source
from tests import factories
from tests.conftest import NOW
from tests.world import client_of, person

ROLES = ("anonymous", "student", "colleague", "owner")


@pytest.fixture
def people(session: Session) -> dict[str, Account | None]:
    return {
        "anonymous": None,
        "student": person(session, "student", name="student", now=NOW),
        "colleague": person(session, "teacher", name="colleague", now=NOW),
        "owner": person(session, "teacher", name="owner", now=NOW),
    }


@pytest.fixture
def source(session: Session, people: dict[str, Account | None]) -> Source:
    owner = people["owner"]
    assert owner is not None
    made = articles.add(session, owner, About(title="Rivers"), [Block("The Elbe is long.")], now=NOW)
    session.commit()
    return made


def readers(app: Flask, session: Session, people: dict[str, Any], source: Source) -> list[str]:
    path = f"/sources/{source.slug}"
    return [
        role for role in ROLES if client_of(app, session, people[role], now=NOW).get(path).status_code == 200
    ]


def test_an_article_that_no_question_is_based_on_is_its_owners_alone(
    app: Flask, session: Session, people: dict[str, Any], source: Source
) -> None:
    assert readers(app, session, people, source) == ["owner"]


def test_an_article_is_read_by_anyone_who_may_study_a_question_on_it(
    app: Flask, session: Session, people: dict[str, Any], source: Source
) -> None:
    cited = Citation(source.id, 1, 1, digest("The Elbe is long."))
    deck = factories.add_deck(session, [factories.choice()], owner=people["owner"], evidence=(cited,))
    session.commit()
    assert readers(app, session, people, source) == ["owner"]
    deck.public = True
    session.commit()
    assert readers(app, session, people, source) == list(ROLES)
    [item] = session.query(Item).where(Item.deck_id == deck.id)
    item.state = "retired"
    session.commit()
    assert readers(app, session, people, source) == ["owner"]


def test_a_shipped_article_is_read_by_all(app: Flask, session: Session, people: dict[str, Any]) -> None:
    shipped = factories.add_source(session)
    session.commit()
    assert readers(app, session, people, shipped) == list(ROLES)


def test_an_article_of_someone_else_cannot_be_cited(
    app: Flask, session: Session, people: dict[str, Any], source: Source
) -> None:
    pointer = Pointer(source=source.slug, paragraph=1, sentence=1, known=digest("The Elbe is long."))
    for role, may in (("colleague", False), ("owner", True)):
        [found] = cite(session, [pointer], people[role].id).found
        assert isinstance(found, Cited) is may

"""Loading the bank keeps what was accepted on this server, on top of whatever the bank says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.exchange.bank.load import load_bank
from quizapp.domain.library.kinds.base import Format, Typed
from quizapp.services.corrections import claims, regrades
from quizapp.services.exchange.bank import Loaded, load_into_database
from quizapp.storage.library.tables import Item, ItemVersion
from tests import factories
from tests.factories import NOW, SETTINGS, answer
from tests.services.exchange.test_bank import SOURCES

Load = Callable[..., Loaded]


@pytest.fixture
def load(session: Session) -> Load:
    def loaded(stem: str = "Which river flows past Vienna?", accept: str = "") -> Loaded:
        river = f"""[deck]\nslug = "rivers"\ntitle = "Rivers"\nsource = "atlas"\nposition = 1
[[items]]
id = "vienna"
fact = "vienna"
kind = "short_answer"
stem = "{stem}"
key = "Danube"
accept = [{accept}]
tags = []
evidence = [{{ source = "atlas", paragraph = 2, sentence = 1, digest = "0123456789ab" }}]
"""
        files = {"sources.toml": SOURCES, "rivers.toml": river}
        return load_into_database(session, load_bank(files), now=NOW)

    return loaded


@pytest.fixture
def item(session: Session, load: Load) -> Item:
    """A shipped item of which an admin has accepted “Donau”."""
    load()
    found = session.scalars(select(Item).where(Item.key == "vienna")).one()
    admin, learner = factories.add_account(session, role="admin"), factories.add_learner(session)
    given = answer(session, learner, found.id, Typed(("Donau",)), format=Format.TYPE)
    claims.claim(session, learner, given.review, reason="", now=NOW)
    claims.accept(session, found, "donau", base=found.version_id, author=admin, now=NOW)
    while regrades.carry_on(session, SETTINGS, now=NOW):
        pass
    return found


def versions(session: Session) -> list[tuple[str, tuple[str, ...], bool]]:
    """(stem, accepted, written by the bank) of each version in order."""
    rows = session.scalars(select(ItemVersion).order_by(ItemVersion.number))
    return [(row.content.stem, row.content.accept, row.author_id is None) for row in rows]


def test_the_same_bank_again_leaves_what_was_accepted(session: Session, item: Item, load: Load) -> None:
    assert str(load()) == "0 new, 0 changed, 1 unchanged, 0 retired, 0 returned"
    assert item.version is not None
    assert item.version.content.accept == ("Donau",)
    assert len(versions(session)) == 2


def test_a_new_bank_is_taken_with_what_was_accepted_on_top(session: Session, item: Item, load: Load) -> None:
    assert load("What is Vienna's river?", '"Dunaj"').changed == 1
    assert versions(session)[2:] == [
        ("What is Vienna's river?", ("Dunaj",), True),
        ("What is Vienna's river?", ("Dunaj", "Donau"), False),
    ]
    assert load("What is Vienna's river?", '"Dunaj"').unchanged == 1
    assert len(versions(session)) == 4


def test_a_bank_that_accepts_it_too_needs_nothing_on_top(session: Session, item: Item, load: Load) -> None:
    assert load("What is Vienna's river?", '"Donau"').changed == 1
    assert versions(session)[2:] == [("What is Vienna's river?", ("Donau",), True)]

"""A person settles what has changed: once, and only as it can be."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid
from quizapp.domain.sources.passages import digest
from quizapp.services.library.changed_evidence import settle
from quizapp.services.library.items import Citation
from quizapp.services.sources import articles
from quizapp.services.sources.articles import About, Block
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Item
from quizapp.storage.sources.tables import Anchor
from tests import factories
from tests.factories import NOW, choice

TEXT = "The Danube ends in the Black Sea after ten countries."


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher")


def question_on(
    session: Session, teacher: Account, after: str, *, owner: Account | None
) -> tuple[Anchor, Item]:
    """A question on an article that has become `after`."""
    source = articles.add(session, teacher, About(title="Rivers"), [Block(TEXT)], now=NOW)
    cited = (Citation(source.id, 1, 1, digest(TEXT)),)
    factories.add_deck(session, [choice()], owner=owner, evidence=cited)
    articles.revise(session, source, teacher, [Block(after)], now=NOW)
    anchor = session.scalars(select(Anchor).where(Anchor.version_id == source.version_id)).one()
    return anchor, session.scalars(select(Item)).one()


def test_what_was_decided_is_kept_with_who_and_when(session: Session, teacher: Account) -> None:
    anchor, item = question_on(session, teacher, TEXT.replace("ten", "nine"), owner=teacher)
    settle(session, anchor, item, "kept", by=teacher, now=NOW)
    assert (anchor.outcome, anchor.settled_at, anchor.settled_by) == ("kept", NOW, teacher.id)
    assert item.state == "published"


def test_the_second_of_two_finds_it_settled(session: Session, teacher: Account) -> None:
    anchor, item = question_on(session, teacher, TEXT.replace("ten", "nine"), owner=teacher)
    settle(session, anchor, item, "kept", by=teacher, now=NOW)
    with pytest.raises(Conflict, match="already been decided"):
        settle(session, anchor, item, "dismissed", by=teacher, now=NOW)
    assert anchor.outcome == "kept"


def test_retiring_takes_the_question_out_of_study(session: Session, teacher: Account) -> None:
    anchor, item = question_on(session, teacher, "Nothing of it.", owner=teacher)
    settle(session, anchor, item, "retired", by=teacher, now=NOW)
    assert (item.state, anchor.outcome) == ("retired", "retired")


def test_a_shipped_question_is_not_retired_here(session: Session, teacher: Account) -> None:
    anchor, item = question_on(session, teacher, "Nothing of it.", owner=None)
    with pytest.raises(Invalid, match="comes with the site"):
        settle(session, anchor, item, "retired", by=teacher, now=NOW)
    assert (item.state, anchor.settled_at) == ("published", None)


@pytest.mark.parametrize(
    ("after", "outcome"), [("Nothing of it.", "kept"), ("Nothing of it.", ""), (TEXT, "kept")]
)
def test_what_cannot_be_is_refused(session: Session, teacher: Account, after: str, outcome: str) -> None:
    anchor, item = question_on(session, teacher, f"{after} More.", owner=teacher)
    with pytest.raises(Invalid):
        settle(session, anchor, item, outcome, by=teacher, now=NOW)
    assert anchor.settled_at is None

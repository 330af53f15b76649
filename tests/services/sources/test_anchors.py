"""Evidence stays tied to its sentence whatever becomes of the article."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.sources.passages import digest
from quizapp.services.library.changed_evidence import settle
from quizapp.services.library.citations import evidence_views
from quizapp.services.library.editor import draft_of
from quizapp.services.library.items import Citation, write_version
from quizapp.services.sources import articles
from quizapp.services.sources.articles import About, Block
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Evidence, Item
from quizapp.storage.sources.tables import Anchor, Source
from tests import factories
from tests.factories import NOW, choice

RISES, LONG, ENDS = (
    "The Danube rises in the Black Forest.",
    "It is long.",
    "It ends in the Black Sea after ten countries.",
)
TEXT = f"{RISES} {LONG}\n{ENDS}"
REWORDED = "It ends in the Black Sea after eleven countries."


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher")


@pytest.fixture
def source(session: Session, teacher: Account) -> Source:
    return articles.add(session, teacher, About(title="Rivers"), blocks(TEXT), now=NOW)


@pytest.fixture
def item(session: Session, source: Source, teacher: Account) -> Item:
    """Rests on the last sentence."""
    cited = Citation(source.id, 2, 1, digest(ENDS))
    deck = factories.add_deck(session, [choice()], owner=teacher, evidence=(cited,))
    return session.scalars(select(Item).where(Item.deck_id == deck.id)).one()


def blocks(text: str) -> list[Block]:
    return [Block(line) for line in text.splitlines()]


def revise(session: Session, source: Source, text: str) -> None:
    articles.revise(session, source, None, blocks(text), now=NOW)


def anchor(session: Session, item: Item, source: Source) -> Anchor:
    query = (
        select(Anchor)
        .join(Evidence, Evidence.id == Anchor.evidence_id)
        .where(Evidence.version_id == item.version_id, Anchor.version_id == source.version_id)
    )
    return session.scalars(query).one()


def standing(session: Session, item: Item, source: Source) -> tuple[str, int | None, int | None, bool]:
    found = anchor(session, item, source)
    return found.standing, found.paragraph, found.sentence, found.settled_at is not None


def view(session: Session, item: Item) -> tuple[int, str, str, str, bool, bool]:
    assert item.version_id is not None
    [found] = evidence_views(session, item.version_id)
    before, within, after = [], [], []
    for piece in found.pieces:
        (within if piece.marked else after if within else before).append(piece.text.strip())
    texts = ("".join(part) for part in (before, within, after))
    return (found.paragraph, *texts, found.earlier, found.checking)


def test_new_evidence_holds_its_sentence_by_its_words(session: Session, source: Source, item: Item) -> None:
    [evidence] = session.scalars(select(Evidence))
    assert (evidence.exact, evidence.suffix) == (ENDS, "")
    assert evidence.prefix == f"{RISES} {LONG} "[-32:]
    assert evidence.source_version_id == source.version_id
    assert standing(session, item, source) == ("intact", 2, 1, False)
    assert view(session, item) == (2, "", ENDS, "", False, False)
    source.language = "pt"
    session.flush()
    assert item.version_id is not None
    assert [found.language for found in evidence_views(session, item.version_id)] == ["pt"]


def test_evidence_written_before_the_text_was_here_is_found_in_it(session: Session, teacher: Account) -> None:
    source = factories.add_source(session)
    cited = Citation(source.id, 2, 1, digest(ENDS))
    factories.add_deck(session, [choice()], owner=teacher, evidence=(cited,))
    item = session.scalars(select(Item)).one()
    assert view(session, item) == (2, "", "", "", False, False)
    revise(session, source, f"{TEXT} It is wide there.")
    assert standing(session, item, source) == ("intact", 2, 1, False)
    assert view(session, item) == (2, "", ENDS, "It is wide there.", False, False)
    assert session.scalars(select(Evidence.exact)).one() == ENDS


def test_a_sentence_that_moved_takes_its_evidence_along(session: Session, source: Source, item: Item) -> None:
    revise(session, source, f"{RISES}\n{LONG}\nSo. {ENDS}")
    assert standing(session, item, source) == ("moved", 3, 2, False)
    assert view(session, item) == (3, "So.", ENDS, "", False, False)
    revise(session, source, f"{RISES}\n{LONG}\nAha. {ENDS}")
    assert standing(session, item, source) == ("intact", 3, 2, False)


def test_a_changed_sentence_waits_and_the_old_one_is_shown_in_the_meantime(
    session: Session, source: Source, item: Item
) -> None:
    revise(session, source, TEXT.replace(ENDS, REWORDED))
    assert standing(session, item, source) == ("changed", 2, 1, False)
    assert view(session, item) == (2, "", ENDS, "", True, True)


def test_what_is_excluded_is_no_new_place_from_the_start_nor_later(
    session: Session, source: Source, item: Item
) -> None:
    teaser = Block(REWORDED, kept=False, why="teaser")
    articles.revise(session, source, None, [*blocks(f"{RISES} {LONG}"), teaser], now=NOW)
    assert standing(session, item, source) == ("gone", None, None, False)
    revise(session, source, TEXT)
    revise(session, source, f"{RISES} {LONG}\n{REWORDED}")
    assert standing(session, item, source) == ("changed", 2, 1, False)
    articles.strike(session, source, 2)
    session.expire_all()
    assert standing(session, item, source) == ("gone", None, None, False)


def test_what_a_person_has_let_it_are_based_on_stays_though_it_is_excluded_later(
    session: Session, source: Source, item: Item, teacher: Account
) -> None:
    revise(session, source, f"{RISES} {LONG}\n{REWORDED}")
    settle(session, anchor(session, item, source), item, "kept", by=teacher, now=NOW)
    articles.strike(session, source, 2)
    session.expire_all()
    assert standing(session, item, source) == ("changed", 2, 1, True)


def test_a_change_taken_back_before_anyone_looked_needs_no_one(
    session: Session, source: Source, item: Item
) -> None:
    revise(session, source, TEXT.replace(ENDS, REWORDED))
    revise(session, source, TEXT)
    assert standing(session, item, source) == ("intact", 2, 1, False)


def test_a_change_no_one_has_looked_at_still_waits_in_the_next_version(
    session: Session, source: Source, item: Item
) -> None:
    revise(session, source, TEXT.replace(ENDS, REWORDED))
    revise(session, source, f"New.\n{TEXT.replace(ENDS, REWORDED)}")
    assert standing(session, item, source) == ("changed", 3, 1, False)


def test_a_question_kept_is_based_on_the_new_sentence(
    session: Session, source: Source, item: Item, teacher: Account
) -> None:
    revise(session, source, TEXT.replace(ENDS, REWORDED))
    settle(session, anchor(session, item, source), item, "kept", by=teacher, now=NOW)
    session.flush()
    assert view(session, item) == (2, "", REWORDED, "", False, False)
    revise(session, source, f"New.\n{TEXT.replace(ENDS, REWORDED)}")
    assert standing(session, item, source) == ("moved", 3, 1, False)
    revise(session, source, f"New.\n{TEXT}")
    assert standing(session, item, source) == ("changed", 3, 1, False)


def test_what_is_gone_waits_until_it_is_dismissed_and_is_not_asked_again(
    session: Session, source: Source, item: Item, teacher: Account
) -> None:
    revise(session, source, RISES)
    assert standing(session, item, source) == ("gone", None, None, False)
    assert view(session, item) == (2, "", ENDS, "", True, True)
    settle(session, anchor(session, item, source), item, "dismissed", by=teacher, now=NOW)
    session.flush()
    assert view(session, item) == (2, "", ENDS, "", True, False)
    revise(session, source, f"{RISES} {LONG}")
    assert standing(session, item, source) == ("gone", None, None, True)


def test_another_wording_keeps_what_has_been_decided_of_its_evidence(
    session: Session, source: Source, item: Item, teacher: Account
) -> None:
    revise(session, source, TEXT.replace(ENDS, REWORDED))
    settle(session, anchor(session, item, source), item, "kept", by=teacher, now=NOW)
    assert item.version is not None
    draft = draft_of(session, item.version)
    write_version(
        session,
        item,
        type(draft)(content=choice(9), evidence=draft.evidence),
        author_id=teacher.id,
        now=NOW,
    )
    assert standing(session, item, source) == ("changed", 2, 1, True)
    assert view(session, item) == (2, "", REWORDED, "", False, False)


def test_a_sentence_cited_again_is_intact(
    session: Session, source: Source, item: Item, teacher: Account
) -> None:
    revise(session, source, TEXT.replace(ENDS, REWORDED))
    cited = Citation(source.id, 2, 1, digest(REWORDED))
    assert item.version is not None
    draft = type(draft_of(session, item.version))(content=choice(), evidence=(cited,))
    write_version(session, item, draft, author_id=teacher.id, now=NOW)
    assert standing(session, item, source) == ("intact", 2, 1, False)


def test_a_digest_that_stands_nowhere_is_gone_from_the_start(
    session: Session, source: Source, teacher: Account
) -> None:
    cited = Citation(source.id, 2, 1, "0123456789ab")
    factories.add_deck(session, [choice()], owner=teacher, evidence=(cited,))
    item = session.scalars(select(Item)).one()
    assert standing(session, item, source) == ("gone", None, None, False)
    assert view(session, item) == (2, "", "", "", True, True)

"""Copies of decks: what they hold, where they come from, and what they cost."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, delete, event, select, update
from sqlalchemy.orm import Session

from quizapp.services.library.copies import DOUBLE_CLICK, copy_deck
from quizapp.services.library.editor import draft_of, save_item
from quizapp.services.library.items import Citation
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, DeckItem, DeckOrigin, Evidence, Item, ItemOrigin, ItemVersion
from quizapp.storage.sources.tables import Anchor, Source, SourceVersion
from tests import factories
from tests.factories import EXAMPLES, NOW


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher", name="Ann", name_key="ann")


@pytest.fixture
def deck(session: Session) -> Deck:
    """Every kind's examples, each resting on two sentences."""
    source = factories.add_source(session)
    cited = tuple(Citation(source.id, 1, sentence, "0" * 12) for sentence in (1, 2))
    return factories.add_deck(
        session, [example.content for example in EXAMPLES], evidence=cited, tags=("rivers", "towns")
    )


def items_of(session: Session, deck: Deck) -> list[Item]:
    query = select(Item).join(DeckItem, DeckItem.item_id == Item.id).where(DeckItem.deck_id == deck.id)
    return list(session.scalars(query.order_by(DeckItem.position).execution_options(populate_existing=True)))


def origin_of(session: Session, deck: Deck) -> tuple[int | None, str]:
    row = session.get_one(DeckOrigin, deck.id)
    return (row.origin_id, row.title)


def origins(session: Session, deck: Deck) -> list[int | None]:
    return [session.get_one(ItemOrigin, item.id).version_id for item in items_of(session, deck)]


def said(session: Session, item: Item) -> tuple[object, ...]:
    assert item.version is not None
    return (draft_of(session, item.version), item.fact_id, item.version.kind, item.version.search_text)


def test_a_copy_says_the_same_in_the_same_order_on_the_same_evidence_and_facts(
    session: Session, deck: Deck, teacher: Account
) -> None:
    copy = copy_deck(session, deck, teacher, now=NOW)
    there, here = items_of(session, deck), items_of(session, copy)
    assert [said(session, item) for item in here] == [said(session, item) for item in there]
    assert not {item.id for item in here} & {item.id for item in there}
    assert (copy.title, copy.owner_id, copy.public) == ("Rivers (copy)", teacher.id, False)
    assert {item.deck_id for item in here} == {copy.id}
    for item in here:
        assert item.version is not None
        assert (item.version.number, item.version.author_id) == (1, teacher.id)
        assert item.version.note == "Copied from version 1"


def test_a_copy_tells_its_origin_and_outlives_it(session: Session, deck: Deck, teacher: Account) -> None:
    copy = copy_deck(session, deck, teacher, now=NOW)
    assert origin_of(session, copy) == (deck.id, "Rivers")
    assert origins(session, copy) == [item.version_id for item in items_of(session, deck)]
    gone = [item.id for item in items_of(session, deck)]
    session.execute(delete(DeckItem).where(DeckItem.item_id.in_(gone)))
    session.execute(update(Item).where(Item.id.in_(gone)).values(version_id=None))
    session.execute(delete(ItemVersion).where(ItemVersion.item_id.in_(gone)))
    session.execute(delete(Item).where(Item.id.in_(gone)))
    session.execute(delete(Deck).where(Deck.id == deck.id))
    session.expire_all()
    assert origin_of(session, copy) == (None, "Rivers")
    assert set(origins(session, copy)) == {None}
    assert len(items_of(session, copy)) == len(EXAMPLES)


def test_what_is_not_published_is_not_copied_and_changes_go_separate_ways(
    session: Session, deck: Deck, teacher: Account
) -> None:
    first, second, *_ = items_of(session, deck)
    first.state = "retired"
    session.flush()
    copy = copy_deck(session, deck, teacher, now=NOW)
    mine = items_of(session, copy)
    assert len(mine) == len(EXAMPLES) - 1
    assert origins(session, copy)[0] == second.version_id
    draft = draft_of(session, second.version)
    assert save_item(
        session,
        mine[0],
        draft_of(session, mine[1].version),
        base=mine[0].version_id,
        fact="",
        author=teacher,
        now=NOW,
    )
    assert draft_of(session, items_of(session, deck)[1].version) == draft


def test_a_copy_of_a_copy_and_two_copies_have_addresses_of_their_own(
    session: Session, deck: Deck, teacher: Account
) -> None:
    copy = copy_deck(session, deck, teacher, now=NOW)
    assert copy_deck(session, deck, teacher, now=NOW) is copy  # a double click
    again = copy_deck(session, deck, teacher, now=NOW + DOUBLE_CLICK)
    of_copy = copy_deck(session, copy, teacher, now=NOW)
    assert len({copy.slug, again.slug, of_copy.slug}) == 3
    assert origin_of(session, of_copy) == (copy.id, "Rivers (copy)")
    assert len(items_of(session, of_copy)) == len(EXAMPLES)


def test_a_thousand_questions_cost_as_many_statements_as_one(session: Session, teacher: Account) -> None:
    def cost(size: int) -> int:
        deck = factories.add_deck(session, [factories.flip(n) for n in range(size)], slug=f"deck-{size}")
        session.commit()
        counted: list[int] = []

        def count(*_: object) -> None:
            counted.append(1)

        engine = session.get_bind()
        assert isinstance(engine, Engine)
        event.listen(engine, "before_cursor_execute", count)
        copy = copy_deck(session, deck, teacher, now=NOW)
        event.remove(engine, "before_cursor_execute", count)
        assert len(items_of(session, copy)) == size
        return len(counted)

    assert cost(1) == cost(120)


def test_a_copy_of_a_theme_deck_gathers_its_questions_at_home(
    session: Session, deck: Deck, teacher: Account
) -> None:
    theme = factories.add_deck(session, [], slug="theme")
    theme.theme_tag = "rivers"
    for position, item in enumerate(items_of(session, deck)[:3], start=1):
        session.add(DeckItem(deck_id=theme.id, item_id=item.id, position=position))
    session.flush()
    copy = copy_deck(session, theme, teacher, now=NOW)
    assert copy.theme_tag is None
    assert [item.deck_id for item in items_of(session, copy)] == [copy.id] * 3
    assert session.scalars(select(Evidence).join(Item, Item.version_id == Evidence.version_id)).all()


def test_where_its_evidence_stands_now_is_copied_too(session: Session, deck: Deck, teacher: Account) -> None:
    source = session.scalars(select(Source)).one()
    version = SourceVersion(source_id=source.id, number=1, digest="x", created_at=NOW)
    session.add(version)
    session.flush()
    for evidence in session.scalars(select(Evidence)).all():
        session.add(
            Anchor(
                evidence_id=evidence.id,
                version_id=version.id,
                standing="moved",
                paragraph=7,
                sentence=evidence.sentence,
            )
        )
    session.flush()
    copy = copy_deck(session, deck, teacher, now=NOW)
    rows = session.execute(
        select(Anchor.standing, Anchor.paragraph, Anchor.sentence, Evidence.sentence)
        .join(Evidence, Evidence.id == Anchor.evidence_id)
        .join(Item, Item.version_id == Evidence.version_id)
        .where(Item.deck_id == copy.id)
        .order_by(Anchor.id)
    ).all()
    assert len(rows) == 2 * len(EXAMPLES)
    assert {tuple(row) for row in rows} == {("moved", 7, 1, 1), ("moved", 7, 2, 2)}

"""What a teacher writes: decks, items, versions; and that students see it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.library.kinds.base import Format
from quizapp.services.library import editor
from quizapp.services.library.editor import StaleEdit
from quizapp.services.library.items import Citation, Draft
from quizapp.services.study import decks, next_question
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from tests import factories
from tests.factories import NOW, SETTINGS, choice, typed

LATER = NOW + timedelta(hours=1)
KEY = "t-0123456789abcdef0123456789abcdef"


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher", name="Ms Rivers")


@pytest.fixture
def deck(session: Session, teacher: Account) -> Deck:
    return editor.create_deck(session, teacher, title="Rivers of Europe", summary="", now=NOW)


def add(session: Session, deck: Deck, teacher: Account, number: int = 1, *, fact: str = "") -> Item:
    key = f"t-{number:032x}"
    return editor.add_item(
        session, deck, key, Draft(content=typed(number)), fact=fact, author=teacher, now=NOW
    )


def save(
    session: Session, item: Item, teacher: Account, draft: Draft, base: int | None = None, **more: str
) -> bool:
    return editor.save_item(
        session,
        item,
        draft,
        base=item.version_id if base is None else base,
        fact=more.get("fact", ""),
        author=teacher,
        now=LATER,
        note=more.get("note", ""),
    )


class TestDecks:
    def test_the_address_is_made_from_the_title(self, deck: Deck, teacher: Account) -> None:
        assert (deck.slug[:-7], deck.owner_id) == ("t.rivers-of-europe", teacher.id)

    def test_equal_titles_get_different_addresses(self, session: Session, teacher: Account) -> None:
        slugs = [
            editor.create_deck(session, teacher, title=title, summary="", now=NOW).slug
            for title in ("Rivers", "RIVERS!", "Ríverś", "Реки", "???")
        ]
        assert [re.sub(r"-\w{6}(?=-|$)", "", slug) for slug in slugs] == [
            *("t.rivers", "t.rivers-2", "t.rivers-3"),
            *("t.deck", "t.deck-2"),
        ]

    def test_an_address_is_never_too_long(self, session: Session, teacher: Account) -> None:
        for _ in range(2):
            deck = editor.create_deck(session, teacher, title="river " * 20, summary="", now=NOW)
            assert len(deck.slug) <= 80

    @pytest.mark.parametrize(
        ("title", "summary", "field"),
        [(" ", "", "title"), ("x" * 121, "", "title"), ("a\x00b", "", "title"), ("x", "y" * 601, "summary")],
    )
    def test_a_head_that_cannot_be_stored_is_refused(
        self, session: Session, teacher: Account, deck: Deck, title: str, summary: str, field: str
    ) -> None:
        with pytest.raises(Invalid) as new:
            editor.create_deck(session, teacher, title=title, summary=summary, now=NOW)
        with pytest.raises(Invalid) as old:
            editor.rename_deck(session, deck, title=title, summary=summary)
        assert new.value.problems[0].field == old.value.problems[0].field == field

    def test_a_deck_keeps_its_address_under_another_title(self, session: Session, deck: Deck) -> None:
        before = deck.slug
        editor.rename_deck(session, deck, title=" Big   rivers ", summary=" All. ")
        assert (deck.slug, deck.title, deck.summary) == (before, "Big rivers", "All.")


class TestAdding:
    def test_an_item_is_published_at_the_end_with_its_author(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        items = [add(session, deck, teacher, number) for number in (1, 2)]
        assert factories.item_ids(session, deck) == [item.id for item in items]
        assert items[1].version is not None
        assert (items[1].state, items[1].version.author_id, items[1].version.number) == (
            "published",
            teacher.id,
            1,
        )

    def test_the_same_form_sent_twice_makes_one_item(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        assert add(session, deck, teacher).id == add(session, deck, teacher).id
        assert len(factories.item_ids(session, deck)) == 1

    def test_the_same_form_with_another_text_is_a_conflict(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        item = add(session, deck, teacher)
        with pytest.raises(StaleEdit):
            editor.add_item(
                session, deck, item.key, Draft(content=typed(2)), fact="", author=teacher, now=LATER
            )
        assert editor.item_with_key(session, deck, item.key) is item

    def test_a_key_of_another_deck_opens_nothing(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        item = add(session, deck, teacher)
        other = editor.create_deck(session, teacher, title="Lakes", summary="", now=NOW)
        with pytest.raises(Missing):
            editor.add_item(
                session, other, item.key, Draft(content=typed()), fact="", author=teacher, now=NOW
            )
        with pytest.raises(Missing):
            editor.item_with_key(session, other, KEY)


class TestFacts:
    def test_without_a_name_each_item_has_a_fact_of_its_own(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        assert add(session, deck, teacher, 1).fact_id != add(session, deck, teacher, 2).fact_id

    def test_items_of_one_name_are_siblings(self, session: Session, deck: Deck, teacher: Account) -> None:
        first = add(session, deck, teacher, 1, fact="The Danube’s end")
        second = add(session, deck, teacher, 2, fact="the danube's  end")
        assert first.fact_id == second.fact_id
        assert editor.fact_name(teacher.id, first.fact.key) == "the-danube-s-end"

    def test_no_two_teachers_share_a_fact(self, session: Session, teacher: Account) -> None:
        other = factories.add_account(session, role="teacher")
        assert editor.fact_key(teacher.id, "danube") != editor.fact_key(other.id, "danube")
        assert editor.fact_name(other.id, editor.fact_key(teacher.id, "danube")) == ""

    def test_a_fact_can_be_given_and_taken_away_without_a_new_version(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        item, draft = add(session, deck, teacher), Draft(content=typed(1))
        assert save(session, item, teacher, draft, fact="danube")
        session.refresh(item, ["fact"])
        assert item.fact.key == editor.fact_key(teacher.id, "danube")
        assert save(session, item, teacher, draft)
        session.refresh(item, ["fact"])
        assert item.fact.key == item.key
        assert len(versions(session, item)) == 1

    def test_a_fact_named_elsewhere_stays_while_no_name_is_given(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        item = factories.add_item(session, deck, typed(), key="import-1", fact="import-fact")
        assert not save(session, item, teacher, Draft(content=typed()))
        assert item.fact.key == "import-fact"


def versions(session: Session, item: Item) -> list[ItemVersion]:
    query = select(ItemVersion).where(ItemVersion.item_id == item.id).order_by(ItemVersion.number)
    return list(session.scalars(query))


class TestSaving:
    def test_a_change_is_a_version_with_author_and_note(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        item = add(session, deck, teacher)
        assert save(session, item, teacher, Draft(content=typed(2)), note="Another town")
        newest = versions(session, item)[-1]
        assert (newest.number, newest.author_id, newest.note) == (2, teacher.id, "Another town")
        assert newest.created_at == LATER

    def test_no_change_is_no_version(self, session: Session, deck: Deck, teacher: Account) -> None:
        item = add(session, deck, teacher)
        assert not save(session, item, teacher, Draft(content=typed(1)))
        assert len(versions(session, item)) == 1

    def test_an_edit_of_an_old_version_is_refused_and_writes_nothing(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        item = add(session, deck, teacher)
        base = item.version_id
        save(session, item, teacher, Draft(content=typed(2)))
        with pytest.raises(StaleEdit):
            save(session, item, teacher, Draft(content=typed(3)), base=base)
        assert len(versions(session, item)) == 2

    def test_the_same_edit_sent_twice_is_one_version(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        item = add(session, deck, teacher)
        base = item.version_id
        assert save(session, item, teacher, Draft(content=typed(2)), base=base)
        assert not save(session, item, teacher, Draft(content=typed(2)), base=base)
        assert len(versions(session, item)) == 2


class TestRestoring:
    def test_an_old_wording_comes_back_whole_as_a_new_version(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        source = factories.add_source(session)
        cited = Citation(source.id, 1, 2, "0123456789ab")
        first = Draft(content=typed(1), formats=(Format.TYPE,), tags=("a", "b"), evidence=(cited,))
        item = editor.add_item(session, deck, KEY, first, fact="", author=teacher, now=NOW)
        old = item.version_id
        assert old is not None
        save(session, item, teacher, Draft(content=typed(2)))
        assert editor.restore_version(session, item, old, base=item.version_id, author=teacher, now=LATER)
        assert [version.note for version in versions(session, item)] == ["", "", "Version 1 restored"]
        assert item.version is not None
        assert editor.draft_of(session, item.version) == first

    def test_another_items_version_cannot_be_restored(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        item, other = add(session, deck, teacher, 1), add(session, deck, teacher, 2)
        assert other.version_id is not None
        for wanted in (other.version_id, -1):
            with pytest.raises(Missing):
                editor.restore_version(session, item, wanted, base=item.version_id, author=teacher, now=LATER)

    def test_restoring_after_someone_elses_change_is_refused(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        item = add(session, deck, teacher)
        base = item.version_id
        assert base is not None
        save(session, item, teacher, Draft(content=typed(2)))
        with pytest.raises(StaleEdit):
            editor.restore_version(session, item, base, base=base, author=teacher, now=LATER)


class TestMoving:
    @pytest.mark.parametrize(
        ("place", "up", "order"),
        [(0, True, [0, 1, 2]), (0, False, [1, 0, 2]), (2, True, [0, 2, 1]), (2, False, [0, 1, 2])],
    )
    def test_neighbours_change_places(
        self, session: Session, deck: Deck, teacher: Account, place: int, up: bool, order: list[int]
    ) -> None:
        items = [add(session, deck, teacher, number) for number in (1, 2, 3)]
        editor.move_by_one(session, deck, items[place], up=up)
        assert factories.item_ids(session, deck) == [items[index].id for index in order]

    def test_an_item_of_another_deck_cannot_be_moved(
        self, session: Session, deck: Deck, teacher: Account
    ) -> None:
        item = add(session, deck, teacher)
        other = editor.create_deck(session, teacher, title="Lakes", summary="", now=NOW)
        with pytest.raises(Missing):
            editor.move_by_one(session, other, item, up=True)


class TestStudents:
    @pytest.fixture
    def asked(self, session: Session, deck: Deck) -> object:
        student = factories.add_account(session)
        deck.public = True
        session.flush()
        decks.begin(session, student, deck.slug, now=NOW)
        learner = factories.learner_of(student, SETTINGS)

        def ask() -> next_question.Question | None:
            waiting = next_question.waiting(session, learner, now=LATER, deck_id=deck.id)
            return next_question.next_question(session, learner, waiting, now=LATER, deck_id=deck.id)

        return ask

    def test_a_published_item_comes_up_as_new(
        self, session: Session, deck: Deck, teacher: Account, asked: object
    ) -> None:
        assert asked() is None  # type: ignore[operator]
        item = add(session, deck, teacher)
        question = asked()  # type: ignore[operator]
        assert (question.item_id, question.content) == (item.id, typed(1))

    def test_a_changed_wording_reaches_the_next_serving(
        self, session: Session, deck: Deck, teacher: Account, asked: object
    ) -> None:
        item = add(session, deck, teacher)
        save(session, item, teacher, Draft(content=choice(7)))
        question = asked()  # type: ignore[operator]
        assert (question.content, question.version_id) == (choice(7), item.version_id)

    def test_a_retired_item_is_not_asked_until_it_is_published_again(
        self, session: Session, deck: Deck, teacher: Account, asked: object
    ) -> None:
        item = add(session, deck, teacher)
        factories.set_published(session, item, published=False)
        assert asked() is None  # type: ignore[operator]
        factories.set_published(session, item, published=True)
        assert asked() is not None  # type: ignore[operator]

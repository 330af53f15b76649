"""Figures from real answers: first ones, by the version asked now; suspicions put aside and said again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import insert, select, true
from sqlalchemy.orm import Session

from quizapp.domain.corrections.analysis.suspicions import NEW_ANSWERS
from quizapp.domain.library.changes import Change
from quizapp.domain.library.kinds import encode_response
from quizapp.domain.library.kinds.base import Chosen, GaveUp
from quizapp.services.corrections import analysis
from quizapp.services.corrections.analysis import Analysed, analyse
from quizapp.services.library import bulk, editor
from quizapp.services.library.items import Draft
from quizapp.services.study import answer_log
from quizapp.services.study.learner import learner_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.study.tables import Review
from tests import factories
from tests.factories import NOW, SETTINGS, add_account, add_deck, add_learner, answer, choice

KEY, WRONG = "Danube", ("Elbe", "Loire", "Volga")


@pytest.fixture
def teacher(session: Session) -> Account:
    return add_account(session, role="teacher")


@pytest.fixture
def items(session: Session, teacher: Account) -> list[Item]:
    deck = add_deck(session, [choice(n) for n in range(8)], owner=teacher)
    deck.public = True
    session.flush()
    return list(session.scalars(select(Item).where(Item.deck_id == deck.id).order_by(Item.id)))


def answers(session: Session, items: list[Item], picks: Callable[[int, int], str], learners: int) -> None:
    """Written straight into the log: learner n's first answer to the item of this place is `picks(n, place)`."""
    rows = []
    accounts = [add_account(session).id for _ in range(learners)]
    for number, learner_id in enumerate(accounts):
        for place, item in enumerate(items):
            option = picks(number, place)
            rows.append(
                {
                    "id": uuid4(), "learner_id": learner_id, "item_id": item.id, "version_id": item.version_id,
                    "at": NOW + timedelta(seconds=place), "zone": "UTC", "day": NOW.toordinal(), "source": "review",
                    "format": "choose", "response": encode_response(Chosen((option,))), "grade": "",
                    "score": float(option == KEY), "chance": 0.25, "hinted": False, "prior": 0.5,
                    "duration_ms": 6_000 + number, "expected": None, "voids": None,
                }
            )  # fmt: skip
    session.execute(insert(Review), rows)
    session.flush()


def by_place(session: Session, items: list[Item]) -> list[Analysed]:
    found = {each.item_id: each for each in analyse(session, true())}
    return [found[item.id] for item in items]


def strength(number: int, place: int) -> str:
    """Of 30 learners, the strong (20 and up) know all, the weak (below 10) nothing but what they guess."""
    if number >= 20 or (number >= 10 and place % 2):
        return KEY
    return WRONG[(number + place) % 3]


def test_a_question_no_one_has_answered_has_no_figures(session: Session, items: list[Item]) -> None:
    [first, *_] = by_place(session, items)
    assert (first.figures.first.answers, first.figures.options, first.suspicions) == (0, (), ())


def test_figures_agree_with_a_count_by_hand(session: Session, items: list[Item]) -> None:
    answers(session, items, strength, 30)
    even, odd, *_ = by_place(session, items)
    assert (even.figures.facility, odd.figures.facility) == (pytest.approx(1 / 3), pytest.approx(2 / 3))
    assert even.figures.known == pytest.approx((1 / 3 - 0.25) / 0.75)
    assert even.figures.first.median_ms == 6_014
    assert even.figures.first.rest.pairs == even.figures.choices == 30
    assert even.figures.third == 10
    key = next(option for option in even.figures.options if option.right)
    assert (key.chosen, key.strongest, key.weakest) == (10, 10, 0)
    found = even.figures.discrimination
    assert found is not None
    # The rest of the even question: 3 even ones of 1/3 and 4 odd ones of 2/3. Leads: of the strong
    # (3·2/3 + 4·1/3)/7 = 10/21, of the middle (−3·1/3 + 4·1/3)/7 = 1/21, of the weak (−3·1/3 − 4·2/3)/7 = −11/21.
    # Scores 1, 0, 0: r = Σxy/30 − x̄ȳ over spreads = (10/21)/3 / (√(2/9) · √((100 + 1 + 121)/(3·441))) = 0.8220
    assert found.value == pytest.approx(0.8220, abs=1e-4)


def test_only_first_answers_that_count_are_counted(session: Session, items: list[Item]) -> None:
    learner = add_learner(session)
    first = answer(session, learner, items[0].id, False)
    answer(session, learner, items[0].id, True, at=NOW + timedelta(minutes=1))
    [figures, *_] = [each.figures for each in by_place(session, items)]
    assert (figures.first.answers, figures.first.score) == (1, 0.0)
    hinted = answer(session, add_learner(session), items[0].id, True, hinted=True)
    assert hinted.new
    other = answer(session, learner, items[1].id, True, at=NOW + timedelta(minutes=2))
    answer_log.undo(session, learner, other.review, now=NOW + timedelta(minutes=3))
    one, two, *_ = by_place(session, items)
    assert (one.figures.first.answers, two.figures.first.answers) == (1, 0)
    assert first.review != other.review


def saved(session: Session, teacher: Account, item: Item, draft: Draft, change: Change) -> None:
    given = {"base": item.version_id, "fact": "", "author": teacher, "now": NOW}
    assert editor.save_item(session, item, draft, **given, change=change)


def test_tags_hints_and_commas_change_no_figure(
    session: Session, teacher: Account, items: list[Item]
) -> None:
    answers(session, items, strength, 30)
    before = [(each.figures, each.suspicions, each.earlier) for each in by_place(session, items)]
    bulk.tag(session, items, ["rivers"], add=True, author=teacher, now=NOW)
    assert items[0].version is not None
    hinted = msgspec.structs.replace(items[0].version.content, hint="Think of Vienna.")
    saved(session, teacher, items[0], Draft(content=hinted), "wording")
    assert [(each.figures, each.suspicions, each.earlier) for each in by_place(session, items)] == before


def test_another_key_begins_again_and_says_where_the_old_answers_are(
    session: Session, teacher: Account, items: list[Item]
) -> None:
    answers(session, items, strength, 30)
    saved(session, teacher, items[0], Draft(content=choice(99)), "key")
    saved(session, teacher, items[0], Draft(content=choice(99), tags=("late",)), "wording")
    changed, same, *_ = by_place(session, items)
    assert (changed.figures.first.answers, changed.earlier) == (0, 30)
    assert (same.figures.first.answers, same.earlier) == (30, 0)
    assert same.figures.first.rest.pairs == 30, "what was answered before still tells who is strong"


def test_who_may_change_a_question_is_in_none_of_its_figures(
    session: Session, teacher: Account, items: list[Item]
) -> None:
    answer(session, learner_of(teacher, SETTINGS), items[0].id, False)
    [figures, *_] = [each.figures for each in by_place(session, items)]
    assert figures.first.answers == 0


def test_giving_up_chooses_no_option(session: Session, items: list[Item]) -> None:
    answer(session, add_learner(session), items[0].id, GaveUp())
    [figures, *_] = [each.figures for each in by_place(session, items)]
    assert figures.choices == 1
    assert [option.chosen for option in figures.options] == [0, 0, 0, 0]


def test_later_answers_stand_beside_what_was_predicted(session: Session, items: list[Item]) -> None:
    learner = add_learner(session)
    answer(session, learner, items[0].id, True)
    answer(session, learner, items[0].id, True, at=NOW + timedelta(days=3))
    [figures, *_] = [each.figures for each in by_place(session, items)]
    assert (figures.recall.answers, figures.recall.right) == (1, 1.0)
    assert 0.25 < figures.recall.expected < 1
    assert figures.recall.spread == pytest.approx(figures.recall.expected * (1 - figures.recall.expected))


def wrong_key(number: int, place: int) -> str:
    """As `strength`, but the first question's key is wrong: who knows the deck chooses the Elbe."""
    if place:
        return strength(number, place)
    return "Elbe" if number >= 10 else (KEY, "Elbe", "Loire", "Volga")[number % 4]


def test_a_wrong_key_is_suspected_until_it_is_put_aside_and_again_after_more_answers(
    session: Session, teacher: Account, items: list[Item]
) -> None:
    answers(session, items, wrong_key, 30)
    suspected, *others = by_place(session, items)
    assert suspected.suspicions[0].rule == "strongest-chose-another"
    assert not any(each.suspicions for each in others)
    analysis.set_aside(session, items[0], by=teacher, now=NOW)
    assert by_place(session, items)[0].aside
    answers(session, items, wrong_key, NEW_ANSWERS)
    assert not by_place(session, items)[0].aside
    analysis.set_aside(session, items[0], by=teacher, now=NOW)
    assert by_place(session, items)[0].aside, "and can be put aside again"


def test_what_was_put_aside_stays_so_until_the_question_asks_something_else(
    session: Session, teacher: Account, items: list[Item]
) -> None:
    analysis.set_aside(session, items[0], by=teacher, now=NOW)
    bulk.tag(session, items, ["rivers"], add=True, author=teacher, now=NOW)
    assert by_place(session, items)[0].aside
    saved(session, teacher, items[0], Draft(content=choice(99)), "key")
    assert not by_place(session, items)[0].aside


def test_only_the_decks_asked_for_and_what_is_published(session: Session, items: list[Item]) -> None:
    add_deck(session, [choice(50)], slug="elsewhere")
    factories.set_published(session, items[0], published=False)
    found = analyse(session, Deck.id == items[0].deck_id)
    assert [each.item_id for each in found] == [item.id for item in items[1:]]
    assert found[0].deck_slug == "rivers"

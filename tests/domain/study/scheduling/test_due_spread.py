"""What other settings bring forward to today comes over a week."""

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.study.scheduling.due_spread import Brought, spread

TODAY = 1000
BROUGHT = st.lists(
    st.builds(Brought, st.integers(1, 500), st.integers(TODAY + 1, TODAY + 90), st.floats(0, 1)),
    max_size=60,
    unique_by=lambda each: each.item,
)


def test_the_least_remembered_stay_today_and_the_others_come_in_equal_shares():
    cards = [Brought(item, TODAY + 90, item / 100) for item in range(1, 15)]
    days = spread(cards, TODAY)
    assert [days.get(item, TODAY) - TODAY for item in range(1, 15)] == [
        0,
        0,
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
        5,
        5,
        6,
        6,
    ]


def test_nothing_brought_forward_moves_nothing():
    assert spread([], TODAY) == {}


@given(BROUGHT)
def test_no_day_gets_more_than_a_share_of_what_may_wait_and_none_comes_later_than_before(
    cards: list[Brought],
):
    days = spread(cards, TODAY)
    was = {each.item: each.due_day for each in cards}
    assert all(TODAY < day <= min(was[item], TODAY + 6) for item, day in days.items())
    share = -(-len(cards) // 7) if cards else 0
    assert len(cards) - len(days) <= share

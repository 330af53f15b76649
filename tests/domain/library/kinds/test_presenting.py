from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.library.kinds.presenting import order_of, present, shuffled

TEXTS = st.lists(st.text(max_size=12), max_size=8)


@given(TEXTS, st.text(max_size=8), st.randoms(use_true_random=False))
def test_order_depends_on_the_texts_and_the_seed_alone(texts: list[str], seed: str, random) -> None:
    other = list(texts)
    random.shuffle(other)
    assert present(texts, seed) == present(other, seed)
    assert shuffled(texts, seed) == shuffled(other, seed)


@given(TEXTS, st.text(max_size=8))
def test_nothing_is_lost_or_added(texts: list[str], seed: str) -> None:
    assert sorted(present(texts, seed)) == sorted(texts)


def test_every_place_is_equally_likely_over_seeds() -> None:
    places = [present(("Rome", "Oslo", "Bern", "Wien"), str(seed)).index("Rome") for seed in range(2_000)]
    assert all(430 < places.count(place) < 570 for place in range(4))


def rising(*texts: str) -> None:
    """The texts are in the order given whatever the seed."""
    assert all(present(reversed(texts), str(seed)) == texts for seed in range(20))


def test_figures_rise() -> None:
    rising("1", "2", "4", "10")
    rising("−3.5", "-2", "0.25")
    rising("980", "1,000", "12,500")
    rising("1949", "1950", "2001")
    rising("1st", "2nd", "3rd", "11th")


def test_quantities_of_one_unit_rise_over_scales() -> None:
    rising("$900 million", "$2 billion", "$1.5 trillion")
    rising("9%", "40 %", "100%")
    rising("7 thousand tonnes", "3 million tonnes")
    rising("3 km", "12 km", "1,000 km")


def test_dates_rise() -> None:
    rising("December 2021", "May 2022", "June 2022")
    rising("30 Apr 2022", "2 May 2022")
    rising("March", "April", "October")


def test_weekdays_ranks_shares_and_centuries_rise() -> None:
    rising("Monday", "Thursday", "Friday")
    rising("The first", "The second", "The fourth")
    rising("By a tenth", "By about a quarter", "By a half", "By three quarters")
    rising(
        "the early 18th century", "the late 18th century", "the 19th century", "the end of the 20th century"
    )


def test_a_leading_preposition_or_article_does_not_hide_an_order() -> None:
    rising("In March 2014", "In February 2022", "In October 2023")
    rising("In 1949", "In 1950", "In 2001")
    rising("about 3 km", "about 12 km")


def test_an_entry_tells_what_it_can_be_sorted_by() -> None:
    assert order_of("Tuesday") == "weekday"
    assert order_of("3 km") == order_of("about 12 km") == "kilometre"
    assert order_of("12") == ""
    assert order_of("Lima") is None


def changing(*texts: str) -> None:
    assert len({present(texts, str(seed)) for seed in range(20)}) > 1


def test_entries_of_several_sorts_are_drawn() -> None:
    changing("3 km", "12 miles", "1,000 km")
    changing("$3", "€4", "£5")
    changing("1949", "Peking", "2001")
    changing("May 2022", "June", "July 2022")
    changing("Mon 2022", "Ma 2023", "J 1")
    changing("1", "2-3", "4")


def test_lone_surrogates_do_not_break_the_draw() -> None:
    assert set(shuffled(("\ud800", "a"), "s")) == {"\ud800", "a"}

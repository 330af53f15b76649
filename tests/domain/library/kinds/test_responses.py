from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import Invalid, MalformedResponse
from quizapp.domain.library.kinds.base import (
    Arranged,
    Arrangement,
    Choices,
    Chosen,
    Control,
    Format,
    GaveUp,
    Matched,
    Pairing,
    Prompt,
    Rated,
    SelfRating,
    TextEntry,
    Typed,
)
from quizapp.domain.library.kinds.responses import LONGEST_TEXT, form_fields, in_words, read_response

ONE = Choices("pick", "", ("pear", "apple", "fig"))
MANY = Choices("pick", "", ("pear", "apple", "fig"), many=True)
TEXT = TextEntry("answer", "")
ORDER = Arrangement("rank", "", ("b", "c", "a"))
PAIRS = Pairing("match", "", ("Peru", "Chile"), ("Quito", "Lima", "Santiago"))
REUSED = Pairing("match", "", ("bat", "ant"), ("mammal", "insect"), reuse=True)
RATING = SelfRating("rating", "")


def prompt(*controls: Control, pieces: tuple[str, ...] = ()) -> Prompt:
    return Prompt("any", Format.CHOOSE, "?", controls, pieces)


CLOZE = prompt(TextEntry("gap-0", ""), TextEntry("gap-1", ""), pieces=("In ", " of ", "."))
CHOSEN_CLOZE = prompt(Choices("gap-0", "", ("May", "June")), pieces=("In ", "."))


@pytest.mark.parametrize(
    ("asked", "fields", "response"),
    [
        (prompt(ONE), {"pick": ["2"]}, Chosen(("fig",))),
        (prompt(MANY), {"pick": ["0", "1"]}, Chosen(("apple", "pear"))),
        (prompt(TEXT), {"answer": ["  two  words "]}, Typed(("two  words",))),
        (prompt(ORDER), {"rank-0": ["2"], "rank-1": ["3"], "rank-2": ["1"]}, Arranged(("a", "b", "c"))),
        (prompt(PAIRS), {"match-0": ["1"], "match-1": ["2"]}, Matched((("Chile", "Santiago"), ("Peru", "Lima")))),
        (prompt(REUSED), {"match-0": ["1"], "match-1": ["1"]}, Matched((("ant", "insect"), ("bat", "insect")))),
        (prompt(RATING), {"rating": ["3"]}, Rated(3)),
        (CLOZE, {"gap-0": ["May"], "gap-1": ["2024"]}, Typed(("May", "2024"))),
        (CLOZE, {"gap-1": ["2024"]}, Typed(("", "2024"))),
        (CHOSEN_CLOZE, {"gap-0": ["1"]}, Typed(("June",))),
        (prompt(ONE), {"give_up": ["1"], "pick": ["77"]}, GaveUp()),
    ],
)  # fmt: skip
def test_reads_what_was_answered(asked: Prompt, fields: dict[str, list[str]], response: object) -> None:
    assert read_response(asked, {**fields, "csrf_token": ["x"]}) == response


@pytest.mark.parametrize(
    "asked", [prompt(c) for c in (ONE, MANY, TEXT, ORDER, PAIRS, RATING)] + [CLOZE, CHOSEN_CLOZE]
)
@pytest.mark.parametrize("empty", [None, "", "   "])
def test_nothing_answered_is_no_response(asked: Prompt, empty: str | None) -> None:
    names = ("pick", "answer", "rating", "gap-0", "gap-1", "rank-0", "rank-1", "rank-2", "match-0", "match-1")
    if empty == "   ":  # white space is nothing in a text only; elsewhere no page sends it
        names = ("answer", "gap-1")
    assert read_response(asked, {} if empty is None else {name: [empty] for name in names}) is None


@pytest.mark.parametrize(
    ("asked", "fields", "named"),
    [
        (prompt(ONE), {"pick": ["3"]}, "outside 0–2"),
        (prompt(ONE), {"pick": ["-1"]}, "whole number"),
        (prompt(ONE), {"pick": ["1.0"]}, "whole number"),
        (prompt(ONE), {"pick": [" 1"]}, "whole number"),
        (prompt(ONE), {"pick": ["١"]}, "whole number"),
        (prompt(ONE), {"pick": ["9" * 5000]}, "whole number"),
        (prompt(ONE), {"pick": ["0", "1"]}, "2 options"),
        (prompt(MANY), {"pick": ["0", "0"]}, "twice"),
        (prompt(TEXT), {"answer": ["a", "b"]}, "takes one"),
        (prompt(TEXT), {"answer": ["a" * (LONGEST_TEXT + 1)]}, "1,001"),
        (prompt(TEXT), {"answer": ["a\x00b"]}, "can’t be stored"),
        (prompt(TEXT), {"answer": ["a\ud800b"]}, "can’t be stored"),
        (prompt(ORDER), {"rank-0": ["0"], "rank-1": ["1"], "rank-2": ["2"]}, "outside 1–3"),
        (prompt(ORDER), {"rank-0": ["4"], "rank-1": ["1"], "rank-2": ["2"]}, "outside 1–3"),
        (prompt(PAIRS), {"match-0": ["3"], "match-1": ["0"]}, "outside 0–2"),
        (prompt(RATING), {"rating": ["5"]}, "outside 1–4"),
        (prompt(RATING, RATING), {"rating": ["3"]}, "gap"),
        (prompt(MANY, MANY), {"pick": ["1"]}, "gap"),
        (CHOSEN_CLOZE, {"gap-0": ["2"]}, "outside 0–1"),
    ],
)  # fmt: skip
def test_refuses_what_no_page_sends(asked: Prompt, fields: dict[str, list[str]], named: str) -> None:
    with pytest.raises(MalformedResponse, match=named):
        read_response(asked, fields)


@pytest.mark.parametrize(
    ("asked", "fields", "said"),
    [
        (prompt(ORDER), {"rank-0": ["1"], "rank-1": ["1"], "rank-2": ["2"]}, "each place once"),
        (prompt(ORDER), {"rank-0": ["1"], "rank-1": ["2"], "rank-2": [""]}, "every entry"),
        (prompt(PAIRS), {"match-0": ["1"], "match-1": [""]}, "Match every entry"),
        (prompt(PAIRS), {"match-0": ["1"], "match-1": ["1"]}, "“Lima” is used twice"),
    ],
)  # fmt: skip
def test_a_persons_mistake_is_explained(asked: Prompt, fields: dict[str, list[str]], said: str) -> None:
    with pytest.raises(Invalid, match=said) as caught:
        read_response(asked, fields)
    assert [problem.field for problem in caught.value.problems] == [asked.controls[0].name]


@pytest.mark.parametrize(
    ("asked", "response"),
    [
        (prompt(ONE), Chosen(("plum",))),
        (prompt(ONE), Typed(("pear",))),
        (prompt(ORDER), Arranged(("a", "x"))),
        (prompt(PAIRS), Matched((("Peru", "Bonn"),))),
        (prompt(RATING), Chosen(("3",))),
        (CLOZE, Typed(("May",))),
        (CLOZE, Chosen(("May",))),
        (CHOSEN_CLOZE, Typed(("July",))),
        (prompt(RATING, RATING), Typed(("3", "3"))),
    ],
)
def test_a_response_that_does_not_fit_has_no_fields(asked: Prompt, response) -> None:
    with pytest.raises(MalformedResponse):
        form_fields(asked, response)


WORDS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=20).map(
    str.strip
)
ENTRIES = st.lists(WORDS, min_size=2, max_size=6, unique=True).map(tuple)


@given(st.data(), ENTRIES)
def test_fields_and_responses_are_inverse(data: st.DataObject, entries: tuple[str, ...]) -> None:
    some = data.draw(st.lists(st.sampled_from(entries), min_size=1, unique=True))
    rights = data.draw(ENTRIES)
    pairs = tuple(sorted((left, data.draw(st.sampled_from(rights))) for left in entries))
    gaps = tuple(data.draw(st.sampled_from(("", *entries))) for _ in entries)
    entry_controls = tuple(TextEntry(f"gap-{i}", "") for i in range(len(gaps)))
    gap_controls = tuple(Choices(f"gap-{i}", "", entries) for i in range(len(gaps)))
    for asked, response in (
        (prompt(Choices("pick", "", entries)), Chosen((some[0],))),
        (prompt(Choices("pick", "", entries, many=True)), Chosen(tuple(sorted(some)))),
        (prompt(Arrangement("rank", "", entries)), Arranged(tuple(data.draw(st.permutations(entries))))),
        (prompt(Pairing("match", "", entries, rights, reuse=True)), Matched(pairs)),
        (prompt(RATING), Rated(data.draw(st.integers(1, 4)))),
        (prompt(*entry_controls), Typed(gaps)),
        (prompt(*gap_controls), Typed(gaps)),
        (prompt(TEXT), Typed((entries[0],))),
        (prompt(TEXT), GaveUp()),
    ):
        if not isinstance(response, Typed) or any(response.texts):
            assert read_response(asked, form_fields(asked, response)) == response


@given(
    st.sampled_from(
        [prompt(c) for c in (ONE, MANY, TEXT, ORDER, PAIRS, REUSED, RATING)] + [CLOZE, CHOSEN_CLOZE]
    ),
    st.dictionaries(
        st.sampled_from(
            ["pick", "answer", "rating", "gap-0", "gap-1", "rank-0", "rank-1", "rank-2", "match-0", "match-1"]
        ),
        st.lists(st.sampled_from(["", "0", "1", "2", "3", "x", "\x00"]) | st.text(max_size=5), max_size=3),
    ),
)
def test_any_fields_give_a_response_that_writes_back_or_a_refusal(asked: Prompt, fields) -> None:
    try:
        response = read_response(asked, fields)
    except (MalformedResponse, Invalid):
        return
    assert response is None or read_response(asked, form_fields(asked, response)) == response


@pytest.mark.parametrize(
    ("response", "words"),
    [
        (Chosen(("a", "b")), ("a", "b")),
        (Typed(("Beijing", "")), ("Beijing", "(left empty)")),
        (Arranged(("x", "y")), ("1. x", "2. y")),
        (Matched((("l", "r"),)), ("l – r",)),
        (Rated(3), ("3",)),
        (GaveUp(), ("I don’t know",)),
    ],
)
def test_a_response_is_read_back_in_words(response, words):
    assert in_words(response) == words


@pytest.mark.parametrize(
    ("asked", "response"),
    [
        (prompt(ONE), GaveUp()),
        (prompt(ONE), Chosen(("pear",))),
        (prompt(ORDER), Arranged(("b", "a", "c"))),
        (prompt(PAIRS), Matched((("Chile", "Quito"), ("Peru", "Lima")))),
        (prompt(RATING), Rated(3)),
        (prompt(TEXT), Typed(("pear",))),
        (CLOZE, Typed(("May", "June"))),
        (CHOSEN_CLOZE, Typed(("May",))),
    ],
)  # fmt: skip
def test_a_form_filled_in_with_a_response_is_read_as_that_response(asked: Prompt, response) -> None:
    assert read_response(asked, form_fields(asked, response)) == response

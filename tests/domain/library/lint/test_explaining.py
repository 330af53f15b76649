import pytest


def test_a_rationale_is_there(complaints):
    assert complaints("rationale-missing", rationale="")
    assert not complaints("rationale-missing")


def test_a_rationale_has_three_sentences_at_most(complaints):
    assert not complaints("rationale-too-long", rationale="One. Two. Three.")
    assert complaints("rationale-too-long", rationale="One. Two. Three. Four.") == [
        "4 sentences: keep it to 3."
    ]


@pytest.mark.parametrize(
    ("rationale", "count"),
    [
        ("The capital of Peru is the city of Lima.", 1),
        ("Lima is the capital of Peru; Cusco was the seat of the Incas.", 0),
        ("", 0),
    ],
)
def test_a_rationale_says_more_than_question_and_key(complaints, rationale, count):
    assert len(complaints("rationale-repeats", rationale=rationale)) == count


TYPED = {"stem": "Which city is the capital of Peru?", "distractors": ["Quito", "Cusco", "Arequipa"]}


@pytest.mark.parametrize(
    ("rationale", "told"),
    [
        ("Lima has been so since 1535. What else is on offer lies in the mountains.", "on offer"),
        ("Lima is the seat of government; the other three are older.", "the other three"),
        ("Lima is the seat of government, and Arequipa is the second city.", "Arequipa"),
        ("Lima is the seat of government, and Cusco was that of the Incas.", ""),  # a slip typists make, too
        ("Lima has been the seat of government since 1535.", ""),
    ],
)
def test_a_rationale_does_not_speak_of_what_a_typist_has_not_seen(complaints, rationale, told):
    fields = {**TYPED, "rationale": rationale, "refuse": ["Cusco"]}
    found = complaints("rationale-unseen-options", "short_answer", **fields)
    assert [f"“{told}”" in message for message in found] == ([True] if told else [])


def test_where_options_are_always_seen_a_rationale_may_speak_of_them(complaints):
    assert not complaints(
        "rationale-unseen-options", rationale="Of the four, Quito is the capital of Ecuador."
    )


@pytest.mark.parametrize(
    ("rationale", "count"),
    [
        ("Lima is the seat of government. Quito and Bogotá are not mentioned.", 1),
        ("Lima is the seat of government. The text says nothing of Santiago.", 1),
        ("Lima is the seat of government. Quito is the capital of Ecuador.", 0),
        ("Lima is the seat of government. No harbour is mentioned.", 0),
    ],
)
def test_absence_alone_explains_no_wrong_option(complaints, rationale, count):
    assert len(complaints("rationale-absence", rationale=rationale)) == count

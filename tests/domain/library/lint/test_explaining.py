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

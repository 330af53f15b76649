"""Who said what."""

import pytest


@pytest.mark.parametrize(
    "prose",
    [
        "“A line is a decision for life,” Ada Brook said in Leath.",
        "“A line is a decision for life,” said the engineer Ada Brook.",
        "“A line is a decision for life,” Mayor Ada Brook said.",
        "Ada Brook said: “A line is a decision for life.”",
        "Ada Brook told reporters in Leath: “A line is a decision for life.”",
    ],
)
def test_the_speaker_beside_the_verb_is_asked_for(stems, prose):
    assert "Who said: “A line is a decision for life”?" in stems(prose)


@pytest.mark.parametrize(
    "prose",
    [
        "“A line is a decision for life,” she said to Ada Brook.",
        "“Yes, of course,” Ada Brook said in Leath.",
        "“So it is for all of us,” Ada Brook said in Leath.",
        "“A line is a decision for life,” the paper of Ada Brook wrote.",
        "“A line of Ada Brook said it to all,” they sang in the hall.",
        "They asked Ada Brook about it and heard: “A line is a decision for life.”",
    ],
)
def test_without_a_certain_speaker_or_enough_words_nothing_is_asked(stems, prose):
    assert not [stem for stem in stems(prose) if stem.startswith("Who said")]


def test_a_long_quotation_is_cut_where_it_does_not_dangle(stems):
    prose = "“This bridge will bring the two halves of our town together,” Ada Brook said."
    assert "Who said: “This bridge will bring the two halves …”?" in stems(prose)

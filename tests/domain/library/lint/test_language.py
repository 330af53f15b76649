import pytest


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("stem", "How much was sold last year?"),
        ("key", "This week"),
        ("rationale", "It was announced today."),
        ("rationale", "The two met two days ago, and recently again."),
        ("hint", "It was last Thursday."),
        ("feedback", [["Quito", "That was so until yesterday."]]),
    ],
)
def test_a_date_that_will_be_untrue_is_told(complaints, field, text):
    assert len(complaints("relative-date", **{field: text})) == 1


@pytest.mark.parametrize(
    "text",
    [
        "In 2023, the year before.",
        "A week earlier.",
        "He had recently won.",
        "For the first time this was said.",
    ],
)
def test_a_date_that_stays_true_passes(complaints, text):
    assert not complaints("relative-date", rationale=text)


@pytest.mark.parametrize(
    "text", ["The regime in Lima fell.", "The so-called council met.", "Obviously, it is Lima."]
)
def test_a_word_that_takes_a_side_is_told(complaints, text):
    assert complaints("loaded-words", rationale=text)


@pytest.mark.parametrize("text", ["The sanctions regime was prolonged.", "The government fell."])
def test_a_plain_word_passes(complaints, text):
    assert not complaints("loaded-words", rationale=text)

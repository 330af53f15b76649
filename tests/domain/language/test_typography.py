import pytest

from quizapp.domain.language.typography import as_read, compatible, decomposed


def test_digits_above_and_below_the_line_stay_apart_from_those_on_it():
    assert compatible("512¹ ships") == "512^1 ships"
    assert compatible("10²⁶ and 10₂, H₂O") == "10^26 and 10_2, H2O"
    assert compatible("oﬃce ５") == "office 5"
    assert decomposed("10² é") == "10^2 e\u0301"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The clerk wasn’t there, so the “log” stayed shut.",
            'The clerk wasn\'t there, so the "log" stayed shut.',
        ),
        ("The officers filed a final report.", "The oﬃcers ﬁled a ﬁnal report."),
        ("He left — at once … and ran.", "He left - at once ... and ran."),
        ("He left—at once.", "He left -- at once."),
        ("Il dit : « Oui. »", "Il dit: «Oui.»"),
        ("Il dit : « Oui. »", "Il dit : « Oui. »"),
        ("The hus­bandry of bees\u200b.", "The husbandry of bees."),
        ("It ran dry.[12] Then", "It ran dry. Then"),
        ("café", "café"),
        ("５００ ships", "500 ships"),
    ],
)
def test_typography_is_no_difference(one, other):
    assert as_read(one) == as_read(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("512 ships", "521 ships"), ("10² ships", "102 ships"), ("It is so.", "It is not so."), ("Ada said", "Eva said"), ("arr[0]", "arr[1]"), ("5 – 3", "5 3"), ("It is so?", "It is so."), ("Café", "Cafe")],
)  # fmt: skip
def test_words_figures_and_signs_are(one, other):
    assert as_read(one) != as_read(other)

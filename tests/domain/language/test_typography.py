from quizapp.domain.language.typography import compatible, decomposed


def test_digits_above_and_below_the_line_stay_apart_from_those_on_it():
    assert compatible("512¹ ships") == "512^1 ships"
    assert compatible("10²⁶ and 10₂, H₂O") == "10^26 and 10_2, H2O"
    assert compatible("oﬃce ５") == "office 5"
    assert decomposed("10² é") == "10^2 e\u0301"

import pytest

from quizapp.domain.sources.evidence import EvidenceRef, around, check_evidence
from quizapp.domain.sources.passages import digest, paragraphs

ARTICLE = paragraphs("One. Two.\n\nThree.\nTwo. Four.\n")


def reference(text, paragraph, sentence):
    return EvidenceRef("article", paragraph, sentence, digest(text))


def test_a_sentence_at_its_place_is_intact():
    state = check_evidence(reference("Two.", 1, 2), ARTICLE)
    assert state.standing == "intact"
    assert state.where == ARTICLE[0].sentences[1]


def test_a_sentence_elsewhere_has_moved_and_is_found():
    state = check_evidence(reference("Four.", 1, 1), ARTICLE)
    assert (state.standing, state.where) == ("moved", ARTICLE[2].sentences[1])


def test_of_two_places_the_nearer_paragraph_is_found():
    assert check_evidence(reference("Two.", 3, 2), ARTICLE).where == ARTICLE[2].sentences[0]
    assert check_evidence(reference("Two.", 2, 1), ARTICLE).where == ARTICLE[0].sentences[1]


def test_a_changed_sentence_is_gone():
    assert check_evidence(reference("Tow.", 1, 2), ARTICLE) == ("gone", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("0123456789ab", True), ("0123456789AB", False), ("0123", False), ("0123456789abc", False), ("", False)],
)
def test_a_digest_is_well_formed_if_it_is_twelve_lower_case_hex_digits(text, expected):
    assert EvidenceRef("article", 1, 1, text).well_formed is expected


def test_a_sentence_is_shown_with_what_stands_around_it():
    sentences = [(1, "One."), (2, "Two."), (4, "Four.")]
    assert around(sentences, 2) == ("One.", "Two.", "Four.")
    assert around(sentences, 4) == ("One. Two.", "Four.", "")
    assert around(sentences, 3) == around([], 1) == around(sentences, None) == ("", "", "")

import pytest

from quizapp.domain.sources.evidence import (
    EvidenceRef,
    EvidenceView,
    Piece,
    check_evidence,
    excerpt,
    marked,
    stretch,
)
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


SENTENCES = [(1, "One is here."), (2, "Two follows it."), (4, "Four ends it.")]


def test_a_cited_sentence_is_marked_among_those_around_it():
    assert marked(SENTENCES, {2: None}) == (
        Piece("One is here. "),
        Piece("Two follows it.", marked=True),
        Piece(" Four ends it."),
    )
    assert marked(SENTENCES, {4: None})[-1] == Piece("Four ends it.", marked=True)


def test_two_cited_sentences_of_a_paragraph_are_marked_in_one_passage():
    pieces = marked(SENTENCES, {1: None, 4: None})
    assert [piece.text for piece in pieces if piece.marked] == ["One is here.", "Four ends it."]


def test_a_stretch_of_a_sentence_is_marked_by_its_words():
    assert marked(SENTENCES[:1], {1: (2, 3)}) == (Piece("One "), Piece("is here.", marked=True))
    assert marked(SENTENCES[:1], {1: (1, 1)}) == (Piece("One", marked=True), Piece(" is here."))


def test_more_words_than_a_sentence_has_mark_all_of_it():
    assert marked(SENTENCES[:1], {1: (2, 9)}) == (Piece("One is here.", marked=True),)


def test_nothing_is_shown_of_an_article_that_is_not_here_and_spaces_are_not_doubled():
    assert marked([], {1: None}) == ()
    assert marked([(1, "One. "), (2, "Two.")], {}) == (Piece("One. Two."),)


@pytest.mark.parametrize(
    ("words", "expected"), [("7-12", (7, 12)), ("3-3", (3, 3)), ("12-7", None), ("0-2", None), ("", None)]
)
def test_words_are_marked_from_a_first_to_a_last(words, expected):
    assert stretch(words) == expected


WORDS = " ".join(f"w{n}" for n in range(60))


def test_an_excerpt_holds_what_is_marked_and_a_few_words_around_it():
    before, mark, after = Piece(f"{WORDS} "), Piece("This matters.", marked=True), Piece(f" {WORDS}")
    short = excerpt((before, mark, after))
    assert short == (
        Piece("… w52 w53 w54 w55 w56 w57 w58 w59 "),
        mark,
        Piece(" w0 w1 w2 w3 w4 w5 w6 w7 …"),
    )


def test_between_two_marks_the_middle_is_left_out():
    one, two = Piece("One.", marked=True), Piece("Two.", marked=True)
    short = excerpt((one, Piece(f" {WORDS} "), two))
    assert short[1].text == " w0 w1 w2 w3 w4 w5 w6 w7 … w52 w53 w54 w55 w56 w57 w58 w59 "


def test_a_long_marked_stretch_is_cut_and_what_is_short_stays_as_it_is():
    [cut] = excerpt((Piece(WORDS, marked=True),))
    assert cut == Piece(" ".join(WORDS.split()[:36]) + " …", marked=True)
    for whole in ((Piece("Short. "), Piece("Marked.", marked=True), Piece(" End.")), (Piece(WORDS),), ()):
        assert excerpt(whole) == whole
    view = EvidenceView("slug", "Title", 1, (Piece(WORDS, marked=True),))
    assert view.excerpt == (cut,)

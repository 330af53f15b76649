import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.domain.sources.passages import digest, numbered, paragraphs, restored, split_sentences
from tests.counting import calls

TEXT = st.text(alphabet=st.sampled_from("aB9 .!?…\"'”’)([“ \t\u00a0«»¿é-"), max_size=60)


def texts(paragraph):
    return [sentence.text for sentence in split_sentences(paragraph)]


@given(TEXT)
@example("U.S. forces left. “Why?” he asked. No one said.")
def test_sentences_cover_the_paragraph_but_for_white_space(text):
    position = 0
    for number, sentence in enumerate(split_sentences(text, 7), start=1):
        assert (sentence.paragraph, sentence.sentence) == (7, number)
        assert text[sentence.start : sentence.end] == sentence.text
        assert text[position : sentence.start].strip() == ""
        assert sentence.text.strip()
        position = sentence.end
    assert text[position:].strip() == ""


@given(st.text(max_size=200))
def test_paragraphs_are_the_non_empty_lines_numbered_from_one(text):
    found = paragraphs(text)
    lines = [line.strip() for line in text.removeprefix("\ufeff").splitlines() if line.strip()]
    assert [paragraph.text for paragraph in found] == lines
    assert [paragraph.number for paragraph in found] == list(range(1, len(lines) + 1))
    assert all(
        sentence.paragraph == paragraph.number for paragraph in found for sentence in paragraph.sentences
    )


@given(TEXT)
def test_splitting_a_sentence_list_again_gives_the_same_texts(text):
    (paragraph,) = paragraphs(text) or (None,)
    if paragraph:
        assert texts(paragraph.text) == [sentence.text for sentence in paragraph.sentences]


def test_a_byte_order_mark_is_no_part_of_the_first_sentence():
    assert paragraphs("\ufeffOne.\r\n\r\nTwo.\n")[0].sentences[0].text == "One."


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("It rained. It stopped.", ["It rained.", "It stopped."]),
        ("Why? Because! So…", ["Why?", "Because!", "So…"]),
        ("He said “Stop.” Then he left.", ["He said “Stop.”", "Then he left."]),
        ("“Go.” “Stay.”", ["“Go.”", "“Stay.”"]),
        ("Dr. Lee met Mrs. Ito. They spoke.", ["Dr. Lee met Mrs. Ito.", "They spoke."]),
        ("The U.S. Senate voted. It passed.", ["The U.S. Senate voted.", "It passed."]),
        ("J. S. Bach wrote it.", ["J. S. Bach wrote it."]),
        ("It rose 26.4 per cent. Then it fell.", ["It rose 26.4 per cent.", "Then it fell."]),
        ("Oil, gas, etc. were sold.", ["Oil, gas, etc. were sold."]),
        ("It cost approx. Ten pounds.", ["It cost approx. Ten pounds."]),
        ("Wait … and see.", ["Wait … and see."]),
        ("Really? yes.", ["Really? yes."]),
        ("End. – A dash follows.", ["End. – A dash follows."]),
        ("No end", ["No end"]),
        (". Begin", [".", "Begin"]),
        ("", []),
    ],
)
def test_sentence_ends(paragraph, sentences):
    assert texts(paragraph) == sentences


def test_a_digest_is_twelve_hex_digits_whatever_the_white_space_and_unicode_form():
    assert digest("Café  au\n lait") == digest("Cafe\u0301 au lait") == digest(" Café au lait ")
    assert len(digest("x")) == 12
    assert int(digest("x"), 16) >= 0


def test_a_digest_tells_sentences_apart():
    assert digest("Over 240 billion.") != digest("240 billion.")


def test_a_sentence_knows_its_digest():
    (sentence,) = split_sentences("One more.")
    assert sentence.digest == digest("One more.")


def test_texts_that_are_a_paragraph_each_are_numbered_without_the_empty_ones():
    found = numbered(["One\nline. Two.", " \n", "Three."])
    assert [(part.number, part.text, len(part.sentences)) for part in found] == [
        (1, "One line. Two.", 2),
        (2, "Three.", 1),
    ]


@given(st.lists(TEXT, max_size=5))
def test_paragraphs_are_restored_from_their_sentences(texts):
    parts = numbered(texts)
    rows = [(s.paragraph, s.sentence, s.text) for part in parts for s in part.sentences]
    assert [row for part in restored(rows) for row in part.sentences] == [
        sentence for part in parts for sentence in part.sentences
    ]


@pytest.mark.parametrize("unit", [".", ".”", "Yes. ", "Mr. ", "?! ", "J. R. "])
def test_a_paragraph_of_any_shape_and_twice_the_length_takes_twice_the_work(unit):
    half, whole = (unit * (size // len(unit)) for size in (20_000, 40_000))
    assert calls(lambda: texts(whole)) < 3 * calls(lambda: texts(half))
    long = unit * (200_000 // len(unit))  # what a pattern does inside is not counted: it would take minutes
    assert "".join(texts(long)).replace(" ", "") == long.replace(" ", "")


def test_two_paragraphs_are_restored_from_their_sentences():
    parts = numbered(["One. Two.", "Three."])
    assert restored((s.paragraph, s.sentence, s.text) for part in parts for s in part.sentences) == parts

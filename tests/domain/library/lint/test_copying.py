import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.library.lint.copying import RULES, copied_runs
from quizapp.domain.library.lint.runner import lint_item_of
from quizapp.domain.sources.passages import paragraphs

TEXT = (
    "The old harbour lies at the mouth of a river that rises in the high mountains.\n"
    "President Ana María Quispe met Prime Minister John Smith in Lima on 17 May 2024."
)
ARTICLES = {"atlas": paragraphs(TEXT), "globe": paragraphs("Something else is said here.")}
LETTERS = TEXT.replace("\n", " ").split()


def runs(text):
    return [run for _, run in copied_runs(text, ARTICLES)]


def test_nine_words_in_a_row_are_told_as_written():
    assert runs("We read: the old harbour lies at the “mouth” of a — lake.") == [
        "the old harbour lies at the “mouth” of a"
    ]


def test_eight_words_in_a_row_pass():
    assert runs("We read: the old harbour lies at the mouth of lakes.") == []


def test_case_accents_and_marks_do_not_hide_a_run():
    assert runs("THE OLD HÁRBOUR LIES, AT THE MOUTH OF A") != []


def test_a_longer_run_is_told_once_in_full():
    assert runs(TEXT.split("\n", maxsplit=1)[0]) == [TEXT.split("\n", maxsplit=1)[0].rstrip(".")]


def test_two_runs_are_told_apart():
    text = "old harbour lies at the mouth of a river. No. a river that rises in the high mountains President"
    assert len(runs(text)) == 2


def test_names_titles_and_figures_are_forgiven():
    assert runs("She, President Ana María Quispe, met Prime Minister John Smith.") == []


def test_a_run_with_fewer_names_is_not_forgiven():
    assert runs("He met Prime Minister John Smith in Lima on 17 May 2024.") == []
    assert runs("mouth of a river that rises in the high mountains President Ana") != []


def test_capitals_of_ones_own_make_no_names():
    assert runs("The Old Harbour Lies At The Mouth Of A Lake.") == ["The Old Harbour Lies At The Mouth Of A"]


@given(st.integers(0, len(LETTERS) - 9), st.integers(1, 12))
def test_what_is_told_is_in_the_article(start, length):
    for run in runs(" ".join(LETTERS[start : start + length])):
        assert len(run.split()) >= 9
        assert run in " ".join(LETTERS)


@pytest.mark.parametrize("field", ["rationale", "hint", "stem", "key"])
def test_every_text_of_an_item_is_looked_at(bank_item, field):
    item = bank_item(**{field: "The **old** harbour lies at the mouth of a river."})
    (complaint,) = RULES[0].check(lint_item_of(item), ARTICLES)
    assert complaint.field == field
    assert "in atlas" in complaint.message

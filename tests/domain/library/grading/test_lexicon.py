"""The word lists that guard against slips into other words."""

from quizapp.domain.library.grading import lexicon


def test_the_lists_are_read_before_the_first_answer_needs_them():
    lexicon.prepare()
    assert lexicon.is_word("letter", "en")
    assert not lexicon.is_word("lettar", "en")


def test_a_question_in_a_language_without_a_list_is_read_as_english():
    assert lexicon.language("Which city is it?") == "en"

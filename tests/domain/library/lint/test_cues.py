import pytest

from quizapp.domain.library.lint.cues import RULES
from quizapp.domain.library.lint.runner import lint_item_of


def choice(stem, key, *distractors):
    return {"stem": stem, "key": key, "distractors": list(distractors)}


def test_a_word_that_only_the_key_shares_with_the_stem_is_told(complaints):
    stem = "Which river carries ships to the harbour of Iquitos?"
    (message,) = complaints("key-echo", **choice(stem, "The harbour’s own branch", "The Napo", "The Ucayali"))
    assert "“harbour”" in message


@pytest.mark.parametrize(
    ("key", "distractors"),
    [
        ("The harbour branch", ("The harbour road", "The Napo")),
        ("The harbour branch", ("The river Napo", "The Ucayali")),
        ("The Amazon", ("The Napo", "The Ucayali")),
        ("Of 12", ("Of 13", "Of 14")),
    ],
)
def test_no_echo_where_a_distractor_shares_a_word_too(complaints, key, distractors):
    stem = "Which river carries ships to the harbour of Iquitos?"
    assert not complaints("key-echo", **choice(stem, key, *distractors))


def test_a_word_the_whole_bank_is_about_is_no_echo(bank_item):
    (echo,) = (rule for rule in RULES if rule.name == "key-echo")
    item = bank_item(**choice("What does trade bring?", "More trade", "More work", "More ships"))
    linted = lint_item_of(item)
    assert list(echo.check(linted))
    assert not list(echo.check(lint_item_of(item, common_words=frozenset({"trad"}))))


@pytest.mark.parametrize(
    "item",
    [
        choice("On the table lies an", "apple", "banana", "pear"),
        choice("On the table lies a", "banana", "apple", "orange"),
        choice("He studied at a", "university", "academy", "institute"),
        choice("On the table there is …", "the apple", "the pears", "the plums"),
        choice("On the table there are", "pears and plums", "the apple", "the plum"),
        choice("On the table there are", "pears", "the apple", "the dress"),
        choice("Which two cities lie by the sea?", "Lima and Callao", "Quito", "Cusco"),
    ],
)
def test_an_option_that_alone_fits_the_grammar_is_told(complaints, item):
    assert complaints("grammar-cue", **item)


@pytest.mark.parametrize(
    "item",
    [
        choice("On the table lies an", "apple", "orange", "pear"),
        choice("On the table lies a", "banana", "pear", "apple"),
        choice("On the table there are", "pears", "plums", "an apple"),
        choice("What lies on the table?", "apples", "a pear", "a plum"),
        choice("Which two cities lie by the sea?", "Lima and Callao", "Quito and Cusco", "Cusco"),
        choice("…", "Lima", "Quito", "Cusco"),
    ],
)
def test_options_that_fit_alike_pass(complaints, item):
    assert not complaints("grammar-cue", **item)


def test_a_stem_that_holds_the_key_is_told(complaints):
    stem = "Of which country is Lima the capital, and what is its name?"
    assert complaints("key-in-stem", **choice(stem, "Lima", "Quito", "Cusco"))
    assert complaints("key-in-stem", "flip_card", stem=stem)


def test_a_stem_that_names_all_options_passes(complaints):
    stem = "Which is larger: Lima, Quito or Cusco?"
    assert not complaints("key-in-stem", **choice(stem, "Lima", "Quito", "Cusco"))
    assert not complaints("key-in-stem", "true_false", stem="True north is not magnetic north.")
    assert not complaints("key-in-stem", "flip_card", stem="Is it so?", answer="so")


def test_a_hint_that_tells_the_key_is_told(complaints):
    assert complaints("hint-tells-key", hint="It is Lima, of course.")
    assert not complaints("hint-tells-key", hint="It lies by the sea.")
    assert not complaints("hint-tells-key")


def test_each_gap_of_a_cloze_is_looked_at_by_itself(complaints):
    stem = "On the table lies an {{apple~banana~pear}} beside a {{knife~fork~spoon}}."
    assert len(complaints("grammar-cue", "cloze", stem=stem)) == 1
    assert not complaints("key-echo", "cloze", stem=stem)


def above(bank_item, heading, **fields):
    (rule,) = (rule for rule in RULES if rule.name == "heading-tells-key")
    return [message for _, message in rule.check(lint_item_of(bank_item(**fields), headings=(heading,)))]


def test_a_heading_that_tells_the_key_is_told(bank_item):
    (message,) = above(bank_item, "Lima and its harbour")
    assert "“Lima”" in message


def test_a_heading_that_says_no_more_than_the_stem_passes(bank_item):
    assert not above(bank_item, "A city by the sea")
    assert not above(bank_item, "Lima", stem="Lima is a city. Is Lima the capital of Peru?")
    assert not above(bank_item, "True stories", kind="true_false")

import pytest

from quizapp.domain.library.lint.runner import lint_item_of
from quizapp.domain.library.lint.stems import RULES


@pytest.mark.parametrize(
    ("stem", "count"),
    [
        ("Which city is the capital of Peru?", 0),
        (f"Which city is {'very ' * 31}large?", 0),
        (f"Which city is {'very ' * 32}large?", 1),
        ("Lima is old. It lies by the sea. What is it?", 1),
        (f"Lima is {'very ' * 35}old. It lies by the sea. What is it?", 2),
    ],
)
def test_a_stem_is_short(complaints, stem, count):
    assert len(complaints("stem-too-long", stem=stem)) == count


@pytest.mark.parametrize(
    "stem",
    [
        "Which city is not in Peru?",
        "Who did not come to Lima?",
        "Which city isn't in Peru?",
        "What would the council never accept?",
        "Which cities are in Peru except on holidays?",
    ],
)
def test_a_negative_question_is_told(complaints, stem):
    assert complaints("negative-stem", stem=stem)


@pytest.mark.parametrize(
    "stem",
    [
        "Which city is NOT in Peru?",
        "Which city is **not** in Peru?",
        "Which city is _not_ in Peru?",
        "What did the plan that was not accepted ask for?",
        "Lima is not the oldest city. Which one is?",
        "Which city is in Peru?",
    ],
)
def test_a_stressed_not_or_one_beside_the_question_passes(complaints, stem):
    assert not complaints("negative-stem", stem=stem)


def test_a_negative_statement_to_judge_is_told(complaints):
    assert complaints("negative-stem", "true_false", stem="Lima is not the capital of Peru.")
    assert complaints("negative-stem", "true_false", stem="Lima isn’t the capital of Peru.")
    assert not complaints(
        "negative-stem", "true_false", stem="The plan calls Lima a likely, not a certain, seat."
    )
    assert not complaints("negative-stem", "true_false", stem="Lima is NOT the capital of Ecuador.")


@pytest.mark.parametrize(
    "stem",
    [
        "According to the article, which city is largest?",
        "Which city does the author prefer?",
        "Which city is mentioned above?",
        "What does this passage say of Lima?",
        "What was signed during the visit?",
        "Who came to these talks?",
        "He visited which city in 2024?",
        "Their capital is which city?",
    ],
)
def test_a_stem_that_needs_the_article_open_is_told(complaints, stem):
    assert complaints("not-self-contained", stem=stem)


@pytest.mark.parametrize(
    "stem",
    [
        "According to El País, which city is largest?",
        "Which city does the article on Lima’s harbour call largest?",
        "What was signed during the visit to Lima?",
        "Herbs grow above which height in Peru?",
        "Which treaty text has over 12,000 characters?",
    ],
)
def test_a_stem_that_names_what_it_speaks_of_passes(complaints, stem):
    assert not complaints("not-self-contained", stem=stem)


@pytest.mark.parametrize(
    "stem",
    [
        "Which city did the president visit?",
        "What was signed at the summit in Lima?",
        "Who met the mayor?",
        "What did they do on the Thursday?",
    ],
)
def test_an_event_without_a_year_is_told(complaints, stem):
    assert complaints("undated-event", stem=stem)


@pytest.mark.parametrize(
    "stem",
    [
        "Which city did the president visit in May 2024?",
        "When did the president visit Lima?",
        "In which month did the president visit Lima?",
        "What does the blog “A visit to Lima” praise?",
        "Which city is the capital of Peru?",
    ],
)
def test_a_dated_event_or_a_question_for_its_date_passes(complaints, stem):
    assert not complaints("undated-event", stem=stem)


def test_a_gap_counts_as_the_word_that_fills_it(complaints):
    stem = f"{{{{Lima}}}} is {'very ' * 32}{{{{old}}}}."
    assert not complaints("stem-too-long", "cloze", stem=stem)
    assert complaints("stem-too-long", "cloze", stem=stem.replace("is", "is said to be"))


NAMES = ("the preview", "El País")


def named(rule, bank_item, stem):
    (found,) = (each for each in RULES if each.name == rule)
    return list(found.check(lint_item_of(bank_item(stem=stem), source_names=NAMES)))


def test_an_articles_name_places_a_question_in_time(bank_item, complaints):
    stem = "What did the talks bring, according to the preview?"
    assert complaints("undated-event", stem=stem)
    assert not named("undated-event", bank_item, stem)


@pytest.mark.parametrize(
    ("stem", "count"),
    [
        ("What does an unsigned article on Peru say of Lima?", 1),
        ("What does the blog post say of Lima?", 1),
        ("What does the preview say of Lima?", 0),
        ("The preview and El País both name Lima. Why?", 0),
        ("What does “The report on Lima” call itself?", 0),
    ],
)
def test_an_article_is_called_by_its_one_name(bank_item, complaints, stem, count):
    assert len(named("article-name", bank_item, stem)) == count
    assert not complaints("article-name", stem=stem)  # a bank without names does not mind

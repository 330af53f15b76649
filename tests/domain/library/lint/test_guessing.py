from quizapp.domain.library.lint.guessing import RULES, guesses
from quizapp.domain.library.lint.runner import lint_item_of


def bank(bank_item, count, **fields):
    return [lint_item_of(bank_item(id=f"i{n}", fact=f"f{n}", **fields)) for n in range(count)]


def guess(items, name):
    return next(each for each in guesses(items) if each.name == name)


def test_a_guesser_earns_what_its_liking_finds(bank_item):
    items = bank(bank_item, 4, key="The longest of them", distractors=["Short", "Shorter", "Tiny"])
    longest = guess(items, "the longest")
    assert (longest.lists, longest.share, longest.by_chance) == (4, 1.0, 0.25)
    assert guess(items, "the shortest").share == 0


def test_of_options_it_likes_alike_it_takes_one_at_random(bank_item):
    items = bank(bank_item, 2, key="Lima", distractors=["Oslo", "Rom"])
    assert guess(items, "the longest").share == 0.5
    assert guess(bank(bank_item, 2, key="Lima", distractors=["Oslo", "Bern"]), "the longest").lists == 0


def test_only_lists_that_are_shown_in_order_have_a_middle_and_ends(bank_item):
    figures = bank(bank_item, 1, key="20", distractors=["10", "30"])
    assert guess(figures, "the middle one in order").share == 1
    assert guess(figures, "the lowest or first in order").share == 0
    assert guess(figures, "the highest or last in order").share == 0
    assert guess(bank(bank_item, 1), "the middle one in order").lists == 0


def test_words_of_question_title_and_other_options_are_looked_for(bank_item):
    item = bank_item(
        stem="What flows through Iquitos?", key="The Iquitos arm", distractors=["The Napo arm", "Rain"]
    )
    assert guess([lint_item_of(item)], "the one that shares words with question and title").share == 1
    assert guess([lint_item_of(item)], "the one that shares words with other options").share == 0.5
    titled = lint_item_of(bank_item(key="Lima", distractors=["Quito", "Oslo"]), headings=("Quito and more",))
    assert guess([titled], "the one that shares words with question and title").share == 0


def test_what_other_questions_speak_of_is_known_siblings_left_out(bank_item):
    asked = bank_item(id="a", fact="a", stem="Which port?", key="Callao", distractors=["Oslo", "Bern"])
    other = bank_item("true_false", id="b", fact="b", stem="Callao is a port.")
    sibling = bank_item("true_false", id="c", fact="a", stem="Callao is a port.")
    known = "the one most common in other questions"
    assert guess([lint_item_of(asked), lint_item_of(other)], known).share == 1
    assert guess([lint_item_of(asked), lint_item_of(sibling)], known).lists == 0


def test_verdicts_several_keys_and_typed_answers_are_left_out(bank_item):
    items = [
        bank_item("true_false"),
        bank_item("multiple_choice"),
        bank_item("short_answer"),
        bank_item("cloze"),
    ]
    assert all(each.lists == 0 for each in guesses([lint_item_of(item) for item in items]))
    assert guess([], "the longest").share == guess([], "the longest").by_chance == 0


def test_a_bank_in_which_guessing_pays_is_told_and_a_small_one_is_not(bank_item):
    fields = {"key": "The longest of them", "distractors": ["Short", "Shorter", "Tiny"]}
    told = [message for _, message in RULES[0].check(bank(bank_item, 40, **fields))]
    assert any("the longest is right in 100% of 40 lists, by chance in 25%" in message for message in told)
    assert not list(RULES[0].check(bank(bank_item, 39, **fields)))

import pytest


def choice(identity, fact, stem, key="Lima", **fields):
    others = [city for city in ("Quito", "Cusco", "Callao") if city != key]
    return {"id": identity, "fact": fact, "stem": stem, "key": key, "distractors": others, **fields}


LARGEST = "Which harbour town ships most of the copper from southern Peru?"


def test_two_facts_asked_in_almost_the_same_words_are_told(between):
    nearly = "Which harbour town ships most copper from the south of southern Peru?"
    (told,) = between("near-duplicate-stems", choice("one", "a", LARGEST), choice("two", "b", nearly))
    assert told[0] == "two"
    assert "“one”" in told[1]


def test_siblings_and_other_questions_are_no_duplicates(between):
    assert not between("near-duplicate-stems", choice("one", "a", LARGEST), choice("two", "a", LARGEST))
    other = "Which railway brings the copper of the southern mines to the sea?"
    assert not between("near-duplicate-stems", choice("one", "a", LARGEST), choice("two", "b", other))


def test_the_same_question_of_another_year_is_no_duplicate(between):
    first = choice("one", "a", "How much copper did the harbour town of Callao ship abroad in 2022?")
    second = choice("two", "b", "How much copper did the harbour town of Callao ship abroad in 2023?")
    assert not between("near-duplicate-stems", first, second)


def test_a_short_stem_is_a_duplicate_only_with_the_same_key(between):
    first = choice("one", "a", "Which city is the capital?")
    assert not between(
        "near-duplicate-stems", first, choice("two", "b", "Which city is the capital?", "Quito")
    )
    assert between("near-duplicate-stems", first, choice("two", "b", "Which is the capital city?"))


def test_siblings_that_are_one_sentence_are_told(between):
    first = choice("one", "a", "The town that ships most copper is")
    told = between("sibling-same-sentence", first, choice("two", "a", "The town that ships most copper is"))
    assert [item for item, _ in told] == ["two"]


def test_siblings_asked_in_two_ways_pass(between):
    first = choice("one", "a", "The town that ships most copper is")
    assert not between("sibling-same-sentence", first, choice("two", "a", LARGEST))
    assert not between(
        "sibling-same-sentence", first, choice("two", "b", "The town that ships most copper is")
    )


ASKED = choice("asked", "a", "From which port did the copper fleet sail to Panama?", "Callao")


def test_a_stem_that_tells_the_key_of_another_item_is_told(between):
    teller = choice("teller", "b", "When did the copper fleet sail from Callao?", "Quito")
    ((identity, message),) = between("gives-away", ASKED, teller)
    assert identity == "teller"
    assert "“asked”" in message
    assert "“callao”" in message


def test_a_key_named_in_another_context_is_not_given_away(between):
    assert not between("gives-away", ASKED, choice("other", "b", "How many people live in Callao?", "Quito"))


def test_an_everyday_word_tells_nothing(between):
    asked = choice("asked", "a", "How did the copper fleet of Panama travel?", "slowly")
    teller = choice("teller", "b", "Why did the copper fleet of Panama travel slowly?", "Quito")
    assert not between("gives-away", asked, teller)


def test_a_name_that_a_whole_deck_is_about_is_given_away_only_by_two_words_around_it(between):
    others = [choice(f"i{n}", f"i{n}", f"What does Callao sell in month {n}?", "Quito") for n in range(30)]
    asked = choice("asked", "a", "Where did the fleet end?", "Callao")
    one_word = choice("teller", "b", "What did the fleet carry from Callao?", "Quito")
    two_words = choice("teller", "b", "Why did the fleet end its voyage in Callao?", "Quito")
    assert not between("gives-away", asked, one_word, *others)
    assert between("gives-away", asked, two_words, *others)


def test_one_uncommon_word_is_context_enough_in_a_large_deck(between):
    others = [choice(f"i{n}", f"i{n}", f"What does Peru sell in month {n}?", "Quito") for n in range(30)]
    asked = choice("asked", "a", "Where did the fleet end?", "Callao")
    teller = choice("teller", "b", "What did the fleet carry from Callao?", "Quito")
    assert not between("gives-away", asked, teller)
    assert [item for item, _ in between("gives-away", asked, teller, *others)] == ["teller"]


def test_siblings_and_items_of_other_decks_do_not_give_away(between):
    stem = "When did the copper fleet sail from Callao?"
    assert not between("gives-away", ASKED, choice("sibling", "a", stem, "Quito"))
    assert not between("gives-away", ASKED, choice("elsewhere", "b", stem, "Quito", deck="ships"))


def test_a_key_that_its_own_stem_names_gives_nothing_away(between):
    asked = choice("asked", "a", "Did the copper fleet sail from Callao or from Lima?", "Callao")
    assert not between(
        "gives-away", asked, choice("other", "b", "When did the copper fleet sail from Callao?", "Quito")
    )


def test_a_verdict_is_no_key_to_give_away(between):
    verdict = {"kind": "true_false", "id": "one", "fact": "a", "stem": "The copper fleet sailed from Callao."}
    assert not between("gives-away", verdict, choice("two", "b", "Is it true that the copper fleet sailed?"))


FLEET = {
    "kind": "short_answer",
    "id": "asked",
    "fact": "a",
    "stem": "Which port did the copper fleet leave from?",
}


@pytest.mark.parametrize(
    "teller",
    [
        {"kind": "multiple_choice", "stem": "What had the copper fleet seen?", "keys": ["Callao", "Lima"]},
        {
            "kind": "matching",
            "stem": "Where was each copper fleet?",
            "pairs": [["The first", "Callao"], ["The second", "Lima"], ["The third", "Paita"]],
        },
        {
            "kind": "ordering",
            "stem": "Put the stops of the copper fleet in order.",
            "sequence": ["Callao", "Paita", "Panama"],
        },
        {"kind": "flip_card", "stem": "Tell of the copper fleet.", "answer": "It sailed from **Callao**."},
        {"kind": "cloze", "stem": "The copper fleet began in {{Callao}}."},
    ],
)
def test_right_options_pairs_sequences_and_answers_tell_as_well(between, teller):
    told = between("gives-away", {**FLEET, "key": "Callao"}, {"id": "teller", "fact": "b", **teller})
    assert "teller" in {item for item, _ in told}


def test_a_wrong_option_and_a_false_statement_tell_nothing(between):
    asked = {**FLEET, "key": "Callao"}
    wrong = choice("teller", "b", "Where did the copper fleet end?", "Paita", distractors=["Callao", "Lima"])
    false = {
        "kind": "true_false",
        "id": "f",
        "fact": "b",
        "stem": "Callao saw no copper fleet.",
        "key": False,
    }
    assert not between("gives-away", asked, wrong)
    assert not between("gives-away", asked, false)


def test_two_that_are_kept_apart_may_tell(between):
    teller = choice("teller", "b", "When did the copper fleet sail from Callao?", "Quito")
    assert not between("gives-away", {**ASKED, "apart": ("teller",)}, teller)
    assert not between("gives-away", ASKED, {**teller, "apart": ("asked",)})


def test_one_key_asked_for_twice_is_told_across_decks(between):
    first = choice("one", "a", "From which port did the copper fleet sail?", "Callao")
    second = choice("two", "b", "Name the port from which the copper fleet left.", "Callao", deck="ships")
    told = between("same-question", first, second)
    assert [item for item, _ in told] == ["two"]
    assert not between("same-question", first, {**second, "fact": "a"})
    assert not between(
        "same-question", first, choice("two", "b", "Which port lies near the capital?", "Callao")
    )


def test_verdicts_are_not_one_key(between):
    one = {
        "kind": "true_false",
        "id": "one",
        "fact": "a",
        "stem": "The copper fleet sailed from Callao in May.",
    }
    assert not between("same-question", one, {**one, "id": "two", "fact": "b"})


def bank_of_ports():
    stems = [f"What is shipped from the port of Callao in month {n}?" for n in range(20)]
    return [
        choice(f"i{n}", f"i{n}", stem, "Quito", distractors=["Lima", "Cusco"]) for n, stem in enumerate(stems)
    ]


def test_wrong_options_of_which_nothing_speaks_are_fillers(between):
    filled = choice("filled", "f", "Which port ships copper?", "Callao", distractors=["Kyoto", "Oslo"])
    ((item, message),) = between("stock-fillers", filled, *bank_of_ports())
    assert item == "filled"
    assert "“Kyoto”, “Oslo”" in message


@pytest.mark.parametrize(
    "fields",
    [
        {"key": "Callao", "distractors": ["Quito", "Oslo"]},  # one neighbour is enough
        {"key": "Paita", "distractors": ["Kyoto", "Oslo"]},  # the key does not stand out either
        {"key": "12", "distractors": ["17", "31"]},  # figures are in order
    ],
)
def test_neighbours_strangers_among_strangers_and_figures_pass(between, fields):
    asked = choice(
        "filled", "f", "Which port ships copper?", fields["key"], distractors=fields["distractors"]
    )
    assert not between("stock-fillers", asked, *bank_of_ports())


def test_a_few_items_cannot_say_what_a_filler_is(between):
    filled = choice("filled", "f", "Which port ships copper?", "Callao", distractors=["Kyoto", "Oslo"])
    assert not between("stock-fillers", filled, *bank_of_ports()[:3])

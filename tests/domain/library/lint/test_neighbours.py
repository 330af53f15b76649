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


def test_a_name_that_a_whole_deck_is_about_is_not_given_away(between):
    others = [choice(f"i{n}", f"i{n}", f"What does Callao sell in month {n}?", "Quito") for n in range(30)]
    teller = choice("teller", "b", "When did the copper fleet sail from Callao?", "Quito")
    assert not between("gives-away", ASKED, teller, *others)


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

import pytest


def choice(key, *distractors):
    return {"key": key, "distractors": list(distractors)}


def test_a_key_that_is_clearly_longest_is_told(complaints):
    long = "The capital of Peru, which lies by the sea"
    assert complaints("key-longest", **choice(long, "The capital of Ecuador", "The capital of Chile"))
    assert not complaints("key-longest", **choice("The capital of Ecuador", "The capital of Peru", long))
    assert not complaints("key-longest", **choice("Santiago", "Lima", "Quito"))


def test_two_options_are_too_few(complaints):
    assert complaints("few-options", **choice("Lima", "Quito"))
    assert not complaints("few-options", **choice("Lima", "Quito", "Cusco"))
    assert not complaints("few-options", "true_false")


def test_each_of_several_keys_is_measured(complaints):
    keys = ["Lima", "A city that lies high in the mountains"]
    assert len(complaints("key-longest", "multiple_choice", keys=keys, distractors=["Quito", "Cusco"])) == 1


@pytest.mark.parametrize(
    ("options", "odd"),
    [
        (choice("12 million", "3 million", "a great many"), "a great many"),
        (choice("Many", "Several", "about 5", "Few"), "about 5"),
        (choice("Lima", "Quito", "A small town somewhere between the two larger cities"), "A small town"),
    ],
)
def test_uneven_options_are_told(complaints, options, odd):
    (message,) = complaints("options-uneven", **options)
    assert odd in message


def test_even_options_pass(complaints):
    assert not complaints("options-uneven", **choice("$12 million", "over 3 million", "50 million"))
    assert not complaints("options-uneven")
    assert not complaints("options-uneven", "true_false")
    assert not complaints("options-uneven", "flip_card")


def test_options_that_differ_in_typography_only_are_told(complaints):
    (message,) = complaints("duplicate-options", **choice("Bogota", "Lima", "Bogotá"))
    assert "is there 2 times" in message
    assert not complaints("duplicate-options", **choice("+", "−", "="))


@pytest.mark.parametrize(
    "option",
    [
        "All of the above",
        "None of these.",
        "Both A and B",
        "Neither of them",
        "All are correct",
        "Any of the others",
    ],
)
def test_an_option_about_the_others_is_told(complaints, option):
    assert complaints("all-of-the-above", **choice("Lima", "Quito", option))


def test_an_option_with_both_in_it_passes(complaints):
    assert not complaints(
        "all-of-the-above", **choice("Both of the cities", "All of Peru", "Both Peru and Chile")
    )


@pytest.mark.parametrize(
    ("options", "count"),
    [
        (choice("$240 billion", "$240.1 billion", "$180 billion"), 1),
        (choice("$240 billion", "$240.1 million", "$180 billion"), 0),
        (choice("240 apples", "240.1 pears", "Plums"), 0),
        (choice("1,000 m", "1.001 thousand m", "3,000 m"), 1),
        (choice("2022", "2023", "2024"), 0),
        (choice("the 1940s", "1950's", "1960s"), 0),
        (choice("In 1937", "in 1938", "in 1945"), 0),
        (choice("25 February 2022", "24 February 2022", "May 2022"), 0),
        (choice("Lima", "Quito", "Cusco"), 0),
        (choice("8th", "9th", "10th"), 0),
    ],
)
def test_figures_within_one_per_cent_are_told(complaints, options, count):
    assert len(complaints("compatible-figures", **options)) == count


@pytest.mark.parametrize(
    ("options", "odd"),
    [
        (
            choice("the late 19th century", "the early 18th century", "the years after the war"),
            "the years after",
        ),
        (choice("Monday", "Tuesday", "at the weekend"), "at the weekend"),
        (choice("the first", "the second", "the largest"), "the largest"),
    ],
)
def test_one_option_that_spoils_an_order_is_told(complaints, options, odd):
    (message,) = complaints("options-out-of-order", **options)
    assert odd in message


def test_options_that_all_have_an_order_or_none_pass(complaints):
    assert not complaints("options-out-of-order", **choice("Monday", "Tuesday", "Friday"))
    assert not complaints("options-out-of-order", **choice("Lima", "Tuesday", "Quito"))

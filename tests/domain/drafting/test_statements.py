"""What a sentence says in fewer words."""

import pytest

from quizapp.domain.drafting.statements import statements


@pytest.mark.parametrize(
    ("sentence", "statement"),
    [
        ("However, Leath opened the bridge in 1932.", "Leath opened the bridge in 1932"),
        ("However, Leath opened the bridge in 1932.", "In 1932, Leath opened the bridge"),
        ("Leath, in the far north, opened a long bridge.", "Leath opened a long bridge"),
        ("Ada Brook, who was born in Leath, built a bridge.", "Ada Brook was born in Leath"),
        ("Ada Brook, who was born in Leath, built a bridge.", "Ada Brook built a bridge"),
        ("It was shown to Ada Brook, who built a bridge in Leath.", "Ada Brook built a bridge in Leath"),
        (
            "Brook praised trade with Leath, which reached 3 million euros.",
            "Trade with Leath reached 3 million euros",
        ),
        ("Leath, which lies on the Marn, opened a bridge.", "Leath lies on the Marn"),
        ("They left the town of Leath, which lies on the Marn.", ""),
        ("Leath opened a bridge, and Halden built a school in 1931.", "Halden built a school in 1931"),
        ("Leath opened a long bridge, and later built a school.", "Leath opened a long bridge"),
        ("Leath opened the bridge, and built a large school.", "Leath built a large school"),
        ("Despite the rain, Leath opened a long bridge.", "Leath opened a long bridge"),
        ("After the war, and in haste, Leath built a long bridge.", "Leath built a long bridge"),
        ("In 1932, Leath opened a long bridge.", "Leath opened a long bridge in 1932"),
        ("In 1932, Leath opened a long bridge.", "In 1932, Leath opened a long bridge"),
        (
            "According to Brook, Leath opened a long bridge, as planned.",
            "According to Brook, Leath opened a long bridge",
        ),
        ("For Leath, the bridge is a great gain.", "For Leath, the bridge is a great gain"),
        ("Leath — the oldest town — opened a long bridge.", "Leath opened a long bridge"),
        ("Leath opened a long bridge (its third) on Friday.", "Leath opened a long bridge"),
        ("Leath opened its long bridge — a great day.", "Leath opened its long bridge"),
        ("Leath opened a bridge near the harbour in the spring.", "Leath opened a bridge near the harbour"),
        ("Once called “little Rome,” Leath opened a long bridge.", "Leath opened a long bridge"),
        ("Leath also opened a very long bridge.", "Leath opened a very long bridge"),
    ],
)
def test_a_sentence_says(sentence, statement):
    assert statement in statements(sentence, ("Leath",)) or not statement


def test_a_first_word_that_may_be_no_name_is_not_moved_behind_a_time():
    assert not [
        each for each in statements("Historians met in the town in 1948.") if each.startswith("In 1948")
    ]


def test_a_span_of_time_is_not_cut_from_what_it_is_counted_from():
    found = statements("The Congress of Vienna opened in September 1814, five months after the first peace.")
    assert not [each for each in found if each.endswith("five months")]


@pytest.mark.parametrize(
    "sentence",
    [
        "Who opened the bridge in Leath?",
        "Open the bridge at once, Leath!",
        "He said: the bridge in Leath is open.",
        "“The bridge in Leath was built in a hurry,” she said.",
        "Leath grew.",
    ],
)
def test_questions_commands_and_quotations_say_nothing(sentence):
    assert statements(sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "never"),
    [
        ("Leath sold coal, oil, and old timber to Halden.", "Leath sold coal"),
        ("Leath has long relied on help from the north.", "Leath has long relied"),
        ("The bridge is, some say, too long, Brook thinks it over.", "The bridge is"),
        ("Leath said that the bridge was opened in 1932.", "In 1932, Leath said that the bridge was opened"),
        ("As the rain, which fell.", "The rain fell"),
        ("Leath, town of bridges, the old one, remains.", "Leath remains"),
        ("Leath opened a long bridge, and, as planned, left it.", "Leath opened a long bridge left it"),
        ("Leath opened a long bridge, but rather late.", "Rather late"),
        ("Leath opened a long bridge, but, as planned, left it.", "Leath opened a long bridge left it"),
        ("Leath has long wanted to grow, which surprised Ada Brook.", "To grow surprised Ada Brook"),
        ("Leath said it had paid Halden, which pleased Ada Brook.", "It had paid Halden pleased Ada Brook"),
        ("Leath grew fast and loud, which pleased Ada Brook a lot.", "Fast and loud pleased Ada Brook"),
        (
            "The very old and very dear council of all Leath opened a bridge, and built a school.",
            "The very old and very dear council of all Leath built a school",
        ),
    ],
)
def test_what_cannot_be_taken_apart_safely_is_left_whole(sentence, never):
    assert never not in statements(sentence)


def test_nothing_is_said_twice():
    found = statements("On 3 May 1932, the council of Leath opened a long bridge over the Marn in haste.")
    assert len(set(found)) == len(found)
    assert all(statement[0].isupper() for statement in found)


@pytest.mark.parametrize(
    "sentence",
    [
        "Ada Brook built and Leath opened a bridge, which rose fast.",
        "Ada Brook built schools, which rose fast.",
        "Ada Brook built to a plan, which rose fast.",
    ],
)
def test_a_clause_whose_subject_is_not_plain_makes_no_statement(sentence):
    assert not [each for each in statements(sentence) if each.endswith(" rose fast") and "which" not in each]

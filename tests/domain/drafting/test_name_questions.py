"""Questions from statements about names."""

import pytest

CAST = " Mayor Ada Brook is old. Mayor Tom Hill is young. Mayor Lia Moss is rich. Mayor Per Lund is tall."


@pytest.mark.parametrize(
    ("prose", "stem"),
    [
        ("Ada Brook built a wooden bridge over the Marn.", "Who built a wooden bridge over the Marn?"),
        (
            "Portugal sent a wooden ship to Brae.",
            "Which country sent a wooden ship to Brae?",
        ),
        (
            "The University of Leath sold a wooden ship to Lisbon.",
            "Which university sold a wooden ship to Lisbon?",
        ),
        ("Lisbon hosted a large fair of wooden ships.", "Which city hosted a large fair of wooden ships?"),
        (
            "Ada Brook opened a wooden theatre in Lisbon.",
            "In which city did Ada Brook open a wooden theatre?",
        ),
        (
            "Ada Brook moved to Lisbon with some loud parrots.",
            "To which city did Ada Brook move with some loud parrots?",
        ),
        ("Ada Brook opened a wooden theatre in 1931.", "In which year did Ada Brook open a wooden theatre?"),
        (
            "The council of Lisbon opened a wooden theatre in 1931.",
            "In which year did the council of Lisbon open a wooden theatre?",
        ),
        (
            "The mayor Ada Brook opened a wooden theatre in 1931.",
            "In which year did the mayor Ada Brook open a wooden theatre?",
        ),
        (
            "Brook’s father opened a wooden theatre in 1931.",
            "In which year did Brook’s father open a wooden theatre?",
        ),
        (
            "Wooden ships from Lisbon reached the island in 1931.",
            "In which year did wooden ships from Lisbon reach the island?",
        ),
        (
            "Lisbon was rebuilt by famous Dutch engineers in 1931.",
            "In which year was Lisbon rebuilt by famous Dutch engineers?",
        ),
        (
            "Ada Brook quickly opened a wooden theatre in 1931.",
            "In which year did Ada Brook quickly open a wooden theatre?",
        ),
    ],
)
def test_a_statement_makes_a_question(stems, prose, stem):
    assert stem in stems(prose + CAST)


@pytest.mark.parametrize(
    ("prose", "never"),
    [
        ("Moscow proposed a new treaty about wooden ships.", "Which city"),
        ("Ada Brook and Tom Hill have built a bridge of wood in Lisbon.", "did Ada Brook"),
        ("Ada Brook and Tom Hill were born among wooden ships in 1931.", "In which year"),
        ("Ada Brook built this bridge of wood near her house.", "Who built"),
        ("Ada Brook praised Brook for a bridge of old wood.", "Who praised"),
        ("Lisbon grew fast.", "Which"),
        ("Norbau sold a wooden ship to the island of Brae.", "Which"),
        ("Ada Brook wanted to end the war on ships in Portugal.", "In which country"),
        ("Ada Brook opened a theatre in 1931 and a school in 1932.", "In which year did"),
        ("Ada Brook said that wooden ships had sailed in 1931.", "In which year did"),
        (
            "Ada Brook reappeared under strange clouds, tired, wet, in 1931 with ships that rotted.",
            "In which year did",
        ),
        ("Ada Brook opened a theatre in Lisbon for this day.", "In which city"),
        ("Ada Brook opened this theatre in Lisbon after rain.", "In which city"),
    ],
)
def test_where_the_grammar_or_the_sense_is_not_certain_nothing_is_asked(stems, prose, never):
    assert not [stem for stem in stems(prose + CAST) if stem.startswith(never) or never in stem]


def test_wrong_answers_come_from_the_article_and_are_of_the_same_sort(drafts_of):
    born = next(draft for draft in drafts_of("painter") if draft.content.stem.startswith("Who was born"))
    assert born.content.key == "Clara Venn"
    assert len(born.content.distractors) == 3
    assert "Pieter Venn" not in born.content.distractors


def test_no_one_is_asked_who_held_an_office_in_the_year_of_the_article(stems):
    prose = "Trade with the Harbour President Ada Brook grew. The council met French President Tom Hill in the hall."
    assert not [stem for stem in stems(prose) if "Who was" in stem]


def test_a_year_behind_what_someone_says_is_not_asked_of_the_main_verb(stems):
    assert not [stem for stem in stems("Analysts say NLB bought the bank of Leath in 2017.") if "did" in stem]


def test_what_may_be_so_of_others_is_not_asked(stems):
    prose = (
        "Norway is a member of the United Nations. Ships came from France in 1990 and from Australia in 1991."
    )
    assert not [stem for stem in stems(prose) if "member" in stem]


def test_every_name_of_a_country_is_accepted(drafts_of, stems):
    assert "Which country sold a wooden ship to Lisbon?" in stems(
        "The United States sold a wooden ship to Lisbon."
    )


def test_a_long_statement_is_not_asked(stems):
    long = "Ada Brook built " + "a long wooden bridge over " * 6 + "the cold river Marn in the hills."
    assert not [stem for stem in stems(long) if stem.startswith("Who")]

"""Statements that are on their own."""

import pytest

from quizapp.domain.drafting.sentences import standalone


@pytest.mark.parametrize(
    "statement",
    [
        "Leath opened a bridge in 1932",
        "In 1932, Leath opened its bridge",
        "Ada Brook left her town",
        "The council of Leath built a school",
    ],
)
def test_a_statement_that_names_all_it_speaks_of(statement):
    assert standalone.stands_alone(statement, {"Ada Brook"})


@pytest.mark.parametrize(
    "statement",
    [
        "It opened in 1932",
        "In 1932, it opened",
        "Leath opened this bridge",
        "Leath opened a bridge last year",
        "Leath opened a bridge on Friday",
        "Leath put her name on it",
        "Brook laughed during the visit",
        "the council left its houses in haste",
        "Leath opened a bridge (of wood",
    ],
)
def test_a_statement_that_points_elsewhere(statement):
    assert not standalone.stands_alone(statement, {"Ada Brook"})


@pytest.mark.parametrize(
    ("statement", "count"),
    [
        ("Leath opened a bridge", 0),
        ("Leath opened the bridge", 1),
        ("The bridge was opened", 2),
        ("In 1932, the bridge was opened by Brook", 2),
        ("The bridge over the Marn", 2),
        ("Leath has the oldest bridge in the world", 0),
        ("The council of Leath met", 0),
    ],
)
def test_things_spoken_of_as_known_are_counted(statement, count):
    assert standalone.bare(statement) == count


def test_enough_must_be_left_to_tell_the_answer():
    assert standalone.tells("In 1932, Leath opened a long bridge", "Leath")
    assert not standalone.tells("Leath grew fast", "Leath")
    assert standalone.tells("Leath has many wooden bridges, deep harbours and old mills", "Leath")


@pytest.mark.parametrize(
    ("statement", "one"),
    [
        ("Leath opened a bridge in 1932", True),
        ("The bridge of Leath was sold in 1932", True),
        ("Leath is the oldest town in Norland", True),
        ("Leath remains the capital of Norland", True),
        ("Leath is a town in Norland", False),
        ("Leath usually opened a bridge in spring", False),
        ("Leath has opened a bridge", False),
    ],
)
def test_what_can_be_so_of_one_thing_alone(statement, one):
    assert standalone.tells_of_one(statement) is one

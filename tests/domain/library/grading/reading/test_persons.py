"""Persons: what looks like a name, and when two texts name the same person."""

import pytest

from quizapp.domain.library.grading.reading import persons


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Robert Palmer", ("robert", "palmer")),
        ("President Macron", ("macron",)),
        ("Louis 14", ()),
        ("a growing crisis", ()),
        ("", ()),
    ],
)
def test_a_name_is_written_with_capitals_and_without_figures(text, name):
    assert persons.name(text) == name


def test_a_name_with_a_figure_is_not_the_same_person():
    assert persons.same_person("Bach", "Johann Sebastian Bach")
    assert not persons.same_person("Bach 2", "Johann Sebastian Bach")
    assert not persons.same_person("Mozart", "Johann Sebastian Bach")

"""Sentences told again: pronouns, things and surnames named in full where it is certain whom they mean."""

import pytest

from quizapp.domain.drafting.sentences.reading import read
from quizapp.domain.sources.passages import paragraphs
from quizapp.services.drafting.parser import parser


def told(text):
    return [sentence.text for sentence in read(paragraphs(text), parse=parser()).sentences]


LIFE = """Ada Brook was born in Leath in 1861. She left the school of Leath at thirteen.
Ada Brook built her first bridge in 1902. In 1910 she moved to Lisbon.
Her bridges were praised by the engineer Tom Hill. Hill died in Porto in 1912. She left Norland in 1913."""


def test_she_is_the_one_whom_the_article_is_about():
    found = told(LIFE)
    assert found[1] == "Ada Brook left the school of Leath at thirteen."
    assert found[3] == "In 1910 Ada Brook moved to Lisbon."
    assert found[4] == "Her bridges were praised by the engineer Tom Hill."


def test_behind_another_subject_no_one_is_guessed():
    assert told(LIFE)[-1] == "She left Norland in 1913."


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Mayor Ada Brook opened the bridge. She praised the town of Leath.", "Ada Brook praised the town of Leath."),
        ("Mayor Ada Brook met Mayor Tom Hill in Leath. He praised the old town.", "He praised the old town."),
        ("Because of her warning, Admiral Tom Hill stayed in Leath. She left Leath in May.", "She left Leath in May."),
        ("Her mother, the painter Ada Brook, lived in Leath. She left Leath in May.", "She left Leath in May."),
        ("The Alder Tunnel lies in the hills. It connects Leath with Brae.", "The Alder Tunnel connects Leath with Brae."),
        ("The Alder Tunnel lies in the hills. Its walls are of stone.", "The Alder Tunnel’s walls are of stone."),
        ("The Halda Mills stand in the hills. It is said that Leath burned.", "It is said that Leath burned."),
        ("Norbau sold its ships to Leath. It follows the loss of a ferry.", "It follows the loss of a ferry."),
        ("Mayor Ada Brook opened the bridge. It connects Leath with Brae.", "It connects Leath with Brae."),
        ("The Alder Bridge lies in the hills. Many like the walls. The bridge connects Leath with Brae.", "The Alder Bridge connects Leath with Brae."),
        ("The Alder Bridge and the Marn Bridge lie in the hills. Many like the walls. The bridge connects Leath with Brae.", "The bridge connects Leath with Brae."),
        ("The walls stand in the hills. The bridge connects Leath with Brae.", "The bridge connects Leath with Brae."),
        ("Mayor Ada Brook opened the bridge. Brook praised the town of Leath.", "Ada Brook praised the town of Leath."),
        ("Mayor Ada Brook opened the bridge. Mayor Brook praised the town of Leath.", "Mayor Brook praised the town of Leath."),
        ("LEATH, May 4 (Agency) - The Alder Bridge was closed in the morning.", "The Alder Bridge was closed in the morning."),
        ("The mayor, Ada Brook, praised the bridge.\n“We like it very much,” she said.", "“We like it very much,” Ada Brook said."),
        ("The mayor, Ada Brook, praised the bridge.\nIn Leath she liked the bridge.", "In Leath she liked the bridge."),
        ("The University of Brae lies in the hills. The university was founded in Leath.", "The University of Brae was founded in Leath."),
    ],
)  # fmt: skip
def test_a_subject_is_named_where_it_is_certain(text, last):
    assert told(text)[-1] == last


def test_without_anyone_in_it_an_article_is_about_no_one():
    assert told("The walls of the town are old. She likes the old walls.") == [
        "The walls of the town are old.",
        "She likes the old walls.",
    ]
    mixed = "Ada Brook left. Ada Brook came. He likes Ada Brook, and she likes him. His walls are very old."
    assert told(mixed)[-1] == "His walls are very old."

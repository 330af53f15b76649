"""Names and their sorts."""

import pytest

from quizapp.domain.drafting.sentences import names
from quizapp.domain.sources.passages import paragraphs


def found(text):
    sentences = [sentence for paragraph in paragraphs(text) for sentence in paragraph.sentences]
    mentioned = [named for group in names.find(sentences).values() for named in group]
    return {named.entity.name: named.entity for named in mentioned}


def sorts(text):
    return {name: entity.sort for name, entity in found(text).items()}


@pytest.mark.parametrize(
    ("text", "name", "sort"),
    [
        ("Today Mayor Ada Brook spoke.", "Ada Brook", "person"),
        ("The engineer Ada Brook came.", "Ada Brook", "person"),
        ("Yesterday Ada Brook said so.", "Ada Brook", "person"),
        ("It was Ada Brook, 34, who won.", "Ada Brook", "person"),
        ("They met in Portugal.", "Portugal", "country"),
        ("They met in Lisbon.", "Lisbon", "city"),
        ("They live in Tenmoor.", "Tenmoor", "place"),
        ("They went to Leath, a small town.", "Leath", "city"),
        ("The town of Leath grew.", "Leath", "city"),
        ("They crossed Leath county.", "Leath", "region"),
        ("They bathed in Lake Orren.", "Lake Orren", "site"),
        ("They studied at the University of Leath.", "University of Leath", "organisation"),
        ("It belongs to NORDA now.", "NORDA", "organisation"),
        ("They fought in the Second Marn War.", "Second Marn War", "thing"),
        ("They sailed to Africa.", "Africa", "place"),
        ("He liked Orren best.", "Orren", "name"),
        ("Dr. Ursula von der Leyen left.", "Ursula von der Leyen", "person"),
        ("They saw the Cathedral of St. Sophia.", "Cathedral of St. Sophia", "site"),
        ("It was the Russian Academy that paid.", "Russian Academy", "organisation"),
    ],
)
def test_the_sort_of_a_name(text, name, sort):
    assert sorts(text)[name] == sort


def test_a_surname_and_a_full_name_are_one_person_with_offices():
    entities = found(
        "Mayor Ada Brook came. Brook said no. The father, Tom Brook, laughed. Ada Brook left. So did Ada Brook."
    )
    assert entities["Ada Brook"].forms == {"Ada Brook", "Brook"}
    assert entities["Ada Brook"].roles == {"Mayor"}


def test_a_country_keeps_its_name_beside_a_longer_one():
    assert {"Russia", "Central Bank of Russia"} <= found(
        "In Russia, the Central Bank of Russia paid."
    ).keys() | {"Central Bank of Russia"}


def test_names_of_one_country_are_one():
    entities = found("It left the United States. The U.S. paid.")
    assert entities["United States"].forms == {"United States", "U.S."}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He runs the Northern Harbour Forum. The Harbour Forum met.", "Northern Harbour Forum"),
        ("Stripes of Lysander were seen. Lysander Orbiter left. The Orbiter flies.", "Lysander Orbiter"),
        ("Voters in Orrin chose. They marched to the Orrin Statehouse.", "Orrin Statehouse"),
        ("Kestrel is old. The Victoria University of Kestrel grew.", "Victoria University of Kestrel"),
        ("Tidewater said so. Then Tidewater Cargo Suite was sold.", "Tidewater Cargo Suite"),
        ("It was Mayor Aldous Leonard Huxley. Later Leonard Huxley said no.", "Aldous Leonard Huxley"),
    ],
)
def test_a_longer_name_is_another_thing(text, name):
    assert found(text)[name].forms == {name}


def test_a_person_goes_by_surname_first_name_and_without_the_middle_one():
    entities = found(
        "It was Mayor Aldous Leonard Huxley, 34, who won. Aldous Huxley spoke. Then Huxley said no. Aldous left."
    )
    assert entities["Aldous Leonard Huxley"].forms >= {"Aldous Leonard Huxley", "Aldous Huxley", "Huxley"}


def test_of_a_family_no_one_alone_has_the_surname():
    entities = found("Here Mayor Ada Brook spoke. Here Mayor Tom Brook spoke. Then Brook said no.")
    assert entities["Ada Brook"].forms == {"Ada Brook"}
    assert "Brook" in entities


def test_an_abbreviation_that_the_article_states_is_the_same_name():
    entities = found("The Norland Bank (NLB) cut its rate. Then NLB lost. The Old Port (XQ) closed; XQ left.")
    assert entities["Norland Bank"].forms == {"Norland Bank", "NLB"}
    assert "XQ" in entities


@pytest.mark.parametrize(
    "text",
    [
        "Although it rained, nobody left.",
        "Bridges were built on Monday in March.",
        "The Russian ships left.",
        "Both signed a US-imposed and Moscow-Beijing plan.",
        "The President spoke.",
        "“Rain came,” he said.",
    ],
)
def test_capitals_that_name_nothing(text):
    assert found(text) == {}


def test_a_word_that_opens_a_sentence_is_judged_by_its_other_occurrences():
    assert "Velbruck" in found("Velbruck grew. Many left Velbruck.")
    assert "Rain" not in found("Rain fell. They love rain.")
    assert "NORDA" in found("NORDA paid.")
    assert "Ada Brook" in found("Then Ada Brook paid.")
    assert found("The Hague is old.").keys() == {"Hague"}


def test_two_names_side_by_side_stay_two():
    entities = found("In China the Kremlin won. The King of Spain met Miriam Okafor of the Leath Trust.")
    assert {"China", "Kremlin", "Spain", "Miriam Okafor", "Leath Trust"} <= entities.keys()


def test_a_name_behind_an_opening_word_is_found_alone():
    assert found("Because of Leath nobody left.").keys() == {"Leath"}

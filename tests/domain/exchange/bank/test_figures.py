import pytest

from quizapp.domain.exchange.bank.figures import KeyLengths, figures
from quizapp.domain.library.bank import Bank, SourceRecord
from quizapp.domain.library.kinds.base import Format
from quizapp.domain.sources.evidence import EvidenceRef


def cite(*places):
    return tuple(EvidenceRef("atlas", paragraph, sentence, "0123456789ab") for paragraph, sentence in places)


@pytest.fixture
def counted(bank_item):
    return figures(
        Bank(
            sources=(SourceRecord(slug="atlas", file="a.txt", paragraphs=5, boilerplate=(1,)),),
            items=(
                bank_item(id="a", fact="peru", tags=("andes", "capitals"), evidence=cite((2, 1), (2, 2))),
                bank_item(id="b", fact="peru", key="San Salvador", evidence=cite((2, 1), (4, 1))),
                bank_item("true_false", id="c", key=True, evidence=()),
                bank_item("true_false", id="d", key=False, deck="more", tags=("andes",), evidence=()),
                bank_item("multiple_choice", id="e", evidence=()),
                bank_item("flip_card", id="f", evidence=()),
            ),
        )
    )


def test_items_and_facts_are_counted(counted):
    assert (counted.items, counted.facts) == (6, 5)
    assert counted.items_per_fact == {1: 4, 2: 1}
    assert counted.single_item_facts == ("c", "d", "e", "f")


def test_what_is_used_is_counted_most_frequent_first(counted):
    assert counted.kinds == {"single_choice": 2, "true_false": 2, "multiple_choice": 1, "flip_card": 1}
    assert counted.formats == {Format.CHOOSE: 5, Format.FLIP: 1}
    assert list(counted.decks.items()) == [("capitals", 5), ("more", 1)]
    assert counted.tags == {"andes": 2, "capitals": 1}


def test_a_paragraph_counts_once_for_each_item_that_cites_it(counted):
    assert counted.sources == {"atlas": 2}
    assert counted.paragraphs == {"atlas": {2: 2, 4: 1}}
    assert counted.uncited == {"atlas": (3, 5)}


def test_verdicts_are_weighed(counted):
    assert (counted.true_statements, counted.false_statements) == (1, 1)


def test_the_longest_and_the_shortest_keys_stand_beside_chance(counted):
    assert counted.longest_keys == KeyLengths(1, 0.5, 2)
    assert counted.shortest_keys == KeyLengths(1, 0.5, 2)


def test_single_keys_are_counted_where_they_are_shown(counted):
    assert list(counted.positions) == [4]
    assert sum(counted.positions[4]) == 2


def test_keys_of_figures_stand_in_rising_order(bank_item):
    options = {"key": "12 million", "distractors": ["3 million", "50 million"]}
    items = tuple(bank_item(id=f"i{n}", **options) for n in range(7))
    assert figures(Bank(items=items)).positions == {3: (0, 7, 0)}


def test_an_empty_bank_has_figures_too():
    assert figures(Bank()).longest_keys == KeyLengths(0, 0.0, 0)

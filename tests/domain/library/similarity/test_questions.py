"""Which questions ask the same."""

import pytest

from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.domain.library.similarity.questions import Index, likeness, question_of


def asks(stem, key="Lima", evidence=()):
    return question_of(ShortAnswer(stem=stem, key=key), evidence)


SHIPS = asks("Which harbour town ships most of the copper from southern Peru?")


@pytest.mark.parametrize(
    ("stem", "key"),
    [
        ("From southern Peru, most of the copper ships from which harbour town?", "Lima"),
        ("From southern Peru, most copper is shipped by which harbour town?", "Callao"),
        ("Which harbour town ships the most copper out of Peru?", "Lima"),
        ("Which harbour town ships the ore of southern Peru?", "Lima"),
    ],
)
def test_the_same_question_in_other_words_and_another_order(stem, key):
    assert likeness(SHIPS, asks(stem, key))
    assert likeness(asks(stem, key), SHIPS)


@pytest.mark.parametrize(
    ("stem", "key"),
    [
        ("Which railway brings copper from the mines to the sea?", "Lima"),
        ("Who founded the harbour town in southern Peru in 1535?", "Pizarro"),
        ("Which harbour town ships most of the copper from southern Peru in 2020?", "Lima"),
    ],
)
def test_other_questions_are_told_apart(stem, key):
    assert likeness(SHIPS, asks(stem, key)) is None


def test_a_slip_in_a_word_hides_no_duplicate():
    one = asks("Antidisestablishmentarianism flourished where?", "Wales")
    other = asks("Antidisestablishmentarianysm flourished where?", "Wales")
    like = likeness(one, other)
    assert like
    assert "spelled" in like.reason


def test_a_short_stem_needs_the_same_key():
    assert likeness(asks("Which is the capital?"), asks("Which is the capital?", "Quito")) is None
    assert likeness(asks("Which is the capital?"), asks("Which is the capital?"))


def test_a_cloze_and_a_question_of_the_same_sentence_with_the_same_key():
    cloze = question_of(Cloze(stem="In 1535 Pizarro founded {{Lima}} near the sea."), ["0123456789ab"])
    asked = asks("Which city did Pizarro found?", evidence=["0123456789ab"])
    assert "same sentence" in likeness(cloze, asked).reason
    assert likeness(cloze, asks("Which city did Pizarro found?", evidence=["ba9876543210"])) is None
    assert likeness(cloze, asks("Where do buses wait at night?", evidence=["0123456789ab"])) is None


def test_statements_are_compared_by_what_they_say_not_by_true_and_false():
    one = question_of(TrueFalse(stem="Rain falls in Lima.", key=True))
    assert one.keys == frozenset()
    assert likeness(one, question_of(TrueFalse(stem="Buses stop at noon.", key=True))) is None


def test_distractors_make_no_difference():
    choice = SingleChoice(stem="Which is the capital of Peru?", key="Lima", distractors=("Quito", "Cusco"))
    assert likeness(question_of(choice), asks("Which is the capital of Peru?"))


def test_the_index_finds_the_nearest_first_and_itself_after_a_change():
    index = Index([("ships", SHIPS), ("rail", asks("Which railway carries copper?", "Southern"))])
    again = asks("Which harbour town ships most copper from southern Peru?")
    assert [name for name, _ in index.alike(again)] == ["ships"]
    index.add("twin", again)
    assert [name for name, _ in index.alike(again)] == ["ships", "twin"]
    index.add("ships", asks("Who wrote about rain?", "Vallejo"))
    assert [name for name, _ in index.alike(again)] == ["twin"]
    assert index.alike(asks("Who wrote about rain, and where?", "Vallejo"))


def test_the_index_finds_by_evidence_what_shares_few_words():
    long = question_of(
        Cloze(
            stem="After long talks with envoys from many towns along the coast and after two winters of "
            "hunger, Pizarro founded {{Lima}} close by the river Rímac in 1535."
        ),
        ["0123456789ab"],
    )
    short = asks("Which town did Pizarro found?", evidence=["0123456789ab"])
    assert [name for name, _ in Index([("long", long)]).alike(short)] == ["long"]
    assert [name for name, _ in Index([("short", short)]).alike(long)] == ["short"]
    assert Index().alike(long) == ()

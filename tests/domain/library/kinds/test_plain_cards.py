"""Cards of two boxes."""

import pytest

from quizapp.domain.library.kinds.plain_cards import PlainCard, card_of, content_of
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.true_false import TrueFalse


@pytest.mark.parametrize("typed", [True, False])
def test_a_card_comes_back_as_it_was_written(typed):
    card = PlainCard("Capital of Peru?", "Lima", typed)
    assert card_of(content_of(card, "> It is.")) == card


def test_what_two_boxes_cannot_hold_is_no_card():
    assert card_of(TrueFalse(stem="So.", key=True)) is None
    assert card_of(ShortAnswer(stem="Capital?", key="Lima", accept=("Ciudad de los Reyes",))) is None

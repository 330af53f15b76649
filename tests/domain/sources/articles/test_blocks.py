"""Kept blocks written anew."""

import pytest

from quizapp.domain.sources.articles.blocks import Block, BlockKind, Why, edited

MENU = Block("Menu", kept=False, why=Why.NAVIGATION)
HEAD, ONE, TWO = Block("Head", BlockKind.HEADING), Block("One. Two."), Block("Three.")
BLOCKS = (MENU, HEAD, ONE, MENU, TWO)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Head\nOne. Two.\nThree.", BLOCKS),
        ("Head\nOne.\nTwo.\nThree.", (MENU, HEAD, Block("One."), Block("Two."), MENU, TWO)),
        ("Head\n\nOne. Two. Three.\n", (MENU, HEAD, Block("One. Two. Three."), MENU)),
        ("Head\nThree.", (MENU, HEAD, MENU, TWO)),
        ("", (MENU, MENU)),
        ("Other", (Block("Other"), MENU, MENU)),
        ("Head\nOne. Two.\nThree.\nFour.", (*BLOCKS, Block("Four."))),
    ],
)
def test_edited(text, found):
    assert edited(BLOCKS, text) == found


def test_without_blocks_the_text_is_all_there_is():
    assert edited((), "One.\nTwo.") == (Block("One."), Block("Two."))

"""Plain text as Markdown that shows it letter by letter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.exchange.conversion.literal import letters, lines, without_files
from quizapp.domain.language.markup import plain
from quizapp.domain.language.text import visible


def test_signs_that_mean_something_get_a_backslash() -> None:
    assert letters("2*3*4") == "2\\*3\\*4"
    assert letters("2 * 3") == "2 * 3"
    assert letters(r"\(a*b*c\) *x*") == r"\(a*b*c\) \*x\*"


def test_lines_stay_apart_and_open_nothing() -> None:
    assert (
        lines("# a\n- b\n\n1. c\n    d\n---\n")
        == "\\# a  \n\\- b\n\n1\\. c  \n\u00a0\u00a0\u00a0\u00a0d  \n\\---"
    )
    assert lines("a\r\nb\rc") == "a  \nb  \nc"


def test_pictures_beside_the_file_are_left_out() -> None:
    kept = f"![a](picture:{'0' * 32})"
    assert without_files(f"{kept} ![b](x/y.png)") == (
        f"{kept} b",
        ("The picture “y.png” was left out: it is not in the file.",),
    )


@given(st.text(st.sampled_from("ab1 *_`[]<>&~\\#()!|-."), max_size=30))
def test_any_line_is_shown_as_it_stands(text: str) -> None:
    text = " ".join(text.split())
    if "\\(" not in text and "\\[" not in text:
        assert visible(plain(letters(text))) == visible(text)

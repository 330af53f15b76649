"""Formulas in words."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.domain.language.formulas import MOST_PARTS, spoken
from quizapp.domain.language.markup import aloud, inline, sanitise


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"x^2 + y^{3} = z", "x squared plus y cubed equals z"),
        (r"\sqrt{\frac{c}{a}}", "square root of c over a"),
        (r"\frac{\sqrt c}{a}", "square root of c over a"),
        (r"a_{ij} \le 2^{n}", "a sub i j is at most 2 to the power of n"),
        (r"v = 3.5\,\mathrm{km}/s", "v equals 3.5 km over s"),
        (r"\alpha \to \infty", "alpha to infinity"),
        (r"{a}{b}", "a b"),
        (r"x^", "x to the power of"),
        (r"{x", "x"),
        (r"x}_}", "x sub"),
        ("", ""),
    ],
)
def test_a_formula_is_read_as_one_would_say_it(latex, words):
    assert spoken(latex) == words


def test_a_long_formula_keeps_its_latex():
    assert spoken("^" * (MOST_PARTS + 1)) == "^" * (MOST_PARTS + 1)


@given(st.text(alphabet=r"ab12{}^_\+ frac", max_size=120))
@example("^" * MOST_PARTS)
def test_whatever_is_written_is_read(latex):
    assert isinstance(spoken(latex), str)


def test_a_text_is_read_aloud_with_its_formulas_in_words():
    assert aloud(r"The **root** \(\sqrt{x}\), or \[x^2\]") == "The root square root of x, or x squared"


def test_a_formula_on_a_page_has_its_words_as_a_name():
    assert 'role="img" aria-label="x squared">x^2</math-formula>' in inline(r"\(x^2\)")
    assert sanitise('<math-formula role="button">x</math-formula>') == "<math-formula>x</math-formula>"

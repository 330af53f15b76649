"""Marks of notes never join a figure, and powers stay powers, however a page is marked up."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.drafting.sentences import figures
from quizapp.domain.sources.articles.extracting import extract_html
from quizapp.domain.sources.articles.plain import extract_markdown, extract_text
from quizapp.domain.sources.articles.raised import formula, lowered, raised


def text(html):
    return " / ".join(block.text for block in extract_html(f"<article><p>{html}</p></article>").blocks)


MARKS = [
    '<sup id="fnref1"><a href="#fn1" class="footnote-ref">1</a></sup>',
    '<sup id="fnref:2" role="doc-noteref"><a href="#fn:2">2</a></sup>',
    '<sup><a href="#fn2">2</a></sup>',
    '<sup><a href="notes.html#n12">12</a></sup>',
    '<a href="#fn1"><sup>1</sup></a>',
    '<a href="#_ftn1" name="_ftnref1"><sup><span>[1]</span></sup></a>',
    '<a class="footnote" href="#f5">5</a>',
    '<a role="doc-noteref" href="#n3">3</a>',
    '<a epub:type="noteref" href="notes.xhtml#n3">3</a>',
    '<a class="sdfootnoteanc" href="#sdfootnote1sym"><sup>1</sup></a>',
    '<a href="#note-7">7</a>',
    '<a href="#fn-a">[a]</a>',
    '<sup class="reference">[4]</sup>',
    "<sup>[note 1]</sup>",
    "<sup>[<i>citation needed, since the spring of 2020</i>]</sup>",
    '<sup class="cite_note">1,2</sup>',
    "<sup>*</sup>",
    "<sup>†</sup>",
    '<span style="vertical-align: super"><a href="#x">1</a></span>',
]


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("figure", ["512", "5,000", "67"])
def test_a_notes_mark_is_no_part_of_the_figure_before_it(mark, figure):
    assert text(f"Leath had {figure}{mark} ships in 1990.") == f"Leath had {figure} ships in 1990."


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("It emits 10<sup>26</sup> watts.", "It emits 10²⁶ watts."),
        ("It is 10<sup>−3</sup> or 2<sup>0.5</sup> or a<sup>2n</sup>.", "It is 10⁻³ or 2^0.5 or a²ⁿ."),
        ("There is 10<sup>x</sup>.", "There is 10^x."),
        ("H<sub>2</sub>O, CO<sub>2</sub> and x<sub>i</sub>", "H₂O, CO₂ and xi"),
        ("the 19<sup>th</sup> and the 19<sup>e</sup> and M<sup>me</sup>", "the 19th and the 19e and Mme"),
        ("5 m<sup>2</sup> of <sup>14</sup>C", "5 m² of ¹⁴C"),
        ("5 m<span style='vertical-align:super'>2</span>", "5 m²"),
        ("10<span class='superscript'>7</span> H<font class='sub'>2</font>O", "10⁷ H₂O"),
        ("H<span style='vertical-align: sub'>2</span>O", "H₂O"),
        ("Leath had 512<sup>1</sup> ships.", "Leath had 512¹ ships."),
        ("It ran dry.<sup>12</sup> Then it rained.", "It ran dry. Then it rained."),
        ("The king<sup>a</sup> slept; Lee<sup>1,2</sup> did not; 3<sup>1,2</sup>", "The king slept; Lee did not; 3^1,2"),
        ("x<sup>*</sup>", "x*"),
        ("a<sup></sup>b", "ab"),
        ("See section <a href='#s3'>3</a>, chapter (<a href='#c4'>4</a>) and <a href='/5'>5</a>.", "See section 3, chapter (4) and 5."),
        ("They met <a href='#n2'>[2]</a> here. <a href='#'>↩</a>", "They met here."),
        ("as <a href='#fn9'>Lee’s longer note on the harbour</a> says", "as Lee’s longer note on the harbour says"),
        ("as <sup>a longer remark above the line</sup> says", "as a longer remark above the line says"),
    ],
)  # fmt: skip
def test_what_stands_above_or_below_the_line_stays_apart(html, shown):
    assert text(html) == shown


def test_notes_themselves_are_struck_as_references():
    html = (
        "<p>It had 512<sup><a href='#fn1'>1</a></sup> ships, and all of them sailed in the spring of that year.</p>"
        "<section class='footnotes'><ol><li id='fn1'>The log says 513.</li></ol></section>"
        "<aside epub:type='footnote'><p>Another note on the log.</p></aside>"
        "<p id='cite_note-3'>A third note.</p><p id='fnref-part2'>The fleet grew.</p>"
    )
    blocks = extract_html(html).blocks
    assert [block.text for block in blocks if block.why == "references"] == [
        "The log says 513.",
        "Another note on the log.",
        "A third note.",
    ]


@pytest.mark.parametrize(
    ("mathml", "shown"),
    [
        ("<msup><mn>10</mn><mn>26</mn></msup>", "10²⁶"),
        ("<mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></mrow>", "E=mc²"),
        ("<msub><mi>a</mi><mn>1</mn></msub>", "a₁"),
        ("<msubsup><mi>a</mi><mn>1</mn><mn>2</mn></msubsup>", "a₁²"),
        ("<mfrac><mn>1</mn><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "1/(x+1)"),
        ("<msqrt><mn>12</mn></msqrt><msqrt><mi>x</mi><mo>+</mo></msqrt>", "√12x+"),
        ("<msqrt><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow></msqrt>", "√(x+1)"),
        ("<semantics><mn>7</mn><annotation>7</annotation></semantics>", "7"),
    ],
)
def test_formulas_are_read_as_a_line(mathml, shown):
    assert text(f"The mass: <math>{mathml}</math> kg") == f"The mass: {shown} kg"


def test_a_formula_hidden_behind_its_picture_is_read_and_a_deep_one_does_not_stop_anything():
    hidden = '<span style="display:none"><math><msup><mn>2</mn><mn>8</mn></msup></math></span>'
    assert text(f"It holds {hidden} bytes.") == "It holds 2⁸ bytes."
    deep = BeautifulSoup("<mrow>" * 40 + "<mn>5</mn>" + "</mrow>" * 40, "html.parser").mrow
    assert formula(deep) == "5"


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_figures_above_the_line_never_join_the_one_on_it(base, power):
    assert f"{base}{raised(str(power))} ships" in text(f"Of {base}<sup>{power}</sup> ships it was said.")
    assert not raised(str(power)).isdecimal()
    assert not lowered(str(power)).isdecimal()


@pytest.mark.parametrize(
    ("pasted", "read"),
    [
        ("The mill had 512[1] ships.[12] It was built in 1640.[13][14] Its wheel turns.", "The mill had 512 ships. It was built in 1640. Its wheel turns."),
        ("The mill[3] stands.[a] It has 5%[note 2] shares[citation needed] left.", "The mill stands. It has 5% shares left."),
        ("Here arr[0] is the first and arr[1] the second.", "Here arr[0] is the first and arr[1] the second."),
        ("He wrote x[2](y) and 512¹ ships.", "He wrote x[2](y) and 512¹ ships."),
    ],
)  # fmt: skip
def test_marks_pasted_with_a_text_are_left_out(pasted, read):
    assert extract_text(pasted).text == read


def test_marks_and_powers_of_markdown():
    found = extract_markdown(
        "The mill had 512[^1] ships, 700<sup>2</sup> and 90<sup><a href='#f'>3</a></sup> carts, 10^26^ stars, "
        "H~2~O and CO<sub>2</sub> in it.\n\n[^1]: The log of the harbour says so."
    )
    assert found.text == "The mill had 512 ships, 700² and 90 carts, 10²⁶ stars, H₂O and CO₂ in it."
    assert found.blocks[1].why == "references"


@pytest.mark.parametrize("mark", ["¹", "²⁶", "*", "†", "[2]", "[note 1]", "₂", "^26"])
@pytest.mark.parametrize(
    "figure", ["512{} ships", "In 1990{} it", "5,000{} people", "5%{} of", "12 May 1990{} it", "$5{} million"]
)
def test_no_draft_asks_for_a_figure_that_a_mark_touches(figure, mark):
    assert figures.find(f"Leath had {figure.format(mark)} had gone.") == ()

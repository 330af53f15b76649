"""HTML of other programs as our Markdown."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.domain.exchange.conversion.html import from_html, is_html
from quizapp.domain.language.markup import block


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain 5*3*2", "plain 5\\*3\\*2"),
        ("1. no list", "1\\. no list"),
        ("<p>One</p><p>two</p>", "One\n\ntwo"),
        ("a<br>b<br/>c", "a  \nb  \nc"),
        ("<b>bold</b> <i> slanted </i> <s>gone</s><em></em>", "**bold** *slanted* ~~gone~~"),
        ("H<sub>2</sub>O and x<sup>2</sup>", "H₂O and x²"),
        ("4<sup>th</sup> and x<sub>max</sub>", r"4\(^{\text{th}}\) and x\(_{\text{max}}\)"),
        ("x<sup>a_b</sup><sub> </sub>", "xa_b"),
        ("<code>x = 1</code> <tt>a`b</tt>", "`x = 1` ``a`b``"),
        ("<pre>a\n  b<br>c</pre><pre> </pre>", "```\na\n  b\nc\n```"),
        ("<pre>x<code>y</code></pre>", "```\nxy\n```"),
        ("<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n    1. c"),
        ("<ol><li>a</li><li>b</li></ol><hr>", "1. a\n2. b\n\n---"),
        ("<h2>Head</h2><blockquote>said</blockquote>", "## Head\n\n> said"),
        (
            "<table><tr><th>a</th><th>b</th></tr><tr><td>1|2</td></tr></table>",
            "| a | b |\n| --- | --- |\n| 1\\|2 |  |",
        ),
        ("<table></table>x", "x"),
        (
            '<a href="https://example.org/x">link</a> <a href="javascript:x">no</a> <a href="/y">z</a>',
            "[link](https://example.org/x) no z",
        ),
        ("$$x^2$$ and $$", "\\[x^2\\] and $$"),
        (r"\(x_1*y_2*z\)", r"\(x_1*y_2*z\)"),
        ("a &amp; b &lt;c&gt; &nbsp;d", "a & b <c> d"),
        ("</p>stray</b>", "stray"),
        ("<td>cell</td>", "cell"),
        ("<li>alone</li>", "- alone"),
        ("<p>an <b>open tag</p>ends", "an **open tag**\n\nends"),
        ("<table><tr><td><p>two</p>rows</td></tr></table>", "| two rows |\n| --- |"),
        ("x<sup>a<p>b</p></sup>", r"x\(^{\text{a b}}\)"),
        ("<pre><code><div>a</div><div>b</div></code></pre>", "```\na\n\nb\n```"),
        ("<!DOCTYPE html><![CDATA[a]]> <![1 <!-- b -->c", "a <![1 c"),
    ],
)
def test_what_is_shown_is_kept(html: str, markdown: str) -> None:
    assert from_html(html).markdown == markdown


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<script>alert(1)</script>x", "A script was left out."),
        ("<audio src=a></audio>x", "A sound was left out."),
        ("<video></video>x", "A film was left out."),
        ("<iframe src=x></iframe>x", "An embedded page was left out."),
        ("<u>x</u>", "Underlined or marked words are in italics."),
        ("<math><mi>x</mi></math>", "A formula in MathML was taken as its plain letters."),
        ("<input name=a>x", "A field of a form was left out."),
        ('<img src="a/b.png" alt="x">', "The picture “b.png” was left out: it is not in the file."),
        (
            '<img src="data:image/png;base64,xx" alt="x">',
            "The picture “within the text” was left out: it is not in the file.",
        ),
    ],
)
def test_what_cannot_come_is_named(html: str, said: str) -> None:
    read = from_html(html)
    assert said in read.notes
    assert "x" in read.markdown
    assert "<" not in read.markdown


def test_options_stand_on_one_line() -> None:
    assert from_html("<p>One</p><ul><li>a<br>b</li></ul><hr><h1>c</h1>", inline=True).markdown == "One a b c"
    assert from_html("a\n b", inline=True).markdown == "a b"
    assert from_html("<blockquote>q</blockquote><pre>p\nq</pre>", inline=True).markdown == "q p q"


def test_pictures_in_the_file_are_shown() -> None:
    read = from_html(
        '<img src="m.png" alt="A [map]">', address=lambda name: "0" * 32 if name == "m.png" else ""
    )
    assert read == (f"![A map](picture:{'0' * 32})", ())


def test_deep_nesting_ends() -> None:
    assert from_html("<div>" * 50_000 + "x" + "</div>" * 50_000).markdown == "x"
    assert from_html("<div>" * 300 + "H<sub>2</sub>O").markdown == "H2O"


def test_what_looks_like_html() -> None:
    assert is_html("a <b>x</b>")
    assert is_html("a &amp; b")
    assert not is_html("2 < 3 & 4 > 1")


@example("<![1")
@given(st.text(st.sampled_from("ab <>/&;*_`[]()!\"'=piscrtbu\n\\$#-1."), max_size=60))
def test_whatever_comes_nothing_of_it_runs(html: str) -> None:
    shown = block(from_html(html).markdown).lower()
    assert "<script" not in shown
    assert " onerror" not in shown.replace("&", "")

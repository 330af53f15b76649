from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from quizapp.domain.language.markup import (
    LONGEST_TEXT,
    block,
    boxed_tables,
    inline,
    picture_addresses,
    pictures,
    plain,
    sanitise,
)
from tests.counting import calls

ALLOWED = {
    *("a", "b", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "li", "ol"),
    *("p", "pre", "s", "strong", "sub", "sup", "img", "math-formula", "table", "tbody", "td", "th", "thead", "tr", "ul"),
    "div",  # the box of a table; none is written
}  # fmt: skip

SCRIPT = "alert(1)"
ADDRESSES = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61;vascript:alert(1)",
    "&Tab;javascript:alert(1)",
    "java&NewLine;script:alert(1)",
    "javascript%3Aalert(1)",
    "vbscript:msgbox(1)",
    "livescript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "file:///etc/passwd",
    "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)",
    "blob:https://example.org/1",
    "//example.org/",
    "/\\example.org/",
    "\\\\example.org\\",
    "/logout",
    "?delete=1",
    "#top",
    "http:javascript",
    "https:/example.org",
    "ftp://example.org/",
]
TAGS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//example.org/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\x0c>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=x oNeRrOr=alert(1)//",
    '<img """><script>alert(1)</script>">',
    "<img src='x'onerror='alert(1)'>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>",
    "<math href='javascript:alert(1)'>x</math>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='javascript:alert(1)'></object>",
    "<embed src='javascript:alert(1)'>",
    "<form action='javascript:alert(1)'><button>x</button></form>",
    "<button formaction='javascript:alert(1)'>x</button>",
    "<input autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>x</details>",
    "<body onload=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href='javascript:alert(1)'>",
    "<base href='javascript:alert(1)//'>",
    "<style>@import 'javascript:alert(1)';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<p onclick=alert(1) id=x class=y>x</p>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=java&#115;cript:alert(1)>x</a>",
    "<a href='https://example.org' onclick=alert(1) target=_blank style=x>x</a>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<xmp><p title='</xmp><script>alert(1)</script>'></xmp>",
    "<textarea></textarea><script>alert(1)</script>",
    "<select><style></select><img src=x onerror=alert(1)></style>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<img alt='><script>alert(1)</script>' src=x>",
    f"<img src='picture:{'a' * 32}' alt='\"><script>alert(1)</script>' onload=alert(1)>",
    "<math-formula class='display' onclick=alert(1)><script>alert(1)</script></math-formula>",
    "\\\\(<script>alert(1)</script>\\\\)",
    f'!["><script>alert(1)</script>](picture:{"a" * 32})',
    "</p><script>alert(1)</script>",
    "<<script>alert(1)//<</script>",
]
MARKDOWN = [
    *(f"[x]({address})" for address in ADDRESSES),
    *(f"[x](<{address}>)" for address in ADDRESSES),
    *(f"<{address}>" for address in ADDRESSES),
    *(f"[x][r]\n\n[r]: {address}" for address in ADDRESSES),
    *(f"![x]({address})" for address in ADDRESSES),
    *TAGS,
    *(f"`{tag}`" for tag in TAGS),
    *(f"    {tag}" for tag in TAGS),
    *(f"```{tag}\n{tag}\n```" for tag in TAGS),
    *(f'[x](https://example.org "{tag}")' for tag in TAGS),
    *(f"|{tag}|\n|-|\n|{tag}|" for tag in TAGS),
    '[x](https://example.org "\\" onclick=alert(1)")',
    "[x](https://example.org/'onclick=alert(1))",
    "![x](https://example.org/x.png)",
    "[x](mailto:a@example.org?subject=<script>)",
]


def shown(text: str) -> str:
    """Markdown as pages show it."""
    return boxed_tables(block(text))


def assert_safe(html: str) -> None:
    """Only allowlisted tags and attributes, and links that name http, https or mailto."""
    for tag in BeautifulSoup(f"\n{html}", "html.parser").find_all():
        assert tag.name in ALLOWED, html
        allowed = {"a": {"href", "title", "rel"}, "ol": {"start"}, "img": {"src", "alt"}}.get(tag.name, set())
        allowed |= {"class", "role", "aria-label"} if tag.name == "math-formula" else set()
        allowed |= {"div": {"class", "tabindex", "role", "aria-label"}, "th": {"scope"}}.get(tag.name, set())
        assert set(tag.attrs) <= allowed, html
        if tag.name == "div":
            assert (tag["class"], tag["tabindex"], tag.get("role", "group")) == (["tabular"], "0", "group"), (
                html
            )
        if tag.name == "img":
            assert re.fullmatch("picture:[0-9a-f]{32}", str(tag["src"])), html
        if tag.name == "math-formula":
            assert tag.get("class") in (None, ["display"]), html
            assert tag.get("role") in (None, "img"), html
        if tag.name == "a":
            assert set(tag["rel"]) == {"noopener", "nofollow"}
            assert str(tag.get("href", "mailto:")).startswith(("http://", "https://", "mailto:")), html


def test_there_are_enough_vectors() -> None:
    assert len({*ADDRESSES, *TAGS}) >= 60


@pytest.mark.parametrize("render", [shown, inline, sanitise])
def test_no_vector_leaves_anything_that_runs(render) -> None:
    for text in (*MARKDOWN, *(f"<a href='{address}'>x</a>" for address in ADDRESSES)):
        assert_safe(render(text))


@given(
    st.lists(
        st.sampled_from([*TAGS, *ADDRESSES, "[x](", ")", "`", "\n", "<", ">", '"', "&", "![", "|", "* "])
    )
)
def test_no_mixture_of_vectors_leaves_anything_that_runs(parts: list[str]) -> None:
    text = "".join(parts)
    for html in (block(text), inline(text), sanitise(text)):
        assert_safe(html)
        assert sanitise(html) == html


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_sanitising_twice_changes_nothing(text: str) -> None:
    once = sanitise(text)
    assert sanitise(once) == once


def test_markdown_becomes_html_that_templates_do_not_escape_again() -> None:
    assert isinstance(inline("a"), Markup)
    assert isinstance(block("a"), Markup)
    assert inline("*a* **b** `c` ~~d~~ <e>") == (
        "<em>a</em> <strong>b</strong> <code>c</code> <s>d</s> &lt;e&gt;"
    )
    assert block("- a\n- b\n") == "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"
    assert "<td>1</td>" in block("|a|\n|-|\n|1|")


def test_links_keep_their_address_and_lose_their_influence() -> None:
    assert inline("[x](https://example.org/?a=1&b=2)") == (
        '<a href="https://example.org/?a=1&amp;b=2" rel="noopener nofollow">x</a>'
    )
    assert 'href="mailto:a@example.org"' in inline("<a@example.org>")
    assert "href" not in inline("[x](/logout)")


def test_an_inline_text_stays_in_its_line() -> None:
    assert inline("1949.\n\n# no heading") == "1949. # no heading"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The *key* is **`x`** [here](https://example.org)", "The key is x here"),
        ("1949.", "1949."),
        ("2. Bundesliga", "2. Bundesliga"),
        ("  two   words ", "two words"),
        ("# Title\n\n- one\n- *two*\n\n```\ncode\n```\n\n    more", "Title one two code more"),
        ("one\ntwo  \nthree", "one two three"),
        ("AT&amp;T \\*", "AT&T *"),
        ("a < b", "a < b"),
        ("|a|b|\n|-|-|\n|1|2|", "a b 1 2"),
        ("", ""),
    ],
)
def test_plain_text_has_the_words_only(text: str, words: str) -> None:
    assert plain(text) == words


def test_very_long_texts_are_shown_as_they_stand() -> None:
    text = "*a* <b>\n" * LONGEST_TEXT
    assert block(text).startswith("<p>*a* &lt;b&gt;<br>\n*a*")
    assert inline(text).startswith("*a* &lt;b&gt;\n")
    assert plain(text).startswith("*a* <b> *a*")
    assert_safe(block("<script>" * LONGEST_TEXT)[:1000])


PATHOLOGICAL = {
    "brackets": "[",
    "nested links": "[a](",
    "pictures": "![[",
    "emphasis": "*a **a ",
    "mixed emphasis": "*_",
    "quotes": "> ",
    "lists": "- ",
    "numbered": "1. ",
    "tags": "<a ",
    "entities": "&",
    "cells": "|x",
    "struck": "~~a",
    "definitions": "[a]: b\n",
    "addresses": "<http://",
    "backslashes": "\\",
    "backticks": "`a``b```",
    "headings": "# a\n",
    "lines": "a\n",
    "formulas": "\\\\(a\\\\)",
    "open formulas": "\\\\(a ",
    "open pictures": "![a](picture:",
    "NUL": "\x00",
}


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_pathological_texts_of_twice_the_length_take_twice_the_work(name: str) -> None:
    texts = [(PATHOLOGICAL[name] * size)[:size] for size in (1_000, 2_000)]
    for render in (block, inline, plain):
        half, whole = (calls(lambda text=text, render=render: render(text)) for text in texts)
        assert whole < 3 * half


@pytest.mark.parametrize("name", PATHOLOGICAL)
def test_texts_that_are_too_long_are_only_cut_into_lines(name: str) -> None:
    text = (PATHOLOGICAL[name] * 200_000)[:200_000]
    for render in (block, inline, plain):
        assert calls(lambda render=render: render(text)) < 10 * len(text)


def test_deep_nesting_ends() -> None:
    assert_safe(block("".join(f"{'  ' * depth}- a\n" for depth in range(130))))
    assert_safe(sanitise("<b>" * 20_000))


def test_quotation_marks_and_apostrophes_are_typographic():
    assert inline('Putin\'s "new era"') == "Putin’s “new era”"
    assert inline("`'code'`") == "<code>'code'</code>"


# --- pictures and formulas -----------------------------------------------------------------------

MAP, HARBOUR = "0123456789abcdef" * 2, "f" * 32


def test_a_picture_of_this_site_is_shown_with_its_words() -> None:
    text = f"![A map of *it*](picture:{MAP})"
    assert block(text) == f'<p><img src="picture:{MAP}" alt="A map of it"></p>\n'
    assert inline(text) == f'<img src="picture:{MAP}" alt="A map of it">'
    assert plain(text) == "A map of it"


@pytest.mark.parametrize(
    "address", ["https://example.org/x.png", "picture:", f"picture:{MAP}0", f"x-picture:{MAP}"]
)
def test_any_other_picture_leaves_its_words(address: str) -> None:
    assert block(f"![A map]({address})") == "<p>A map</p>\n"


def test_pages_put_the_real_addresses_in() -> None:
    html = block(f"![A]( picture:{MAP} ) and `picture:{MAP}` ![B](picture:{HARBOUR})")
    shown = picture_addresses(html, lambda picture: f"/p?a=1&b={picture[:2]}")
    assert 'src="/p?a=1&amp;b=01"' in shown
    assert 'src="/p?a=1&amp;b=ff"' in shown
    assert f"<code>picture:{MAP}</code>" in shown
    assert picture_addresses(Markup("x"), lambda _: "y") == "x"


def test_the_pictures_of_a_text_are_listed_with_their_words() -> None:
    text = (
        f"a ![One **two**](picture:{MAP})\n\n- ![](picture:{HARBOUR}) ![x](https://example.org) picture:{MAP}"
    )
    assert pictures(text) == ((MAP, "One two"), (HARBOUR, ""))
    assert pictures("none") == ()
    assert pictures(f"![x](picture:{MAP})" + " " * LONGEST_TEXT) == ()


def named(words: str) -> str:
    """The attributes by which a formula is read aloud."""
    return f' role="img" aria-label="{words}"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (
            r"\(a_1 < b^2\)",
            f"<math-formula{named('a sub 1 is less than b squared')}>a_1 &lt; b^2</math-formula>",
        ),
        (
            r"\[ \frac{a}{b} \]",
            f'<math-formula class="display"{named("a over b")}>\\frac{{a}}{{b}}</math-formula>',
        ),
        (r"It costs $5, not $6.", "It costs $5, not $6."),
        (r"\(\) \(a", "() (a"),
        (r"a \\(b\\)", r"a \(b\)"),
        (r"`\(a\)`", r"<code>\(a\)</code>"),
        (
            r"\[a\](https://example.org)",
            f'<math-formula class="display"{named("a")}>a</math-formula>(https://example.org)',
        ),
    ],
)
def test_formulas_stand_in_brackets_with_backslashes(text: str, html: str) -> None:
    assert inline(text) == html


def test_a_link_may_hold_a_formula() -> None:
    assert f"<math-formula{named('a ] b')}>a]b</math-formula></a>" in inline(
        r"[see \(a]b\)](https://example.org)"
    )


def test_a_formula_counts_as_its_latex() -> None:
    assert plain(r"Solve \(a^2\) now") == "Solve a^2 now"


@given(st.text(alphabet="ab\\()[]$*_`<>{}^ \n", max_size=60))
def test_no_formula_breaks_a_text(text: str) -> None:
    assert_safe(block(text))
    assert_safe(inline(text))


def test_an_identifier_between_underscores_is_no_emphasis() -> None:
    assert plain("`x` and __init__") == "x and __init__"
    assert "<strong>" not in inline("[__init__](https://example.org)")
    assert inline("__Bold words__") == "<strong>Bold words</strong>"


def test_a_table_stands_in_a_box_called_by_its_head() -> None:
    html = shown("Read on:\n\n| Year | *Tons* & more |\n|---|---:|\n| 1948 | 5 |\n\nDone.")
    assert '<div class="tabular" tabindex="0" role="group" aria-label="Year, Tons &amp; more"><table>' in html
    assert '<th scope="col">Year</th>' in html
    assert html.count("</table></div>") == html.count("<table>") == 1
    assert "<td>1948</td>" in html


def test_a_table_without_words_in_its_head_is_called_nothing() -> None:
    html = shown("| | |\n|---|---|\n| 1948 | 5 |\n\n| A |\n|---|\n| 1 |")
    assert '<div class="tabular" tabindex="0"><table>' in html
    assert 'aria-label="A"' in html


def test_a_box_that_somebody_writes_is_none() -> None:
    written = '<div class="tabular" tabindex="0"><table><tr><td>1</td></tr></table></div>'
    assert "<div" not in shown(written)
    assert "<div" not in sanitise(written)

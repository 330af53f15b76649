import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.sources.articles.blocks import BlockKind
from quizapp.domain.sources.articles.segmenting import pieces_of


def pieces(html):
    return pieces_of(BeautifulSoup(html, "lxml"))


def texts(html):
    return [piece.text for piece in pieces(html)]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One <b>bold</b> word.</p>two", ["One bold word.", "two"]),
        ("<div>before<p>within</p>after</div>", ["before", "within", "after"]),
        ("one<br><br>two<br>\n<br><br>three", ["one", "two", "three"]),
        ("first<br>second", ["first", "second"]),
        (
            "This line was broken by hand so that it fits<br>a screen of old, as letters were.",
            ["This line was broken by hand so that it fits a screen of old, as letters were."],
        ),
        ("<pre>a = 1\n  b = 2</pre>", ["a = 1", "b = 2"]),
        ("<pre>a<br>b</pre>", ["a", "b"]),
        ("<p>Water<sup class='reference'><a href='#1'>[1]</a></sup> is wet.</p>", ["Water is wet."]),
        ("<p>E = mc<sup>2</sup></p>", ["E = mc²"]),
        ("<h2>Head<a href='#x'>¶</a><span class='mw-editsection'>[edit]</span></h2>", ["Head"]),
        ("<p>Shown<span class='sr-only'>spoken</span></p>", ["Shown"]),
        ("<p>a<button>press</button></p><h3><button>Question?</button></h3>", ["a", "Question?"]),
        ("<script>x</script><style>y</style><template>z</template><noscript>n</noscript>t", ["t"]),
        ("<!-- nothing --><p>some\u200bthing</p>", ["something"]),
        ("<p><a href=1>One</a><a href=2>Two</a></p>", ["One Two"]),
        ("<![CDATA[x]]>", []),
    ],
)  # fmt: skip
def test_a_block_ends_where_a_reader_sees_it_end(html, expected):
    assert texts(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<table><tr><th>A<th>B<tr><td>1<td><p>2</p><ul><li>3<li>4</ul></table>", ["A | B", "1 | 2 3 4"]),
        ("<table><tr><td>a<br>b<td>c</table>", ["a b | c"]),
        ("<table><tr><td></td><td>c</td></tr></table>", ["c"]),
        ("<table><tr><td>only</table>", ["only"]),
        ("<table role=presentation><tr><td>a<td>b</table>", ["a", "b"]),
        ("<table><tr><td>menu<td><table><tr><td>x<td>y</table></table>", ["menu", "x | y"]),
        ("<table><tr><td><h1>Title</h1><td>side</table>", ["Title", "side"]),
        (f"<table><tr><td>menu<td>{'word ' * 200}</table>", ["menu", ("word " * 200).strip()]),
        ("<table><tr><td><p>a</p><p>b</p><p>c</p><p>d</p><td>e</table>", ["a", "b", "c", "d", "e"]),
        ("<tr><td>loose<td>cells", ["loose", "cells"]),
    ],
)
def test_rows_of_data_are_lines_and_tables_of_layout_are_taken_apart(html, expected):
    assert texts(html) == expected


def test_a_row_without_a_table_is_no_data():
    soup = BeautifulSoup("", "html.parser")
    soup.append(BeautifulSoup("<tr><td>a</td><td>b</td></tr>", "html.parser"))
    assert [piece.text for piece in pieces_of(soup)] == ["a", "b"]


def test_kinds_follow_the_elements():
    html = (
        "<h2><div>Head</div></h2><p>text</p><ul><li><p>item</p></ul><blockquote><p>said</p></blockquote>"
        "<pre>code</pre><table><tr><td>a<td>b</table><dl><dt>term<dd>meaning</dl>"
    )
    kind = BlockKind
    assert [piece.kind for piece in pieces(html)] == [
        kind.HEADING, kind.PARAGRAPH, kind.LIST_ITEM, kind.QUOTE, kind.CODE, kind.TABLE_ROW, kind.LIST_ITEM, kind.LIST_ITEM,
    ]  # fmt: skip


def test_links_are_counted_but_for_headings_that_link_to_themselves():
    whole, half, heading = pieces(
        "<p><a href=x>linked</a></p><p>four<a href=x>link</a></p><h2><a href=#h>Head</a></h2>"
    )
    assert (whole.link_share, half.link_share, heading.link_share) == (1.0, 0.5, 0.0)


def test_a_page_nested_deeper_than_python_goes_is_read():
    assert texts("<div>" * 3000 + "<p>deep</p>" + "</div>" * 3000) == ["deep"]


@settings(deadline=None)
@given(st.text(alphabet="<>/=\"' abpdivtrliu&;!-\n\0", max_size=200))
def test_any_text_can_be_read_as_html(html):
    assert all(piece.text.strip() for piece in pieces(html))

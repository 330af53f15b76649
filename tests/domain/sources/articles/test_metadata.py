import pytest
from bs4 import BeautifulSoup

from quizapp.domain.sources.articles.metadata import stated_in, without_by, without_site


def stated(html):
    return stated_in(BeautifulSoup(html, "lxml"))


def data(json):
    return f"<script type='application/ld+json'>{json}</script>"


def test_linked_data_is_read_first_wherever_it_is_nested():
    found = stated(
        data('{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "A ferry returns",'
             ' "author": [{"name": "Ada"}, "Ben"], "publisher": [{"name": "The Heron"}], "datePublished": "2021-05-03T10:00Z"}]}')
        + "<meta name=author content=Other><meta property=og:site_name content=Else>"
    )  # fmt: skip
    assert found[:4] == ("A ferry returns", "Ada, Ben", "The Heron", "2021-05-03")
    assert found.article


@pytest.mark.parametrize(
    "json", ["{", "", "[" * 100_000, "3", '{"@type": "NewsArticle", "publisher": [], "author": 3}']
)
def test_broken_linked_data_says_nothing(json):
    assert stated(data(json) + "<title>T</title>")[:4] == ("T", "", "", "")


def test_endless_linked_data_is_left():
    assert stated(data("[" + "{}," * 2000 + '{"@type": "NewsArticle", "headline": "late"}]'))[0] == ""


def test_kinds_of_pages():
    assert stated(data('{"@type": "QAPage"}')).talk
    assert stated(data('{"@type": "Product"}')).shop
    assert stated("<meta property=og:type content=article>").article


def test_metas_state_names_but_addresses_are_none():
    found = stated(
        "<meta name=author content='https://x.example'><meta name=parsely-author content='By Ada Lind'>"
        "<meta name=dc.publisher content=Heron><meta name=pubdate content=20210503><meta name=empty content=' '><meta>"
    )
    assert found[1:4] == ("Ada Lind", "Heron", "2021-05-03")


def test_marked_elements_state_what_metas_do_not():
    found = stated(
        "<p itemprop=author><span itemprop=name>Ada Lind</span></p><time itemprop=datePublished datetime=2021-05-03>May</time>"
    )
    assert (found.author, found.published) == ("Ada Lind", "2021-05-03")
    assert stated("<a rel=author>by Ada Lind</a>").author == "Ada Lind"
    assert stated("<a rel=author>one two three four five six seven</a>").author == ""
    assert stated("<article><time datetime=2021-05-03T10:00>x</time></article>").published == "2021-05-03"
    assert stated("<time datetime=noon>x</time>").published == ""


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (
            "<title>A ferry returns | The Heron</title><h1>A ferry returns</h1><h1>The Heron shop</h1>",
            "A ferry returns",
        ),
        ("<title>A ferry returns - The Heron</title>", "A ferry returns"),
        (
            "<meta property=og:title content='A ferry returns – The Heron'><h1>x y</h1><h1>z</h1>",
            "A ferry returns",
        ),
        ("<h1>Only heading</h1>", "Only heading"),
        ("<h1></h1>", ""),
    ],
)
def test_the_title_is_the_heading_that_the_document_is_named_for(html, title):
    assert stated(html).title == title


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang=en-GB>", "en"),
        ("<meta http-equiv=content-language content='de, en'>", "de"),
        ("<meta property=og:locale content=es_ES>", "es"),
        ("", ""),
    ],
)
def test_the_language_is_what_the_page_says(html, language):
    assert stated(html).language == language


def test_names_and_titles():
    assert without_by("By Ada Lind | 3 May") == "Ada Lind"
    assert without_site("") == ""


LAMP = "<title>How to trim a wick - Lampwright</title>"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"{LAMP}<h1><a href=/>Lampwright</a></h1><h2>How to trim a wick</h2>", "How to trim a wick"),
        (f"{LAMP}<meta property=og:site_name content=Lampwright><h1>Lampwright</h1>", "How to trim a wick"),
        (f"{LAMP}<h1><a href=/wick>How to trim a wick</a></h1>", "How to trim a wick"),
        ("<title>Lampwright</title><h1><a href=/>Lampwright</a></h1>", "Lampwright"),
    ],
)
def test_the_name_of_a_site_is_no_title(page, title):
    assert stated(page).title == title

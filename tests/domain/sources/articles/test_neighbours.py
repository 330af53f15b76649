import pytest
from bs4 import BeautifulSoup

from quizapp.domain.sources.articles import extract
from quizapp.domain.sources.articles.blocks import Why
from quizapp.domain.sources.articles.neighbours import (
    strike_advertised,
    strike_dangling,
    strike_foreign,
    strike_labels_between,
    strike_led,
    strike_repeated,
    words_key,
)
from quizapp.domain.sources.articles.segmenting import pieces_of

LONG = "The harbour master had a dog that could tell the tide by the sound of the bell, and never was wrong. "


def after(strike, html, **before):
    found = pieces_of(BeautifulSoup(html, "lxml"))
    for place, why in before.items():
        found[int(place[1:])].why = why
    strike(found)
    return [piece.why for piece in found]


def test_a_label_takes_its_links_with_it():
    related = Why.RELATED
    html = f"<p>{LONG}</p><h3>Related</h3><p><a href=1>One story</a></p><h3>Next part</h3><p>{LONG}</p>"
    assert after(strike_led, html) == [None, related, related, None, None]
    html = "<p>Read more</p><p><a href=1>One story</a></p><p><a href=1>Two</a></p><p>three</p>"
    assert after(strike_led, html) == [related, related, related, None]
    assert after(strike_led, "<p>Read more</p><h2><a href=1>A story</a></h2>") == [related, None]
    assert after(strike_led, "<p>Read more</p>") == [related]


def test_a_section_of_running_text_stays_whatever_its_heading():
    assert after(strike_led, f"<h2>Related work</h2><p>{LONG}</p>")[1] is None
    assert after(strike_led, f"<h1>Related</h1><p>{LONG}</p>") == [None, None]


def test_comments_go_however_long_they_are():
    assert after(strike_led, f"<h2>3 comments</h2><p>{LONG}</p>") == [Why.COMMENT, Why.COMMENT]
    assert after(strike_led, f"<h2>Plain</h2><h3>Leave a reply</h3><p>{LONG}</p>") == [
        None,
        Why.COMMENT,
        Why.COMMENT,
    ]


def test_a_heading_within_a_struck_section_is_done_with():
    html = "<h2>Comments</h2><h3>Related</h3><p>x</p>"
    assert after(strike_led, html) == [Why.COMMENT] * 3


def test_what_an_advertisement_says_goes_with_its_label():
    html = f"<div>Advertisement<br>Soap, two for one.</div><p>{LONG}</p>"
    assert after(strike_advertised, html, p0=Why.ADVERTISEMENT) == [
        Why.ADVERTISEMENT,
        Why.ADVERTISEMENT,
        None,
    ]


def test_what_is_said_twice_stays_once_but_for_tables_and_lists():
    twice = f"<p>{LONG}</p>" * 2
    assert after(strike_repeated, twice) == [None, Why.DUPLICATE]
    assert after(strike_repeated, "<p>Add to cart</p>" * 2) == [None, None]
    assert after(strike_repeated, "<ul>" + "<li>one two three four five" * 2 + "</ul>") == [None, None]
    assert after(strike_repeated, "<table>" + "<tr><td>a b c d e f<td>g h i j" * 2 + "</table>") == [
        None,
        None,
    ]
    assert after(strike_repeated, twice, p0=Why.FOOTER) == [Why.FOOTER, None]
    far = f"<article><p>{LONG}</p></article><div><aside><p>{LONG} {LONG}</p></aside><p>{LONG}</p></div>"
    assert after(strike_repeated, far) == [None, None, Why.DUPLICATE]
    assert after(strike_repeated, "<h1>a b c d e</h1><h2>a b c d e</h2>") == [None, Why.DUPLICATE]
    assert after(strike_repeated, "<h2>a b c d e</h2><h2>a b c d e</h2>") == [None, None]
    assert after(strike_repeated, "<p>a b c d e</p><blockquote>a b c d e</blockquote>") == [
        None,
        Why.DUPLICATE,
    ]
    copy = "".join(f"<p>{n} {LONG}</p>" for n in range(6))
    assert after(strike_repeated, f"<div>{copy}</div><div>{copy}</div>") == [None] * 6 + [Why.DUPLICATE] * 6
    manual = "".join(f"<p>{each}</p>" for n in range(8) for each in (LONG, f"{n} {LONG * 3}"))
    assert set(after(strike_repeated, manual)) == {None}, "manuals repeat themselves"
    assert words_key("Re: The Dog’s bell!") == "the dog s bell"


def test_a_notice_in_another_language_goes_a_quotation_stays():
    spanish = "Ya eres suscriptor en otro aparato y no puedes leer aquí con tu cuenta."
    page = f"<p>{LONG}</p>" * 6
    assert after(strike_foreign, f"{page}<p>{spanish}</p>")[-1] is Why.LANGUAGE
    assert after(strike_foreign, f"{page}<p>“{spanish}”</p>")[-1] is None
    assert after(strike_foreign, f"{page}<blockquote>{spanish}</blockquote>")[-1] is None
    assert after(strike_foreign, f"<p>{LONG}</p><p>{spanish}</p>") == [None, None], "a page in two languages"
    assert after(strike_foreign, f"{page}<p>x</p>", p0=Why.FOOTER)[1:] == [None] * 6


def test_a_heading_whose_section_is_struck_goes_too():
    html = "<h2>One</h2><p>a</p><h2>Two</h2><p>b</p><h2>Three</h2>"
    assert after(strike_dangling, html, p1=Why.SHARE) == [Why.SHARE, Why.SHARE, None, None, None]
    assert after(strike_dangling, "<h2>One</h2><p>a</p>", p1=Why.CAPTION) == [None, Why.CAPTION]
    assert after(strike_dangling, "<h2>One</h2><p>a</p><p>b</p>", p1=Why.SHARE) == [None, Why.SHARE, None]


def test_labels_among_what_is_struck_go_with_it():
    html = f"<p>label</p><p>caption</p><p>{LONG}</p><p>between</p><p>notice</p><p>tail</p><p>A sentence.</p>"
    found = after(strike_labels_between, html, p1=Why.CAPTION, p4=Why.SUBSCRIPTION)
    assert found == [Why.OUTSIDE, Why.CAPTION, None, Why.OUTSIDE, Why.SUBSCRIPTION, Why.OUTSIDE, None]
    assert after(strike_labels_between, "<p>a</p><p>b</p>") == [None, None]


def test_a_few_words_on_the_author_below_are_no_part_of_the_text():
    long = (
        "The harbour master had a dog that could tell the tide by the sound of the bell, and never was wrong."
    )
    story = "".join(f"<p>{n} {long}</p>" for n in range(8))
    page = f"<article><h1>The dog</h1>{story}<h3>About the author</h3><p>Ada Lind keeps bees on an island in the lake and writes on dogs.</p></article>"
    assert len(extract(page).text.splitlines()) == 8
    only = f"<article><h1>The dog</h1><p>{long}</p><h3>About the author</h3><p>{long} {long}</p></article>"
    assert len(extract(only).text.splitlines()) == 3


REFRAIN = "And the river runs on, and the river runs on."


@pytest.mark.parametrize(
    "html",
    [
        "".join(f"<p>Verse {n} tells of the mill and of the boat of {n} men.</p><p>{REFRAIN}</p>" for n in range(3)),
        "".join(f"<h2>Loaf {n}</h2><ol><li>Take {n} pounds of flour.<li>Knead the dough for ten minutes on a floured board.</ol>" for n in range(2)),
        "".join(f"<section><h2>{n}</h2><p>The council shall keep a record of it in writing.</p></section>" for n in range(3)),
        f"<p>Verse of the mill<br>{REFRAIN}<br>Verse of the boat<br>{REFRAIN}</p>",
    ],
)  # fmt: skip
def test_refrains_steps_and_clauses_are_the_texts_own(html):
    assert Why.DUPLICATE not in after(strike_repeated, html)

"""From a page's HTML, or a text, to an article: title, author, date, and its blocks, kept or struck.

HTML: pieces of text with what their elements' names say (`segmenting`, `marks`), the part of the page
that holds the running text (`choosing`), what words (`wording`) and neighbours (`neighbours`) say.
"""

from __future__ import annotations

import re
import warnings
from collections import Counter
from collections.abc import Sequence

from bs4 import BeautifulSoup, Tag

from quizapp.domain.sources.articles.blocks import Block, BlockKind, Extracted, Why
from quizapp.domain.sources.articles.choosing import (
    choose_root,
    cut_link_lists,
    cut_outside,
    is_prose,
    settle_marks,
)
from quizapp.domain.sources.articles.dates import written_date
from quizapp.domain.sources.articles.marks import names_of
from quizapp.domain.sources.articles.metadata import Stated, stated_in, without_by
from quizapp.domain.sources.articles.neighbours import (
    strike_advertised,
    strike_dangling,
    strike_foreign,
    strike_led,
    strike_repeated,
    words_key,
)
from quizapp.domain.sources.articles.segmenting import Piece, pieces_of
from quizapp.domain.sources.articles.wording import is_crumbs, is_signed, why_of_words

_WHEN = re.compile(
    r"\b\d+ (?:points?|min\w*|hours?|days?|weeks?|months?|years?)\b|\b\d{1,2}:\d\d\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
STATED = 500  # characters of a text stated beside the page, from which it is taken for the article


def extract_html(html: str) -> Extracted:
    """The article of a page. Never fails: a page without any text gives no blocks."""
    soup = _soup(html)
    _unveil(soup)
    stated, pieces = stated_in(soup), pieces_of(soup)
    if sum(len(piece.text) for piece in pieces) < STATED and soup.find("noscript") is not None:
        for tag in soup.find_all("noscript"):
            tag.name = "div"  # what is shown where no script runs is all that there is
        pieces = pieces_of(soup)
    stated = stated._replace(talk=settle_marks(pieces, talk=stated.talk))
    if stated.talk:
        _strike_counts(pieces)
    _by_words(pieces)
    root = choose_root(pieces, parts=not (stated.article or stated.author or stated.published))
    if root is not None:
        cut_outside(pieces, root)
    cut_link_lists(pieces)
    strike_led(pieces)
    strike_advertised(pieces)
    language = strike_foreign(pieces)
    strike_repeated(pieces)
    single = stated.article or bool(stated.author or stated.published)
    first = next((place for place, piece in enumerate(pieces) if piece.why is None and is_prose(piece)), 0)
    signed = [piece.text for piece in pieces[:first] if piece.why is Why.BYLINE]
    stated = stated._replace(
        title=_title_of(pieces, stated.title),
        author=stated.author or _byline(pieces),
        published=stated.published or next(filter(None, map(written_date, signed)), ""),
    )
    if not (stated.shop or stated.talk):
        _strike_title(pieces, stated.title, always=single)
    strike_dangling(pieces)
    _keep_something(pieces)
    pieces = _or_body(pieces, stated.body)
    return extracted(pieces, stated, language)


def _unveil(soup: BeautifulSoup) -> None:
    """Show what is in shadow trees that the page itself declares; of formulas the source."""
    for tag in soup.find_all("template", attrs={"shadowrootmode": True}):
        tag.name = "div"
    for source in soup.select('script[type^="math/tex"]'):
        drawn = source.previous_sibling
        if isinstance(drawn, Tag) and names_of(drawn).casefold().startswith(("mathjax", "mjx")):
            drawn.decompose()
        source.replace_with(str(source.string or ""))


def _soup(html: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # XHTML is read as the HTML that browsers make of it
        return BeautifulSoup(html.replace("\0", ""), "lxml")


def extracted(pieces: Sequence[Piece], stated: Stated, language: str = "") -> Extracted:
    """The value made of pieces and of what the page states."""
    return Extracted(
        title=stated.title,
        author=stated.author,
        publisher=stated.publisher,
        published=stated.published,
        language=language or stated.language,
        blocks=tuple(Block(piece.text, piece.kind, piece.why is None, piece.why) for piece in pieces),
        several=stated.talk or stated.shop,
    )


def _by_words(pieces: Sequence[Piece]) -> None:
    for piece in pieces:
        if piece.why is None and piece.kind not in {BlockKind.CODE, BlockKind.TABLE_ROW}:
            piece.why = why_of_words(piece.text)
            if piece.why is None and piece.linked and piece.link_share < 1 and is_crumbs(piece.text):
                piece.why = Why.NAVIGATION


def _strike_counts(pieces: Sequence[Piece]) -> None:
    """Votes and numbers of posts, and lines of names, dates and links, which stand alone on the pages
    of a forum."""
    for piece in pieces:
        if piece.why is None and re.fullmatch(r"[#+\-−–]?\d+", piece.text):
            piece.why = Why.NAVIGATION
        elif (
            piece.why is None
            and piece.link_share > 0.2
            and len(piece.text) <= 120
            and _WHEN.search(piece.text)
        ):
            piece.why = Why.BYLINE


def _title_of(pieces: Sequence[Piece], stated: str) -> str:
    """The title without its site's name, where the page shows it above its text."""
    for piece in _above_prose(pieces):
        words = words_key(piece.text)
        if len(words.split()) >= 3 and f" {words} " in f" {words_key(stated)} ":
            return piece.text
    return stated


def _strike_title(pieces: Sequence[Piece], title: str, *, always: bool) -> None:
    """The title has its own field: above an article's text it is struck. On a page of many small
    parts, a shop's, a list of others, it is one of them."""
    kept = [piece for piece in pieces if piece.why is None]
    prose, headings = sum(map(is_prose, kept)), sum(bool(piece.level) for piece in kept)
    if not (always or headings - 1 < 0.85 * prose):
        return
    key = words_key(title)
    for piece in _above_prose(pieces):
        if piece.level == 1 or (key and words_key(piece.text) == key):
            piece.why = Why.TITLE


def _above_prose(pieces: Sequence[Piece]) -> list[Piece]:
    """The kept pieces above the first running text."""
    kept = [piece for piece in pieces if piece.why is None]
    return kept[: next((place for place, piece in enumerate(kept) if is_prose(piece)), 0)]


def _keep_something(pieces: Sequence[Piece]) -> None:
    """Where every piece of running text was struck, the reason that struck most of it was wrong."""
    prose = [piece for piece in pieces if is_prose(piece)]
    if not prose or any(piece.why is None for piece in pieces):
        return
    sizes = Counter[Why | None]()
    for piece in prose:
        sizes[piece.why] += len(piece.text)
    wrong = sizes.most_common(1)[0][0]
    for piece in pieces:
        if piece.why is wrong:
            piece.why = None


def _or_body(pieces: list[Piece], body: str) -> list[Piece]:
    """The pieces; where a page shows little and states its article's text for other programs only,
    the pieces struck and that text after them."""
    found = pieces_of(_soup(re.sub(r"\n+", "<p>", body) if "</p>" not in body else body)) if body else []
    shown = sum(len(piece.text) for piece in pieces if piece.why is None)
    if sum(len(piece.text) for piece in found) < max(STATED, 2 * shown):
        return pieces
    for piece in pieces:
        piece.why = piece.why or Why.OUTSIDE
    return [*pieces, *found]


def _byline(pieces: Sequence[Piece]) -> str:
    """The author as a line “By …” gives it."""
    for piece in pieces:
        if is_signed(piece.text):
            return re.split(r"\W+(?:on|le)\b", without_by(piece.text))[0]
    return ""

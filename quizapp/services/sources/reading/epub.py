"""EPUB books: the chapters in reading order, one page of HTML."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote
from xml.etree.ElementTree import Element, ParseError

from bs4 import BeautifulSoup
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from quizapp.domain.errors import Invalid
from quizapp.domain.sources.articles.blocks import Extracted
from quizapp.domain.sources.articles.dates import iso_date
from quizapp.domain.sources.articles.extracting import extract_html
from quizapp.services.sources.reading.decoding import decoded
from quizapp.services.sources.reading.limits import MOST_PAGES
from quizapp.services.sources.reading.unpacking import DAMAGED, Archive

_CONTAINER = "META-INF/container.xml"
_PACKAGE, _DUBLIN = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"


# Older books name the type of their package; it is not loaded. One that declares anything itself is refused.
_DOCTYPE = re.compile(
    rb"<!DOCTYPE\s+[\w:]+(?:\s+(?:PUBLIC|SYSTEM)(?:\s+(?:\"[^\"<>]*\"|'[^'<>]*')){1,2})?\s*>", re.IGNORECASE
)


def read_epub(data: bytes) -> Extracted:
    """The text of a book; raises Invalid for one that is damaged, locked or a bomb."""
    archive = Archive(data)
    container = _parsed(archive.read(_CONTAINER))
    rootfile = next((each for each in container.iter() if each.tag.endswith("rootfile")), None)
    path = rootfile.get("full-path", "") if rootfile is not None else ""
    package = _parsed(archive.read(path))
    names = set(archive.names())
    chapters = [name for name in _spine(package, posixpath.dirname(path)) if name in names]
    bodies = [_body(archive.read(name)) for name in chapters[:MOST_PAGES]]
    found = extract_html(f"<html><body><article>{''.join(bodies)}</article></body></html>")
    return Extracted(
        title=_stated(package, "title") or found.title,
        author=_stated(package, "creator"),
        publisher=_stated(package, "publisher"),
        published=iso_date(_stated(package, "date")),
        language=_stated(package, "language")[:2].casefold() or found.language,
        blocks=found.blocks,
    )


def _parsed(content: bytes) -> Element:
    try:
        root: Element = fromstring(_DOCTYPE.sub(b"", content, count=1), forbid_dtd=True)
    except (DefusedXmlException, ParseError, RecursionError, LookupError, ValueError):
        raise Invalid(DAMAGED) from None
    return root


def _spine(package: Element, folder: str) -> list[str]:
    """The chapters' names in reading order, the book's own table of contents left out."""
    items = {
        item.get("id"): posixpath.normpath(
            posixpath.join(folder, unquote(item.get("href", "").partition("#")[0]))
        )
        for item in package.iter(f"{_PACKAGE}item")
        if "nav" not in item.get("properties", "").split()
    }
    references = (each.get("idref") for each in package.iter(f"{_PACKAGE}itemref"))
    return [items[reference] for reference in references if reference in items]


def _body(content: bytes) -> str:
    soup = BeautifulSoup(decoded(content, markup=True), "lxml")
    return soup.body.decode_contents() if soup.body is not None else ""


def _stated(package: Element, name: str) -> str:
    return next((each.text.strip() for each in package.iter(f"{_DUBLIN}{name}") if each.text), "")

"""One function for any file: what it is, by its content first, then by its name; and reading it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _, marked
from quizapp.domain.sources.articles.blocks import Extracted
from quizapp.domain.sources.articles.extracting import extract_html
from quizapp.domain.sources.articles.plain import extract_markdown, extract_text, is_markdown
from quizapp.services.sources.reading.decoding import decoded
from quizapp.services.sources.reading.epub import read_epub
from quizapp.services.sources.reading.limits import MOST_BYTES, MOST_TEXT
from quizapp.services.sources.reading.pdf import read_pdf
from quizapp.services.sources.reading.second_opinion import with_second_opinion
from quizapp.services.sources.reading.unpacking import Archive
from quizapp.services.sources.reading.word import read_word

ACCEPTED = ".txt,.md,.markdown,.html,.htm,.xhtml,.pdf,.docx,.epub"
_MARKDOWN = frozenset({".md", ".markdown"})
_PAGES = frozenset({".html", ".htm", ".xhtml", ".mhtml"})
_OTHER = {
    ".doc": marked("Old Word files (.doc) can’t be read. Save it as .docx in Word and try again."),
    ".odt": marked("OpenDocument files can’t be read. Save it as .docx or PDF and try again."),
    ".rtf": marked("RTF files can’t be read. Save it as .docx or PDF and try again."),
}
UNKNOWN = marked(
    "This type of file can’t be read. Save the article as text, HTML, Markdown, PDF, Word (.docx) or EPUB."
)


def read_file(data: bytes, name: str = "", *, media: str = "", charset: str = "") -> Extracted:
    """The article in a file. name: the file's; media, charset: what a server says of it.

    Raises Invalid, in words that say what to do, for whatever is not an article within the limits.
    """
    if len(data) > MOST_BYTES:
        raise Invalid(
            _("This file is larger than {most} MB. Paste the article’s text instead.").format(
                most=MOST_BYTES // 1_000_000
            )
        )
    if not data.strip():
        raise Invalid(_("This file is empty. Choose the file with the article."))
    suffix = PurePath(name).suffix.casefold()
    found = _by_content(data, suffix, media, charset)
    if sum(len(block.text) for block in found.blocks) > MOST_TEXT:
        raise Invalid(
            _(
                "This text is too long: an article can have two million characters. Use only the part you "
                "need."
            )
        )
    if not found.blocks:
        raise Invalid(_("There’s no text in this file. Paste the article’s text instead."))
    return found


def _by_content(data: bytes, suffix: str, media: str, charset: str) -> Extracted:
    if data.lstrip()[:5] == b"%PDF-" or b"%PDF-" in data[:1024]:
        return read_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return _archived(data)
    if suffix in _OTHER:
        raise Invalid(_OTHER[suffix])
    if suffix in {".pdf", ".docx", ".epub"}:
        raise Invalid(
            _(
                "This file’s contents don’t match its name. Save it again in the program it comes from, then "
                "try again."
            )
        )
    head = data[:2048].lstrip().lower()
    page = (
        suffix in _PAGES or "html" in media or b"<html" in head or head.startswith((b"<!doctype", b"<?xml"))
    )
    text = decoded(data, stated=charset, markup=page)
    return read_text(text, markup=page, markdown=suffix in _MARKDOWN or media == "text/markdown")


def _archived(data: bytes) -> Extracted:
    names = set(Archive(data).names())
    readers: dict[str, Callable[[bytes], Extracted]] = {
        "word/document.xml": read_word,
        "META-INF/container.xml": read_epub,
    }
    reader = next((readers[name] for name in readers if name in names), None)
    if reader is None:
        raise Invalid(UNKNOWN)
    return reader(data)


def read_text(text: str, *, markup: bool, markdown: bool = False) -> Extracted:
    """The article in a text that has been decoded."""
    if markup:
        return with_second_opinion(text, extract_html(text))
    return extract_markdown(text) if markdown or is_markdown(text) else extract_text(text)

"""PDF files: pypdf gives runs of text with their places; `domain/sources/articles/printed.py` makes an
article."""

from __future__ import annotations

import io
from time import process_time
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _, marked
from quizapp.domain.sources.articles.blocks import Block, Extracted, Why, folded
from quizapp.domain.sources.articles.languages import language_of
from quizapp.domain.sources.articles.plain import extract_lines
from quizapp.domain.sources.articles.printed import Run, lines_of, paragraphs_of, running_heads
from quizapp.services.sources.reading.limits import MOST_PAGES, MOST_SECONDS_OF_PAGES, MOST_TEXT

DAMAGED = marked("This PDF is damaged and can’t be read. Open it and save it again, or paste its text.")
TOO_LONG = marked("This PDF is too long for an article. Save only the article’s pages.")
LIGATURES = str.maketrans(dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)))
EMPTY = marked(
    "This PDF contains pictures of pages but no text. Run text recognition (OCR) on it first, or paste "
    "the text."
)


def read_pdf(data: bytes) -> Extracted:
    """The article in a PDF; raises Invalid for one that is damaged, locked, scanned or too long."""
    try:
        pages, information, count = _contents(data)
    except Invalid:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        raise Invalid(DAMAGED) from None
    lines = [line for number, runs in enumerate(pages) for line in lines_of(runs, number)]
    if not lines:
        raise Invalid(EMPTY)
    running = running_heads(lines)
    found = extract_lines(paragraphs_of([line for place, line in enumerate(lines) if place not in running]))
    heads = dict.fromkeys(lines[place].text for place in sorted(running))
    struck = tuple(Block(text, kept=False, why=Why.FOOTER) for text in heads)
    if len(pages) < count:
        told = _("Only the first {read} of {count} pages were read. Add the rest as an article of its own.")
        struck += (Block(told.format(read=len(pages), count=count), kept=False, why=Why.UNREAD),)
    title, author = (folded(str(information.get(name) or "")) for name in ("/Title", "/Author"))
    named = title if title and " " in title else ""
    return Extracted(
        title=found.title or named,
        author=found.author or author,
        publisher="",
        published="",
        language=found.language or language_of(found.text),
        blocks=found.blocks + struck,
    )


def _contents(data: bytes) -> tuple[list[list[Run]], dict[str, Any], int]:
    """The runs of each page that there was time to read, what the file says of itself, and its pages."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise Invalid(_("This PDF is locked with a password. Save it without one and try again."))
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise Invalid(
            _(
                "This PDF has {count} pages, and {most_pages} is the limit. Save only the article’s pages."
            ).format(count=count, most_pages=MOST_PAGES)
        )
    room = [MOST_TEXT]
    pages: list[list[Run]] = []
    began = process_time()
    for page in reader.pages:
        if pages and process_time() - began > MOST_SECONDS_OF_PAGES:
            break
        pages.append(_runs(page, room))
    return pages, dict(reader.metadata or {}), count


def _runs(page: Any, room: list[int]) -> list[Run]:
    runs: list[Run] = []

    def visit(text: str, matrix: Any, place: Any, _font: Any, size: float) -> None:
        shown = text.strip("\n").translate(LIGATURES)
        room[0] -= len(shown)
        if not shown.strip():
            return
        if room[0] < 0:
            raise Invalid(TOO_LONG)
        x = place[4] * matrix[0] + place[5] * matrix[2] + matrix[4]
        y = place[4] * matrix[1] + place[5] * matrix[3] + matrix[5]
        height = abs(size * (place[3] or place[0] or 1) * (matrix[3] or 1)) or 1.0
        runs.append(Run(shown, float(x), float(y), float(height)))

    page.extract_text(visitor_text=visit)
    return runs

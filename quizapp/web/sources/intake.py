"""From the form to an article: what was pasted, uploaded or linked is read, with no transaction open."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import nullcontext
from typing import TypeVar

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _, marked
from quizapp.domain.sources.articles.blocks import Extracted
from quizapp.services.sources.reading.formats import read_text
from quizapp.services.sources.reading.isolated import read_isolated
from quizapp.services.sources.retrieval import fetch
from quizapp.settings import Settings
from quizapp.web.frame.http.turns import FETCHING, READING, Busy, Places, aside
from quizapp.web.sources.forms import LONGEST_PASTE, AddForm

Read = TypeVar("Read")
SHORT = 100_000  # characters of plain text that need no process of their own
BUSY = marked(
    "Other articles are being processed, so this one has to wait. Nothing was saved. Try "
    "again in half a minute; a file has to be chosen again."
)
_MARKUP = re.compile(r"<(?:!doctype|html|body|p|div|article)\b[^>]*>", re.IGNORECASE)


class Refused(Exception):
    """What was brought cannot be read. field: where to say so; busy: it can, later."""

    def __init__(self, field: str, message: str, *, busy: bool = False) -> None:
        super().__init__(message)
        self.field, self.busy = field, busy


def bring(form: AddForm, settings: Settings) -> tuple[Extracted, str]:
    """The article, and the address it was fetched from ("" where it was not). Raises Refused.

    A file goes before a link, a link before what is pasted: pasting is what happens by accident.
    """
    link, upload = (form.link.data or "").strip(), form.file.data
    if upload:
        with upload.stream as stream:
            data = stream.read()
        return _read("file", data, upload.filename or ""), ""
    if link:
        if not settings.fetch_links:
            raise Refused("link", _("This site fetches no links. Open the page and paste its text instead."))
        page = _told("link", lambda: fetch(link), FETCHING)
        return _read("link", page.data, page.name, page.media, page.charset), page.address
    text, markup = form.text.data or "", form.markup.data or ""
    if not text.strip():
        raise Refused("text", _("Paste the article here, choose a file or give a link."))
    if max(len(text), len(markup)) > LONGEST_PASTE:
        raise Refused("text", _("This is more than two million characters. Paste the part that you need."))
    if markup or _MARKUP.search(text[:2000]):
        return _read("text", (markup or text).encode(), "pasted.html", charset="utf-8"), ""
    if len(text) > SHORT:
        return _read("text", text.encode(), "pasted.txt", charset="utf-8"), ""
    return _told("text", lambda: read_text(text, markup=False)), ""


def _read(field: str, data: bytes, name: str, media: str = "", charset: str = "") -> Extracted:
    return _told(field, lambda: read_isolated(data, name, media=media, charset=charset), READING)


def _told(field: str, read: Callable[[], Read], places: Places | None = None) -> Read:
    """What reading gives, in one of the places if it takes long; what it refuses is said beside the field."""
    try:
        with aside(places) if places is not None else nullcontext():
            return read()
    except Invalid as error:
        raise Refused(field, str(error)) from None
    except Busy:
        raise Refused(field, _(BUSY), busy=True) from None

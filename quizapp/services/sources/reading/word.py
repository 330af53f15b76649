"""Word files (.docx): mammoth makes HTML of them, which is read like a page."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from xml.etree.ElementTree import ParseError

import mammoth
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _
from quizapp.domain.sources.articles.blocks import Extracted
from quizapp.domain.sources.articles.extracting import extract_html
from quizapp.services.sources.reading.unpacking import DAMAGED, Archive

STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Caption'] => figcaption:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
"""
BEFORE_XML = b"\xef\xbb\xbf\xfe\xff\0 \t\r\n"  # marks of an encoding, the zeros of wide letters, and blanks
_DUBLIN = "{http://purl.org/dc/elements/1.1/}"


def read_word(data: bytes) -> Extracted:
    """The article in a Word file; raises Invalid for one that is damaged, locked or a bomb."""
    archive = Archive(data)
    if "word/document.xml" not in archive.names():
        raise Invalid(_("This isn’t a Word file (.docx). If it’s an old .doc, save it as .docx in Word."))
    for name in archive.names():
        content = archive.read(name)
        if name.casefold().endswith((".xml", ".rels")) or content[:1000].lstrip(BEFORE_XML).startswith(b"<"):
            _checked(content)  # a relationship may call a part by any name
    data = _without_hidden(archive, data)
    try:
        body = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(lambda _: {"src": ""}),
        ).value
    except Exception:  # noqa: BLE001 whatever a library meets in a damaged file is one thing to a person
        raise Invalid(DAMAGED) from None
    title, author = _properties(archive)
    head = f"<title>{escape(title)}</title>" if title else ""
    found = extract_html(f"<html><head>{head}</head><body>{body}</body></html>")
    return Extracted(found.title, found.author or author, "", "", found.language, found.blocks)


_HIDDEN_RUN = re.compile(
    rb"<w:r[ >](?:(?!</w:r>).)*?<w:rPr>(?:(?!</w:rPr>).)*?<w:vanish(?: w:val=\"(?:1|true|on)\")?\s*/>"
    rb".*?</w:r>",
    re.DOTALL,
)


def _without_hidden(archive: Archive, data: bytes) -> bytes:
    """The file without runs that Word hides: a teacher’s answers are no part of what students read."""
    body = archive.read("word/document.xml")
    shown = _HIDDEN_RUN.sub(b"", body)
    if shown == body:
        return data
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in archive.names():
            made.writestr(name, shown if name == "word/document.xml" else archive.read(name))
    return out.getvalue()


def _checked(content: bytes) -> None:
    """Raises Invalid for XML with a document type or entities: no Word file needs them."""
    try:
        fromstring(content, forbid_dtd=True)
    except (DefusedXmlException, ParseError, RecursionError, LookupError, ValueError):
        raise Invalid(DAMAGED) from None


def _properties(archive: Archive) -> tuple[str, str]:
    """Title and author as the file's properties state them."""
    if "docProps/core.xml" not in archive.names():
        return "", ""
    root = fromstring(archive.read("docProps/core.xml"), forbid_dtd=True)
    title, author = (root.findtext(f"{_DUBLIN}{name}") or "" for name in ("title", "creator"))
    return title.strip(), author.strip()

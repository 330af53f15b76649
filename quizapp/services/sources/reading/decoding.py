"""Bytes to text: by what is stated, by a byte-order mark, by a page's own word, then by trying."""

from __future__ import annotations

import logging
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from bs4.dammit import EncodingDetector, UnicodeDammit

from quizapp.domain.errors import Invalid

_MARKS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
FEW = 0.4  # share of bytes beyond ASCII up to which a text is in a western language


def decoded(data: bytes, *, stated: str = "", markup: bool = False) -> str:
    """The text of a file. stated: the charset its sender names; markup: a page may name its own.

    Raises Invalid for what is no text in any encoding.
    """
    mark = next((name for start, name in _MARKS.items() if data.startswith(start)), "")
    if not mark.startswith("utf-16") and b"\0" in data[:2048]:
        raise Invalid("This file is not text. Save the article as text, HTML, PDF, Word or EPUB.")
    named = EncodingDetector.find_declared_encoding(data[:4096], is_html=True) if markup else None
    for name in filter(None, (mark, stated, named, "utf-8")):
        try:
            return data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    if sum(byte > 127 for byte in data) <= FEW * len(data):
        return data.decode("cp1252", "replace")
    logging.getLogger("bs4.dammit").setLevel(logging.ERROR)
    return UnicodeDammit(data).unicode_markup or data.decode("cp1252", "replace")

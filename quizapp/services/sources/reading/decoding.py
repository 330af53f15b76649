"""Bytes to text: by what is stated, by a byte-order mark, by a page's own word, then by trying."""

from __future__ import annotations

import logging
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from bs4.dammit import EncodingDetector, UnicodeDammit

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _

_MARKS = {BOM_UTF8: "utf-8-sig", BOM_UTF16_LE: "utf-16", BOM_UTF16_BE: "utf-16"}
# Labels mean what browsers take them for (the WHATWG Encoding Standard): the larger set each time.
_MEANT = {
    **dict.fromkeys(
        ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii", "cp819"), "cp1252"
    ),
    **dict.fromkeys(("iso-8859-9", "latin5", "l5"), "cp1254"),
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "chinese", "csgb2312"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "korean", "ksc5601", "windows-949"), "cp949"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "windows-874"), "cp874"),
    **dict.fromkeys(("unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "iso-8859-8-i": "iso-8859-8",
}
LOOKED_AT = 16_384  # bytes of a page in which it may name its charset
SPOILT = 0.02  # share of bytes beyond ASCII that may be bad in a text that is UTF-8 all the same
FEW = 0.4  # share of bytes beyond ASCII up to which a text is in a western language


def decoded(data: bytes, *, stated: str = "", markup: bool = False) -> str:
    """The text of a file. stated: the charset its sender names; markup: a page may name its own.

    Raises Invalid for what is no text in any encoding.
    """
    mark = next((name for start, name in _MARKS.items() if data.startswith(start)), "")
    if not mark.startswith("utf-16") and b"\0" in data[:2048]:
        raise Invalid(_("This file isn’t text. Save the article as text, HTML, PDF, Word or EPUB."))
    named = (
        EncodingDetector.find_declared_encoding(data[:LOOKED_AT], is_html=True, search_entire_document=True)
        if markup
        else None
    )
    for name in filter(None, (mark, stated, named, "utf-8")):
        found = _read_as(data, _MEANT.get(name.strip().casefold(), name.strip()))
        if found is not None:
            return found.translate(_CONTROLS)
    if sum(byte > 127 for byte in data) <= FEW * len(data):
        return data.decode("cp1252", "replace").translate(_CONTROLS)
    logging.getLogger("bs4.dammit").setLevel(logging.ERROR)
    found = UnicodeDammit(data).unicode_markup or data.decode("cp1252", "replace")
    return found.translate(_CONTROLS)


_CONTROLS = dict.fromkeys(range(0x80, 0xA0))  # nothing that anyone reads


def _read_as(data: bytes, name: str) -> str | None:
    """The text in one encoding; with a sign for what is bad in it, where that is little; None where it is not
    that encoding."""
    try:
        return data.decode(name)
    except LookupError:
        return None
    except UnicodeDecodeError:
        found = data.decode(name, "replace")
    beyond = sum(character > "\x7f" for character in found)
    return found if found.count("\ufffd") <= max(1, SPOILT * beyond) and beyond > 1 else None

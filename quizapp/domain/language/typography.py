"""Texts compared as readers take them: whatever their quotation marks, dashes, spaces and Unicode forms."""

from __future__ import annotations

import re
import unicodedata

_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻]+")
_LOWERED = re.compile("(?<=\\d)[₀₁₂₃₄₅₆₇₈₉]+")


def compatible(text: str) -> str:
    """NFKC, but digits above and below the line stay apart from those on it: 10² is 10^2 and not 102."""
    text = _LOWERED.sub(lambda found: f"_{found[0]}", _RAISED.sub(lambda found: f"^{found[0]}", text))
    return unicodedata.normalize("NFKC", text)


_QUOTES = str.maketrans(
    dict.fromkeys('“”„‟«»″‹›’‘‚‛′´`ʼʻ"', "'") | dict.fromkeys("−‐‑‒–—―⸺⸻﹘﹣－", "-") | {"…": "..."}
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]")
_MARKS = re.compile(r"(?<=[.,;:!?'\"”’\d])(?:\[\d{1,3}\])+")
_DASHES = re.compile(r" ?-{1,3} ?")
_INSIDE = re.compile(r"(?<=') | (?=[';:!?])")


def as_read(text: str) -> str:
    """The same for texts that differ in typography alone: quotation marks and dashes of any kind, an
    ellipsis, spaces, soft hyphens, ligatures, Unicode forms, marks of notes. Figures, words, signs stay."""
    text = _MARKS.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFC", text)))
    text = compatible(text.translate(_QUOTES)).translate(_QUOTES)
    text = re.sub(r"'+", "'", " ".join(text.split()))
    return _INSIDE.sub("", _DASHES.sub("-", text))


def decomposed(text: str) -> str:
    """NFKD in the same way: “512¹” is no 5121."""
    return unicodedata.normalize("NFKD", compatible(text))

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


def decomposed(text: str) -> str:
    """NFKD in the same way: “512¹” is no 5121."""
    return unicodedata.normalize("NFKD", compatible(text))

"""A formula in words, as it is read aloud."""

from __future__ import annotations

import re
from collections import deque

MOST_PARTS = 100  # a longer formula keeps its LaTeX

_PART = re.compile(r"\\[A-Za-z]+|\\.|[{}^_]|[0-9]+(?:[.,][0-9]+)*|\S")
_WORDS = {
    "cdot": "times",
    "times": "times",
    "div": "divided by",
    "pm": "plus or minus",
    "mp": "minus or plus",
    "le": "is at most",
    "leq": "is at most",
    "ge": "is at least",
    "geq": "is at least",
    "ne": "is not",
    "neq": "is not",
    "approx": "is about",
    "equiv": "is equivalent to",
    "infty": "infinity",
    "to": "to",
    "rightarrow": "to",
    "sum": "the sum of",
    "int": "the integral of",
    "lt": "is less than",
    "gt": "is more than",
    "circ": "degrees",
    "in": "in",
    "%": "percent",
    **dict.fromkeys((",", ";", ":", "!", " ", "\\", "quad", "qquad", "left", "right", "displaystyle"), ""),
}
_SIGNS = {"+": "plus", "-": "minus", "−": "minus", "=": "equals", "<": "is less than", ">": "is more than"}
_SIGNS |= {"/": "over", "*": "times", "·": "times"}
_POWERS = {("2",): "squared", ("3",): "cubed"}
_TAKING = {"_": "sub", "\\sqrt": "square root of"}
_LETTERS = frozenset({"\\text", "\\mathrm", "\\operatorname"})

Parts = deque[str]


def spoken(latex: str) -> str:
    """“x squared plus square root of a over b”; a command that is not known is read by its name."""
    parts: Parts = deque(_PART.findall(latex))
    if len(parts) > MOST_PARTS:
        return latex
    words: list[str] = []
    while parts:
        words += _all(parts)
        if parts:
            parts.popleft()  # a brace that closes nothing
    return " ".join(filter(None, words))


def _all(parts: Parts) -> list[str]:
    """The words up to the brace that closes."""
    words: list[str] = []
    while parts and parts[0] != "}":
        words += _one(parts)
    return words


def _argument(parts: Parts) -> list[str]:
    """The words of what a command or a sign takes: a group, or the next part."""
    if not parts or parts[0] == "}":
        return []
    if parts[0] != "{":
        return _one(parts)
    parts.popleft()
    words = _all(parts)
    if parts:
        parts.popleft()
    return words


def _one(parts: Parts) -> list[str]:
    if parts[0] == "{":
        return _argument(parts)
    part = parts.popleft()
    if part == "^":
        power = tuple(_argument(parts))
        words = [_POWERS[power]] if power in _POWERS else ["to the power of", *power]
    elif part in {"\\frac", "\\dfrac", "\\tfrac"}:
        words = [*_argument(parts), "over", *_argument(parts)]
    elif part in _TAKING:
        words = [_TAKING[part], *_argument(parts)]
    elif part in _LETTERS:
        words = ["".join(_argument(parts))]
    else:
        words = [_WORDS.get(part[1:], part[1:]) if part[0] == "\\" else _SIGNS.get(part, part)]
    return words

"""Raised and lowered characters: marks of notes are left out, powers and indexes stay apart from the line.

“512” with a raised “1” is no 5121 and “10” with a raised “26” no 1026: digits above or below the line
become superscript and subscript characters, which no figure swallows.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import Tag

from quizapp.domain.sources.articles.blocks import folded
from quizapp.domain.sources.articles.marks import attribute, names_of

SUPERSCRIPTS = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
SUBSCRIPTS = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_DIGIT = re.compile(r"\d")
_PLAIN = re.compile(r"[\d+\-−–=()]+|(?:\d*[ni])")

_SYMBOLS = r"[*∗⁎†‡§¶#]{1,3}"
_NUMBERS = r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*"
_MARK = re.compile(
    rf"[\[(]?\s*(?:{_NUMBERS}|[a-z]|[ivx]{{1,5}}|(?:note|nb|n)\.?\s\d{{1,3}}|{_SYMBOLS})\s*[\])]?"
)
_BRACKETED = re.compile(r"\[[^\]]{1,60}\]")
_SYMBOL = re.compile(_SYMBOLS)
_NOTED = re.compile(
    r"(?:^|[\s_-])(?:fn-?ref|ftn-?ref|_?ftn|fn|footnote|endnote|note-?ref|doc-noteref|cite[_-]?(?:note|ref)|"
    r"sdfootnote|sdendnote|reference)",
    re.IGNORECASE,
)
_NOTE_ADDRESS = re.compile(r"#_?(?:fn|ftn|footnote|endnote|note|n|f|cite|ref|sd)[-_:.]?\w*\d", re.IGNORECASE)
_BACK = frozenset("↩ ↩︎ ↑ ^ ⤴ ↵".split())
_BEHIND_PUNCTUATION = (*'.,;:!?"”’»…',)
_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub|top|text-top|bottom|text-bottom)\b", re.IGNORECASE)
_CLASSES = {"superscript": "sup", "supscript": "sup", "sup": "sup", "subscript": "sub", "sub": "sub"}
_VARIABLES = frozenset("xyzk")
LONGEST_MARK = 14  # characters; what is longer is a note itself, shown within the text


def position(tag: Tag) -> str:
    """“sup” or “sub” for an element that is above or below the line, else ""."""
    if tag.name in {"sup", "sub"}:
        return str(tag.name)
    if tag.name not in {"span", "font", "small", "a", "b", "i", "em"}:
        return ""
    styled = _STYLE.search(attribute(tag, "style"))
    if styled:
        return "sup" if styled[1].casefold() in {"super", "top", "text-top"} else "sub"
    return next(
        (_CLASSES[name] for name in attribute(tag, "class").casefold().split() if name in _CLASSES), ""
    )


def is_note_mark(tag: Tag, before: str) -> bool:
    """Whether an element is the mark of a note: a number, letter or sign that leads to it, or is named so.
    before: the text that it follows."""
    text = folded(tag.get_text())
    if len(text) > LONGEST_MARK:
        return bool(_BRACKETED.fullmatch(text)) and position(tag) == "sup"
    if tag.name == "a":
        return text in _BACK or _is_marking_link(tag, text, before)
    if position(tag) != "sup" or not text:
        return False
    if _named(tag) or _BRACKETED.fullmatch(text):
        return True
    if not _MARK.fullmatch(text):
        return False
    return _linked(tag) or _is_unlinked_mark(text, before)


def _is_marking_link(link: Tag, text: str, before: str) -> bool:
    if not _MARK.fullmatch(text):
        return False
    if _named(link):
        return True
    address = attribute(link, "href")
    if "#" not in address:
        return False
    raised = position(link) or link.find("sup") is not None
    glued = bool(before) and not before[-1].isspace() and before[-1] not in "([–-/"
    return bool(raised) or glued or bool(_NOTE_ADDRESS.search(address) and _BRACKETED.fullmatch(text))


def _named(tag: Tag) -> bool:
    names = " ".join(
        (names_of(tag), attribute(tag, "role"), attribute(tag, "epub:type"), attribute(tag, "rel"))
    )
    return bool(_NOTED.search(names))


def _linked(tag: Tag) -> bool:
    return tag.find("a") is not None or tag.find_parent("a") is not None


def _is_unlinked_mark(text: str, before: str) -> bool:
    """Without a link only its place tells: behind a mark of punctuation nothing is raised to a power, and
    behind a whole word no letter is."""
    if before.endswith(_BEHIND_PUNCTUATION):
        return True
    word = re.search(r"\w*$", before[-20:])
    size = len(word[0]) if word else 0
    if _SYMBOL.fullmatch(text):
        return size > 1
    spelt = size > 1 and before[-2:].isalpha()
    return (text.isalpha() and size > 3 and spelt) or ("," in text and spelt)


def raised(text: str) -> str:
    """Digits and signs in superscript; other text with a figure behind “^”; words (“th”) as they are."""
    return _moved(text, SUPERSCRIPTS, "^")


def lowered(text: str) -> str:
    """Digits and signs in subscript; other text with a figure behind “_”; words as they are."""
    return _moved(text, SUBSCRIPTS, "_")


def _moved(text: str, table: dict[int, int], sign: str) -> str:
    words = folded(text)
    if _PLAIN.fullmatch(words.replace(" ", "")):
        return words.replace(" ", "").translate(table)
    return f"{sign}{words}" if _DIGIT.match(words) or words in _VARIABLES else words


_DEEPEST = 30


def formula(tag: Tag, depth: int = 0) -> str:
    """A formula (MathML) as a line of text: powers raised, indexes lowered, fractions with a stroke."""
    children = [
        child for child in tag.children if isinstance(child, Tag) and not child.name.startswith("annotation")
    ]
    if not children or depth > _DEEPEST:
        return folded(tag.get_text())
    parts = [formula(child, depth + 1) for child in children]
    count, written = _FORMULAS.get(tag.name, (0, "".join))
    return written(parts) if len(parts) == count else "".join(parts)


def _grouped(part: str) -> str:
    return part if len(part) == 1 or part.isalnum() else f"({part})"


_FORMULAS: dict[str, tuple[int, Callable[[list[str]], str]]] = {
    "msup": (2, lambda parts: parts[0] + raised(parts[1])),
    "msub": (2, lambda parts: parts[0] + lowered(parts[1])),
    "msubsup": (3, lambda parts: parts[0] + lowered(parts[1]) + raised(parts[2])),
    "mfrac": (2, lambda parts: "/".join(map(_grouped, parts))),
    "msqrt": (1, lambda parts: f"√{_grouped(parts[0])}"),
}

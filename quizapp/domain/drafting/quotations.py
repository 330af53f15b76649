"""Finding a quotation in an article, whatever its white space, quotation marks and dashes."""

from __future__ import annotations

from collections.abc import Sequence

from quizapp.domain.language.typography import compatible
from quizapp.domain.sources.passages import Paragraph, Sentence

_ALIKE = str.maketrans(
    dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‘’‚‛′´`", "'") | dict.fromkeys("−‐‑‒–—―", "-")
)


def normal(text: str) -> str:
    """The text with one space between words, and one kind of quotation mark, apostrophe and dash."""
    return " ".join(compatible(text).translate(_ALIKE).split())


def locate(quote: str, paragraphs: Sequence[Paragraph]) -> tuple[Sentence, ...]:
    """The sentences that a quotation touches, in order; () where it does not be in one paragraph word
    for word."""
    wanted = normal(quote).strip()
    if not wanted:
        return ()
    for paragraph in paragraphs:
        start = _text(paragraph).find(wanted)
        if start >= 0:
            return tuple(_touched(paragraph, start, start + len(wanted)))
    return ()


def _text(paragraph: Paragraph) -> str:
    return " ".join(normal(sentence.text) for sentence in paragraph.sentences)


def _touched(paragraph: Paragraph, start: int, end: int) -> list[Sentence]:
    found, at = [], 0
    for sentence in paragraph.sentences:
        length = len(normal(sentence.text))
        if at < end and start < at + length:
            found.append(sentence)
        at += length + 1
    return found

"""Missing word (docs.moodle.org/en/Missing_word_format): a sentence with its options in braces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from quizapp.domain.exchange.bundle import Record
from quizapp.domain.exchange.conversion.answers import Answer, Head, Shaped, choice, cloze, entry, refused
from quizapp.domain.exchange.conversion.literal import letters
from quizapp.domain.exchange.conversion.text_lines import utf8_lines
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.library.kinds.asking.gaps import Gap

BLANK = "\\_\\_\\_\\_\\_"


class MissingWord(FileFormat):
    """One right option of several, with feedback; questions end at a blank line. GIFT grew out of it."""

    name = "missing_word"
    title = "Missing word (Moodle)"
    endings = (".txt",)

    def sniff(self, peek: Peek) -> Likelihood:
        found = re.search(r"\{[^{}]*[=~][^{}]*\}", peek.text)
        return Likelihood.POSSIBLE if found and peek.ending in {".txt", ""} else Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:  # noqa: ARG002 a file says all itself
        for line, text in _blocks(utf8_lines(file)):
            shaped = _shaped(text)
            yield entry(f"line {line}", " ".join(text.split())[:80], shaped)


def _blocks(lines: Iterable[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    rows: list[str] = []
    start = 0
    for number, line in lines:
        if line.strip():
            start = start if rows else number
            rows.append(line.strip())
        elif rows:
            yield start, " ".join(rows)
            rows = []
    if rows:
        yield start, " ".join(rows)


def _shaped(text: str) -> Shaped:
    parts = re.fullmatch(r"(?P<before>[^{}]*)\{(?P<block>[^{}]*)\}(?P<after>[^{}]*)", text)
    if parts is None:
        return refused("It needs one pair of braces with the options between them.")
    before, after = letters(parts["before"]), letters(parts["after"])
    given = [_answer(part) for part in re.split(r"~|(?==)", parts["block"]) if part.strip()]
    if not given:
        return refused("There is no option between the braces.")
    if len(given) == 1:
        return cloze(Head(""), (before, after), (Gap(given[0].text.replace("\\", "")),))
    stem = f"{before}{BLANK}{after}" if after.strip() else before.strip()
    return choice(Head(stem), given, many=False)


def _answer(part: str) -> Answer:
    right = part.strip().startswith("=")
    text, _, feedback = part.strip().removeprefix("=").partition("#")
    return Answer(letters(text.strip()), 1.0 if right else 0.0, letters(feedback.strip()))

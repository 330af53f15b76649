"""Aiken (docs.moodle.org/en/Aiken_format): a question, its options from `A)`, and `ANSWER: B`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from quizapp.domain.exchange.bundle import Bundle, Entry, Item, Record, Written
from quizapp.domain.exchange.conversion.answers import Answer, Head, choice, entry, refused
from quizapp.domain.exchange.conversion.literal import letters
from quizapp.domain.exchange.conversion.losses import flat, left_out
from quizapp.domain.exchange.conversion.text_lines import utf8_lines
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse

_OPTION = re.compile(r"^\s*(?P<letter>[A-Z])[.)]\s+(?P<text>.*\S)\s*$")
_ANSWER = re.compile(r"^\s*ANSWER:\s*(?P<letter>[A-Z])?.*$", re.IGNORECASE)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Aiken(FileFormat):
    """One right answer of several; no feedback, no names, no markup."""

    name = "aiken"
    title = "Aiken"
    endings = (".aiken", ".txt")
    writes = frozenset({"single_choice", "true_false"})

    def sniff(self, peek: Peek) -> Likelihood:
        if b"\0" in peek.head or peek.ending not in {".aiken", ".txt", ""}:
            return Likelihood.NO
        lines = peek.text.splitlines()
        answers = any(_ANSWER.match(line) for line in lines)
        options = any(_OPTION.match(line) for line in lines)
        return Likelihood.SURE if answers and options else Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:  # noqa: ARG002 a file says all itself
        return _questions(utf8_lines(file))

    def write(self, bundle: Bundle) -> Written:
        entries: list[Entry] = []
        blocks: list[str] = []
        line = 1
        for item in bundle.items:
            found, block = _written(item, f"line {line}")
            entries.append(found)
            if block:
                blocks.append(block)
                line += block.count("\n") + 2
        return Written(data="\n\n".join([*blocks, ""]).encode(), entries=tuple(entries))


def _questions(lines: Iterable[tuple[int, str]]) -> Iterator[Entry]:
    start, stem = 0, list[str]()
    options: list[tuple[str, str]] = []
    for number, line in lines:
        answer, option = _ANSWER.match(line), _OPTION.match(line)
        if answer and (stem or options):
            yield _entry(start, stem, options, (answer["letter"] or "").upper())
            stem, options = [], []
        elif option and stem and option["letter"] == _LETTERS[len(options) % 26]:
            options.append((option["letter"], option["text"]))
        elif line.strip():
            if options:
                yield _entry(start, stem, options, "")
                stem, options = [], []
            start = start if stem else number
            stem.append(line.strip())
    if stem:
        yield _entry(start, stem, options, "")


def _entry(line: int, stem: list[str], options: list[tuple[str, str]], right: str) -> Entry:
    text = " ".join(stem)
    head = Head(letters(text))
    if not options:
        shaped = refused("It has no options; write each on a line of its own behind “A)”.")
    elif not right:
        shaped = refused("It has no line “ANSWER: X” that names the right option.")
    elif right not in {letter for letter, _ in options}:
        shaped = refused(f"Its answer “{right}” names none of the options.")
    else:
        given = [Answer(letters(words), 1.0 if letter == right else 0.0) for letter, words in options]
        shaped = choice(head, given, many=False)
    return entry(f"line {line}", text[:80], shaped)


def _written(item: Item, place: str) -> tuple[Entry, str]:
    """(what of it is lost, its lines; "" where Aiken has nothing like it)."""
    content = item.content
    given = _options(content)
    if not given:
        return left_out(item, place, "Aiken has questions with one right option only."), ""
    texts = [flat(content.stem), *(flat(text) for text, _ in given)]
    stem, *options = [text for text, _ in texts]
    if len(options) > len(_LETTERS) or _OPTION.match(stem) or _ANSWER.match(stem) or not all(options):
        return left_out(item, place, "Its text looks like an option or an answer of Aiken’s."), ""
    lost = [] if all(same for _, same in texts) else ["Markup and pictures were left out."]
    lost += _unsaid(content)
    if item.tags:
        lost.append("Its tags were left out.")
    right = next(letter for letter, (_, key) in zip(_LETTERS, given, strict=False) if key)
    rows = [f"{letter}) {text}" for letter, text in zip(_LETTERS, options, strict=False)]
    return left_out(item, place, *lost, kept=True), "\n".join([stem, *rows, f"ANSWER: {right}"])


def _options(content: Content) -> list[tuple[str, bool]]:
    """(option, whether it is right); the key stands where its text would stand by the alphabet."""
    match content:
        case SingleChoice():
            others = [(text, False) for text in content.distractors]
            place = sum(text < content.key for text in content.distractors)
            return [*others[:place], (content.key, True), *others[place:]]
        case TrueFalse():
            return [("True", content.key), ("False", not content.key)]
    return []


def _unsaid(content: Content) -> list[str]:
    lost = []
    if isinstance(content, TrueFalse):
        lost.append(f"{kind_of(content).title} becomes a choice between two options.")
    if content.rationale or content.hint or (isinstance(content, SingleChoice) and content.feedback):
        lost.append("Explanation, hint and feedback were left out.")
    return lost

"""Hashcards (Markdown): `Q:` with `A:`, and `C:` with `[deletions]`, each asked alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from quizapp.domain.exchange.bundle import Entry, Item, Record
from quizapp.domain.exchange.conversion.answers import Head, Shaped, cloze, entry, refused
from quizapp.domain.exchange.conversion.literal import without_files
from quizapp.domain.exchange.conversion.text_lines import utf8_lines
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.language.markup import plain
from quizapp.domain.library.kinds.asking.gaps import Gap
from quizapp.domain.library.kinds.flip_card import FlipCard

_OPENS = re.compile(r"^(?P<sign>[QAC]):(?:\s+|$)")
_NAME = re.compile(r"^name\s*=\s*\"(?P<name>[^\"]*)\"\s*$")
_DELETION = re.compile(r"(?P<kept>!\[[^\]]*\](?:\([^)]*\))?|\\[\[\]])|\[(?P<hidden>[^\[\]]+)\]")


class _Card(NamedTuple):
    line: int
    sign: str  # Q or C
    text: str
    answer: str | None


class Hashcards(FileFormat):
    """Cards to turn, and texts of which one piece at a time is hidden."""

    name = "hashcards"
    title = "Hashcards (Markdown)"
    endings = (".md",)

    def sniff(self, peek: Peek) -> Likelihood:
        if peek.ending not in {".md", ".markdown", ".txt", ""}:
            return Likelihood.NO
        signs = {match["sign"] for line in peek.text.splitlines() if (match := _OPENS.match(line))}
        if not ({"Q", "A"} <= signs or "C" in signs):
            return Likelihood.NO
        return Likelihood.SURE if peek.ending in {".md", ".markdown"} else Likelihood.LIKELY

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:  # noqa: ARG002 a file says all itself
        deck: list[str] = []
        for card in _cards(utf8_lines(file), deck):
            if card.sign == "Q":
                yield _turned(card, tuple(deck[:1]))
            else:
                yield from _hidden(card, tuple(deck[:1]))


def _cards(lines: Iterable[tuple[int, str]], deck: list[str]) -> Iterator[_Card]:
    """The cards in order. What is in the head of the file as its name goes to `deck`."""
    start, sign, text = 0, "", list[str]()
    answer: list[str] | None = None
    for number, line in lines:
        found = _OPENS.match(line)
        named = _NAME.match(line) if not sign else None
        if named:
            deck.append(named["name"])
        elif found and found["sign"] == "A" and sign == "Q" and answer is None:
            answer = [line[found.end() :]]
        elif (found and found["sign"] != "A") or line.strip() == "---":
            if sign:
                yield _card(start, sign, text, answer)
            start, sign, answer = number, found["sign"] if found else "", None
            text = [line[found.end() :]] if found else []
        elif sign:
            (text if answer is None else answer).append(line)
    if sign:
        yield _card(start, sign, text, answer)


def _card(start: int, sign: str, text: list[str], answer: list[str] | None) -> _Card:
    return _Card(start, sign, "\n".join(text).strip(), None if answer is None else "\n".join(answer).strip())


def _turned(card: _Card, deck: tuple[str, ...]) -> Entry:
    place, title = f"line {card.line}", plain(card.text)[:80]
    if not card.answer:
        return entry(place, title, refused("The question has no answer; write it behind “A:”."))
    (stem, lost), (answer, more) = without_files(card.text), without_files(card.answer)
    made = FlipCard(stem=stem, answer=answer)
    return entry(place, title, Shaped(made, (*lost, *more)), Item(content=made, deck=deck))


def _hidden(card: _Card, deck: tuple[str, ...]) -> Iterator[Entry]:
    """A question for each deletion, the others shown; they test one text, so no two come on one day."""
    text, notes = without_files(card.text)
    found = [match for match in _DELETION.finditer(text) if match["hidden"]]
    if not found:
        yield entry(
            f"line {card.line}", card.text[:80], refused("It has no piece in square brackets to hide.")
        )
    for number, chosen in enumerate(found, start=1):
        before = _shown(text[: chosen.start()])
        after = _shown(text[chosen.end() :])
        shaped = cloze(Head("", notes=notes), (before, after), (Gap(plain(chosen["hidden"])),))
        assert shaped.content is not None
        fact = sha256(card.text.encode()).hexdigest()[:32] if len(found) > 1 else ""
        item = Item(content=shaped.content, deck=deck, fact=fact)
        yield entry(f"line {card.line}, gap {number}", "", shaped, item)


def _shown(text: str) -> str:
    return _DELETION.sub(lambda found: found["kept"] or found["hidden"], text)

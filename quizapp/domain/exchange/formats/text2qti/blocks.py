"""The questions of a text2qti file: what is on which line, before it is made anything of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_QUESTION = re.compile(r"^(?P<number>[0-9]+)\.(?:\s+(?P<text>.*))?$")
_LETTER = re.compile(r"^(?P<right>\*?)[a-zA-Z]\)\s+(?P<text>.*)$")
_BOX = re.compile(r"^\[(?P<right>[ *]?)\]\s+(?P<text>.*)$")
_TYPED = re.compile(r"^\*\s+(?P<text>.*)$")
_FIGURE = re.compile(r"^=\s+(?P<text>.*)$")
_SAID = re.compile(r"^(?P<sign>\.\.\.|\+|-)\s+(?P<text>.*)$")
_HEAD = re.compile(
    r"^(?:quiz title|quiz description|text title|text|pick|points per question|shuffle answers|"
    r"show correct answers|one question at a time|can't go back|feedback is .*|points|solutions.*)\s*:",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^title:\s*(?P<text>.*)$", re.IGNORECASE)
_ALONE = frozenset({"GROUP", "END_GROUP", "COMMENT", "END_COMMENT"})


@dataclass
class Block:
    """A question. answers: (text, right, what is said to who gives it); sort: one, many, typed, figure;
    why: what keeps it from coming."""

    line: int
    title: str = ""
    stem: str = ""
    rationale: str = ""
    sort: str = ""
    answers: list[tuple[str, bool, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    why: str = ""

    def answer(self, sort: str, text: str, right: bool) -> None:
        """One more answer; all must be of one sort."""
        if self.sort and self.sort != sort:
            self.why = "Its answers are of several sorts."
        self.sort = sort
        self.answers.append((text, right, ""))

    def extend(self, text: str) -> None:
        """A further line of what stands last."""
        if self.answers:
            last, right, said = self.answers[-1]
            joined = (last, right, f"{said}\n{text}") if said else (f"{last}\n{text}", right, said)
            self.answers[-1] = joined
        elif self.rationale:
            self.rationale += f"\n{text}"
        else:
            self.stem += f"\n{text}"


class _File:
    """What is known while the lines of a file go by."""

    def __init__(self) -> None:
        self.block: Block | None = None
        self.title, self.silent, self.group = "", False, False

    def begin(self, number: int, text: str) -> None:
        self.block = Block(number, title=self.title, stem=text)
        self.title = ""
        if self.group:
            self.block.notes.append("It stands in a group of which some are drawn; here each is asked.")

    def is_aside(self, line: str) -> bool:
        """Whether the line is of no question: a comment, or what opens and closes one or a group."""
        bare = line.strip()
        if bare in _ALONE:
            self.silent = bare == "COMMENT" or (self.silent and bare != "END_COMMENT")
            self.group = bare == "GROUP" or (self.group and bare != "END_GROUP")
            return True
        return self.silent or line.startswith("%") or _HEAD.match(line) is not None


def blocks(lines: Iterable[tuple[int, str]]) -> Iterator[Block]:
    """The questions in their order."""
    file = _File()
    for number, line in lines:
        if file.is_aside(line):
            continue
        if found := _QUESTION.match(line):
            if file.block is not None:
                yield file.block
            file.begin(number, found["text"] or "")
        elif found := _TITLE.match(line):
            file.title = found["text"].strip()
        elif file.block is not None and line.startswith("```"):
            file.block.why = "A piece of program stands in it, which is not run here."
        elif file.block is not None:
            _line(file.block, line)
    if file.block is not None:
        yield file.block


def _line(block: Block, line: str) -> None:
    """A line within a question."""
    bare = line.strip()
    if found := _LETTER.match(line):
        block.answer("one", found["text"], bool(found["right"]))
    elif found := _BOX.match(line):
        block.answer("many", found["text"], found["right"] == "*")
    elif found := _FIGURE.match(line):
        block.answer("figure", found["text"], True)
    elif found := _TYPED.match(line):
        block.answer("typed", found["text"], True)
    elif found := _SAID.match(line):
        _said(block, found["sign"], found["text"])
    elif len(bare) >= 3 and set(bare) == {"_"}:
        block.why = "It is an essay: a free text, which cannot be graded here."
    elif len(bare) >= 3 and set(bare) == {"^"}:
        block.why = "It asks for a file, which cannot be graded here."
    elif bare:
        block.extend(bare)
    elif not block.answers and block.stem:
        block.extend("")


def _said(block: Block, sign: str, text: str) -> None:
    if sign == "..." and block.answers:
        last, right, _ = block.answers[-1]
        block.answers[-1] = (last, right, text)
        return
    if sign != "...":
        block.notes.append("What is said to who is right or wrong stands in the explanation.")
    block.rationale = "\n\n".join(part for part in (block.rationale, text) if part)

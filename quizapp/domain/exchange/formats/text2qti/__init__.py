"""Text2qti (Markdown quizzes for Canvas): numbered questions, `*c)` or `[*]` for what is right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO

from quizapp.domain.exchange.bundle import Record
from quizapp.domain.exchange.conversion import answers as shape
from quizapp.domain.exchange.conversion.answers import Answer, Figures, Head, Shaped, refused
from quizapp.domain.exchange.conversion.literal import without_files
from quizapp.domain.exchange.conversion.text_lines import utf8_lines
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.exchange.formats.text2qti.blocks import Block, blocks

_NUMBERED = re.compile(r"^[0-9]+\.\s+\S", re.MULTILINE)
_CHOICE = re.compile(r"^(?:\*?[a-zA-Z]\)|\[[ *]?\])\s+\S", re.MULTILINE)
_RANGE = re.compile(r"\[\s*(?P<low>[^,\]]+)\s*,\s*(?P<high>[^\]]+)\]")
_MARGIN = re.compile(r"(?P<value>\S+)\s*\+-\s*(?P<margin>[0-9.eE+-]+)\s*(?P<percent>%?)")
_MATH = re.compile(r"\$(?P<tex>[^$\n]+)\$")


class Text2qti(FileFormat):
    """Choice, several choices, typed words, figures."""

    name = "text2qti"
    title = "Text2qti (Markdown for Canvas)"
    endings = (".md", ".txt")

    def sniff(self, peek: Peek) -> Likelihood:
        if peek.ending not in {".md", ".markdown", ".txt", ""} or b"\0" in peek.head:
            return Likelihood.NO
        text = peek.text
        if text.lstrip().startswith("Quiz title:"):
            return Likelihood.SURE
        return Likelihood.LIKELY if _NUMBERED.search(text) and _CHOICE.search(text) else Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:  # noqa: ARG002 a file says all itself
        for block in blocks(utf8_lines(file)):
            shaped = _shaped(block)
            title = block.title or " ".join(block.stem.split())[:80]
            yield shape.entry(f"line {block.line}", title, shaped)


def _shaped(block: Block) -> Shaped:
    if block.why:
        return refused(block.why)
    stem, lost = without_files(_markdown(block.stem))
    head = Head(stem, _markdown(block.rationale), notes=(*block.notes, *lost))
    given = [Answer(_line(text), float(right), _markdown(said)) for text, right, said in block.answers]
    if block.sort == "one":
        shaped = _one(head, given)
    elif block.sort == "many":
        shaped = shape.choice(head, given, many=True)
    elif block.sort == "typed":
        forms = [Answer(text.replace("*", r"\*"), 1.0, said) for text, _, said in block.answers]
        shaped = shape.short_answer(head, forms)
    elif block.sort == "figure":
        shaped = _figure(head, block.answers[0][0])
    else:
        shaped = refused("It has no answers.")
    return shaped


def _one(head: Head, given: list[Answer]) -> Shaped:
    """“True” and “False” alone are a statement to judge."""
    texts = {answer.text.casefold(): answer for answer in given}
    if texts.keys() == {"true", "false"} and sum(answer.weight for answer in given) == 1:
        said = {name: answer.feedback for name, answer in texts.items()}
        key = bool(texts["true"].weight)
        return shape.true_false(head, key, if_true=said["true"], if_false=said["false"])
    return shape.choice(head, given, many=False)


def _figure(head: Head, text: str) -> Shaped:
    figures: Figures | None = None
    if found := _RANGE.fullmatch(text.strip()):
        ends = shape.figure(found["low"]), shape.figure(found["high"])
        figures = Figures(low=ends[0], high=ends[1]) if None not in ends else None
    elif found := _MARGIN.fullmatch(text.strip()):
        value, margin = shape.figure(found["value"]), shape.figure(found["margin"])
        if value is not None and margin is not None:
            share = abs(value) * margin / Decimal(100) if found["percent"] else margin
            figures = Figures(value=value, tolerance=share)
    elif (value := shape.figure(text)) is not None:
        figures = Figures(value=value)
    if figures is None:
        return refused(f"“{text[:60]}” is no figure; write 5, 1.41 +- 0.01 or [1.40, 1.42].")
    return shape.numeric(head, [figures])


def _markdown(text: str) -> str:
    """`$x$` is a formula there."""
    return _MATH.sub(lambda found: rf"\({found['tex']}\)", text).strip()


def _line(text: str) -> str:
    return " ".join(_markdown(text).split())

"""Reading GIFT: a file into its questions, and each into the content of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from quizapp.domain.exchange.bundle import Entry, Item
from quizapp.domain.exchange.conversion import answers as shape
from quizapp.domain.exchange.conversion import categories
from quizapp.domain.exchange.conversion.answers import Answer, Figures, Head, Shaped, refused
from quizapp.domain.exchange.conversion.html import Text, from_html, is_html
from quizapp.domain.exchange.conversion.literal import letters, lines
from quizapp.domain.library.kinds.asking.gaps import Gap

BLANK = "\\_\\_\\_\\_\\_"

_MARK = re.compile(r"^\s*\[(?P<name>html|markdown|plain|moodle)\]\s*", re.IGNORECASE)
_WEIGHT = re.compile(r"^\s*%(?P<share>-?[0-9]+(?:\.[0-9]+)?)%")
_TITLE = re.compile(r"^\s*::(?P<title>.*?)::", re.DOTALL)
_NAMED = re.compile(r"\[(?P<what>id|tag):(?P<name>(?:\\\]|[^\]])*)\]")
_VERDICT = re.compile(
    r"^\s*(?P<key>TRUE|FALSE|T|F)\s*(?:#(?P<wrong>[^#]*))?(?:#(?P<right>[^#]*))?$", re.IGNORECASE
)
_CATEGORY = re.compile(r"^\s*\$CATEGORY:(?P<path>.*)$")
_BLOCK = re.compile(r"<(?:p|div|br|ul|ol|table|pre|h[1-6])\b", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([~=#{}:\\n])")
_HIDE, _SHOW = 0xE000, re.compile(r"[\ue000-\ue0ff]")  # what an escaped letter is while signs are looked for


class Chunk(NamedTuple):
    """A question as it is. line: its first; comments: what stood in comments before or in it."""

    line: int
    text: str
    comments: str
    category: tuple[str, ...]


def chunks(numbered: Iterable[tuple[int, str]]) -> Iterator[Chunk]:
    """The questions of a file. One whose braces are open at a blank line goes on, unless another begins."""
    category: tuple[str, ...] = ()
    rows: list[str] = []
    comments: list[str] = []
    start = 0
    gap = False  # a blank line while a brace is open
    for number, line in numbered:
        if found := _CATEGORY.match(line):
            if rows:
                yield Chunk(start, "\n".join(rows), "\n".join(comments), category)
                rows, comments = [], []
            category, gap = categories.category(found["path"]), False
        elif line.lstrip().startswith("//"):
            comments.append(line)
        elif line.strip():
            if gap and (line.lstrip().startswith("::") or _opens(line)):
                yield Chunk(start, "\n".join(rows), "\n".join(comments), category)
                rows, comments = [], []
            gap = False
            start = start if rows else number
            rows.append(line)
        elif rows and _is_open("\n".join(rows)):
            gap = True
        else:
            if rows:
                yield Chunk(start, "\n".join(rows), "\n".join(comments), category)
            rows, comments, gap = [], [], False
    if rows:
        yield Chunk(start, "\n".join(rows), "\n".join(comments), category)


def _is_open(text: str) -> bool:
    bare = _ESCAPED.sub("", text)
    return bare.count("{") > bare.count("}")


def _opens(line: str) -> bool:
    bare = _ESCAPED.sub("", line)
    return "{" in bare and ("}" not in bare or bare.index("{") < bare.index("}"))


def read_chunk(chunk: Chunk) -> Entry:
    """The entry of one question."""
    hidden = _ESCAPED.sub(lambda found: chr(_HIDE + ord(found[1])), _SHOW.sub("", chunk.text))
    title = ""
    if found := _TITLE.match(hidden):
        title, hidden = " ".join(_shown(found["title"]).split()), hidden[found.end() :]
    shaped, stem = _question(hidden)
    named = [
        (tag["what"], tag["name"].replace("\\]", "]").strip()) for tag in _NAMED.finditer(chunk.comments)
    ]
    place = f"line {chunk.line}"
    if shaped.content is None:
        return shape.entry(place, title or " ".join(_shown(stem).split())[:80], shaped)
    item = Item(
        content=shaped.content,
        id=next((name for what, name in named if what == "id"), ""),
        tags=tuple(dict.fromkeys(name for what, name in named if what == "tag" and name)),
        deck=chunk.category,
    )
    return shape.entry(place, title, shaped, item)


def _shown(text: str) -> str:
    """Escaped letters as they are meant."""
    return _SHOW.sub(
        lambda found: "\n" if found[0] == chr(_HIDE + ord("n")) else chr(ord(found[0]) - _HIDE), text
    )


class _Reader(NamedTuple):
    """How a question's texts are written. mark: html, markdown, plain, moodle or "" (guessed)."""

    mark: str

    def read(self, text: str, *, inline: bool = True) -> Text:
        mark = self.mark
        if found := _MARK.match(text):
            mark, text = found["name"].casefold(), text[found.end() :]
        text = _shown(text).strip()
        if mark == "markdown":
            return Text(" ".join(text.split()) if inline else text)
        if mark == "html" or (mark in {"", "moodle"} and is_html(text)):
            if mark != "html" and not _BLOCK.search(text):
                text = text.replace("\n", "<br>")
            return from_html(text, inline=inline)
        if mark != "plain":  # lines are indented for whoever reads the file
            text = re.sub(r"\n[ \t]+", "\n", text)
        return Text(letters(" ".join(text.split())) if inline else lines(text))

    def typed(self, text: str) -> str:
        """An answer to type: letters, without markup."""
        found = _MARK.match(text)
        return " ".join(_shown(text[found.end() :] if found else text).split())


def _question(text: str) -> tuple[Shaped, str]:
    """(what becomes of it, its stem as it is)."""
    mark = ""
    if found := _MARK.match(text):
        mark, text = found["name"].casefold(), text[found.end() :]
    start, end = text.find("{"), text.rfind("}")
    if start < 0 and end < 0:
        return refused("It has no answers in braces: a description, which asks nothing."), text
    if start < 0 or end < start:
        return refused(
            "Its braces do not match. Put a backslash before a brace that is meant as a letter."
        ), text
    before, block, after = text[:start], text[start + 1 : end], text[end + 1 :]
    if "{" in block:
        return refused("It has several sets of answers in braces, which GIFT does not know."), before
    reader = _Reader(mark)
    general = ""
    if "####" in block:
        block, _, general = block.partition("####")
    notes: list[str] = []
    stem = reader.read(f"{before}{BLANK_SIGN}{after}" if after.strip() else before, inline=False)
    rationale = reader.read(general, inline=False)
    notes += [*stem.notes, *rationale.notes]
    head = Head(stem.markdown.replace(BLANK_SIGN, BLANK), rationale.markdown, notes=tuple(notes))
    return _answered(head, block, reader, (before, after)), before


BLANK_SIGN = "\uf8f0"  # stands for the blank while the text is read


def _answered(head: Head, block: str, reader: _Reader, around: tuple[str, str]) -> Shaped:
    bare = block.strip()
    if bare.startswith("#"):
        shaped = _numeric(head, bare[1:], reader)
    elif found := _VERDICT.match(bare):
        right, wrong = (reader.read(found[side] or "", inline=False).markdown for side in ("right", "wrong"))
        key = found["key"].upper().startswith("T")
        if_true, if_false = (right, wrong) if key else (wrong, right)
        shaped = shape.true_false(head, key, if_true=if_true, if_false=if_false)
    elif bare:
        shaped = _listed(head, bare, reader, around)
    else:
        shaped = refused("It is an essay: a free text, which cannot be graded here.")
    return shaped


def _listed(head: Head, bare: str, reader: _Reader, around: tuple[str, str]) -> Shaped:
    given, stray = _split(bare)
    pairs = sum("->" in text for _, text in given)
    if stray:
        shaped = refused(f"“{_shown(stray)[:60]}” stands before the first answer; put “=” or “~” before it.")
    elif any(sign == "~" for sign, _ in given):
        shaped = _choice(head, given, reader)
    elif pairs == len(given):
        shaped = _matching(head, given, reader)
    elif pairs:
        shaped = refused("Some of its answers are pairs and others are not.")
    else:
        shaped = _short(head, given, reader, around)
    return shaped


def _split(block: str) -> tuple[list[tuple[str, str]], str]:
    """([(“=” or “~”, what follows)], what is before the first)."""
    parts = re.split(r"([=~])", block)
    return list(zip(parts[1::2], parts[2::2], strict=True)), parts[0].strip()


def _weighed(sign: str, text: str) -> tuple[float, str, str]:
    """(weight, answer, feedback)."""
    weight = 1.0 if sign == "=" else 0.0
    if found := _WEIGHT.match(text):
        weight, text = float(found["share"]) / 100, text[found.end() :]
    answer, _, feedback = text.partition("#")
    return max(-1.0, min(1.0, weight)), answer, feedback


def _choice(head: Head, given: list[tuple[str, str]], reader: _Reader) -> Shaped:
    many = not any(sign == "=" for sign, _ in given)
    offered: list[Answer] = []
    notes = list(head.notes)
    for sign, text in given:
        weight, answer, feedback = _weighed(sign, text)
        read, said = reader.read(answer), reader.read(feedback, inline=False)
        notes += [*read.notes, *said.notes]
        offered.append(Answer(read.markdown, weight, said.markdown))
    return shape.choice(head._replace(notes=tuple(notes)), offered, many=many)


def _matching(head: Head, given: list[tuple[str, str]], reader: _Reader) -> Shaped:
    pairs: list[tuple[str, str]] = []
    notes = list(head.notes)
    for _, text in given:
        left, _, right = _weighed("=", text)[1].partition("->")
        read = (reader.read(left), reader.read(right))
        notes += [note for each in read for note in each.notes]
        pairs.append((read[0].markdown, read[1].markdown))
    return shape.matching(head._replace(notes=tuple(notes)), pairs)


def _short(head: Head, given: list[tuple[str, str]], reader: _Reader, around: tuple[str, str]) -> Shaped:
    answers: list[Answer] = []
    for sign, text in given:
        weight, answer, feedback = _weighed(sign, text)
        answers.append(Answer(reader.typed(answer), weight, reader.read(feedback, inline=False).markdown))
    shaped = shape.short_answer(head, answers)
    if shaped.content is None or not around[1].strip():
        return shaped
    forms, refused = shape.forms(shaped.content), shape.refused_forms(shaped.content)
    pieces = head.stem.split(BLANK)
    if len(pieces) != 2:
        return shaped
    gap = Gap(forms[0], forms[1:], refuse=refused)
    return shape.cloze(Head("", shaped.content.rationale, notes=shaped.notes), pieces, [gap])


def _numeric(head: Head, block: str, reader: _Reader) -> Shaped:
    given, alone = _split(block)
    if alone:
        given = [("=", alone), *given]
    figures: list[Figures] = []
    for sign, text in given:
        weight, answer, feedback = _weighed(sign, text)
        said = reader.read(feedback, inline=False).markdown
        if sign == "~" or not answer.strip():
            head = shape.explained(head, (("", said),))
            continue
        read = _figure(_shown(answer.replace(chr(_HIDE + ord(":")), ":")))
        if read is None:
            return refused(
                f"“{_shown(answer).strip()[:60]}” is no figure; write 3.14, 3.14:0.05 or 3.1..3.2."
            )
        figures.append(read._replace(weight=weight, feedback=said))
    return shape.numeric(head, figures)


def _figure(text: str) -> Figures | None:
    """“3.14”, “3.14:0.05” or “3.1..3.2”; None for anything else."""
    low, dots, high = text.partition("..")
    if dots:
        ends = (shape.figure(low), shape.figure(high))
        return None if None in ends else Figures(low=ends[0], high=ends[1])
    value, colon, tolerance = text.partition(":")
    read, margin = shape.figure(value), shape.figure(tolerance) if colon else shape.figure("0")
    return None if read is None or margin is None else Figures(value=read, tolerance=margin)

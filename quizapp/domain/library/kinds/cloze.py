"""Cloze: a text with gaps to fill, each graded on its own.

A gap is written `{{key|accepted|accepted~distractor~distractor}}`; a backslash takes the meaning
from `|`, `~`, `{`, `}` and itself.
"""

from __future__ import annotations

import functools
import math
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.language import numbers
from quizapp.domain.language import text as texts
from quizapp.domain.library.kinds.base import (
    Choices,
    Content,
    Control,
    Example,
    Format,
    GaveUp,
    Grade,
    Kind,
    Outline,
    Part,
    Prompt,
    Proof,
    Response,
    TextEntry,
    Typed,
)
from quizapp.domain.library.kinds.presenting import present
from quizapp.domain.library.kinds.soundness import (
    LONGEST_OPTION,
    blank,
    common_problems,
    option_problems,
    text_problems,
)

FEWEST_DISTRACTORS, MOST_DISTRACTORS = 2, 6
MOST_GAPS = 20
BLANK = "____"


class Cloze(Content, frozen=True, kw_only=True, tag="cloze", tag_field="kind"):
    """The gaps stand in the stem."""


# --- the grammar ---------------------------------------------------------------------------------


class Gap(NamedTuple):
    """What is right in one gap, and the wrong options offered for it."""

    key: str
    accept: tuple[str, ...] = ()
    distractors: tuple[str, ...] = ()


class GappedText(NamedTuple):
    """Text around gaps: len(pieces) == len(gaps) + 1."""

    pieces: tuple[str, ...]
    gaps: tuple[Gap, ...]


_SYMBOL = re.compile(r"\\[|~{}\\]|\{\{|\}\}|.", re.DOTALL)
_IN_PIECE, _IN_FORM = re.compile(r"[{}\\]"), re.compile(r"[|~{}\\]")


@functools.lru_cache(maxsize=256)
def parse(stem: str) -> GappedText:
    """Read a stem. Raises InvalidContent where a gap is empty, not closed or within another."""
    pieces: list[list[str]] = [[]]
    gaps: list[Gap] = []
    forms: list[list[str]] = []  # of the gap being read; each opens with its mark
    for symbol in _SYMBOL.findall(stem):
        if symbol == "{{":
            if forms:
                raise _invalid(f"Close gap {len(gaps) + 1} with “}}}}” before the next “{{{{”.")
            forms.append([""])
        elif not forms:
            pieces[-1].append(_literal(symbol))
        elif symbol == "}}":
            gaps.append(_gap(forms, len(gaps) + 1))
            pieces.append([])
            forms = []
        elif symbol in {"|", "~"}:
            forms.append([symbol])
        else:
            forms[-1].append(_literal(symbol))
    if forms:
        raise _invalid(f"Close gap {len(gaps) + 1} with “}}}}”.")
    return GappedText(tuple("".join(piece) for piece in pieces), tuple(gaps))


def dump(gapped: GappedText) -> str:
    """The stem that `parse` reads back as the same text and gaps."""
    written = [_escaped(gapped.pieces[0], _IN_PIECE)]
    for gap, piece in zip(gapped.gaps, gapped.pieces[1:], strict=True):
        forms = [_escaped(gap.key, _IN_FORM)]
        forms += [f"|{_escaped(form, _IN_FORM)}" for form in gap.accept]
        forms += [f"~{_escaped(form, _IN_FORM)}" for form in gap.distractors]
        written += ["{{", *forms, "}}", _escaped(piece, _IN_PIECE)]
    return "".join(written)


def _gap(forms: list[list[str]], number: int) -> Gap:
    marked = [(mark, "".join(letters).strip()) for mark, *letters in forms]
    if not all(form for _, form in marked):
        raise _invalid(f"Gap {number} holds an empty form; write one or remove the “|” or “~”.")
    accept, distractors = (tuple(form for mark, form in marked if mark == wanted) for wanted in "|~")
    return Gap(marked[0][1], accept, distractors)


def _literal(symbol: str) -> str:
    return symbol[1] if len(symbol) > 1 and symbol[0] == "\\" else symbol


def _escaped(text: str, special: re.Pattern[str]) -> str:
    return special.sub(lambda found: f"\\{found.group()}", text)


def _invalid(message: str) -> InvalidContent:
    return InvalidContent(message, (Problem("stem", message),))


# --- the kind ------------------------------------------------------------------------------------


class ClozeKind(Kind[Cloze]):
    """The score is the share of gaps filled right."""

    name = "cloze"
    title = "Cloze"
    usual = 2
    for_models = "stem with one gap written {{answer}}, in the words of the quoted sentence"
    summary = "For facts that belong together in a sentence: fill the gaps by typing or choosing."
    content_type = Cloze
    fields = ()

    @property
    def examples(self) -> tuple[Example[Cloze], ...]:
        return (
            Example(
                Cloze(
                    stem="The {{Danube|Donau~Rhine~Elbe}} flows into the {{Black Sea~North Sea~Adriatic}}.",
                    rationale="It rises in Germany and ends in a delta in Romania and Ukraine.",
                    hint="Vienna lies on it.",
                ),
                right=(
                    Typed(("Danube", "Black Sea")),
                    Typed(("donau", "the black sea")),
                    Typed(("Dnaube", "Black-Sea")),
                ),
                partly=(Typed(("Danube", "North Sea")), Typed(("", "Black Sea"))),
                wrong=(Typed(("Rhine", "North Sea")), Typed(("Black Sea", "Danube")), GaveUp()),
                malformed=(
                    {"gap1": ["3"]},
                    {"gap1": ["Danube", "Rhine"], "gap2": ["Black Sea"]},
                    {"gap1": ["Danube"], "gap2": ["a\x00"]},
                ),
            ),
            Example(
                Cloze(stem=r"In set notation, \{2, {{3}}, 5, 7\} holds the primes below {{10|ten}}."),
                right=(Typed(("3", "10")), Typed(("three", "10.0"))),
                partly=(Typed(("4", "10")),),
                wrong=(Typed(("4", "100")), GaveUp()),
                malformed=({"gap1": ["x" * 1001]}, {"gap2": ["1", "2"]}),
            ),
        )

    def problems(self, content: Cloze) -> tuple[Problem, ...]:
        if found := tuple(common_problems(content)):
            return found
        try:
            gapped = parse(content.stem)
        except InvalidContent as error:
            return error.problems
        return tuple(_problems(gapped))

    def formats(self, content: Cloze) -> tuple[Format, ...]:
        gaps = parse(content.stem).gaps
        choosable = gaps and all(len(gap.distractors) >= FEWEST_DISTRACTORS for gap in gaps)
        return (Format.CHOOSE, Format.TYPE) if choosable else (Format.TYPE,)

    def prompt(self, content: Cloze, format: Format, seed: str) -> Prompt:
        pieces, gaps = parse(content.stem)
        controls = tuple(_control(number, gap, format, seed) for number, gap in enumerate(gaps, start=1))
        return Prompt(self.name, format, "", controls, pieces, has_hint=bool(content.hint))

    def grade(self, content: Cloze, response: Response) -> Grade:
        gaps = parse(content.stem).gaps
        match response:
            case GaveUp():
                return Grade(0.0, tuple(Part("", gap.key, 0.0) for gap in gaps))
            case Typed(given) if given and len(given) == len(gaps):
                parts = tuple(_part(text, gap, gaps) for text, gap in zip(given, gaps, strict=True))
                return Grade(sum(part.score for part in parts) / len(parts), parts)
            case _:
                raise self.refuse(response)

    def proof(self, content: Cloze) -> Proof:  # noqa: ARG002 whatever its gaps are
        return "gaps"

    def outline(self, content: Cloze) -> Outline:
        gaps = parse(content.stem).gaps
        return Outline(
            keys=tuple(gap.key for gap in gaps),
            accept=tuple(form for gap in gaps for form in gap.accept),
            distractors=tuple(form for gap in gaps for form in gap.distractors),
        )

    def headline(self, content: Cloze) -> str:
        return BLANK.join(parse(content.stem).pieces)

    def chance(self, content: Cloze, format: Format) -> float:
        gaps = parse(content.stem).gaps
        chosen = math.prod(1 / (1 + len(gap.distractors)) for gap in gaps)
        return max(texts.CHANCE, chosen) if format is Format.CHOOSE else texts.CHANCE

    def judged_by(self, content: Cloze) -> object:
        """The gaps' right forms, which stand in the stem."""
        return tuple((gap.key, gap.accept) for gap in parse(content.stem).gaps)

    def accepting(self, content: Cloze, response: Response) -> Cloze | None:
        """What stands in the gaps that were graded wrong becomes also right there."""
        match response:
            case Typed(given) if all(text.strip() for text in given):
                pieces, gaps = parse(content.stem)
                parts = self.grade(content, response).parts
                wider = tuple(
                    gap if part.score else gap._replace(accept=(*gap.accept, text.strip()))
                    for gap, part, text in zip(gaps, parts, given, strict=True)
                )
                return msgspec.structs.replace(content, stem=dump(GappedText(pieces, wider)))
        return None


def _control(number: int, gap: Gap, format: Format, seed: str) -> Control:
    name, label = f"gap{number}", f"Gap {number}"
    if format is Format.CHOOSE:
        return Choices(name, label, present((gap.key, *gap.distractors), f"{seed}/{name}"))
    return TextEntry(name, label, numeric=numbers.is_plain(gap.key))


def _part(text: str, gap: Gap, gaps: Iterable[Gap]) -> Part:
    """The other gaps' keys are near misses: no slip turns one into this gap's."""
    others = tuple(other.key for other in gaps if other.key != gap.key)
    match = texts.best_match(text, (gap.key, *gap.accept), distractors=(*gap.distractors, *others))
    return Part(text[: texts.LONGEST], gap.key, 1.0 if match else 0.0, match.forgiven if match else ())


def _problems(gapped: GappedText) -> Iterator[Problem]:
    pieces, gaps = gapped
    if not gaps:
        yield Problem("stem", "Mark at least one gap: {{answer}}.")
    if len(gaps) > MOST_GAPS:
        yield Problem("stem", f"Leave at most {MOST_GAPS} gaps; there are {len(gaps)}.")
    if all(blank(piece) for piece in pieces):
        yield Problem("stem", "Write some text around the gaps.")
    for number, gap in enumerate(gaps, start=1):
        for problem in _gap_problems(gap):
            yield Problem("stem", f"Gap {number}: {problem}")


def _gap_problems(gap: Gap) -> Iterator[str]:
    found = [
        *option_problems((("gap", (gap.key, *gap.distractors)),)),
        *(problem for form in gap.accept for problem in text_problems("gap", form, LONGEST_OPTION)),
    ]
    yield from (problem.message for problem in found)
    accepted = (gap.key, *gap.accept)
    if len(set(accepted)) < len(accepted):
        yield "an accepted form stands twice; remove one."
    if len(gap.distractors) > MOST_DISTRACTORS:
        yield f"give at most {MOST_DISTRACTORS} distractors; there are {len(gap.distractors)}."
    for form in () if found else gap.distractors:
        if texts.best_match(form, accepted, exact=True):
            yield f"“{form}” would be graded right when typed; replace it."

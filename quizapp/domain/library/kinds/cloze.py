"""Cloze: a text with gaps to fill, each graded on its own; `gaps` reads the text."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import permutations

import msgspec

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.language import numbers
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.grading.deciding import decide
from quizapp.domain.library.grading.verdicts import CHANCE, LONGEST, Question, Strictness, Verdict
from quizapp.domain.library.kinds.asking.gaps import Gap, GappedText, dump, parse
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
from quizapp.domain.library.kinds.writing.soundness import (
    LONGEST_OPTION,
    blank,
    common_problems,
    option_problems,
    text_problems,
)

FEWEST_DISTRACTORS, MOST_DISTRACTORS = 2, 20
MOST_GAPS = 20
MOST_LOOSE = 5  # gaps that are tried in every order
BLANK = "____"

_JOINER = re.compile(r"\s*(?:,|;|/|&|,?\s*(?:and|or))\s*", re.IGNORECASE)
_FIXED = re.compile(r"\b(?:between|from|first)\s*$", re.IGNORECASE)
_RESPECTIVELY = re.compile(r"\b(?:respectively|in that order|in this order)\b", re.IGNORECASE)


class Cloze(Content, frozen=True, kw_only=True, tag="cloze", tag_field="kind"):
    """The gaps are in the stem."""


# --- the kind ------------------------------------------------------------------------------------


class ClozeKind(Kind[Cloze]):
    """The score is the share of gaps filled right."""

    name = "cloze"
    title = marked("Cloze")
    usual = 2
    can_be_typed = True
    for_models = "stem with one gap written {{answer}}, in the words of the quoted sentence"
    summary = marked(
        "For facts that belong together in a sentence: students fill the gaps by typing or choosing."
    )
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
                parts = _parts(given, parse(content.stem))
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
        return max(CHANCE, chosen) if format is Format.CHOOSE else CHANCE

    def judged_by(self, content: Cloze) -> object:
        """The gaps' right forms, which are in the stem."""
        return tuple((gap.key, gap.accept, gap.refuse) for gap in parse(content.stem).gaps)

    def accepting(self, content: Cloze, response: Response) -> Cloze | None:
        """What is in the gaps that were graded wrong becomes also right there."""
        return self._rewritten(content, response, _accepting)

    def refusing(self, content: Cloze, response: Response) -> Cloze | None:
        """What is in the gaps that grading was not sure of becomes wrong there."""
        return self._rewritten(content, response, _refusing)

    def _rewritten(
        self, content: Cloze, response: Response, change: Callable[[Gap, Part, str], Gap]
    ) -> Cloze | None:
        match response:
            case Typed(given) if all(text.strip() for text in given):
                pieces, gaps = parse(content.stem)
                parts = self.grade(content, response).parts
                changed = tuple(
                    change(gap, part, part.given.strip()) for gap, part in zip(gaps, parts, strict=True)
                )
                return msgspec.structs.replace(content, stem=dump(GappedText(pieces, changed)))
        return None


def _accepting(gap: Gap, part: Part, text: str) -> Gap:
    if part.score:
        return gap
    same = Question((text,), strictness=Strictness.SPELLING)
    refuse = tuple(form for form in gap.refuse if decide(form, same).verdict is not Verdict.RIGHT)
    return gap._replace(accept=(*gap.accept, text), refuse=refuse)


def _refusing(gap: Gap, part: Part, text: str) -> Gap:
    return gap._replace(refuse=(*gap.refuse, text)) if part.unsure else gap


def _control(number: int, gap: Gap, format: Format, seed: str) -> Control:
    name, label = f"gap{number}", f"Gap {number}"
    if format is Format.CHOOSE:
        return Choices(name, label, present((gap.key, *gap.distractors), f"{seed}/{name}"))
    return TextEntry(name, label, numeric=numbers.is_plain(gap.key), strictness=gap.strictness)


def _parts(given: tuple[str, ...], gapped: GappedText) -> tuple[Part, ...]:
    """Each gap with what was typed; in gaps that may change places, as it fits best."""
    graded: dict[int, Part] = {}
    for group in _groups(gapped):
        texts = [given[place] for place in group]
        tried = {
            (text, place): _part(text, place, gapped, group)
            for at, place in enumerate(group)
            for text in (texts if len(texts) <= MOST_LOOSE else texts[at : at + 1])
        }
        orders = [[tried[pair] for pair in zip(order, group, strict=True)] for order in _orders(texts)]
        graded |= dict(zip(group, max(orders, key=_fit), strict=True))
    return tuple(graded[place] for place in range(len(given)))


def _orders(texts: list[str]) -> list[tuple[str, ...]]:
    return list(permutations(texts)) if len(texts) <= MOST_LOOSE else [tuple(texts)]


def _fit(parts: Iterable[Part]) -> float:
    return sum(part.score + part.unsure / 2 for part in parts)


def _groups(gapped: GappedText) -> Iterator[tuple[int, ...]]:
    """The gaps that may change places: those so marked, and neighbours joined by “and”, “or” or a comma."""
    gaps, pieces = gapped.gaps, gapped.pieces
    loose = tuple(place for place, gap in enumerate(gaps) if gap.loose)
    if loose:
        yield loose
    run: list[int] = []
    for place in (place for place in range(len(gaps)) if place not in loose):
        if run and not (run[-1] == place - 1 and _JOINER.fullmatch(pieces[place])):
            yield tuple(run)
            run = []
        run.append(place)
        if _FIXED.search(pieces[place]) or _RESPECTIVELY.search(gapped.pieces[-1]):
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _part(text: str, place: int, gapped: GappedText, group: tuple[int, ...]) -> Part:
    """The other gaps' keys are near misses: no slip turns one into this gap's."""
    gap = gapped.gaps[place]
    others = tuple(
        other.key for at, other in enumerate(gapped.gaps) if other.key != gap.key and at not in group
    )
    stem = " ".join((*gapped.pieces, *(other.key for other in gapped.gaps if other is not gap)))
    judged = decide(
        text,
        Question(
            (gap.key, *gap.accept),
            gap.refuse,
            (*gap.distractors, *others),
            stem,
            gap=True,
            strictness=gap.strictness,
        ),
    )
    right = judged.verdict is Verdict.RIGHT
    return Part(
        text[:LONGEST], gap.key, float(right), judged.forgiven, unsure=judged.verdict is Verdict.UNSURE
    )


def _problems(gapped: GappedText) -> Iterator[Problem]:
    pieces, gaps = gapped
    if not gaps:
        yield Problem("stem", _("Mark at least one gap: {{answer}}."))
    if len(gaps) > MOST_GAPS:
        yield Problem(
            "stem",
            _("Leave at most {most_gaps} gaps; there are {count}.").format(
                most_gaps=MOST_GAPS, count=len(gaps)
            ),
        )
    if all(blank(piece) for piece in pieces):
        yield Problem("stem", _("Write some text around the gaps."))
    for number, gap in enumerate(gaps, start=1):
        for problem in _gap_problems(gap):
            yield Problem("stem", f"Gap {number}: {problem}")


def _gap_problems(gap: Gap) -> Iterator[str]:
    found = [
        *option_problems((("gap", (gap.key, *gap.distractors)),)),
        *(
            problem
            for form in (*gap.accept, *gap.refuse)
            for problem in text_problems("gap", form, LONGEST_OPTION)
        ),
    ]
    yield from (problem.message for problem in found)
    accepted = (gap.key, *gap.accept)
    if len(set(accepted)) < len(accepted):
        yield _("an accepted form is there twice. Remove one.")
    spelled = Question(accepted, strictness=Strictness.SPELLING)
    for form in () if found else gap.refuse:
        if decide(form, Question(accepted, strictness=Strictness.EXACT)).verdict is Verdict.RIGHT:
            yield _("“{form}” is also accepted. Remove one of them.").format(form=form)
    if len(gap.distractors) > MOST_DISTRACTORS:
        yield _("give at most {most_distractors} distractors; there are {count}.").format(
            most_distractors=MOST_DISTRACTORS, count=len(gap.distractors)
        )
    for form in () if found else gap.distractors:
        if decide(form, spelled).verdict is Verdict.RIGHT:
            yield _("“{form}” would be graded right when typed. Replace it.").format(form=form)

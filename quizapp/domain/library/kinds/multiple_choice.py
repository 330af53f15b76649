"""Multiple choice: all that is true among several options."""

# The protocol names the arguments; not every kind needs all of them.
# ruff: noqa: ARG002

from __future__ import annotations

from math import comb

from msgspec.structs import force_setattr

from quizapp.domain.errors import Problem
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds.base import (
    Choices,
    Chosen,
    Content,
    Example,
    Format,
    GaveUp,
    Grade,
    Kind,
    Outline,
    Part,
    Prompt,
    Response,
)
from quizapp.domain.library.kinds.presenting import present
from quizapp.domain.library.kinds.writing.feedback import Feedback, by_option
from quizapp.domain.library.kinds.writing.fields import FieldSpec
from quizapp.domain.library.kinds.writing.soundness import (
    common_problems,
    count_problems,
    feedback_problems,
    option_problems,
)

MOST_OPTIONS = 20
LEAST_CHANCE = 0.001


class MultipleChoice(Content, frozen=True, kw_only=True, tag="multiple_choice", tag_field="kind"):
    """`partial`: part of the keys earns part of the score; `feedback`: (option, what to say)."""

    keys: tuple[str, ...]
    distractors: tuple[str, ...]
    partial: bool = True
    feedback: Feedback = ()

    def __post_init__(self) -> None:
        force_setattr(self, "feedback", by_option(self.feedback, (*self.keys, *self.distractors)))


class MultipleChoiceKind(Kind[MultipleChoice]):
    """score = share of the keys chosen − share of the wrong options chosen, not below 0, so that all and
    none earn nothing; or all or nothing."""

    name = "multiple_choice"
    title = marked("Multiple choice")
    summary = marked(
        "For sets: which of these belong? Several answers are right, and students choose them all."
    )
    content_type = MultipleChoice
    fields = (
        FieldSpec("keys", marked("Right answers"), "lines", required=True, role="right"),
        FieldSpec(
            "distractors",
            marked("Wrong answers"),
            "lines",
            marked("Tick each that’s right."),
            required=True,
            role="wrong",
        ),
        FieldSpec("partial", marked("Partial credit"), "flag"),
        FieldSpec("feedback", marked("Feedback"), "pairs", role="feedback"),
    )

    @property
    def examples(self) -> tuple[Example[MultipleChoice], ...]:
        return (
            Example(
                MultipleChoice(
                    stem="Which of these are noble gases?",
                    keys=("Argon", "Neon"),
                    distractors=("Chlorine", "Nitrogen"),
                    feedback=(("Nitrogen", "Nitrogen is slow to react, but it does."),),
                ),
                right=(Chosen(("Argon", "Neon")),),
                wrong=(Chosen(("Chlorine",)), Chosen(("Argon", "Nitrogen")), GaveUp()),
                partly=(Chosen(("Neon",)), Chosen(("Argon", "Neon", "Nitrogen"))),
                malformed=({"choices": ["4"]}, {"choices": ["0", "0"]}, {"choices": ["Neon"]}),
            ),
            Example(
                MultipleChoice(
                    stem="Which of these numbers are prime?",
                    keys=("2", "11", "13"),
                    distractors=("9",),
                    partial=False,
                    hint="One is even.",
                ),
                right=(Chosen(("11", "13", "2")),),
                wrong=(Chosen(("11", "13")), Chosen(("11", "13", "2", "9")), GaveUp()),
                malformed=({"choices": ["0", "7"]},),
            ),
        )

    def problems(self, content: MultipleChoice) -> tuple[Problem, ...]:
        options = (*content.keys, *content.distractors)
        return (
            *common_problems(content),
            *option_problems((("keys", content.keys), ("distractors", content.distractors))),
            *count_problems("keys", content.keys, 1, MOST_OPTIONS, _("right answers")),
            *count_problems("distractors", content.distractors, 1, MOST_OPTIONS, _("wrong answers")),
            *count_problems("distractors", options, 2, MOST_OPTIONS, _("answers in all, right and wrong")),
            *feedback_problems(content.feedback, options),
        )

    def formats(self, content: MultipleChoice) -> tuple[Format, ...]:
        return (Format.CHOOSE,)

    def prompt(self, content: MultipleChoice, format: Format, seed: str) -> Prompt:
        options = present((*content.keys, *content.distractors), seed)
        control = Choices("choices", _("Choose all that apply"), options, many=True)
        return Prompt(self.name, Format.CHOOSE, content.stem, (control,), has_hint=bool(content.hint))

    def grade(self, content: MultipleChoice, response: Response) -> Grade:
        match response:
            case GaveUp():
                return Grade(0.0, _parts(content, ()))
            case Chosen(options):
                return Grade(_score(content, options), _parts(content, options))
            case _:
                raise self.refuse(response)

    def outline(self, content: MultipleChoice) -> Outline:
        return Outline(keys=content.keys, distractors=content.distractors)

    def chance(self, content: MultipleChoice, format: Format) -> float:
        """One of all selections that are not empty."""
        return max(LEAST_CHANCE, 1 / ((1 << len(content.keys) + len(content.distractors)) - 1))

    def chance_of(self, content: MultipleChoice, format: Format, score: float) -> float:
        """Of all selections that are not empty, those worth as much."""
        keys, others = len(content.keys), len(content.distractors)
        if score >= 1 or not content.partial:
            return self.chance(content, format)
        worth = (
            comb(keys, hits) * comb(others, alarms)
            for hits in range(keys + 1)
            for alarms in range(others + 1)
            if hits / keys - alarms / others >= score - 1e-9
        )
        return max(LEAST_CHANCE, sum(worth) / ((1 << keys + others) - 1))


def _score(content: MultipleChoice, options: tuple[str, ...]) -> float:
    chosen, keys = set(options), set(content.keys)
    if chosen == keys:
        return 1.0
    if not content.partial:
        return 0.0
    hits = len(chosen & keys) / len(keys)
    alarms = len(chosen - keys) / max(1, len(content.distractors))
    return max(0.0, hits - alarms)


def _parts(content: MultipleChoice, options: tuple[str, ...]) -> tuple[Part, ...]:
    """Every key with what was made of it, then every option chosen that is none."""
    notes = dict(content.feedback)
    hits = (
        Part(key, key, 1.0, note=notes.get(key, "")) if key in options else Part("", key, 0.0)
        for key in content.keys
    )
    alarms = (
        Part(option, "", 0.0, note=notes.get(option, "")) for option in options if option not in content.keys
    )
    return (*hits, *alarms)

"""Single choice: one best answer among plausible others."""

# The protocol names the arguments; not every kind needs all of them.
# ruff: noqa: ARG002

from __future__ import annotations

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

FEWEST_DISTRACTORS, MOST_DISTRACTORS = 1, 20


class SingleChoice(Content, frozen=True, kw_only=True, tag="single_choice", tag_field="kind"):
    """`feedback`: (option, what to say to someone who chose it)."""

    key: str
    distractors: tuple[str, ...]
    feedback: Feedback = ()

    def __post_init__(self) -> None:
        force_setattr(self, "feedback", by_option(self.feedback, (self.key, *self.distractors)))


class SingleChoiceKind(Kind[SingleChoice]):
    """Right or not; the feedback for the option chosen goes with the grade."""

    name = "single_choice"
    title = marked("Single choice")
    usual = 1
    for_models = "stem, key, distractors (3 wrong answers of the same sort as the key)"
    summary = marked("For seeing a fact the first time: students pick the best answer among plausible ones.")
    content_type = SingleChoice
    fields = (
        FieldSpec(
            "key",
            marked("Right answer"),
            "line",
            required=True,
            role="right",
        ),
        FieldSpec(
            "distractors",
            marked("Wrong answers"),
            "lines",
            marked(
                "Tick the right one, as short and plain as the others. 2 to 6 wrong ones are best, each "
                "plausible to someone who hasn’t read the source."
            ),
            required=True,
            role="wrong",
        ),
        FieldSpec("feedback", marked("Feedback"), "pairs", role="feedback"),
    )

    @property
    def examples(self) -> tuple[Example[SingleChoice], ...]:
        return (
            Example(
                SingleChoice(
                    stem="Which planet is nearest to the Sun?",
                    key="Mercury",
                    distractors=("Venus", "Mars", "Earth"),
                    feedback=(("Venus", "Venus is the second; it is the hottest."),),
                    rationale="Mercury circles the Sun in 88 days.",
                    hint="It is also the smallest.",
                ),
                right=(Chosen(("Mercury",)),),
                wrong=(Chosen(("Venus",)), Chosen(("Mars",)), GaveUp()),
                malformed=(
                    {"choice": ["4"]},
                    {"choice": ["-1"]},
                    {"choice": ["Mercury"]},
                    {"choice": ["0", "1"]},
                ),
            ),
            Example(
                SingleChoice(stem="How many moons does Mars have?", key="2", distractors=("1", "4", "10")),
                right=(Chosen(("2",)),),
                wrong=(Chosen(("1",)), Chosen(("10",)), GaveUp()),
                malformed=({"choice": ["9"]}, {"choice": ["1.0"]}),
            ),
        )

    def problems(self, content: SingleChoice) -> tuple[Problem, ...]:
        most = MOST_DISTRACTORS
        return (
            *common_problems(content),
            *option_problems((("key", (content.key,)), ("distractors", content.distractors))),
            *count_problems("distractors", content.distractors, FEWEST_DISTRACTORS, most, _("wrong answers")),
            *feedback_problems(content.feedback, (content.key, *content.distractors)),
        )

    def formats(self, content: SingleChoice) -> tuple[Format, ...]:
        return (Format.CHOOSE,)

    def prompt(self, content: SingleChoice, format: Format, seed: str) -> Prompt:
        options = present((content.key, *content.distractors), seed)
        control = Choices("choice", _("Choose one answer"), options)
        return Prompt(self.name, Format.CHOOSE, content.stem, (control,), has_hint=bool(content.hint))

    def grade(self, content: SingleChoice, response: Response) -> Grade:
        match response:
            case GaveUp():
                return Grade(0.0, (Part("", content.key, 0.0),))
            case Chosen(options):
                score = 1.0 if options == (content.key,) else 0.0
                note = "\n\n".join(text for option, text in content.feedback if option in options)
                return Grade(score, (Part(", ".join(options), content.key, score, note=note),))
            case _:
                raise self.refuse(response)

    def outline(self, content: SingleChoice) -> Outline:
        return Outline(keys=(content.key,), distractors=content.distractors)

    def chance(self, content: SingleChoice, format: Format) -> float:
        return 1 / (1 + len(content.distractors))

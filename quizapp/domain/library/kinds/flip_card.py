"""Flip card: think of the answer, turn the card over, rate how well it came."""

# The protocol names the arguments; not every kind needs all of them.
# ruff: noqa: ARG002

from __future__ import annotations

from quizapp.domain.errors import Problem
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds.base import (
    Content,
    Example,
    Format,
    GaveUp,
    Grade,
    Kind,
    Outline,
    Part,
    Prompt,
    Rated,
    Response,
    SelfRating,
)
from quizapp.domain.library.kinds.writing.fields import FieldSpec
from quizapp.domain.library.kinds.writing.soundness import LONGEST_STEM, common_problems, text_problems


class FlipCard(Content, frozen=True, kw_only=True, tag="flip_card", tag_field="kind"):
    """`answer`: the card's back, Markdown."""

    answer: str


class FlipCardKind(Kind[FlipCard]):
    """Graded by the learner: Again is a miss, anything else a success."""

    name = "flip_card"
    title = marked("Flip card")
    summary = marked(
        "For answers too open to be graded automatically: students compare theirs and rate how well "
        "they knew it."
    )
    content_type = FlipCard
    fields = (
        FieldSpec(
            "answer",
            marked("Answer"),
            "markdown",
            marked("The back of the card. Keep it short."),
            required=True,
        ),
    )

    @property
    def examples(self) -> tuple[Example[FlipCard], ...]:
        ratings = (Rated(2), Rated(3), Rated(4))
        malformed = ({"rating": ["0"]}, {"rating": ["5"]}, {"rating": ["good"]}, {"rating": ["3", "4"]})
        return (
            Example(
                FlipCard(stem="Why do leaves look green?", answer="Chlorophyll absorbs red and blue light."),
                right=ratings,
                wrong=(Rated(1), GaveUp()),
                malformed=malformed,
            ),
            Example(
                FlipCard(
                    stem="What does *photosynthesis* make?",
                    answer="- sugar\n- oxygen",
                    rationale="Carbon dioxide and water go in; light drives the reaction.",
                    hint="One feeds the plant, one leaves it.",
                ),
                right=ratings,
                wrong=(Rated(1), GaveUp()),
                malformed=malformed,
            ),
        )

    def problems(self, content: FlipCard) -> tuple[Problem, ...]:
        return (*common_problems(content), *text_problems("answer", content.answer, LONGEST_STEM))

    def formats(self, content: FlipCard) -> tuple[Format, ...]:
        return (Format.FLIP,)

    def prompt(self, content: FlipCard, format: Format, seed: str) -> Prompt:
        control = SelfRating("rating", _("How well did you remember?"))
        return Prompt(self.name, Format.FLIP, content.stem, (control,), has_hint=bool(content.hint))

    def grade(self, content: FlipCard, response: Response) -> Grade:
        match response:
            case GaveUp():
                return Grade(0.0, (Part("", content.answer, 0.0),))
            case Rated(rating):
                score = 1.0 if rating >= 2 else 0.0
                return Grade(score, (Part("", content.answer, score),), rating)
            case _:
                raise self.refuse(response)

    def outline(self, content: FlipCard) -> Outline:
        return Outline(keys=(content.answer,))

    def chance(self, content: FlipCard, format: Format) -> float:
        return 0.0

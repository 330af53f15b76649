"""True or false: one statement to judge."""

# The protocol names the arguments; not every kind needs all of them.
# ruff: noqa: ARG002

from __future__ import annotations

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
    Proof,
    Response,
)
from quizapp.domain.library.kinds.writing.fields import FieldSpec
from quizapp.domain.library.kinds.writing.soundness import common_problems

OPTIONS = ("True", "False")


class TrueFalse(Content, frozen=True, kw_only=True, tag="true_false", tag_field="kind"):
    """`key`: whether the statement in the stem is true."""

    key: bool


class TrueFalseKind(Kind[TrueFalse]):
    """Two options in one fixed order."""

    name = "true_false"
    title = marked("True or false")
    usual = 0
    has_own_distractors = False
    for_models = "stem (a statement), key (true or false); a false one changes one name or one figure"
    summary = marked(
        "For clearing up a common mistake: students judge one statement. Half of all guesses are right."
    )
    content_type = TrueFalse
    fields = (FieldSpec("key", marked("The statement is"), "truth", required=True),)

    @property
    def examples(self) -> tuple[Example[TrueFalse], ...]:
        malformed = ({"choice": ["2"]}, {"choice": ["true"]}, {"choice": ["0", "1"]})
        true, false = Chosen(("True",)), Chosen(("False",))
        return (
            Example(
                TrueFalse(stem="Water boils at a lower temperature on a mountain.", key=True),
                right=(true,),
                wrong=(false, GaveUp()),
                malformed=malformed,
            ),
            Example(
                TrueFalse(
                    stem="The Moon shines with a light of its own.",
                    key=False,
                    rationale="It throws back the light of the Sun.",
                    hint="Think of its phases.",
                ),
                right=(false,),
                wrong=(true, GaveUp()),
                malformed=malformed,
            ),
        )

    def problems(self, content: TrueFalse) -> tuple[Problem, ...]:
        return tuple(common_problems(content))

    def formats(self, content: TrueFalse) -> tuple[Format, ...]:
        return (Format.CHOOSE,)

    def prompt(self, content: TrueFalse, format: Format, seed: str) -> Prompt:
        control = Choices("choice", _("True or false?"), OPTIONS)
        return Prompt(self.name, Format.CHOOSE, content.stem, (control,), has_hint=bool(content.hint))

    def grade(self, content: TrueFalse, response: Response) -> Grade:
        key = str(content.key)
        match response:
            case GaveUp():
                return Grade(0.0, (Part("", key, 0.0),))
            case Chosen(options):
                score = 1.0 if options == (key,) else 0.0
                return Grade(score, (Part(", ".join(options), key, score),))
            case _:
                raise self.refuse(response)

    def proof(self, content: TrueFalse) -> Proof:
        return "statement" if content.key else "denial"

    def outline(self, content: TrueFalse) -> Outline:
        return Outline(keys=(str(content.key),), distractors=(str(not content.key),))

    def chance(self, content: TrueFalse, format: Format) -> float:
        return 0.5

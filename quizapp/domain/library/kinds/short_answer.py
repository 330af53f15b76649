"""Short answer: a few words recalled and typed, forgiven what a fair teacher forgives."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from quizapp.domain.errors import Problem
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.grading.deciding import decide
from quizapp.domain.library.grading.verdicts import CHANCE, LONGEST, Question, Strictness, Verdict
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
    TextEntry,
    Typed,
)
from quizapp.domain.library.kinds.presenting import present
from quizapp.domain.library.kinds.writing.fields import FieldSpec
from quizapp.domain.library.kinds.writing.soundness import (
    LONGEST_OPTION,
    common_problems,
    count_problems,
    option_problems,
    text_problems,
)

FEWEST_DISTRACTORS, MOST_DISTRACTORS = 2, 20


class ShortAnswer(Content, frozen=True, kw_only=True, tag="short_answer", tag_field="kind"):
    """`accept`: other fair forms; `refuse`: near misses that are wrong; `spelling`: forgive no slip; `exact`:
    nothing at all, neither case nor accent nor mark."""

    key: str
    accept: tuple[str, ...] = ()
    refuse: tuple[str, ...] = ()
    distractors: tuple[str, ...] = ()
    spelling: bool = False
    exact: bool = False


class ShortAnswerKind(Kind[ShortAnswer]):
    """Right or not; with distractors it can be chosen before it is typed."""

    name = "short_answer"
    title = marked("Short answer")
    usual = 3
    can_be_typed = True
    for_models = "stem, key, accept (other right forms)"
    summary = marked("For recalling a name, a term or a date: students type it.")
    content_type = ShortAnswer
    fields = (
        FieldSpec("key", marked("Answer"), "line", marked("The form shown to students."), required=True),
        FieldSpec(
            "accept",
            marked("Also accepted"),
            "lines",
            marked(
                "Other right forms, one per line: abbreviations, full names, synonyms. You don’t need to "
                "list different capitals, accents, hyphens or articles."
            ),
        ),
        FieldSpec(
            "refuse",
            marked("Common wrong answers"),
            "lines",
            marked("Answers that look similar but mean something else."),
        ),
        FieldSpec(
            "distractors",
            marked("Wrong options"),
            "lines",
            marked("Optional (2 to 6 are best): if given, the question starts as multiple choice."),
        ),
        FieldSpec(
            "spelling",
            marked("Spelling counts"),
            "flag",
            marked("Even one wrong letter makes the answer wrong."),
        ),
        FieldSpec(
            "exact",
            marked("Every character counts"),
            "flag",
            marked("Including capitals, accents and punctuation."),
        ),
    )

    @property
    def examples(self) -> tuple[Example[ShortAnswer], ...]:
        return (
            Example(
                ShortAnswer(
                    stem="Which city hosted the Summer Olympics of 2004?",
                    key="Athens",
                    accept=("Athína",),
                    distractors=("Sydney", "Beijing", "London"),
                    rationale="They came back to Greece after 108 years.",
                    hint="They began in that country.",
                ),
                right=(
                    Typed(("Athens",)),
                    Typed((" athens. ",)),
                    Typed(("Atehns",)),
                    Typed(("athina",)),
                    Chosen(("Athens",)),
                ),
                wrong=(Typed(("Sydney",)), Typed(("Greece",)), Chosen(("Beijing",)), GaveUp()),
                malformed=({"answer": ["4"]}, {"answer": ["Athens", "Sydney"]}, {"answer": ["a\x00"]}),
            ),
            Example(
                ShortAnswer(
                    stem="What do psychologists call a feeling or its outward show, as in “flat …”?",
                    key="affect",
                    refuse=("effect",),
                ),
                right=(Typed(("affect",)), Typed(("Affect",)), Typed(("an affect",)), Typed(("afect",))),
                wrong=(Typed(("effect",)), Typed(("mood",)), GaveUp()),
                malformed=({"answer": ["affect", "affect"]}, {"answer": ["x" * 1001]}),
            ),
            Example(
                ShortAnswer(
                    stem="Which amendment to the constitution of the USA deals with searches?",
                    key="Fourth Amendment",
                    accept=("fourth", "amendment IV"),
                    spelling=True,
                ),
                right=(Typed(("4th",)), Typed(("the fourth amendment",)), Typed(("4th Amendment",))),
                wrong=(Typed(("Fourth Amendmnet",)), Typed(("14th",)), Typed(("5th amendment",)), GaveUp()),
                malformed=({"answer": ["\ud800"]},),
            ),
        )

    def problems(self, content: ShortAnswer) -> tuple[Problem, ...]:
        found = (
            *common_problems(content),
            *option_problems((("key", (content.key,)), ("distractors", content.distractors))),
            *_form_problems("accept", content.accept, (content.key,)),
            *_form_problems("refuse", content.refuse, ()),
        )
        if content.distractors:
            counted = count_problems(
                "distractors", content.distractors, FEWEST_DISTRACTORS, MOST_DISTRACTORS, _("wrong options")
            )
            found = (*found, *counted)
        return found or tuple(_contradictions(content))

    def formats(self, content: ShortAnswer) -> tuple[Format, ...]:
        return (Format.CHOOSE, Format.TYPE) if content.distractors else (Format.TYPE,)

    def prompt(self, content: ShortAnswer, format: Format, seed: str) -> Prompt:
        control: Choices | TextEntry = TextEntry("answer", _("Your answer"), strictness=_strictness(content))
        if format is Format.CHOOSE:
            control = Choices(
                "answer", _("Choose one answer"), present((content.key, *content.distractors), seed)
            )
        return Prompt(self.name, format, content.stem, (control,), has_hint=bool(content.hint))

    def grade(self, content: ShortAnswer, response: Response) -> Grade:
        match response:
            case GaveUp():
                part = Part("", content.key, 0.0)
            case Typed((text,)):
                part = _part(content, text)
            case Chosen(options) if content.distractors:
                part = Part(", ".join(options), content.key, float(options == (content.key,)))
            case _:
                raise self.refuse(response)
        return Grade(part.score, (part,))

    def typed(self, content: ShortAnswer) -> tuple[Question, ...]:
        return (question(content),)

    def outline(self, content: ShortAnswer) -> Outline:
        return Outline((content.key,), content.accept, content.distractors)

    def chance(self, content: ShortAnswer, format: Format) -> float:
        return 1 / (1 + len(content.distractors)) if format is Format.CHOOSE else CHANCE

    def accepting(self, content: ShortAnswer, response: Response) -> ShortAnswer | None:
        """The text becomes a form that is also right, and is no longer refused."""
        match response:
            case Typed((text,)):
                same = Question((text,), strictness=Strictness.SPELLING)
                refuse = tuple(form for form in content.refuse if not _is_right(form, same))
                accept = (*content.accept, text.strip())
                return msgspec.structs.replace(content, accept=accept, refuse=refuse)
        return None

    def refusing(self, content: ShortAnswer, response: Response) -> ShortAnswer | None:
        """The text becomes a common wrong answer."""
        match response:
            case Typed((text,)):
                return msgspec.structs.replace(content, refuse=(*content.refuse, text.strip()))
        return None


def question(content: ShortAnswer, *, strictness: Strictness | None = None) -> Question:
    """What its typed answers are graded by."""
    return Question(
        forms=(content.key, *content.accept),
        refused=content.refuse,
        others=content.distractors,
        stem=content.stem,
        strictness=strictness or _strictness(content),
    )


def _strictness(content: ShortAnswer) -> Strictness:
    if content.exact:
        return Strictness.EXACT
    return Strictness.SPELLING if content.spelling else Strictness.MEANING


def _part(content: ShortAnswer, text: str) -> Part:
    given, asked = text[:LONGEST], question(content)
    judged = decide(text, asked)
    if judged.verdict is Verdict.RIGHT:
        return Part(given, content.key, 1.0, judged.forgiven)
    near = decide(text, Question(content.refuse, strictness=Strictness.SPELLING)) if content.refuse else None
    note = (
        _("“{form}” means something else.").format(form=near.form)
        if near and near.verdict is Verdict.RIGHT
        else ""
    )
    return Part(given, content.key, 0.0, note=note, unsure=judged.verdict is Verdict.UNSURE)


def _form_problems(field: str, forms: tuple[str, ...], seen: tuple[str, ...]) -> Iterator[Problem]:
    """Unsound texts, and forms that are twice letter by letter (spellings alike do no harm)."""
    for place, form in enumerate(forms):
        yield from text_problems(field, form, LONGEST_OPTION)
        if form in (*seen, *forms[:place]):
            yield Problem(field, _("“{form}” is there twice. Remove one.").format(form=form[:60]))


def _contradictions(content: ShortAnswer) -> Iterator[Problem]:
    for form in content.refuse:
        if _is_right(form, question(content)):
            yield Problem("refuse", _("“{form}” is also accepted. Remove one of them.").format(form=form))
    spelled = question(content, strictness=Strictness.SPELLING)._replace(refused=(), others=())
    for distractor in content.distractors:
        if _is_right(distractor, spelled):
            yield Problem(
                "distractors",
                _("“{distractor}” would be graded right when typed. Replace it.").format(
                    distractor=distractor
                ),
            )


def _is_right(form: str, asked: Question) -> bool:
    return decide(form, asked).verdict is Verdict.RIGHT

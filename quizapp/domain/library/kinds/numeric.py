"""Numeric: a figure with its unit, typed in any common spelling.

A figure is judged in the question's unit (240.1 where that is “billion US dollars”) and in full
(240,100,000,000 US dollars); a scale word that was typed is taken at its word.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from quizapp.domain.errors import Problem
from quizapp.domain.language import numbers
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.grading.verdicts import CHANCE
from quizapp.domain.library.kinds.asking.figures import ONE, TOLERANCE, Numeric, key_of, options_of, units_of
from quizapp.domain.library.kinds.asking.figures_judged import is_without_unit, judge
from quizapp.domain.library.kinds.base import (
    Choices,
    Chosen,
    Example,
    Figure,
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
from quizapp.domain.library.kinds.writing.fields import FieldSpec
from quizapp.domain.library.kinds.writing.soundness import (
    LONGEST_OPTION,
    common_problems,
    count_problems,
    option_problems,
    text_problems,
)

FEWEST_DISTRACTORS, MOST_DISTRACTORS = 2, 20
LONGEST_UNIT = 60
LONGEST_REASON = 500
MOST_DIGITS = LARGEST_EXPONENT = 30


class NumericKind(Kind[Numeric]):
    """Right or not; spelling, unit names and tolerance that were let pass are told."""

    name = "numeric"
    title = marked("Numeric")
    usual = 4
    can_be_typed = True
    for_models = "stem, value (a number as text), unit"
    summary = marked("For figures: quantities, shares, years, with their units and a fair tolerance.")
    content_type = Numeric
    fields = (
        FieldSpec(
            "value", marked("Value"), "number", marked("In the unit below. Leave it empty to give a range.")
        ),
        FieldSpec("low", marked("From"), "number", marked("Lowest accepted value of a range.")),
        FieldSpec("high", marked("To"), "number", marked("Highest accepted value of a range.")),
        FieldSpec("unit", marked("Unit"), "line", marked("With its scale: “billion US dollars”, “km”, “%”.")),
        FieldSpec(
            "units",
            marked("Other names of the unit"),
            "lines",
            marked("One per line; common units are recognised."),
        ),
        FieldSpec(
            "unit_required",
            marked("Unit must be typed"),
            "flag",
            marked("Students who leave it out are asked for it."),
        ),
        FieldSpec(
            "tolerance", marked("Tolerance"), "line", marked("“0.5” in the unit, or “1%” of the value.")
        ),
        FieldSpec("tolerance_reason", marked("Why this tolerance"), "line"),
        FieldSpec(
            "distractors",
            marked("Wrong options"),
            "lines",
            marked("Optional (2 to 6 are best): if given, the question starts as multiple choice."),
        ),
    )

    @property
    def examples(self) -> tuple[Example[Numeric], ...]:
        return (
            Example(
                Numeric(
                    stem="How many people lived in the world at the end of 2022, according to the UN?",
                    value=Decimal("8.0"),
                    unit="billion people",
                    tolerance="1%",
                    tolerance_reason="The count is an estimate.",
                    distractors=("6.5", "7.1", "9.7"),
                    rationale="The UN named 15 November 2022 as the day.",
                    hint="It was 7 in 2011.",
                ),
                right=(
                    Typed(("8",)),
                    Typed(("8bn",)),
                    Typed(("about 8,0 billion people",)),
                    Typed(("8e9",)),
                    Typed(("8 000 000 000",)),
                    Typed(("eight thousand million",)),
                    Typed(("7.95",)),
                    Chosen(("8.0 billion people",)),
                ),
                wrong=(
                    Typed(("8 million",)),
                    Typed(("7.5",)),
                    Typed(("8 billion dollars",)),
                    Typed(("many",)),
                    Chosen(("9.7 billion people",)),
                    GaveUp(),
                ),
                malformed=({"answer": ["4"]}, {"answer": ["7", "8"]}, {"answer": ["8\x00"]}),
            ),
            Example(
                Numeric(
                    stem="How long is a marathon? Give the unit, too.",
                    low=Decimal(42),
                    high=Decimal("42.2"),
                    unit="km",
                    unit_required=True,
                ),
                right=(Typed(("42.195 km",)), Typed(("42 kilometres",)), Typed(("42,2km",))),
                wrong=(Typed(("42 miles",)), Typed(("43 km",)), Typed(("42",)), GaveUp()),
                malformed=({"answer": ["42 km", ""]}, {"answer": ["4" * 1001]}),
            ),
        )

    def problems(self, content: Numeric) -> tuple[Problem, ...]:
        found = (
            *common_problems(content),
            *_figure_problems(content),
            *_unit_problems(content),
            *_tolerance_problems(content),
        )
        return found or tuple(_distractor_problems(content))

    def formats(self, content: Numeric) -> tuple[Format, ...]:
        return (Format.CHOOSE, Format.TYPE) if content.distractors else (Format.TYPE,)

    def prompt(self, content: Numeric, format: Format, seed: str) -> Prompt:
        unit = "" if content.unit_required else content.unit
        label = _("Your answer, with its unit") if content.unit_required else _("Your answer")
        control: Choices | TextEntry = TextEntry("answer", label, unit, numeric=True)
        if format is Format.CHOOSE:
            options = present((key_of(content), *options_of(content)), seed)
            control = Choices("answer", _("Choose one answer"), options)
        return Prompt(self.name, format, content.stem, (control,), has_hint=bool(content.hint))

    def lacking(self, content: Numeric, response: Response) -> str:
        """A unit that must be typed is asked for again, whether the figure is right or not."""
        match response:
            case Typed((text,)) if content.unit_required and is_without_unit(content, text):
                return _("Type the unit, too.")
        return ""

    def grade(self, content: Numeric, response: Response) -> Grade:
        match response:
            case GaveUp():
                part = Part("", key_of(content), 0.0)
            case Typed((text,)):
                part = judge(content, text)
            case Chosen(options) if content.distractors:
                part = Part(", ".join(options), key_of(content), float(options == (key_of(content),)))
            case _:
                raise self.refuse(response)
        return Grade(part.score, (part,))

    def proof(self, content: Numeric) -> Proof:
        if content.value is not None:
            return Figure(content.value, content.value, content.unit)
        return Figure(content.low or Decimal(0), content.high or Decimal(0), content.unit)

    def outline(self, content: Numeric) -> Outline:
        return Outline((key_of(content),), distractors=options_of(content))

    def chance(self, content: Numeric, format: Format) -> float:
        return 1 / (1 + len(content.distractors)) if format is Format.CHOOSE else CHANCE


# --- soundness -----------------------------------------------------------------------------------


def _figure_problems(content: Numeric) -> Iterator[Problem]:
    figures = {"value": content.value, "low": content.low, "high": content.high}
    for field, figure in figures.items():
        if figure is not None and not _is_plain(figure):
            yield Problem(
                field,
                _("Write a plain number of at most {most_digits} digits.").format(most_digits=MOST_DIGITS),
            )
            return
    if content.value is None and content.low is None and content.high is None:
        yield Problem("value", _("Give the value, or both ends of a range."))
    elif content.value is not None and (content.low is not None or content.high is not None):
        yield Problem("value", _("Give either a value or a range; remove one of them."))
    elif content.value is None and (content.low is None or content.high is None):
        missing = "low" if content.low is None else "high"
        yield Problem(missing, _("Give this end of the range too."))
    elif content.low is not None and content.high is not None and content.low >= content.high:
        yield Problem("high", _("Give a number above “From”."))


def _is_plain(figure: Decimal) -> bool:
    if not figure.is_finite() or len(figure.as_tuple().digits) > MOST_DIGITS:
        return False
    exponent = figure.as_tuple().exponent
    return isinstance(exponent, int) and abs(exponent) <= LARGEST_EXPONENT


def _unit_problems(content: Numeric) -> Iterator[Problem]:
    scales = {ONE, units_of(content)[0]}
    if content.unit_required and not content.unit.strip():
        yield Problem("unit", _("Give the unit that must be typed."))
    for field, name in (("unit", content.unit), *(("units", name) for name in content.units)):
        yield from text_problems(field, name, LONGEST_UNIT, required=field == "units")
        read = numbers.parse_unit(name)
        if read is None:
            yield Problem(
                field,
                _("“{unit}” isn’t a unit. Write words or a symbol, no digits.").format(
                    unit=name[:LONGEST_UNIT]
                ),
            )
        elif read[0] not in scales:
            yield Problem(
                field,
                _("“{name}” has a different scale from “{unit}”; remove it.").format(
                    name=name, unit=content.unit
                ),
            )


def _tolerance_problems(content: Numeric) -> Iterator[Problem]:
    yield from text_problems("tolerance_reason", content.tolerance_reason, LONGEST_REASON, required=False)
    if not content.tolerance:
        return
    if content.value is None:
        yield Problem("tolerance", _("Remove the tolerance: a range doesn’t need one."))
    elif not TOLERANCE.fullmatch(content.tolerance.strip()):
        yield Problem("tolerance", _("Write “0.5” (in the unit) or “1%” (of the value)."))


def _distractor_problems(content: Numeric) -> Iterator[Problem]:
    if not content.distractors:
        return
    few, most = FEWEST_DISTRACTORS, MOST_DISTRACTORS
    yield from count_problems("distractors", content.distractors, few, most, _("wrong options"))
    if content.value is None:
        yield Problem("distractors", _("Give a value instead of a range: a range stands out among numbers."))
    yield from option_problems((("value", (key_of(content),)), ("distractors", options_of(content))))
    for text in content.distractors:
        if not numbers.readings(text):
            yield Problem(
                "distractors", _("“{text}” isn’t a number. Write one.").format(text=text[:LONGEST_OPTION])
            )
        elif judge(content, text).score:
            yield Problem(
                "distractors", _("“{text}” would be graded right when typed. Replace it.").format(text=text)
            )

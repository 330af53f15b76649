"""Numeric: a figure with its unit, typed in any common spelling.

A figure is judged in the question's unit (240.1 where that is “billion US dollars”) and in full
(240,100,000,000 US dollars); a scale word that was typed is taken at its word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from typing import NamedTuple

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.language import numbers, units
from quizapp.domain.language import text as texts
from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.library.kinds.base import (
    Choices,
    Chosen,
    Content,
    Example,
    FieldSpec,
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
from quizapp.domain.library.kinds.soundness import (
    LONGEST_OPTION,
    common_problems,
    count_problems,
    option_problems,
    text_problems,
)

FEWEST_DISTRACTORS, MOST_DISTRACTORS = 2, 6
LONGEST_UNIT = 60
LONGEST_REASON = 500
MOST_DIGITS = LARGEST_EXPONENT = 30


class Numeric(Content, frozen=True, kw_only=True, tag="numeric", tag_field="kind"):
    """Either `value`, give or take `tolerance` (“0.5” in the unit, or “1%” of the value), or
    `low` to `high`, both included. `unit` may hold a scale word; `units`: its other names."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    units: tuple[str, ...] = ()
    unit_required: bool = False
    tolerance: str = ""
    tolerance_reason: str = ""
    distractors: tuple[str, ...] = ()


class NumericKind(Kind[Numeric]):
    """Right or not; spelling, unit names and tolerance that were let pass are told."""

    name = "numeric"
    title = "Numeric"
    usual = 4
    for_models = "stem, value (a number as text), unit"
    summary = "For figures: quantities, shares, years, with their units and a fair tolerance."
    content_type = Numeric
    fields = (
        FieldSpec("value", "Value", "number", "In the unit below; or leave it empty and give a range."),
        FieldSpec("low", "From", "number", "Least right value of a range."),
        FieldSpec("high", "To", "number", "Greatest right value of a range."),
        FieldSpec("unit", "Unit", "line", "With its scale: “billion US dollars”, “km”, “%”."),
        FieldSpec("units", "Other names of the unit", "lines", "One a line; common ones are known."),
        FieldSpec("unit_required", "Unit must be typed", "flag", "A bare number is then wrong."),
        FieldSpec("tolerance", "Tolerance", "line", "“0.5” in the unit, or “1%” of the value."),
        FieldSpec("tolerance_reason", "Why this tolerance", "line"),
        FieldSpec(
            "distractors", "Wrong options", "lines", "None, or 2 to 6: then it is first asked as a choice."
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
                wrong=(Typed(("42",)), Typed(("42 miles",)), Typed(("43 km",)), GaveUp()),
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
        control: Choices | TextEntry = TextEntry("answer", "Your answer", unit, numeric=True)
        if format is Format.CHOOSE:
            options = present((_key(content), *_options(content)), seed)
            control = Choices("answer", "Choose one answer", options)
        return Prompt(self.name, format, content.stem, (control,), has_hint=bool(content.hint))

    def grade(self, content: Numeric, response: Response) -> Grade:
        match response:
            case GaveUp():
                part = Part("", _key(content), 0.0)
            case Typed((text,)):
                part = _part(content, text)
            case Chosen(options) if content.distractors:
                part = Part(", ".join(options), _key(content), float(options == (_key(content),)))
            case _:
                raise self.refuse(response)
        return Grade(part.score, (part,))

    def proof(self, content: Numeric) -> Proof:
        if content.value is not None:
            return Figure(content.value, content.value, content.unit)
        return Figure(content.low or Decimal(0), content.high or Decimal(0), content.unit)

    def outline(self, content: Numeric) -> Outline:
        return Outline((_key(content),), distractors=_options(content))

    def chance(self, content: Numeric, format: Format) -> float:
        return 1 / (1 + len(content.distractors)) if format is Format.CHOOSE else texts.CHANCE


# --- grading -------------------------------------------------------------------------------------


class _Range(NamedTuple):
    """What is right, in the question's unit, both ends included."""

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal, scale: Decimal) -> bool:
        return self.low * scale <= value <= self.high * scale


def _part(content: Numeric, text: str) -> Part:
    """The best of the readings: right, else the one that says most about what is wrong."""
    given, key = text[: texts.LONGEST], _key(content)
    with localcontext(numbers.CONTEXT):
        judged = [_judge(content, quantity) for quantity in numbers.readings(text)]
    if units.differ_in_case(given, content.unit):
        return Part(
            given, key, 0.0, note=f"Capital and small letters matter in units: it is “{content.unit}”."
        )
    best = max(judged, key=lambda part: (part.score, bool(part.note)), default=Part("", "", 0.0))
    return Part(given, key, best.score, best.forgiven, best.note)


def _judge(content: Numeric, quantity: numbers.Quantity) -> Part:
    """One reading's part, without texts."""
    scale, wanted = _units(content)
    right = _range(content)
    if not any(quantity.fits(key) for key in (content.value, content.low, content.high) if key is not None):
        return Part("", "", 0.0)
    in_full = right.holds(quantity.value, scale)
    # “two hundred” is but a number; “2 thousand” states a scale.
    in_unit = quantity.scale < 1000 and right.holds(quantity.value, _ONE)
    if not in_full and not in_unit:
        return Part("", "", 0.0)
    if content.unit_required and ((wanted and not quantity.unit) or not in_full):
        return Part("", "", 0.0, note=f"The unit is missing or incomplete: write “{_key(content)}”.")
    if quantity.unit and wanted and not any(units.same(quantity.unit, unit) for unit in wanted):
        return Part("", "", 0.0, note=f"The number is right, the unit is not: it is “{content.unit}”.")
    return Part("", "", 1.0, tuple(_forgiven(content, quantity, scale if in_full else _ONE)))


def _forgiven(content: Numeric, quantity: numbers.Quantity, scale: Decimal) -> Iterator[Forgiven]:
    """`scale`: the one in which the quantity was right."""
    if not quantity.plain or (scale >= 1000 and quantity.scale == 1):  # digits written out in full
        yield Forgiven.NUMBER_FORMAT
    names = {" ".join(name.casefold().split()) for name in (content.unit, *content.units)}
    if quantity.label and quantity.label not in names:
        yield Forgiven.UNIT_FORMAT
    if content.value is not None and quantity.value != content.value * scale:
        yield Forgiven.TOLERANCE


def _range(content: Numeric) -> _Range:
    if content.low is not None and content.high is not None:
        return _Range(content.low, content.high)
    margin = _margin(content)
    if content.value is None or margin is None:
        raise InvalidContent("This question has no figure to compare with; give it a value or a range.")
    return _Range(content.value - margin, content.value + margin)


_ONE = Decimal(1)
_TOLERANCE = re.compile(r"(?P<amount>[0-9]{1,15}(?:\.[0-9]{1,15})?) ?(?P<relative>%?)")


def _margin(content: Numeric) -> Decimal | None:
    """The tolerance in the question's unit; None where it cannot be read."""
    if not content.tolerance:
        return Decimal(0)
    match = _TOLERANCE.fullmatch(content.tolerance.strip())
    if not match:
        return None
    amount = Decimal(match["amount"])
    return abs(content.value or Decimal(0)) * amount / 100 if match["relative"] else amount


def _units(content: Numeric) -> tuple[Decimal, frozenset[str]]:
    """The scale in the unit's name, and the canonical units that are right (none: any is)."""
    read = [numbers.parse_unit(name) for name in (content.unit, *content.units)]
    scale = read[0][0] if read[0] else _ONE
    return scale, frozenset(each[1] for each in read if each and each[1])


# --- showing -------------------------------------------------------------------------------------


def _key(content: Numeric) -> str:
    if content.value is not None:
        return _with_unit(numbers.spell(content.value), content.unit)
    ends = [numbers.spell(end) for end in (content.low, content.high) if end is not None]
    return _with_unit("–".join(ends), content.unit)


def _options(content: Numeric) -> tuple[str, ...]:
    """The distractors in the dress of the key, so that it does not stand out; a figure that was
    written with a unit of its own stays as it is."""
    return tuple(
        _with_unit(numbers.spell(numbers.readings(text)[0].value), content.unit)
        if numbers.is_plain(text)
        else text
        for text in content.distractors
    )


def _with_unit(figure: str, unit: str) -> str:
    if unit in {"$", "US$", "€", "£", "¥"}:
        return f"{unit}{figure}"
    return f"{figure}{unit}" if unit.startswith(("%", "°")) else f"{figure} {unit}".strip()


# --- soundness -----------------------------------------------------------------------------------


def _figure_problems(content: Numeric) -> Iterator[Problem]:
    figures = {"value": content.value, "low": content.low, "high": content.high}
    for field, figure in figures.items():
        if figure is not None and not _is_plain(figure):
            yield Problem(field, f"Write a plain number of at most {MOST_DIGITS} digits.")
            return
    if content.value is None and content.low is None and content.high is None:
        yield Problem("value", "Give the value, or both ends of a range.")
    elif content.value is not None and (content.low is not None or content.high is not None):
        yield Problem("value", "Give either a value or a range; remove one of them.")
    elif content.value is None and (content.low is None or content.high is None):
        missing = "low" if content.low is None else "high"
        yield Problem(missing, "Give this end of the range, too.")
    elif content.low is not None and content.high is not None and content.low >= content.high:
        yield Problem("high", "Give a number above “From”.")


def _is_plain(figure: Decimal) -> bool:
    if not figure.is_finite() or len(figure.as_tuple().digits) > MOST_DIGITS:
        return False
    exponent = figure.as_tuple().exponent
    return isinstance(exponent, int) and abs(exponent) <= LARGEST_EXPONENT


def _unit_problems(content: Numeric) -> Iterator[Problem]:
    scales = {_ONE, _units(content)[0]}
    if content.unit_required and not content.unit.strip():
        yield Problem("unit", "Give the unit that must be typed.")
    for field, name in (("unit", content.unit), *(("units", name) for name in content.units)):
        yield from text_problems(field, name, LONGEST_UNIT, required=field == "units")
        read = numbers.parse_unit(name)
        if read is None:
            yield Problem(field, f"“{name[:LONGEST_UNIT]}” is no unit; write words or a symbol, no figures.")
        elif read[0] not in scales:
            yield Problem(field, f"“{name}” means another scale than “{content.unit}”; remove it.")


def _tolerance_problems(content: Numeric) -> Iterator[Problem]:
    yield from text_problems("tolerance_reason", content.tolerance_reason, LONGEST_REASON, required=False)
    if not content.tolerance:
        return
    if content.value is None:
        yield Problem("tolerance", "Remove the tolerance; a range has it built in.")
    elif not _TOLERANCE.fullmatch(content.tolerance.strip()):
        yield Problem("tolerance", "Write “0.5” (in the unit) or “1%” (of the value).")


def _distractor_problems(content: Numeric) -> Iterator[Problem]:
    if not content.distractors:
        return
    few, most = FEWEST_DISTRACTORS, MOST_DISTRACTORS
    yield from count_problems("distractors", content.distractors, few, most, "wrong options")
    if content.value is None:
        yield Problem("distractors", "Give a value instead of a range; a range stands out among numbers.")
    yield from option_problems((("value", (_key(content),)), ("distractors", _options(content))))
    for text in content.distractors:
        if not numbers.readings(text):
            yield Problem("distractors", f"“{text[:LONGEST_OPTION]}” is not a number; write one.")
        elif _part(content, text).score:
            yield Problem("distractors", f"“{text}” would be graded right when typed; replace it.")

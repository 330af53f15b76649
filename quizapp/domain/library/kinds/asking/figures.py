"""What a numeric question asks for: its figure or range, its unit, and how they are shown."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from quizapp.domain.errors import InvalidContent
from quizapp.domain.language import measures, numbers, units
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import Content


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


class Range(NamedTuple):
    """What is right, in the question's unit, both ends included."""

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        slack = abs(value) * _EXACTNESS  # what conversions round away
        return self.low - slack <= value <= self.high + slack


_EXACTNESS = Decimal("1e-18")


def span(content: Numeric) -> Range:
    if content.low is not None and content.high is not None:
        return Range(content.low, content.high)
    margin = _margin(content)
    if content.value is None or margin is None:
        raise InvalidContent(_("This question has no value to compare with. Give it a value or a range."))
    return Range(content.value - margin, content.value + margin)


ONE = Decimal(1)
TOLERANCE = re.compile(r"(?P<amount>[0-9]{1,15}(?:\.[0-9]{1,15})?) ?(?P<relative>%?)")


def _margin(content: Numeric) -> Decimal | None:
    """The tolerance in the question's unit; None where it cannot be read."""
    if not content.tolerance:
        return Decimal(0)
    match = TOLERANCE.fullmatch(content.tolerance.strip())
    if not match:
        return None
    amount = Decimal(match["amount"])
    return abs(content.value or Decimal(0)) * amount / 100 if match["relative"] else amount


def units_of(content: Numeric) -> tuple[Decimal, str]:
    """The scale in the unit's name, and the canonical unit."""
    return numbers.parse_unit(content.unit) or (ONE, "")


def other_names(content: Numeric) -> frozenset[str]:
    """The unit's other names; “m above sea level” is also called m."""
    measure, _, place = content.unit.partition(" ")
    whole = units.canonical(content.unit)
    placed = place and measures.read(measure) and not (whole and units.is_known(whole))
    names = (*content.units, measure) if placed else content.units
    read = map(numbers.parse_unit, names)
    return frozenset(each[1] for each in read if each and each[1])


def key_of(content: Numeric) -> str:
    if content.value is not None:
        return with_unit(numbers.spell(content.value), content.unit)
    ends = [numbers.spell(end) for end in (content.low, content.high) if end is not None]
    return with_unit("–".join(ends), content.unit)


def options_of(content: Numeric) -> tuple[str, ...]:
    """The distractors in the dress of the key, so that it does not stand out; a figure that was
    written with a unit of its own stays as it is."""
    return tuple(
        with_unit(numbers.spell(numbers.readings(text)[0].value), content.unit)
        if numbers.is_plain(text)
        else text
        for text in content.distractors
    )


def with_unit(figure: str, unit: str) -> str:
    if unit in {"$", "US$", "€", "£", "¥"}:
        return f"{unit}{figure}"
    return f"{figure}{unit}" if unit.startswith(("%", "°")) else f"{figure} {unit}".strip()

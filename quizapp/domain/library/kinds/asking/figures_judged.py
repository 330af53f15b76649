"""Typed figures judged: each reading against what is right, in the question's unit or one that converts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from typing import NamedTuple

from quizapp.domain.language import numbers, units
from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.language.translation import _
from quizapp.domain.library.grading.reading import dates
from quizapp.domain.library.grading.spelling import seen
from quizapp.domain.library.grading.verdicts import LONGEST, in_order
from quizapp.domain.library.kinds.asking.figures import ONE, Numeric, key_of, other_names, span, units_of
from quizapp.domain.library.kinds.base import Part

ENDS = re.compile(r"(?:between )?(?P<low>[^-]*?\d) ?(?:-|to|and) ?(?P<high>\d.*)")


class _Judged(NamedTuple):
    """One reading: whether it is right, what was forgiven, what to say."""

    right: bool = False
    forgiven: tuple[Forgiven, ...] = ()
    note: str = ""


def judge(content: Numeric, text: str) -> Part:
    """The best of the readings: right, else the one that says most about what is wrong."""
    given, key = text[:LONGEST], key_of(content)
    with localcontext(numbers.CONTEXT):
        judged = [_judge(content, quantity) for quantity in _readings(content, text)]
    if _iskey_of(content, text):
        judged.append(_Judged(right=True))
    best = max(judged, key=lambda each: (each.right, bool(each.note)), default=_Judged())
    return Part(given, key, float(best.right), best.forgiven, best.note)


def is_without_unit(content: Numeric, text: str) -> bool:
    """Whether a figure was typed and nothing that could be its unit."""
    found = _readings(content, text)
    return bool(found) and all(not quantity.unit and quantity.scale == 1 for quantity in found)


def _iskey_of(content: Numeric, text: str) -> bool:
    """Whether the range itself was typed, as it is shown or as “5 to 6”."""
    if content.value is not None or content.low is None or content.high is None:
        return False
    ends = ENDS.fullmatch(seen(text))
    if not ends:
        return seen(text) == seen(key_of(content))
    low, high = (numbers.parse(ends[name]) for name in ("low", "high"))
    fits = low and high and low.value == content.low and high.value == content.high
    return bool(fits and high and (not high.unit or units.same(high.unit, units_of(content)[1])))


def _readings(content: Numeric, text: str) -> tuple[numbers.Quantity, ...]:
    """The amounts that were typed; a year also out of a date."""
    found = (*numbers.readings(text), *numbers.readings(_without_frame(content, text)))
    if content.unit or content.value is None:
        return found
    years = {
        date.year
        for date in dates.readings(seen(text))
        if (date.precise or date.edge) and date.year and not date.before_christ
    }
    return (*found, *(numbers.Quantity(Decimal(year), "", ONE, "", plain=False) for year in years))


_FRAME = re.compile(
    r"^(?:an?|the|for|of|of about) (?=[\w$€£])|(?<=\d )(?:full|whole|complete|entire) (?=\w)", re.IGNORECASE
)
_DATED = re.compile(r" (?:in|during|for|by|since) (?P<words>[\w ]+)$", re.IGNORECASE)


_LEAD = re.compile(r"(?P<words>[^\W\d_][\w ]*?)(?: ?[=:≈] ?| is | )(?=[-+]?[0-9.,$€£]+)", re.IGNORECASE)
_AFTER_UNIT = re.compile(
    r"(?<=[^\W\d_%°]) (?:old|of age|long|high|tall|wide|deep|away|ago|each|in all)$", re.IGNORECASE
)


def _without_lead(content: Numeric, text: str) -> str:
    """An answer without the question's own words in front: pH 7."""
    lead = _LEAD.match(text)
    asked = set(re.findall(r"\w+", content.stem.casefold()))
    return text[lead.end() :] if lead and set(lead["words"].casefold().split()) <= asked else text


def _without_frame(content: Numeric, text: str) -> str:
    """An answer without an article in front and without the question's own words behind."""
    text = _AFTER_UNIT.sub("", _FRAME.sub("", _without_lead(content, seen(text))))
    behind = _DATED.search(text)
    if behind and set(behind["words"].casefold().split()) <= set(re.findall(r"\w+", content.stem.casefold())):
        text = text[: behind.start()]
    return text.replace("-", " ") if re.search(r"[^\W\d_]-[^\W\d_]", text) else text


def _judge(content: Numeric, quantity: numbers.Quantity) -> _Judged:
    scale, wanted = units_of(content)
    right, names = span(content), other_names(content)
    if not any(quantity.fits(key) for key in (content.value, content.low, content.high) if key is not None):
        return _Judged()
    if not _scale_is_meant(content, quantity, wanted):
        return _Judged()
    if not quantity.unit:
        # “two hundred” is but a number; “2 thousand” states a scale.
        in_unit = quantity.scale < 1000 and right.holds(quantity.value)
        in_full = right.holds(quantity.value / scale)
        if not in_full and not in_unit:
            return _Judged()
        if content.unit_required and (wanted or not in_full):
            return _Judged(note=_missing(content))
        return _Judged(True, tuple(_forgiven(content, quantity, scale if in_full else ONE)))
    return _with_own_unit(content, quantity, scale, wanted, names)


def _with_own_unit(  # noqa: PLR0911 one outcome for each way a unit can be
    content: Numeric, quantity: numbers.Quantity, scale: Decimal, wanted: str, names: frozenset[str]
) -> _Judged:
    """A reading with a unit: the question's, one that converts, a noun where none is asked, or wrong."""
    right, unit = span(content), _without_year(quantity.unit, wanted)
    if (
        unit in names
        or units.is_short_for(unit, wanted)
        or any(units.same(unit, name) for name in names)
        or (wanted and units.same(unit, wanted))
    ):
        if right.holds(quantity.value / scale):
            return _Judged(True, tuple(_forgiven(content, quantity, scale)))
        if quantity.scale < 1000 and right.holds(quantity.value):
            # 240.1 dollars for 240.1 billion dollars
            return _Judged(note=_("The unit is incomplete: write “{answer}”.").format(answer=key_of(content)))
        return _Judged()
    if (
        not quantity.regrouped
        and (by := units.conversion(unit, wanted))
        and right.holds((quantity.value * by[0] + by[1]) / scale)
    ):
        forgiven = {*_forgiven(content, quantity, scale), Forgiven.OTHER_UNIT}
        forgiven -= {Forgiven.TOLERANCE, Forgiven.UNIT_FORMAT}
        return _Judged(True, in_order(forgiven))
    if not right.holds(quantity.value / scale) and not right.holds(quantity.value):
        return _Judged()
    if not wanted and (not units.is_known(unit) or units.is_money(unit) or _is_asked(content, quantity)):
        return _Judged(unit.casefold() not in _ERAS, tuple(_forgiven(content, quantity, scale)))
    said = (
        _("it is “{unit}”").format(unit=content.unit)
        if content.unit
        else _("the question doesn’t ask for a unit")
    )
    return _Judged(note=_("The number is right, but the unit isn’t: {said}.").format(said=said))


_ERAS = frozenset({"bc", "bce", "before christ"})
_YEAR = re.compile(r"/year$")


def _without_year(unit: str, wanted: str) -> str:
    """“a year” behind a sum is no unit where the question's is a plain one."""
    return unit if "/" in wanted else _YEAR.sub("", unit)


def _is_asked(content: Numeric, quantity: numbers.Quantity) -> bool:
    """Whether the unit is in the question, “How many days …”."""
    asked = {units.canonical(word) for word in re.findall(r"[^\W\d_]{3,}", content.stem)}
    return quantity.unit in asked


def _scale_is_meant(content: Numeric, quantity: numbers.Quantity, wanted: str) -> bool:
    """Whether a letter that could be a unit was a scale: k, m and b are one behind a currency, and where the
    question's unit has one itself, or none at all."""
    if quantity.label.strip(" .$€£¥") not in numbers.SCALE_LETTERS or quantity.scale == 1:
        return True
    return units.is_money(quantity.unit) or not wanted or units.is_money(wanted) or units_of(content)[0] > 1


def _missing(content: Numeric) -> str:
    return _("The unit is missing or incomplete: write “{answer}”.").format(answer=key_of(content))


def _forgiven(content: Numeric, quantity: numbers.Quantity, scale: Decimal) -> Iterator[Forgiven]:
    """`scale`: the one in which the quantity was right."""
    if not quantity.plain or (scale >= 1000 and quantity.scale == 1):  # digits written out in full
        yield Forgiven.NUMBER_FORMAT
    names = {" ".join(name.casefold().split()) for name in (content.unit, *content.units)}
    if quantity.label and quantity.label not in names:
        yield Forgiven.UNIT_FORMAT
    if content.value is not None and quantity.value != content.value * scale:
        yield Forgiven.TOLERANCE

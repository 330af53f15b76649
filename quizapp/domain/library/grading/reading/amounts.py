"""Text forms that are amounts: ten and 10, 5 m and 5 metres; codes, versions and bounds are none."""

from __future__ import annotations

import functools

from quizapp.domain.language import numbers, units
from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.library.grading import marks


def same_amount(answer: str, form: str) -> set[Forgiven] | None:
    """What it takes to read the same amount in both; None where they differ or are none."""
    key = amount(form)
    if key is None or (marks.is_code(answer) and not answer.replace(".", "").isdigit()):
        return None
    for read in numbers.readings(answer):
        if (
            read.value == key.value
            and read.fits(key.value)
            and read.bound == key.bound
            and (units.same(read.unit, key.unit) or units.is_short_for(read.unit, key.unit))
        ):
            return {Forgiven.NUMBER_FORMAT if read.label == key.label else Forgiven.UNIT_FORMAT}
    likeliest = numbers.parse(answer)
    if likeliest and likeliest.bound == key.bound and _converts(likeliest, key):
        return {Forgiven.OTHER_UNIT}
    return None


def _converts(read: numbers.Quantity, key: numbers.Quantity) -> bool:
    """Whether an amount in another unit is the key's: 500 cm for 5 m."""
    if not (read.unit and key.unit):
        return False
    by = units.conversion(read.unit, key.unit)
    return by is not None and read.value * by[0] + by[1] == key.value


def contradict(answer: str, form: str) -> bool:
    """Whether both are amounts of a known unit, or bare figures, and not the same one."""
    key = amount(form)
    given = None if key is None else amount(answer)
    if key is None or given is None or same_amount(answer, form) is not None:
        return False
    return bool(given.unit) == bool(key.unit)


@functools.lru_cache(maxsize=4_096)
def amount(form: str) -> numbers.Quantity | None:
    """The amount that a form is, where its unit is none or a known one (“4 tigers” is words)."""
    if marks.is_code(form):
        return None
    found = numbers.readings(form)
    known = [quantity for quantity in found if not quantity.unit or units.is_known(quantity.unit)]
    measured = [quantity for quantity in known if quantity.unit and quantity.scale == 1]
    return next(iter(measured or known), None)

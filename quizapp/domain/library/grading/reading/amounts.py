"""Text forms that are amounts: ten and 10, 5 m and 5 metres; codes, versions and bounds are none."""

from __future__ import annotations

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
            and units.same(read.unit, key.unit)
        ):
            return {Forgiven.NUMBER_FORMAT if read.label == key.label else Forgiven.UNIT_FORMAT}
    return None


def amount(form: str) -> numbers.Quantity | None:
    """The amount that a form is, where its unit is none or a known one (“4 tigers” is words)."""
    if marks.is_code(form):
        return None
    found = numbers.readings(form)
    known = [quantity for quantity in found if not quantity.unit or units.is_known(quantity.unit)]
    measured = [quantity for quantity in known if quantity.unit and quantity.scale == 1]
    return next(iter(measured or known), None)

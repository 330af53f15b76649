"""What reading a number gives, whether it was in digits or in words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

MOST_DIGITS = 40
LARGEST_EXPONENT = 60

ONE = Decimal(1)
PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
PARTS_OF = re.compile(r"[ -]?(?P<part>halve|third|quarter|fifth|sixth|eighth|tenth)s(?= |$)")


class Numeral(NamedTuple):
    """The readings of a number, what follows it, and the scale that its own words held."""

    values: tuple[Decimal, ...] = ()
    rest: str = ""
    plain: bool = False
    scale: Decimal = ONE

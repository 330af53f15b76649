"""Whole numbers as they arrive in forms and addresses: any text is one that a database can hold, or none."""

from __future__ import annotations

import re
from typing import Any

from werkzeug.routing import IntegerConverter
from wtforms import IntegerField

WHOLE = re.compile(r"[+-]?\d{1,18}")  # nineteen digits can be more than any database counts to


def whole(text: str) -> int:
    """The number that a text says, in whatever script; ValueError where it says none or too large a one."""
    stripped = text.strip()
    if not WHOLE.fullmatch(stripped):
        raise ValueError("That is no whole number, or too large a one.")
    return int(stripped)


class WholeNumberField(IntegerField):  # type: ignore[misc]
    """A field for a whole number; checks behind it never see one that they could not compare."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        if valuelist:
            try:
                self.data = whole(valuelist[0])
            except ValueError:
                raise ValueError("Type a whole number, in digits and not longer than needed.") from None


class WholeNumberConverter(IntegerConverter):
    """The part `<int:…>` of an address: another spelling or a longer number is no address of this site."""

    regex = r"[0-9]{1,18}"

"""Writing the few TOML values a deck file needs, so that tomllib reads them back equal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_TO_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f]')
_WIDTH = 100  # characters; a longer list has a line for each entry


def table_lines(table: Mapping[str, Any]) -> Iterator[str]:
    """One line for each key of a table, a list too long for it on lines of its own."""
    for name, value in table.items():
        line = f"{name} = {written(value)}"
        if len(line) > _WIDTH and isinstance(value, (list, tuple)):
            entries = "".join(f"  {written(entry)},\n" for entry in value)
            line = f"{name} = [\n{entries}]"
        yield line


def written(value: object) -> str:
    """A text, number, truth value, list or table as TOML writes it inside a line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {written(entry)}" for name, entry in value.items()) + " }"
    return _string(value) if isinstance(value, str) else str(value)


def _decimal(value: Decimal) -> str:
    """A TOML number; exponents are spelt out, so that a whole number reads back as one."""
    return format(value, "f")


def _string(text: str) -> str:
    return '"' + _TO_ESCAPE.sub(lambda found: _escape(found.group()), text) + '"'


def _escape(letter: str) -> str:
    return _ESCAPES.get(letter, f"\\u{ord(letter):04x}")

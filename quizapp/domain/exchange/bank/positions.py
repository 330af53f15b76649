"""Where the tables of an array are in a TOML text: tomllib keeps no line numbers."""

from __future__ import annotations

import re

# What opens a multi-line string, and what may hold three quotes without opening one.
_TOKEN = re.compile(r"\"\"\"|'''|#.*|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'")
_ENDS = {'"""': re.compile(r"(?:\\.|[^\\])*?\"{3,5}", re.DOTALL), "'''": re.compile(r".*?'{3,5}", re.DOTALL)}
_INSIDE = re.compile(r"[^\n]")


def header_lines(text: str, name: str) -> tuple[int, ...]:
    """The lines (from 1) of the headers `[[name]]` that stand outside strings and comments."""
    masked = _mask_multiline_strings(text)
    header = re.compile(rf"^[ \t]*\[\[[ \t]*{re.escape(name)}[ \t]*\]\]", re.MULTILINE)
    lines, line, position = [], 1, 0
    for match in header.finditer(masked):
        line += masked.count("\n", position, match.start())
        position = match.start()
        lines.append(line)
    return tuple(lines)


def _mask_multiline_strings(text: str) -> str:
    """The text with its multi-line strings crossed out, line breaks kept."""
    pieces, position, copied = [], 0, 0
    while match := _TOKEN.search(text, position):
        position = match.end()
        closing = _ENDS.get(match.group())
        if closing:
            end = closing.match(text, position)
            position = end.end() if end else len(text)
            pieces += [text[copied : match.start()], _INSIDE.sub("x", text[match.start() : position])]
            copied = position
    return "".join([*pieces, text[copied:]])

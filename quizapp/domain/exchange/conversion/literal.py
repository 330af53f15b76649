"""Plain text as Markdown that shows it letter by letter."""

from __future__ import annotations

import re

from quizapp.domain.language.markup import plain
from quizapp.domain.language.text import visible

_FORMULA = r"\\\((?:(?!\\\)).)+\\\)|\\\[(?:(?!\\\]).)+\\\]"
_SPECIAL = re.compile(rf"(?P<formula>{_FORMULA})|(?P<sign>[\\`*_\]<>&~])", re.DOTALL)
_FILE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<file>(?!picture:)[^)\s]*)[^)]*\)")
_OPENS_BLOCK = re.compile(r"^(?P<sign>#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|\||`{3}|~{3}|=+(?=\s*$)|-{2,})")
_NUMBERED = re.compile(r"^(?P<number>[0-9]{1,9})(?P<sign>[.)])(?=\s|$)")


def letters(text: str) -> str:
    """One line or a piece of one that Markdown shows as it is: signs that mean something get a backslash,
    if they do mean something there. A formula stays one."""
    if _SPECIAL.search(text) is None or visible(plain(text)) == visible(text):
        return text
    return _SPECIAL.sub(lambda found: found["formula"] or f"\\{found['sign']}", text)


def lines(text: str) -> str:
    """Several lines as Markdown that keeps them apart and shows them as they are."""
    given = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    written: list[str] = []
    for at, line in enumerate(given):
        bare = line.strip(" \t")
        indent = "\u00a0" * len(line[: len(line) - len(line.lstrip(" \t"))].expandtabs(4))
        follows = bare and at + 1 < len(given) and given[at + 1].strip()
        written.append(f"{indent}{unblocked(letters(bare))}{'  ' if follows else ''}" if bare else "")
    return "\n".join(written).strip("\n")


def without_files(text: str) -> tuple[str, tuple[str, ...]]:
    """Markdown without pictures that lie beside its file; and what is said of each."""
    notes = tuple(
        f"The picture “{found['file'].rpartition('/')[2][:60]}” was left out: it is not in the file."
        for found in _FILE.finditer(text)
    )
    return _FILE.sub(lambda found: found["alt"], text), notes


def unblocked(line: str) -> str:
    """A line of which no beginning opens a heading, a list, a quotation, a rule or a table."""
    line = _OPENS_BLOCK.sub(lambda found: f"\\{found['sign']}", line, count=1)
    return _NUMBERED.sub(r"\g<number>\\\g<sign>", line, count=1)

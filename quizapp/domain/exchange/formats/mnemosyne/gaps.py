"""The texts with gaps of Mnemosyne: `[hidden]` or `[hidden:hint]`, of which a card hides one."""

from __future__ import annotations

import re

from quizapp.domain.language.markup import plain
from quizapp.domain.library.kinds.asking.gaps import Gap

_PIECE = re.compile(r"\[(?P<hidden>[^\[\]:]+)(?::(?P<hint>[^\[\]]*))?\]")
_INDEX = re.compile(r"['\"]index['\"]\s*:\s*(?P<index>[0-9]+)")


def gapped(text: str, extra: str) -> tuple[str, Gap, str] | None:
    """(before, the gap, after) for the piece whose number is in the card's extra data; the others are
    shown. None where there is none."""
    found = list(_PIECE.finditer(text))
    number = _INDEX.search(extra)
    at = int(number["index"]) if number else 0
    if at >= len(found):
        return None
    chosen = found[at]
    key = plain(chosen["hidden"])
    if not key:
        return None
    return _shown(text[: chosen.start()]), Gap(key), _shown(text[chosen.end() :])


def _shown(text: str) -> str:
    return _PIECE.sub(lambda piece: piece["hidden"], text)

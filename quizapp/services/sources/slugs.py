"""Addresses for what teachers make. They begin with “t.”, and a bank's names hold no full stop: so
nothing that a bank brings along later can have the name of something a teacher has made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count

from quizapp.domain.language.text import fold_for_search

PREFIX = "t."
LONGEST_SLUG = 60


def addresses(title: str, otherwise: str) -> Iterator[str]:
    """Addresses made from a title, the plainest first; `otherwise` where it holds no letter of ours."""
    base = PREFIX + (slug(title, LONGEST_SLUG) or otherwise)
    yield base
    for number in count(2):
        yield f"{base}-{number}"


def slug(text: str, longest: int) -> str:
    """a–z, 0–9 and single hyphens; "" where nothing of the kind is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold_for_search(text))[:longest].strip("-")

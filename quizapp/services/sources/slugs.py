"""Addresses for what teachers make. They begin with “t.”, and a bank's names hold no full stop: so
nothing that a bank brings along later can have the name of something a teacher has made.

They end with a mark of their own for each teacher and title. Were they numbered across teachers, anyone who
makes a deck could feel by its address whether someone has a private one of that title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from itertools import count

from quizapp.domain.language.text import fold_for_search

PREFIX = "t."
LONGEST_SLUG = 60
LETTERS = "23456789bcdfghjkmnpqrstvwxz"  # of marks: none looks like another, and no words come about
MARK = 6  # letters: of a million decks of one title two have the same by chance


def addresses(title: str, otherwise: str, owner_id: int) -> Iterator[str]:
    """Addresses made from a title for its owner, the plainest first; `otherwise` where it holds no letter
    of ours."""
    base = slug(title, LONGEST_SLUG) or otherwise
    mark = blake2b(f"{owner_id} {base}".encode(), digest_size=20).digest()
    base = f"{PREFIX}{base}-{''.join(LETTERS[byte % len(LETTERS)] for byte in mark[:MARK])}"
    yield base
    for number in count(2):
        yield f"{base}-{number}"


def slug(text: str, longest: int) -> str:
    """a–z, 0–9 and single hyphens; "" where nothing of the kind is left."""
    return re.sub(r"[^a-z0-9]+", "-", fold_for_search(text))[:longest].strip("-")

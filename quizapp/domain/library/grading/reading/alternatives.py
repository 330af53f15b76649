"""A key's own alternatives: one side of a slash, what stands outside its brackets, a list with “or”."""

from __future__ import annotations

import functools
import re

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_SLASH = re.compile(r"\s*/\s*|\s+or\s+")


@functools.lru_cache(maxsize=2_048)
def of(form: str) -> tuple[str, ...]:
    """The shorter forms that a form offers itself; () for one that offers none."""
    found = []
    outside = " ".join(_BRACKETS.sub(" ", form).split())
    if outside and outside != form and re.search(r"\w", outside):
        found.append(outside)
        found.append(" ".join(re.sub(r"[()\[\]]", " ", form).split()))
    for each in (form, *found):
        sides = [side.strip() for side in _SLASH.split(each)]
        if len(sides) > 1 and all(re.search(r"[^\W\d_]{2}", side) for side in sides):
            found.extend(side for side in sides if side not in found)
    return tuple(found)

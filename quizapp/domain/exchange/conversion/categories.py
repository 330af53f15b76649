"""Moodle's paths of categories: “$course$/top/Biology/Cells”."""

from __future__ import annotations

_PLACES = frozenset({"", "top", "$course$", "$system$", "$module$", "$cat1$", "$coursecat$"})


def category(path: str) -> tuple[str, ...]:
    """The names in a path, outermost first; “//” is a stroke in a name."""
    parts = (part.replace("\0", "/").strip() for part in path.replace("//", "\0").split("/"))
    return tuple(part for part in parts if part.casefold() not in _PLACES)


def path_of(title: str) -> str:
    """The path of a category right below the course's."""
    return f"$course$/{' '.join(title.split()).replace('/', '//')}"

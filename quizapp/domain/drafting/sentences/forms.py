"""The forms of a name that are right: a person’s, an abbreviation that the article states, the known doubles.

A longer name of a thing is another thing (“Orrin” and “Orrin Statehouse”), so that it is never accepted.
"""

from __future__ import annotations

from quizapp.domain.drafting.sentences import lexicon
from quizapp.domain.drafting.sentences.names import Entity

_NO_PLAIN_WORD = frozenset("corp inc ltd office news post times press guardian falls games".split())


def asked_as(entity: Entity) -> str:
    """What a question calls the sort of an entity: “city”, “university”; "" where it has no plain word."""
    if entity.sort in {"country", "city", "person"}:
        return entity.sort
    words = entity.name.split()
    head = next((word for word in (words[-1], words[0]) if word in lexicon.HEADS), "").lower()
    if head and head not in _NO_PLAIN_WORD:
        return head
    return entity.sort if entity.sort in {"region", "organisation"} else ""


def accepted(entity: Entity) -> tuple[str, ...]:
    """The other forms under which the article itself names an entity, and a person’s with the office."""
    titled = {f"{role} {entity.name}" for role in entity.roles} if entity.sort == "person" else set[str]()
    same = next((names for names in lexicon.SAME if entity.name in names), ())
    return tuple(sorted({*entity.forms, *titled, *same} - {entity.name}))


def of_name(entity: Entity, shown: str) -> tuple[str, ...]:
    """All forms but the one that is shown, the fullest first."""
    return tuple(dict.fromkeys(form for form in (entity.name, *accepted(entity)) if form != shown))

"""Finding among the questions of a deck: words, kind, state, tag."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from quizapp.domain.language.text import fold_for_search
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds import KINDS
from quizapp.storage.library import editor as queries
from quizapp.storage.library.editor import Wanted
from quizapp.storage.library.tables import ITEM_STATES
from quizapp.web.library.authoring.fields.texts import clean

LONGEST = 200
Choices = tuple[tuple[str, str], ...]

STATES = {
    "draft": marked("Draft"),
    "in_review": marked("In review"),
    "published": marked("Published"),
    "retired": marked("Archived"),
}


def kind_choices() -> Choices:
    """Every kind by its name."""
    return tuple((kind.name, _(kind.title)) for kind in KINDS)


def state_choices() -> Choices:
    """Every state of a question."""
    return tuple((state, _(STATES[state])) for state in ITEM_STATES)


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What is looked for, "" for any, and what can be chosen (value, words)."""

    words: str = ""
    kind: str = ""
    state: str = ""
    tagged: str = ""
    kinds: Choices = field(default_factory=kind_choices)
    states: Choices = field(default_factory=state_choices)
    tags: Choices = ()

    @property
    def on(self) -> bool:
        """Whether anything is looked for."""
        return bool(self.address)

    @property
    def address(self) -> dict[str, str]:
        """The part of the address that leads to the same list."""
        named = {"words": self.words, "kind": self.kind, "state": self.state, "tagged": self.tagged}
        return {name: value for name, value in named.items() if value}

    @property
    def wanted(self) -> Wanted:
        """As the query takes it."""
        words = tuple(fold_for_search(self.words).split())
        return Wanted(words=words, kind=self.kind, state=self.state, tag=self.tagged)


def filter_of(session: Session, deck_id: int, arguments: Mapping[str, str]) -> Filter:
    """The filter that an address asks for; what cannot be chosen is left out."""
    tags: Choices = tuple((tag, tag) for tag in queries.deck_tags(session, deck_id))

    def chosen(name: str, choices: Choices) -> str:
        value = arguments.get(name, "")
        return value if value in dict(choices) else ""

    return Filter(
        words=clean(arguments.get("words", "")[:LONGEST])[0].strip(),
        kind=chosen("kind", kind_choices()),
        state=chosen("state", state_choices()),
        tagged=chosen("tagged", tags),
        tags=tags,
    )

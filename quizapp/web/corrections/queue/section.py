"""What a section of the queue is: how its entries are counted and built. `sections.py` lists them.

A part of the app that has something for teachers to settle writes a `Section` (beside its own routes or
in a module here) and adds it to `SECTIONS`. Whatever it shows is an `Entry`; it needs no template.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, true
from sqlalchemy.orm import Session

from quizapp.domain.language.translation import marked
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.responsibility import tended
from quizapp.storage.library.tables import Deck
from quizapp.web.frame.parts.differences import Change


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Whose queue it is, and for which deck (None: all of theirs)."""

    teacher: Account
    now: datetime
    deck_id: int | None = None

    @property
    def decks(self) -> ColumnElement[bool]:
        """The condition on Deck that a section's queries take, where it has no scope of its own."""
        return tended(self.teacher) & self.of_deck

    @property
    def of_deck(self) -> ColumnElement[bool]:
        """The condition on Deck that narrows the queue to one."""
        return Deck.id == self.deck_id if self.deck_id is not None else true()


@dataclass(frozen=True)
class Said:
    """Words of someone. what: a short label before them (“The answer is wrong”); text may be empty."""

    what: str
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Button:
    """A button of an entry: sends `fields` by POST to `href`, or (leads) is a link to it."""

    label: str
    href: str
    fields: tuple[tuple[str, str], ...] = ()
    leads: bool = False


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing to settle. href: where one does; at: since when it waits, in UTC."""

    title: str
    href: str
    deck_slug: str
    deck_title: str
    at: datetime | None = None
    badge: str = ""
    said: tuple[Said, ...] = ()
    changes: tuple[Change, ...] = ()
    actions: tuple[Button, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Section:
    """A sort of entries.

    name: in the address; about: one sentence on where they come from, for when there are none.
    count: an SQL number, so that all sections are counted in one statement; None for a section of hints,
    which no one waits for: they are built when looked at and are in no badge.
    entries: up to `limit` of them from `offset` on; a fixed number of queries.
    act: the button of an entry that brings none, which leads to where it is settled.
    scope: the condition that `count` gets; `tended` unless the section is about other decks.
    """

    name: str
    title: str
    about: str
    count: Callable[[ColumnElement[bool]], ScalarSelect[int]] | None
    entries: Callable[[Session, Desk, int, int], Sequence[Entry]]
    act: str = marked("Decide")
    scope: Callable[[Account], ColumnElement[bool]] = tended

"""The one tree of errors the domain raises; the web maps each to a status and a page.

QuizappError
├── Malformed            what arrived cannot be read at all                 (400)
│   └── MalformedResponse    a response that no browser page of ours sends
├── Invalid              readable, but against a rule; says field and remedy (422)
│   ├── InvalidContent       an item's content breaks a rule of its kind
│   └── InvalidBank          a bank file cannot be loaded
├── Missing              no such thing, or not for you                       (404)
├── Conflict             true once, but the world has moved on               (409)
└── TooMany              right, but too often from one place; wait a little  (429)
"""

from __future__ import annotations

from typing import NamedTuple


class QuizappError(Exception):
    """Base of every error raised on purpose; its message is fit for a person to read."""


class Malformed(QuizappError):
    """Input that cannot be read at all."""


class MalformedResponse(Malformed):
    """A response that does not fit the prompt it answers."""


class Problem(NamedTuple):
    """One thing wrong with one field, in words that say what to do next."""

    field: str
    message: str


class Invalid(QuizappError):
    """Readable input that breaks a rule. `problems` names each field and the remedy."""

    def __init__(self, message: str, problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems


class InvalidContent(Invalid):
    """An item's content breaks a rule of its kind."""


class InvalidBank(Invalid):
    """A bank file cannot be loaded; `problems` name file, line, item and field."""


class Missing(QuizappError):
    """No such thing, or none that this person may see: the two must look the same."""


class Conflict(QuizappError):
    """The request was right when it was made, but the state has moved on."""


class TooMany(QuizappError):
    """The request is right, but so many like it came from one place that this one has to wait."""

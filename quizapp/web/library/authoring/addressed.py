"""The evidence that an address names: an article, and places in it (“3.1”: paragraph and sentence)."""

from __future__ import annotations

from typing import Any

from werkzeug.datastructures import MultiDict

from quizapp.web.library.authoring.fields.texts import clean
from quizapp.web.library.authoring.forms import MOST_EVIDENCE

LONGEST_NUMBER = 6  # digits


Arguments = MultiDict[str, str]  # what an address holds behind its question mark


def rows(arguments: Arguments) -> list[dict[str, Any]]:
    """The rows of evidence of an empty form."""
    source = clean(arguments.get("source", ""))[0]
    if not source:
        return []
    places = [place.partition(".")[::2] for place in arguments.getlist("at")[:MOST_EVIDENCE]]
    places = places or [(arguments.get("paragraph", ""), arguments.get("sentence", ""))]
    return [
        {
            "source": source,
            **{
                name: int(text)
                for name, text in zip(("paragraph", "sentence"), place, strict=True)
                if _is_number(text)
            },
        }
        for place in places
    ]


def named(arguments: Arguments) -> dict[str, Any]:
    """The same as arguments of another address."""
    found: dict[str, Any] = {name: arguments.get(name, "") for name in ("source", "paragraph", "sentence")}
    return {name: value for name, value in {**found, "at": arguments.getlist("at")}.items() if value}


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= LONGEST_NUMBER

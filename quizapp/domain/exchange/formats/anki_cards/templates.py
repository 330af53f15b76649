"""Anki's templates (docs.ankiweb.net/templates): `{{Field}}`, `{{filter:Field}}`, `{{#Field}}…{{/Field}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

CLOZE = "\uf8f0"  # stands where a text with gaps is shown
_TAG = re.compile(r"\{\{(?P<sign>[#^/]?)(?P<name>[^{}]*)\}\}")
_EMPTY = re.compile(r"(?:\s|&nbsp;|</?(?:br|div|p)\s*/?>)*", re.IGNORECASE)
_ANSWER = re.compile(r"<hr\s+id=[\"']?answer[\"']?\s*/?>", re.IGNORECASE)
_TAGS = re.compile(r"<[^<>]*>")
_ABOUT = frozenset({"Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"})


@dataclass
class Rendered:
    """A side of a card as HTML. typed: the fields to be typed; clozes: those with deletions; hints: those
    shown on demand."""

    html: str = ""
    typed: list[str] = field(default_factory=list)
    clozes: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)


def render(template: str, values: Mapping[str, str], *, tags: str = "", number: int = 0) -> Rendered:
    """A template filled in. number: the card's, from 0, by which `{{#c1}}` is shown or not."""
    found = Rendered()
    shown: list[bool] = []
    parts: list[str] = []
    for literal, sign, name in _tokens(template):
        if all(shown):
            parts.append(literal)
        if sign in {"#", "^"}:
            shown.append(_holds(name, values, tags, number) is (sign == "#"))
        elif sign == "/":
            if shown:
                shown.pop()
        elif name and all(shown):
            parts.append(_filled(name, values, tags, found))
    found.html = "".join(parts)
    return found


def behind_answer(html: str) -> str:
    """What a back shows behind the line between the sides; all of it where there is none."""
    return _ANSWER.split(html, maxsplit=1)[-1]


def is_empty(html: str) -> bool:
    """Whether Anki takes a field for empty."""
    return _EMPTY.fullmatch(html) is not None


def _tokens(template: str) -> Iterator[tuple[str, str, str]]:
    """(what is before a tag, its sign, its name), the last without a tag."""
    at = 0
    for tag in _TAG.finditer(template):
        yield template[at : tag.start()], tag["sign"], tag["name"].strip()
        at = tag.end()
    yield template[at:], "", ""


def _holds(name: str, values: Mapping[str, str], tags: str, number: int) -> bool:
    if name in values:
        return not is_empty(values[name])
    if name == "Tags":
        return bool(tags)
    return name == f"c{number + 1}" or name in _ABOUT


def _filled(tag: str, values: Mapping[str, str], tags: str, found: Rendered) -> str:
    *filters, name = (part.strip() for part in tag.split(":"))
    if name == "FrontSide" or name in _ABOUT or any(each.startswith("tts") for each in filters):
        return ""
    if name == "Tags":
        return tags
    value = values.get(name, "")  # Anki itself asks for a name that no field has to be corrected
    if "cloze" in filters and name in values:
        found.clozes.append(name)
        value = CLOZE
    elif "type" in filters and name in values:
        found.typed.append(name)
        value = ""
    elif "hint" in filters:
        found.hints += [] if is_empty(value) else [name]
        value = ""
    return _TAGS.sub("", value) if "text" in filters else value

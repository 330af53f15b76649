"""From a card of Anki to a question: cards to turn, answers to type, texts with gaps."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import unescape
from typing import NamedTuple

from quizapp.domain.exchange.bundle import Answered, Entry, Item, Memory
from quizapp.domain.exchange.conversion import answers as shape
from quizapp.domain.exchange.conversion.answers import Head, Shaped, refused
from quizapp.domain.exchange.conversion.html import from_html
from quizapp.domain.exchange.formats.anki_cards.deletions import PLACE, deleted
from quizapp.domain.exchange.formats.anki_cards.templates import CLOZE, Rendered, behind_answer, render
from quizapp.domain.language.markup import plain
from quizapp.domain.library.kinds.asking.gaps import Gap
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.short_answer import ShortAnswer

Address = Callable[[str], str]

_SOUND = re.compile(r"\[(?:sound|anki:play|anki:tts)[:\]\s][^\]]*\]?")
_LATEX = (
    (re.compile(r"\[latex\](?P<tex>.*?)\[/latex\]", re.DOTALL | re.IGNORECASE), False),
    (re.compile(r"\[\$\$\](?P<tex>.*?)\[/\$\$\]", re.DOTALL), True),
    (re.compile(r"\[\$\](?P<tex>.*?)\[/\$\]", re.DOTALL), False),
    (re.compile(r"<anki-mathjax(?P<block>[^>]*)>(?P<tex>.*?)</anki-mathjax>", re.DOTALL), False),
)
_FORMULA = re.compile(r"\\\((?:(?!\\\)).)*\\\)|\\\[(?:(?!\\\]).)*\\\]", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_OCCLUSION = "image-occlusion:"


class NoteType(NamedTuple):
    """fields: their names; templates: (name, front, back) of each card."""

    name: str
    cloze: bool
    fields: tuple[str, ...]
    templates: tuple[tuple[str, str, str], ...]


class Card(NamedTuple):
    """A card with its note. number: which of its note's cards, from 0; several: it has more than one."""

    guid: str
    number: int
    several: bool
    note_type: NoteType
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    deck: tuple[str, ...]
    place: str
    history: tuple[Answered, ...] = ()
    memory: Memory | None = None


def entry(card: Card, address: Address) -> Entry:
    """A card's entry. address: the key of the medium that a name in the package means."""
    values = dict(
        zip(card.note_type.fields, (*card.fields, *[""] * len(card.note_type.fields)), strict=False)
    )
    reader = _Reader(address)
    shaped = _gapped(card, values, reader) if card.note_type.cloze else _asked(card, values, reader)
    first = _plain(card.fields[0]) if card.fields else ""
    if shaped.content is None:
        return shape.entry(card.place, first[:80], shaped)
    item = Item(
        content=shaped.content,
        id=f"{card.guid}:{card.number + 1}" if card.number else card.guid,
        deck=card.deck,
        tags=card.tags,
        fact=card.guid if card.several else "",
        history=card.history,
        memory=card.memory,
    )
    notes = tuple(dict.fromkeys((*shaped.notes, *reader.notes)))
    return shape.entry(card.place, "", Shaped(shaped.content, notes), item)


class _Reader:
    """HTML of a note as Markdown; gathers what was lost."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.notes: list[str] = []

    def markdown(self, html: str) -> str:
        if _SOUND.search(html):
            self.notes.append("A sound was left out.")
            html = _SOUND.sub("", html)
        read = from_html(_formulas(html), address=self.address)
        self.notes += read.notes
        return read.markdown


def _formulas(html: str) -> str:
    for pattern, display in _LATEX:
        html = pattern.sub(partial(_formula, display=display), html)
    return html


def _formula(found: re.Match[str], *, display: bool) -> str:
    tex = re.sub(r"<br\s*/?>|</?div>", " ", found["tex"]).strip()
    if "block" in found.re.groupindex and "true" in found["block"]:
        display = True
    if tex.startswith("$$") and tex.endswith("$$") and len(tex) > 4:
        tex, display = tex[2:-2], True
    elif tex.startswith("$") and tex.endswith("$") and len(tex) > 2:
        tex = tex[1:-1]
    return rf"\[{tex}\]" if display else rf"\({tex}\)"


def _plain(html: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", _SOUND.sub("", html))).split())


def _sides(card: Card, values: dict[str, str]) -> tuple[Rendered, Rendered] | None:
    """The sides of a card; None where its note type has no such template."""
    templates = card.note_type.templates
    at = 0 if card.note_type.cloze else card.number
    if at >= len(templates):
        return None
    _, front, back = templates[at]
    tags = " ".join(card.tags)
    return (
        render(front, values, tags=tags, number=card.number),
        render(back, values, tags=tags, number=card.number),
    )


def _hint(reader: _Reader, values: dict[str, str], front: Rendered) -> str:
    return "\n\n".join(reader.markdown(values[name]) for name in dict.fromkeys(front.hints))


def _asked(card: Card, values: dict[str, str], reader: _Reader) -> Shaped:
    sides = _sides(card, values)
    if sides is None:
        return refused("Its note type has no template for this card.")
    front, back = sides
    stem = reader.markdown(front.html)
    if not stem.strip():
        return refused("The front of the card is empty.")
    answer = reader.markdown(behind_answer(back.html))
    hint = _hint(reader, values, front)
    if front.typed:
        return _typed(values, list(dict.fromkeys(front.typed)), Head(stem, answer, hint), reader)
    if not answer.strip():
        return refused("The back of the card is empty.")
    return Shaped(FlipCard(stem=stem, answer=answer, hint=hint))


def _typed(values: dict[str, str], names: list[str], head: Head, reader: _Reader) -> Shaped:
    if len(names) > 1:
        reader.notes.append("The card has several fields to type; only the first is asked.")
    if _TAG.search(values[names[0]]):
        reader.notes.append("The answer to type was taken without its markup.")
    key = _plain(values[names[0]])
    if not key:
        return refused("The answer to type is empty.")
    rationale = head.rationale if plain(head.rationale) != key else ""
    return Shaped(ShortAnswer(stem=head.stem, rationale=rationale, hint=head.hint, key=key))


def _gapped(card: Card, values: dict[str, str], reader: _Reader) -> Shaped:
    sides = _sides(card, values)
    if sides is None:
        return refused("Its note type has no template for this card.")
    front, back = sides
    text = values[front.clozes[0]] if front.clozes else ""
    found = deleted(text, card.number + 1)
    if _OCCLUSION in text:
        return refused("Parts of a picture are hidden there (image occlusion), which is not possible here.")
    if not found.hidden:
        return refused(f"It has no gap with the number {card.number + 1}.")
    stem = reader.markdown(front.html.replace(CLOZE, found.html, 1).replace(CLOZE, ""))
    if any(PLACE in formula for formula in _FORMULA.findall(stem)):
        return refused("A gap stands within a formula, which is not possible here.")
    pieces = stem.split(PLACE)
    gaps = [Gap(_plain(_formulas(hidden))) for hidden in found.hidden]
    if len(pieces) != len(gaps) + 1 or not all(gap.key for gap in gaps):
        return refused("A gap hides a picture or a sound, which can’t be typed.")
    for at, hint in enumerate(found.hints, start=1):
        if hint.strip():
            reader.notes.append("What a gap shows as a hint stands behind it in brackets.")
            pieces[at] = f" ({reader.markdown(hint)}){pieces[at]}"
    behind = behind_answer(back.html).replace(CLOZE, "")
    head = Head("", reader.markdown(behind), _hint(reader, values, front))
    return shape.cloze(head, pieces, gaps)

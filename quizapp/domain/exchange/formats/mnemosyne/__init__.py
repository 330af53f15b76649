"""Mnemosyne: shared cards (`.cards`, its XML in a zip) and the XML of its first version."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Entry, Item, Medium, Record, medium
from quizapp.domain.exchange.conversion.answers import Head, Shaped, cloze, entry, refused
from quizapp.domain.exchange.conversion.archives import Archive
from quizapp.domain.exchange.conversion.html import Address, from_html
from quizapp.domain.exchange.conversion.trees import Node, elements
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.exchange.formats.mnemosyne.gaps import gapped
from quizapp.domain.library.kinds.flip_card import FlipCard

INSIDE = "cards.xml"
_TAG, _FACT, _CARD = "10", "16", "6"
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")
_UNTAGGED = "__UNTAGGED__"


class Mnemosyne(FileFormat):
    """Cards to turn, in one or both directions, vocabulary, and texts with gaps."""

    name = "mnemosyne"
    title = "Mnemosyne"
    endings = (".cards", ".xml", ".mem")

    def sniff(self, peek: Peek) -> Likelihood:
        if INSIDE in peek.inside:
            return Likelihood.SURE
        head = peek.text[:2000]
        return Likelihood.SURE if "<openSM2sync" in head or "<mnemosyne " in head else Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:  # noqa: ARG002 a file says all itself
        start = file.read(2)
        file.seek(0)
        if start != b"PK":
            yield from _records(file, None)
            return
        archive = Archive(file)
        if INSIDE not in archive.names():
            raise Invalid("There are no cards in this file. Export it again as shared cards (.cards).")
        yield from _records(BytesIO(archive.read(INSIDE)), archive)


def _records(file: BinaryIO, archive: Archive | None) -> Iterator[Record]:
    names = set(archive.names()) if archive else set()
    brought: dict[str, Medium] = {}

    def address(source: str) -> str:
        if archive is None or source not in names or not source.casefold().endswith(_PICTURES):
            return ""
        if source not in brought:
            brought[source] = medium(source.rpartition("/")[2], archive.read(source))
        return brought[source].key

    tags: dict[str, str] = {}
    facts: dict[str, Node] = {}
    sent = 0
    for root, node in elements(file):
        found: list[Entry] = []
        if root == "mnemosyne" and node.tag == "item":
            found = [_old(node)]
        elif node.tag == "log" and node.attribute("type") == _TAG:
            tags[node.attribute("o_id")] = node.text("name")
        elif node.tag == "log" and node.attribute("type") == _FACT:
            facts[node.attribute("o_id")] = node
        elif node.tag == "log" and node.attribute("type") == _CARD:
            found = [_card(node, facts, tags, address)]
        yield from list(brought.values())[sent:]
        sent = len(brought)
        yield from found


def _old(node: Node) -> Entry:
    front, back = from_html(node.text("Q")), from_html(node.text("A"))
    card = FlipCard(stem=front.markdown, answer=back.markdown)
    category = node.text("cat").strip()
    item = Item(content=card, id=node.attribute("id"), tags=(category,) if category else ())
    return entry(f"line {node.line}", "", Shaped(card, (*front.notes, *back.notes)), item)


def _card(node: Node, facts: dict[str, Node], tags: dict[str, str], address: Address) -> Entry:
    place = f"line {node.line}"
    fact = facts.get(node.attribute("fact"))
    if fact is None:
        return entry(place, "", refused("What this card is about stands nowhere before it."))
    shaped = _shaped(fact, node, address)
    if shaped.content is None:
        return entry(place, fact.text("f")[:80] or fact.text("text")[:80], shaped)
    named = (tags.get(name.strip(), "") for name in node.attribute("tags").split(","))
    item = Item(
        content=shaped.content,
        id=node.attribute("o_id"),
        fact=node.attribute("fact"),
        tags=tuple(name for name in named if name and name != _UNTAGGED),
    )
    return entry(place, "", shaped, item)


def _shaped(fact: Node, card: Node, address: Address) -> Shaped:
    """By the view of the fact that the card shows: 1.1 front to back, 2.2 back to front, 5.1 a gap."""
    view = card.attribute("fact_v")
    if fact.node("text") is not None:
        found = gapped(fact.text("text"), card.text("extra"))
        if found is None:
            return refused("The hidden piece of this card can’t be found in its text.")
        before, hidden, after = found
        pieces = from_html(before, address=address), from_html(after, address=address)
        head = Head("", notes=(*pieces[0].notes, *pieces[1].notes))
        return cloze(head, (pieces[0].markdown + " ", " " + pieces[1].markdown), (hidden,))
    sides = {name: from_html(fact.text(name), address=address) for name in ("f", "b", "p_1", "m_1", "n")}
    if fact.node("m_1") is not None:  # a foreign word, how it is spoken, what it means
        front, back, aside = sides["f"], sides["m_1"], sides["p_1"].markdown
    else:
        front, back, aside = sides["f"], sides["b"], sides["n"].markdown
    if view.endswith(".2"):
        front, back = back, front
    notes = tuple(note for side in sides.values() for note in side.notes)
    answer = f"{back.markdown}\n\n{aside}".strip()
    return Shaped(FlipCard(stem=front.markdown, answer=answer), notes)

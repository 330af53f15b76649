"""Writing a bank: a deck file that `load_bank` reads back equal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from quizapp.domain.exchange.bank.toml import table_lines
from quizapp.domain.library.bank import UNPLACED, BankItem, DeckRecord
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.sources.evidence import EvidenceRef, Role


def dump_toml(deck: DeckRecord, items: Iterable[BankItem]) -> str:
    """The text of one deck file. `items` are all of this deck, in order.

    What is at its default is left out; decimals keep their digits.
    """
    head = {"slug": deck.slug, "title": deck.title, "summary": deck.summary, "source": deck.source}
    table: dict[str, Any] = {name: text for name, text in head.items() if text}
    if deck.position != UNPLACED:
        table["position"] = deck.position
    blocks = [("[deck]", table)]
    blocks += [("[[items]]", _item(item)) for item in items]
    return "\n".join("\n".join([header, *table_lines(table), ""]) for header, table in blocks)


def _item(item: BankItem) -> dict[str, Any]:
    content = {
        field.name: getattr(item.content, field.name)
        for field in msgspec.structs.fields(item.content)
        if field.required or getattr(item.content, field.name) != field.default
    }
    envelope: dict[str, Any] = {
        "tags": item.tags,
        "evidence": [_evidence(ref) for ref in item.evidence],
        "formats": [str(format) for format in item.formats],
        "apart": item.apart,
        "waive": [msgspec.structs.asdict(waiver) for waiver in item.waive],
        "examples": _examples(item),
    }
    return {
        "id": item.id,
        **({"fact": item.fact} if item.fact != item.id else {}),
        "kind": kind_of(item.content).name,
        **content,
        **{name: value for name, value in envelope.items() if value},
    }


def _evidence(ref: EvidenceRef) -> dict[str, Any]:
    """What is at its default is left out here too."""
    defaults = {"role": Role.PROVES, "words": ""}
    table = msgspec.structs.asdict(ref)
    return {name: str(v) if name == "role" else v for name, v in table.items() if v != defaults.get(name)}


def _examples(item: BankItem) -> dict[str, list[Any]]:
    """One text stands for itself, several (a cloze's gaps) as a list."""
    sides = {"right": item.examples.right, "wrong": item.examples.wrong}
    return {
        name: [texts[0] if len(texts) == 1 else list(texts) for texts in side]
        for name, side in sides.items()
        if side
    }

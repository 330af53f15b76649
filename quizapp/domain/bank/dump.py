"""Writing a deck file: TOML that `load_bank` reads back equal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec

from quizapp.domain.bank.model import BankItem, DeckRecord
from quizapp.domain.kinds import kind_of

_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_TO_ESCAPE = re.compile(r'[\\"\x00-\x1f\x7f]')
_WIDTH = 100  # characters; a longer list has a line for each entry


def dump_toml(deck: DeckRecord, items: Iterable[BankItem]) -> str:
    """The text of one deck file. `items` are all of this deck, in order.

    What stands at its default is left out; decimals keep their digits.
    """
    head = {"slug": deck.slug, "title": deck.title, "summary": deck.summary, "source": deck.source}
    blocks = [("[deck]", {name: text for name, text in head.items() if text})]
    blocks += [("[[items]]", _item(item)) for item in items]
    return "\n".join("\n".join([header, *_lines(table), ""]) for header, table in blocks)


def _item(item: BankItem) -> dict[str, Any]:
    content = {
        field.name: getattr(item.content, field.name)
        for field in msgspec.structs.fields(item.content)
        if field.required or getattr(item.content, field.name) != field.default
    }
    envelope: dict[str, Any] = {
        "tags": item.tags,
        "evidence": [msgspec.structs.asdict(ref) for ref in item.evidence],
        "formats": [str(format) for format in item.formats],
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


def _examples(item: BankItem) -> dict[str, list[Any]]:
    """One text stands for itself, several (a cloze's gaps) as a list."""
    sides = {"right": item.examples.right, "wrong": item.examples.wrong}
    return {
        name: [texts[0] if len(texts) == 1 else list(texts) for texts in side]
        for name, side in sides.items()
        if side
    }


def _lines(table: Mapping[str, Any]) -> Iterator[str]:
    for name, value in table.items():
        line = f"{name} = {_value(value)}"
        if len(line) > _WIDTH and isinstance(value, (list, tuple)):
            entries = "".join(f"  {_value(entry)},\n" for entry in value)
            line = f"{name} = [\n{entries}]"
        yield line


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return _decimal(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_value(entry)}" for name, entry in value.items()) + " }"
    return _string(value) if isinstance(value, str) else str(value)


def _decimal(value: Decimal) -> str:
    """A TOML number; exponents are spelt out, so that a whole number reads back as one."""
    return format(value, "f")


def _string(text: str) -> str:
    return '"' + _TO_ESCAPE.sub(lambda found: _escape(found.group()), text) + '"'


def _escape(letter: str) -> str:
    return _ESCAPES.get(letter, f"\\u{ord(letter):04x}")

"""Reading one `[[items]]` table: the keys all kinds share here, the rest by the kind itself."""

from __future__ import annotations

import msgspec

from quizapp.domain.errors import InvalidContent
from quizapp.domain.exchange.bank.reading import TableReader
from quizapp.domain.library.bank import BankItem, Examples, Waiver
from quizapp.domain.library.kinds import KINDS, content_from
from quizapp.domain.library.kinds.base import Content, Format
from quizapp.domain.library.kinds.writing.shape import nearest
from quizapp.domain.sources.evidence import EvidenceRef, Role, stretch

_KINDS = {kind.name: kind for kind in KINDS}


class UnreadContent(Content, frozen=True, tag="unread", tag_field="kind"):
    """Stands in for a content that could not be read, so that the rest can still be checked."""


def read_item(table: TableReader, *, deck: str, position: int, file: str, line: int) -> BankItem:
    """An item from its table; problems go to the table's list, with the place they are at."""
    identity = table.slug("id")
    item = BankItem(
        id=identity,
        fact=table.slug("fact", identity),
        deck=deck,
        position=position,
        tags=table.texts("tags"),
        evidence=tuple(_evidence(entry) for entry in table.tables("evidence")),
        formats=_formats(table),
        apart=_apart(table),
        waive=tuple(_waiver(entry) for entry in table.tables("waive")),
        examples=_examples(table.table_at("examples")),
        content=_content(table),
        file=file,
        line=line,
    )
    table.finish()
    return item


def _content(table: TableReader) -> Content:
    name = table.text("kind")
    kind = _KINDS.get(name)
    if kind is None:
        table.rest(table.table)  # no one can tell which keys belong to an unknown kind
        if name:
            names = ", ".join(sorted(_KINDS))
            table.problem("kind", f"“{name}” is not a kind.{nearest(name, _KINDS)} There are: {names}.")
        return UnreadContent(stem="")
    written = table.rest(kind.content_type.__struct_fields__)
    try:
        content = content_from({"kind": name, **written})
    except InvalidContent as error:
        problems = error.problems
    else:
        problems = kind.problems(content)
        if not problems:
            return content
    for problem in problems:
        table.problem(problem.field, problem.message)
    return UnreadContent(stem="")


def _evidence(entry: TableReader) -> EvidenceRef:
    ref = EvidenceRef(
        source=entry.slug("source"),
        paragraph=entry.whole("paragraph"),
        sentence=entry.whole("sentence"),
        digest=entry.text("digest"),
        role=_role(entry),
        words=_words(entry),
    )
    entry.finish()
    return ref


def _role(entry: TableReader) -> Role:
    name = entry.text("role", Role.PROVES.value)
    if name in {role.value for role in Role}:
        return Role(name)
    names = ", ".join(Role)
    entry.problem("role", f"“{name}” is not a role.{nearest(name, Role)} There are: {names}.")
    return Role.PROVES


def _words(entry: TableReader) -> str:
    written = entry.text("words", "")
    if written and stretch(written) is None:
        entry.problem("words", f"“{written}” must be a first and a last word of the sentence, such as 7-12.")
    return written


def _waiver(entry: TableReader) -> Waiver:
    waiver = Waiver(rule=entry.text("rule"), reason=entry.text("reason"))
    entry.finish()
    return waiver


def _apart(table: TableReader) -> tuple[str, ...]:
    return tuple(dict.fromkeys(table.texts("apart")))


def _formats(table: TableReader) -> tuple[Format, ...]:
    names = table.texts("formats")
    known = [str(format) for format in Format]
    for name in names:
        if name not in known:
            table.problem(
                "formats", f"“{name}” is not a format.{nearest(name, known)} There are: {', '.join(known)}."
            )
    return tuple(Format(name) for name in names if name in known)


def _examples(table: TableReader) -> Examples:
    examples = Examples(right=_typed(table, "right"), wrong=_typed(table, "wrong"))
    table.finish()
    return examples


def _typed(table: TableReader, name: str) -> tuple[tuple[str, ...], ...]:
    """Texts, or lists of texts with one entry per gap, as tuples of texts."""
    try:
        entries = msgspec.convert(table.any_list(name), list[str | list[str]])
    except msgspec.ValidationError:
        table.problem(name, "must be a list of texts, or of lists with one text for each gap.")
        return ()
    return tuple((entry,) if isinstance(entry, str) else tuple(entry) for entry in entries)

"""From a submitted form to a draft that can be stored; what is in the way goes to its field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import content_from
from quizapp.domain.library.kinds.base import Content, Format
from quizapp.domain.library.kinds.writing.soundness import LONGEST_STEM, text_problems
from quizapp.domain.library.lint.base import Articles
from quizapp.domain.sources.evidence import EvidenceRef
from quizapp.services.library.citations import Cited, Pointer, cite
from quizapp.services.library.items import Draft
from quizapp.storage.library.cited_sources import SourceLine
from quizapp.web.library.authoring.fields.texts import clean
from quizapp.web.library.authoring.forms import EvidenceForm, ItemForm

_DIGEST = re.compile(r"[0-9a-f]{12}")


LOOKING = {"preview", "evidence", "picture", "row"}  # buttons that show the form again


@dataclass(frozen=True, kw_only=True)
class Written:
    """What a form says. content: None unless it can be asked; draft: None unless all of it is sound.

    problems: (anchor of the field, its label, what to do), in the order of the form.
    """

    content: Content | None
    draft: Draft | None
    formats: tuple[Format, ...] = ()  # those it would be asked in
    refs: tuple[EvidenceRef, ...] = ()
    articles: Articles = field(default_factory=dict)
    sources: Mapping[str, SourceLine] = field(default_factory=dict)
    problems: tuple[tuple[str, str, str], ...] = ()


def read(session: Session, form: ItemForm, reader_id: int) -> Written:
    """Read a submitted form; its fields then carry the errors."""
    content = _content(form)
    allowed = form.kind.formats(content) if content is not None else ()
    restricted = _formats(form, allowed) if content is not None else ()
    rows = [row for row in form.citations if not row.blank]
    cited = cite(session, [_pointer(row) for row in rows], reader_id)
    for row, found in zip(rows, cited.found, strict=True):
        _settle(row, found)
    evidence = [found for found in cited.found if isinstance(found, Cited)]
    problems = tuple(_problems(form))
    draft = None
    if content is not None and not problems:
        citations = tuple(dict.fromkeys(found.citation for found in evidence))
        tags = form.about.tags.data
        draft = Draft(content=content, formats=restricted, tags=tags, evidence=citations)
    return Written(
        content=content,
        draft=draft,
        formats=restricted or allowed,
        refs=tuple(found.ref for found in evidence),
        articles=cited.articles,
        sources=cited.sources,
        problems=problems,
    )


def only_looking(sent: Mapping[str, str]) -> bool:
    """Whether a button was pressed that shows the form again: a preview, another row, one less, a picture."""
    return sent.get("do") in LOOKING or "drop" in sent


def _content(form: ItemForm) -> Content | None:
    """The content if it is sound; else its problems go to the fields, beside what the form itself found."""
    unread = bool(form.content.errors)
    written = form.values()
    problems: tuple[Problem, ...]
    try:
        content = content_from({"kind": form.kind.name, **written})
    except InvalidContent as error:
        problems = (*error.problems, *text_problems("stem", written["stem"] or "", LONGEST_STEM))
    else:
        problems = form.kind.problems(content)
        if not problems and not unread:
            return content
    for problem in problems:
        entry = form.field_of(problem.field) or form.content.stem
        if not entry.errors:
            _complain(entry, problem.message)
    return None


def _formats(form: ItemForm, allowed: tuple[Format, ...]) -> tuple[Format, ...]:
    """The formats it is restricted to; () where none is ruled out."""
    if len(form.formats) < 2:
        return ()
    chosen = set(form.about.formats.data or ())
    restricted = tuple(format for format in allowed if format.value in chosen)
    if not restricted:
        message = _("Choose at least one format.")
        if chosen:
            message = _("It can’t be asked that way yet: add wrong options, or tick another format too.")
        _complain(form.about.formats, message)
    return () if restricted == allowed else restricted


def _pointer(row: EvidenceForm) -> Pointer:
    known = row.known.data or ""
    digest = known.removeprefix(row.place) if known.startswith(row.place) else ""
    return Pointer(
        source=clean(row.source.data or "")[0],
        paragraph=row.paragraph.data,
        sentence=row.sentence.data,
        text=row.text.data or "",
        known=digest if _DIGEST.fullmatch(digest) else "",
    )


def _settle(row: EvidenceForm, found: Cited | Problem) -> None:
    """Show in the row what was found: the place of a sentence that was pasted, or the problem."""
    if isinstance(found, Problem):
        if not row.errors:
            _complain(row[found.field], found.message)
        return
    if row.errors:
        return
    row.paragraph.process_data(found.ref.paragraph)
    row.sentence.process_data(found.ref.sentence)
    row.paragraph.raw_data = row.sentence.raw_data = None  # else what was typed would be shown
    row.text.process_data(None)
    row.known.data = row.place + found.ref.digest


def _complain(field: Any, message: str) -> None:
    field.errors = [*field.errors, message]


def _problems(form: ItemForm) -> Iterable[tuple[str, str, str]]:
    about = (field for field in form.about if field.short_name != "evidence")
    rows = (field for row in form.citations for field in row)
    for fields in (form.content, rows, about):
        for entry in fields:
            for message in entry.errors:
                yield entry.id, _(entry.label.text), str(message)

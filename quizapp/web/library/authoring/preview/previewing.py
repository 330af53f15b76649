"""An item as a student will see it: asked in each format, then answered; and the linter's advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

from quizapp.domain.language.translation import _, ngettext
from quizapp.domain.library.grading import likely
from quizapp.domain.library.grading.verdicts import LONGEST, Verdict
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content, Format, Grade, Outline, Prompt, Response, Typed
from quizapp.domain.library.lint.base import Severity
from quizapp.domain.library.lint.runner import Finding, lint_item
from quizapp.domain.sources.evidence import EvidenceView
from quizapp.services.library.citations import source_name, view_of
from quizapp.services.library.duplicates import LookAlike, look_alikes
from quizapp.storage.library import cited_sources
from quizapp.web.library.authoring.forms import FORMAT_WORDS, ItemForm
from quizapp.web.library.authoring.preview.sample import right_response
from quizapp.web.library.authoring.submission import Written

TRIED = "tried"  # the field of answers to try, which is no part of the question
MOST_TRIED = 20
SEED = "preview"  # the order of options is one of those that learners get
# Rules on what only the bank's files hold: graded examples, and digests written by hand.
NOT_FOR_EDITORS = ("few-examples", "evidence-digest")
NEEDS_ARTICLES = ("no-evidence",)  # left out in a deck that cites no article


@dataclass(frozen=True)
class Advice:
    """One thing the linter says: where (anchor, label), how serious, and what to do."""

    anchor: str
    label: str
    serious: bool
    message: str


@dataclass(frozen=True)
class Tried:
    """An answer as it would be graded now. why: that people will probably type it, or that its author did."""

    answer: str
    verdict: Verdict
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A sound item: its prompt in each format it will be asked in, and the page after a right answer."""

    asks: tuple[tuple[str, Prompt], ...]  # (what the student does, prompt)
    response: Response
    grade: Grade
    outline: Outline
    rationale: str
    hint: str
    typed: bool = False
    tried: tuple[Tried, ...] = ()
    refused: tuple[Tried, ...] = ()  # forms that people will probably type
    near: tuple[str, ...] = ()  # words one slip from the key

    @property
    def result_prompt(self) -> Prompt:
        return self.asks[0][1]


@dataclass(frozen=True, kw_only=True)
class Preview:
    """problems are in the way of showing (`shown` is then None) or of saving; advice never does."""

    shown: Shown | None = None
    problems: tuple[tuple[str, str, str], ...] = ()  # (anchor, label, what to do)
    advice: tuple[Advice, ...] = ()
    alike: tuple[LookAlike, ...] = ()  # questions at hand that seem to ask the same
    passages: tuple[EvidenceView, ...] = ()  # the sentences that are cited

    @property
    def summary(self) -> str:
        """The preview in one line, for those who cannot see it change."""
        if self.problems:
            return ngettext(
                "{count} thing to fix before it can be saved.",
                "{count} things to fix before it can be saved.",
                len(self.problems),
            )
        if self.advice or self.alike:
            return ngettext(
                "Can be saved. {count} suggestion.",
                "Can be saved. {count} suggestions.",
                len(self.advice) + len(self.alike),
            )
        return _("Can be saved. No suggestions.")


def preview_of(
    session: Session,
    teacher_id: int,
    form: ItemForm,
    written: Written,
    base: int | None,
    deck_id: int | None = None,
) -> Preview:
    """The preview of a form that has been read. `base`: the version being edited, if any; `deck_id`: its
    deck, if that is stored."""
    passages = tuple(view_of(ref, written.articles, written.sources) for ref in dict.fromkeys(written.refs))
    if written.content is None:
        return Preview(problems=written.problems, passages=passages)
    citable = deck_id is None or cited_sources.sources_of(session, deck_id, teacher_id)
    found = lint_item(
        written.content,
        form.about.tags.data or (),
        written.refs,
        formats=written.formats,
        articles=written.articles,
        titles={slug: source_name(row) for slug, row in written.sources.items()},
        waived=NOT_FOR_EDITORS if citable else (*NOT_FOR_EDITORS, *NEEDS_ARTICLES),
    )
    return Preview(
        passages=passages,
        shown=_shown(written.content, written, _lines(request.form.get(TRIED, ""))),
        problems=written.problems,
        advice=tuple(_advice(form, finding) for finding in found),
        alike=look_alikes(
            session, teacher_id, written.content, (ref.digest for ref in written.refs), without=base or 0
        ),
    )


def _shown(content: Content, written: Written, tried: Sequence[str]) -> Shown:
    kind = kind_of(content)
    asks = tuple((_(FORMAT_WORDS[format]), kind.prompt(content, format, SEED)) for format in written.formats)
    response = right_response(kind, content, asks[0][1])
    return Shown(
        asks=asks,
        response=response,
        grade=kind.grade(content, response),
        outline=kind.outline(content),
        rationale=content.rationale,
        hint=content.hint,
        typed=Format.TYPE in written.formats,
        tried=tuple(_try(content, text) for text in tried[:MOST_TRIED])
        if Format.TYPE in written.formats
        else (),
        refused=tuple(Tried(*each) for asked in kind.typed(content) for each in likely.refused(asked)),
        near=tuple(
            word for asked in kind.typed(content) for word in likely.near_words(asked.forms[0], asked.stem)
        ),
    )


def _try(content: Content, text: str) -> Tried:
    """One line of what was tried: an answer, the texts of several gaps parted by “|”."""
    kind = kind_of(content)
    boxes = len(kind.prompt(content, Format.TYPE, SEED).controls)
    parts = tuple(part.strip() for part in text.split("|")) if boxes > 1 else (text,)
    if len(parts) != boxes:
        return Tried(text, Verdict.WRONG, (_("Write one text for each gap, with “|” between them."),))
    grade = kind.grade(content, Typed(parts))
    return Tried(text, grade.verdict, tuple(part.note for part in grade.parts if part.note))


def _lines(text: str) -> list[str]:
    return [line.strip()[:LONGEST] for line in text.splitlines() if line.strip()]


def _advice(form: ItemForm, finding: Finding) -> Advice:
    serious = finding.severity is Severity.ERROR
    field = form.field_of(finding.field)
    if field is None and finding.field in {"tags", "formats"}:
        field = form.about[finding.field]
    if field is None:
        return Advice("evidence", _("Evidence"), serious, finding.message)
    return Advice(field.id, _(field.label.text), serious, finding.message)

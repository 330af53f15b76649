"""Reporting a question after it was answered, and reading what became of it."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.corrections.reports import Reason
from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.language import markup
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.quizzes.showing import grade_shown
from quizapp.services.corrections import reports
from quizapp.storage.corrections import reports as queries
from quizapp.storage.corrections.reports import AnsweredVersion, QuizzedVersion, ReportOnItem
from quizapp.storage.corrections.tables import Report
from quizapp.web.corrections.reports.pages import OwnReport, OwnReportsPage
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.differences import Change, changes
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.library.authoring.wording import wordings

blueprint = Blueprint("reports", __name__, url_prefix="/reports")


@blueprint.post("/study/<uuid:review>")
def from_study(review: UUID) -> Answer:
    """Report the question that was answered by this review."""
    asked = queries.answered_in_study(session(), access.account().id, review)
    if asked is None:
        raise Missing(_("Answer not found."))
    _report(asked)
    left, deck = request.form.get("left", type=whole), request.form.get("deck") or None
    return redirect(url_for("study.feedback", review=review, left=left, deck=deck), 303)


@blueprint.post("/quiz/<uuid:attempt>/<int:position>")
def from_quiz(attempt: UUID, position: int) -> Answer:
    """Report a question of one's own quiz whose answer has been shown."""
    found = access.attempt(attempt).attempt
    asked = queries.asked_in_quiz(session(), attempt, position)
    if asked is None:
        raise Missing(_("Question not found in this quiz."))
    if not grade_shown(found, asked.answered_at):
        flash(_("You can report a question only after you’ve seen its answer. Nothing was sent."), "warning")
    else:
        _report(asked)
    return redirect(url_for("quizzes.question", attempt=attempt, position=position), 303)


def _report(asked: AnsweredVersion | QuizzedVersion) -> None:
    reason, text = request.form.get("reason", ""), request.form.get("text", "")
    try:
        reports.report(
            session(),
            access.account(),
            item_id=asked.item_id,
            version_id=asked.version_id,
            reason=reason,
            text=text,
            now=now(),
        )
    except Invalid as error:
        flash(str(error), "warning")
    else:
        flash(
            _("Thank you. The author will read your report, and you’ll see the outcome."),
            "success",
        )


@blueprint.get("/")
def index() -> Answer:
    rows = queries.of_learner(session(), access.account().id)
    fixed = {id_ for row in rows if (id_ := row.report.fixed_version_id) is not None}
    seen = {row.report.version_id for row in rows if row.report.fixed_version_id}
    texts = wordings(session(), {*fixed, *seen})
    zone = ZoneInfo(access.account().zone)
    return OwnReportsPage(reports=tuple(_own(row, texts, zone) for row in rows))


def _own(row: ReportOnItem, texts: dict[int, dict[str, str]], zone: ZoneInfo) -> OwnReport:
    report = row.report
    return OwnReport(
        headline=markup.plain(kind_of(row.content).headline(row.content)),
        deck_title=row.title,
        reason=Reason(report.reason).words,
        text=report.text,
        at=report.made_at.astimezone(zone),
        outcome=report.state,
        reply=report.reply,
        changes=_changes(report, texts),
        asked=row.item_state == "published",
        new=report.state != "open" and report.read_at is None,
    )


def _changes(report: Report, texts: dict[int, dict[str, str]]) -> tuple[Change, ...]:
    if report.fixed_version_id is None:
        return ()
    return changes(texts[report.version_id], texts[report.fixed_version_id])


@blueprint.post("/read")
def read() -> Answer:
    """The notice on the start page goes; the reports stay on their page."""
    reports.mark_read(session(), access.account(), now=now())
    target = "reports.index" if request.form.get("from") == "reports" else "home.index"
    return redirect(url_for(target), 303)

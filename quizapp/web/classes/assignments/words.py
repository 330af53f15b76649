"""What assignments say: moments, rules, how it stands, results."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from quizapp.domain.classes.attempts import Attempted
from quizapp.domain.classes.states import Status
from quizapp.domain.classes.terms import Feedback, Sort, Terms
from quizapp.domain.classes.wording import clock_words, relative_words, zone_words
from quizapp.domain.language.translation import _, marked, ngettext
from quizapp.services.classes.progress import Standpoint
from quizapp.storage.classes.tables import Assignment
from quizapp.web.classes.assignments.pages import Moment

TEACHER_WORDS = {
    Status.NOT_OPEN: marked("not open yet"),
    Status.OPEN: "open",
    Status.DUE_SOON: marked("due soon"),
    Status.OVERDUE: "overdue",
    Status.DONE: "done",
    Status.LATE: marked("done late"),
    Status.CLOSED: marked("not finished"),
    Status.MISSED: "missed",
}
FEEDBACK_WORDS = {
    Feedback.NOW: marked("You see the answer after each question; your answers are final."),
    Feedback.END: marked("You can change your answers until you finish; then you see the correct ones."),
    Feedback.DUE: marked(
        "You can change your answers until you finish; you see the correct ones once the "
        "quiz is closed for everyone."
    ),
}
OWN_WORDS = {
    Status.DONE: marked("Done"),
    Status.LATE: marked("Done, after the due date"),
    Status.CLOSED: marked("Closed. What you did before then counts."),
    Status.MISSED: marked("Missed"),
}
TONES = {
    Status.DUE_SOON: "accent",
    Status.OVERDUE: "partly",
    Status.DONE: "right",
    Status.LATE: "partly",
    Status.CLOSED: "partly",
    Status.MISSED: "wrong",
}


def moment(at: datetime, zone: ZoneInfo, now: datetime) -> Moment:
    return Moment(clock=clock_words(at, zone, now), zone=zone_words(zone), relative=relative_words(at, now))


def rules(
    assignment: Assignment, terms: Terms, zone: ZoneInfo, now: datetime, *, asked: int = 0
) -> tuple[str, ...]:
    """What holds, in sentences. asked: how many questions an attempt asks."""
    said = []
    if now < terms.opens_at:
        said.append(_("Opens {opens_at}.").format(opens_at=clock_words(terms.opens_at, zone, now)))
    if assignment.sort == Sort.STUDY:
        percent = round(assignment.target * 100)
        said.append(
            _("A fact counts as known if it’s {percent} % likely to be remembered on the due date.").format(
                percent=percent
            )
        )
    else:
        allowed = assignment.attempts_allowed
        said.append(ngettext("{count} question.", "{count} questions.", asked))
        if assignment.minutes is not None:
            limit = assignment.minutes
            said.append(ngettext("{count} minute for an attempt.", "{count} minutes for an attempt.", limit))
        if assignment.access_code:
            said.append(_("It starts with an access code."))
        if allowed is None:
            said.append(_("As many attempts as you like; the best one counts."))
        else:
            said.append(
                _("One attempt.")
                if allowed == 1
                else _("{allowed} attempts; the best one counts.").format(allowed=allowed)
            )
        said.append(_(FEEDBACK_WORDS[Feedback(assignment.feedback)]))
    if terms.closes_at is None:
        said.append(_("Late answers are accepted and marked late."))
    elif terms.closes_at > terms.due_at:
        until = clock_words(terms.closes_at, zone, now)
        said.append(_("Late answers are accepted until {until} and marked late.").format(until=until))
    else:
        said.append(_("Late answers are not accepted."))
    return tuple(said)


def points(attempt: Attempted) -> str:
    """ "7.5 of 10"."""
    return _("{points} of {possible}").format(
        points=decimal(attempt.points), possible=decimal(attempt.possible)
    )


def decimal(number: float) -> str:
    """A figure with at most one decimal, and none that says nothing: “7”, “7.5”."""
    return f"{number:.1f}".removesuffix(".0")


def result(stand: Standpoint) -> tuple[str, int | None]:
    """What a student has got so far, and its share in per cent; "" where there is nothing to tell."""
    if stand.progress is not None:
        return _("{known} of {facts}").format(known=stand.progress.known, facts=stand.progress.facts), round(
            100 * stand.progress.share
        )
    if stand.counts is not None:
        return points(stand.counts), round(100 * stand.counts.share)
    if stand.attempts:
        last = stand.attempts[-1]
        return _("{answered} of {questions} answered").format(
            answered=last.answered, questions=last.questions
        ), None
    return "", None


def status_words(stand: Standpoint, zone: ZoneInfo, now: datetime) -> str:
    """How it stands, to its student."""
    terms, closes_at = stand.terms, stand.terms.closes_at
    if stand.status is Status.NOT_OPEN:
        return _("Opens {opens_at}").format(opens_at=relative_words(terms.opens_at, now))
    if stand.status in {Status.OPEN, Status.DUE_SOON}:
        return _("Due {due_at}").format(due_at=relative_words(terms.due_at, now))
    if stand.status is Status.OVERDUE:
        until = (
            _("late answers accepted")
            if closes_at is None
            else _("late answers accepted until {closes_at}").format(
                closes_at=clock_words(closes_at, zone, now)
            )
        )
        return _("Overdue; {until}").format(until=until)
    return _(OWN_WORDS[stand.status])

"""What assignments say: moments, rules, how it stands, results."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from quizapp.domain.classes.attempts import Attempted
from quizapp.domain.classes.states import Standing
from quizapp.domain.classes.terms import Feedback, Sort, Terms
from quizapp.domain.classes.wording import clock_words, relative_words, zone_words
from quizapp.services.classes.progress import Standpoint
from quizapp.storage.classes.tables import Assignment
from quizapp.web.classes.assignments.pages import Moment

TEACHER_WORDS = {
    Standing.NOT_OPEN: "not open yet",
    Standing.OPEN: "open",
    Standing.DUE_SOON: "due soon",
    Standing.OVERDUE: "overdue",
    Standing.DONE: "done",
    Standing.LATE: "done late",
    Standing.CLOSED: "not finished",
    Standing.MISSED: "missed",
}
FEEDBACK_WORDS = {
    Feedback.NOW: "Answers are shown after each question and are final.",
    Feedback.END: "Answers can be changed until you finish, and are shown then.",
    Feedback.DUE: "Answers can be changed until you finish, and are shown when nobody can answer any more.",
}
OWN_WORDS = {
    Standing.DONE: "Done",
    Standing.LATE: "Done, after the due date",
    Standing.CLOSED: "Over; what you did until then counts",
    Standing.MISSED: "Missed",
}
TONES = {
    Standing.DUE_SOON: "accent",
    Standing.OVERDUE: "partly",
    Standing.DONE: "right",
    Standing.LATE: "partly",
    Standing.CLOSED: "partly",
    Standing.MISSED: "wrong",
}


def moment(at: datetime, zone: ZoneInfo, now: datetime) -> Moment:
    return Moment(clock=clock_words(at, zone, now), zone=zone_words(zone), relative=relative_words(at, now))


def rules(assignment: Assignment, terms: Terms, zone: ZoneInfo, now: datetime) -> tuple[str, ...]:
    """What holds, in sentences."""
    said = []
    if now < terms.opens_at:
        said.append(f"Opens {clock_words(terms.opens_at, zone, now)}.")
    if assignment.sort == Sort.STUDY:
        percent = round(assignment.target * 100)
        said.append(
            f"A fact counts as known when it will come to mind on the due day with {percent} % certainty."
        )
    else:
        questions, allowed = assignment.questions, assignment.attempts_allowed
        said.append(f"{questions} question{'' if questions == 1 else 's'}.")
        if allowed is None:
            said.append("As many attempts as you like; the best one counts.")
        else:
            said.append("One attempt." if allowed == 1 else f"{allowed} attempts; the best one counts.")
        said.append(FEEDBACK_WORDS[Feedback(assignment.feedback)])
    if terms.closes_at is None:
        said.append("What comes after the due date is taken and marked late.")
    elif terms.closes_at > terms.due_at:
        until = clock_words(terms.closes_at, zone, now)
        said.append(f"What comes after the due date is taken until {until}, and marked late.")
    else:
        said.append("After the due date nothing is taken.")
    return tuple(said)


def points(attempt: Attempted) -> str:
    """ "7.5 of 10"."""
    return f"{attempt.points:.1f}".removesuffix(".0") + f" of {attempt.questions}"


def result(stand: Standpoint) -> tuple[str, int | None]:
    """What a student has got so far, and its share in per cent; "" where there is nothing to tell."""
    if stand.progress is not None:
        return f"{stand.progress.known} of {stand.progress.facts}", round(100 * stand.progress.share)
    if stand.counts is not None:
        return points(stand.counts), round(100 * stand.counts.share)
    if stand.attempts:
        last = stand.attempts[-1]
        return f"{last.answered} of {last.questions} answered", None
    return "", None


def standing_words(stand: Standpoint, zone: ZoneInfo, now: datetime) -> str:
    """How it stands, to its student."""
    terms, closes_at = stand.terms, stand.terms.closes_at
    if stand.standing is Standing.NOT_OPEN:
        return f"Opens {relative_words(terms.opens_at, now)}"
    if stand.standing in {Standing.OPEN, Standing.DUE_SOON}:
        return f"Due {relative_words(terms.due_at, now)}"
    if stand.standing is Standing.OVERDUE:
        until = "still taken" if closes_at is None else f"taken until {clock_words(closes_at, zone, now)}"
        return f"Overdue; {until}"
    return OWN_WORDS[stand.standing]

"""Building the quiz pages from an attempt's rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from textwrap import shorten
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.classes.wording import HOUR, MINUTE, clock_words, zone_words
from quizapp.domain.language.translation import _, ngettext
from quizapp.domain.library.grading.verdicts import Verdict
from quizapp.domain.library.kinds import decode_grade, decode_response, kind_of
from quizapp.domain.library.kinds.base import Content, Format, GaveUp, Grade, Prompt, Response
from quizapp.domain.library.kinds.responses import in_words
from quizapp.domain.quizzes.scoring import result
from quizapp.services.library.citations import evidence_views
from quizapp.services.quizzes.attempts import answers_from, review_id, terms_of
from quizapp.services.study.folding import counted_as
from quizapp.services.study.learner import Learner
from quizapp.storage.classes import assignments as assigned
from quizapp.storage.classes.assignments import AttemptTerms
from quizapp.storage.corrections import regrades as queries
from quizapp.storage.quizzes import attempts
from quizapp.storage.quizzes.attempts import AskedQuestion, AttemptOnDeck
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.web.frame.parts.offers import offered
from quizapp.web.quizzes.pages import (
    HandedInPage,
    OverviewPage,
    OverviewRow,
    QuizFeedbackPage,
    QuizQuestionPage,
    ResultPage,
    ResultRow,
    Until,
)
from quizapp.web.study.pages import Progress
from quizapp.web.study.voice import spoken

Asked = Sequence[AskedQuestion]


def prompt_of(row: AskedQuestion) -> Prompt:
    """A question as this attempt shows it, the same each time."""
    question = row.attempt_question
    seed = review_id(question.attempt_id, question.position).hex
    return kind_of(row.content).prompt(row.content, Format(question.format), seed)


def progress_of(rows: Asked) -> Progress:
    answered = sum(row.attempt_question.answered_at is not None for row in rows)
    return Progress(answered, len(rows) - answered)


def next_open(rows: Asked, after: int = 0) -> int:
    """The first unanswered position behind `after`, else the first of all; 0 when all are answered."""
    open_positions = [
        row.attempt_question.position for row in rows if row.attempt_question.answered_at is None
    ]
    behind = [position for position in open_positions if position > after]
    return (behind or open_positions or [0])[0]


def question_page(
    found: AttemptOnDeck,
    rows: Asked,
    row: AskedQuestion,
    *,
    served: str,
    until: Until | None,
    problem: str = "",
    kept: str = "",
) -> QuizQuestionPage:
    prompt, question = prompt_of(row), row.attempt_question
    return QuizQuestionPage(
        attempt=str(question.attempt_id),
        position=question.position,
        deck_title=found.deck_title,
        prompt=prompt,
        progress=progress_of(rows),
        served=served,
        at_end=found.attempt.feedback != "now",
        given=in_words(decode_response(question.response)) if question.response else (),
        until=until,
        problem=problem,
        kept=kept,
    )


def replaced_words(position: int, replaced: Response) -> str:
    """For anyone who has just saved an answer over a newer one that this page did not show."""
    newer = shorten("; ".join(in_words(replaced)), 80, placeholder="…")
    return _(
        "Question {position}: this replaced a newer answer, “{newer}”, that you gave in another tab or on "
        "another device. If you want that one, open the question and answer again."
    ).format(position=position, newer=newer)


def feedback_page(
    session: Session, found: AttemptOnDeck, rows: Asked, row: AskedQuestion
) -> QuizFeedbackPage:
    question = row.attempt_question
    response = decode_response(question.response)
    grade = _as_told(_assigned(session, found.attempt), decode_grade(question.grade))
    by = question.graded_by
    judged = (queries.content_of(session, by) if by is not None else None) or row.content
    review = counted_as(session, found.attempt.learner_id, review_id(question.attempt_id, question.position))
    return QuizFeedbackPage(
        attempt=str(question.attempt_id),
        position=question.position,
        deck_title=found.deck_title,
        prompt=prompt_of(row),
        response=response,
        grade=grade,
        outline=kind_of(judged).outline(judged),
        rationale=judged.rationale,
        passages=evidence_views(session, question.version_id),
        progress=progress_of(rows),
        spoken=spoken(response, grade, kind_of(judged).outline(judged)),
        next=0 if found.attempt.finished_at else next_open(rows, question.position),
        finished=found.attempt.finished_at is not None,
        claim=offered().under_answer(session, found.attempt.learner_id, review, response, grade),
        marked=_marked(session, question),
    )


def _marked(session: Session, question: AttemptQuestion) -> str:
    """What a teacher gave an answer by hand, and why; "" where the key decides."""
    if not question.marked or question.score is None:
        return ""
    return _("Your teacher gave this {percent} %: {reason}").format(
        percent=round(100 * question.score),
        reason=attempts.reason_of_mark(session, question.attempt_id, question.position),
    )


def over(session: Session, attempt: Attempt, now: datetime) -> str:
    """Why an attempt that is not finished takes no answer any more; "" while it does."""
    return _over(attempt, _assigned(session, attempt), now)


def time_for(
    session: Session, found: AttemptOnDeck, learner: Learner, now: datetime
) -> tuple[str, Until | None]:
    """Why an attempt takes no answer any more, as `over`; and until when it does, if that is ever over."""
    terms = _assigned(session, found.attempt)
    over = _over(found.attempt, terms, now)
    limits = [found.attempt.ends_at]
    if terms is not None:
        limits.append(terms_of(terms.assignment, terms.own_due_at).closes_at)
    closes_at = min((limit for limit in limits if limit is not None), default=None)
    if over or closes_at is None:
        return over, None
    left = closes_at - now
    minutes = left // MINUTE
    words = ""
    if left < MINUTE:
        words = _("less than a minute left")
    elif left <= HOUR:
        words = ngettext("{count} minute left", "{count} minutes left", minutes).format(count=minutes)
    return over, Until(words=clock_words(closes_at, learner.zone, now), left=words)


def _assigned(session: Session, attempt: Attempt) -> AttemptTerms | None:
    return assigned.of_attempt(session, attempt.id) if attempt.assignment_id is not None else None


def _over(attempt: Attempt, found: AttemptTerms | None, now: datetime) -> str:
    if attempt.set_aside_at is not None:
        return _("Your teacher has reset this attempt. It no longer counts.")
    if attempt.ends_at is not None and now > attempt.ends_at:
        return _("Time is up.")
    if found is None:
        return ""
    if found.out:
        return _("You’re no longer in {name}.").format(name=found.classroom.name)
    if terms_of(found.assignment, found.own_due_at).takes(now):
        return ""
    return _("Time is up.")


def handed_in_page(session: Session, found: AttemptOnDeck, rows: Asked, *, now: datetime) -> HandedInPage:
    assignment = assigned.of_attempt(session, found.attempt.id)
    after = answers_from(session, assignment.assignment) if assignment is not None else now
    words = ""
    if after >= now and assignment is not None:
        zone = ZoneInfo(assignment.classroom.zone)
        words = f"{clock_words(after, zone, now)} ({zone_words(zone)})"
    return HandedInPage(
        attempt=str(found.attempt.id),
        deck_title=found.deck_title,
        answered=progress_of(rows).done,
        questions=len(rows),
        assignment=_way_back(assignment),
        showable=not words,
        from_words=words,
    )


def overview_page(
    found: AttemptOnDeck, rows: Asked, *, over: str = "", until: Until | None = None, refused: str = ""
) -> OverviewPage:
    return OverviewPage(
        over=over,
        until=until,
        refused=refused,
        attempt=str(found.attempt.id),
        deck_title=found.deck_title,
        rows=tuple(
            OverviewRow(
                position=row.attempt_question.position,
                headline=kind_of(row.content).headline(row.content),
                answered=row.attempt_question.answered_at is not None,
            )
            for row in rows
        ),
    )


def _way_back(assignment: AttemptTerms | None) -> int | None:
    """The assignment that an attempt was for, where its student may still look at it."""
    return assignment.assignment.id if assignment is not None and not assignment.out else None


def _as_told(terms: AttemptTerms | None, grade: Grade) -> Grade:
    """A grade as its learner sees it: where the teacher wants no one asked, what is unsure is wrong."""
    if terms is None or terms.assignment.ask_unsure:
        return grade
    return grade.called([False] * len(grade.undecided))


def result_page(session: Session, found: AttemptOnDeck, rows: Asked, *, due: int) -> ResultPage:
    terms = _assigned(session, found.attempt)
    regraded = [row.attempt_question.graded_by for row in rows if row.attempt_question.graded_by is not None]
    judged = queries.contents_of(session, regraded)
    return ResultPage(
        attempt=str(found.attempt.id),
        deck_title=found.deck_title,
        deck_slug=found.deck_slug,
        assignment=_way_back(terms),
        assigned=found.attempt.assignment_id is not None,
        result=result(
            [row.attempt_question.score for row in rows], [row.attempt_question.points for row in rows]
        ),
        due=due,
        minutes=round(sum(row.attempt_question.duration_ms for row in rows) / 60_000),
        rows=tuple(
            _result_row(row, judged.get(row.attempt_question.graded_by or 0) or row.content, terms)
            for row in rows
        ),
    )


def _result_row(row: AskedQuestion, judged: Content, terms: AttemptTerms | None) -> ResultRow:
    """judged: by whose key it was graded."""
    question, kind = row.attempt_question, kind_of(judged)
    response = decode_response(question.response) if question.response else GaveUp()
    given = decode_grade(question.grade) if question.grade else kind.grade(judged, GaveUp())
    grade = _as_told(terms, given)
    return ResultRow(
        position=question.position,
        answered=question.answered_at is not None,
        score=question.score or 0.0,
        unsure=bool(question.grade) and grade.verdict is Verdict.UNSURE,
        prompt=prompt_of(row),
        response=response,
        grade=grade,
        outline=kind.outline(judged),
        rationale=judged.rationale,
    )

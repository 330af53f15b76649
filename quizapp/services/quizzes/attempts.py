"""Quizzes: start an attempt, answer its questions, finish it once. All of it feeds the one memory.

Feedback `now`: an answer is final and recorded as a review at once. Feedback `end`: answers can be
changed until the attempt is finished; the reviews are recorded then, each at the moment it was given.
Feedback `due`, of assigned quizzes alone: likewise, and recorded when the answers may be seen.

An attempt asks the versions it was drawn with to its end; what is right follows the keys in force.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID, uuid5

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from quizapp.domain.classes.terms import LateRule, Terms, shown_from
from quizapp.domain.errors import Conflict, Invalid, Missing
from quizapp.domain.language.translation import _
from quizapp.domain.language.words import common_words
from quizapp.domain.library.giveaways import Shown, told
from quizapp.domain.library.kinds import decode_response, encode_grade, encode_response
from quizapp.domain.library.kinds.base import Format, Response
from quizapp.domain.quizzes.drawing import Drawable, draw_items
from quizapp.domain.study.scheduling.ladder import choose_format
from quizapp.services.study import counting_keys
from quizapp.services.study.answer_log import Answer, Priors, open_item, record_answer
from quizapp.services.study.figures import known_shares
from quizapp.services.study.learner import Learner, learner_of
from quizapp.services.study.next_question import formats_of
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes import assigned_students, conditions
from quizapp.storage.classes import assignments as assigned
from quizapp.storage.classes.tables import Assignment
from quizapp.storage.library.tables import Deck
from quizapp.storage.quizzes import attempts as queries
from quizapp.storage.quizzes.tables import Attempt, AttemptQuestion
from quizapp.storage.upserts import insert_once, lock_learner

SAMPLE = 300  # questions whose words tell what a deck is about
FEEDBACK = ("now", "end")


@dataclass(frozen=True, kw_only=True)
class Given:
    """An answer to a question of an attempt. knew: the mark (`mark_of`) of the answer that stood there when
    its page was made; None where that isn't known."""

    response: Response
    at: datetime
    duration_ms: int
    knew: int | None = None


class Stored(NamedTuple):
    """What became of an answer. new: it was stored (False: one stood already that is final); replaced: the
    answer it took the place of, where its page knew of another: that was given meanwhile, in another tab."""

    new: bool
    replaced: Response | None = None


def mark_of(answered_at: datetime | None) -> int:
    """Tells one answer to a question from the next: microseconds since 1970; 0 while there is none."""
    return int(answered_at.timestamp() * 1e6) if answered_at is not None else 0


def start(
    session: Session,
    learner: Learner,
    deck: Deck,
    *,
    attempt_id: UUID,
    length: int,
    feedback: str,
    now: datetime,
) -> UUID:
    """Begin an attempt (once for one id, so that a double click begins one); returns its id.

    Raises Invalid for a deck without questions, Missing for an id that is someone else's.
    """
    if feedback not in FEEDBACK:
        raise Invalid(_("Choose when to see the answers: after each question, or at the end."))
    values = {
        "id": attempt_id,
        "learner_id": learner.id,
        "deck_id": deck.id,
        "feedback": feedback,
        "started_at": now,
        "finished_at": None,
    }
    if not insert_once(session, Attempt, values):
        if queries.attempt(session, attempt_id, learner.id) is None:
            raise Missing(_("Quiz not found."))
        return attempt_id
    draw_questions(session, learner, deck.id, attempt_id, length)
    return attempt_id


def draw_questions(session: Session, learner: Learner, deck_id: int, attempt_id: UUID, length: int) -> None:
    """Draw the questions of an attempt that has just begun. Raises Invalid for a deck without any."""
    ask(session, learner, attempt_id, draw(session, deck_id, attempt_id.hex, length))


def ask(
    session: Session,
    learner: Learner,
    attempt_id: UUID,
    drawn: Sequence[int],
    points: Mapping[int, float] | None = None,
) -> None:
    """Let an attempt ask these items in this order; points: what each is worth, 1 where it is not said.
    Raises Invalid without any."""
    worth = points or {}
    if not drawn:
        raise Invalid(_("This deck has no questions for a quiz yet."))
    versions = {row.item_id: row for row in queries.present_versions(session, learner.id, list(drawn))}
    for position, item_id in enumerate(drawn, start=1):
        row = versions[item_id]
        session.add(
            AttemptQuestion(
                attempt_id=attempt_id,
                position=position,
                item_id=item_id,
                version_id=row.version_id,
                format=choose_format(formats_of(row.content, row.formats), row.state, None, None).value,
                points=worth.get(item_id, 1.0),
            )
        )
    session.flush()


def draw(session: Session, deck_id: int, seed: str, length: int) -> tuple[int, ...]:
    """The items of a quiz on a deck; two never see that are kept apart, or of which one tells the other's
    answer.

    In a small deck no one can say which words are common to all its questions; there only pairs that are
    stored are kept apart.
    """
    rows = queries.drawable(session, deck_id)
    shown = {row.id: Shown(row.content) for row in rows}
    common = common_words([shown[row.id].stem for row in rows[:SAMPLE]])
    pairs = queries.kept_apart(session, deck_id)

    def apart(one: int, other: int) -> bool:
        if (one, other) in pairs or not common:
            return (one, other) in pairs
        return bool(told(shown[one], shown[other], common) or told(shown[other], shown[one], common))

    return draw_items(_drawable(rows), length, seed, apart)


def drawable(session: Session, deck_id: int) -> list[Drawable]:
    """What a quiz on a deck can ask: all but cards that one rates oneself."""
    return _drawable(queries.drawable(session, deck_id))


def _drawable(rows: Sequence[queries.DrawableItem]) -> list[Drawable]:
    return [
        Drawable(row.id, row.fact_id)
        for row in rows
        if Format.FLIP not in formats_of(row.content, row.formats)
    ]


def review_id(attempt_id: UUID, position: int) -> UUID:
    """The id of the review that an attempt's question becomes."""
    return uuid5(attempt_id, str(position))


def answer(
    session: Session,
    learner: Learner,
    attempt: Attempt,
    question: AttemptQuestion,
    given: Given,
    *,
    prior: Priors,
) -> Stored:
    """Store an answer.

    Raises Conflict when the attempt has been finished or its assignment takes nothing any more,
    MalformedResponse for a response that does not fit; nothing is stored then.
    """
    lock_learner(session, learner.id)
    final = attempt.feedback == "now"
    replaced = None if final else _unknown(session, question, given)
    row = open_item(session, learner, question.item_id, question.version_id, now=given.at)
    verdict = counting_keys.grade(session, row, Format(question.format), given.response)
    statement = (
        update(AttemptQuestion)
        .where(AttemptQuestion.attempt_id == attempt.id, AttemptQuestion.position == question.position)
        .where(queries.still_open(attempt.id))
        .values(
            response=encode_response(given.response),
            grade=encode_grade(verdict.grade),
            score=verdict.grade.score,
            graded_by=verdict.graded_by,
            answered_at=given.at,
            duration_ms=given.duration_ms,
        )
    )
    if attempt.ends_at is not None:
        statement = statement.where(queries.in_time(attempt.id, given.at))
    if attempt.assignment_id is not None:
        statement = statement.where(conditions.attempt_takes(attempt.id, learner.id, given.at))
    if final:
        statement = statement.where(AttemptQuestion.answered_at.is_(None))
    if session.execute(statement).rowcount != 1:  # type: ignore[attr-defined]
        if final and queries.answer_so_far(session, attempt.id, question.position):
            return Stored(new=False)
        raise Conflict(refusal(session, attempt.id, given.at))
    if final:
        _record(session, learner, attempt.id, question, given, prior=prior)
    return Stored(True, replaced)


def _unknown(session: Session, question: AttemptQuestion, given: Given) -> Response | None:
    """The answer that stands, where it is neither the one that the page knew of nor the same again."""
    so_far = queries.answer_so_far(session, question.attempt_id, question.position)
    if so_far is None or given.knew in {None, mark_of(so_far.answered_at)}:
        return None
    before = decode_response(so_far.response)
    return None if before == given.response else before


def refusal(session: Session, attempt_id: UUID, now: datetime) -> str:
    """Why an answer was not taken, for anyone who gave it."""
    kept = _("Your earlier answers are kept.")
    if queries.is_finished(session, attempt_id):
        return _("This quiz has been finished. The answer wasn’t accepted; your result is kept.")
    if queries.is_set_aside(session, attempt_id):
        return _("Your teacher has reset this attempt, so the answer wasn’t accepted. {kept}").format(
            kept=kept
        )
    found = assigned.of_attempt(session, attempt_id)
    if found is None:
        return _("Your teacher has just deleted this assignment. {kept} Go back and answer again.").format(
            kept=kept
        )
    if found.out:
        return _("You’re no longer in {name}, so the answer wasn’t accepted. {kept}").format(
            name=found.classroom.name, kept=kept
        )
    if now < found.assignment.opens_at:
        return _("Your teacher has moved the opening date, so the answer wasn’t accepted. {kept}").format(
            kept=kept
        )
    return _("Time was up, so the answer wasn’t accepted. {kept} Finish the quiz to see your result.").format(
        kept=kept
    )


def finish(session: Session, learner: Learner, attempt: Attempt, *, now: datetime, prior: Priors) -> bool:
    """Finish an attempt; True for the one call that did it. Unanswered questions score 0 and say
    nothing about memory. It can be finished after its assignment has closed too: the answers stand."""
    lock_learner(session, learner.id)
    done = session.execute(
        update(Attempt).where(Attempt.id == attempt.id, Attempt.finished_at.is_(None)).values(finished_at=now)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        return False
    if attempt.feedback == "end":
        _record_all(session, learner, attempt.id, prior=prior)
    return True


def discard(session: Session, learner: Learner, attempt: Attempt) -> None:
    """Remove an attempt begun of one's own accord; answers that were shown already count for memory.

    Raises Conflict for a finished one, and for one of an assignment: that counts.
    """
    lock_learner(session, learner.id)
    if attempt.finished_at is not None or attempt.assignment_id is not None:
        raise Conflict(_("Only a quiz of your own that isn’t finished can be discarded."))
    session.execute(delete(Attempt).where(Attempt.id == attempt.id))


def show_answers(
    session: Session, learner: Learner, attempt: Attempt, *, now: datetime, prior: Priors
) -> bool:
    """Open the answers of a finished attempt with feedback `due`; its reviews are recorded then, for
    what a memory is believed to hold tells of right and wrong. True for the one call that did it.

    Raises Conflict while someone may still answer.
    """
    lock_learner(session, learner.id)
    found = assigned.of_attempt(session, attempt.id)
    if found is not None and now <= answers_from(session, found.assignment):
        raise Conflict(_("The answers aren’t shown yet: others may still take this quiz."))
    done = session.execute(
        update(Attempt)
        .where(Attempt.id == attempt.id, Attempt.feedback == "due", Attempt.shown_at.is_(None))
        .where(Attempt.finished_at.is_not(None))
        .values(shown_at=now)
    )
    if done.rowcount != 1:  # type: ignore[attr-defined]
        return False
    _record_all(session, learner, attempt.id, prior=prior)
    return True


def close_next(session: Session, settings: Settings, *, now: datetime) -> int:
    """Finish an attempt that was left when its time was over, or open the answers of one that may be opened,
    so that what was answered reaches the memory; 0 when there is none."""
    for row in conditions.left_attempts(session, now, 1):
        learner = learner_of(session.get_one(Account, row.learner_id), settings)
        attempt, prior = session.get_one(Attempt, row.id), known_shares(session)
        if row.finished:
            return int(show_answers(session, learner, attempt, now=now, prior=prior))
        return int(finish(session, learner, attempt, now=now, prior=prior))
    return 0


def answers_from(session: Session, assignment: Assignment) -> datetime:
    """The moment after which answers of an assigned quiz with feedback `due` are shown."""
    return shown_from(terms_of(assignment), assigned_students.extensions(session, assignment.id))


def terms_of(assignment: Assignment, own_due_at: datetime | None = None) -> Terms:
    """The terms of an assignment, for a student with a due moment of their own or (None) for the class."""
    terms = Terms(
        opens_at=assignment.opens_at,
        due_at=assignment.due_at,
        late_rule=LateRule(assignment.late_rule),
        last_at=assignment.last_at,
    )
    return terms.extended(own_due_at)


def _record_all(session: Session, learner: Learner, attempt_id: UUID, *, prior: Priors) -> None:
    for row in queries.questions(session, attempt_id):
        question = row.attempt_question
        if question.answered_at is not None:
            given = Given(
                response=decode_response(question.response),
                at=question.answered_at,
                duration_ms=question.duration_ms,
            )
            _record(session, learner, attempt_id, question, given, prior=prior)


def _record(
    session: Session,
    learner: Learner,
    attempt_id: UUID,
    question: AttemptQuestion,
    given: Given,
    *,
    prior: Priors,
) -> None:
    row = open_item(session, learner, question.item_id, question.version_id, now=given.at)
    review = Answer(
        review=review_id(attempt_id, question.position),
        item_id=question.item_id,
        version_id=question.version_id,
        format=Format(question.format),
        response=given.response,
        at=given.at,
        source="quiz",
        duration_ms=given.duration_ms,
    )
    record_answer(session, learner, row, review, prior=prior)

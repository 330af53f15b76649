"""Building the study pages from what the services return."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.differences import Step, steps
from quizapp.domain.language.translation import _, marked, ngettext
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Choices, Format, Prompt
from quizapp.domain.study.scheduling.card import AWAY, CardState
from quizapp.domain.study.scheduling.evidence import Evidence, eased, update
from quizapp.domain.study.scheduling.fsrs import Memory
from quizapp.domain.study.scheduling.interval import interval
from quizapp.services.library.citations import evidence_views
from quizapp.services.study.answer_log import Recorded, review_id
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import Question
from quizapp.storage.corrections import regrades
from quizapp.storage.study import step as queries
from quizapp.storage.study.met import AnsweredToday
from quizapp.storage.study.step import AskedItem
from quizapp.web.frame.parts.offers import offered
from quizapp.web.study.pages import FeedbackPage, MissedEntry, Progress, QuestionPage, RevealPage
from quizapp.web.study.served_note import Serving, seal
from quizapp.web.study.voice import spoken, turned

RATINGS = {1: marked("Again"), 2: marked("Hard"), 3: marked("Good"), 4: marked("Easy")}


def changed_since(session: Session, learner: Learner, question: Question) -> tuple[Step, ...] | None:
    """How the question reads differently from when the learner met it, where its meaning has changed
    since; None else. Nothing but what is asked: a key must not show."""
    if question.number == 1:
        return None
    old = regrades.met_before_change(session, learner.id, question.item_id, question.number)
    if old is None:
        return None
    before, now = (markup.plain(kind_of(content).headline(content)) for content in (old, question.content))
    return steps(before, now) if before != now else ()


def question_page(
    learner: Learner,
    question: Question,
    *,
    left: int,
    answered: int,
    deck: str,
    now: datetime,
    way: str = "",
    undo: str = "",
    hinted: bool = False,
    problem: str = "",
    kept: str = "",
    served_at: int | None = None,
    changed: tuple[Step, ...] | None = None,
) -> QuestionPage:
    """The page that asks; its form carries the sealed serving."""
    serving = Serving(
        item_id=question.item_id,
        version_id=question.version_id,
        events=question.events,
        format=question.format.value,
        at=served_at if served_at is not None else int(now.timestamp() * 1000),
        left=left,
        hinted=hinted,
        deck=deck,
        way=way,
    )
    return QuestionPage(
        prompt=question.prompt,
        serving=seal(serving, learner.id),
        progress=Progress(answered, left),
        deck_title=question.deck_title,
        deck_slug=deck,
        hint=question.content.hint if hinted else "",
        undo=undo,
        problem=problem,
        kept=kept,
        changed=changed,
        tap=learner.one_tap if _single(question.prompt) else "",
    )


def _single(prompt: Prompt) -> bool:
    """Whether it is answered by choosing one option."""
    control = prompt.controls[0] if len(prompt.controls) == 1 and not prompt.pieces else None
    return isinstance(control, Choices) and not control.many


def feedback_address(review: UUID, left: int, deck: str, way: str, *, already: bool = False) -> str:
    """Where what came of an answer is found again."""
    return url_for(
        "study.feedback",
        review=review,
        left=left,
        deck=deck or None,
        way=way or None,
        again=1 if already else None,
    )


def feedback_page(
    session: Session,
    learner: Learner,
    recorded: Recorded,
    *,
    left: int,
    deck: str,
    now: datetime,
    already: bool,
    way: str = "",
) -> FeedbackPage:
    """The page after an answer, from what the log holds of it."""
    kind = kind_of(recorded.content)
    today = learner.today(now)
    answered = recorded.answered
    if answered is None:
        figures = queries.day_figures(session, learner.id, today)
        answered = figures.answers if figures else 1
    again = recorded.state is not None and recorded.state.learning
    when, why = next_time(recorded, today)
    return FeedbackPage(
        prompt=kind.prompt(recorded.content, recorded.format, recorded.review.hex),
        response=recorded.response,
        grade=recorded.grade,
        outline=kind.outline(recorded.content),
        rationale=recorded.content.rationale,
        passages=evidence_views(session, recorded.version_id),
        review=str(recorded.review),
        next_time=when,
        next_reason=why,
        spoken=spoken(recorded.response, recorded.grade, kind.outline(recorded.content), when),
        item_id=recorded.item_id,
        own_note=recorded.own_note,
        address=feedback_address(recorded.review, left, deck, way, already=already),
        progress=Progress(answered, max(0, left - (not again))),
        deck_slug=deck,
        way=way,
        already=already,
        claim=offered().under_answer(
            session,
            learner.id,
            recorded.review,
            recorded.response,
            recorded.grade,
            fresh=recorded.new and not recorded.grade.by_word,
        ),
    )


def missed_entry(answer: AnsweredToday) -> MissedEntry:
    """A missed question as the end of a session lists it."""
    kind = kind_of(answer.content)
    return MissedEntry(
        headline=markup.plain(kind.headline(answer.content)),
        answers=kind.outline(answer.content).keys,
        review=str(answer.review),
    )


def reveal_page(
    session: Session, learner: Learner, serving: Serving, row: AskedItem, *, now: datetime
) -> RevealPage:
    """A flip card turned over, with the ratings to choose from."""
    kind, state = kind_of(row.content), row.state
    today = learner.today(now)
    figures = queries.day_figures(session, learner.id, today)
    review = review_id(learner.id, row.item_id, serving.events)
    return RevealPage(
        prompt=kind.prompt(row.content, Format.FLIP, review.hex),
        outline=kind.outline(row.content),
        rationale=row.content.rationale,
        passages=evidence_views(session, row.version_id),
        serving=seal(serving, learner.id),
        progress=Progress(figures.answers if figures else 0, serving.left),
        ratings=ratings(learner.aiming(row.target), state, today, row.ease or 0.0),
        spoken=turned(kind.outline(row.content)),
        deck_slug=serving.deck,
    )


def next_time(recorded: Recorded, today: int) -> tuple[str, str]:
    """When the item comes again, in words, and why then."""
    state = recorded.state
    if state is None:
        return _("when it’s next asked"), _("This answer was undone.")
    if state.due_day >= AWAY:
        return _("when you take it back"), _(
            "It’s set aside: you’ve missed it again and again, or put it away. Reread the passage, then take "
            "it back from Progress; if the question is the problem, report it."
        )
    if state.learning:
        return _("later today"), _("You’ll see it again today until you get it right.")
    days = state.due_day - today
    reason = _("That’s about when you’d start to forget it.")
    if recorded.grade.rating is None and recorded.format is Format.CHOOSE and recorded.grade.right:
        reason = (
            _("Multiple choice can be guessed, so it counts for less than a typed answer.") + f" {reason}"
        )
    elif recorded.grade.by_word:
        reason = (
            _("It counts half, because that’s your own judgement. The teacher can see it, too.")
            + f" {reason}"
        )
    elif recorded.grade.partly:
        reason = _("Partly correct, so it counts in part.") + f" {reason}"
    return in_days(days), reason


def in_days(days: int) -> str:
    """“today”, “tomorrow”, “in 4 days”, “in 3 weeks”, “in 5 months”."""
    if days <= 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days < 21:
        return ngettext("in {count} day", "in {count} days", days)
    if days < 75:
        return ngettext("in {count} week", "in {count} weeks", round(days / 7))
    return ngettext("in {count} month", "in {count} months", round(days / 30.4))


def ratings(
    learner: Learner, state: CardState | None, today: int, ease: float = 0.0
) -> tuple[tuple[int, str, str], ...]:
    """The ratings offered on a flip card's back, each with when the card would come again. ease: of a new
    item, how much easier it is than others."""
    offered = (1, 2, 3, 4) if learner.four_ratings else (1, 3)
    parameters = learner.parameters
    found: list[tuple[int, str, str]] = []
    for rating in offered:
        if rating == 1:
            found.append((rating, _(RATINGS[rating]), _("later today")))
            continue
        elapsed, known = state.elapsed(today) if state else 0, state.memory if state else None
        memory = update(parameters.weights, known, Evidence(1.0, rating=rating), elapsed, 0.5)
        if state is None:
            memory = Memory(*eased(memory, ease))
        days = interval(parameters.weights, memory, parameters.retention, parameters.maximum)
        found.append((rating, _(RATINGS[rating]), in_days(days)))
    return tuple(found)

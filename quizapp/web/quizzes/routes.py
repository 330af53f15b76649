"""A quiz in the browser: choose, answer, look over, finish, result. Resumable at any point."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from quizapp.domain.errors import Conflict, Invalid, Malformed, Missing
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import Response
from quizapp.domain.quizzes.showing import grade_shown, result_shown
from quizapp.services.quizzes import attempts
from quizapp.services.study import next_question
from quizapp.storage.quizzes import attempts as queries
from quizapp.storage.quizzes.attempts import AskedQuestion, AttemptOnDeck
from quizapp.storage.quizzes.tables import AttemptQuestion
from quizapp.web.frame import access
from quizapp.web.frame.clock import arrived, fresh_id, now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.quizzes import building
from quizapp.web.quizzes.pages import NewQuizPage, OpenAttempt
from quizapp.web.study.given import Unanswered, read_form
from quizapp.web.study.prior import site_prior

blueprint = Blueprint("quizzes", __name__, url_prefix="/quiz")

LENGTHS = (5, 10, 20)
LONGEST = 100


@blueprint.get("/new")
def new() -> Answer:
    deck, learner = access.deck(request.args.get("deck", "")), access.learner()
    facts = min(LONGEST, len({each.fact for each in attempts.drawable(session(), deck.id)}))
    if not facts:
        raise Missing(_("This deck has no questions for a quiz yet."))
    lengths = [(length, f"{length} questions") for length in LENGTHS if length < facts]
    return NewQuizPage(
        deck_title=deck.title,
        deck_slug=deck.slug,
        attempt=str(fresh_id()),
        lengths=(*lengths, (facts, _("all {facts}").format(facts=facts) if facts > 1 else "1 question")),
        open=tuple(
            OpenAttempt(
                id=str(row.id), deck_title=row.deck_title, answered=row.answered, questions=row.questions
            )
            for row in queries.open_attempts(session(), learner.id, deck.id)
        ),
    )


@blueprint.post("/start")
def start() -> Answer:
    deck, learner = access.deck(request.form.get("deck", "")), access.learner()
    attempt_id = attempts.start(
        session(),
        learner,
        deck,
        attempt_id=_uuid(request.form.get("attempt", "")),
        length=_length(),
        feedback=request.form.get("feedback", "now"),
        now=now(),
    )
    return redirect(url_for("quizzes.resume", attempt=attempt_id), 303)


@blueprint.get("/<uuid:attempt>/")
def resume(attempt: UUID) -> Answer:
    """Where this attempt stands: its next question, its overview, or its result."""
    found = access.attempt(attempt)
    rows = queries.questions(session(), attempt)
    position = building.next_open(rows)
    if found.attempt.finished_at:
        return redirect(url_for("quizzes.result", attempt=attempt), 303)
    if position:
        return redirect(url_for("quizzes.question", attempt=attempt, position=position), 303)
    return redirect(url_for("quizzes.overview", attempt=attempt), 303)


@blueprint.get("/<uuid:attempt>/<int:position>")
def question(attempt: UUID, position: int) -> Answer:
    """A question; what came of it, where its answer is final."""
    found, rows, row = _open(attempt, position)
    if grade_shown(found.attempt, row.attempt_question.answered_at):
        return building.feedback_page(session(), found, rows, row)
    if found.attempt.finished_at:
        return redirect(url_for("quizzes.result", attempt=attempt), 303)
    over, until = building.time_for(session(), found, access.learner(), arrived())
    if over:
        return redirect(url_for("quizzes.overview", attempt=attempt), 303)
    return building.question_page(found, rows, row, served=_serve(row.attempt_question), until=until)


@blueprint.post("/<uuid:attempt>/<int:position>")
def answer(attempt: UUID, position: int) -> Answer:
    found, rows, row = _open(attempt, position)
    try:
        response = read_form(building.prompt_of(row), row.content)
    except Unanswered as missing:
        return _ask_again(found, rows, row, missing.problem, kept=missing.kept)
    try:
        _store(found, row, response)
    except Conflict as refused:
        return _refused(found, rows, refused)
    if found.attempt.feedback == "now":
        return redirect(url_for("quizzes.question", attempt=attempt, position=position), 303)
    following = building.next_open(rows, position)
    if following in {0, position}:
        return redirect(url_for("quizzes.overview", attempt=attempt), 303)
    return redirect(url_for("quizzes.question", attempt=attempt, position=following), 303)


@blueprint.get("/<uuid:attempt>/overview")
def overview(attempt: UUID) -> Answer:
    found = access.attempt(attempt)
    if found.attempt.finished_at:
        return redirect(url_for("quizzes.result", attempt=attempt), 303)
    over, until = building.time_for(session(), found, access.learner(), arrived())
    return building.overview_page(found, queries.questions(session(), attempt), over=over, until=until)


@blueprint.post("/<uuid:attempt>/finish")
def finish(attempt: UUID) -> Answer:
    found = access.attempt(attempt)
    attempts.finish(session(), access.learner(), found.attempt, now=arrived(), prior=site_prior())
    return redirect(url_for("quizzes.result", attempt=attempt), 303)


@blueprint.post("/<uuid:attempt>/discard")
def discard(attempt: UUID) -> Answer:
    attempts.discard(session(), access.learner(), access.attempt(attempt).attempt)
    flash(_("The quiz has been discarded."), "success")
    return redirect(url_for("home.index"), 303)


@blueprint.get("/<uuid:attempt>/result")
def result(attempt: UUID) -> Answer:
    found, learner = access.attempt(attempt), access.learner()
    if not found.attempt.finished_at:
        return redirect(url_for("quizzes.overview", attempt=attempt), 303)
    rows = queries.questions(session(), attempt)
    if not result_shown(found.attempt):
        return building.handed_in_page(session(), found, rows, now=now())
    waiting = next_question.waiting(session(), learner, now=now(), deck_id=found.attempt.deck_id)
    return building.result_page(session(), found, rows, due=waiting.due)


@blueprint.post("/<uuid:attempt>/show")
def show(attempt: UUID) -> Answer:
    found = access.attempt(attempt)
    attempts.show_answers(session(), access.learner(), found.attempt, now=now(), prior=site_prior())
    return redirect(url_for("quizzes.result", attempt=attempt), 303)


def _open(attempt: UUID, position: int) -> tuple[AttemptOnDeck, list[AskedQuestion], AskedQuestion]:
    found = access.attempt(attempt)
    rows = queries.questions(session(), attempt)
    row = next((row for row in rows if row.attempt_question.position == position), None)
    if row is None:
        raise Missing(_("Question not found in this quiz."))
    return found, rows, row


def _store(found: AttemptOnDeck, row: AskedQuestion, response: Response) -> None:
    """The answer, with a word where it takes the place of one that its page did not know of."""
    asked = row.attempt_question
    served, knew = _served(asked.attempt_id, asked.position)
    duration = int(arrived().timestamp() * 1000) - served if served else 0
    given = attempts.Given(response=response, at=arrived(), duration_ms=duration, knew=knew)
    learner = access.learner()
    stored = attempts.answer(session(), learner, found.attempt, asked, given, prior=site_prior())
    if stored.replaced is not None:
        flash(building.replaced_words(asked.position, stored.replaced), "warning")


def _refused(found: AttemptOnDeck, rows: list[AskedQuestion], refused: Conflict) -> Answer:
    """The overview, where time is over. Raises the refusal in any other case."""
    over = building.over(session(), found.attempt, arrived())
    if found.attempt.finished_at or not over:
        raise refused
    return building.overview_page(found, rows, over=over, refused=str(refused))


def _ask_again(
    found: AttemptOnDeck, rows: list[AskedQuestion], row: AskedQuestion, problem: str, *, kept: str = ""
) -> Answer:
    served = request.form.get("served", "")
    _over, until = building.time_for(session(), found, access.learner(), arrived())
    return building.question_page(found, rows, row, served=served, until=until, problem=problem, kept=kept)


def _serve(asked: AttemptQuestion) -> str:
    """What the form carries: when its page was made, and which answer stood there."""
    made = [int(now().timestamp() * 1000), attempts.mark_of(asked.answered_at)]
    return str(_serializer(asked.attempt_id, asked.position).dumps(made))


def _served(attempt: UUID, position: int) -> tuple[int, int | None]:
    """The same from the form; (0, None) when that does not tell truly."""
    try:
        made, knew = _serializer(attempt, position).loads(request.form.get("served", ""))
        return int(made), int(knew)
    except (BadSignature, ValueError, TypeError):
        return 0, None


def _serializer(attempt: UUID, position: int) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"quizapp:quiz:{attempt}:{position}")


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Malformed(
            _("That quiz could not be started. Go back, reload the page and try again.")
        ) from None


def _length() -> int:
    try:
        length = whole(request.form.get("length", "10"))
    except ValueError:
        length = 0
    if not 1 <= length <= LONGEST:
        raise Invalid(_("Choose a length of 1 to {longest} questions.").format(longest=LONGEST))
    return length

"""A study session in the browser: ask, answer, hint, turn over, feedback, undo."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.accounts.budgets import GUESTS
from quizapp.domain.errors import Missing
from quizapp.domain.language.markup import plain
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Format, Rated, Response
from quizapp.services.accounts.accounts import create_guest, known_zone
from quizapp.services.study import answer_log, aside, decks, next_question, practice, sittings
from quizapp.services.study.learner import Learner
from quizapp.storage.library.tables import Deck
from quizapp.storage.study import aside as aside_queries
from quizapp.storage.study import due as waiting_queries
from quizapp.storage.study import step as queries
from quizapp.storage.study.step import AskedItem
from quizapp.web.frame import access, sign_in
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.http import sign_in_origin
from quizapp.web.frame.page import Answer, Page
from quizapp.web.frame.parts.offers import offered
from quizapp.web.frame.parts.pace import backlog_words, pace_lines
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.study import building, hints, unsure
from quizapp.web.study.given import Unanswered, read_form
from quizapp.web.study.pages import DonePage, PractisedPage, PutAwayPage
from quizapp.web.study.prior import site_prior
from quizapp.web.study.served_note import Serving, unseal

MORE = "more"  # beyond the day's share

blueprint = Blueprint("study", __name__, url_prefix="/study")


@blueprint.post("/begin")
def begin() -> Answer:
    """A newcomer becomes a guest; a deck, where named, is added to what the learner studies."""
    account = sign_in.current_account()
    if account is None:
        sign_in_origin.spend("guest", GUESTS)
        zone = known_zone(request.form.get("zone", ""), access.settings().zone)
        account = create_guest(session(), zone=zone, now=now())
        sign_in.start(account)
    slug = request.form.get("deck", "")
    decks.begin(session(), account, slug, now=now())
    return redirect(url_for("study.question", deck=slug or None), 303)


@blueprint.get("/")
def question() -> Answer:
    learner, at = access.learner(), now()
    deck, way = _deck(), request.args.get("way", "")
    deck_id = deck.id if deck else None
    if (going := practice.round_of(way, at)) is not None:
        return _practice(learner, going, deck, at)
    more = way == MORE
    waiting = next_question.waiting(session(), learner, now=at, deck_id=deck_id, more=more)
    asked = _asked(learner, waiting, at, deck_id)
    newest = queries.newest_answer(session(), learner.id)
    undoable = str(newest) if newest else ""
    if asked is None:
        return _done(learner, waiting, deck, at, undoable)
    return building.question_page(
        learner,
        asked,
        left=max(1, waiting.left),
        answered=waiting.answered,
        deck=deck.slug if deck else "",
        now=at,
        undo=undoable,
        way=MORE if more else "",
        hinted=hints.was_given(answer_log.review_id(learner.id, asked.item_id, asked.events)),
        changed=building.changed_since(session(), learner, asked),
    )


def _asked(
    learner: Learner, waiting: next_question.Waiting, at: datetime, deck_id: int | None
) -> next_question.Question | None:
    """The item that the address names, as after an undo, or what is most worth asking."""
    again = request.args.get("item", type=access.row_id)
    asked = next_question.question(session(), learner, again, learner.today(at)) if again else None
    return asked or next_question.next_question(session(), learner, waiting, now=at, deck_id=deck_id)


@blueprint.post("/hint")
def hint() -> Answer:
    """The same question with its hint; from now on it counts as hinted."""
    learner, serving = _served()
    row = answer_log.open_item(session(), learner, serving.item_id, serving.version_id, now=now())
    hints.note(answer_log.review_id(learner.id, serving.item_id, serving.events))
    return _ask_again(learner, serving, row, hinted=True)


@blueprint.post("/reveal")
def reveal() -> Answer:
    """A flip card's back. Nothing is recorded before the rating."""
    learner, serving = _served()
    if serving.format != Format.FLIP:
        raise Missing(_("This card can’t be turned over. Open your study page again."))
    row = answer_log.open_item(session(), learner, serving.item_id, serving.version_id, now=now())
    return building.reveal_page(session(), learner, serving, row, now=now())


@blueprint.post("/answer")
def answer() -> Answer:
    learner, serving = _served()
    row = answer_log.open_item(session(), learner, serving.item_id, serving.version_id, now=now())
    shown = _shown(learner, serving, row)
    try:
        response = read_form(shown.prompt, row.content)
    except Unanswered as missing:
        return _ask_again(learner, serving, row, problem=missing.problem, kept=missing.kept)
    if asks := unsure.page(learner, serving, shown, row, response):
        return asks
    given = _answer(learner, serving, response)
    recorded = _record(learner, row, given)
    if recorded.undone:
        return _asked_anew(learner, serving)
    return _what_came_of_it(learner, serving, recorded, given.at)


def _what_came_of_it(
    learner: Learner, serving: Serving, recorded: answer_log.Recorded, at: datetime
) -> Answer:
    """The feedback; after a rating the next question, for the card's back has been seen already."""
    left, deck, already = serving.left, serving.deck, not recorded.new
    if isinstance(recorded.response, Rated) and recorded.new:
        flash(_in_passing(recorded, learner.today(at)), "passing")
        return redirect(url_for("study.question", deck=deck or None, way=serving.way or None), 303)
    if request.headers.get("X-Requested-With") == "fetch":
        return building.feedback_page(
            session(), learner, recorded, left=left, deck=deck, way=serving.way, now=at, already=already
        )
    address = building.feedback_address(recorded.review, left, deck, serving.way, already=already)
    return redirect(address, 303)


def _in_passing(recorded: answer_log.Recorded, today: int) -> str:
    when, _why = building.next_time(recorded, today)
    remembered = (recorded.grade.rating or 0) > 1
    return (_("Remembered. Back {when}.") if remembered else _("Not this time. Back {when}.")).format(
        when=when
    )


def _record(learner: Learner, row: AskedItem, given: answer_log.Answer) -> answer_log.Recorded:
    recorded = answer_log.record_answer(session(), learner, row, given, prior=site_prior())
    if recorded.new and given.called_same:
        offered().note_decision(session(), learner, recorded.review, same=given.called_same, now=given.at)
    return recorded


@blueprint.get("/feedback/<uuid:review>")
def feedback(review: UUID) -> Answer:
    """What came of an answer, again (a browser without scripts lands here; a bookmark may too)."""
    learner = access.learner()
    recorded = answer_log.recorded(session(), learner, review)
    if recorded is None:
        raise Missing(_("Answer not found."))
    return building.feedback_page(
        session(),
        learner,
        recorded,
        left=max(0, request.args.get("left", 0, type=whole)),
        deck=request.args.get("deck", ""),
        way=request.args.get("way", ""),
        now=now(),
        already="again" in request.args,
    )


@blueprint.post("/undo", endpoint="undo")
def undo_answer() -> Answer:
    """Take back the newest answer, and ask it again."""
    learner, at = access.learner(), now()
    newest = queries.newest_answer(session(), learner.id)
    if newest is None or str(newest) != request.form.get("review", ""):
        flash(_("That’s no longer your last answer. Nothing was undone."), "warning")
        return redirect(url_for("study.question", deck=request.form.get("deck") or None), 303)
    item = answer_log.undo(session(), learner, newest, now=at)
    flash(_("Undone: the last answer no longer counts."), "info")
    return redirect(url_for("study.question", item=item, deck=request.form.get("deck") or None), 303)


def _practice(learner: Learner, going: practice.Round, deck: Deck | None, at: datetime) -> Answer:
    """The next question of a round of practice, or that it is over."""
    today = learner.today(at)
    asked, left = practice.next_of(session(), learner, going, today, deck.id if deck else None)
    figures = queries.day_figures(session(), learner.id, today)
    if asked is None:
        return PractisedPage(deck_slug=deck.slug if deck else "", answered=figures.answers if figures else 0)
    newest = queries.newest_answer(session(), learner.id)
    return building.question_page(
        learner,
        asked,
        left=left,
        answered=figures.answers if figures else 0,
        deck=deck.slug if deck else "",
        way=going.name,
        now=at,
        undo=str(newest) if newest else "",
    )


@blueprint.post("/away")
def away() -> Answer:
    """Ask a question no more, or again."""
    learner, at = access.learner(), now()
    item = request.form.get("item", 0, type=access.row_id)
    if item:
        back = aside.take_back(session(), learner, item, now=at)
        flash(_("It will be asked again.") if back else _("This question isn’t put away."), "info")
        return redirect(url_for("study.put_away"), 303)
    try:
        review = UUID(request.form.get("review", ""))
    except ValueError:
        flash(_("Nothing was put away."), "warning")
        return redirect(url_for("home.index"), 303)
    aside.put_away(session(), learner, review, now=at)
    flash(
        _("Put away: you won’t be asked this question again. Progress lists what you’ve put away."), "success"
    )
    return redirect(url_for("study.question", deck=request.form.get("deck") or None), 303)


@blueprint.get("/away", endpoint="put_away")
def put_away_items() -> Answer:
    """What was dismissed or set aside, each to be taken back."""
    rows = aside_queries.put_away(session(), access.account().id)
    return PutAwayPage(
        items=tuple(
            (row.id, plain(kind_of(row.content).headline(row.content)), row.deck_title, row.lapses)
            for row in rows
        )
    )


def _served() -> tuple[Learner, Serving]:
    learner = access.learner()
    return learner, unseal(request.form.get("serving", ""), learner.id)


def _shown(learner: Learner, serving: Serving, row: AskedItem) -> next_question.Question:
    return next_question.served_question(learner, row, Format(serving.format), serving.events)


def _answer(learner: Learner, serving: Serving, response: Response) -> answer_log.Answer:
    at, review = now(), answer_log.review_id(learner.id, serving.item_id, serving.events)
    return answer_log.Answer(
        review=review,
        item_id=serving.item_id,
        version_id=serving.version_id,
        format=Format(serving.format),
        response=response,
        at=at,
        hinted=serving.hinted or hints.was_given(review) or unsure.seen_key(review),
        called_same=unsure.said(),
        duration_ms=int(at.timestamp() * 1000) - serving.at - _waited(),
    )


def _waited() -> int:
    """Milliseconds that the page lay in the browser, fetched ahead, before it was shown."""
    try:
        return max(0, whole(request.form.get("waited", "0")))
    except ValueError:
        return 0


def _ask_again(
    learner: Learner,
    serving: Serving,
    row: AskedItem,
    *,
    problem: str = "",
    hinted: bool = False,
    kept: str = "",
) -> Page:
    figures = queries.day_figures(session(), learner.id, learner.today(now()))
    return building.question_page(
        learner,
        _shown(learner, serving, row),
        left=serving.left,
        answered=figures.answers if figures else 0,
        deck=serving.deck,
        way=serving.way,
        now=now(),
        hinted=hinted or serving.hinted,
        problem=problem,
        kept=kept,
        served_at=serving.at,
    )


def _asked_anew(learner: Learner, serving: Serving) -> Answer:
    """A page from before an undo was sent: the question as it is now, to be answered again."""
    at = now()
    asked = next_question.question(session(), learner, serving.item_id, learner.today(at))
    if asked is None:
        raise Missing(_("This question no longer exists. Nothing was saved."))
    figures = queries.day_figures(session(), learner.id, learner.today(at))
    return building.question_page(
        learner,
        asked,
        left=max(1, serving.left),
        answered=figures.answers if figures else 0,
        deck=serving.deck,
        way=serving.way,
        now=at,
        problem=_("You undid this answer, so it doesn’t count. Answer again."),
    )


def _deck() -> Deck | None:
    slug = request.args.get("deck", "")
    return access.deck(slug) if slug else None


def _done(
    learner: Learner, waiting: next_question.Waiting, deck: Deck | None, at: datetime, undoable: str
) -> DonePage:
    today = learner.today(at)
    deck_id = deck.id if deck else None
    tomorrow = waiting_queries.count_due(session(), learner.id, today + 1, deck_id)
    sitting = sittings.of_day(session(), learner, today, deck_id)
    return DonePage(
        answered=sitting.answers,
        questions=sitting.questions,
        kept=sitting.kept,
        first_missed=tuple(building.missed_entry(each) for each in sitting.missed),
        minutes=sitting.minutes,
        week=sittings.week(session(), learner, today),
        quizzable=deck is not None,
        tomorrow=tomorrow,
        more_new=waiting.held_back,
        deck_title=deck.title if deck else "",
        deck_slug=deck.slug if deck else "",
        undo=undoable,
        paces=pace_lines(waiting.goals),
        backlog=backlog_words(waiting.backlog),
        missed=len(practice.left(session(), learner, practice.begin(practice.MISSED, at), today, deck_id)),
        more=next_question.one_more(session(), learner, now=at, deck_id=deck_id),
    )

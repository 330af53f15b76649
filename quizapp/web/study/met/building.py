"""Building the page of one question's history."""

from __future__ import annotations

from quizapp.domain.language.markup import plain
from quizapp.domain.language.text import percent
from quizapp.domain.language.translation import _, marked, ngettext
from quizapp.domain.library.kinds import decode_response, kind_of
from quizapp.domain.library.kinds.base import Format, GaveUp, Rated
from quizapp.domain.library.kinds.responses import in_words
from quizapp.domain.study.scheduling.card import AWAY
from quizapp.domain.study.scheduling.evidence import likely_right
from quizapp.services.study.items.history import ItemHistory, Outcome, Past, Why
from quizapp.web.library.building import day_words
from quizapp.web.study.building import RATINGS, in_days
from quizapp.web.study.met.pages import ItemPage, PastAnswer

ASKED = {
    Format.FLIP: marked("turned over"),
    Format.CHOOSE: marked("chosen"),
    Format.TYPE: marked("typed"),
    Format.ARRANGE: marked("put in order"),
    Format.MATCH: marked("matched"),
}
SOURCES = {"quiz": marked("in a quiz"), "import": marked("in another program")}


def item_page(item_id: int, found: ItemHistory, today: int) -> ItemPage:
    """The page from what the log says."""
    return ItemPage(
        id=item_id,
        headline=plain(kind_of(found.content).headline(found.content)),
        deck_slug=found.deck_slug,
        deck_title=found.deck_title,
        figures=_figures(found, today),
        why=_why(found, today),
        outcomes=tuple((_answer(each, found.format), _back(each)) for each in found.outcomes),
        past=tuple(_past(each, today) for each in found.past),
    )


def _figures(found: ItemHistory, today: int) -> tuple[tuple[str, str], ...]:
    state = found.state
    if state is None:
        return ()
    due = _("not planned") if state.due_day >= AWAY else day_words(state.due_day, today)
    return (
        (_("remembered now"), percent(found.recall)),
        (_("due"), due),
        (_("answers"), str(state.reps)),
        (_("forgotten"), str(state.lapses)),
    )


WHY = {
    Why.NEW: marked("It counts as new: no answer holds, or the deck was restarted."),
    Why.LEARNING: marked("You missed it last time, so it comes back the same day until it’s right once."),
    Why.AWAY: marked("It’s put away or set aside, so it isn’t asked until you take it back."),
    Why.RESTS: marked("Its deck is paused, or you’ve left it, so it isn’t asked."),
    Why.CALLED: marked("The question was changed after your last answer, so it’s asked early."),
    Why.MOVED: marked("Much became due at once, so it was moved; what is least remembered comes first."),
    Why.DATE: marked("You’re to know it by a date, which keeps the interval short."),
}


def _why(found: ItemHistory, today: int) -> str:
    state = found.state
    if state is None or found.why in WHY:
        return _(WHY[found.why])
    reason = _(
        "On {due} your chance of remembering it will be about {then}; your target is {target}."
    ).format(due=day_words(state.due_day, today), then=percent(found.then), target=percent(found.target))
    if found.then < found.target and state.due_day - state.last_day == 1:
        reason += " " + _("No interval is shorter than a day.")
    if found.low < found.high:
        low, high = day_words(found.low, today), day_words(found.high, today)
        between = _("Of the days from {low} to {high}, this one suited your other reviews best.")
        reason += " " + between.format(low=low, high=high)
    return reason


def _answer(outcome: Outcome, format: Format) -> str:
    if format is Format.FLIP:
        return _(RATINGS[outcome.rating])
    return _("Wrong, or “I don’t know”") if outcome.rating else _("Right")


def _back(outcome: Outcome) -> str:
    if outcome.high <= 0:
        return _("later today")
    if outcome.low == outcome.high:
        return in_days(outcome.low)
    return _("in {low} to {high} days").format(low=outcome.low, high=outcome.high)


def _past(past: Past, today: int) -> PastAnswer:
    event = past.event
    if event.source == "restart":
        verdict = _("Restarted, then undone") if past.undone else _("Restarted: new again")
        return PastAnswer(day_words(event.day, today), "", (), verdict, "", "")
    response = decode_response(event.response)
    asked = (_(ASKED[Format(event.format)]), _(SOURCES[event.source]) if event.source in SOURCES else "")
    expected = "" if event.expected is None else percent(likely_right(event.expected, event.guess))
    return PastAnswer(
        when=day_words(event.day, today),
        asked=" ".join(filter(None, asked)),
        response=() if isinstance(response, Rated | GaveUp) else in_words(response),
        verdict=_verdict(past, gave_up=isinstance(response, GaveUp)),
        expected=expected,
        back=_then(past),
    )


def _verdict(past: Past, *, gave_up: bool) -> str:
    event = past.event
    if event.rating is not None:
        verdict = _(RATINGS[event.rating])
    elif gave_up:
        verdict = _("I don’t know")
    elif event.score >= 1:
        verdict = _("Right")
    elif event.score > 0:
        verdict = _("Partly right, {share}").format(share=percent(event.score))
    else:
        verdict = _("Wrong")
    if event.hinted:
        verdict = _("{verdict}, with a hint").format(verdict=verdict)
    return _("{verdict}, undone").format(verdict=verdict) if past.undone else verdict


def _then(past: Past) -> str:
    """When it was to come again after this answer."""
    state = past.state
    if state is None or state.due_day >= AWAY:
        return ""
    if state.learning:
        return _("same day")
    days = state.due_day - state.last_day
    return ngettext("{count} day", "{count} days", days)

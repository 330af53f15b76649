"""Building the progress page: from rows to drawings, tables and one sentence for each question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from quizapp.domain.language.markup import plain
from quizapp.domain.language.moments import day_words
from quizapp.domain.language.text import percent, percents
from quizapp.domain.language.translation import _, ngettext
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.study.scheduling.forecast import Tally, calibration, forecast, wilson
from quizapp.domain.study.scheduling.item_state import item_state, recall_now
from quizapp.services.study.figures import MILLION
from quizapp.services.study.learner import Learner
from quizapp.services.study.preferences import Preferences, Preview
from quizapp.storage.study.progress import DeckKnowledge, StudiedDay, WeakItem
from quizapp.storage.study.step import PredictionBin
from quizapp.storage.study.tables import MemorySet
from quizapp.web.library.building import state_words
from quizapp.web.study.progress.pages import (
    CalendarView,
    CalibrationDot,
    CalibrationView,
    DayCell,
    DeckShare,
    FadingItem,
    ForecastView,
    KnowledgeView,
    Segment,
)

FORECAST_DAYS = 30
CALENDAR_WEEKS = 20
ABOUT = 0.01  # a prediction that is off by less is about right
ENOUGH = 30  # predictions, below which nothing is said of their truth
SHADES = (1, 10, 25, 50)  # answers a day from which a cell is one shade darker


def first_calendar_day(today: int) -> int:
    """The Monday on which the calendar begins (ordinal 1 is a Monday)."""
    return today - (today - 1) % 7 - 7 * (CALENDAR_WEEKS - 1)


def knowledge(rows: Sequence[DeckKnowledge], totals: Mapping[int, int]) -> KnowledgeView:
    """What is known of each deck the learner studies; of one that they may no longer study, of what
    they have seen."""
    counted = {row.id: totals.get(row.id, 0) if row.open else _met(row) for row in rows}
    decks = [_deck_share(row, counted[row.id]) for row in rows if counted[row.id]]
    total = sum(deck.total for deck in decks)
    recalled = round(sum(row.recall for row in rows))
    return KnowledgeView(
        sentence=_(
            "If you were asked everything now, you’d remember about {recalled} of {total} questions."
        ).format(recalled=recalled, total=total),
        decks=tuple(decks),
        table=tuple(
            (_title(row), row.known, row.due, row.learning, _new(row, counted[row.id]), f"{row.recall:.1f}")
            for row in rows
            if counted[row.id]
        ),
    )


def _title(row: DeckKnowledge) -> str:
    return _("{deck} (paused)").format(deck=row.title) if row.rests else row.title


def _new(row: DeckKnowledge, total: int) -> int:
    return max(0, total - _met(row))


def _met(row: DeckKnowledge) -> int:
    return row.known + row.due + row.learning


def _deck_share(row: DeckKnowledge, total: int) -> DeckShare:
    counts = {"known": row.known, "due": row.due, "learning": row.learning, "new": _new(row, total)}
    segments: list[Segment] = []
    start = 0.0
    for place, count in counts.items():
        width = 100 * count / total
        if count:
            segments.append(Segment(place, round(start, 2), round(width, 2)))
        start += width
    # Nothing of a deck that rests is among what waits today.
    to_review = _("to review once you resume it") if row.rests else _("to review")
    names = {"known": "known", "due": to_review, "learning": "learning", "new": "new"}
    return DeckShare(
        slug=row.slug if row.open else "",
        title=row.title,
        words=", ".join(f"{count} {names[place]}" for place, count in counts.items() if count),
        recalled=round(row.recall),
        total=total,
        segments=tuple(segments),
        begun=counts["new"] < total,
    )


def coming(waiting: int, due: Mapping[int, int], today: int) -> ForecastView:
    """What comes due on the coming days. waiting: today's, as the start page counts them; due: by day, on the
    first of them all that is due by then."""
    tomorrow = max(0, due.get(today + 1, 0) - waiting)
    counts = (waiting, tomorrow, *forecast({**due, today: 0}, today, FORECAST_DAYS)[2:])
    total = sum(counts)
    if not total:
        sentence = _("Nothing is scheduled yet. Questions you answer today will appear here.")
    else:
        busiest = max(range(FORECAST_DAYS), key=counts.__getitem__)
        when = _("today") if busiest == 0 else _weekday(today + busiest)
        sentence = _(
            "{total} are due within {forecast_days} days; the busiest day is {when} ({most}). "
            "New questions and future answers aren’t included."
        ).format(
            total=ngettext("{count} question", "{count} questions", total),
            forecast_days=FORECAST_DAYS,
            when=when,
            most=counts[busiest],
        )
    return ForecastView(
        sentence=sentence,
        week=sum(counts[:7]),
        bars=tuple(
            (_("today") if ahead == 0 else _short(today + ahead), count) for ahead, count in enumerate(counts)
        ),
        table=tuple((_weekday(today + ahead), count) for ahead, count in enumerate(counts)),
    )


def truth(rows: Sequence[PredictionBin]) -> CalibrationView:
    """Promised recall beside what happened."""
    bins = {row.bin: Tally(row.reviews, row.expected / MILLION, row.right / MILLION) for row in rows}
    points = calibration(bins)
    most = max((point.answers for point in points), default=1)
    return CalibrationView(
        sentence=_verdict(bins),
        dots=tuple(
            CalibrationDot(
                point.predicted,
                point.observed,
                point.low,
                point.high,
                round(3 + 5 * (point.answers / most) ** 0.5, 1),
            )
            for point in points
        ),
        table=tuple(
            (
                percents(10 * bin_, 10 * bin_ + 10),
                percent(point.predicted),
                percent(point.observed),
                _("{low} to {high}").format(low=percent(point.low), high=percent(point.high)),
                point.answers,
            )
            for bin_, point in zip(sorted(bins), points, strict=True)
        ),
    )


def fitted_words(found: MemorySet | None) -> str:
    """To whose answers it was fitted how fast things are forgotten; "" where the published model holds."""
    if found is None:
        return ""
    words = (
        _("How fast things are forgotten was fitted to the answers of everyone here: {answers}, on {day}.")
        if found.learner_id is None
        else _("How fast you forget was fitted to your own answers: {answers}, on {day}.")
    )
    return words.format(answers=f"{found.answers:,}", day=day_words(found.fitted_at))


def _verdict(bins: Mapping[int, Tally]) -> str:
    answers = sum(each.answers for each in bins.values())
    if not answers:
        return _(
            "Nothing to compare yet. From a question’s second day on, the app predicts how "
            "likely you are to remember it; this chart checks those predictions."
        )
    if answers < ENOUGH:
        so_far = ngettext("{count} prediction", "{count} predictions", answers)
        return _("Too early to judge: only {so_far} so far; from {enough} on this says more.").format(
            so_far=so_far, enough=ENOUGH
        )
    promised = sum(each.predicted for each in bins.values()) / answers
    right = sum(each.right for each in bins.values())
    low, high = wilson(right, answers)
    verdict = _("The predictions are about right")
    if promised < low - ABOUT:
        verdict = _("Predictions were too cautious: you know more than expected")
    elif promised > high + ABOUT:
        verdict = _("Predictions were too optimistic")
    return _(
        "{verdict}: {promised} predicted, {actual} correct ({answers}; chance alone allows {low} to {high})."
    ).format(
        verdict=verdict,
        promised=percent(promised),
        actual=percent(right / answers),
        answers=ngettext("{count} answer", "{count} answers", answers),
        low=percent(low),
        high=percent(high),
    )


def calendar(rows: Sequence[StudiedDay], today: int) -> CalendarView:
    """The days of the last weeks, by week and weekday."""
    first = first_calendar_day(today)
    answers = {row.day: row.answers for row in rows}
    cells = tuple(
        DayCell((day - first) // 7, (day - first) % 7, _shade(answers.get(day, 0)), _day_words(day, answers))
        for day in range(first, today + 1)
    )
    minutes = round(sum(row.duration_ms for row in rows) / 60_000)
    sentence = (
        _("You studied on {days} of the last {weeks} weeks: {answers} in {minutes}.")
        if minutes
        else _("You studied on {days} of the last {weeks} weeks: {answers}.")
    ).format(
        days=ngettext("{count} day", "{count} days", len(rows)),
        weeks=CALENDAR_WEEKS,
        answers=ngettext("{count} answer", "{count} answers", sum(answers.values())),
        minutes=ngettext("{count} minute", "{count} minutes", minutes),
    )
    return CalendarView(
        sentence=sentence if rows else _("No days yet. Your first answer will start the chart."),
        cells=cells,
        months=_months(first),
        weeks=CALENDAR_WEEKS,
        table=tuple((_weekday(row.day), row.answers, row.right, row.new_items) for row in reversed(rows)),
    )


def _months(first: int) -> tuple[tuple[int, str], ...]:
    """(week, name) of each week in which a month begins; the first where there is room for its name."""
    mondays = [date.fromordinal(first + 7 * week) for week in range(CALENDAR_WEEKS)]
    begins = [
        (week, f"{monday:%b}")
        for week, (before, monday) in enumerate(pairwise(mondays), start=1)
        if monday.month != before.month
    ]
    return ((0, f"{mondays[0]:%b}"), *begins) if begins and begins[0][0] >= 3 else tuple(begins)


def _shade(answers: int) -> int:
    return sum(answers >= least for least in SHADES)


def _day_words(day: int, answers: Mapping[int, int]) -> str:
    studied = (
        ngettext("{count} answer", "{count} answers", answers[day]) if day in answers else _("not studied")
    )
    return f"{_weekday(day)}: {studied}"


def fading(rows: Sequence[WeakItem], learner: Learner, today: int) -> tuple[FadingItem, ...]:
    """The least remembered items, weakest first."""
    return tuple(
        FadingItem(
            headline=plain(kind_of(row.content).headline(row.content)),
            deck_slug=row.deck_slug if row.deck_open else "",
            deck_title=row.deck_title,
            percent=round(
                100
                * recall_now(
                    learner.parameters.weights,
                    (row.stability, row.fast, row.difficulty),
                    row.last_day,
                    row.learning,
                    today,
                )
            ),
            words=state_words(item_state(row.due_day, row.learning, today), row.due_day, today),
        )
        for row in rows
    )


def preference_words(preferences: Preferences) -> tuple[tuple[str, str], ...]:
    """The learner's settings as (name, value in words)."""
    return (
        (_("New questions a day"), str(preferences.new_per_day)),
        (_("Target recall"), percent(preferences.desired_retention)),
        (_("Ratings of a flip card"), "four" if preferences.four_ratings else "two"),
        (_("Time zone"), preferences.zone.replace("_", " ")),
    )


def preview_words(found: Preview) -> tuple[str, ...]:
    """What another target recall would do, in words."""
    if not found.moved:
        return (_("Nothing would move: no question is scheduled otherwise with this target."),)
    moved = ngettext(
        "{count} of {total} questions would come on another day, {today} of them already due today.",
        "{count} of {total} questions would come on another day, {today} of them already due today.",
        found.moved,
    ).format(count=found.moved, total=found.cards, today=found.today)
    lines = [moved]
    if found.today > 1:
        lines.append(_("What becomes due at once is spread over a week."))
    lines.append(
        _("What you already know would take about {after} answers a day instead of {before}.").format(
            after=tenths(found.after), before=tenths(found.before)
        )
    )
    return tuple(lines)


def tenths(number: float) -> str:
    """ "2.4", "31"."""
    return f"{number:.0f}" if number >= 10 else f"{number:.1f}".removesuffix(".0")


def _weekday(day: int) -> str:
    """“Tue 3 March”."""
    there = date.fromordinal(day)
    return f"{there:%a} {there.day} {there:%B}"


def _short(day: int) -> str:
    """“3 Mar”."""
    there = date.fromordinal(day)
    return f"{there.day} {there:%b}"

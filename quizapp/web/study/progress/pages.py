"""The progress page, five questions and their answers in numbers; and the learner's settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import FormPage, Page

Table = tuple[tuple[Any, ...], ...]  # rows of cells; the first names the row


class Segment(NamedTuple):
    """A stretch of a bar, in percent of its width. state: known, due, learning or new."""

    state: str
    start: float
    width: float


@dataclass(frozen=True, kw_only=True)
class DeckShare:
    """How a deck's questions stand; recalled: how many would come to mind now, expected. slug "": the
    learner may no longer study it."""

    slug: str
    title: str
    words: str
    recalled: int
    total: int
    segments: tuple[Segment, ...]
    begun: bool


@dataclass(frozen=True, kw_only=True)
class KnowledgeView:
    """What do I know now?"""

    sentence: str
    decks: tuple[DeckShare, ...]
    table: Table


@dataclass(frozen=True, kw_only=True)
class ForecastView:
    """What is coming? bars: (label under the bar, cards due), today first; week: due within seven days."""

    sentence: str
    bars: tuple[tuple[str, int], ...]
    week: int
    table: Table


class CalibrationDot(NamedTuple):
    """Promised beside happened, with its 95 % interval, all as shares; radius in drawing units."""

    promised: float
    happened: float
    low: float
    high: float
    radius: float


@dataclass(frozen=True, kw_only=True)
class CalibrationView:
    """How true were the predictions?"""

    sentence: str
    dots: tuple[CalibrationDot, ...]
    table: Table


class DayCell(NamedTuple):
    """A day of the calendar: its column (week) and row (weekday), shade 0 to 4, and words."""

    week: int
    weekday: int
    shade: int
    words: str


@dataclass(frozen=True, kw_only=True)
class CalendarView:
    """Which days did I study? months: (week, name) where a month begins."""

    sentence: str
    cells: tuple[DayCell, ...]
    months: tuple[tuple[int, str], ...]
    weeks: int
    table: Table


@dataclass(frozen=True, kw_only=True)
class FadingItem:
    """An item that is being forgotten. percent: probability of recall now. deck_slug: as in DeckShare."""

    headline: str
    deck_slug: str
    deck_title: str
    percent: int
    words: str


@dataclass(frozen=True, kw_only=True)
class ProgressPage(Page):
    """Five charts under five questions; for one who has not answered yet, where to begin."""

    template: ClassVar[str] = "study/progress/index.html"
    begun: bool
    waiting: int  # items to review today
    knowledge: KnowledgeView
    forecast: ForecastView
    calibration: CalibrationView
    fitted: str  # to whose answers the model was fitted, "" where it was not
    calendar: CalendarView
    fading: tuple[FadingItem, ...]
    paces: tuple[str, ...]  # today's share of what is to be known by a date
    preferences: tuple[tuple[str, str], ...]  # name, value in words

    @property
    def title(self) -> str:
        return _("Progress")


@dataclass(frozen=True, kw_only=True)
class SettingsPage(FormPage):
    """What the learner sets for themselves."""

    template: ClassVar[str] = "study/progress/settings.html"
    feed: str  # the calendar's address, "" for none
    mail: str  # "": this site sends none; "none": no confirmed address; "ok"
    remind_hour: int | None
    preview: tuple[str, ...] = ()  # what the settings filled in would do, before they are saved

    @property
    def title(self) -> str:
        return _("Settings")

"""Days and moments as people write them, by the clock of anyone who reads them.

`%-d` would be shorter, but not every system's `strftime` knows it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo


def day_words(day: date, zone: tzinfo = UTC) -> str:
    """ "5 March 2026": a day, or the day of a moment in this zone."""
    day = _there(day, zone)
    return f"{day.day} {day:%B %Y}"


def short_day_words(day: date, zone: tzinfo = UTC) -> str:
    """ "5 Mar 2026", for lists."""
    day = _there(day, zone)
    return f"{day.day} {day:%b %Y}"


def minute_words(moment: datetime, zone: tzinfo = UTC) -> str:
    """ "5 March 2026, 14:05", by the clock of this zone."""
    return f"{day_words(moment, zone)}, {moment.astimezone(zone):%H:%M}"


def _there(day: date, zone: tzinfo) -> date:
    return day.astimezone(zone) if isinstance(day, datetime) else day

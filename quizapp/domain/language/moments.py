"""Days and moments as people write them, by the clock of anyone who reads them.

`%-d` would be shorter, but not every system's `strftime` knows it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo


def day_words(day: date, zone: tzinfo = UTC) -> str:
    """ "5 March 2026": a day, or the day of a moment in this zone."""
    day = day.astimezone(zone) if isinstance(day, datetime) else day
    return f"{day.day} {day:%B %Y}"


def minute_words(moment: datetime, zone: tzinfo = UTC) -> str:
    """ "5 March 2026, 14:05", by the clock of this zone."""
    return f"{day_words(moment, zone)}, {moment.astimezone(zone):%H:%M}"

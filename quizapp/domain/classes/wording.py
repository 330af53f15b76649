"""Moments in words: by a class's clock with its zone beside them, and seen from now."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from quizapp.domain.classes.moments import ended_day
from quizapp.domain.language.translation import _, ngettext

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def zone_words(zone: ZoneInfo) -> str:
    """ "Europe/Madrid", "America/New York"."""
    return zone.key.replace("_", " ")


def clock_words(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """ "Fri 27 November, 18:00"; "end of Fri 27 November" where the day ends. The year, if it is another."""
    day = ended_day(at, zone)
    there = at.astimezone(zone)
    date = day or there.date()
    words = f"{date:%a} {date.day} {date:%B}"
    if date.year != now.astimezone(zone).year:
        words += f" {date.year}"
    return _("end of {day}").format(day=words) if day else f"{words}, {there:%H:%M}"


def relative_words(at: datetime, now: datetime) -> str:
    """ "in 3 days", "in 5 hours", "now", "2 days ago"; rounded towards now, so that no one is told of more
    time than there is."""
    size = abs(at - now)
    if size < MINUTE:
        return _("now")
    if size >= 2 * DAY:
        days = size // DAY
        ahead, past = (
            ngettext("in {count} day", "in {count} days", days),
            ngettext("{count} day ago", "{count} days ago", days),
        )
    elif size >= 2 * HOUR:
        hours = size // HOUR
        ahead, past = (
            ngettext("in {count} hour", "in {count} hours", hours),
            ngettext("{count} hour ago", "{count} hours ago", hours),
        )
    else:
        minutes = size // MINUTE
        ahead, past = (
            ngettext("in {count} minute", "in {count} minutes", minutes),
            ngettext("{count} minute ago", "{count} minutes ago", minutes),
        )
    return ahead if at > now else past

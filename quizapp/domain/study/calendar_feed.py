"""A calendar (RFC 5545) of what is due, day by day, for whatever calendar a learner keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75  # octets, without the line's end


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something on a whole day. uid: the same whenever the calendar is read; url: where it leads."""

    uid: str
    day: date
    title: str
    url: str


def calendar(name: str, entries: Iterable[Entry], *, now: datetime) -> str:
    """The calendar's text. now: the moment in which it is made."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Quizapp//Due//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{escaped(entry.uid)}",
            f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{escaped(entry.title)}",
            f"URL:{entry.url}",
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    """A text as a value of the calendar: on one line, what means something there escaped."""
    text = " ".join(text.split())
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def folded(line: str) -> str:
    """A long line parted into several of at most 75 octets each, between characters; those that go on
    begin with a space."""
    parts, part, room = [], "", LONGEST_LINE
    for character in line:
        if len((part + character).encode()) > room:
            parts.append(part)
            part, room = "", LONGEST_LINE - 1
        part += character
    return "\r\n ".join([*parts, part])

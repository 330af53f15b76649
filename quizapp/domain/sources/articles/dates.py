"""Dates as pages and pasted texts write them, in figures or with the month's name."""

from __future__ import annotations

import re
from datetime import date

_FIGURES = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)|\b(\d{4})(\d{2})(\d{2})(?:T|$)")
_BY_MONTH = (
    "jan january januar enero janvier января gennaio janeiro",
    "feb february februar febrero février февраля febbraio fevereiro",
    "mar march märz marzo mars марта março",
    "apr april abril avril апреля aprile",
    "may mai mayo мая maggio maio",
    "jun june juni junio juin июня giugno junho",
    "jul july juli julio juillet июля luglio julho",
    "aug august agosto août августа",
    "sep sept september septiembre septembre сентября settembre setembro",
    "oct october oktober octubre octobre октября ottobre outubro",
    "nov november noviembre novembre ноября novembro",
    "dec december dezember diciembre décembre декабря dicembre dezembro",
)
_MONTH = {name: number for number, names in enumerate(_BY_MONTH, start=1) for name in names.split()}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_WRITTEN = re.compile(
    rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.? (?:de |of )?(?P<month>{_NAMES})\.?,? (?:de )?"
    rf"(?P<year>\d{{4}})"
    rf"|(?P<month2>{_NAMES})\.? (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year2>\d{{4}}))(?!\w)",
    re.IGNORECASE,
)
# Where a date begins behind a name: “Ann Lee March 3, 2019”, “Ann Lee, 3. März 2019”.
_BEHIND = re.compile(
    rf"[\s,|·•–—-]+(?:(?:on|am|le|el)\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s+(?:de\s+)?(?:{_NAMES})\b|(?:{_NAMES})\b\.?\s*\d|\d).*$",
    re.IGNORECASE,
)


def iso_date(text: str) -> str:
    """The first date written with figures in a text, as YYYY-MM-DD; else ""."""
    found = _FIGURES.search(text)
    return _iso(*(int(part) for part in found.groups() if part)) if found is not None else ""


def written_date(text: str) -> str:
    """The first date of a text, in figures or with the month's name, as YYYY-MM-DD; "" for none."""
    if stated := iso_date(text):
        return stated
    found = _WRITTEN.search(text)
    if found is None:
        return ""
    day, month, year = (found[name] or found[f"{name}2"] for name in ("day", "month", "year"))
    return _iso(int(year), _MONTH[month.casefold()], int(day))


def _iso(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def before_date(text: str) -> str:
    """What is before a date at the end of a line."""
    return _BEHIND.sub("", text)

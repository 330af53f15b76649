"""Days and moments in words, by the reader's clock and on any system."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from quizapp.domain.language.moments import day_words, minute_words, short_day_words

LATE = datetime(2026, 3, 5, 23, 5, tzinfo=UTC)


def test_a_moment_is_told_by_the_readers_clock() -> None:
    assert (day_words(LATE), minute_words(LATE)) == ("5 March 2026", "5 March 2026, 23:05")
    madrid = ZoneInfo("Europe/Madrid")
    assert (day_words(LATE, madrid), minute_words(LATE, madrid)) == ("6 March 2026", "6 March 2026, 00:05")


def test_a_list_names_the_month_in_three_letters() -> None:
    assert short_day_words(LATE) == short_day_words(date(2026, 3, 5)) == "5 Mar 2026"
    assert short_day_words(LATE, ZoneInfo("Europe/Madrid")) == "6 Mar 2026"


def test_a_day_is_a_day_wherever_it_is_read() -> None:
    assert day_words(date(2026, 3, 5), ZoneInfo("Pacific/Kiritimati")) == "5 March 2026"


def test_no_text_is_made_by_what_only_some_systems_know() -> None:
    package = Path(__file__).resolve().parents[3] / "quizapp"
    odd = re.compile(r":[^{}\"']*%[-_#^][a-zA-Z]")
    files = [path for path in package.rglob("*.py") if path.name != "moments.py"]
    assert len(files) > 300
    assert [str(path) for path in files if odd.search(path.read_text("utf-8"))] == []

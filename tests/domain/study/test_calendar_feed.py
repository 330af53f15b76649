"""The calendar of what is due, as other programs read it."""

from datetime import UTC, date, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.domain.study.calendar_feed import LONGEST_LINE, Entry, calendar, escaped, folded

NOW = datetime(2026, 3, 2, 9, 5, 7, tzinfo=UTC)


def test_each_day_is_an_entry_of_its_own():
    entry = Entry(
        uid="1@quizapp", day=date(2026, 12, 31), title="3 questions; 2, new", url="https://x.y/study/"
    )
    text = calendar("To review", [entry], now=NOW)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert text.endswith("END:VEVENT\r\nEND:VCALENDAR\r\n")
    assert "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n" in text
    assert "DTSTAMP:20260302T090507Z\r\n" in text
    assert "SUMMARY:3 questions\\; 2\\, new\r\n" in text


def test_a_line_break_in_a_text_ends_no_line():
    assert escaped("one\r\nBEGIN:VEVENT\\") == "one BEGIN:VEVENT\\\\"


def test_a_line_goes_on_behind_a_space_once_it_has_75_octets():
    assert folded("x" * 75) == "x" * 75
    assert folded("x" * 76) == "x" * 75 + "\r\n x"
    assert folded("ä" * 38) == "ä" * 37 + "\r\n ä"


@given(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]), max_size=400))
@example("ä" * 200)
@example("")
def test_long_lines_are_folded_between_characters_and_unfold_to_the_same(line):
    parts = folded(line).split("\r\n ")
    assert "".join(parts) == line
    assert all(len(part.encode()) <= LONGEST_LINE for part in parts)

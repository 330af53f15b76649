"""What a date by which something is to be known does to scheduling."""

from __future__ import annotations


def cap(days_left: int) -> int:
    """The longest interval, in days, that a goal so many study days ahead allows: half of them, so that what
    was answered today is asked again at least once before the date."""
    return max(1, days_left // 2)

"""What a file may cost at most; the figures of the threat model."""

from __future__ import annotations

MOST_BYTES = 20_000_000  # of a file
MOST_TEXT = 2_000_000  # characters of what is read out of it
MOST_UNPACKED = 100_000_000  # bytes in an archive, all its entries together
MOST_RATIO = 200  # unpacked to packed
MOST_ENTRIES = 5_000
MOST_PAGES = 500
MOST_SECONDS_OF_PAGES = 10  # of those, for the pages of a PDF; what is left makes an article of them
MOST_SECONDS = 20  # of processor time; half as much again on the clock

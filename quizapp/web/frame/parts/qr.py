"""An address as a QR code: one SVG path, since the content policy allows no inline style."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4  # modules of white around the code, as ISO/IEC 18004 asks


@dataclass(frozen=True)
class QrCode:
    """side: of the square, in modules, with the white around; path: of the dark ones, as SVG's `d`."""

    side: int
    path: str


def qr_code(address: str) -> QrCode:
    """The code of an address; a fifth of it may be hidden (level M)."""
    matrix = segno.make(address, error="m", micro=False).matrix
    runs = []
    for y, row in enumerate(matrix, start=QUIET):
        x = QUIET
        for dark, modules in groupby(row):
            length = len(list(modules))
            if dark:
                runs.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return QrCode(side=len(matrix) + 2 * QUIET, path="".join(runs))

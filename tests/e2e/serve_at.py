"""`quizapp serve` at another time: the file named by QUIZAPP_TEST_CLOCK holds seconds to add to the clock.

The program itself has no such switch. The file is read at each look at the clock, so a test can let a
night pass while the server runs.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

from quizapp.web.frame import clock

AHEAD = Path(os.environ["QUIZAPP_TEST_CLOCK"])
present = clock.now


def moved() -> datetime:
    """This moment, moved."""
    return present() + timedelta(seconds=float(AHEAD.read_text("ascii")))


clock.now = moved  # before anything else of the web floor takes hold of it

if __name__ == "__main__":
    from quizapp.cli import main

    sys.argv = ["quizapp", "serve"]
    main()

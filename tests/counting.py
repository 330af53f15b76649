"""Work measured by counting it: the same on an idle machine and on a busy one."""

from __future__ import annotations

import sys
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """How many functions are called for it, Python's own and built-in ones.

    Coverage goes on beside it. What a regular expression does inside counts as one call: work of
    that kind which explodes runs into the time limit of every test.
    """
    made = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return made

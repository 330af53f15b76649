"""For `./run test`: what became of the tests, and how long each took, as a line of JSON.

python -m pytest -p tests.telling …   # QUIZAPP_TEST_TOLD names the file
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

OUTCOMES = ("passed", "failed", "error", "skipped", "deselected")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Add a line to the file; workers leave it to whom they work for."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    reports = terminalreporter.stats
    seconds: dict[str, float] = {}
    for report in (report for name in ("", *OUTCOMES[:3]) for report in reports.get(name, ())):
        if hasattr(report, "duration"):
            seconds[report.nodeid] = seconds.get(report.nodeid, 0.0) + report.duration
    counts = {name: len(reports.get(name, ())) for name in OUTCOMES}
    slowest = sorted(seconds.items(), key=lambda each: -each[1])[:10]
    with Path(os.environ["QUIZAPP_TEST_TOLD"]).open("a", encoding="utf-8") as file:
        file.write(json.dumps({"counts": counts, "slowest": slowest}) + "\n")

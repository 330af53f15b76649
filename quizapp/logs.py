"""The log: one line an event on standard error, with its moment, its level and who says it."""

from __future__ import annotations

import logging
import logging.config
from typing import Any

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MOMENT = "%Y-%m-%dT%H:%M:%S%z"


def listen(level: str) -> None:
    """Let the program's own loggers pass what is of this level or above."""
    logging.getLogger("quizapp").setLevel(level.upper())


def set_up(level: str) -> None:
    """Write the log as described above; for a process that serves."""
    logging.config.dictConfig(configuration(level))


def configuration(level: str) -> dict[str, Any]:
    """For `logging.config.dictConfig`, in this process and in the server's workers."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        # On the handler, for a filter of a logger sees nothing of what its children say.
        "filters": {"without words": {"()": "quizapp.web.frame.log_filter.WithoutWords"}},
        "formatters": {"line": {"format": FORMAT, "datefmt": MOMENT}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "filters": ["without words"],
                "formatter": "line",
                "stream": "ext://sys.stderr",
            }
        },
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {
            "quizapp": {"level": level.upper()},
            "_granian": {"level": "WARNING", "handlers": ["stderr"], "propagate": False},
        },
    }

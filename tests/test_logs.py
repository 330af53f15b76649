"""The log says when, how grave and who; what is of lower level than wanted is not in it."""

from __future__ import annotations

import re
import subprocess
import sys

CODE = (
    "import logging; from quizapp import logs; logs.set_up({!r})\n"
    "log = logging.getLogger('quizapp.web'); log.info('told'); log.warning('warned')\n"
    "logging.getLogger('elsewhere').info('chatter')"
)
FAILING = (
    "import logging; from quizapp import logs; logs.set_up({!r})\n"
    "for name in ('quizapp', 'quizapp.services.drafting', 'elsewhere', 'asyncio'):\n"
    "    try:\n        raise ValueError('My secret answer')\n"
    "    except ValueError:\n        logging.getLogger(name).exception('it failed')\n"
)


def said(level: str, code: str = CODE) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code.format(level)], capture_output=True, text=True, check=True
    )
    assert done.stdout == ""
    return done.stderr.splitlines()


def test_a_line_has_its_moment_its_level_and_who_says_it() -> None:
    line = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} "
    told, warned = said("info")
    assert re.fullmatch(line + "INFO quizapp.web: told", told)
    assert re.fullmatch(line + "WARNING quizapp.web: warned", warned)


def test_what_is_below_the_wanted_level_is_left_out() -> None:
    assert [line.split(": ")[1] for line in said("warning")] == ["warned"]


def test_anyone_who_logs_an_error_its_words_stay_out_of_the_log() -> None:
    lines = said("info", FAILING)
    assert sum("it failed" in line for line in lines) == 4
    assert lines.count("builtins.ValueError") == 4
    assert not any("secret" in line for line in lines)

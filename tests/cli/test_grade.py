"""`quizapp grade`: lines in, lines out, in order, whatever they hold."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]

LINES = [
    {"content": {"kind": "numeric", "stem": "?", "value": "5"}, "response": ["five"]},
    {"item": "no-such-item", "response": ["five"]},
    {"item": "visit-length-days", "response": ["two days"]},
]


def test_a_file_is_graded_line_by_line(quizapp: Run, tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    path.write_text("\n\n".join(json.dumps(line) for line in LINES) + "\nnot JSON\n")
    done = quizapp("grade", path)
    first, second, third, fourth = map(json.loads, done.out.splitlines())
    assert (done.status, done.err) == (0, "")
    assert first == {"verdict": "right", "score": 1.0, "forgiven": ["number format"]}
    assert "no item “no-such-item”" in second["error"]
    assert third["score"] == 1
    assert "can’t be read" in fourth["error"]


def test_lines_are_answered_as_they_come_without_database_or_web() -> None:
    program = (
        "import sys; from quizapp.cli import quizapp; quizapp(['grade'], standalone_mode=False); "
        "print(sorted({'sqlalchemy', 'flask'} & set(sys.modules)), file=sys.stderr)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            process.stdin.write(json.dumps(LINES[0]) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["score"] == 1
        assert process.communicate()[1].strip() == "[]"


def test_a_missing_file_is_told(quizapp: Run, tmp_path: Path) -> None:
    done = quizapp("grade", tmp_path / "none.jsonl")
    assert done.status == 2
    assert "No such file" in done.err

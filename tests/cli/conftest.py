"""The command line as it is called: its real entry, on a real database."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import NamedTuple

import pytest

from quizapp.cli import main
from quizapp.settings import Settings


class Done(NamedTuple):
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str


@pytest.fixture
def quizapp(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Done]:
    """Runs `quizapp …` on the test's database."""
    monkeypatch.setenv("QUIZAPP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", settings.database_url)

    def run(*words: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["quizapp", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main()
        printed = capsys.readouterr()
        return Done(int(stopped.value.code or 0), printed.out, printed.err)

    return run

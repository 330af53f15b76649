"""Drafts are made in a process of their own, which is begun again where it has fallen over."""

from __future__ import annotations

import subprocess
import sys

import pytest

from quizapp.domain.drafting import drafting
from quizapp.domain.sources.passages import paragraphs
from quizapp.services.drafting import drafter as module
from quizapp.services.drafting.drafter import Drafter, Task
from quizapp.services.drafting.parser import parser
from quizapp.services.sources.confined import Stopped

TEXT = paragraphs("The Bell\nThe bell of the harbour was cast in 1741 in Bergen. It weighs 300 kilograms.\n")
TASK = Task(TEXT, frozenset(), "The Bell", frozenset({1, 2}))


@pytest.fixture
def drafter():
    made = Drafter()
    yield made
    made.close()


def test_it_gives_the_drafts_that_are_made_here(drafter):
    made_here = drafting.drafts(
        TEXT, boilerplate=frozenset(), title="The Bell", among=frozenset({1, 2}), parse=parser()
    )
    assert made_here
    assert drafter.drafts(TASK) == made_here


def test_one_process_makes_them_all_until_it_falls_over(drafter):
    first = drafter.drafts(TASK)
    process = drafter._process
    assert drafter.drafts(TASK) == first
    assert drafter._process is process
    process.kill()
    process.wait()
    assert drafter.drafts(TASK) == first


def test_what_takes_too_long_is_stopped(drafter, monkeypatch):
    monkeypatch.setattr(module, "MOST_SECONDS", 0.0)
    with pytest.raises(Stopped):
        drafter.drafts(TASK)
    monkeypatch.undo()
    assert drafter.drafts(TASK)


def test_a_server_loads_no_parser():
    seen = "import sys, quizapp.app; print('quizapp.services.drafting.parser' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", seen], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"

"""`quizapp bank …`: what it prints, changes, and returns to a script."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.storage.library.tables import Deck, Item

Run = Callable[..., Any]

SOUND = """[deck]
slug = "rivers"
title = "Rivers"

[[items]]
id = "danube-end"
kind = "single_choice"
stem = "Into which sea does the Danube flow in the end?"
key = "The Black Sea"
distractors = ["The Baltic Sea", "The North Sea", "The Red Sea"]
rationale = "It ends on the coast of Romania and Ukraine, in a wide delta."
tags = ["rivers"]
evidence = [{ source = "atlas", paragraph = 1, sentence = 1, digest = "0123456789ab" }]
"""
SOURCES = '[[sources]]\nslug = "atlas"\nfile = "atlas.txt"\nlanguage = "en"\nparagraphs = 1\n'


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    folder = tmp_path / "bank"
    folder.mkdir()
    (folder / "sources.toml").write_text(SOURCES)
    (folder / "rivers.toml").write_text(SOUND)
    return folder


def test_a_sound_bank_passes(quizapp: Run, bank: Path) -> None:
    done = quizapp("bank", "check", bank)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines()[-1].startswith("1 items in 1 decks checked: 0 errors")
    assert "kinds: single_choice 1" in done.out
    assert "kinds:" not in quizapp("bank", "check", bank, "--no-figures").out


def test_an_error_fails_the_check(quizapp: Run, bank: Path) -> None:
    (bank / "rivers.toml").write_text(SOUND.replace('"The Red Sea"', '"All of the above"'))
    done = quizapp("bank", "check", bank)
    assert done.status == 1
    assert "rivers.toml:5: error: danube-end [" in done.out


def test_a_warning_fails_the_check_only_where_asked(quizapp: Run, bank: Path) -> None:
    (bank / "rivers.toml").write_text(SOUND.replace("rationale =", "# rationale ="))
    assert quizapp("bank", "check", bank).status == 0
    done = quizapp("bank", "check", bank, "--strict")
    assert done.status == 1
    assert ": warning: danube-end [rationale-missing]" in done.out


def test_evidence_is_checked_against_the_articles(quizapp: Run, bank: Path, tmp_path: Path) -> None:
    articles = tmp_path / "articles"
    articles.mkdir()
    assert quizapp("bank", "check", bank, "--articles", articles).err.startswith("Error: The folder")
    (articles / "atlas.txt").write_text("Another text altogether.")
    done = quizapp("bank", "check", bank, "--articles", articles)
    assert (done.status, "checked against 1 articles: 1 errors" in done.out) == (1, True)


@pytest.mark.parametrize("command", ["check", "load", "export"])
def test_a_bank_that_cannot_be_read_is_told_without_a_traceback(
    quizapp: Run, session: Session, bank: Path, command: str
) -> None:
    (bank / "rivers.toml").write_text("[deck")
    done = quizapp("bank", command, bank)
    assert done.status == 1
    assert done.err.startswith("Error: One problem in the question bank:\nrivers.toml, line 1")
    assert "Traceback" not in done.err
    assert session.scalar(select(func.count()).select_from(Deck)) == 0


def test_a_folder_that_is_not_there_is_told(quizapp: Run, tmp_path: Path) -> None:
    done = quizapp("bank", "load", tmp_path / "absent")
    assert (done.status, "does not exist" in done.err) == (2, True)


def test_loading_tells_what_changed(quizapp: Run, session: Session, bank: Path) -> None:
    line = "1 items in 1 decks: {} new, {} changed, {} unchanged, 0 retired, 0 returned\n"
    assert quizapp("bank", "load", bank) == (0, line.format(1, 0, 0), "")
    assert quizapp("bank", "load", bank).out == line.format(0, 0, 1)
    (bank / "rivers.toml").write_text(SOUND.replace("wide delta", "broad delta"))
    assert quizapp("bank", "load", bank).out == line.format(0, 1, 0)
    assert session.scalars(select(Item.key)).all() == ["danube-end"]


def test_the_shipped_bank_is_loaded_unless_another_is_named(quizapp: Run, session: Session) -> None:
    assert quizapp("bank", "load").status == 0
    assert session.scalar(select(func.count()).select_from(Item)) > 200  # type: ignore[operator]


def test_an_export_has_an_object_a_line(quizapp: Run, bank: Path) -> None:
    done = quizapp("bank", "export", bank)
    (line,) = done.out.splitlines()
    assert json.loads(line)["id"] == "danube-end"

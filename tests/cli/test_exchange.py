"""`quizapp import` and `quizapp export`."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests import factories

Run = Callable[..., Any]
QUIZ = "Who? {=Ann ~Bob ~Cy}\n\nWhere? {=here ~%50%near ~far}\n\nEssay {}\n"


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    path = tmp_path / "quiz.txt"
    path.write_text(QUIZ)
    return path


@pytest.fixture
def teacher(session: Session) -> None:
    factories.add_account(session, role="teacher", name="Ada", name_key="ada")
    session.commit()


def test_a_dry_run_says_what_would_come(quizapp: Run, quiz: Path) -> None:
    done = quizapp("import", quiz, "--dry-run")
    assert done.out == "quiz.txt (GIFT (Moodle)): 1 exact, 1 approximated, 1 refused\n"
    assert "line 3: approximated: “near” earns part" in done.err
    assert "line 5: refused: It is an essay" in done.err


def test_the_report_holds_every_question(quizapp: Run, quiz: Path, tmp_path: Path) -> None:
    assert quizapp("import", quiz, "--dry-run", "--report", tmp_path / "r.json").err == ""
    report = json.loads((tmp_path / "r.json").read_text())
    assert report["counts"] == {"exact": 1, "approximated": 1, "refused": 1}
    assert [row["outcome"] for row in report["questions"]] == ["exact", "approximated", "refused"]
    assert report["questions"][0]["item"]["content"]["key"] == "Ann"
    quizapp("import", quiz, "--dry-run", "--report", tmp_path / "r.csv")
    rows = list(csv.DictReader((tmp_path / "r.csv").read_text("utf-8-sig").splitlines()))
    assert [row["kind"] for row in rows] == ["single_choice", "single_choice", ""]


def test_a_file_becomes_a_deck_and_is_updated(quizapp: Run, quiz: Path, teacher: None) -> None:
    done = quizapp("import", quiz, "--owner", "Ada", "--title", "People")
    assert "; 2 new, 0 changed, 0 unchanged in t.people" in done.out
    slug = done.out.split()[-1]
    quiz.write_text(QUIZ.replace("Ann", "Anna"))
    done = quizapp("import", quiz, "--deck", slug)
    assert done.out.endswith(f"; 0 new, 1 changed, 1 unchanged in {slug}\n")


def test_a_deck_is_written_and_what_is_lost_is_told(quizapp: Run, session: Session, tmp_path: Path) -> None:
    factories.add_deck(session, [factories.choice(), factories.flip()])
    session.commit()
    done = quizapp("export", "rivers", "--format", "gift", "--output", tmp_path / "out.gift")
    assert "1 exact" not in done.out
    assert "rivers as GIFT (Moodle): 0 exact, 1 approximated, 1 refused" in done.err
    assert "Which river" in (tmp_path / "out.gift").read_text()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--deck", "nowhere"), "There is no deck “nowhere”"),
        (("--owner", "Nobody"), "There is no account “Nobody”"),
        (("--deck", "rivers"), "came with the site"),
        ((), "--owner NAME"),
    ],
)
def test_without_a_deck_to_take_them_nothing_is_stored(
    quizapp: Run, quiz: Path, session: Session, words: tuple[str, ...], message: str
) -> None:
    factories.add_deck(session, [factories.choice()])
    session.commit()
    done = quizapp("import", quiz, *words)
    assert done.status
    assert message in done.err


def test_a_file_of_which_nothing_comes_fails(quizapp: Run, tmp_path: Path) -> None:
    path = tmp_path / "quiz.gift"
    path.write_text("Essay {}")
    assert quizapp("import", path, "--dry-run").status == 1


def test_a_table_is_read_as_it_is_said(quizapp: Run, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("x;hola;hello\ny;adiós;bye\n")
    words = ("--separator", "semicolon", "--columns", "id,question,answer", "--ask", "typed")
    quizapp("import", path, "--dry-run", "--format", "csv", *words, "--report", tmp_path / "r.json")
    rows = json.loads((tmp_path / "r.json").read_text())["questions"]
    assert [(row["item"]["id"], row["item"]["content"]["key"]) for row in rows] == [
        ("x", "hello"),
        ("y", "bye"),
    ]

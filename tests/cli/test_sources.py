"""`quizapp sources …`: articles' texts attached, listed and removed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.sources.passages import paragraphs
from quizapp.services.library.items import Citation
from quizapp.storage.sources.tables import Passage
from tests import factories

Run = Callable[..., Any]
TEXT = "The Danube rises in the Black Forest. It is long.\nIt ends in the Black Sea.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "atlas.txt"
    path.write_text(TEXT)
    return path


@pytest.fixture(autouse=True)
def source(session: Session) -> None:
    """A source and an item that is based on its last sentence."""
    made = factories.add_source(session)
    digest = paragraphs(TEXT)[1].sentences[0].digest
    factories.add_deck(session, [factories.choice()], evidence=(Citation(made.id, 2, 1, digest),))
    session.commit()


def test_a_text_is_attached_and_its_citations_are_found(quizapp: Run, session: Session, file: Path) -> None:
    done = quizapp("sources", "attach", "atlas", file)
    wanted = "atlas: 2 paragraphs, 3 sentences; cited passages: 1 intact, 0 moved, 0 changed, 0 gone\n"
    assert done == (0, wanted, "")
    assert session.scalar(select(func.count()).select_from(Passage)) == 3


def test_another_article_is_noticed(quizapp: Run, file: Path) -> None:
    file.write_text("Something else.")
    done = quizapp("sources", "attach", "atlas", file)
    assert (done.status, "1 gone" in done.out) == (0, True)
    assert "Is this the article the bank cites?" in done.err


def test_a_text_is_removed(quizapp: Run, session: Session, file: Path) -> None:
    quizapp("sources", "attach", "atlas", file)
    assert quizapp("sources", "detach", "atlas") == (0, "atlas: text removed\n", "")
    assert session.scalar(select(func.count()).select_from(Passage)) == 0


def test_sources_are_listed_with_their_state(quizapp: Run, file: Path) -> None:
    assert quizapp("sources", "list").out.split() == ["atlas", "no", "text"]
    quizapp("sources", "attach", "atlas", file)
    assert quizapp("sources", "list").out.split() == ["atlas", "attached"]


def test_sentences_are_printed_to_be_cited(quizapp: Run, file: Path) -> None:
    done = quizapp("sources", "sentences", file)
    rows = [line.split("\t") for line in done.out.splitlines()]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("1", "1", "The Danube rises in the Black Forest."),
        ("1", "2", "It is long."),
        ("2", "1", "It ends in the Black Sea."),
    ]
    assert [row[2] for row in rows] == [s.digest for p in paragraphs(TEXT) for s in p.sentences]


@pytest.mark.parametrize("command", ["attach", "sentences"])
def test_a_file_that_is_not_utf8_is_told(quizapp: Run, session: Session, file: Path, command: str) -> None:
    file.write_bytes("Der Rhein fließt.".encode("latin-1"))
    done = quizapp("sources", command, *(["atlas"] if command == "attach" else []), file)
    assert (done.status, done.err.startswith(f"Error: {file} isn't UTF-8 text")) == (1, True)
    assert session.scalar(select(func.count()).select_from(Passage)) == 0


@pytest.mark.parametrize("command", ["attach", "detach"])
def test_an_unknown_source_is_told_with_those_there_are(quizapp: Run, file: Path, command: str) -> None:
    done = quizapp("sources", command, "map", *([file] if command == "attach" else []))
    assert (done.status, done.err) == (1, "Error: There is no source “map”. Known: atlas.\n")


def test_the_text_of_a_page_is_printed_without_what_stands_around_it(quizapp: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(f"<nav>Menu</nav><h1>Rivers</h1><p>{TEXT}</p>")
    text = " ".join(TEXT.split())
    assert quizapp("source", "extract", page) == (0, f"{text}\n", "")
    found = json.loads(quizapp("source", "extract", "--json", page).out)
    assert [block["why"] for block in found["blocks"]] == ["navigation", "title", None]


def test_text_and_markdown_are_read_as_such(quizapp: Run, file: Path) -> None:
    assert quizapp("sources", "extract", file).out == TEXT
    file = file.rename(file.with_suffix(".md"))
    assert quizapp("sources", "extract", file).out == f"{' '.join(TEXT.split())}\n"

"""Spreadsheets: Kahoot's sheet, anyone's, and our own."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Bundle, Entry, Item
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.services.exchange.formats.xlsx import Xlsx

KAHOOT = [
    ["Quiz template"],
    [],
    ["", "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters",
     "Answer 3 - max 75 characters", "Time limit (sec)", "Correct answer(s) - choose at least one"],
    [1, "Q1", "a", "b", "c", 20, 2],
    [2, "Q2", 1, 2.5, True, 30, "1"],
    [3],
]  # fmt: skip


def sheet(*tables: list[list[Any]]) -> io.BytesIO:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for rows in tables:
            page = book.add_worksheet()
            for at, row in enumerate(rows):
                page.write_row(at, 0, row)
    data.seek(0)
    return data


def read(file: io.BytesIO) -> list[Entry]:
    return [each for each in Xlsx().read(file, Options()) if isinstance(each, Entry)]


def test_kahoots_sheet_is_found_by_its_heads() -> None:
    first, second = read(sheet([["Notes"]], KAHOOT))
    assert first.item is not None
    assert second.item is not None
    assert (first.place, first.notes) == ("row 4", ())
    assert first.item.content == SingleChoice(stem="Q1", key="b", distractors=("a", "c"))
    assert second.item.content == SingleChoice(stem="Q2", key="1", distractors=("2.5", "True"))


def test_dates_and_numbers_are_texts() -> None:
    (entry,) = read(sheet([["Question", "Answer"], [1990.0, date(2026, 3, 1)]]))
    assert entry.item is not None
    assert entry.item.content == FlipCard(stem="1990", answer="2026-03-01")


def test_a_sheet_without_heads_is_taken_by_its_columns() -> None:
    (entry,) = read(sheet([["hola", "hello"]]))
    assert entry.item is not None
    assert entry.item.content == FlipCard(stem="hola", answer="hello")
    shape = Xlsx().shape(sheet([["hola", "hello"]]), Options())
    assert (shape.columns, shape.samples) == (("question", "answer"), ("hola", "hello"))


def test_a_deck_comes_back_whole_and_calculates_nothing() -> None:
    contents = [example.content for kind in KINDS for example in kind.examples]
    contents.append(FlipCard(stem="=1+1", answer="http://example.org"))
    items = tuple(Item(content=content, id=str(number)) for number, content in enumerate(contents))
    done = Xlsx().write(Bundle(title="t", items=items))
    assert tuple(entry.item for entry in read(io.BytesIO(done.data))) == items


def test_a_damaged_sheet_is_refused() -> None:
    with pytest.raises(Invalid, match="can’t be read"):
        read(io.BytesIO(b"PK\x03\x04 broken"))


def test_it_is_known_by_what_is_in_it() -> None:
    assert Xlsx().sniff(Peek(inside=("xl/workbook.xml",))) is Likelihood.SURE
    assert Xlsx().sniff(Peek(name="a.xlsx")) is Likelihood.NO

"""CSV: no cell is a formula, and everything comes back."""

from __future__ import annotations

import csv
import io
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.language.spreadsheets import BOM, csv_text, safe_cell, spelt

DANGEROUS = "=+-@\t\r＝＋－＠﹦﹢﹣﹫⁼"


@pytest.mark.parametrize("first", DANGEROUS)
def test_a_text_that_a_spreadsheet_would_calculate_is_marked_as_text(first: str) -> None:
    assert safe_cell(f"{first}cmd|' /C calc'!A0") == f"'{first}cmd|' /C calc'!A0"
    assert safe_cell(f"  {first}1")[0] == "'"


@pytest.mark.parametrize("parted", ["a;{}", "a|{}", "a\n{}", "a\t{}", "a\r\n  {}", 'a;"{}"', "a;\u200b{}"])
def test_what_would_be_a_cell_of_its_own_elsewhere_is_marked_too(parted: str) -> None:
    """Where cells are parted by semicolons, a quoted text is cut at its own."""
    for formula in ("=1+1", "﹦1+1", "@SUM(A1)"):
        safe = safe_cell(parted.format(formula))
        for cell in re.split(r"[;|\t\r\n]", safe):
            assert not cell.lstrip(' \u200b"').startswith(tuple(DANGEROUS)), safe
        assert safe.replace("'", "") == parted.format(formula)


def test_every_sign_that_stands_for_one_of_them_is_marked() -> None:
    for number in range(0x80, 0x1_0000):
        if unicodedata.normalize("NFKC", chr(number)) in {"=", "+", "-", "@"}:
            assert safe_cell(f"{chr(number)}1") == f"'{chr(number)}1"


def test_numbers_and_plain_texts_stay_as_they_are() -> None:
    for value in (-3, 0.5, None, "", "Anna-Lena", "a=b", "'tis", "１"):
        assert safe_cell(value) == value


def test_the_table_begins_with_the_mark_by_which_excel_knows_utf8() -> None:
    assert csv_text(["Name", "=Points"], [("Zoë", 7.5)]) == f"{BOM}Name,'=Points\r\nZoë,7.5\r\n"


TEXTS = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"))


@given(st.lists(st.tuples(TEXTS, TEXTS), max_size=5))
def test_no_cell_is_a_formula_and_nothing_is_lost(rows: list[tuple[str, str]]) -> None:
    text = csv_text(["a", "b"], rows)
    read = list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))[1:]
    for found, row in zip(read, rows, strict=True):
        for cell, told in zip(found, row, strict=True):
            assert spelt(cell).removeprefix("'" if spelt(cell) != told else "") == told
    for cell in (cell for row in read for cell in row):
        assert not cell.lstrip(" \u3000").startswith((*DANGEROUS, "\n")) or not cell.strip(" \u3000")

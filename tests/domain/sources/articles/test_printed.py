import pytest

from quizapp.domain.sources.articles.printed import Line, Run, lines_of, paragraphs_of, running_heads


def line(text, y, *, x=72.0, size=11.0, page=0):
    return Line(text, x, y, size, page)


def test_runs_at_one_height_are_a_line():
    runs = [
        Run("One ", 72, 700, 11),
        Run("bold", 95, 700, 11),
        Run("word", 200, 700, 11),
        Run(" ", 72, 680, 11),
    ]
    assert [each.text for each in lines_of(runs, 3)] == ["One bold word"]
    assert lines_of([], 0) == []


def test_small_runs_above_and_below_the_line_are_powers_and_indexes():
    runs = [
        Run("Of 512", 72, 700, 11),
        Run("1", 105, 704, 7),
        Run(" ships and H", 108, 700, 11),
        Run("2 ", 160, 697, 7),
        Run("O in 10", 166, 700, 11),
        Run("26 ", 200, 704, 7),
        Run("small", 215, 701, 7),
    ]
    assert [each.text for each in lines_of(runs, 0)] == ["Of 512¹ ships and H₂ O in 10²⁶ small"]


def test_columns_written_row_by_row_are_read_one_after_the_other():
    runs = [
        Run(f"{side} {row}", x, 700 - 14 * row, 11)
        for row in range(6)
        for side, x in (("left", 72), ("right", 320))
    ]
    assert [each.text for each in lines_of(runs, 0)] == [
        f"{side} {row}" for side in ("left", "right") for row in range(6)
    ]


def test_heads_feet_and_page_numbers_are_told_apart():
    lines = []
    for page in range(3):
        lines.append(line(f"The Heron, no. {page}", 800, page=page))
        lines += [
            line("abcdefghijklmnopqrs"[page * 6 + row] * 9, 700 - 14 * row, page=page) for row in range(6)
        ]
        lines.append(line(f"Page {page + 1} of 3", 40, page=page))
    found = {lines[place].text for place in running_heads(lines)}
    assert found == {f"The Heron, no. {n}" for n in range(3)} | {f"Page {n} of 3" for n in (1, 2, 3)}
    assert running_heads([line("7", 700)]) == set(), "a page of three lines has no edges"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([], []),
        ([line("alone", 1)], ["alone"]),
        ([line("a line that goes", 700), line("on here.", 686)], ["a line that goes on here."]),
        ([line("one", 700), line("two", 686), line("three", 672), line("far", 640)], ["one two three", "far"]),
        ([line("Head", 700, size=16), line("text", 680)], ["Head", "text"]),
        ([line("text", 700), line("• item", 686), line("• item", 672)], ["text", "• item", "• item"]),
        (
            [line("a long line that ends here now.", 700), line("short.", 686), line("Next one begins with more words", 672)],
            ["a long line that ends here now. short.", "Next one begins with more words"],
        ),
        (
            [line("a first line which has an end.", 700), line("a second one which has an end.", 686), line("Indented line of equal length.", 672, x=90)],
            ["a first line which has an end. a second one which has an end.", "Indented line of equal length."],
        ),
        (
            [line("the page ends with no stop", 100), line("and goes on.", 700, page=1), line("New column", 800, page=1)],
            ["the page ends with no stop and goes on.", "New column"],
        ),
        ([line("the hus-", 700), line("bandry of bees", 686)], ["the husbandry of bees"]),
        ([line("well-known and well-", 700), line("known twice", 686)], ["well-known and well-known twice"]),
        ([line("Vallgren-", 700), line("Thew came", 686)], ["Vallgren- Thew came"]),
        ([line("the end-", 700), line("", 686)], ["the end- "]),
    ],
)  # fmt: skip
def test_lines_become_paragraphs(lines, expected):
    assert paragraphs_of(lines) == expected

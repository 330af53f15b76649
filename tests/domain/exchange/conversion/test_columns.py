"""Anybody's table: how its columns are taken, told before anything is made of it."""

from __future__ import annotations

import io

from quizapp.domain.exchange.bundle import Bundle, Entry, Item
from quizapp.domain.exchange.conversion.columns import MOST_COLUMNS, entries, shape_of
from quizapp.domain.exchange.conversion.own_rows import entry_of, row_of
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.exchange.formats.gift import Gift
from quizapp.domain.exchange.formats.separated import Separated
from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.short_answer import ShortAnswer


def rows(*given: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    return [(f"row {number}", cells) for number, cells in enumerate(given, start=1)]


def test_how_a_table_is_taken_is_told() -> None:
    shape = shape_of(rows(("Front", "Back", "Other"), ("", "", ""), ("q", "a", "x", "y")), ",", ())
    assert (shape.columns, shape.samples) == (("question", "answer", "", ""), ("q", "a", "x", "y"))
    assert shape_of(rows(("q", "a")), "\t", ("answer", "question")).columns == ("answer", "question")
    assert shape_of(rows(("kind", "stem", "answer")), ",", ()).columns == ()
    assert shape_of([], ",", ()).columns == ()
    assert Separated().shape(io.BytesIO(b"q;a\nr;b\n"), Options()).separator == ";"
    assert Separated().shape(io.BytesIO(b"words"), Options()).separator == ""


def test_a_row_of_more_cells_than_any_table_has_is_refused() -> None:
    head = ("question", "answer")
    wide, whole = entries(rows(head, ("q", "a", *["x"] * MOST_COLUMNS), ("q", "a")))
    assert wide.item is None
    assert "Is the separator right?" in wide.notes[0]
    assert whole.item is not None


def test_options_are_named_in_words_too() -> None:
    head = ("Question", "Answer 1", "Answer 2", "Answer 3", "Correct answer")
    found = list(entries(rows(head, ("Q", "red", "green", "blue", "red; blue"))))
    assert found[0].item is not None
    assert found[0].item.content == MultipleChoice(stem="Q", keys=("red", "blue"), distractors=("green",))


def test_our_own_rows_hold_pairs_flags_and_lists() -> None:
    item = Item(
        content=Matching(stem="M", pairs=(("a=b", "1"), ("c\nd", "2\n3"), ("e\\", "4")), extras=("5",)),
        deck=("A", "B"),
    )
    row = row_of(item)
    assert row["pairs"] == "a\\=b = 1\nc d = 2 3\ne\\\\ = 4"
    back = entry_of(row, "row 1")
    assert back.item is not None
    assert back.item.deck == ("A", "B")
    strict = entry_of(
        {"kind": "Short answer", "stem": "S", "key": "k", "exact": "Ja", "spelling": "no"}, "row 2"
    )
    assert strict.item is not None
    assert strict.item.content == ShortAnswer(stem="S", key="k", exact=True)


def test_every_example_comes_back_from_its_row() -> None:
    for kind in KINDS:
        for example in kind.examples:
            found = entry_of(row_of(Item(content=example.content)), "row 1")
            assert found.item is not None
            assert found.item.content == example.content


def test_a_format_that_only_writes_or_only_reads_says_so() -> None:
    class Nothing(FileFormat):
        name = title = "nothing"
        endings = (".nothing",)

    assert Nothing().sniff(Peek()) is Likelihood.NO
    assert Nothing().shape(io.BytesIO(), Options()) is None
    for use in (lambda: Nothing().read(io.BytesIO(), Options()), lambda: Nothing().write(Bundle(title="t"))):
        try:
            use()
        except NotImplementedError:
            continue
        raise AssertionError


def test_gift_goes_on_after_an_open_brace_and_reads_marks_of_answers() -> None:
    text = "$CATEGORY: A\nQ1 {=a ~b ~c}\n$CATEGORY: B\n\nOpen {=a\n\nQ2 {=x ~y ~z}\n\nThe {=[html]<b>end</b>#No} ends.\n"
    found = [each for each in Gift().read(io.BytesIO(text.encode()), Options()) if isinstance(each, Entry)]
    assert [entry.outcome.value for entry in found] == ["exact", "refused", "exact", "approximated"]
    assert found[0].item is not None
    assert found[2].item is not None
    assert (found[0].item.deck, found[2].item.deck) == (("A",), ("B",))


def test_gift_tells_every_loss_of_a_gap() -> None:
    items = (Item(content=Cloze(stem="The {{Danube~Rhine~Elbe}} ends."), tags=("a]b",), id="x]y"),)
    done = Gift().write(Bundle(title="t", items=items))
    assert done.entries[0].notes == ("The wrong options were left out: there it is only typed.",)
    assert b"[id:x\\]y]" in done.data
    assert b"[tag:a\\]b]" in done.data

"""Fields of the item editor: what is pasted becomes storable, and every value comes back as it was."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from quizapp.domain.library.kinds.writing.fields import FieldSpec, Widget
from quizapp.web.library.authoring.fields.texts import LONGEST, TagsField, clean
from quizapp.web.library.authoring.fields.widgets import field_for


def form_of(widget: Widget, text: str | None = None, **options: Any) -> Any:
    form = type("AnyForm", (Form,), {"entry": field_for(FieldSpec("entry", "Entry", widget, **options))})
    return form(MultiDict({} if text is None else {"entry": text}))


def value(widget: Widget, text: str) -> Any:
    form = form_of(widget, text)
    assert form.validate(), form.errors
    return form.entry.data


def problem(widget: Widget, text: str) -> str:
    form = form_of(widget, text)
    assert not form.validate()
    assert form.entry._value() == clean(text)[0]  # nothing typed is lost
    return str(form.entry.errors[0])


plain_line = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Zs", "Zl", "Zp"), exclude_characters="\u00ad\ufeff"),
    min_size=1,
).map(lambda text: clean(text)[0])


class TestPasting:
    def test_word_processors_spaces_and_breaks_become_plain_ones(self) -> None:
        assert clean("240\u00a0billion\u202fUS\x0bdollars\r\n\u2028end\ufeff\u00ad") == (
            "240 billion US\ndollars\n\nend",
            "",
        )

    def test_curly_quotes_and_dashes_stay(self) -> None:
        assert value("line", "“It’s” – he said…") == "“It’s” – he said…"

    def test_characters_that_cannot_be_stored_are_shown_and_named(self) -> None:
        form = form_of("line", "a\x00b")
        assert not form.validate()
        assert form.entry._value() == "a�b"
        assert "�" in form.entry.errors[0]

    def test_a_megabyte_is_refused_in_words_and_kept(self) -> None:
        assert (
            problem("markdown", "x" * 1_000_000)
            == f"Shorten this to {LONGEST:,} characters; it has 1,000,000."
        )

    @given(st.text())
    def test_cleaning_twice_changes_nothing(self, text: str) -> None:
        once, _ = clean(text)
        assert clean(once) == (once, "")


class TestWidgets:
    def test_a_line_has_no_breaks(self) -> None:
        assert value("line", " two\nlines ") == "two lines"

    def test_lines_are_entries_without_the_empty_ones(self) -> None:
        assert value("lines", "Ukraine \n\n  Japan\n") == ("Ukraine", "Japan")

    @given(st.lists(plain_line, max_size=5).map(tuple))
    def test_lines_come_back_as_they_were(self, entries: tuple[str, ...]) -> None:
        form = form_of("lines")
        assert form.entry.parse(form.entry.dump(entries)) == entries

    @pytest.mark.parametrize(
        ("text", "number"),
        [("", None), (" 240.10 ", "240.10"), ("1,234.5", "1234.5"), ("−3", "-3"), ("1E+3", "1E+3")],
    )
    def test_numbers(self, text: str, number: str | None) -> None:
        found = value("number", text)
        assert (found if found is None else str(found)) == number

    @pytest.mark.parametrize("text", ["many", "240 km", "9" * 101])
    def test_what_is_no_number_alone_is_refused(self, text: str) -> None:
        assert "Write a number alone" in problem("number", text)

    @given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
    def test_numbers_keep_their_digits(self, number: Decimal) -> None:
        form = form_of("number")
        assert str(form.entry.parse(form.entry.dump(number))) == str(number)

    def test_a_flag_is_off_when_it_does_not_come(self) -> None:
        assert value("flag", "y") is True
        form = form_of("flag")
        assert form.validate()
        assert form.entry.data is False

    def test_a_select_takes_its_choices_only(self) -> None:
        assert form_of("select", "b", choices=("a", "b")).validate()
        assert not form_of("select", "c", choices=("a", "b")).validate()

    def test_tags_are_parted_by_commas_and_written_one_way(self) -> None:
        form = type("AnyForm", (Form,), {"tags": TagsField("Tags")})(
            MultiDict({"tags": "Trade, people  places;trade,"})
        )
        assert form.validate()
        assert form.tags.data == ("trade", "people-places")

"""The item form: from content to fields and back, for every kind's examples and the whole bank."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec
import pytest
from werkzeug.datastructures import MultiDict

from quizapp import paths
from quizapp.domain.library.kinds import KINDS, kind_of
from quizapp.domain.library.kinds.base import Content, Format
from quizapp.services.exchange.bank import read_bank
from quizapp.web.library.authoring.fields.rows import RowsField
from quizapp.web.library.authoring.forms import ItemForm, formats_of, specs_of
from quizapp.web.library.authoring.submission import read
from tests.factories import EXAMPLES

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


class NoSession:
    """Nothing is cited, so nothing is read."""


def sent(form: ItemForm, ticked: list[str] | None = None, **changes: Any) -> MultiDict[str, Any]:
    """What a browser sends for this form, untouched but for the changes."""
    fields: MultiDict[str, Any] = MultiDict()
    for field in form.fields():
        if isinstance(field, RowsField):
            fields.update(typed(field))
        elif field.type != "BooleanField":
            fields.add(field.name, field.written)
        elif field.data:
            fields.add(field.name, "y")
    fields.setlist("formats", form.about.formats.data or [] if ticked is None else ticked)
    fields.add("tags", form.about.tags._value())
    for name, value in changes.items():
        fields.setlist(name.replace("_", "-"), value if isinstance(value, list) else [value])
    return fields


def typed(field: RowsField) -> MultiDict[str, str]:
    """The rows of a field as a browser sends them."""
    fields: MultiDict[str, str] = MultiDict()
    for place, row in enumerate(field.shown):
        for column, text in zip(field.columns, row.texts, strict=True):
            fields.add(f"{field.name}-{place}-{column}", text)
        if row.right:
            fields.add(f"{field.name}-right", str(place))
    return fields


def filled(content: Content, formats: str = "", tags: str = "") -> ItemForm:
    return ItemForm.stored(kind_of(content), content, formats=formats, tags=tags, evidence=[])


def again(content: Content, formats: str = "", **changes: Any) -> Any:
    form = ItemForm.submitted(kind_of(content), sent(filled(content, formats), **changes))
    return read(NoSession(), form, 0)  # type: ignore[arg-type]


@cache
def bank_contents() -> tuple[Content, ...]:
    return tuple(item.content for item in read_bank(paths.BANK).items)


@every_kind
def test_every_field_of_a_content_has_a_field_in_the_form(kind: Any) -> None:
    named = {spec.name for spec in specs_of(kind)}
    assert named == {field.name for field in msgspec.structs.fields(kind.content_type)}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.content.stem[:40])
def test_an_example_comes_back_from_its_form_as_it_was(example: Any) -> None:
    written = again(example.content)
    assert written.problems == ()
    assert written.content == example.content
    assert written.draft.formats == ()


def test_every_question_of_the_bank_comes_back_from_its_form_as_it_was() -> None:
    for content in bank_contents():
        assert ordered(again(content).content) == ordered(content)


def ordered(content: Content) -> Content:
    """With its feedback in the order of its options, which is that of the form's rows."""
    feedback = getattr(content, "feedback", ())
    return msgspec.structs.replace(content, feedback=tuple(sorted(feedback))) if feedback else content


@every_kind
def test_an_empty_form_says_what_each_field_wants(kind: Any) -> None:
    form = ItemForm.submitted(kind, sent(ItemForm.blank(kind)))
    written = read(NoSession(), form, 0)  # type: ignore[arg-type]
    assert written.content is None
    assert written.draft is None
    assert "content-stem" in {anchor for anchor, _, _ in written.problems}


def test_a_problem_of_the_kind_stands_at_its_field() -> None:
    example = next(e for e in EXAMPLES if kind_of(e.content).name == "single_choice")
    wrong = {f"content_options_{place}_{name}": "" for place in (1, 2, 3) for name in ("text", "feedback")}
    written = again(example.content, **wrong)
    assert written.problems == (
        ("content-options", "Answers", "Give at least one of the wrong answers; there are none."),
    )


class TestFormats:
    kind = next(kind for kind in KINDS if kind.name == "short_answer")
    with_options = kind.examples[0].content

    def test_only_kinds_with_several_formats_offer_a_choice(self) -> None:
        assert formats_of(self.kind) == (Format.CHOOSE, Format.TYPE)
        assert [formats_of(k) for k in KINDS if k.name == "ordering"] == [(Format.ARRANGE,)]

    def test_ruling_one_out_is_kept(self) -> None:
        written = again(self.with_options, formats="type")
        assert written.draft.formats == (Format.TYPE,)
        assert written.formats == (Format.TYPE,)

    def test_all_ticked_rules_nothing_out(self) -> None:
        assert again(self.with_options).draft.formats == ()

    def test_a_way_the_content_does_not_allow_is_passed_over(self) -> None:
        written = again(self.with_options, content_distractors="", content_feedback="")
        assert written.draft.formats == ()
        assert written.formats == (Format.TYPE,)

    def test_only_an_impossible_way_is_a_problem(self) -> None:
        written = again(self.with_options, content_distractors="", ticked=["choose"])
        assert [anchor for anchor, _, _ in written.problems] == ["formats"]

    def test_none_at_all_is_a_problem(self) -> None:
        assert "at least one format" in again(self.with_options, ticked=[]).problems[0][2]


def test_texts_name_every_field_that_can_differ() -> None:
    example = next(e for e in EXAMPLES if kind_of(e.content).name == "short_answer")
    texts = filled(example.content, "type", "trade").texts()
    assert texts["Answer"] == "Athens"
    assert texts["Wrong options"] == "Sydney\nBeijing\nLondon"
    assert texts["Ask it as"] == "Type the answer"
    assert texts["Tags"] == "trade"
    assert texts["Every character counts"] == "no"

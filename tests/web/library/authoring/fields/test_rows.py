"""Rows of options and pairs: what was typed stays, and what is wrong with it is said at the field."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from quizapp.domain.library.kinds import kind_named
from quizapp.web.library.authoring.forms import ItemForm
from tests.web.library.editing import options


def sent(kind: str, fields: dict[str, Any], **more: str) -> ItemForm:
    return ItemForm.submitted(kind_named(kind), MultiDict(fields | more))


def said(form: ItemForm, attribute: str) -> list[str]:
    return list(form.field_of(attribute).errors)


def test_options_are_read_by_their_ticks_with_the_feedback_beside_them() -> None:
    fields = options("Danube", ["Elbe", "Oder"], {"Elbe": "It flows\n\nnorth."})
    values = sent("single_choice", fields).values()
    assert (values["key"], values["distractors"]) == ("Danube", ("Elbe", "Oder"))
    assert values["feedback"] == (("Elbe", "It flows\n\nnorth."),)


def test_several_may_be_right_where_the_kind_has_several_keys() -> None:
    values = sent("multiple_choice", options(["Argon", "Neon"], ["Iron"])).values()
    assert (values["keys"], values["distractors"]) == (("Argon", "Neon"), ("Iron",))


def test_rows_may_come_with_gaps_between_them_and_stay_in_their_order() -> None:
    fields = {"content-options-7-text": "b", "content-options-2-text": "a", "content-options-right": "7"}
    form = sent("single_choice", fields)
    assert [row.texts[0] for row in form.field_of("key").rows] == ["a", "b"]
    assert form.values()["key"] == "b"


@pytest.mark.parametrize(
    ("kind", "changes", "message"),
    [
        ("single_choice", {"content-options-right": []}, "Tick the answer that’s right."),
        ("multiple_choice", {"content-options-right": []}, "Tick each answer that’s right."),
        ("single_choice", {"content-options-right": ["0", "1"]}, "Tick one right answer only."),
        ("single_choice", {"content-options-0-text": ""}, "Tick the answer that’s right."),
        (
            "single_choice",
            {"content-options-5-feedback": "It is far."},
            "The feedback “It is far.” has no answer beside it. Write the answer.",
        ),
        (
            "single_choice",
            {"content-options-1-text": "x" * 50_001},
            "Shorten this to 50,000 characters; it has 50,001.",
        ),
        (
            "single_choice",
            {"content-options-1-text": "a\x00b"},
            "This held characters that cannot be stored. Each now shows as “�”: remove or retype it.",
        ),
    ],
)
def test_what_is_wrong_with_options_is_said_and_nothing_typed_is_lost(
    kind: str, changes: dict[str, Any], message: str
) -> None:
    form = sent(kind, options("Danube", ["Elbe", "Oder"], {"Oder": "Further east."}) | changes)
    assert said(form, "distractors") == [message]
    assert typed(form) >= {"Oder", "Further east."}


def typed(form: ItemForm) -> set[str]:
    return {text for row in form.field_of("distractors").shown for text in row.texts}


def test_a_half_filled_pair_is_named() -> None:
    fields = {
        "content-pairs-0-left": "Peru",
        "content-pairs-0-match": "Lima",
        "content-pairs-1-left": "Chile",
    }
    form = sent("matching", fields)
    assert said(form, "pairs") == ["“Chile” stands alone. Write what belongs to it, or empty its row."]
    assert form.values()["pairs"] == (("Peru", "Lima"), ("Chile", ""))


def test_a_pair_may_hold_an_equals_sign() -> None:
    fields = {"content-pairs-0-left": "2 = two", "content-pairs-0-match": r"\beta = b"}
    assert sent("matching", fields).values()["pairs"] == (("2 = two", r"\beta = b"),)


def test_a_row_more_and_a_row_less_without_scripts() -> None:
    fields = options("Danube", ["Elbe", "Oder", "Rhine"])
    assert len(sent("single_choice", fields).field_of("key").shown) == 4
    assert len(sent("single_choice", fields, do="row").field_of("key").shown) == 5
    fewer = sent("single_choice", fields, drop="content-options-1").field_of("key")
    assert [row.texts[0] for row in fewer.rows] == ["Danube", "Oder", "Rhine"]

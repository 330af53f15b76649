"""XML is read piece by piece, and what is hostile or unsound is refused in a sentence."""

from __future__ import annotations

from io import BytesIO

import pytest

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.conversion import trees


def whole(text: str) -> trees.Node:
    return trees.whole(BytesIO(text.encode()))


def test_an_element_knows_its_texts_attributes_and_line() -> None:
    root = whole('<a xmlns:q="urn:q">\n<q:b q:id="7">one<c>two</c> three</q:b><b/></a>')
    first, second = root.nodes("b")
    assert (first.tag, first.attribute("id"), first.attribute("x"), first.line) == ("b", "7", "", 2)
    assert (root.text("b"), first.text(), root.text("b", "c"), root.text("x", "y")) == (
        "onetwo three",
        "onetwo three",
        "two",
        "",
    )
    assert root.node("b", "c") is not None
    assert root.node("x", "c") is None
    assert second.parts == []
    assert [node.tag for node in root.below()] == ["b", "c", "b"]
    assert [node.text() for node in root.below("c")] == ["two"]


def test_an_element_knows_what_is_said_to_programs_within() -> None:
    root = whole("<?other no?><a><?ours said?><b/></a>")
    assert root.attribute("?ours") == "said"
    assert root.attribute("?other") == ""


def test_elements_come_one_by_one() -> None:
    found = trees.elements(BytesIO(b"<quiz>text<q>1</q>more<q><r>2</r></q></quiz>"))
    assert [(root, node.text()) for root, node in found] == [("quiz", "1"), ("quiz", "2")]


def test_a_document_type_without_entities_is_read_over() -> None:
    assert whole('<!DOCTYPE quiz SYSTEM "http://example.org/quiz.dtd"><quiz>x</quiz>').text() == "x"
    assert whole("<!DOCTYPE quiz [<!ELEMENT quiz ANY>]><quiz>x</quiz>").text() == "x"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<a><b></a>", "Line 1 is no sound XML"),
        ("", "no sound XML"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "entities"),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd">%x;]><a/>', "entities"),
        ("<a>&x;</a>", "no sound XML"),
        ('<?xml version="1.0" encoding="no-such"?><a/>', "encoding"),
        ("<a>" * 400, "too deeply"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, said: str) -> None:
    with pytest.raises(Invalid, match=said):
        whole(text)


def test_a_question_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "MOST_NODES", 10)
    assert len(list(trees.elements(BytesIO(b"<a>" + b"<b><c/></b>" * 30 + b"</a>")))) == 30
    with pytest.raises(Invalid, match="too large"):
        list(trees.elements(BytesIO(b"<a><b>" + b"<c/>" * 30 + b"</b></a>")))

"""A question shown beside its form: no id twice, nothing submits, no text changes."""

from __future__ import annotations

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from quizapp.web.library.authoring.preview.isolating import isolated

QUESTION = """
<p id="stem" tabindex="-1" data-focus>Which?</p>
<fieldset aria-describedby="stem other"><label for="choice-0">A</label>
<input type="radio" id="choice-0" name="choice" value="0" autofocus data-key="1" aria-keyshortcuts="1">
<button data-primary>Go</button></fieldset>
"""


def test_ids_names_and_references_get_the_prefix() -> None:
    page = BeautifulSoup(isolated(QUESTION, "p1-"), "html.parser")
    assert page.p["id"] == "p1-stem"
    assert page.fieldset["aria-describedby"] == "p1-stem p1-other"
    assert page.label["for"] == page.input["id"] == "p1-choice-0"
    assert page.input["name"] == "p1-choice"


def test_nothing_submits_or_takes_keys_or_focus() -> None:
    page = BeautifulSoup(isolated(QUESTION, "p1-"), "html.parser")
    assert page.button["type"] == "button"
    for name in ("autofocus", "data-key", "data-focus", "data-primary", "aria-keyshortcuts"):
        assert not page.find_all(attrs={name: True})


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_text_stays_text(text: str) -> None:
    page = BeautifulSoup(isolated(f"<p>x{escape(text)}x</p>", "p-"), "html.parser")
    assert [tag.name for tag in page.find_all(True)] == ["p"]
    assert page.p.get_text() == f"x{text}x"

"""What templates may use, and that they run no query."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from flask import Flask, flash
from jinja2 import ChoiceLoader, DictLoader
from jinja2.exceptions import UndefinedError
from sqlalchemy import text

from quizapp.web.frame.database import session
from quizapp.web.frame.page import Page


@dataclass(frozen=True, kw_only=True)
class Planted(Page):
    """A page whose template calls what it holds."""

    template: ClassVar[str] = "planted.html"
    call: Callable[[], Any]

    @property
    def title(self) -> str:
        return "Planted"


def plant(app: Flask, template: str, call: Callable[[], Any] = str) -> None:
    """Let the start page be this template."""
    app.jinja_env.loader = ChoiceLoader([DictLoader({"planted.html": template}), app.jinja_env.loader])  # type: ignore[list-item]
    app.view_functions["home.index"] = lambda: Planted(call=call)


def test_a_query_in_a_template_fails_the_test(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    plant(app, "{{ page.call() }}", lambda: session().scalar(text("SELECT 1")))
    assert app.test_client().get("/").status_code == 500
    [failed] = [record.exc_info[1] for record in caplog.records if record.exc_info]
    assert "planted.html" in str(failed), "its words are kept out of the log's text"
    assert "ran a query" in str(failed)


def test_the_same_query_in_the_view_does_not(app: Flask) -> None:
    plant(app, "{{ page.call() }}", lambda: 7)
    view = app.view_functions["home.index"]
    app.view_functions["home.index"] = lambda: (session().scalar(text("SELECT 1")), view())[1]
    assert app.test_client().get("/").text == "7"


def test_a_misspelt_name_is_an_error_not_a_gap(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(UndefinedError):
        app.jinja_env.from_string("{{ pgae.title }}").render()


def test_texts_are_escaped_and_markdown_is_cleaned(app: Flask) -> None:
    evil = "<script>alert(1)</script> *x* [y](javascript:alert(1))"
    with app.test_request_context():
        for expression in (
            "{{ text }}",
            "{{ text|md }}",
            "{{ text|md_inline }}",
            "<a title='{{ text|plain }}'>",
        ):
            shown = app.jinja_env.from_string(expression).render(text=evil)
            assert "<script" not in shown, expression
            assert 'href="javascript' not in shown
        assert "<em>x</em>" in app.jinja_env.from_string("{{ text|md_inline }}").render(text=evil)


def test_notices_come_once_and_are_escaped(app: Flask) -> None:
    with app.test_request_context():
        flash("<b>Saved.</b>", "info")
        first = app.jinja_env.from_string("{% for c, t in notices() %}{{ c }}: {{ t }}{% endfor %}").render()
        assert first == "info: &lt;b&gt;Saved.&lt;/b&gt;"
    client = app.test_client()
    client.post("/study/begin")
    client.post("/study/undo", data={"review": "x"})
    assert "Nothing was undone" in client.get("/").text
    assert "Nothing was undone" not in client.get("/").text

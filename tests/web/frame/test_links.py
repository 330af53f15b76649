"""Addresses that leave the page: by the setting, else as the browser reached the site, and they open."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask

from quizapp.web.frame.links import absolute
from tests.serving import ROOT


@pytest.mark.parametrize(
    ("host", "begins"),
    [
        ("quiz.local", "http://quiz.local/"),
        ("quiz.local:8000", "http://quiz.local:8000/"),
        ("192.0.2.7:8000", "http://192.0.2.7:8000/"),
        ("0.0.0.0:8000", "http://127.0.0.1:8000/"),
        ("[::]:8000", "http://localhost:8000/"),
        ("[::1]:8000", "http://[::1]:8000/"),
        ("[2001:db8::7]", "http://[2001:db8::7]/"),
    ],
)
def test_an_address_is_as_the_browser_knows_the_site_and_opens(app: Flask, host: str, begins: str) -> None:
    with app.test_request_context(base_url=f"http://{host}"):
        assert absolute("classrooms.join") == f"{begins}join"
        assert absolute("accounts.setup", token="t") == f"{begins}setup/t"


def test_where_an_address_is_set_it_is_that_whatever_the_browser_says(app: Flask) -> None:
    app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], site_url="https://quiz.example")
    with app.test_request_context(base_url="http://10.0.0.3:8000"):
        assert absolute("classrooms.join_code", code="ABC") == "https://quiz.example/join/ABC"


def test_no_one_else_makes_an_address_that_leaves_the_page() -> None:
    makers = {
        path.name for path in (ROOT / "quizapp").rglob("*.py") if "_external" in path.read_text("utf-8")
    }
    templates = [
        path.name for path in (ROOT / "templates").rglob("*.html") if "_external" in path.read_text("utf-8")
    ]
    assert (makers, templates) == ({"links.py"}, [])

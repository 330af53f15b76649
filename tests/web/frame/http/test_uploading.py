"""How much a form may hold, and that it is counted before it is parsed."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from quizapp.web.frame.http.uploading import FROM_ANYBODY, MOST_FIELDS, CountingParser

FORM = "application/x-www-form-urlencoded"


def parsed(data: bytes) -> MultiDict[str, str]:
    return CountingParser().parse(BytesIO(data), FORM, len(data))[1]


def test_as_many_fields_as_a_long_form_has_are_read() -> None:
    assert len(parsed(b"&".join(b"a=1" for _ in range(MOST_FIELDS))).getlist("a")) == MOST_FIELDS


@pytest.mark.parametrize("field", [b"a=1", b"a", b""])
def test_more_fields_are_refused_before_anything_is_made_of_them(
    field: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[object] = []
    monkeypatch.setattr(FormDataParser, "parse", lambda *given, **_: reached.append(given))
    with pytest.raises(RequestEntityTooLarge):
        parsed(b"&".join(field for _ in range(MOST_FIELDS + 1)))
    assert reached == []


def test_a_stranger_sends_little_and_is_told_what_is_too_long_for_a_field(app: Flask) -> None:
    client = app.test_client()
    for size, status in ((FROM_ANYBODY // 2, 422), (8_000_000, 413)):
        assert client.post("/sign-in", data={"name": "x" * size}).status_code == status
    small_fields = "&".join(f"f{number}=" for number in range(MOST_FIELDS + 1))
    assert len(small_fields) < FROM_ANYBODY
    assert client.post("/sign-in", data=small_fields, content_type=FORM).status_code == 413

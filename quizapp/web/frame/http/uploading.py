"""How much each endpoint accepts, in bytes and in fields, after rights were looked at.

Where files come more is accepted than elsewhere, and where anyone may send something little is.
"""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from flask import Request, Response, current_app, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from quizapp.settings import Settings
from quizapp.web.frame.http.receiving import ACCEPTS, ASKS
from quizapp.web.frame.rights import RIGHTS, Right

UPLOADS = frozenset(
    {
        "authoring.new_item", "authoring.edit_item",
        "imports.bring", "imports.bring_own",
        "articles.add", "articles.save", "articles.new_text", "articles.save_text",
    }
)  # fmt: skip
FROM_ANYBODY = 512_000  # bytes of a stranger's form: what is too long for its field is told beside the field
LARGEST_TEXT = 8_000_000  # bytes of what is typed or pasted: two million characters, some of several bytes
MOST_FIELDS = 5_000  # of a form: a deck's questions, each ticked
MOST_BLOCKS = 100_000  # of an article, each a field of the form that corrects it

Parsed = tuple[IO[bytes], MultiDict[str, str], MultiDict[str, Any]]


def allow() -> Response | None:
    """Before the body is parsed, and for large ones before it is taken in."""
    if request.endpoint is None:
        return None  # Flask's own 404 or 405 follows
    settings: Settings = current_app.config["SETTINGS"]
    most = _most_bytes(request.endpoint, settings)
    if (request.content_length or 0) > most:
        raise RequestEntityTooLarge
    request.max_content_length = most
    if request.endpoint in UPLOADS:
        request.max_form_memory_size = LARGEST_TEXT
    if request.environ.get(ASKS):
        request.environ[ACCEPTS] = most
        return Response(status=202)
    return None


def _most_bytes(endpoint: str, settings: Settings) -> int:
    if endpoint in UPLOADS:
        return settings.max_upload_bytes
    if RIGHTS.get(endpoint) is Right.ANYONE:
        return min(FROM_ANYBODY, settings.max_request_bytes)
    return settings.max_request_bytes


class CountingParser(FormDataParser):
    """Counts the fields before it makes anything of them: a million of them fit in little text."""

    most_fields = MOST_FIELDS

    def parse(
        self,
        stream: IO[bytes],
        mimetype: str,
        content_length: int | None,
        options: dict[str, str] | None = None,
    ) -> Parsed:
        if mimetype == "application/x-www-form-urlencoded":
            data = stream.read()
            if data.count(b"&") >= self.most_fields:
                raise RequestEntityTooLarge
            stream = BytesIO(data)
        return super().parse(stream, mimetype, content_length, options)


class BoundedRequest(Request):
    """A request whose form is counted first."""

    form_data_parser_class = CountingParser

    def make_form_data_parser(self) -> FormDataParser:
        parser = super().make_form_data_parser()
        if isinstance(parser, CountingParser) and self.endpoint in UPLOADS:
            parser.most_fields = MOST_BLOCKS
        return parser

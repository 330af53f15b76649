"""Asking an OpenAI-compatible endpoint for drafts. Off unless the site's settings name one.

No transaction may be open while this waits; it reads and writes no database.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from time import monotonic

import urllib3

from quizapp.domain.drafting.models import ModelDraft, read_reply, request
from quizapp.domain.errors import QuizappError
from quizapp.domain.sources.passages import Paragraph
from quizapp.settings import Settings

MOST_BYTES = 400_000  # of a reply
DRAFTS_ASKED_FOR = 8
_log = logging.getLogger(__name__)


class NoDrafts(QuizappError):
    """The endpoint gave nothing that can be used; the message says so in plain words."""


def is_offered(settings: Settings) -> bool:
    """Whether the site names an endpoint and a model."""
    return bool(settings.drafts_url and settings.drafts_model)


def ask(settings: Settings, paragraphs: Sequence[Paragraph], language: str) -> tuple[ModelDraft, ...]:
    """The model's questions on these paragraphs, unchecked. Raises NoDrafts."""
    body = json.dumps(request(settings.drafts_model, paragraphs, language, DRAFTS_ASKED_FOR)).encode()
    reply = read_reply(_post(settings, body))
    if reply is None:
        raise NoDrafts(
            "The model’s answer was not in the form that was asked for. Nothing was stored; try again."
        )
    if not reply.drafts:
        raise NoDrafts(
            "The model proposed no question that can be used. Nothing was stored; try another passage."
        )
    return reply.drafts


def _post(settings: Settings, body: bytes) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if settings.drafts_key:
        headers["Authorization"] = f"Bearer {settings.drafts_key}"
    address = f"{settings.drafts_url.rstrip('/')}/chat/completions"
    limit = urllib3.Timeout(total=settings.drafts_timeout)
    try:
        with (
            urllib3.PoolManager(timeout=limit, retries=False) as pool,
            pool.request(
                "POST", address, body=body, headers=headers, redirect=False, preload_content=False
            ) as got,
        ):
            status, data = got.status, _within(got, monotonic() + settings.drafts_timeout)
    except urllib3.exceptions.HTTPError as error:
        _log.warning("The endpoint for drafts cannot be used: %s", type(error).__name__)
        raise NoDrafts(
            "The model did not answer in time. Nothing was stored; try again in a moment."
        ) from error
    if status != 200:
        _log.warning("The endpoint for drafts answered with status %s", status)
        raise NoDrafts(
            "The model’s service refused the request. Nothing was stored; tell whoever looks after this site."
        )
    if len(data) > MOST_BYTES:
        raise NoDrafts("The model’s answer was far too long. Nothing was stored; try a shorter passage.")
    return data


def _within(got: urllib3.BaseHTTPResponse, deadline: float) -> bytes:
    """The reply's bytes, up to one more than is allowed; one that trickles in is given up."""
    data = b""
    for chunk in got.stream(8192, decode_content=True):
        data += chunk
        if len(data) > MOST_BYTES:
            break
        if monotonic() > deadline:
            raise urllib3.exceptions.TimeoutError
    return data

"""Whole addresses of pages: from the setting where it is set, else as the browser reached the site.

What goes out by mail comes from the setting alone: the Host header is the sender's choice.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.settings import Settings, opened
from quizapp.web.frame.clock import now

CONFIRM_LIVES = 3 * 24 * 3600  # seconds


def absolute(endpoint: str, **values: Any) -> str:
    """A page's whole address, for a person to open."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.site_url:
        return _by_setting(current_app, endpoint, **values)
    return _opening(url_for(endpoint, _external=True, **values))


def _opening(address: str) -> str:
    """A browser on the server's machine may have asked for “any address”, which opens nowhere else."""
    parts = urlsplit(address)
    host, port = re.fullmatch(r"(.*?)((?::\d*)?)", parts.netloc).groups()  # type: ignore[union-attr]
    return parts._replace(netloc=opened(host.strip("[]")) + port).geturl()


def _by_setting(app: Flask, endpoint: str, **values: Any) -> str:
    settings: Settings = app.config["SETTINGS"]
    return settings.site_url + app.url_map.bind("localhost").build(endpoint, values)


class MailLinks:
    """Addresses for mails, which are written outside of any request."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def site(self) -> str:
        return _by_setting(self._app, "home.index")

    def setup(self, token: str) -> str:
        return _by_setting(self._app, "accounts.setup", token=token)

    def forgot(self) -> str:
        return _by_setting(self._app, "mail.forgot")

    def confirm(self, account_id: int, key: str) -> str:
        return _by_setting(self._app, "mail.confirm", signed=sign(self._app, account_id, key))


def sign(app: Flask, account_id: int, key: str) -> str:
    """A note, for the owner of a mailbox alone, that an account claims its address."""
    return _serializer(app).dumps([account_id, key, int(now().timestamp())])


def unsign(signed: str) -> tuple[int, str]:
    """(account, folded address) of such a note; raises Missing for another or an old one."""
    try:
        account_id, key, at = _serializer(current_app).loads(signed)
    except (BadSignature, ValueError, TypeError):
        account_id, key, at = 0, "", 0
    if not account_id or now().timestamp() > at + CONFIRM_LIVES:
        raise Missing(
            _("This link is incomplete or has expired. You can request a new one on your account page.")
        )
    return account_id, key


def _serializer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(app.config["SECRET_KEY"], salt="e-mail address")

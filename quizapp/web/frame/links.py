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

SEGMENT = r"(?!\.+(?:[/?]|$))[A-Za-z0-9_\-~.]+"  # no dots alone: they climb
WITHIN_SITE = re.compile(rf"/(?:{SEGMENT}/)*(?:{SEGMENT})?(?:\?[A-Za-z0-9_\-=&%.]*)?")
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


def within_site(address: str) -> str:
    """The address where it is a path within this site, "" for any other: never another host."""
    return address if WITHIN_SITE.fullmatch(address) else ""


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

    def study(self) -> str:
        return _by_setting(self._app, "study.question")

    def stop_reminders(self, account_id: int) -> str:
        return _by_setting(
            self._app, "reminders.stop", signed=signed_for(self._app, "stop-reminders", account_id, 1)
        )

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


def signed_for(app: Flask, purpose: str, account_id: int, version: int) -> str:
    """A part of an address that stands for an account, for one purpose, until the version changes."""
    return str(URLSafeSerializer(app.config["SECRET_KEY"], salt=purpose).dumps([account_id, version]))


def whose(app: Flask, purpose: str, signed: str) -> tuple[int, int]:
    """(account, version) of such a part; raises Missing for any other."""
    try:
        account_id, version = URLSafeSerializer(app.config["SECRET_KEY"], salt=purpose).loads(signed)
        return int(account_id), int(version)
    except (BadSignature, ValueError, TypeError):
        raise Missing(_("Page not found.")) from None


def _serializer(app: Flask) -> URLSafeSerializer:
    return URLSafeSerializer(app.config["SECRET_KEY"], salt="e-mail address")

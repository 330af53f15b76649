"""The app's provider, asked aside: without the turn, with places of its own and a limit of time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TypeVar

from flask import Flask, current_app

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _, marked
from quizapp.services.accounts.provider import MOST_BYTES, SECONDS, Provider, Refused, Unreachable
from quizapp.services.sources.retrieval import ANYWHERE, send
from quizapp.settings import Settings
from quizapp.web.frame.http.turns import IDENTIFYING, Busy, aside

Asked = TypeVar("Asked")
NO_ANSWER = marked(
    "{name} isn’t answering right now. Try again in a minute, or sign in with your name and password."
)
NOT_ACCEPTED = marked(
    "Signing in with {name} didn’t work. Try again; if it fails again, tell whoever runs this site."
)
BUSY = marked("Many people are signing in right now. Try again in half a minute.")
_log = logging.getLogger("quizapp")


class NotNow(Exception):
    """The provider did not say who someone is; the message says what to do, in words for them."""


def install(app: Flask, settings: Settings) -> None:
    """Give the app its provider, where the settings name one."""
    if settings.oidc_issuer:
        guard = replace(ANYWHERE, seconds=SECONDS)
        app.extensions["provider"] = Provider(settings, partial(send, guard=guard, most=MOST_BYTES))


def provider() -> Provider:
    """The site's provider; raises Missing where there is none."""
    found: Provider | None = current_app.extensions.get("provider")
    if found is None:
        raise Missing(_("Page not found."))
    return found


def name() -> str:
    """What people know it as."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings.provider_name


def asked(question: Callable[[], Asked]) -> Asked:
    """What the provider says; raises NotNow. Hold no transaction."""
    try:
        with aside(IDENTIFYING):
            return question()
    except Busy:
        raise NotNow(_(BUSY)) from None
    except Unreachable as error:
        _log.warning("The sign-in provider can't be used: %s", error)
        raise NotNow(_(NO_ANSWER).format(name=name())) from None
    except Refused as error:
        _log.warning("The sign-in provider's answer was refused: %s", error)
        raise NotNow(_(NOT_ACCEPTED).format(name=name())) from None

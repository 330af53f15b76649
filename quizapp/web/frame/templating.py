"""What every template may use: filters for markup and small words, `static`, `notices`."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from flask import Flask, get_flashed_messages, url_for
from flask.templating import Environment
from markupsafe import Markup

from quizapp.domain.language import markup
from quizapp.web.frame import clock
from quizapp.web.frame.http import sent_twice
from quizapp.web.frame.page import counted


class PlainGlobals(Environment):
    """Templates share one plain dictionary of globals.

    Jinja compares a template's globals with the page's at every import of a macro; with its own chain of
    mappings that took a twelfth of a study step.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The environment's own, where a template brings none of its own."""
        return super().make_globals(d) if d else self.globals


def install(app: Flask) -> None:
    """Register filters and globals."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["md"] = block
    app.jinja_env.filters["md_inline"] = lambda text: markup.picture_addresses(markup.inline(text), picture)
    app.jinja_env.filters["plain"] = markup.plain
    app.jinja_env.filters["counted"] = counted
    app.jinja_env.globals["notices"] = notices
    app.jinja_env.globals["clock_is_off"] = clock.off
    app.jinja_env.globals["once"] = sent_twice.fresh


def block(text: str) -> Markup:
    """Markdown as it stands on a page."""
    return markup.picture_addresses(markup.boxed_tables(markup.block(text)), picture)


def picture(picture_id: str) -> str:
    """The address of a picture."""
    return url_for("pictures.show", picture_id=picture_id)


def notices() -> list[tuple[str, str]]:
    """(category, text) of what the last request left to say."""
    messages: Any = get_flashed_messages(with_categories=True)
    return list(messages)

"""What every template may use: filters for markup and small words, `static`, `notices`."""

from __future__ import annotations

from typing import Any

from flask import Flask, get_flashed_messages

from quizapp.domain import markup
from quizapp.web.page import counted


def install(app: Flask) -> None:
    """Register filters and globals."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["md"] = markup.block
    app.jinja_env.filters["md_inline"] = markup.inline
    app.jinja_env.filters["plain"] = markup.plain
    app.jinja_env.filters["counted"] = counted
    app.jinja_env.globals["notices"] = notices


def notices() -> list[tuple[str, str]]:
    """(category, text) of what the last request left to say."""
    messages: Any = get_flashed_messages(with_categories=True)
    return list(messages)

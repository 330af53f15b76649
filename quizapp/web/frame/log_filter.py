"""Logged errors without their words: a message can quote what someone answered; types and places cannot."""

from __future__ import annotations

import logging
import traceback


class WithoutWords(logging.Filter):
    """Puts the types and places of a logged error and its causes where the log would have its message too."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            record.exc_text = places(error)
        return True


def places(error: BaseException) -> str:
    """Where an error arose, cause by cause, the first cause first."""
    chain: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in chain:
        chain.append(current)
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\n".join(_place(each) for each in reversed(chain))


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}' for frame in frames]
    kind = type(error)
    state = getattr(error, "sqlstate", None) or getattr(error, "sqlite_errorname", None)
    return "\n".join([f"{kind.__module__}.{kind.__qualname__}" + (f" ({state})" if state else ""), *lines])

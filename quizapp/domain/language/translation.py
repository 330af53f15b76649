"""Texts for people: marked where they are written, and translated where they are shown.

`_("…")` and `ngettext("…", "…", count)` translate at once, into the language that was bound with `speak`.
Values are put in after that: `_("In {class_name}").format(class_name=…)`. What a module or a class holds is
written `marked("…")`, which only tells the extraction about it; the code that shows it calls `_` on it.
"""

from __future__ import annotations

import re
from contextvars import ContextVar
from gettext import NullTranslations
from typing import NamedTuple


class Language(NamedTuple):
    """A language that pages can speak. code: as HTML's `lang` wants it."""

    code: str
    translations: NullTranslations


ENGLISH = Language("en", NullTranslations())
_BEFORE_PERCENT = re.compile(r"(?<=[\d})s]) (?=%(?![(\w]))")
_spoken: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


def speak(language: Language) -> None:
    """From now on, texts of this thread (or task) are in this language."""
    _spoken.set(language)


def language_code() -> str:
    """The language that is spoken now."""
    return _spoken.get().code


def gettext(message: str) -> str:
    """The message in the language that is spoken now."""
    return _whole(_spoken.get().translations.gettext(message))


def ngettext(one: str, many: str, count: int) -> str:
    """The form of the message that the language uses for this count; `{count}` in it is filled in."""
    return _whole(_spoken.get().translations.ngettext(one, many, count)).replace("{count}", str(count))


def _whole(text: str) -> str:
    """With no line break between a number and its “%”; “%(name)s” is a value of a template."""
    return _BEFORE_PERCENT.sub("\N{NO-BREAK SPACE}", text) if " %" in text else text


def marked(message: str) -> str:
    """The message itself, for later: the extraction finds it here."""
    return message


_ = gettext

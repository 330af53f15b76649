"""Texts are English until another language is bound, and are filled in after they have been translated."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import copy_context
from gettext import NullTranslations

import pytest

from quizapp.domain.language.translation import ENGLISH, Language, _, language_code, marked, ngettext, speak


class Backwards(NullTranslations):
    """A language that says everything backwards, placeholders apart, and has one form for all counts."""

    def gettext(self, message: str) -> str:
        return " ".join(word if word.startswith("{") else word[::-1] for word in message.split())

    def ngettext(self, _one: str, many: str, _count: int) -> str:
        return self.gettext(many)


@pytest.fixture
def backwards() -> Iterator[None]:
    speak(Language("tl-H", Backwards()))
    yield
    speak(ENGLISH)


def test_english_says_what_is_written() -> None:
    assert language_code() == "en"
    assert _("Check your answer") == "Check your answer"
    assert ngettext("{count} answer", "{count} answers", 1) == "1 answer"
    assert ngettext("{count} answer", "{count} answers", 12) == "12 answers"


@pytest.mark.usefixtures("backwards")
def test_a_bound_language_is_spoken_and_values_go_in_afterwards() -> None:
    assert language_code() == "tl-H"
    assert _("drawer {name}").format(name="Ana") == "reward Ana"
    assert ngettext("{count} pot", "{count} pots", 1) == "1 stop"


@pytest.mark.usefixtures("backwards")
def test_what_is_marked_is_translated_when_it_is_shown() -> None:
    kept = marked("drawer")
    assert kept == "drawer"
    assert _(kept) == "reward"


def test_a_language_bound_elsewhere_does_not_leak() -> None:
    copy_context().run(speak, Language("tl-H", Backwards()))
    assert _("drawer") == "drawer"

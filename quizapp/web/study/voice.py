"""What a screen reader hears after an answer: verdict, right answer, when it comes back; each once."""

from __future__ import annotations

from quizapp.domain.language import markup
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import GaveUp, Grade, Outline, Response


def spoken(response: Response, grade: Grade, outline: Outline, back: str = "") -> str:
    """“Incorrect. Correct answer: Mercury. Back later today.” back: when the question returns, in words."""
    key = answer_words(outline)
    if isinstance(response, GaveUp):
        said = _("The answer: {key}").format(key=key)
    elif grade.right or (grade.rating or 0) > 1:
        said = _("Correct: {key}").format(key=key)
    elif grade.partly:
        said = _("Partly correct. Correct answer: {key}").format(key=key)
    else:
        said = _("Incorrect. Correct answer: {key}").format(key=key)
    return " ".join(filter(None, (ended(said), ended(_("Back {when}").format(when=back)) if back else "")))


def turned(outline: Outline) -> str:
    """What is heard when a card is turned over."""
    return ended(_("The answer: {key}").format(key=answer_words(outline)))


def answer_words(outline: Outline) -> str:
    """The right answer as text, its parts one after another."""
    return "; ".join(markup.aloud(key) for key in outline.keys)


def ended(text: str) -> str:
    """The sentence with its full stop."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."

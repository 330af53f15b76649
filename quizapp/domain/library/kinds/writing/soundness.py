"""Rules of sound content that several kinds share, each as a function that returns problems."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from quizapp.domain.errors import Problem
from quizapp.domain.language.markup import plain
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import Content

LONGEST_STEM = 4_000  # characters
LONGEST_RATIONALE = 4_000
LONGEST_HINT = 500
LONGEST_OPTION = 1_000

Options = Iterable[tuple[str, Sequence[str]]]


def fold(text: str) -> str:
    """What two options must differ in: their words, whatever the markup, case, white space or
    composed form. Not NFKC: “10²” and “102” differ."""
    return " ".join(unicodedata.normalize("NFC", plain(text)).casefold().split())


def blank(text: str) -> bool:
    """Nothing to see: empty, or white space and invisible characters only."""
    return all(unicodedata.category(character)[0] in "CZ" for character in plain(text))


def text_problems(field: str, text: str, longest: int, *, required: bool = True) -> Iterator[Problem]:
    """Empty, too long, or holding characters that no database and no page can carry."""
    if required and blank(text):
        yield Problem(field, _("This is empty. Write something."))
    if len(text) > longest:
        yield Problem(
            field,
            _("Shorten this to {longest:,} characters; it has {length:,}.").format(
                longest=longest, length=len(text)
            ),
        )
    if any(unstorable(character) for character in text):
        yield Problem(field, _("Remove the control characters: they can’t be stored or shown."))


def unstorable(character: str) -> bool:
    """NUL, half a surrogate pair, and control characters other than tab and line breaks."""
    return unicodedata.category(character) == "Cs" or (
        unicodedata.category(character) == "Cc" and character not in "\t\n\r"
    )


def common_problems(content: Content) -> Iterator[Problem]:
    """What every kind asks of stem, rationale and hint."""
    yield from text_problems("stem", content.stem, LONGEST_STEM)
    yield from text_problems("rationale", content.rationale, LONGEST_RATIONALE, required=False)
    yield from text_problems("hint", content.hint, LONGEST_HINT, required=False)


def count_problems(
    field: str, entries: Sequence[object], low: int, high: int, noun: str
) -> Iterator[Problem]:
    """Too few or too many entries; `noun` is their plural, “wrong options”."""
    if len(entries) < low:
        yield Problem(
            field,
            (
                _("Give at least {low} {noun}; there are {count}.")
                if low > 1
                else _("Give at least one of the {noun}; there are none.")
            ).format(low=low, noun=noun, count=len(entries) or _("none")),
        )
    if len(entries) > high:
        yield Problem(
            field,
            _("Give at most {high} {noun}; there are {count}.").format(
                high=high, noun=noun, count=len(entries)
            ),
        )


def option_problems(options: Options) -> Iterator[Problem]:
    """Each option is a sound text and differs from all others, over all fields, in its letters."""
    seen: dict[str, str] = {}
    for field, texts in options:
        for text in texts:
            yield from text_problems(field, text, LONGEST_OPTION)
            folded = fold(text)
            if folded and folded in seen:
                where = "" if seen[folded] == field else f" (under “{seen[folded]}”)"
                yield Problem(
                    field,
                    _("“{text}” is there twice{where}. Remove or change one.").format(
                        text=text[:60], where=where
                    ),
                )
            seen.setdefault(folded, field)


def feedback_problems(feedback: Sequence[tuple[str, str]], options: Sequence[str]) -> Iterator[Problem]:
    """Feedback names an option as it is written, once, and says something about it."""
    named: set[str] = set()
    for option, text in feedback:
        if option not in options:
            yield Problem(
                "feedback",
                _("“{option}” isn’t one of the options. Write it exactly as it is there.").format(
                    option=option[:60]
                ),
            )
        if option in named:
            yield Problem(
                "feedback", _("“{option}” has feedback twice. Keep one.").format(option=option[:60])
            )
        named.add(option)
        yield from text_problems("feedback", text, LONGEST_RATIONALE)

"""Rules on the words chosen: dates that stay true, and no one's side taken."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.domain.language.translation import _
from quizapp.domain.library.lint.base import Complaint, ItemRule, LintItem, Severity

RELATIVE_DATES = re.compile(
    r"\b(?:(?:last|next|this) (?:year|month|week|decade|spring|summer|autumn|winter"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)"
    r"|yesterday|tomorrow|tonight|today(?!['’]s date)|nowadays|(?<!had )recently|lately|currently|at present"
    r"|(?:a|one|two|three|few|several|\d+) (?:days?|weeks?|months?|years?) ago)\b",
    re.IGNORECASE,
)
# Words that judge by themselves. Few on purpose: anyone who needs one for a quotation waives it.
LOADED_WORDS = frozenset(
    "regime puppet dictator tyrant despot thug warlord crony cronies henchman henchmen stooge lackey "
    "mouthpiece propaganda aggressor warmonger brutal barbaric savage evil heroic glorious notorious "
    "infamous shameful shameless disgraceful despicable cynical sham farce so-called obviously "
    "unfortunately fortunately sadly rightly wrongly regrettably thankfully".split()
)
_LOADED = re.compile(rf"\b(?:{'|'.join(sorted(LOADED_WORDS))})\b", re.IGNORECASE)
_LOADED_EXCEPTIONS = re.compile(r"\bsanctions? regimes?\b", re.IGNORECASE)


def _relative_date(item: LintItem) -> Iterator[Complaint]:
    for field, text in item.texts:
        found = RELATIVE_DATES.search(text)
        if found:
            yield Complaint(
                field,
                _("“{words}” will soon be out of date. Give the date, if the source does.").format(
                    words=found.group()
                ),
            )


def _loaded(item: LintItem) -> Iterator[Complaint]:
    for field, text in item.texts:
        found = _LOADED.search(_LOADED_EXCEPTIONS.sub(" ", text))
        if found:
            yield Complaint(
                field,
                _("“{words}” takes sides. Use a neutral word, or say whose word it is.").format(
                    words=found.group()
                ),
            )


RULES = (
    ItemRule(
        "relative-date",
        Severity.WARNING,
        "Dates are absolute: no “last year”, “today”, “recently”.",
        _relative_date,
    ),
    ItemRule("loaded-words", Severity.WARNING, "No word passes judgement.", _loaded),
)

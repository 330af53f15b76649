"""Countries and their people: Russian belongs to Russia, Dutch to the Netherlands."""

from __future__ import annotations

import functools

from quizapp.domain.language.text import fold_for_search
from quizapp.domain.library.grading.lexicon import countries

_IRREGULAR = (
    "america american,usa american,britain british,england english,scotland scottish,wales welsh,ireland irish,"
    "france french,netherlands dutch,holland dutch,spain spanish,sweden swedish,finland finnish,poland polish,"
    "denmark danish,germany german,greece greek,turkey turkish,switzerland swiss,norway norwegian,thailand thai,"
    "philippines filipino,argentina argentine,portugal portuguese,canada canadian,ukraine ukrainian,egypt egyptian,"
    "czechia czech,iceland icelandic,new-zealand zealander,uk british,belgium belgian,peru peruvian,"
    "afghanistan afghan,uzbekistan uzbek,kazakhstan kazakh,serbia serb,slovakia slovak,slovenia slovene,"
    "croatia croat,hungary hungarian,israel israeli,europe european,asia asian,africa african,arabia arab"
)


@functools.cache
def _belonging() -> dict[str, str]:
    """The country of each people's word, and of each country's own name."""
    found = {name: name for name in countries() if name.isalpha()}
    for name in list(found):
        root = name[:-1] if name[-1] in "aoy" else name
        made = [f"{root}{ending}" for ending in ("an", "ian", "ese", "i", "ish")] + [
            f"{name}{end}" for end in ("n", "i")
        ]
        for people in made:
            found.setdefault(people, name)
    for pair in _IRREGULAR.split(","):
        country, people = pair.split()
        found |= {people: country, country: country}
    return found | {f"{people}s": country for people, country in found.items() if people.endswith(("n", "i"))}


def other_country(answer: str, form: str) -> bool:
    """Whether both are names of countries, and not of one: Guinea and Equatorial Guinea."""
    given, wanted = (fold_for_search(text) for text in (answer, form))
    return given != wanted and wanted in countries() and (given in countries() or given == f"{wanted}s")


def country(word: str) -> str:
    """The country that a folded word names or belongs to; "" for any other word."""
    return _belonging().get(word, "")

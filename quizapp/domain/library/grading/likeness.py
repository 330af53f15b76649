"""Where rules end: how much an answer is like a right one, weighed by a small logistic model.

Likenesses are numbers from 0 to 1; `weights` holds how much each speaks for a right answer.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from quizapp.domain.library.grading import slips
from quizapp.domain.library.grading.reading import dates, lists, persons
from quizapp.domain.library.grading.reading.peoples import country
from quizapp.domain.library.grading.reading.tokens import CONJUNCTIONS, NEGATIONS, content, figures, tokens
from quizapp.domain.library.grading.verdicts import WRONG, Judgement, Question, Verdict
from quizapp.domain.library.grading.weights import RIGHT_FROM, UNSURE_FROM, WEIGHTS
from quizapp.domain.library.grading.wording import Comparison, Context, articles_differ, compare


class _Pair(NamedTuple):
    """An answer beside a form, with what was computed once."""

    answer: str
    form: str
    given: tuple[str, ...]
    wanted: tuple[str, ...]
    found: Comparison
    around: Context

    @property
    def extra(self) -> list[str]:
        """The answer's own words that stand neither in the stem nor in another form."""
        return [word for word in self.found.extra if word not in self.around.asked]

    @property
    def missing(self) -> list[str]:
        return [word for word in self.found.missing if word not in self.around.asked]


def judge(answer: str, question: Question, around: Context) -> Judgement:
    """The verdict on an answer that no rule reads as a form. Two single words are never alike."""
    given = content(answer)
    if not given or question.strictness != "meaning":
        return WRONG
    weighed = [
        (weigh(likenesses(answer, form, around)), form) for form in question.forms if comparable(answer, form)
    ]
    weight, form = max(weighed, default=(UNSURE_FROM - 1, ""))
    near = max(
        (weigh(likenesses(answer, form, around)) for form in (*question.refused, *question.others)),
        default=0.0,
    )
    if weight < UNSURE_FROM or (near and near >= weight) or _contradicts(answer, form, around):
        return WRONG
    certain = (
        not question.gap and len(lists.entries(form)) == 1 and not _says_a_number_more(answer, form, around)
    )
    if weight >= RIGHT_FROM and certain:
        return Judgement(Verdict.RIGHT, form)
    return Judgement(Verdict.UNSURE, form)


def _contradicts(answer: str, form: str, around: Context) -> bool:
    """Another number, a negation, or a choice of two: never alike, however much else is."""
    found = compare(answer, form, around)
    chosen = around.chooses and any(word in around.asked for word in found.extra)
    numbers_differ = bool(figures(found.extra)) and bool(figures(found.missing))
    given, wanted = set(tokens(answer)), set(tokens(form))
    if chosen or numbers_differ or articles_differ(answer, form) or _names_another(answer, form, around):
        return True
    return bool((NEGATIONS & given) ^ (NEGATIONS & wanted)) or bool(CONJUNCTIONS & given - wanted)


_JOINED = re.compile(r" (?:and|or|und|oder|et|ou|y|o) |[&+/;]")


def _names_another(answer: str, form: str, around: Context) -> bool:
    """Whether a name that neither form nor question knows is joined to the form: Paris and London."""
    entries = _JOINED.split(answer)
    if len(entries) <= len(_JOINED.split(form)):
        return False
    own = frozenset(content(form)) | around.asked | around.known
    named = [(entry.strip()[:1].isupper(), content(entry)) for entry in entries]
    return any(is_name and words and not own & set(words) for is_name, words in named)


def _says_a_number_more(answer: str, form: str, around: Context) -> bool:
    return bool(figures(compare(answer, form, around).extra) - around.asked)


def comparable(answer: str, form: str) -> bool:
    """Whether there is more to compare than one word with another."""
    given, wanted = content(answer), content(form)
    return bool(wanted) and (len(given) > 1 or len(wanted) > 1)


def weigh(values: dict[str, float]) -> float:
    """The logarithm of the odds that people call it right."""
    return WEIGHTS.get("bias", 0.0) + sum(WEIGHTS.get(name, 0.0) * value for name, value in values.items())


def likenesses(answer: str, form: str, around: Context) -> dict[str, float]:
    """Every likeness by its name."""
    pair = _Pair(answer, form, content(answer), content(form), compare(answer, form, around), around)
    return {name: float(measure(pair)) for name, measure in LIKENESSES.items()}


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _bigrams(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1))


@functools.lru_cache(maxsize=4_096)
def _letters_alike(one: str, other: str) -> float:
    first, second = _bigrams(one), _bigrams(other)
    return _share(2 * (first & second).total(), first.total() + second.total())


def _nearly(pair: _Pair) -> float:
    """The share of words found nowhere that are one slip or one ending away from each other."""
    if not pair.found.extra or not pair.found.missing:
        return 0.0
    near = sum(
        any(
            slips.is_one_edit(word, other) or (len(word) > 4 and word[:4] == other[:4])
            for other in pair.found.missing
        )
        for word in pair.found.extra[:8]
    )
    return _share(near, len(pair.found.extra[:8]))


def _acronym(pair: _Pair) -> bool:
    def initials(text: str) -> str:
        return "".join(word[0] for word in re.findall(r"[^\W_]+", text) if word[0].isupper()).casefold()

    bare = [re.sub(r"[^\w]", "", text).casefold() for text in (pair.answer, pair.form)]
    return (len(bare[0]) > 1 and bare[0] == initials(pair.form)) or (
        len(bare[1]) > 1 and bare[1] == initials(pair.answer)
    )


def _head(text: str) -> str:
    """What stands before a comma, a bracket, “in”, “of”."""
    return re.split(r",| \(| in | of | at | on ", text, maxsplit=1)[0]


def _same_head(answer: str, form: str) -> bool:
    return content(_head(answer)) == content(form) != ()


def _person(pair: _Pair, place: int) -> bool:
    named = persons.name(pair.form)
    return (
        len(named) > 1
        and bool(pair.given)
        and persons.asks_for_person(pair.around.stem)
        and named[place] in tokens(pair.answer)
    )


def _date_part(pair: _Pair) -> bool:
    """Two dates that agree in what both say."""
    for one in dates.readings(pair.answer):
        for other in dates.readings(pair.form):
            both = [
                (a, b) for a, b in zip(one[:3], other[:3], strict=True) if a is not None and b is not None
            ]
            if both and all(a == b for a, b in both):
                return True
    return False


_HOW_MANY = re.compile(r"\bhow (?:many|much|long|old|far)\b|\bwhat (?:percent|age)\b", re.IGNORECASE)
_WHEN = re.compile(r"\bwhen\b|\b(?:what|which) (?:year|date|day|month)\b", re.IGNORECASE)
_WHERE = re.compile(r"\bwhere\b|\b(?:what|which) (?:city|country|state|place|town|river)\b", re.IGNORECASE)

LIKENESSES: dict[str, Callable[[_Pair], float]] = {
    "precision": lambda pair: _share(len(pair.found.shared), len(pair.found.shared) + len(pair.extra)),
    "recall": lambda pair: _share(len(pair.found.shared), len(pair.found.shared) + len(pair.missing)),
    "overlap": lambda pair: _share(2 * len(pair.found.shared), len(pair.given) + len(pair.wanted)),
    "letters": lambda pair: _letters_alike(" ".join(pair.given), " ".join(pair.wanted)),
    "letters without spaces": lambda pair: _letters_alike(
        "".join(sorted(pair.given)), "".join(sorted(pair.wanted))
    ),
    "shared only asked": lambda pair: (
        bool(pair.found.shared) and all(w in pair.around.asked for w in pair.found.shared)
    ),
    "extra words": lambda pair: min(len(pair.extra), 4) / 4,
    "missing words": lambda pair: min(len(pair.missing), 4) / 4,
    "any extra": lambda pair: bool(pair.extra),
    "any missing": lambda pair: bool(pair.missing),
    "last alike": lambda pair: bool(pair.given and pair.wanted) and pair.given[-1] == pair.wanted[-1],
    "first alike": lambda pair: bool(pair.given and pair.wanted) and pair.given[0] == pair.wanted[0],
    "within": lambda pair: bool(pair.found.shared) and not pair.extra,
    "around": lambda pair: bool(pair.found.shared) and not pair.missing,
    "figure extra": lambda pair: bool(figures(tuple(pair.extra))),
    "figure missing": lambda pair: bool(figures(tuple(pair.missing))),
    "figures differ": lambda pair: bool(figures(tuple(pair.extra))) and bool(figures(tuple(pair.missing))),
    "negation": lambda pair: bool(
        (NEGATIONS & set(tokens(pair.answer))) ^ (NEGATIONS & set(tokens(pair.form)))
    ),
    "or": lambda pair: bool(CONJUNCTIONS & set(tokens(pair.answer))),
    "known": lambda pair: _share(
        sum(w in pair.around.known or w in pair.around.asked for w in pair.given), len(pair.given)
    ),
    "nearly": _nearly,
    "acronym": _acronym,
    "place told": lambda pair: _same_head(pair.answer, pair.form),
    "place left out": lambda pair: _same_head(pair.form, pair.answer),
    "surname": lambda pair: _person(pair, -1),
    "first name": lambda pair: _person(pair, 0),
    "surname alone": lambda pair: _person(pair, -1) and len(pair.given) == 1,
    "first name alone": lambda pair: _person(pair, 0) and len(pair.given) == 1,
    "first name without surname": lambda pair: _person(pair, 0) and not _person(pair, -1),
    "date within": _date_part,
    "people": lambda pair: any(
        country(w) and country(w) in map(country, pair.wanted) for w in pair.found.extra
    ),
    "one word": lambda pair: len(pair.given) == 1,
    "one word wanted": lambda pair: len(pair.wanted) == 1,
    "two extra": lambda pair: len(pair.extra) > 1,
    "two missing": lambda pair: len(pair.missing) > 1,
    "extra capitals": lambda pair: any(
        w in pair.extra for w in map(str.casefold, re.findall(r"\b[A-Z]\w+", pair.answer))
    ),
    "missing capitals": lambda pair: any(
        w in pair.missing for w in map(str.casefold, re.findall(r"\b[A-Z]\w+", pair.form))
    ),
    "how many": lambda pair: bool(_HOW_MANY.search(pair.around.stem)) and bool(pair.extra or pair.missing),
    "when": lambda pair: bool(_WHEN.search(pair.around.stem)),
    "when extra": lambda pair: bool(_WHEN.search(pair.around.stem)) and bool(pair.extra),
    "where": lambda pair: bool(_WHERE.search(pair.around.stem)) and bool(pair.found.shared),
    "who extra": lambda pair: persons.asks_for_person(pair.around.stem) and bool(pair.extra),
}

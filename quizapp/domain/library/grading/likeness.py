"""Where rules end: how much an answer is like a right one, weighed by a small logistic model.

Likenesses are numbers from 0 to 1; `weights` holds how much each speaks for a right answer.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from quizapp.domain.language.text import fold_for_search
from quizapp.domain.library.grading import lexicon, slips
from quizapp.domain.library.grading.reading import dates, lists, persons
from quizapp.domain.library.grading.reading.peoples import country
from quizapp.domain.library.grading.reading.tokens import (
    CONJUNCTIONS,
    NEGATIONS,
    content,
    figures,
    stem,
    tokens,
)
from quizapp.domain.library.grading.verdicts import WRONG, Judgement, Question, Verdict
from quizapp.domain.library.grading.weights import RIGHT_FROM, UNSURE_FROM, WEIGHTS
from quizapp.domain.library.grading.wording import (
    Comparison,
    Context,
    articles_differ,
    compare,
    names_a,
    without_class,
)

SHORT = 3  # words of a name or a term, of which each counts


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
        not question.gap
        and len(lists.entries(form)) == 1
        and not _says_a_number_more(answer, form, around)
        and not _says_another_thing(answer, form, around)
        and not _lacks_surname(answer, form, around)
        and not (dates.readings(form) and dates.readings(answer))
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
    if (
        chosen
        or numbers_differ
        or names_a(answer) != names_a(form)
        or articles_differ(answer, form)
        or _names_another(answer, form, around)
    ):
        return True
    only_asked = bool(found.shared) and all(word in around.asked for word in found.shared)
    if found.missing and only_asked and not _nearly(_pair(answer, form, around)):
        return True
    if found.missing and persons.asks_for_full_name(around.stem):
        return True
    if _leaves_out(answer, form) or _replaces(_pair(without_class(answer), form, around)):
        return True
    return bool((NEGATIONS & given) ^ (NEGATIONS & wanted)) or bool(CONJUNCTIONS & given - wanted)


def _leaves_out(answer: str, form: str) -> bool:
    """Whether an entry of a list is missing, or another is beside them. A place with its country is no
    list."""
    wanted = [set(content(entry)) for entry in lists.entries(form)]
    joined = re.search(r" (?:and|und|et|y) |&|;", form) is not None
    if len(wanted) < 2 or not (joined or len(wanted) > 2):
        return False
    given = content(answer)
    if len(lists.entries(answer)) > len(wanted):
        return True
    return any(
        not any(_is_alike(word, other) for word in words for other in given) for words in wanted if words
    )


def _is_alike(word: str, other: str) -> bool:
    return word == other or _is_near(word, other)


def _lacks_surname(answer: str, form: str, around: Context) -> bool:
    named = persons.name(form)
    return persons.asks_for_person(around.stem) and len(named) > 1 and named[-1] not in tokens(answer)


_LETTER = re.compile(r"[a-z]|[ivx]+|[0-9]+")
_TELLING = ("ate", "ite", "ide", "ous", "ic", "ane", "ene", "yne", "ase", "ose")


def _replaces(pair: _Pair) -> bool:
    """Whether a word of the form has given way to another word of the language: carbon monoxide for carbon
    dioxide. A nickname, another ending or another spelling of the same word is none, and more words may say
    the same in others."""
    if len(pair.wanted) > SHORT:
        return False
    code, missing = lexicon.language(pair.around.stem), list(pair.missing)
    others = []
    for word in pair.extra:
        near = next((other for other in missing if _is_near(word, other)), None)
        if near is None:
            others.append(word)
        elif _ends_tell(word, near):
            return True
        else:
            missing.remove(near)
    return bool(missing) and any(_is_another(word, missing, code) for word in others)


def _is_near(word: str, other: str) -> bool:
    if _LETTER.fullmatch(word) or _LETTER.fullmatch(other):
        return False
    if len(word) > 3 and word[:4] == other[:4]:
        return True
    return slips.is_one_edit(word, other) and not lexicon.is_word(word, "en")


def _is_another(word: str, missing: list[str], code: str) -> bool:
    if _LETTER.fullmatch(word):
        return any(_LETTER.fullmatch(other) for other in missing)
    return lexicon.is_word(word, code)


def _ends_tell(word: str, other: str) -> bool:
    """nitrate and nitrite, sulfuric and sulfurous: endings that name another substance."""
    ends = [next((end for end in _TELLING if each.endswith(end)), "") for each in (word, other)]
    roots = [each.removesuffix(end) for each, end in zip((word, other), ends, strict=True)]
    return roots[0] == roots[1] and all(ends) and ends[0] != ends[1]


def _is_the_name(pair: _Pair) -> bool:
    """Whether one word is the name in a form that only says what bears it: Gunsmoke, of the drama series
    Gunsmoke."""
    written = {fold_for_search(word): word for word in re.findall(r"[^\W\d_]+", pair.form)}
    named = {word for word, shown in written.items() if shown[0].isupper()} - persons.TITLES
    named = {stem(word) for word in named if not country(word)}
    return named == set(pair.given) and stem(fold_for_search(pair.form.split()[0])) not in named


def _says_another_thing(answer: str, form: str, around: Context) -> bool:
    """Whether what is added to the form, or left out of it, may make another thing of it: hot dog for dog,
    Paris, Texas for Paris, Rugby League for Rugby, dioxide for carbon dioxide."""
    pair = _pair(answer, form, around)
    capital = any(word[:1].isupper() for word in answer.split()[1:])
    if pair.found.missing and pair.extra and capital:
        return True
    if pair.found.missing and len(pair.given) == 1 and not _is_the_name(pair):
        return True
    if len(pair.wanted) == 1 and len(pair.given) == 2 and len(pair.extra) == 1:
        named_on = capital and pair.given[0] == pair.wanted[0]
        return form.islower() or named_on or re.search(r", \w", answer) is not None
    return False


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


def _pair(answer: str, form: str, around: Context) -> _Pair:
    return _Pair(answer, form, content(answer), content(form), compare(answer, form, around), around)


def likenesses(answer: str, form: str, around: Context) -> dict[str, float]:
    """Every likeness by its name."""
    pair = _pair(answer, form, around)
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
    """What is before a comma, a bracket, “in”, “of”."""
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

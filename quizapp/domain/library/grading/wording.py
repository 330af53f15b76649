"""The same words in another dress: the question's own repeated or left out, a title, another order."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.library.grading.reading import persons
from quizapp.domain.library.grading.reading.peoples import country
from quizapp.domain.library.grading.reading.tokens import (
    CONJUNCTIONS,
    EMPTY,
    NEGATIONS,
    american,
    content,
    figures,
    tokens,
)
from quizapp.domain.library.grading.spelling import NAMED_A

_TURNED = re.compile(r"\b(?:of|in|from|for|by|and|to)\b|[,&]|'s\b")
_PLACED = re.compile(r"\w(?:, | in | \()\w")  # Paris, France; Paris (France)
_DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest northern southern eastern western central".split()
)
_CLASS = re.compile(
    r"(?:the )?(?:city|town|village|province|region|state|river|lake|mountain|island|country|county|republic|month|"
    r"year|planet|continent|land|district|area|kingdom|element|word|term|book|film|movie|novel|company) of ",
    re.IGNORECASE,
)
_NATION = re.compile(
    r"\b(?:country|countries|nationality|nation|nations|who|whom|whose|power|army|people)\b", re.IGNORECASE
)


class Context(NamedTuple):
    """What surrounds an answer: the stem's words, those of all accepted forms, and how strictly to read."""

    stem: str = ""
    asked: frozenset[str] = frozenset()
    known: frozenset[str] = frozenset()
    gap: bool = False

    @property
    def chooses(self) -> bool:
        """Whether the stem itself lists what may be answered, so that repeating its words says something."""
        return bool(CONJUNCTIONS & set(tokens(self.stem)))


def context(stem_text: str, forms: tuple[str, ...], *, gap: bool) -> Context:
    asked = frozenset(content(stem_text)) | frozenset(filter(None, map(country, tokens(stem_text))))
    known = frozenset(word for form in forms for word in content(form))
    return Context(stem_text, asked, known, gap)


class Comparison(NamedTuple):
    """The words that two texts share, and those that only one holds."""

    shared: tuple[str, ...]
    extra: tuple[str, ...]
    missing: tuple[str, ...]
    turned: bool


def compare(answer: str, form: str, around: Context) -> Comparison:
    """`extra`: the answer's own, `missing`: the form's own, neither counting what is in the stem."""
    given, wanted = _words(answer, gap=around.gap), _words(form, gap=around.gap)
    if _NATION.search(around.stem):
        given, wanted = (tuple(country(word) or word for word in words) for words in (given, wanted))
    given_bag, wanted_bag = Counter(given), Counter(wanted)
    shared = given_bag & wanted_bag
    return Comparison(
        tuple(shared.elements()),
        tuple((given_bag - shared).elements()),
        tuple((wanted_bag - shared).elements()),
        [word for word in given if word in shared] != [word for word in wanted if word in shared],
    )


def same_words(answer: str, form: str, around: Context) -> set[Forgiven] | None:
    """What it takes to read the form in the answer's words; None where they say something else."""
    if _contradict(answer, form):
        return None
    bare = without_class(answer)
    if not around.gap and _same_letters(content(bare), content(form)):
        return {Forgiven.OTHER_WORDS}
    found = compare(bare, form, around)
    if not found.shared or (all(word in around.asked for word in found.shared) and found.missing):
        return None
    may_turn = _TURNED.search(answer) or _TURNED.search(form)
    if found.turned and not may_turn:
        return None
    if (found.extra or found.missing) and not _count_for_nothing(answer, form, found, around):
        return None
    forgiven = {Forgiven.WORD_ORDER} if found.turned else set()
    if found.extra or found.missing or not forgiven:
        forgiven.add(Forgiven.OTHER_WORDS)
    return forgiven


def without_class(text: str) -> str:
    """A name without what it is: the city of Paris."""
    return _CLASS.sub("", text)


def _same_letters(given: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether two texts have the same words, however they are joined: dog house. Figures stay apart."""
    if not wanted or figures(given) != figures(wanted):
        return False
    return given == wanted if figures(wanted) else "".join(given) == "".join(wanted)


def _contradict(answer: str, form: str) -> bool:
    telling = NEGATIONS | CONJUNCTIONS
    differ = telling & set(tokens(answer)) != telling & set(tokens(form))
    return differ or names_a(answer) != names_a(form) or articles_differ(answer, form)


def names_a(text: str) -> bool:
    """Whether “A” is a name in it: a note, a level, a team."""
    return NAMED_A.match(text) is not None


_ARTICLES = frozenset(
    "der die das den dem le la les el los las il lo gli un une una uno ein eine een het de".split()
)


def articles_differ(answer: str, form: str) -> bool:
    """Whether both open with an article of a language where it tells the gender, and not with the same."""
    given, wanted = tokens(answer)[:1], tokens(form)[:1]
    return given != wanted and {*given, *wanted} <= _ARTICLES and bool(given and wanted)


def _count_for_nothing(answer: str, form: str, found: Comparison, around: Context) -> bool:
    if found.extra and found.missing and not all(word in around.known for word in found.extra):
        return False
    if found.extra and around.chooses:
        return False
    joined = {"and", "plus", "as"} & set(tokens(answer)) - set(tokens(form))
    if found.extra and joined and not all(word in around.known for word in found.extra):
        return False
    named = persons.name(form) != () and (around.gap or persons.asks_for_person(around.stem))
    placed = _PLACED.search(answer) is not None and not set(found.missing)
    free = [_is_free(word, around, titles=named) or (placed and _tells_where(word)) for word in found.extra]
    left = [word in around.asked for word in found.missing]
    return all(free) and all(left) and figures(found.missing) <= around.asked


def _is_free(word: str, around: Context, *, titles: bool) -> bool:
    if word in around.asked or word in around.known:
        return True
    if country(word) and (titles or country(word) in around.asked):
        return True
    return titles and word in persons.TITLES


def _tells_where(word: str) -> bool:
    return country(word) == word or word in _DIRECTIONS


def _words(text: str, *, gap: bool) -> tuple[str, ...]:
    if gap:
        return tuple(american(word) for word in tokens(text) if word not in EMPTY)
    return content(text)

"""The same answer in another spelling: case, accents, punctuation, hyphens, an article, an ordinal.

Both texts go through the same steps; the smallest set of steps that makes them equal is what was forgiven.
What no one sees is never counted: Unicode forms, characters without width, which dash or apostrophe.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.language.markup import plain
from quizapp.domain.language.text import visible, without_accents, without_case
from quizapp.domain.library.grading import lexicon, marks
from quizapp.domain.library.grading.reading.ordinals import in_digits
from quizapp.domain.library.grading.verdicts import LONGEST, in_order


class Match(NamedTuple):
    """A form that an answer equals, and what had to be forgiven."""

    form: str
    forgiven: tuple[Forgiven, ...] = ()


@functools.lru_cache(maxsize=4_096)  # the same forms at every answer
def shown(form: str) -> str:
    """A form as the page shows it: without markup, its superscripts as “^”."""
    return seen(plain(form) or form)


def typed(form: str) -> str:
    """A form with its formulas as they are written, for reading them."""
    return form if "\\(" in form else shown(form)


@functools.lru_cache(maxsize=1_024)
def seen(text: str) -> str:
    """A text with nothing invisible in it; "" where it is too long to be compared."""
    if len(text) > 4 * LONGEST or len(unicodedata.normalize("NFC", text)) > LONGEST:
        return ""  # NFC makes at most one character of four
    found = visible(marks.superscripted(unicodedata.normalize("NFC", text)))
    return found if len(found) <= LONGEST else ""  # NFKC makes up to eighteen characters of one


def told_apart(answer: str, form: str, code: str) -> bool:
    """Whether an answer and a form would be the same but for what tells two terms apart."""
    wanted = shown(form)
    return _equal(answer, wanted, ALL) and _tell_apart(answer, wanted, code)


def closest(answer: str, forms: Iterable[str], code: str) -> Match | None:
    """The form that takes the fewest steps to equal, the first of several. The answer is one `seen`."""
    best: Match | None = None
    for form in forms:
        found = _agreement(answer, form, code)
        if found and not found.forgiven:
            return found
        if found and (best is None or len(found.forgiven) < len(best.forgiven)):
            best = found
    return best


def folded(text: str) -> str:
    """The text after every step: equal for answers that differ in spelling alone."""
    return fold(visible(text), ALL, joined=True)


# --- the steps -------------------------------------------------------------------------------------

_ENDS = " .,;:!?-()[]{}¿¡*、。،؟\"'"
_QUOTES = re.compile(r"(?<![0-9])['\"]|['\"](?![0-9])")
_STOPS = re.compile(r"(?<![0-9])[.,;:!?]|[.,;:!?](?![0-9])")


def _without_punctuation(text: str) -> str:
    """Nothing at the ends, no quotes, no stops but between digits; “&” as “and”."""
    text = _QUOTES.sub("", text.replace("&", " and "))
    lead = text[: len(text) - len(text.lstrip(_ENDS))]
    text = text.strip(_ENDS)
    sign = lead[-1:] if text[:1].isdigit() and lead[-1:] in {"-", ".", ","} else ""
    return " ".join(sign + part if not i else part for i, part in enumerate(_STOPS.sub("", text).split()))


_ARTICLE = re.compile(r"(?:the|an?|to) (?=.)", re.IGNORECASE)
_FOREIGN_ARTICLE = re.compile(
    r"(?:der|die|das|dem|ein|eine|le|la|les|une?|el|los|las|una|il|lo|gli|het|een|os?|as|um|uma) (?=(\w+))"
    r"|l'(?=(\w+))",
    re.IGNORECASE,
)
NAMED_A = re.compile(r"[Aa] (?:minor|major|flat|sharp|level|levels|star|team|side|road)\b")


def _without_article(text: str) -> str:
    if article := _ARTICLE.match(text):
        return text if NAMED_A.match(text) else text[article.end() :]
    foreign = _FOREIGN_ARTICLE.match(text)
    if foreign and not lexicon.is_word(foreign[1] or foreign[2], "en"):  # “Die Hard”, “as if” have none
        return text[foreign.end() :]
    return text


# “e-mail” is “email” as well as “e mail”: both ways are tried. A hyphen between digits divides them.
_HYPHEN_IN_WORD = re.compile(r"(?<=[^\W\d])-(?=\w)|(?<=\w)-(?=[^\W\d])")
_HYPHEN = re.compile(r"(?<=\w)(?: - |- ?)(?=\w)")
_SPACE = re.compile(r"(?<![0-9]) | (?![0-9])")

_KATAKANA = re.compile("[\u30a1-\u30f6]")
_VARIANTS = str.maketrans(
    "台羣峯爲着衆牀綫裡啓鷄麪僞產说体国学会广东书车马门长见风鱼鸟",
    "臺群峰為著眾床線裏啟雞麵偽産說體國學會廣東書車馬門長見風魚鳥",
)


def _in_usual_signs(text: str) -> str:
    """Katakana as hiragana, variants of one Chinese character as one."""
    return _KATAKANA.sub(lambda kana: chr(ord(kana.group()) - 0x60), text).translate(_VARIANTS)


_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Å": "Aa"}
)

# In the order in which they are applied.
_STEPS = {
    Forgiven.CASE: without_case,
    Forgiven.ACCENTS: without_accents,
    Forgiven.PUNCTUATION: _without_punctuation,
    Forgiven.ARTICLE: _without_article,
    Forgiven.ORDINAL: in_digits,
    Forgiven.NOTATION: _in_usual_signs,
}
ALL = frozenset({*_STEPS, Forgiven.HYPHENS, Forgiven.SPACING})
# What may be let pass beside a formula: its letters' case where case tells nothing, and white space.
_FORMAL = frozenset({Forgiven.CASE, Forgiven.SPACING, Forgiven.ACCENTS})


def fold(text: str, steps: frozenset[Forgiven], *, joined: bool) -> str:
    """The text after these steps; its own visible form where they would leave nothing of it."""
    return _last_steps(_stepped(text, steps), steps, joined=joined) or text


@functools.lru_cache(maxsize=8_192)  # one answer meets many forms, one form many answers
def folds(text: str, steps: frozenset[Forgiven]) -> frozenset[str]:
    """The text after these steps, in each way in which hyphens and umlauts may be written."""
    texts = {text, text.translate(_UMLAUTS)} if Forgiven.ACCENTS in steps and not text.isascii() else {text}
    stepped = {_stepped(each, steps) for each in texts}
    return frozenset(
        _last_steps(each, steps, joined=joined) or text for each in stepped for joined in (True, False)
    )


def _stepped(text: str, steps: frozenset[Forgiven]) -> str:
    for step, apply in _STEPS.items():
        if step in steps:
            text = apply(text)
    return text


def _last_steps(text: str, steps: frozenset[Forgiven], *, joined: bool) -> str:
    if Forgiven.HYPHENS in steps and "-" in text:
        text = _HYPHEN.sub(" ", _HYPHEN_IN_WORD.sub("", text) if joined else text)
    return _SPACE.sub("", text) if Forgiven.SPACING in steps else text


# --- agreement -------------------------------------------------------------------------------------


def _agreement(answer: str, form: str, code: str) -> Match | None:
    """The match that takes no step it could do without, or None."""
    wanted = shown(form)
    if answer in {wanted, seen(form)}:
        return Match(form)
    steps = _FORMAL if marks.is_formal(answer) or marks.is_formal(wanted) else ALL
    if not _equal(answer, wanted, steps) or _tell_apart(answer, wanted, code):
        return None
    for step in (Forgiven.SPACING, *reversed(_STEPS), Forgiven.HYPHENS):
        if step in steps and _equal(answer, wanted, steps - {step}):
            steps -= {step}
    return Match(form, in_order(set(steps)))


def _equal(one: str, other: str, steps: frozenset[Forgiven]) -> bool:
    return not folds(one, steps).isdisjoint(folds(other, steps))


def _tell_apart(answer: str, wanted: str, code: str) -> bool:
    """Differences that no step may take away: capitals in symbols, an apostrophe."""
    articles = [found and found.group().casefold() for found in map(_FOREIGN_ARTICLE.match, (answer, wanted))]
    if all(articles) and articles[0] != articles[1]:
        return True
    bare = [text.strip(_ENDS) or text for text in (answer, wanted)]
    if marks.cases_differ(*bare) or marks.signature(answer) != marks.signature(wanted):
        return True
    return ("'" in bare[0]) != ("'" in bare[1]) and _apostrophe_matters(bare[0], bare[1], code)


def _apostrophe_matters(answer: str, wanted: str, code: str) -> bool:
    """its and it's, sofas and sofa's: without the apostrophe it is another word."""
    words = [text.casefold().split() for text in (answer, wanted)]
    if max(map(len, words)) > 2:
        return False
    given, other = map(set, words)
    pairs = [(word, joined) for word in given | other if (joined := word.replace("'", "")) != word]
    return any(joined in given | other and lexicon.is_word(joined, code) for _, joined in pairs)

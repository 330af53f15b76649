"""Comparing a typed answer with the forms that are right, and saying what was forgiven.

Both texts go through the same steps (case, accents, punctuation …); the smallest set of steps that
makes them equal is what was forgiven. What nobody sees is never counted: Unicode forms, characters
without width, which dash or apostrophe. Last comes one slip, a letter wrong, missing, doubled or
swapped (optimal string alignment distance 1).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from babel import Locale

from quizapp.domain.language import numbers, units
from quizapp.domain.language.forgiven import Forgiven

LONGEST = 1_000  # characters of an answer, after NFC; longer ones are wrong without being compared
CHANCE = 0.01  # that someone who knows nothing types the right words
SHORTEST_SLIP = 5  # letters of a word in which one may be wrong


class Match(NamedTuple):
    """The accepted form that an answer equals, and what had to be forgiven (in Forgiven's order)."""

    form: str
    forgiven: tuple[Forgiven, ...] = ()


def compare(given: str, accepted_form: str, *, exact: bool = False) -> Match | None:
    """The match of an answer with one accepted form; `exact` forgives no slip."""
    return best_match(given, (accepted_form,), exact=exact)


def best_match(
    given: str,
    accepted: Iterable[str],
    refused: Iterable[str] = (),
    distractors: Iterable[str] = (),
    *,
    exact: bool = False,
) -> Match | None:
    """The accepted form that an answer comes closest to, or None where the answer is wrong.

    An answer closer to a refused form or a distractor than to any accepted form is wrong. A slip
    counts only where the answer spells nothing else: none of these, no country, month or number.
    """
    answer, forms, near = _invisible_folded(given), tuple(accepted), (*refused, *distractors)
    forms = tuple(form for form in forms if _signs(form) == _signs(answer))
    if not answer:
        return None
    found, against = _closest(answer, forms), _closest(answer, near)
    if found or against:
        closer = found and (not against or len(found.forgiven) <= len(against.forgiven))
        return _with_spacing(given, found) if found and closer else None
    for form in forms:
        if forgiven := _same_number(answer, form):
            return Match(form, forgiven)
    if exact or any(_agreement(answer, form, slip=True) for form in near):
        return None
    slips = (_agreement(answer, form, slip=True) for form in forms)
    return next((_with_spacing(given, match) for match in slips if match), None)


_SIGN = re.compile(r"[-+!~¬±](?=\S)|--+(?=\w)")


def _signs(text: str) -> str:
    """The sign in front, which is part of a formula and no punctuation."""
    sign = _SIGN.match(_visible(text))
    return sign.group() if sign else ""


def fold_for_search(text: str) -> str:
    """Case, accents and invisible differences folded: for search columns and names that must differ."""
    return _visible(_without_accents(_without_case(_visible(text))))


def folded(text: str) -> str:
    """The text after every step of forgiveness but the slip: equal for answers that grading would not
    tell apart."""
    return _fold(_visible(text), _ALL, joined=True)


def unstorable(text: str, longest: int) -> str:
    """What keeps a text from being stored and how to mend it; "" where nothing does."""
    if len(text) > longest:
        return f"Shorten this to {longest:,} characters; it has {len(text):,}."
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return "Remove the characters that cannot be stored (NUL or half a character); retype the text."
    return ""


# --- folding -------------------------------------------------------------------------------------

_LOOKALIKES = str.maketrans(
    dict.fromkeys("−‐‑‒–—―⸺⸻﹘﹣－〜", "-") | dict.fromkeys("’‘‚‛ʼʻ´`′", "'") | dict.fromkeys("“”„‟«»″", '"')
)
_DASHES = re.compile(r"-{2,}")


def _invisible_folded(text: str) -> str:
    """NFKC with nothing invisible; "" where the text is too long to be compared."""
    if len(text) > 4 * LONGEST or len(unicodedata.normalize("NFC", text)) > LONGEST:
        return ""  # NFC makes at most one character of four
    visible = _visible(text)
    return visible if len(visible) <= LONGEST else ""  # NFKC makes up to eighteen characters of one


def _visible(text: str) -> str:
    text = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)  # NFKC would split “´” in two
    text = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
    text = "".join(character for character in text if not _is_invisible(character))
    return " ".join(_DASHES.sub("-", unicodedata.normalize("NFC", text)).split())


# Letters and marks that show nothing (Unicode's Default_Ignorable_Code_Point) but are not of category
# Cf: fillers, selectors of variants; and the Braille cell without dots.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or _BLANK.match(character) is not None


def _without_case(text: str) -> str:
    """Casefolded, but “ß” is left: that it equals “ss” is a matter of accents."""
    return "ß".join(part.casefold() for part in text.replace("ẞ", "ß").split("ß"))


_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
    | {"ẞ": "SS", "Æ": "Ae", "Œ": "Oe", "Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "Th", "Ħ": "H"}
)


def _without_accents(text: str) -> str:
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not _is_accent(letter))
    return unicodedata.normalize("NFC", "".join(letters)).translate(_LETTERS)


def _is_accent(character: str) -> bool:
    """Marks above, below and across letters, Hebrew points, Arabic vowels; not the vowels of Indic
    scripts nor the voicing marks of Japanese, which make another letter."""
    combining = unicodedata.combining(character)
    return combining == 1 or 10 <= combining <= 36 or combining >= 200


_ENDS = " .,;:!?-()[]{}¿¡*、。،؟"
_QUOTES = re.compile(r"(?<![0-9])['\"]|['\"](?![0-9])")
_STOPS = re.compile(r"(?<![0-9])[.,;:!?]|[.,;:!?](?![0-9])")


def _without_punctuation(text: str) -> str:
    """Nothing at the ends, no quotes, no stops but between digits; “&” as “and”."""
    text = _QUOTES.sub("", text.replace("&", " and "))
    lead = text[: len(text) - len(text.lstrip(_ENDS))]
    text = text.strip(_ENDS)
    sign = lead[-1:] if text[:1].isdigit() and lead[-1:] in {"-", ".", ","} else ""
    return " ".join(sign + part if not i else part for i, part in enumerate(_STOPS.sub("", text).split()))


_ARTICLE = re.compile(r"(?:the|an?) (?=.)", re.IGNORECASE)


def _without_article(text: str) -> str:
    article = _ARTICLE.match(text)
    return text[article.end() :] if article else text


_ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
_TEENS = ["tenth", "eleventh", "twelfth"] + [
    f"{stem}teenth" for stem in "thir four fif six seven eigh nine".split()
]
_TENS = "twent thirt fort fift sixt sevent eight ninet".split()
_ORDINALS = (
    {word: number for number, word in enumerate([*_ONES, *_TEENS], start=1)}
    | {f"{tens}ieth": 10 * number for number, tens in enumerate(_TENS, start=2)}
    | {
        f"{tens}y-{word}": 10 * number + one
        for number, tens in enumerate(_TENS, start=2)
        for one, word in enumerate(_ONES, start=1)
    }
    | {"hundredth": 100, "thousandth": 1000}
)
_ORDINAL = re.compile(
    r"\b(?:(?P<digits>[0-9]+) ?(?:st|nd|rd|th)|(?P<word>"
    + "|".join(word.replace("-", "[ -]") for word in sorted(_ORDINALS, key=len, reverse=True))
    + r"))\b",
    re.IGNORECASE,
)


def _with_ordinals_in_digits(text: str) -> str:
    return _ORDINAL.sub(
        lambda found: f"{found['digits'] or _ORDINALS[found['word'].lower().replace(' ', '-')]}th", text
    )


# “e-mail” is “email” as well as “e mail”: both ways are tried. A hyphen between digits divides them.
_HYPHEN_IN_WORD = re.compile(r"(?<=[^\W\d])-(?=\w)|(?<=\w)-(?=[^\W\d])")
_HYPHEN = re.compile(r"(?<=\w)(?: - |- ?)(?=\w)")
_SPACE = re.compile(r"(?<![0-9]) | (?![0-9])")

# In the order in which they are applied.
_STEPS = {
    Forgiven.CASE: _without_case,
    Forgiven.ACCENTS: _without_accents,
    Forgiven.PUNCTUATION: _without_punctuation,
    Forgiven.ARTICLE: _without_article,
    Forgiven.ORDINAL: _with_ordinals_in_digits,
}
_ALL = frozenset({*_STEPS, Forgiven.HYPHENS, Forgiven.SPACING})


@functools.lru_cache(maxsize=256)  # one answer meets many forms
def _fold(text: str, steps: frozenset[Forgiven], *, joined: bool) -> str:
    """The text after these steps; its own visible form where they would leave nothing of it."""
    folded = text
    for step, apply in _STEPS.items():
        if step in steps:
            folded = apply(folded)
    if Forgiven.HYPHENS in steps:
        folded = _HYPHEN.sub(" ", _HYPHEN_IN_WORD.sub("", folded) if joined else folded)
    if Forgiven.SPACING in steps:
        folded = _SPACE.sub("", folded)
    return folded or text


# --- agreement -----------------------------------------------------------------------------------


def _closest(answer: str, forms: Iterable[str]) -> Match | None:
    """The form that takes the fewest steps to equal; the first of several."""
    matches = [match for form in forms if (match := _agreement(answer, form, slip=False))]
    return min(matches, key=lambda match: len(match.forgiven), default=None)


def _agreement(answer: str, form: str, *, slip: bool) -> Match | None:
    """The match that takes no step it could do without, or None."""
    visible = _visible(form)
    if answer == visible:
        return Match(form)
    agree = _slipped if slip else _equal
    # One slip is found word by word, so the words stay apart.
    steps = _ALL - {Forgiven.SPACING} if slip else _ALL
    if not agree(answer, visible, steps):
        return None
    for step in (Forgiven.SPACING, *reversed(_STEPS), Forgiven.HYPHENS):
        if step in steps and agree(answer, visible, steps - {step}):
            steps -= {step}
    taken = {*steps, Forgiven.SLIP} if slip else steps
    return Match(form, tuple(each for each in Forgiven if each in taken))


def _equal(one: str, other: str, steps: frozenset[Forgiven]) -> bool:
    return any(
        _fold(one, steps, joined=joined) == _fold(other, steps, joined=joined) for joined in (True, False)
    )


def _with_spacing(given: str, match: Match) -> Match:
    """Runs of white space within the answer are forgiven by name; at its ends nobody sees them."""
    text = unicodedata.normalize("NFKC", given).strip()
    if text == " ".join(text.split()) or _visible(match.form) != match.form.strip():
        return match
    taken = {*match.forgiven, Forgiven.SPACING}
    return Match(match.form, tuple(each for each in Forgiven if each in taken))


def _same_number(answer: str, form: str) -> tuple[Forgiven, ...]:
    """What it takes to read the same quantity in both; () where they differ or are no quantities."""
    key = _figure(form)
    for read in numbers.readings(answer) if key else ():
        if key and read.value == key.value and read.fits(key.value) and units.same(read.unit, key.unit):
            return (Forgiven.NUMBER_FORMAT,) if read.label == key.label else (Forgiven.UNIT_FORMAT,)
    return ()


def _figure(form: str) -> numbers.Quantity | None:
    """The quantity a form is, where its unit is none or a known one (“4 tigers” is text)."""
    quantity = numbers.parse(form)
    return quantity if quantity and (not quantity.unit or units.is_known(quantity.unit)) else None


# --- slips ---------------------------------------------------------------------------------------


def _slipped(answer: str, form: str, steps: frozenset[Forgiven]) -> bool:
    """Whether the answer is the form but for one letter in one word."""
    if any(character.isdigit() for character in answer + form) or _figure(form):
        return False
    for joined in (True, False):
        given, wanted = (_fold(text, steps, joined=joined).split() for text in (answer, form))
        if len(given) != len(wanted):
            continue
        differing = [pair for pair in zip(given, wanted, strict=True) if pair[0] != pair[1]]
        if len(differing) == 1 and _is_slip(*differing[0]):
            return True
    return False


def _is_slip(given: str, wanted: str) -> bool:
    """One letter wrong, missing, too many, or two swapped, and no word of its own by it."""
    if len(wanted) < SHORTEST_SLIP or not wanted.isalpha() or not given.isalpha():
        return False
    if f"a{given}" == wanted or f"a{wanted}" == given:  # typical and atypical
        return False
    return _is_one_edit(given, wanted) and fold_for_search(given) not in _names()


def _is_one_edit(given: str, wanted: str) -> bool:
    """Optimal string alignment distance 1, in linear time."""
    start = next((i for i, (a, b) in enumerate(zip(given, wanted, strict=False)) if a != b), -1)
    start = min(len(given), len(wanted)) if start < 0 else start
    a, b = given[start:], wanted[start:]
    substituted, inserted, missing = a[1:] == b[1:], a[1:] == b, a == b[1:]
    swapped = a[:2] == b[1::-1] and a[2:] == b[2:] and len(a) > 1
    return given != wanted and (substituted or inserted or missing or swapped)


@functools.cache
def _names() -> frozenset[str]:
    """Words one letter from another that mean something else: Iceland, Gambia, billion, Tuesday."""
    english = Locale("en")
    calendar = (name for table in (english.months, english.days) for name in table["format"]["wide"].values())
    names = (*english.territories.values(), *english.languages.values(), *calendar)
    words = (word for name in names if (word := fold_for_search(name)).isalpha())
    return frozenset({*words, *numbers.NUMBER_WORDS, *_ORDINALS})

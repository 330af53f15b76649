"""The words of an answer that say something: without articles and prepositions, in one form each."""

from __future__ import annotations

import functools
import re

from quizapp.domain.language import numbers
from quizapp.domain.language.numerals.words import NUMBER_WORDS
from quizapp.domain.language.text import fold_for_search
from quizapp.domain.library.grading.reading.ordinals import in_digits, roman

EMPTY = frozenset(
    "a an the of in on at by for from to with and as into its his her their our my your this that these those is "
    "are was were be been it he she they who which what when where how also called named known so both".split()
)
NEGATIONS = frozenset("not no never none neither nor without un non anti isn't wasn't nothing".split())
CONJUNCTIONS = frozenset("or oder ou either".split())
_SAME = (
    "usa us u.s u.s.a america united-states|uk britain great-britain united-kingdom|st saint|mt mount mountain|"
    "ft fort|dr doctor|mr mister|prof professor|gov governor|gen general|sgt sergeant|capt captain|"
    "jr junior|sr senior|no number|co company|inc incorporated|corp corporation|vs versus|tv television|"
    "wwi ww1|wwii ww2|km kilometre kilometer|yrs yr year|hrs hr hour|mins minute|approx approximately|ave avenue|"
    "northeast ne|northwest nw|southeast se|southwest sw"
)
_CANONICAL = {
    name.replace("-", " "): group.split()[0] for group in _SAME.split("|") for name in group.split()
}
_PHRASES = {name: short for name, short in _CANONICAL.items() if " " in name} | {
    "united states of america": "usa",
    "u s a": "usa",
    "u s": "usa",
    "world war 2": "wwii",
    "world war 1": "wwi",
    "world war two": "wwii",
    "world war one": "wwi",
    "ww 2": "wwii",
    "ww 1": "wwi",
    "north east": "northeast",
    "north west": "northwest",
    "south east": "southeast",
    "south west": "southwest",
    "second world war": "wwii",
    "first world war": "wwi",
    "2th world war": "wwii",
    "1th world war": "wwi",
}
_PHRASE = re.compile(rf"\b(?:{'|'.join(sorted(_PHRASES, key=len, reverse=True))})\b")
_LETTER = r"(?:[^\W_]|[\u0900-\u109f\u1780-\u17ff])"  # with the marks that are vowels there
_TOKEN = re.compile(rf"{_LETTER}+(?:[.,']{_LETTER}+)*")
_POSSESSIVE = re.compile(r"'s?$|^[dl]'")
_ROMAN = re.compile(r"(?<=[^\W\d_] )[IVX]{1,5}\b|\b[IVX]{2,5}\b")
_AMERICAN = (
    (re.compile(r"aluminium"), "aluminum"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"aem"), "em"),
    (re.compile(r"(?<=p)aed(?=i)"), "ed"),
    (re.compile(r"^oe(?=st|de)|(?<=^f)oe(?=t)|(?<=rh)oe(?=a)"), "e"),
    (re.compile(r"(?<=man)oeu"), "eu"),
    (re.compile(r"(?<=[a-z]{2})ys(?=e$|ed$|es$|ing$)"), "yz"),
    (re.compile(r"(?<=[aeiou]l)l(?=ed$|ing$|ers?$)"), ""),
    (re.compile(r"gramme(?=s?$)"), "gram"),
    (re.compile(r"(?<=[a-z]{2})our(?=s?$|ed$|ing$|able$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})is(?=e$|ed$|es$|ing$|ation$|ations$)"), "iz"),
    (re.compile(r"(?<=[a-z]t)re$"), "er"),
    (re.compile(r"(?<=en)ce$"), "se"),
    (re.compile(r"(?<=[a-z])ogue$"), "og"),
)


@functools.lru_cache(maxsize=8_192)
def tokens(text: str) -> tuple[str, ...]:
    """All words in order: folded, numbers in digits, abbreviations as the first of their group."""
    text = _ROMAN.sub(lambda found: str(roman(found.group())), text)
    folded = in_digits(fold_for_search(text)).replace("-", " ").replace("/", " ").replace("&", " and ")
    folded = _PHRASE.sub(
        lambda found: _PHRASES[found.group()],
        folded.replace(".", " ") if "." in folded and not re.search(r"\d\.\d", folded) else folded,
    )
    words = (
        (word if word[0].isdigit() else _POSSESSIVE.sub("", word)).replace("'", "")
        for word in _TOKEN.findall(folded)
    )
    return tuple(_one(word) for word in words if word)


@functools.lru_cache(maxsize=8_192)
def content(text: str) -> tuple[str, ...]:
    """The words that say something, as stems."""
    stems = (stem(word) for word in tokens(text) if word not in EMPTY)
    return tuple(_CANONICAL.get(word, word) for word in stems)


@functools.lru_cache(maxsize=8_192)
def stem(word: str) -> str:
    """A word without the ending of its plural, in American spelling."""
    word = american(word)
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    if len(word) > 4 and re.search(r"(?:x|ch|sh|ss)es$", word):
        return word[:-2]
    if (
        len(word) > 3
        and word.endswith("s")
        and not word[0].isdigit()
        and not word.endswith(("ss", "us", "is"))
    ):
        return word[:-1]
    return word


def american(word: str) -> str:
    """“colour” as “color”, “organise” as “organize”."""
    for pattern, spelling in _AMERICAN:
        word = pattern.sub(spelling, word)
    return word


def _one(word: str) -> str:
    if word in _CANONICAL:
        return _CANONICAL[word]
    if word in NUMBER_WORDS and (read := numbers.parse(word)):
        return f"{read.value.normalize():f}"
    if word[0].isdigit():
        return re.sub(r"(?<=\d),(?=\d{3})|(?<=\d)th$", "", word)
    return word


def figures(words: tuple[str, ...]) -> frozenset[str]:
    """The numbers among words."""
    return frozenset(word for word in words if word[0].isdigit())

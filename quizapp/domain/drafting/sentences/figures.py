"""Figures in a sentence: money, shares, measures, counts, dates and years, with unit and value."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from quizapp.domain.drafting.sentences.lexicon import MONTHS
from quizapp.domain.drafting.sentences.verbs import AUXILIARIES, FINITE
from quizapp.domain.language import numbers
from quizapp.domain.language.words import STOP_WORDS


class Figure(NamedTuple):
    """A figure where it is. text: number and unit as written; value: in `unit` (“240.1” of “billion US
    dollars”); sort: money, share, measure, count, date or year; hedge: “over”, "" for none; noun: what a
    count counts."""

    text: str
    start: int
    end: int
    sort: str
    value: Decimal | None
    unit: str
    hedge: str = ""


_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
)
_SCALE = r"thousand|million|billion|trillion|bn"
_HEDGE = (
    r"(?P<hedge>more than|less than|fewer than|at least|at most|up to|just over|just under|over|under|about"
    r"|around|nearly|almost|roughly|some|an estimated|approximately) (?:a record )?"
)
_MONTH = "|".join(MONTHS)
_MEASURES = (
    "kilometres|kilometers|km|metres|meters|centimetres|centimeters|millimetres|millimeters|miles|feet"
    "|hectares|square kilometres|square kilometers|square miles|cubic metres|cubic meters|kilograms|kg|grams"
    "|tonnes|tons|litres|liters|barrels|hours|minutes|seconds|days|weeks|months|years|degrees Celsius|°C"
    "|megawatts|gigawatts|kilowatt hours"
)
_CURRENCIES = r"US dollars|dollars|euros|pounds|yuan|roubles|rubles|yen|rupees|francs|pesos"

_PATTERNS = (
    ("date", re.compile(rf"(?:\d\d? (?:{_MONTH})|(?:{_MONTH}) \d\d?)(?:,? \d{{4}})?(?!\d)")),
    ("date", re.compile(rf"(?:{_MONTH}),? \d{{4}}(?!\d)")),
    (
        "money",
        re.compile(
            rf"(?:{_HEDGE})?(?:(?P<sign>US\$|[$€£])(?P<number>{_NUMBER})(?:[ ]?(?P<scale>{_SCALE}))?"
            rf"|(?P<number2>{_NUMBER}) (?:(?P<scale2>{_SCALE}) )?(?P<currency>{_CURRENCIES}))(?![\w,.]*\d)"
        ),
    ),
    ("share", re.compile(rf"(?:{_HEDGE})?(?P<number>{_NUMBER})(?P<unit> ?%| per ?cent\b)")),
    (
        "measure",
        re.compile(
            rf"(?:{_HEDGE})?(?P<number>{_NUMBER}|{_WORDS})(?: (?P<scale>{_SCALE}))?[ -](?P<unit>{_MEASURES})"
            r"\b(?! old)"
        ),
    ),
    (
        "year",
        re.compile(
            r"(?<![\d,.$€£–-])(?:1[0-9]|20)\d\d(?![\d%–-]|,\d|\.\d|s\b"
            r"| (?:ships|people|men|women|years|miles|houses|metres|tons)\b)"
        ),
    ),
    (
        "count",
        re.compile(
            rf"(?:{_HEDGE})?(?<![\w$€£.,-])(?P<number>{_NUMBER}|(?:{_WORDS}))(?: (?P<scale>{_SCALE}))?"
            r" (?P<unit>(?:[a-z][a-z-]+ ){0,1}(?:[a-z-]+s|people|children|women|men))\b"
        ),
    ),
)
_SIGNS = {"$": "US dollars", "US$": "US dollars", "€": "euros", "£": "pounds"}
_TOUCHING = frozenset("'’⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ₀₁₂₃₄₅₆₇₈₉*∗†‡^_×−")
_RANGE = re.compile(r"\d[\d,.]*(?: ?[%°])? ?(?:to|–|-|or|by|x|×) ?$|\b(?:between|from) [\d,.]+ (?:and|to) $")
_NUMBERED = re.compile(
    r"\b(?!In |Of |At |From |To |By |For |On |About |Over |Some )(?:The|the|an?|of the) [A-Z]\w+ $"
)
_NOTE = re.compile(r"\[[^\]]{1,12}\]")
_DULL = frozenset("times others sides parties lines ways hours".split())
_NO_ADJECTIVE = frozenset("of in on at to the and or by for with from per years".split())


def find(text: str) -> tuple[Figure, ...]:
    """The figures of a sentence in order; none overlaps another."""
    found: list[Figure] = []
    for sort, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            figure = _figure(sort, match)
            if figure and not any(figure.start < other.end and other.start < figure.end for other in found):
                found.append(figure)
    clear = (figure for figure in found if not _is_touched(text, figure))
    return tuple(sorted(clear, key=lambda figure: figure.start))


def _is_touched(text: str, figure: Figure) -> bool:
    """Whether a mark of a note or a power stands right at a figure, so that it may be another one."""
    around = f"{text[: figure.start][-1:]} {text[figure.end :][:1]}"
    if _RANGE.search(text[: figure.start]):
        return True  # “30 to 35 %” is one figure
    if figure.sort == "count" and _NUMBERED.search(text[: figure.start]) and text[figure.start].isdigit():
        return True  # “Apollo 8 astronauts”
    return not _TOUCHING.isdisjoint(around) or bool(_NOTE.match(text, figure.end))


def _figure(sort: str, match: re.Match[str]) -> Figure | None:
    groups = match.groupdict()
    hedge = groups.get("hedge") or ""
    start = next(
        (match.start(name) for name in ("sign", "number", "number2") if groups.get(name)), match.start()
    )
    text = match.string[start : match.end()]
    if sort == "date":
        return Figure(text, start, match.end(), sort, None, "")
    if sort == "year":
        return Figure(text, start, match.end(), sort, Decimal(text), "")
    number = numbers.parse(groups.get("number") or groups.get("number2") or "")
    unit = _unit(sort, groups)
    if number is None or not unit:
        return None
    return Figure(text, start, match.end(), sort, number.value, unit, hedge)


def _unit(sort: str, groups: dict[str, str | None]) -> str:
    """As a question names it: scale first, “billion US dollars”; "" where none can be named."""
    scale = groups.get("scale") or groups.get("scale2") or ""
    name = (
        groups.get("currency")
        or _SIGNS.get(groups.get("sign") or "", "")
        or (groups.get("unit") or "").strip()
    )
    if sort == "share":
        return "%"
    if sort == "count" and not _counts(name):
        return ""
    unit = f"{scale.replace('bn', 'billion')} {name}".strip()
    return unit if numbers.parse_unit(unit) else ""


def _counts(name: str) -> bool:
    words = name.split()
    if (
        any(word in FINITE or word in STOP_WORDS for word in words[:-1])
        or words[-1] in AUXILIARIES | STOP_WORDS
    ):
        return False  # “1215 has 63 clauses”: a year and its verb
    return words[-1] not in _DULL and not words[-1].endswith(("ss", "us")) and words[0] not in _NO_ADJECTIVE


_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?")


def dressed(figure: Figure) -> tuple[str, ...]:
    """Other values as the sentence would write them: “$120.50 billion” beside “$240.00 billion”."""
    number = _DIGITS.search(figure.text)
    if number is None:
        return ()
    grouped = figure.sort != "year" and ("," in number.group() or len(number.group()) < 4)
    values = (f"{Decimal(value.replace(',', '')):,f}" if grouped else value for value in nearby(figure))
    return tuple(f"{figure.text[: number.start()]}{value}{figure.text[number.end() :]}" for value in values)


def other_order(figure: Figure) -> tuple[str, ...]:
    """“2 February 1931” → “February 2, 1931” and the other way round."""
    day_first = re.fullmatch(r"(\d\d?) ([A-Z][a-z]+) (\d{4})", figure.text)
    month_first = re.fullmatch(r"([A-Z][a-z]+) (\d\d?),? (\d{4})", figure.text)
    if day_first:
        return (f"{day_first[2]} {day_first[1]}, {day_first[3]}",)
    return (f"{month_first[2]} {month_first[1]} {month_first[3]}",) if month_first else ()


def tolerance(figure: Figure) -> tuple[str, str]:
    """How far an answer may be off, and why."""
    assert figure.value is not None
    if figure.hedge:
        return "2%", f"The source gives a rounded figure (“{figure.hedge}”)."
    if figure.value != figure.value.to_integral_value() and figure.value >= 10:
        return "0.5", "An answer rounded to a whole number is close enough."
    return "", ""


def nearby(figure: Figure) -> tuple[str, ...]:
    """Three other values that might have been, in plain digits: of the same precision, and far enough
    from the true one never to be a rounding of it."""
    value = figure.value
    if value is None:
        return ()
    if figure.sort == "year":
        return tuple(str(int(value) + step) for step in (-11, -4, 6))
    decimals = max(0, -int(value.as_tuple().exponent))
    digits = f"{value:f}".replace(".", "")
    zeros = len(digits) - len(digits.rstrip("0")) if not decimals else 0
    step = Decimal(1).scaleb(zeros - decimals)
    scaled = _is_scaled(figure)
    factors = ("0.6", "1.4", "1.9") if int(digits) // 10**zeros % 2 else ("0.5", "0.7", "1.6")
    found = ((value * Decimal(factor) / step).to_integral_value() * step for factor in factors)
    far = (each for each in found if each > 0 and abs(each - value) * 20 > value)
    return tuple(
        numbers.spell(each)
        for each in dict.fromkeys(far)
        if (figure.unit != "%" or each <= 100) and (each < THOUSAND or not scaled)
    )


THOUSAND = 1000


def _is_scaled(figure: Figure) -> bool:
    """Whether it counts in millions or the like: then no one writes 1,000 of them."""
    return bool(re.match(rf"(?:{_SCALE})\b", figure.unit))

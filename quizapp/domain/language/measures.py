"""Units of measure: what people call them, and how they convert, with pint as the registry behind it.

A measure is a product of powers of units, written as “kilogram^1 metre^1 second^-2”, atoms in order. The names,
symbols and prefixes that people type are read here, with the case of their letters; pint is loaded only when
two units differ and may be the same quantity.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pint import UnitRegistry

# Names, symbols and the name in pint's registry where it is another; those that take prefixes, then the others.
_PREFIXED = (
    "metre=meter:metre meter:m|gram:gram gramme:g|second:second sec:s|ampere:ampere amp:A|kelvin:kelvin:K|"
    "mole:mole:mol|candela:candela:cd|hertz:hertz:Hz|newton:newton:N|pascal:pascal:Pa|joule:joule:J|watt:watt:W|"
    "coulomb:coulomb:C|volt:volt:V|farad:farad:F|ohm:ohm:Ω Ohm|siemens:siemens:S|weber:weber:Wb|tesla:tesla:T|"
    "henry:henry:H|lumen:lumen:lm|lux:lux:lx|becquerel:becquerel:Bq|gray:gray:Gy|sievert:sievert:Sv|"
    "litre=liter:litre liter:l L|tonne=metric_ton:tonne:t|byte:byte:B|bit:bit:bit|"
    "electronvolt=electron_volt:electronvolt:eV|calorie:calorie:cal|bar:bar:bar|watt hour=watt_hour:watt-hour:Wh|"
    "parsec:parsec:pc|dalton:dalton:Da"
)
_OTHER = (
    "minute:minute:min|hour:hour:h hr hrs|day:day:d|week:week:wk|month:month:mo|year:year:yr yrs a|decade:decade:|"
    "century:century centurie:|inch:inch inche:in|foot:foot feet:ft|yard:yard:yd|mile:mile:mi|hectare:hectare:ha|"
    "nautical mile=nautical_mile:nautical-mile:nmi|light year=light_year:light-year lightyear:ly|acre:acre:ac|"
    "astronomical unit=astronomical_unit:astronomical-unit:AU au|ounce:ounce:oz|pound:pound:lb lbs|stone:stone:st|"
    "ton:ton:|barrel=oil_barrel:barrel:bbl|pint:pint:pt|quart:quart:qt|gallon:gallon:gal|knot:knot:kn kt|degree:degree:°|radian:radian:rad|"
    "atmosphere=standard_atmosphere:atmosphere:atm|horsepower:horsepower:hp|dozen:dozen:|"
    "°C=degC:celsius centigrade degree-celsius degree-centigrade degree-c deg-c deg-celsius:°C degC ℃|"
    "°F=degF:fahrenheit degree-fahrenheit degree-f deg-f:°F degF ℉|"
    "%=percent:percent per-cent percentage pct:%|‰=permille:permille per-mille per-mil:‰|ångström=angstrom:angstrom ångström:Å"
)
_PREFIXES = (
    "quetta Q,ronna R,yotta Y,zetta Z,exa E,peta P,tera T,giga G,mega M,kilo k,hecto h,deca da,deka da,deci d,centi c,"
    "milli m,micro µ,micro μ,micro u,nano n,pico p,femto f,atto a,zepto z,yocto y"
)
_PHRASES = {
    "mph": "mile/hour",
    "kph": "kilometre/hour",
    "kmh": "kilometre/hour",
    "kilo": "kilogram",
    "rpm": "1/minute",
    "bpm": "1/minute",
}
_JOINED = {  # symbols that are usually written without anything between them
    "Nm": "N·m",
    "kNm": "kN·m",
    "Ah": "A·h",
    "mAh": "mA·h",
    "VA": "V·A",
    "kVA": "kV·A",
    "Js": "J·s",
    "Pas": "Pa·s",
    "As": "A·s",
    "Ws": "W·s",
}
_LOOSE = frozenset(
    "KM Km kM KG Kg kG CM Cm MM Mm KMH Kmh KPH Kph MPH Mph KWH Kwh kwh KwH HA Ha mhz khz ghz".split()
)
_LONGEST = 60
_TOKEN = re.compile(r"\^?[+-]?[0-9]+|/|[^\W\d_°%‰]+|[°%‰][A-Za-z]*|[-·⋅*.^]")


def _names(listed: str, *, prefixed: bool) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """(symbols, names, pint's names), each leading to the unit's own name."""
    symbols: dict[str, str] = {}
    names: dict[str, str] = {}
    registered: dict[str, str] = {}
    for line in listed.split("|"):
        head, spelled, signs = line.split(":")
        own, _, other = head.partition("=")
        registered[own] = other or own
        names |= {spelling.replace("-", " "): own for spelling in spelled.split()}
        symbols |= dict.fromkeys(signs.split(), own)
        if prefixed:
            for prefix, short in map(str.split, _PREFIXES.split(",")):
                long = f"{prefix}{own}"
                registered[long] = f"{prefix.replace('deka', 'deca')}{other or own}"
                names |= {f"{prefix}{spelling.replace('-', ' ')}": long for spelling in spelled.split()}
                symbols |= {f"{short}{sign}": long for sign in signs.split() if f"{short}{sign}" != "min"}
    return symbols, names, registered


_SYMBOLS, _NAMES, _REGISTERED = (
    one | other
    for one, other in zip(_names(_PREFIXED, prefixed=True), _names(_OTHER, prefixed=False), strict=True)
)


@functools.lru_cache(maxsize=4_096)
def read(text: str) -> str:
    """The measure that a text names, "" where it names none: “km/h”, “metres per second”, “kg·m·s⁻²”."""
    text = text.strip()
    if not text or len(text) > _LONGEST:
        return ""
    if one := _unit(text):
        return one
    text = _JOINED.get(text, text)
    spelled = re.sub(r"\b(?:square|sq\.?) (\w+)", r"\1^2", text)
    spelled = re.sub(r"\b(?:cubic|cu\.?) (\w+)", r"\1^3", spelled)
    spelled = re.sub(r"(\w+) squared\b", r"\1^2", spelled)
    return _product(_TOKEN.findall(re.sub(r"\bper\b|\ban?\b(?= \w)", "/", spelled)))


def is_measure(name: str) -> bool:
    """Whether a canonical name is a measure's."""
    return name in _REGISTERED or "^" in name


@functools.lru_cache(maxsize=1_024)
def factor(one: str, other: str) -> tuple[Decimal, Decimal] | None:
    """(a, b) such that a value x of the first measure is a·x + b of the other; None where they measure other
    things. Exact but for units that are none by definition."""
    registry = _registry()
    first, second = (_in_registry(measure) for measure in (one, other))
    if (
        first is None
        or second is None
        or registry.parse_units(first).dimensionality != registry.parse_units(second).dimensionality
    ):
        return None
    at = [registry.Quantity(Decimal(value), first).to(second).magnitude for value in (0, 1)]
    start, end = (Decimal(value) for value in at)
    return end - start, start


def _in_registry(measure: str) -> str | None:
    parts = []
    for atom in measure.split(" · "):
        name, _, power = atom.partition("^")
        if name not in _REGISTERED:
            return None
        parts.append(f"{_REGISTERED[name]}**{power or 1}")
    return " * ".join(parts) if len(parts) > 1 or "^" in measure else _REGISTERED[measure]


def prepare() -> None:
    """Read the registry before the first answer that needs it, which would have to wait for it."""
    _registry()


@functools.cache
def _registry() -> UnitRegistry[Any]:
    from pint import UnitRegistry  # it takes half a second

    return UnitRegistry(non_int_type=Decimal)


def _unit(text: str) -> str:
    """The unit of one symbol or name."""
    if text in _SYMBOLS:
        return _SYMBOLS[text]
    low = text.lower()
    for spelling in (low, low.removesuffix("s"), re.sub(r"^(\w+)s ", r"\1 ", low)):
        if len(low) > 2 and spelling in _NAMES:
            return _NAMES[spelling]
        if spelling in _PHRASES:
            return read(_PHRASES[spelling])
    if text in _LOOSE:
        return next((name for symbol, name in _SYMBOLS.items() if symbol.lower() == low), "")
    return ""


def _product(tokens: list[str]) -> str:
    powers: Counter[str] = Counter()
    sign, last, last_sign = 1, "", 1
    for token in tokens:
        if token == "/":
            sign, last = -1, ""
        elif token in {"·", "⋅", "*", ".", "-", "^"}:
            continue
        elif re.fullmatch(r"\^?[+-]?[0-9]+", token):
            if not last and token == "1":
                continue
            if not last or abs(int(token.lstrip("^"))) > 9:
                return ""
            powers[last] += last_sign * (int(token.lstrip("^")) - 1)
            last = ""
        else:
            last, last_sign = _unit(token), sign
            if not last or "^" in last or "·" in last:
                return ""
            powers[last] += sign
    parts = sorted((name, power) for name, power in powers.items() if power)
    if len(parts) == 1 and parts[0][1] == 1:
        return parts[0][0]
    return " · ".join(f"{name}^{power}" for name, power in parts)

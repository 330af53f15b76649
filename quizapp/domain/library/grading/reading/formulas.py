r"""Formulas as they are typed: √2 and sqrt(2), x**2 and x², -sin(x) and −sin x, \(\frac{1}{2}\) and 1/2.

Ions and other chemical formulas, whose figures are above and below the line on a page, are typed in one
line: Ca²⁺ and Ca2+, SO₄²⁻ and SO4 2-.
"""

from __future__ import annotations

import functools
import re

from quizapp.domain.language.text import visible

LONGEST = 200  # characters
_GREEK = (
    "alpha α,beta β,gamma γ,delta δ,epsilon ε,theta θ,lambda λ,mu μ,pi π,rho ρ,sigma σ,tau τ,phi φ,chi χ,"
    "psi ψ,omega ω,Gamma Γ,Delta Δ,Theta Θ,Lambda Λ,Sigma Σ,Phi Φ,Psi Ψ,Omega Ω"
)
_NAMES = dict(pair.split() for pair in _GREEK.split(",")) | {"infinity": "∞", "infty": "∞", "sqrt": "√"}
_COMMANDS = _NAMES | {
    "times": "*",
    "cdot": "*",
    "div": "/",
    "pm": "±",
    "le": "≤",
    "leq": "≤",
    "ge": "≥",
    "geq": "≥",
    "ne": "≠",
    "neq": "≠",
    "cup": "∪",
    "cap": "∩",
    "in": "∈",
    "to": "→",
    "degree": "°",
    "left": "",
    "right": "",
}
_SIGNS = (("**", "^"), ("<=", "≤"), (">=", "≥"), ("!=", "≠"), ("->", "→"), ("+-", "±"))
_SAME = str.maketrans({"×": "*", "·": "*", "⋅": "*", "∙": "*", "÷": "/", "−": "-", "{": "(", "}": ")"})
_FRACTION = re.compile(r"\\d?frac\s*\{([^{}]*)\}\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)")
_NAME = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(_NAMES)})(?![^\W\d_])")
_FUNCTIONS = "sin|cos|tan|cot|sec|csc|log|ln|exp|lim|max|min|det"
_FUNCTION = re.compile(rf"(?<![^\W\d_])({_FUNCTIONS})(?:h?)\s*\(\s*(\w+)\s*\)")
_ROOT = re.compile(r"√\s*\(\s*(\w+)\s*\)")
_ALONE = re.compile(r"\(([^\W_]|[0-9]+)\)")
_OPERATOR = re.compile(r"[-+*/^=<>≤≥≠±√∞∪∩∈→|!]")
# What a formula may hold: signs, and words no longer than a name of two letters or of a function.
_WORD = re.compile(r"[^\W\d_]+")
_ION = re.compile(r"(?:[\[(]*(?:[A-Z][a-z]?[0-9]*)+[\])]*[0-9]*)+\^?[0-9]*[+-]")
_COMPOUND = re.compile(r"[0-9]*(?:[\[(]*[A-Z][a-z]?[0-9]*[\])]*[0-9]*)+(?:\^?[0-9]*[+-])?")


@functools.lru_cache(maxsize=2_048)
def canonical(text: str) -> str:
    """One spelling for all ways to type a formula; "" where the text is none."""
    if len(text) > LONGEST:
        return ""
    found = text.replace("\\(", " ").replace("\\)", " ").replace("\\,", " ")
    while (whole := _FRACTION.sub(r"(\1)/(\2)", found)) != found:
        found = whole
    found = _COMMAND.sub(lambda name: _COMMANDS.get(name[1], name[0]) + " ", found)
    found = visible(found.translate(_SAME))
    for written, sign in _SIGNS:
        found = found.replace(written, sign)
    found = re.sub(r"\b(?:minus|negative) (?=\w|∞|√)", "-", found)
    found = _NAME.sub(lambda name: _NAMES[name.group()], found)
    found = _ROOT.sub(r"√\1", _FUNCTION.sub(r"\1 \2", found))
    words = _WORD.findall(found)
    if not _OPERATOR.search(found) and found not in _NAMES.values():
        return ""
    if any(len(word) > 3 and not re.match(_FUNCTIONS, word) for word in words):
        return ""
    found = re.sub(r"\s+", "", _ALONE.sub(r"\1", found))
    return re.sub(r"^\+(?=∞)", "", found)


_VALUE = re.compile(r"[A-Za-z] ?= ?([^=]*[0-9][^=]*)")


def value(form: str) -> str:
    """What a form says of its unknown, “2” of “x = 2”; "" for any other."""
    found = _VALUE.fullmatch(form.strip())
    return found[1] if found else ""


def same_formula(answer: str, form: str) -> bool:
    """Whether both are one formula; capitals count."""
    if same_ion(answer, form) or same_isotope(answer, form):
        return True
    wanted = canonical(form)
    return bool(wanted) and canonical(answer) == wanted


def same_ion(answer: str, form: str) -> bool:
    """Whether both are one ion, its charge above the line or in it."""
    given, wanted = (re.sub(r"[\s^_{}]|\\[()]", "", visible(text)) for text in (answer, form))
    return given == wanted and _ION.fullmatch(wanted) is not None


_LISTED = (
    "hydrogen H,helium He,lithium Li,beryllium Be,boron B,carbon C,nitrogen N,oxygen O,"
    "fluorine F,neon Ne,sodium Na,magnesium Mg,aluminium Al,silicon Si,phosphorus P,sulfur S,"
    "chlorine Cl,argon Ar,potassium K,calcium Ca,iron Fe,cobalt Co,nickel Ni,copper Cu,zinc Zn,"
    "krypton Kr,strontium Sr,molybdenum Mo,technetium Tc,silver Ag,iodine I,xenon Xe,caesium Cs,"
    "barium Ba,gold Au,mercury Hg,lead Pb,bismuth Bi,polonium Po,radon Rn,radium Ra,thorium Th,"
    "uranium U,neptunium Np,plutonium Pu,americium Am"
)
_ELEMENTS = dict(pair.split() for pair in _LISTED.split(","))
_ISOTOPE = re.compile(
    r"(?P<name>[A-Za-z]{1,10})[ -]?(?P<number>[0-9]{1,3})|\^?(?P<before>[0-9]{1,3}) ?(?P<symbol>[A-Z][a-z]?)"
)


def same_isotope(answer: str, form: str) -> bool:
    """Whether both are one isotope: carbon-14, C-14, ¹⁴C. The form has a hyphen or a name."""
    wanted = _isotope(form)
    return bool(wanted) and ("-" in form or len(form) > 6) and _isotope(answer) == wanted


def _isotope(text: str) -> str:
    found = _ISOTOPE.fullmatch(visible(text))
    if not found:
        return ""
    name = found["symbol"] or _ELEMENTS.get(found["name"].lower(), found["name"])
    return f"{name}-{found['number'] or found['before']}" if name in _ELEMENTS.values() else ""


def is_compound(text: str) -> bool:
    """Whether a text is a chemical formula of one word: H2O, NaCl, Ca2+."""
    return len(text) <= LONGEST and " " not in text and _COMPOUND.fullmatch(text) is not None

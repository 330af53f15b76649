"""What an answer's own form makes significant: signs, operators, brackets, superscripts, code."""

from __future__ import annotations

import functools
import re
import unicodedata

_SUPERSCRIPTS = re.compile(r"[⁺⁻⁰¹²³⁴-⁹ⁿⁱ]+")
_MINUS = str.maketrans(dict.fromkeys("−‐‑‒–—―﹣－", "-"))

# What only formulas and code hold. A hyphen between words, an exclamation mark behind a sentence, a slash
# between alternatives and a bracketed explanation are none of it.
_SIGNIFICANT = re.compile(
    r"[=<>≠≤≥±×÷*^|~¬∧∨∞√∂∫∑∏∈∉∪∩⊂\\{}\[\]@#_→←↔⇒⇔°$€£]"
    r"|(?<![^\s(])(?:--?|[+!])(?=[^\W_]|[∞√(])"  # a sign in front
    r"|\+\+|(?<=[^\W_])\+(?=$|[\s,;)])"  # C++, Ca2+
    r"|(?<![^\W\d_]{2})(?<=[^\W_])-(?=$|[\s,;)])"  # O-; but hypo- is a prefix
    r"|(?<=[^\W_])!(?=\s*[=)+*/-])|(?<![^\W_])(?<=\b[A-Za-z0-9])!$"
    r"|::|->|(?<=[a-z0-9_]{2})[.](?=[a-z_])|(?<=[a-z0-9_])[.](?=[a-z_]{2})|(?<=[a-z0-9_])\(\)"
)
_FORMULA = re.compile(r"[-a-z0-9+/^().,=' ]+")
_INTERVAL = re.compile(r"[(\[][^()\[\]]*,[^()\[\]]*[)\]]")
_MONEY = frozenset("$€£")
_SPACED_SIGN = re.compile(r"(?:(?<=^[-+!])|(?<=[(=,][-+!])|(?<=[(=,] [-+!])) +(?=\w)")  # “- sin x”


def superscripted(text: str) -> str:
    """“mc²” as “mc^2”, so that 2³ is not 23."""
    return _SUPERSCRIPTS.sub(lambda run: "^" + unicodedata.normalize("NFKC", run.group()), text)


@functools.lru_cache(maxsize=8_192)
def signature(text: str) -> str:
    """All that is significant beside letters and digits, in order; "" for plain words and figures."""
    plain = superscripted(unicodedata.normalize("NFC", text).translate(_MINUS)).strip()
    plain = _SPACED_SIGN.sub("", plain)
    if _INTERVAL.fullmatch(plain):
        return re.sub(r"[\w\s]", "", plain)
    found = [sign for sign in _SIGNIFICANT.findall(plain) if sign not in _MONEY]
    if len(plain) == 2 and plain[1] == "!":
        found.append("!")
    operated = re.search(r"[a-z]", plain) and re.search(r"[-+/^(]", plain)
    if operated and _FORMULA.fullmatch(plain) and not re.search(r"[^\W\d_]{3}|[a-z0-9]{4}", plain):
        return re.sub(r"[\w\s.,']", "", plain)
    return "".join(found)


def is_formal(text: str) -> bool:
    """Whether a text is a formula, code or a term whose marks belong to it."""
    return bool(signature(text))


_CODE = re.compile(
    r"0[0-9]+|[0-9]+\.[0-9]*0|[0-9]+(?:\.[0-9]+){2,}|(?=[^\s]*[0-9])(?=[^\s]*[A-Za-z])[A-Za-z0-9+-]+"
)


def is_code(text: str) -> bool:
    """Whether a form is a name made of digits (01069, 3.10, 3M, In3+), which is compared letter by letter."""
    return bool(_CODE.fullmatch(text.strip())) and not re.fullmatch(r"[0-9]+(?:st|nd|rd|th|s)", text.strip())


def cases_differ(answer: str, form: str) -> bool:
    """Whether capitals tell two short terms apart (Co and CO, AA and Aa); all small letters are merely
    typed in haste, but where the form itself is one letter twice, as genes are."""
    if answer == form or answer.casefold() != form.casefold() or " " in form:
        return False
    letters = [letter for letter in form if letter.isalpha()]
    if len(letters) != 2 or not any(letter.isupper() for letter in letters):
        return False
    if len({letter.casefold() for letter in letters}) == 1:
        return True
    return answer != answer.lower()

"""The grammar of a cloze's stem: text, formulas, and gaps with their keys, other forms and wrong options.

A gap is written `{{key|accepted|not: refused~distractor~distractor}}`; a backslash takes the meaning from
`|`, `~`, `{`, `}`, `:` and itself. A refused form is wrong when typed, however near it is, and not offered.
What is in a formula, `\\(…\\)`, belongs to the formula. Before the key may stand how strictly it is graded,
`exact:` or `spelling:`, and `any:` where gaps may be filled in any order.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.language.translation import _
from quizapp.domain.library.grading.verdicts import Strictness


class Gap(NamedTuple):
    """What is right in one gap, and the wrong options offered for it. loose: it may change places with the
    other loose gaps."""

    key: str
    accept: tuple[str, ...] = ()
    distractors: tuple[str, ...] = ()
    strictness: Strictness = Strictness.MEANING
    loose: bool = False
    refuse: tuple[str, ...] = ()


class GappedText(NamedTuple):
    """Text around gaps: len(pieces) == len(gaps) + 1."""

    pieces: tuple[str, ...]
    gaps: tuple[Gap, ...]


_FORMULA = r"\\\((?:(?!\\\)).)*\\\)"
_SYMBOL = re.compile(rf"{_FORMULA}|\\[|~{{}}\\:]|\{{\{{|\}}\}}|.", re.DOTALL)
_IN_PIECE, _IN_FORM = (
    re.compile(rf"(?P<formula>{_FORMULA})|[{{}}\\]"),
    re.compile(rf"(?P<formula>{_FORMULA})|[|~{{}}\\]"),
)
_MARK = re.compile(r"(?P<mark>exact|spelling|any):\s*")
_NOT = re.compile(r"not:\s*")
_COLON = "\0:"  # one that closes no mark; no text holds a NUL
_NUMBERED = re.compile(r"c[0-9]+::")


@functools.lru_cache(maxsize=256)
def parse(stem: str) -> GappedText:
    """Read a stem. Raises InvalidContent where a gap is empty, not closed or within another."""
    pieces: list[list[str]] = [[]]
    gaps: list[Gap] = []
    forms: list[list[str]] = []  # of the gap being read; each opens with its mark
    for symbol in _SYMBOL.findall(stem):
        if symbol == "{{":
            if forms:
                raise invalid(
                    _("Close gap {number} with “}}}}” before the next “{{{{”.").format(number=len(gaps) + 1)
                )
            forms.append([""])
        elif not forms:
            pieces[-1].append(_literal(symbol))
        elif symbol == "}}":
            gaps.append(_gap(forms, len(gaps) + 1))
            pieces.append([])
            forms = []
        elif symbol in {"|", "~"}:
            forms.append([symbol])
        else:
            forms[-1].append(_COLON if symbol == r"\:" else _literal(symbol))
    if forms:
        raise invalid(_("Close gap {number} with “}}}}”.").format(number=len(gaps) + 1))
    return GappedText(tuple("".join(piece) for piece in pieces), tuple(gaps))


def dump(gapped: GappedText) -> str:
    """The stem that `parse` reads back as the same text and gaps."""
    written = [_escaped(gapped.pieces[0], _IN_PIECE)]
    for gap, piece in zip(gapped.gaps, gapped.pieces[1:], strict=True):
        marks = "any:" if gap.loose else ""
        marks += "" if gap.strictness is Strictness.MEANING else f"{gap.strictness}:"
        forms = [marks + _unmarked(gap.key)]
        forms += [f"|{_unmarked(form)}" for form in gap.accept]
        forms += [f"|not: {_unmarked(form)}" for form in gap.refuse]
        forms += [f"~{_escaped(form, _IN_FORM)}" for form in gap.distractors]
        written += ["{{", *forms, "}}", _escaped(piece, _IN_PIECE)]
    return "".join(written)


def _unmarked(form: str) -> str:
    """A form as it is written, its first word no mark."""
    return re.sub(r"^(\w+):", r"\1\\:", _escaped(form, _IN_FORM))


def _gap(forms: list[list[str]], number: int) -> Gap:
    marked = [(mark, "".join(letters).strip()) for mark, *letters in forms]
    key, strictness, loose = _key(marked[0][1], number)
    written = [_form(mark, form) for mark, form in marked[1:]]
    if not key or not all(form for _, form in written):
        raise invalid(
            _("Gap {number} has an empty form. Write one, or remove the “|” or “~”.").format(number=number)
        )
    accept, distractors, refuse = (tuple(form for mark, form in written if mark == sort) for sort in "|~!")
    return Gap(key, accept, distractors, strictness, loose, refuse)


def _form(mark: str, form: str) -> tuple[str, str]:
    """What a form is ("|" accepted, "!" refused, "~" distractor), and the form."""
    if mark == "|" and (refused := _NOT.match(form)):
        mark, form = "!", form[refused.end() :]
    return mark, form.replace(_COLON, ":")


def _key(written: str, number: int) -> tuple[str, Strictness, bool]:
    """The key without its marks, how strictly it is graded, and whether it may change places."""
    strictness, loose = Strictness.MEANING, False
    key = _NUMBERED.sub("", written, count=1) if _NUMBERED.match(written) else written
    if key != written and "::" in key:
        raise invalid(
            _("Gap {number} has a hint after “::”. Write it under “Hint”; it applies to all gaps.").format(
                number=number
            )
        )
    while match := _MARK.match(key):
        key = key[match.end() :]
        if match["mark"] == "any":
            loose = True
        else:
            strictness = Strictness(match["mark"])
    return key.replace(_COLON, ":"), strictness, loose


def _literal(symbol: str) -> str:
    return symbol[1] if len(symbol) == 2 and symbol[0] == "\\" else symbol


def _escaped(text: str, special: re.Pattern[str]) -> str:
    return special.sub(lambda found: found["formula"] or f"\\{found.group()}", text)


def invalid(message: str) -> InvalidContent:
    """The error for a stem that cannot be read."""
    return InvalidContent(message, (Problem("stem", message),))

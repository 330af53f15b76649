"""Writing GIFT: texts as Markdown, which Moodle reads too; what GIFT cannot hold is in the report."""

from __future__ import annotations

import re

from quizapp.domain.exchange.bundle import Bundle, Entry, Item, Written
from quizapp.domain.exchange.conversion.categories import path_of
from quizapp.domain.exchange.conversion.losses import left_out, without_pictures
from quizapp.domain.library.kinds.asking.figures import Numeric, span
from quizapp.domain.library.kinds.asking.gaps import parse
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse

WRITES = frozenset(
    {"single_choice", "multiple_choice", "true_false", "short_answer", "numeric", "matching", "cloze"}
)
_SIGNS = re.compile(r"[\\~=#{}:]")


def written(bundle: Bundle) -> Written:
    """The deck as one category."""
    rows = [f"$CATEGORY: {path_of(bundle.title)}", ""]
    entries: list[Entry] = []
    line = 3
    for item in bundle.items:
        entry, text = _question(item, f"line {line}")
        entries.append(entry)
        if text:
            rows += [text, ""]
            line += text.count("\n") + 2
    return Written(data="\n".join(rows).encode(), entries=tuple(entries))


def _question(item: Item, place: str) -> tuple[Entry, str]:
    """(what of it is lost, its lines; "" where GIFT has nothing like it)."""
    item, notes = without_pictures(item)
    block = _block(item.content)
    if isinstance(block, str):
        return left_out(item, place, block), ""
    stem, given, lost = block
    comments = [f"// [id:{_bracketed(item.id)}]"] if item.id else []
    comments += [f"// [tag:{_bracketed(tag)}]" for tag in item.tags]
    general = f" ####{_escaped(item.content.rationale)}" if item.content.rationale.strip() else ""
    text = "\n".join([*comments, f"[markdown]{stem.format(f'{{{given}{general}}}')}"])
    notes = (*notes, *lost, *_unsaid(item.content))
    return left_out(item, place, *notes, kept=True), text


def _unsaid(content: Content) -> list[str]:
    return ["The hint was left out: GIFT has none."] if content.hint.strip() else []


def _bracketed(name: str) -> str:
    return " ".join(name.split()).replace("]", "\\]")


def _escaped(text: str) -> str:
    text = _SIGNS.sub(lambda found: f"\\{found[0]}", text.strip())
    return text.replace("\r", "").replace("\n", "\\n")


def _stem(text: str) -> str:
    """Ready for `str.format`, the answers behind it."""
    return _escaped(text).replace("{", "{{").replace("}", "}}") + " {}"


_Block = tuple[str, str, list[str]]


def _block(content: Content) -> _Block | str:
    """(stem with a place for the answers, the answers, what is lost), or why there is nothing like it."""
    found: _Block | str = "GIFT has no question of this kind."
    match content:
        case TrueFalse():
            found = _stem(content.stem), "TRUE" if content.key else "FALSE", []
        case SingleChoice():
            notes = dict(content.feedback)
            given = [("=", content.key), *(("~", text) for text in content.distractors)]
            found = _stem(content.stem), _list(given, notes), []
        case MultipleChoice():
            notes = dict(content.feedback)
            share = f"~%{100 / len(content.keys):.5f}%"
            off = f"~%-{100 / max(1, len(content.distractors)):.5f}%"
            given = [
                *((share, text) for text in content.keys),
                *((off, text) for text in content.distractors),
            ]
            lost = [] if content.partial else ["Part of the answers earns part of the score there."]
            found = _stem(content.stem), _list(given, notes), lost
        case ShortAnswer():
            given = [*(("=", _typed(text)) for text in (content.key, *content.accept))]
            given += [("=%0%", _typed(text)) for text in content.refuse]
            found = _stem(content.stem), _list(given, {}), _typed_losses(content)
        case Numeric():
            found = _stem(content.stem), _figure(content), _figure_losses(content)
        case Matching():
            pairs = [("=", f"{_escaped(left)} -> {_escaped(right)}") for left, right in content.pairs]
            pairs += [("=", f" -> {_escaped(right)}") for right in content.extras]
            found = _stem(content.stem), "".join(f"{sign}{text} " for sign, text in pairs), []
        case Cloze():
            found = _gap(content)
    return found


def _list(given: list[tuple[str, str]], feedback: dict[str, str]) -> str:
    return "".join(
        f"{sign}{_escaped(text)}{'#' + _escaped(feedback[text]) if text in feedback else ''} "
        for sign, text in given
    )


def _typed(text: str) -> str:
    """An answer to type: a star alone would stand for any letters."""
    return text.replace("*", r"\*")


def _typed_losses(content: ShortAnswer) -> list[str]:
    lost = []
    if content.distractors:
        lost.append("The wrong options were left out: there it is only typed.")
    if content.exact or content.spelling:
        lost.append("That spelling counts was left out.")
    return lost


def _figure(content: Numeric) -> str:
    if content.value is None:
        return f"#{content.low:f}..{content.high:f}"
    margin = span(content).high - content.value
    return f"#{content.value:f}:{margin:f}"


def _figure_losses(content: Numeric) -> list[str]:
    lost = []
    if content.unit:
        lost.append(f"The unit “{content.unit}” was left out: GIFT knows bare figures only.")
    if content.distractors:
        lost.append("The wrong options were left out: there it is only typed.")
    if content.tolerance_reason:
        lost.append("The reason for the tolerance was left out.")
    return lost


def _gap(content: Cloze) -> _Block | str:
    """One gap is GIFT's missing word."""
    pieces, gaps = parse(content.stem)
    if len(gaps) != 1 or not pieces[1].strip():
        return "GIFT has one gap in a question only, with words behind it."
    gap = gaps[0]
    before, after = (_escaped(piece).replace("{", "{{").replace("}", "}}") for piece in pieces)
    lost = ["The wrong options were left out: there it is only typed."] if gap.distractors else []
    forms = [("=", _typed(text)) for text in (gap.key, *gap.accept)]
    forms += [("=%0%", _typed(text)) for text in gap.refuse]
    given = _list(forms, {})
    return f"{before} {{}} {after}", given, lost

"""Writing Moodle XML: texts as HTML that Moodle shows, with their Markdown beside them for the way back."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from html import escape as html_escape
from xml.sax.saxutils import escape, quoteattr

from quizapp.domain.exchange.bundle import Bundle, Entry, Item, Medium, Written
from quizapp.domain.exchange.conversion.categories import path_of
from quizapp.domain.exchange.conversion.formulas import delimited
from quizapp.domain.exchange.conversion.html import from_html
from quizapp.domain.exchange.conversion.losses import left_out
from quizapp.domain.exchange.formats.moodle_xml.gapped import block_of
from quizapp.domain.exchange.formats.moodle_xml.texts import PLUGIN_FILE, digest
from quizapp.domain.language import markup
from quizapp.domain.library.grading.verdicts import Strictness
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.asking.figures import Numeric, span
from quizapp.domain.library.kinds.asking.gaps import parse
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse

_PICTURE = re.compile(r"picture:([0-9a-f]{32})")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NAME = 100  # letters of an idnumber that Moodle keeps
_PLACE = "\uf8f2"  # stands for a gap while the text is made HTML


def written(bundle: Bundle) -> Written:
    """The deck as one category."""
    rows = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    rows.append(f'<question type="category"><category>{_text(path_of(bundle.title))}</category></question>')
    entries: list[Entry] = []
    number = 0
    for item in bundle.items:
        writer = _Writer(bundle.media)
        made = _QUESTIONS.get(kind_of(item.content).name)
        if made is None:
            entries.append(left_out(item, "", "Moodle XML has no question of this kind."))
            continue
        number += 1
        rows.append(writer.question(item, *made(item.content, writer)))
        entries.append(left_out(item, f"question {number}", *writer.lost, kept=True))
    rows.append("</quiz>\n")
    return Written(data="\n".join(rows).encode(), entries=tuple(entries))


def _text(text: str) -> str:
    return f"<text>{escape(_CONTROL.sub('', text))}</text>"


class _Writer:
    """Writes one question's texts, with the pictures that they show. lost: what could not be written."""

    def __init__(self, media: Mapping[str, Medium]) -> None:
        self.media = media
        self.lost: list[str] = []

    def question(self, item: Item, sort: str, stem: str, body: str) -> str:
        content = item.content
        named = f"<idnumber>{escape(item.id)}</idnumber>" if item.id else ""
        if len(item.id) > _NAME:
            self.lost.append(f"Its id is longer than the {_NAME} letters that Moodle keeps.")
        tags = "".join(f"<tag>{_text(tag)}</tag>" for tag in item.tags)
        title = markup.plain(kind_of(content).headline(content))[:80]
        parts = [
            f'<question type="{sort}">',
            f"<name>{_text(title)}</name>",
            stem,
            self.element("generalfeedback", content.rationale),
            "<defaultgrade>1</defaultgrade><penalty>0</penalty><hidden>0</hidden>",
            named,
            body,
            self.element("hint", content.hint) if content.hint.strip() else "",
            f"<tags>{tags}</tags>" if tags else "",
            "</question>",
        ]
        return "\n".join(part for part in parts if part)

    def element(
        self, tag: str, text: str, *, inline: bool = False, more: str = "", attributes: str = ""
    ) -> str:
        """A text as HTML, and its Markdown where the HTML alone would not come back as the same."""
        html = str(markup.inline(text) if inline else markup.block(text))
        return self.raw(tag, html, text, inline=inline, more=more, attributes=attributes)

    def raw(
        self, tag: str, html: str, text: str, *, inline: bool = False, more: str = "", attributes: str = ""
    ) -> str:
        html = _CONTROL.sub("", delimited(html)).replace("\r", "").strip()
        files = self._files(html)
        html = _PICTURE.sub(lambda found: f"{PLUGIN_FILE}{found[1]}.webp", html)
        source = ""
        if not files and text.strip() and from_html(html, inline=inline).markdown != text:
            source = f"<markdown of={quoteattr(digest(html))}>{escape(text)}</markdown>"
        if _CONTROL.search(text) or "\r" in text:
            source = ""
        return f'<{tag}{attributes} format="html">{_text(html)}{source}{files}{more}</{tag}>'

    def answer(self, text: str, share: float, feedback: str = "", *, typed: bool = False) -> str:
        weight = f' fraction="{share:.5f}"'.replace(".00000", "")
        said = self.element("feedback", feedback) if feedback else ""
        if typed:
            return f'<answer{weight} format="moodle_auto_format">{_text(text)}{said}</answer>'
        return self.element("answer", text, inline=True, more=said, attributes=weight)

    def _files(self, html: str) -> str:
        rows: list[str] = []
        for key in dict.fromkeys(_PICTURE.findall(html)):
            if key not in self.media:
                self.lost.append("A picture was left out: it is no longer there.")
                continue
            data = b64encode(self.media[key].data).decode()
            rows.append(f'<file name="{key}.webp" path="/" encoding="base64">{data}</file>')
        return "".join(rows)


_Made = tuple[str, str, str]  # Moodle's type, the element of the stem, the elements of the answers


def _stem(content: Content, writer: _Writer) -> str:
    return writer.element("questiontext", content.stem)


def _true_false(content: TrueFalse, writer: _Writer) -> _Made:
    rows = [writer.answer(name, 100.0 * (key is content.key), typed=True) for name, key in _SIDES]
    return "truefalse", _stem(content, writer), "".join(rows)


_SIDES = (("true", True), ("false", False))
_ONE, _MANY = "<single>true</single>", "<single>false</single>"
_SHUFFLED = "<shuffleanswers>true</shuffleanswers><answernumbering>abc</answernumbering>"


def _single_choice(content: SingleChoice, writer: _Writer) -> _Made:
    feedback = dict(content.feedback)
    rows = [
        writer.answer(text, 100.0 * (text == content.key), feedback.get(text, ""))
        for text in (content.key, *content.distractors)
    ]
    return "multichoice", _stem(content, writer), _ONE + _SHUFFLED + "".join(rows)


def _multiple_choice(content: MultipleChoice, writer: _Writer) -> _Made:
    feedback = dict(content.feedback)
    rows = [writer.answer(text, 100 / len(content.keys), feedback.get(text, "")) for text in content.keys]
    off = -100 / max(1, len(content.distractors))
    rows += [writer.answer(text, off, feedback.get(text, "")) for text in content.distractors]
    if not content.partial:
        writer.lost.append("Part of the answers earns part of the score there.")
    return "multichoice", _stem(content, writer), _MANY + _SHUFFLED + "".join(rows)


def _short_answer(content: ShortAnswer, writer: _Writer) -> _Made:
    forms = [(form, 100.0) for form in (content.key, *content.accept)]
    forms += [(form, 0.0) for form in content.refuse]
    rows = [writer.answer(form.replace("*", r"\*"), share, typed=True) for form, share in forms]
    if content.distractors:
        writer.lost.append("The wrong options were left out: there it is only typed.")
    if content.spelling and not content.exact:
        writer.lost.append("That a slip of the pen counts was left out.")
    case = f"<usecase>{int(content.exact)}</usecase>"
    if content.exact:
        writer.lost.append("There capitals count; accents and marks may not.")
    return "shortanswer", _stem(content, writer), case + "".join(rows)


def _numeric(content: Numeric, writer: _Writer) -> _Made:
    held = span(content)
    value = content.value if content.value is not None else (held.low + held.high) / 2
    if content.value is None:
        writer.lost.append("The range is written as its middle with a tolerance.")
    if content.distractors:
        writer.lost.append("The wrong options were left out: there it is only typed.")
    if content.tolerance_reason:
        writer.lost.append("The reason for the tolerance was left out.")
    tolerance = f"<tolerance>{held.high - value:f}</tolerance>"
    row = f'<answer fraction="100" format="moodle_auto_format">{_text(f"{value:f}")}{tolerance}</answer>'
    names = dict.fromkeys((content.unit, *content.units)) if content.unit else {}
    units = "".join(
        f"<unit><multiplier>1</multiplier><unit_name>{escape(name)}</unit_name></unit>" for name in names
    )
    graded = f"<unitgradingtype>{int(content.unit_required)}</unitgradingtype>"
    shown = f"<showunits>{0 if names else 3}</showunits>"
    return (
        "numerical",
        _stem(content, writer),
        row + (f"<units>{units}</units>" if names else "") + graded + shown,
    )


def _matching(content: Matching, writer: _Writer) -> _Made:
    pairs = [*content.pairs, *(("", extra) for extra in content.extras)]
    rows = [
        writer.element("subquestion", left, inline=True, more=writer.element("answer", right, inline=True))
        for left, right in pairs
    ]
    return "matching", _stem(content, writer), "<shuffleanswers>true</shuffleanswers>" + "".join(rows)


def _ordering(content: Ordering, writer: _Writer) -> _Made:
    if (content.first, content.last) != ("first", "last"):
        writer.lost.append("The names of its two ends were left out.")
    rows = [writer.answer(text, number) for number, text in enumerate(content.sequence, start=1)]
    return "ordering", _stem(content, writer), "<selecttype>ALL</selecttype>" + "".join(rows)


def _cloze(content: Cloze, writer: _Writer) -> _Made:
    pieces, gaps = parse(content.stem)
    for gap in gaps:
        if gap.distractors and (gap.accept or gap.refuse):
            writer.lost.append("Other right and wrong forms were left out where a gap is chosen.")
        if gap.loose:
            writer.lost.append("That gaps may be filled in any order was left out.")
        if gap.strictness is not Strictness.MEANING:
            writer.lost.append("How strictly a gap is graded is not kept in full there.")
    html = str(markup.block(_PLACE.join(pieces)))
    for gap in gaps:
        html = html.replace(_PLACE, html_escape(block_of(gap), quote=False), 1)
    return "cloze", writer.raw("questiontext", html, content.stem), ""


_QUESTIONS: dict[str, Callable[..., _Made]] = {
    "true_false": _true_false,
    "single_choice": _single_choice,
    "multiple_choice": _multiple_choice,
    "short_answer": _short_answer,
    "numeric": _numeric,
    "matching": _matching,
    "ordering": _ordering,
    "cloze": _cloze,
}
WRITES = frozenset(_QUESTIONS)

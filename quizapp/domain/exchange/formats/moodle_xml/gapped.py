"""Texts with gaps: embedded answers `{1:SHORTANSWER:=Rome~%50%Roma}`, and gaps `[[1]]` with choices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from quizapp.domain.errors import InvalidContent
from quizapp.domain.exchange.conversion import answers as shape
from quizapp.domain.exchange.conversion.answers import FULL, Head, Shaped, refused
from quizapp.domain.exchange.conversion.trees import Node
from quizapp.domain.exchange.formats.moodle_xml.texts import Texts, said
from quizapp.domain.language.markup import plain
from quizapp.domain.library.grading.verdicts import Strictness
from quizapp.domain.library.kinds.asking.gaps import Gap, parse
from quizapp.domain.library.kinds.cloze import Cloze

_EMBEDDED = re.compile(r"\{[0-9]*:(?P<sort>[A-Z_]+):(?P<answers>(?:\\.|[^\\}])*)\}", re.DOTALL)
_UNREAD = re.compile(r"\{[0-9]*:[A-Z_]{2,}")
_NUMBERED = re.compile(r"\[\[(?P<number>[0-9]{1,3})\]\]")
_ANSWER = re.compile(r"(?P<mark>=|%(?P<share>-?[0-9]+(?:[.,][0-9]+)?)%)?(?P<rest>.*)", re.DOTALL)
_PLACE = "\uf8f1"  # stands for a gap while the text is read
_TYPED = {"SHORTANSWER": "", "SA": "", "MW": "", "SHORTANSWER_C": "C", "SAC": "C", "MWC": "C"}
_FIGURE = frozenset({"NUMERICAL", "NM"})
_CHOSEN = re.compile(r"(?:MULTICHOICE|MC)(?:_?(?:V|H|S|VS|HS))?")


def embedded(head: Head, node: Node, texts: Texts) -> Shaped:
    """A cloze as Moodle writes it into the text."""
    source = node.node("questiontext")
    assert source is not None
    own = _own(head, node, texts)
    if own is not None:
        return own
    gaps: list[Gap] = []
    notes = list(head.notes)
    for found in _EMBEDDED.finditer(said(source)):
        read = _gap(found["sort"], found["answers"], notes)
        if isinstance(read, str):
            return refused(f"Gap {len(gaps) + 1}: {read}")
        gaps.append(read)
    text = _EMBEDDED.sub(_PLACE, said(source))
    if not gaps or _UNREAD.search(text):
        return refused("It has a gap that can’t be read." if gaps else "It has no gap that can be read.")
    return _gapped(
        head._replace(notes=tuple(notes)), source, texts, text, gaps, after=texts.picture_of_old(node)
    )


def _own(head: Head, node: Node, texts: Texts) -> Shaped | None:
    """The stem as it was written from here, where no one has changed the text since."""
    source = node.node("questiontext")
    if source is None or source.node("markdown") is None:
        return None
    stem = texts.markdown(source)
    try:
        if not parse(stem).gaps:
            return None
    except InvalidContent:
        return None
    return Shaped(Cloze(stem=stem, rationale=head.rationale, hint=head.hint), head.notes)


def numbered(head: Head, node: Node, texts: Texts) -> Shaped:
    """Gaps with a number, each filled with one of the choices of its group."""
    source = node.node("questiontext")
    assert source is not None
    choices = [(_words(choice, texts), _group(choice)) for choice in node.nodes("selectoption", "dragbox")]
    gaps: list[Gap] = []
    for found in _NUMBERED.finditer(said(source)):
        place = int(found["number"]) - 1
        if not 0 <= place < len(choices):
            return refused(f"Gap [[{found['number']}]] has no choice of this number.")
        key, group = choices[place]
        others = dict.fromkeys(text for text, of in choices if of == group and text != key)
        gaps.append(Gap(key, distractors=tuple(others)))
    if not gaps:
        return refused("It has no gap like [[1]].")
    return _gapped(head, source, texts, _NUMBERED.sub(_PLACE, said(source)), gaps)


def _words(choice: Node, texts: Texts) -> str:
    return " ".join(plain(texts.markdown(choice, inline=True)).split())


def _group(choice: Node) -> str:
    return (choice.text("group") or choice.attribute("group")).strip() or "1"


def _gapped(
    head: Head, source: Node, texts: Texts, text: str, gaps: Sequence[Gap], *, after: str = ""
) -> Shaped:
    pieces = texts.markdown(source, text=text).split(_PLACE)
    if len(pieces) != len(gaps) + 1:
        return refused("A gap stands in a part of the text that can’t be kept, such as a picture’s name.")
    return shape.cloze(head, [*pieces[:-1], pieces[-1] + after], gaps)


def _gap(sort: str, block: str, notes: list[str]) -> Gap | str:
    """A gap, or why it can't be one."""
    given = [_answer(part, notes) for part in re.split(r"(?<!\\)~", block)]
    right = [text for weight, text in given if weight >= FULL and text not in {"", "*"}]
    partly = [text for weight, text in given if 0 < weight < FULL]
    wrong = [text for weight, text in given if weight <= 0 and text not in {"", "*"}]
    if not right:
        return "no answer is marked as right."
    notes += (f"“{text[:60]}” earns part of the score there; here it is wrong." for text in partly)
    if sort in _TYPED:
        strictness = Strictness.EXACT if _TYPED[sort] else Strictness.MEANING
        refuse = tuple(dict.fromkeys((*partly, *wrong)))
        return Gap(right[0], tuple(dict.fromkeys(right[1:])), strictness=strictness, refuse=refuse)
    if sort in _FIGURE:
        figures = [text.partition(":") for text in right]
        if any(shape.figure(value) is None for value, _, _ in figures):
            return f"“{right[0][:60]}” is no figure."
        if any(shape.figure(margin) for _, _, margin in figures):
            notes.append("The tolerance of a figure in a gap was left out.")
        return Gap(figures[0][0].strip(), tuple(text.strip() for text, _, _ in figures[1:]))
    if _CHOSEN.fullmatch(sort):
        if not wrong and not partly:
            notes.append("A gap has no wrong choice; here it is typed.")
        return Gap(right[0], tuple(right[1:]), tuple(dict.fromkeys((*partly, *wrong))))
    return f"gaps of the sort “{sort[:30]}” are not known here."


def _answer(part: str, notes: list[str]) -> tuple[float, str]:
    """(weight, what it says) of one of a gap's answers; feedback is behind “#”."""
    found = _ANSWER.fullmatch(part.strip())
    assert found
    weight = 1.0 if found["mark"] == "=" else float((found["share"] or "0").replace(",", ".")) / 100
    text, *feedback = re.split(r"(?<!\\)#", found["rest"], maxsplit=1)
    if "".join(feedback).strip() and text.strip():
        notes.append("Feedback for answers in a gap was left out.")
    return weight, " ".join(unescape(re.sub(r"<[^<>]*>", "", re.sub(r"\\(.)", r"\1", text))).split())


def block_of(gap: Gap) -> str:
    """A gap as Moodle embeds it."""
    if gap.distractors:
        wrong = "".join(f"~{_hidden(each)}" for each in gap.distractors)
        return f"{{1:MULTICHOICE:={_hidden(gap.key)}{wrong}}}"
    sort = "SHORTANSWER_C" if gap.strictness is Strictness.EXACT else "SHORTANSWER"
    forms = [*(f"={_hidden(form)}" for form in (gap.key, *gap.accept)), *map(_hidden, gap.refuse)]
    return f"{{1:{sort}:{'~'.join(forms)}}}"


def _hidden(text: str) -> str:
    """With a backslash before what means something in a gap."""
    return re.sub(r"([\\}~#\"/])", r"\\\1", text)

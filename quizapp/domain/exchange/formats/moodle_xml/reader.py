"""Reading Moodle's questions: what each type becomes, or why it can't come."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from quizapp.domain.exchange.bundle import Item, Record
from quizapp.domain.exchange.conversion import answers as shape
from quizapp.domain.exchange.conversion.answers import Answer, Figures, Head, Shaped, refused
from quizapp.domain.exchange.conversion.trees import Node
from quizapp.domain.exchange.formats.moodle_xml.gapped import embedded, numbered
from quizapp.domain.exchange.formats.moodle_xml.texts import Texts, said
from quizapp.domain.language.markup import plain
from quizapp.domain.library.kinds.asking.figures import Numeric
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice

_REFUSED = {
    "description": "It is a description, which asks nothing.",
    "essay": "It is an essay: a free text, which can’t be graded here.",
    "random": "It draws another question at random, which is not in it.",
    "randomsamatch": "It draws other questions at random, which are not in it.",
    "calculated": "Its figures are drawn anew each time (calculated), which is not possible here.",
    "calculatedsimple": "Its figures are drawn anew each time (calculated), which is not possible here.",
    "calculatedmulti": "Its figures are drawn anew each time (calculated), which is not possible here.",
    "ddimageortext": "Words are dragged onto a picture there, which is not possible here.",
    "ddmarker": "Marks are set on a picture there, which is not possible here.",
}
_USUAL = frozenset(
    {
        "",
        "your answer is correct.",
        "your answer is partially correct.",
        "your answer is incorrect.",
        "correct",
        "incorrect",
        "partially correct",
        "correct answer!",
        "that is correct.",
    }
)
_EXACTLY = "Capitals count there; here the answer must be typed exactly."


def question(node: Node, number: int, deck: tuple[str, ...]) -> Iterator[Record]:
    """The media of a question, then its entry."""
    sort = node.attribute("type").strip()
    texts = Texts()
    reader = _READERS.get(sort)
    if reader is not None:
        shaped = reader(node, texts)
    else:
        shaped = refused(_REFUSED.get(sort, f"Questions of the type “{sort[:40]}” are not known here."))
    title = " ".join(said(node.node("name")).split())[:80]
    place = f"question {number}, line {node.line}"
    if shaped.content is None:
        yield shape.entry(place, title or _stem_title(node), shaped)
        return
    tags = tuple(dict.fromkeys(" ".join(tag.text().split()) for tag in node.below("tag")))
    item = Item(
        content=shaped.content,
        id=node.text("idnumber").strip(),
        deck=deck,
        tags=tuple(tag for tag in tags if tag),
    )
    yield from texts.media.values()
    notes = (*shaped.notes, *texts.notes, *_hidden(node), *_combined(node))
    yield shape.entry(place, title, Shaped(shaped.content, notes), item)


def _stem_title(node: Node) -> str:
    return plain(Texts().markdown(node.node("questiontext")))[:80]


def _hidden(node: Node) -> list[str]:
    return ["It is hidden there, as deleted questions are."] if node.text("hidden").strip() == "1" else []


def _combined(node: Node) -> list[str]:
    """A note where words for every right or wrong answer are not the ones that Moodle puts there itself."""
    names = ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback")
    own = [plain(Texts().markdown(node.node(name))).strip().casefold() for name in names]
    if all(text in _USUAL for text in own):
        return []
    return ["What is said to every right or wrong answer was left out."]


def _head(node: Node, texts: Texts) -> Head:
    hints = [texts.markdown(hint) for hint in node.nodes("hint")]
    hints = [hint for hint in hints if hint.strip()]
    notes = ("Only the first of its hints was taken.",) if len(hints) > 1 else ()
    return Head(
        stem=texts.markdown(node.node("questiontext")) + texts.picture_of_old(node),
        rationale=texts.markdown(node.node("generalfeedback")),
        hint=hints[0] if hints else "",
        notes=notes,
    )


def _weight(answer: Node) -> float:
    """The share of the score, −1 to 1; older files keep it in an element."""
    given = (answer.attribute("fraction") or answer.text("fraction")).strip()
    try:
        share = float(given or 0) / 100
    except ValueError:
        return 0.0
    return max(-1.0, min(1.0, share))


def _true(text: str) -> bool:
    return text.strip().casefold() in {"1", "true", "yes"}


def _offered(node: Node, texts: Texts) -> list[Answer]:
    return [
        Answer(texts.markdown(answer, inline=True), _weight(answer), texts.markdown(answer.node("feedback")))
        for answer in node.nodes("answer")
    ]


def _choice(node: Node, texts: Texts) -> Shaped:
    head = _head(node, texts)
    return shape.choice(head, _offered(node, texts), many=not _true(node.text("single") or "true"))


def _choice_of_all(node: Node, texts: Texts) -> Shaped:
    """All or nothing (a plugin of its own there), or marks for each (another)."""
    shaped = shape.choice(_head(node, texts), _offered(node, texts), many=True)
    if isinstance(shaped.content, MultipleChoice) and node.attribute("type") == "multichoiceset":
        return shaped._replace(content=msgspec.structs.replace(shaped.content, partial=False))
    return shaped


def _true_false(node: Node, texts: Texts) -> Shaped:
    offered = {answer.text.casefold(): answer for answer in _offered(node, texts)}
    if not {"true", "false"} <= set(offered):
        return refused("Its answers are not “true” and “false”.")
    key = offered["true"].weight > offered["false"].weight
    return shape.true_false(
        _head(node, texts), key, if_true=offered["true"].feedback, if_false=offered["false"].feedback
    )


def _typed_answers(node: Node, texts: Texts) -> list[Answer]:
    return [
        Answer(texts.typed(said(answer)), _weight(answer), texts.markdown(answer.node("feedback")))
        for answer in node.nodes("answer")
    ]


def _short_answer(node: Node, texts: Texts) -> Shaped:
    exact = _true(node.text("usecase"))
    head = _head(node, texts)
    if exact:
        head = head._replace(notes=(*head.notes, _EXACTLY))
    return shape.short_answer(head, _typed_answers(node, texts), exact=exact)


def _numerical(node: Node, texts: Texts) -> Shaped:
    head = _head(node, texts)
    figures: list[Figures] = []
    for answer in node.nodes("answer"):
        text, feedback = said(answer).strip(), texts.markdown(answer.node("feedback"))
        if text == "*":
            head = shape.explained(head, (("", feedback),))
            continue
        value, margin = shape.figure(text), shape.figure(answer.text("tolerance").strip() or "0")
        if value is None or margin is None:
            return refused(f"“{text[:60]}” is no figure with a tolerance.")
        figures.append(Figures(value, margin, weight=_weight(answer), feedback=feedback))
    unit, units, notes = _units(node)
    head = head._replace(notes=(*head.notes, *notes))
    shaped = shape.numeric(head, figures, unit=unit, units=units)
    if isinstance(shaped.content, Numeric) and unit and node.text("unitgradingtype").strip() in {"1", "2"}:
        return shaped._replace(content=msgspec.structs.replace(shaped.content, unit_required=True))
    return shaped


def _units(node: Node) -> tuple[str, list[str], list[str]]:
    """(the unit of the figure, its other names, what was lost)."""
    given = [
        (" ".join(unit.text("unit_name").split()), shape.figure(unit.text("multiplier") or "1"))
        for unit in node.below("unit")
    ]
    same = [name for name, times in given if name and times == 1]
    others = [name for name, times in given if name and times != 1]
    notes = [f"The unit “{name}” was left out: its factor can’t be kept." for name in others]
    return (same[0] if same else ""), same[1:], notes


def _matching(node: Node, texts: Texts) -> Shaped:
    pairs = [
        (texts.markdown(pair, inline=True), texts.markdown(pair.node("answer"), inline=True))
        for pair in node.nodes("subquestion")
    ]
    return shape.matching(_head(node, texts), pairs)


def _ordering(node: Node, texts: Texts) -> Shaped:
    rows = list(node.nodes("answer"))
    rows.sort(key=lambda answer: float(shape.figure(answer.attribute("fraction") or "0") or 0))
    head = _head(node, texts)
    if node.text("selecttype").strip() in {"1", "2", "RANDOM", "CONTIGUOUS"}:
        head = head._replace(notes=(*head.notes, "There some of the entries are drawn; here all are asked."))
    return shape.ordering(head, [texts.markdown(answer, inline=True) for answer in rows])


_READERS: dict[str, Callable[[Node, Texts], Shaped]] = {
    "multichoice": _choice,
    "multichoiceset": _choice_of_all,
    "oumultiresponse": _choice_of_all,
    "truefalse": _true_false,
    "shortanswer": _short_answer,
    "numerical": _numerical,
    "matching": _matching,
    "match": _matching,
    "ddmatch": _matching,
    "ordering": _ordering,
    "cloze": lambda node, texts: embedded(_head(node, texts), node, texts),
    "multianswer": lambda node, texts: embedded(_head(node, texts), node, texts),
    "gapselect": lambda node, texts: numbered(_head(node, texts), node, texts),
    "ddwtos": lambda node, texts: numbered(_head(node, texts), node, texts),
}

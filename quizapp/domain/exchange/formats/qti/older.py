"""Reading items of QTI 1.2: as Canvas, Common Cartridge and programs of old export them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from quizapp.domain.exchange.bundle import Item, Record
from quizapp.domain.exchange.conversion import answers as shape
from quizapp.domain.exchange.conversion.answers import Answer, Figures, Head, Shaped, refused
from quizapp.domain.exchange.conversion.trees import Node
from quizapp.domain.exchange.formats.qti import conditions
from quizapp.domain.exchange.formats.qti.package import Pictures
from quizapp.domain.exchange.formats.qti.texts import PLACE, Texts, html_of
from quizapp.domain.library.kinds.asking.gaps import Gap

BLANK = r"\_\_\_\_\_"
_RESPONSES = ("response_lid", "response_str", "response_num", "response_xy", "response_grp")
_REFUSED = {
    "essay": "It asks for a free text, which can’t be graded here.",
    "file_upload": "It asks for a file, which can’t be graded here.",
    "calculated": "Its figures are drawn anew each time, which is not possible here.",
    "text_only": "It asks nothing.",
    "hot_spot": "It is answered on a picture, which is not possible here.",
}
_NOTHING = "Nothing in it says what is right."
_RIGHT = ("correct", "general", "solution")  # parts of the names of feedback that goes to everyone


class _Asked(NamedTuple):
    node: Node
    texts: Texts
    responses: list[Node]
    rules: list[conditions.Rule]
    stem: str
    rationale: str

    def head(self, stem: str | None = None) -> Head:
        return Head(self.stem if stem is None else stem, self.rationale)


def question(node: Node, name: str, pictures: Pictures) -> Iterator[Record]:
    """The pictures of an item, then its entry."""
    texts = Texts(pictures)
    shaped = _shaped(node, texts)
    title = " ".join(node.attribute("title").split())[:80]
    identifier = node.attribute("ident").strip()
    place = f"{name}, item {identifier}" if identifier else f"{name}, line {node.line}"
    if shaped.content is None:
        yield shape.entry(place, title, shaped)
        return
    yield from pictures.shown()
    notes = (*shaped.notes, *texts.notes)
    yield shape.entry(
        place, title, Shaped(shaped.content, notes), Item(content=shaped.content, id=identifier)
    )


def _shaped(node: Node, texts: Texts) -> Shaped:
    presentation = node.node("presentation")
    sort = _sort(node)
    for part, why in _REFUSED.items():
        if part in sort:
            return refused(why)
    if presentation is None:
        return refused("It asks nothing.")
    responses = list(presentation.below(*_RESPONSES))
    why = _unfit(presentation, responses)
    if why:
        return refused(why)
    html = _stem(presentation, responses)
    rationale = "\n\n".join(_feedback(node, texts, general=True).values())
    asked = _Asked(node, texts, responses, conditions.rules(node), "", rationale)
    if conditions.best(asked.rules) is None:
        return refused(_NOTHING)
    if len(responses) > 1:
        return _several(asked, html)
    before, _, after = texts.of_html(html).partition(PLACE)
    after = after.replace(PLACE, "").strip()
    stem = f"{before.rstrip()} {BLANK} {after}" if after else before.strip()
    return _one(asked._replace(stem=stem))


def _sort(node: Node) -> str:
    fields = {
        each.text("fieldlabel").strip().casefold(): each.text("fieldentry").strip().casefold()
        for each in node.below("qtimetadatafield")
    }
    return fields.get("question_type") or fields.get("cc_profile", "")


def _unfit(presentation: Node, responses: Sequence[Node]) -> str:
    if not responses:
        return "It asks nothing."
    if next(presentation.below("render_hotspot"), None) is not None or any(
        each.tag == "response_xy" for each in responses
    ):
        return "It is answered on a picture, which is not possible here."
    if next(presentation.below("render_slider"), None) is not None:
        return "It is answered with a slider, which is not possible here."
    if any(each.tag == "response_grp" for each in responses):
        return "It is answered in groups (response_grp), which is not possible here."
    return ""


# --- texts ---


def _material(node: Node) -> str:
    """The texts and pictures of a <material> as HTML."""
    parts: list[str] = []
    for each in node.below("mattext", "matimage", "matemtext", "matbreak", "mataudio", "matvideo"):
        if each.tag == "matimage":
            parts.append(
                f'<img src="{escape(each.attribute("uri"))}" alt="{escape(each.attribute("label"))}">'
            )
        elif each.tag == "mataudio":
            parts.append("<audio></audio>")
        elif each.tag == "matvideo":
            parts.append("<video></video>")
        elif each.tag == "matbreak":
            parts.append("<br>")
        elif "plain" in each.attribute("texttype") or not each.attribute("texttype"):
            parts.append(html_of(each).replace("\n", "<br>" if each.text().strip() else ""))
        else:
            parts.append(each.text() if not list(each.nodes()) else html_of(each))
    return "".join(parts)


def _stem(presentation: Node, responses: Sequence[Node]) -> str:
    """What stands outside the responses, with a place for each that is typed within the text."""
    parts: list[str] = []
    own = {id(each) for each in responses}
    waiting = list(presentation.nodes())[::-1]
    while waiting:
        node = waiting.pop()
        if id(node) in own:
            parts.append(PLACE if node.tag != "response_lid" and node.node("material") is None else "")
        elif node.tag == "material":
            parts.append(f"<div>{_material(node)}</div>")
        else:
            waiting.extend(list(node.nodes())[::-1])
    return "".join(parts)


def _labels(response: Node, texts: Texts) -> dict[str, str]:
    return {
        each.attribute("ident"): texts.of_html("".join(map(_material, each.below("material"))), inline=True)
        for each in response.below("response_label")
    }


def _feedback(node: Node, texts: Texts, *, general: bool) -> dict[str, str]:
    """By name the texts that are shown after an answer: to everyone, or for single answers."""
    found: dict[str, str] = {}
    for each in node.nodes("itemfeedback"):
        name = each.attribute("ident")
        everyone = any(part in name.casefold() for part in _RIGHT) and "incorrect" not in name.casefold()
        if everyone is general:
            text = texts.of_html("".join(map(_material, each.below("material"))))
            if text.strip():
                found[name] = text
    return found


# --- one response ---


def _one(asked: _Asked) -> Shaped:
    response = asked.responses[0]
    if response.tag != "response_lid":
        return _typed(asked, response)
    if response.attribute("rcardinality").casefold() == "ordered":
        return _ordered(asked, response)
    labels = _labels(response, asked.texts)
    if not labels:
        return _typed(asked, response)
    many = response.attribute("rcardinality").casefold() == "multiple"
    weights = _weights(asked, response, labels, many=many)
    said = _said_to(asked, response)
    sides = {text.casefold(): name for name, text in labels.items()}
    if sides.keys() == {"true", "false"} and not many:
        key = weights[sides["true"]] > weights[sides["false"]]
        shown = {side: said.get(name, "") for side, name in sides.items()}
        return shape.true_false(asked.head(), key, if_true=shown["true"], if_false=shown["false"])
    answers = [Answer(text, weights[name], said.get(name, "")) for name, text in labels.items()]
    return shape.choice(asked.head(), answers, many=many)


def _weights(asked: _Asked, response: Node, labels: dict[str, str], *, many: bool) -> dict[str, float]:
    """The share of the score of each option: alone, or (many) as part of the set that earns most."""
    of = response.attribute("ident")
    alone = {name: conditions.score(asked.rules, {of: [name]}) for name in labels}
    most = max(alone.values(), default=0.0)
    rule = conditions.best(asked.rules)
    if many and rule is not None and (most <= 0 or not rule.adds):
        wanted = [each.value for each in conditions.named(rule) if each.response == of and not each.refused]
        return {name: 1.0 if name in wanted else 0.0 for name in labels}
    if most <= 0:
        return dict.fromkeys(labels, 0.0)
    return {name: max(-1.0, value / most) for name, value in alone.items()}


def _said_to(asked: _Asked, response: Node) -> dict[str, str]:
    """What is said to who chooses an option."""
    texts = _feedback(asked.node, asked.texts, general=False)
    found: dict[str, str] = {}
    used: set[str] = set()
    for rule in asked.rules:
        wanted = [
            each.value for each in conditions.named(rule) if each.response == response.attribute("ident")
        ]
        for name in rule.feedback:
            if name in texts and len(wanted) == 1:
                found[wanted[0]] = texts[name]
                used.add(name)
    if texts.keys() - used:
        asked.texts.notes.append("Feedback on an answer was left out.")
    return found


def _ordered(asked: _Asked, response: Node) -> Shaped:
    labels = _labels(response, asked.texts)
    rule = conditions.best(asked.rules)
    assert rule is not None
    sequence = [each.value for each in conditions.named(rule) if not each.refused]
    if sorted(sequence) != sorted(labels):
        return refused("It wants some of its entries in order, not all.")
    return shape.ordering(asked.head(), [labels[name] for name in sequence])


def _typed(asked: _Asked, response: Node) -> Shaped:
    of = response.attribute("ident")
    most = max(rule.value for rule in asked.rules)
    bounds = [
        each
        for rule in asked.rules
        if rule.value > 0
        for each in conditions.named(rule)
        if each.sort in {"vargte", "vargt", "varlte", "varlt"}
    ]
    if bounds:
        return _figure(asked, of, bounds)
    forms: list[Answer] = []
    exact = False
    for rule in asked.rules:
        for each in conditions.named(rule):
            if each.response == of and not each.refused and rule.value > 0:
                stars = ("*", "*") if each.sort == "varsubstring" else ("", "")
                text = each.value.replace("*", r"\*")
                forms.append(Answer(f"{stars[0]}{text}{stars[1]}", rule.value / most))
                exact = exact or each.exactly
    fields = {each.attribute("fibtype").casefold() for each in response.below("render_fib")}
    if (response.tag == "response_num" or fields & {"decimal", "integer"}) and forms:
        return _figures(asked, forms)
    head = asked.head()
    if exact:
        head = head._replace(notes=("Capitals count there; here they don’t.",))
    return shape.short_answer(head, forms) if forms else refused(_NOTHING)


def _figures(asked: _Asked, forms: Sequence[Answer]) -> Shaped:
    figures = [Figures(shape.figure(each.text), weight=each.weight) for each in forms]
    if any(each.value is None for each in figures):
        return shape.short_answer(asked.head(), forms)
    return shape.numeric(asked.head(), figures)


def _figure(asked: _Asked, of: str, bounds: Sequence[conditions.Named]) -> Shaped:
    """A range; around a figure that is named, it is that figure's tolerance."""
    low = [shape.figure(each.value) for each in bounds if each.sort in {"vargte", "vargt"}]
    high = [shape.figure(each.value) for each in bounds if each.sort in {"varlte", "varlt"}]
    if not low or not high or low[0] is None or high[0] is None:
        return refused("A figure is bounded on one side only, which is not possible here.")
    values = (
        shape.figure(each.value)
        for rule in asked.rules
        for each in conditions.named(rule)
        if each.sort == "varequal" and each.response == of
    )
    value = next((each for each in values if each is not None), None)
    if value is not None and value - low[0] == high[0] - value:
        return shape.numeric(asked.head(), [Figures(value, high[0] - value)])
    return shape.numeric(asked.head(), [Figures(low=low[0], high=high[0])])


# --- several responses ---


def _several(asked: _Asked, html: str) -> Shaped:
    """Gaps in a text, by their order or by a name in brackets; else pairs."""
    marks = [_mark(each, html) for each in asked.responses]
    if all(marks):
        at = sorted(range(len(marks)), key=lambda each: html.index(marks[each]))
        for mark in marks:
            html = html.replace(mark, PLACE, 1)
        return _gapped(asked, html, [asked.responses[each] for each in at])
    typed = [each for each in asked.responses if each.tag != "response_lid"]
    if len(typed) == len(asked.responses):
        return _gapped(asked, html, typed)
    if typed:
        return refused("It has several questions in one; divide it where it comes from.")
    return _pairs(asked, html)


def _mark(response: Node, html: str) -> str:
    """By which the text says where this gap is, “[name]”; "" where it doesn't."""
    names = (response.text("material").strip(), response.attribute("ident").removeprefix("response_"))
    return next((f"[{name}]" for name in names if name and f"[{name}]" in html), "")


def _gapped(asked: _Asked, html: str, responses: Sequence[Node]) -> Shaped:
    pieces = asked.texts.of_html(html).split(PLACE)
    if len(pieces) != len(responses) + 1:
        return refused("Its gaps could not be told apart from its text.")
    gaps: list[Gap] = []
    for response in responses:
        labels = _labels(response, asked.texts)
        right = _right(asked, response, labels)
        if not right:
            return refused(f"Gap {len(gaps) + 1}: nothing says what is right.")
        others = tuple(text for text in labels.values() if text and text not in right)
        if _is_chosen(asked, response):
            gaps.append(Gap(right[0], tuple(right[1:]), others))
        else:  # some programs name one of the right forms as the key, and all of them as labels
            gaps.append(Gap(right[0], (*right[1:], *others)))
    return shape.cloze(Head("", asked.rationale), pieces, gaps)


def _is_chosen(asked: _Asked, response: Node) -> bool:
    sorts = {label.attribute("answer_type").casefold() for label in response.below("response_label")}
    return bool(sorts & {"dropdown", "wordbank"}) or "dropdown" in _sort(asked.node)


def _right(asked: _Asked, response: Node, labels: dict[str, str]) -> list[str]:
    of = response.attribute("ident")
    values = [
        each.value
        for rule in asked.rules
        if rule.value > 0
        for each in conditions.named(rule)
        if each.response == of and not each.refused
    ]
    return list(dict.fromkeys(labels.get(value, value) for value in values if labels.get(value, value)))


def _pairs(asked: _Asked, html: str) -> Shaped:
    pairs: list[tuple[str, str]] = []
    offered: dict[str, None] = {}
    for response in asked.responses:
        labels = _labels(response, asked.texts)
        offered |= dict.fromkeys(labels.values())
        material = response.node("material")
        left = asked.texts.of_html(_material(material), inline=True) if material is not None else ""
        right = _right(asked, response, labels)
        if not right or not left:
            return refused("It has several questions in one; divide it where it comes from.")
        pairs.append((left, right[0]))
    rights = [right for _, right in pairs]
    extras = [text for text in offered if text not in rights]
    return shape.matching(asked.head(asked.texts.of_html(html)), pairs, extras)

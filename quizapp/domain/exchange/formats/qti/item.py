"""Reading items of QTI 2 and 3: what each interaction becomes, or why it can't come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from quizapp.domain.exchange.bundle import Item, Record
from quizapp.domain.exchange.conversion import answers as shape
from quizapp.domain.exchange.conversion.answers import FULL, Answer, Figures, Head, Shaped, refused
from quizapp.domain.exchange.conversion.trees import Node
from quizapp.domain.exchange.formats.qti.declarations import (
    Declared,
    declared,
    explained,
    own_rules,
    tolerance,
)
from quizapp.domain.exchange.formats.qti.names import CLOZE, UNIT, read_identifier
from quizapp.domain.exchange.formats.qti.package import Document, Pictures
from quizapp.domain.exchange.formats.qti.texts import PLACE, Texts
from quizapp.domain.language.markup import plain
from quizapp.domain.language.units import canonical, is_known
from quizapp.domain.library.kinds.asking.gaps import Gap

_INLINE = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})
_PASSED = frozenset({"endAttemptInteraction"})  # a button
_NAMED = {
    "extendedTextInteraction": "It asks for a free text, which can’t be graded here.",
    "uploadInteraction": "It asks for a file, which can’t be graded here.",
    "drawingInteraction": "It asks for a drawing, which can’t be graded here.",
    "sliderInteraction": "It is answered with a slider, which is not possible here.",
    "mediaInteraction": "It plays a medium, which is not possible here.",
    "customInteraction": "It needs a program of its own (a custom interaction).",
    "portableCustomInteraction": "It needs a program of its own (a custom interaction).",
}
_ON_PICTURE = "It is answered on a picture ({}), which is not possible here."
_NOTHING = "Nothing in it says what is right."


class _Asked(NamedTuple):
    """An item with one interaction. stem: what stands around it and its prompt."""

    node: Node
    of: Declared
    stem: str
    texts: Texts
    root: Node

    def head(self, **more: str) -> Head:
        return Head(stem=more.get("stem", self.stem))


def question(root: Node, document: Document, pictures: Pictures) -> Iterator[Record]:
    """The pictures of an item, then its entry."""
    texts = Texts(pictures)
    shaped = _shaped(root, texts)
    title = " ".join(root.attribute("title").split())[:80]
    identifier = read_identifier(root)
    place = f"{document.name}, item {identifier}" if identifier else document.name
    if shaped.content is None:
        yield shape.entry(place, title, shaped)
        return
    explanation = explained(root)
    said = [texts.markdown(each.node("contentBody") or each) for each in explanation]
    rationale = "\n\n".join(part for part in (*said, shaped.content.rationale) if part)
    texts.aside(root, "rubricBlock", "modalFeedback", "feedbackBlock", but=explanation)
    if own_rules(root):
        texts.notes.append("Its own rules of scoring were left out; what it declares as right counts.")
    yield from pictures.shown()
    content = msgspec.structs.replace(shaped.content, rationale=rationale, difficulty=document.difficulty)
    done = Shaped(content, (*shaped.notes, *texts.notes))
    yield shape.entry(place, title, done, Item(content=content, id=identifier, tags=document.tags))


def _shaped(root: Node, texts: Texts) -> Shaped:
    body = root.node("itemBody")
    found = [node for node in body.below() if node.tag.endswith("Interaction")] if body is not None else []
    found = [node for node in found if node.tag not in _PASSED]
    why = _unfit(root, found)
    if why or body is None:
        return refused(why)
    declarations = declared(root)
    if all(node.tag in _INLINE for node in found):
        return _gapped(body, found, declarations, texts, root)
    node = found[0]
    around = texts.markdown(body, replace=lambda each: "" if each is node else None)
    prompt = texts.markdown(node.node("prompt"))
    stem = "\n\n".join(part for part in (around, prompt) if part.strip())
    of = declarations.get(node.attribute("responseIdentifier"), Declared())
    return _READERS[node.tag](_Asked(node, of, stem, texts, root))


def _unfit(root: Node, found: Sequence[Node]) -> str:
    """Why an item can't be a question here, "" where it may be one."""
    if root.attribute("adaptive").strip() in {"true", "1"}:
        return "It is adaptive: it goes on after an answer, which is not possible here."
    if root.node("templateDeclaration") is not None:
        return "Its figures are drawn anew each time, which is not possible here."
    if not found:
        return "It asks nothing."
    for node in found:
        if node.tag not in _READERS and node.tag not in _INLINE:
            return _NAMED.get(node.tag, _ON_PICTURE.format(node.tag))
    if len(found) > 1 and not all(node.tag in _INLINE for node in found):
        return f"It has {len(found)} questions in one; divide it where it comes from."
    return ""


# --- choices ---


def _options(asked: _Asked, *tags: str) -> list[tuple[str, str, str]]:
    """(identifier, text, feedback) of each option."""
    return [
        (
            node.attribute("identifier"),
            asked.texts.markdown(node, inline=True),
            asked.texts.markdown(node.node("feedbackInline")),
        )
        for node in asked.node.below(*tags)
    ]


def _choice(asked: _Asked) -> Shaped:
    weights = asked.of.weights
    options = _options(asked, "simpleChoice")
    if not weights:
        return refused(_NOTHING)
    sides = {text.casefold(): identifier for identifier, text, _ in options}
    if sides.keys() == {"true", "false"} and asked.of.cardinality == "single":
        said = {text.casefold(): feedback for _, text, feedback in options}
        key = weights.get(sides["true"], 0) > weights.get(sides["false"], 0)
        return shape.true_false(asked.head(), key, if_true=said["true"], if_false=said["false"])
    answers = [Answer(text, weights.get(name, 0.0), feedback) for name, text, feedback in options]
    return shape.choice(
        asked.head(), answers, many=asked.of.cardinality == "multiple", partial=bool(asked.of.scores)
    )


def _hottext(asked: _Asked) -> Shaped:
    weights = asked.of.weights
    if not weights:
        return refused(_NOTHING)
    prompt = asked.node.node("prompt")
    text = asked.texts.markdown(asked.node, replace=lambda each: "" if each is prompt else None)
    stem = "\n\n".join(part for part in (asked.stem, text) if part.strip())
    answers = [Answer(words, weights.get(name, 0.0)) for name, words, _ in _options(asked, "hottext")]
    return shape.choice(asked.head(stem=stem), answers, many=asked.of.cardinality == "multiple")


def _order(asked: _Asked) -> Shaped:
    words = {name: text for name, text, _ in _options(asked, "simpleChoice")}
    sequence = [words[name] for name in asked.of.right if name in words]
    if len(sequence) != len(words):
        return refused("It wants some of its entries in order, not all." if sequence else _NOTHING)
    return shape.ordering(asked.head(), sequence)


# --- pairs ---


def _pairs_of(asked: _Asked) -> list[tuple[str, str]]:
    pairs = (value.split() for value in asked.of.right)
    return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]


def _match(asked: _Asked) -> Shaped:
    sets = list(asked.node.nodes("simpleMatchSet"))
    if len(sets) != 2:
        return refused("Its two sets of entries are not there.")
    left, right = (
        {
            node.attribute("identifier"): asked.texts.markdown(node, inline=True)
            for node in each.nodes("simpleAssociableChoice")
        }
        for each in sets
    )
    pairs = _pairs_of(asked)
    if pairs and pairs[0][0] not in left:
        pairs = [(one, other) for other, one in pairs]
    return _matched(asked, left, right, pairs)


def _associate(asked: _Asked) -> Shaped:
    words = {name: text for name, text, _ in _options(asked, "simpleAssociableChoice")}
    pairs = _pairs_of(asked)
    lefts = {one for one, _ in pairs}
    rights = {name: text for name, text in words.items() if name not in lefts}
    return _matched(asked, words, rights, pairs)


def _matched(
    asked: _Asked, left: dict[str, str], right: dict[str, str], pairs: Sequence[tuple[str, str]]
) -> Shaped:
    if not pairs:
        return refused(_NOTHING)
    if len({one for one, _ in pairs}) < len(pairs):  # an entry on the right may serve several
        left, right, pairs = right, left, [(other, one) for one, other in pairs]
    ones, others = [one for one, _ in pairs], [other for _, other in pairs]
    if len(set(ones)) < len(ones):
        return refused("An entry belongs to several others, and one of those to several, too.")
    if not set(ones) <= left.keys() or not set(others) <= right.keys():
        return refused("A pair names an entry that is not there.")
    extras = [text for name, text in right.items() if name not in others]
    return shape.matching(asked.head(), [(left[one], right[other]) for one, other in pairs], extras)


# --- gaps ---


def _gap_match(asked: _Asked) -> Shaped:
    words = {node.attribute("identifier"): asked.texts.words(node) for node in asked.node.nodes("gapText")}
    if asked.node.node("gapImg") is not None:
        return refused("Pictures are put into gaps there, which is not possible here.")
    keys = {gap: word for word, gap in _pairs_of(asked)}
    gaps: list[Gap] = []
    for node in asked.node.below("gap"):
        key = words.get(keys.get(node.attribute("identifier"), ""), "")
        if not key:
            return refused("A gap has no right word.")
        gaps.append(Gap(key, distractors=tuple(word for word in words.values() if word != key)))
    prompt = asked.node.node("prompt")

    def instead(node: Node) -> str | None:
        if node is prompt or node.tag in {"gapText", "gapImg"}:
            return ""
        return PLACE if node.tag == "gap" else None

    text = asked.texts.markdown(asked.node, replace=instead)
    pieces = "\n\n".join(part for part in (asked.stem, text) if part.strip()).split(PLACE)
    if not gaps or len(pieces) != len(gaps) + 1:
        return refused("It has no gap in its text.")
    return shape.cloze(Head(""), pieces, gaps)


def _gapped(
    body: Node, found: Sequence[Node], declarations: dict[str, Declared], texts: Texts, root: Node
) -> Shaped:
    """Fields in the text: a typed answer or a figure where there is one at the end, else gaps."""
    inline = set(map(id, found))
    pieces = texts.markdown(body, replace=lambda each: PLACE if id(each) in inline else None).split(PLACE)
    if len(pieces) != len(found) + 1:
        return refused("A gap stands in a part of the text that can’t be kept.")
    of = declarations.get(found[0].attribute("responseIdentifier"), Declared())
    marks = body.attribute("class").split()
    alone = len(found) == 1 and found[0].tag == "textEntryInteraction" and CLOZE not in marks
    if alone and of.base in {"integer", "float"}:
        behind = plain(pieces[1])
        unit = behind if UNIT in marks or is_known(canonical(behind) or "") else ""
        stem = pieces[0] if unit or not behind.strip(" .?!") else r"\_\_\_\_\_".join(pieces)
        return _figure(Head(stem.strip()), of, root, unit)
    if alone and not pieces[1].strip(" .?!"):
        forms = [Answer(text.replace("*", r"\*"), weight) for text, weight in of.weights.items()]
        head = Head(pieces[0].strip() or "?")
        return shape.short_answer(head, forms, exact=of.cased) if forms else refused(_NOTHING)
    gaps: list[Gap] = []
    for node in found:
        gap = _gap(node, declarations.get(node.attribute("responseIdentifier"), Declared()), texts)
        if gap is None:
            return refused(f"Gap {len(gaps) + 1}: nothing says what is right.")
        gaps.append(gap)
    return shape.cloze(Head(""), pieces, gaps)


def _gap(node: Node, of: Declared, texts: Texts) -> Gap | None:
    right = [value for value, weight in of.weights.items() if weight >= FULL]
    if node.tag == "textEntryInteraction":
        if any(0 < weight < FULL for weight in of.weights.values()):
            texts.notes.append("Some answers earn part of the score there; here they are wrong.")
        wrong = tuple(value for value, weight in of.weights.items() if weight < FULL)
        return Gap(right[0], tuple(right[1:]), refuse=wrong) if right else None
    words = {each.attribute("identifier"): texts.words(each) for each in node.nodes("inlineChoice")}
    keys = [words[name] for name in right if words.get(name)]
    if not keys:
        return None
    wrong = tuple(text for name, text in words.items() if name not in right and text)
    return Gap(keys[0], tuple(keys[1:]), wrong)


def _figure(head: Head, of: Declared, root: Node, unit: str) -> Shaped:
    figures: list[Figures] = []
    for text, weight in of.weights.items():
        value = shape.figure(text)
        if value is None:
            return refused(f"“{text[:60]}” is no figure.")
        figures.append(Figures(value, tolerance(root, value), weight=weight))
    return shape.numeric(head, figures, unit=unit) if figures else refused(_NOTHING)


_READERS: dict[str, Callable[[_Asked], Shaped]] = {
    "choiceInteraction": _choice,
    "hottextInteraction": _hottext,
    "orderInteraction": _order,
    "matchInteraction": _match,
    "associateInteraction": _associate,
    "gapMatchInteraction": _gap_match,
}

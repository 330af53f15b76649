"""What each kind of ours becomes in QTI 2.1 and 3.0, and what of it has no place there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from quizapp.domain.exchange.bundle import Item, Medium
from quizapp.domain.exchange.conversion.literal import letters
from quizapp.domain.exchange.formats.qti.names import CLOZE, UNIT
from quizapp.domain.exchange.formats.qti.texts import PLACE
from quizapp.domain.exchange.formats.qti.writing import scoring
from quizapp.domain.exchange.formats.qti.writing.parts import Made, Writer, WrittenItem
from quizapp.domain.exchange.formats.qti.writing.scoring import RESPONSE, declared
from quizapp.domain.exchange.formats.qti.writing.versions import Version, text
from quizapp.domain.language.markup import plain
from quizapp.domain.library.grading.verdicts import Strictness
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.asking.figures import Numeric, span
from quizapp.domain.library.kinds.asking.gaps import Gap, parse
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse

_TYPED_ONLY = "The wrong options were left out: there it is only typed."


def written_item(item: Item, version: Version, media: Mapping[str, Medium]) -> WrittenItem | str:
    """An item's document, or why there is nothing like it."""
    make = _MAKERS.get(kind_of(item.content).name)
    if make is None:
        return "QTI has no question of this kind."
    writer = Writer(version, media)
    made = make(writer, item.content)
    return made if isinstance(made, str) else writer.item(item, made)


# --- choices ---


def _named(options: Iterable[str], letter: str = "A") -> dict[str, str]:
    """Options by an identifier: A1, A2 …"""
    return {f"{letter}{number}": option for number, option in enumerate(options, start=1)}


def _true_false(writer: Writer, content: TrueFalse) -> Made:
    options = {"true": "True", "false": "False"}
    right = "true" if content.key else "false"
    return _chosen(writer, content.stem, options, [right], shuffle=False)


def _single_choice(writer: Writer, content: SingleChoice) -> Made:
    options = _named((content.key, *content.distractors))
    return _chosen(writer, content.stem, options, ["A1"], feedback=dict(content.feedback))


def _multiple_choice(writer: Writer, content: MultipleChoice) -> Made:
    options = _named((*content.keys, *content.distractors))
    keys = list(options)[: len(content.keys)]
    scores = {name: 1 / len(keys) if name in keys else -1 / len(content.distractors) for name in options}
    return _chosen(
        writer,
        content.stem,
        options,
        keys,
        feedback=dict(content.feedback),
        many=True,
        scores=scores if content.partial else None,
    )


def _chosen(
    writer: Writer,
    stem: str,
    options: Mapping[str, str],
    right: Sequence[str],
    *,
    feedback: Mapping[str, str] | None = None,
    many: bool = False,
    scores: Mapping[str, float] | None = None,
    shuffle: bool = True,
) -> Made:
    version, cardinality = writer.version, "multiple" if many else "single"
    said = feedback or {}
    interaction = version.element(
        "choiceInteraction",
        writer.options("simpleChoice", options, said),
        responseIdentifier=RESPONSE,
        shuffle="true" if shuffle else "false",
        maxChoices="0" if many else "1",
    )
    return Made(
        declared(version, right, scores, cardinality=cardinality, bounded=True),
        writer.asked(stem, interaction),
        scoring.mapped(version) if scores else scoring.all_or_nothing(version),
        feedback=cardinality if any(each.strip() for each in said.values()) else "",
    )


# --- typed answers ---


def _short_answer(writer: Writer, content: ShortAnswer) -> Made:
    if content.distractors:
        writer.lost.append(_TYPED_ONLY)
    if content.exact:
        writer.lost.append("There capitals count; accents and marks may not.")
    elif content.spelling:
        writer.lost.append("That a slip of the pen counts was left out.")
    scores = dict.fromkeys((content.key, *content.accept), 1.0) | dict.fromkeys(content.refuse, 0.0)
    return Made(
        declared(writer.version, [content.key], scores, base="string", cased=content.exact),
        _below(writer, content.stem),
        scoring.mapped(writer.version),
    )


def _numeric(writer: Writer, content: Numeric) -> Made:
    held = span(content)
    value = content.value if content.value is not None else (held.low + held.high) / 2
    if content.value is None:
        writer.lost.append("The range is written as its middle with a tolerance.")
    if content.distractors:
        writer.lost.append(_TYPED_ONLY)
    if content.tolerance_reason:
        writer.lost.append("The reason for the tolerance was left out.")
    if content.unit_required:
        writer.lost.append("The unit is shown there, not asked for.")
    if content.units:
        writer.lost.append("Other names of the unit were left out: there only the figure is typed.")
    margin = held.high - value
    return Made(
        declared(writer.version, [f"{value:f}"], base="float"),
        _below(writer, content.stem, unit=content.unit),
        scoring.close_enough(writer.version, f"{margin:f}" if margin else ""),
    )


def _below(writer: Writer, stem: str, *, unit: str = "") -> str:
    """A body with a field below its text, and what stands behind that."""
    field = writer.version.element("textEntryInteraction", responseIdentifier=RESPONSE)
    html = f"{writer.html(stem)}<p>{PLACE}{f' {text(unit)}' if unit else ''}</p>"
    behind = f" {letters(unit)}" if unit else ""
    return writer.body(html, f"{stem}\n\n{PLACE}{behind}", [field], mark=UNIT if unit else "")


# --- entries ---


def _ordering(writer: Writer, content: Ordering) -> Made:
    if (content.first, content.last) != ("first", "last"):
        writer.lost.append("The names of its two ends were left out.")
    writer.lost.append("Only the whole order earns the score there.")
    names = _named(sorted(content.sequence))
    place = {entry: name for name, entry in names.items()}
    interaction = writer.version.element(
        "orderInteraction",
        writer.options("simpleChoice", names, {}),
        responseIdentifier=RESPONSE,
        shuffle="true",
    )
    right = [place[entry] for entry in content.sequence]
    return Made(
        declared(writer.version, right, cardinality="ordered"),
        writer.asked(content.stem, interaction),
        scoring.all_or_nothing(writer.version),
    )


def _matching(writer: Writer, content: Matching) -> Made:
    version = writer.version
    lefts = _named((left for left, _ in content.pairs), "L")
    rights = _named(dict.fromkeys((*(right for _, right in content.pairs), *content.extras)), "R")
    names = {right: name for name, right in rights.items()}
    right = [f"{left} {names[entry]}" for left, (_, entry) in zip(lefts, content.pairs, strict=True)]
    sets = (
        writer.options("simpleAssociableChoice", lefts, {}, matchMax="1"),
        writer.options("simpleAssociableChoice", rights, {}, matchMax="0" if content.reuse else "1"),
    )
    interaction = version.element(
        "matchInteraction",
        *(version.element("simpleMatchSet", each) for each in sets),
        responseIdentifier=RESPONSE,
        shuffle="true",
        maxAssociations="0",
    )
    return Made(
        declared(
            version,
            right,
            dict.fromkeys(right, 1 / len(right)),
            cardinality="multiple",
            base="directedPair",
            bounded=True,
        ),
        writer.asked(content.stem, interaction),
        scoring.mapped(version),
    )


# --- gaps ---


def _cloze(writer: Writer, content: Cloze) -> Made | str:
    pieces, gaps = parse(content.stem)
    markdown = PLACE.join(pieces)
    html = writer.html(markdown)
    if re.sub("<[^>]*>", "", html).count(PLACE) != len(gaps):
        return "A gap stands in a part of the text that can’t be kept, such as a picture’s name."
    names = [f"{RESPONSE}{number}" for number in range(1, len(gaps) + 1)]
    made = [_gap(writer, gap, name) for gap, name in zip(gaps, names, strict=True)]
    return Made(
        "".join(declaration for declaration, _ in made),
        writer.body(html, markdown, [field for _, field in made], mark=CLOZE),
        scoring.mapped(writer.version, names),
        most=len(gaps),
    )


def _gap(writer: Writer, gap: Gap, name: str) -> tuple[str, str]:
    """(its declaration, its field)."""
    version = writer.version
    if gap.loose:
        writer.lost.append("That gaps may be filled in any order was left out.")
    if gap.strictness is not Strictness.MEANING:
        writer.lost.append("How strictly a gap is graded was left out.")
    if not gap.distractors:
        scores = dict.fromkeys((gap.key, *gap.accept), 1.0) | dict.fromkeys(gap.refuse, 0.0)
        field = version.element("textEntryInteraction", responseIdentifier=name)
        return declared(version, [gap.key], scores, name=name, base="string"), field
    if gap.accept or gap.refuse:
        writer.lost.append("Other right and wrong forms were left out where a gap is chosen.")
    options = _named((gap.key, *gap.distractors))
    if any(plain(option) != option for option in options.values()):
        writer.lost.append("Markup within gaps was left out.")
    choices = (
        version.element("inlineChoice", text(plain(each)), identifier=one) for one, each in options.items()
    )
    field = version.element("inlineChoiceInteraction", *choices, responseIdentifier=name, shuffle="true")
    return declared(version, ["A1"], {"A1": 1.0}, name=name), field


_MAKERS: dict[str, Callable[..., Made | str]] = {
    "true_false": _true_false,
    "single_choice": _single_choice,
    "multiple_choice": _multiple_choice,
    "short_answer": _short_answer,
    "numeric": _numeric,
    "ordering": _ordering,
    "matching": _matching,
    "cloze": _cloze,
}
WRITES = frozenset(_MAKERS)

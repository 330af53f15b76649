"""From a question with weighed answers, as other programs keep it, to the content of a kind of ours.

Every function returns the content and a sentence for each thing that could not come along, or no content and
the reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from quizapp.domain.exchange.bundle import Entry, Item
from quizapp.domain.language.markup import plain
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.asking.figures import Numeric
from quizapp.domain.library.kinds.asking.gaps import Gap, GappedText, dump
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.domain.library.kinds.writing.soundness import fold

FULL = 0.999  # a share of the score from which on an answer is right: others write thirds as 33.333 %
_TITLE = 80


class Head(NamedTuple):
    """What every kind has. notes: of what is already known not to have come along."""

    stem: str
    rationale: str = ""
    hint: str = ""
    notes: tuple[str, ...] = ()


class Answer(NamedTuple):
    """An answer offered or expected. weight: the share of the score that it earns, −1 to 1."""

    text: str
    weight: float = 1.0
    feedback: str = ""


class Figures(NamedTuple):
    """An expected figure: a value with its tolerance, or a range."""

    value: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    low: Decimal | None = None
    high: Decimal | None = None
    weight: float = 1.0
    feedback: str = ""


class Shaped(NamedTuple):
    """A content and what was lost, or None and why."""

    content: Content | None
    notes: tuple[str, ...] = ()


def refused(*reasons: str) -> Shaped:
    """What can't be a question here, and why."""
    return Shaped(None, reasons)


def entry(place: str, title: str, shaped: Shaped, item: Item | None = None) -> Entry:
    """The entry for a shaped question; what its kind finds unsound is refused in the kind's words.

    title: "" to take the question's own words. item: what else is known of it; its content is replaced.
    """
    content, notes = shaped
    if content is None:
        return Entry(place=place, title=title, notes=notes)
    title = title or plain(kind_of(content).headline(content))[:_TITLE]
    problems = kind_of(content).problems(content)
    if problems:
        reasons = tuple(dict.fromkeys(problem.message for problem in problems))
        return Entry(place=place, title=title, notes=reasons)
    known = item or Item(content=content)
    carried = Item(
        content=content,
        id=known.id,
        deck=known.deck,
        tags=known.tags,
        fact=known.fact,
        formats=known.formats,
        evidence=known.evidence,
        history=known.history,
        memory=known.memory,
    )
    return Entry(place=place, title=title, item=carried, notes=tuple(dict.fromkeys(notes)))


def explained(head: Head, answers: Iterable[tuple[str, str]]) -> Head:
    """The head with feedback for single answers behind its explanation: most kinds keep it nowhere else."""
    said = [(text, feedback) for text, feedback in answers if feedback.strip()]
    if not said:
        return head
    lines = [f"“{text}”: {feedback}" if text else feedback for text, feedback in said]
    rationale = "\n\n".join([part for part in (head.rationale, *lines) if part.strip()])
    note = "Feedback for single answers stands in the explanation, which everyone sees."
    return head._replace(rationale=rationale, notes=(*head.notes, note))


def _each_once(answers: Sequence[Answer]) -> tuple[list[Answer], list[str], str]:
    """(answers that differ, notes, why they cannot be told apart or "")."""
    kept: dict[str, Answer] = {}
    notes: list[str] = []
    for answer in answers:
        folded = fold(answer.text)
        if not folded:
            notes.append("An empty answer was left out.")
        elif folded in kept:
            if (kept[folded].weight >= FULL) != (answer.weight >= FULL):
                return (
                    [],
                    [],
                    f"“{answer.text[:60]}” stands among the answers twice, once right and once wrong.",
                )
            notes.append(f"“{answer.text[:60]}” stands among the answers twice; one was left out.")
        else:
            kept[folded] = answer
    return list(kept.values()), notes, ""


def choice(head: Head, answers: Sequence[Answer], *, many: bool, partial: bool = True) -> Shaped:
    """One right answer of several, or (many) all that have a positive weight; partial: part of them earns
    part of the score."""
    offered, notes, torn = _each_once(answers)
    if torn:
        return refused(torn)
    notes = [*head.notes, *notes]
    right = [answer for answer in offered if answer.weight > 0 and (many or answer.weight >= FULL)]
    wrong = [answer for answer in offered if answer not in right]
    if not right:
        return refused("No answer is marked as right.")
    feedback = tuple((answer.text, answer.feedback) for answer in offered if answer.feedback.strip())
    if many:
        weights = {round(answer.weight, 2) for answer in right}
        if len(weights) > 1:
            notes.append("The right answers weigh differently there; here each weighs the same.")
        content: Content = MultipleChoice(
            stem=head.stem,
            rationale=head.rationale,
            hint=head.hint,
            keys=tuple(answer.text for answer in right),
            distractors=tuple(answer.text for answer in wrong),
            partial=partial,
            feedback=feedback,
        )
        return Shaped(content, tuple(notes))
    notes += (_partly(f"“{answer.text[:60]}”") for answer in wrong if answer.weight > 0)
    if any(answer.weight < 0 for answer in wrong):
        notes.append("Points taken off for a wrong answer are not taken off here.")
    for answer in right[1:]:
        notes.append(
            f"“{answer.text[:60]}” is right there, too; it was left out, for one answer can be right."
        )
    left_out = {answer.text for answer in right[1:]}
    content = SingleChoice(
        stem=head.stem,
        rationale=head.rationale,
        hint=head.hint,
        key=right[0].text,
        distractors=tuple(answer.text for answer in wrong),
        feedback=tuple(pair for pair in feedback if pair[0] not in left_out),
    )
    return Shaped(content, tuple(notes))


def _partly(answer: str) -> str:
    return f"{answer} earns part of the score there; here it is wrong."


def true_false(head: Head, key: bool, *, if_true: str = "", if_false: str = "") -> Shaped:
    """A statement to judge; if_true, if_false: what is said to who chose that."""
    head = explained(head, (("True", if_true), ("False", if_false)))
    return Shaped(TrueFalse(stem=head.stem, rationale=head.rationale, hint=head.hint, key=key), head.notes)


def short_answer(head: Head, answers: Sequence[Answer], *, exact: bool = False) -> Shaped:
    """A few words to type. exact: capitals count there. `*` in an answer stands for any letters there."""
    notes = list(head.notes)
    forms: list[Answer] = []
    for answer in answers:
        text = answer.text.strip()
        if text == "*" and answer.weight <= 0:
            head = explained(head, (("", answer.feedback),))
            continue
        if "*" in text.replace(r"\*", ""):
            stripped = text.strip("*").strip()
            if not stripped or "*" in stripped.replace(r"\*", ""):
                notes.append(f"“{text[:60]}” was left out: its “*” stands for any letters there.")
                continue
            notes.append(f"“{text[:60]}” also accepts other words around it there; here it doesn’t.")
            text = stripped
        forms.append(answer._replace(text=text.replace(r"\*", "*")))
    forms = [answer for answer in forms if answer.text]
    right = list(dict.fromkeys(answer.text for answer in forms if answer.weight >= FULL))
    if not right:
        return refused("No answer is marked as right.", *notes)
    notes += (_partly(f"“{answer.text[:60]}”") for answer in forms if 0 < answer.weight < FULL)
    head = explained(head, ((answer.text, answer.feedback) for answer in forms))
    fair = {fold(text) for text in right}
    wrong = dict.fromkeys(answer.text for answer in forms if answer.weight <= 0)
    content = ShortAnswer(
        stem=head.stem,
        rationale=head.rationale,
        hint=head.hint,
        key=right[0],
        accept=tuple(right[1:]),
        refuse=tuple(text for text in wrong if fold(text) not in fair),
        exact=exact,
    )
    return Shaped(content, tuple(dict.fromkeys((*notes, *head.notes))))


def forms(content: Content) -> tuple[str, ...]:
    """The right answers of a content, the key first."""
    outline = kind_of(content).outline(content)
    return (*outline.keys, *outline.accept)


def refused_forms(content: Content) -> tuple[str, ...]:
    """What is wrong when typed, however near it is."""
    return content.refuse if isinstance(content, ShortAnswer) else ()


def figure(text: str) -> Decimal | None:
    """A figure as programs write it, with a point; None for anything else (nothing is guessed)."""
    text = text.strip().replace("−", "-")
    if not text.isascii() or "_" in text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def numeric(head: Head, figures: Sequence[Figures], *, unit: str = "", units: Sequence[str] = ()) -> Shaped:
    """A figure to type; only one can be right here."""
    right = [each for each in figures if each.weight >= FULL]
    if not right:
        return refused("No figure is marked as right.")
    head = explained(head, ((_spelt(each), each.feedback) for each in figures))
    notes = list(head.notes)
    notes += (_partly(_spelt(each)) for each in figures if 0 < each.weight < FULL)
    notes += (f"{_spelt(each)} is right there, too; here only the first figure is." for each in right[1:])
    chosen = right[0]
    low, high = chosen.low, chosen.high
    if low is not None and high is not None and low > high:
        low, high = high, low
    if low is not None and low == high:
        chosen, low, high = chosen._replace(value=low), None, None
    content = Numeric(
        stem=head.stem,
        rationale=head.rationale,
        hint=head.hint,
        value=chosen.value if low is None else None,
        low=low,
        high=high,
        tolerance=format(abs(chosen.tolerance), "f") if low is None and chosen.tolerance else "",
        unit=unit,
        units=tuple(units),
    )
    return Shaped(content, tuple(notes))


def _spelt(figures: Figures) -> str:
    if figures.value is not None:
        return f"{figures.value:f}"
    return f"{figures.low}–{figures.high}"


def matching(head: Head, pairs: Sequence[tuple[str, str]], extras: Sequence[str] = ()) -> Shaped:
    """Pairs; a pair without a left side is a further right entry."""
    lone = [right for left, right in pairs if not left.strip()]
    kept = tuple((left, right) for left, right in pairs if left.strip() and right.strip())
    if not kept:
        return refused("There are no pairs to match.")
    rights = {fold(right) for _, right in kept}
    further = dict.fromkeys(each for each in (*extras, *lone) if each.strip() and fold(each) not in rights)
    content = Matching(
        stem=head.stem, rationale=head.rationale, hint=head.hint, pairs=kept, extras=tuple(further)
    )
    return Shaped(content, head.notes)


def ordering(head: Head, sequence: Sequence[str], *, first: str = "first", last: str = "last") -> Shaped:
    """Entries in their right order."""
    content = Ordering(
        stem=head.stem,
        rationale=head.rationale,
        hint=head.hint,
        sequence=tuple(sequence),
        first=first,
        last=last,
    )
    return Shaped(content, head.notes)


def cloze(head: Head, pieces: Sequence[str], gaps: Sequence[Gap]) -> Shaped:
    """A text with gaps; `head.stem` is not used. pieces: Markdown, one more than there are gaps."""
    stem = dump(GappedText(tuple(pieces), tuple(gaps)))
    return Shaped(Cloze(stem=stem, rationale=head.rationale, hint=head.hint), head.notes)

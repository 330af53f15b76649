"""Rules on typed answers: units, tolerances, fair forms, and examples graded by the kind itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import permutations

from quizapp.domain.errors import Malformed
from quizapp.domain.language.translation import _
from quizapp.domain.language.words import folded
from quizapp.domain.library.kinds.base import Format, Grade, Typed
from quizapp.domain.library.lint.base import BankRule, Complaint, ItemRule, LintItem, Severity

FEWEST_RIGHT = 8
FEWEST_WRONG = 5

_COUNTS = re.compile(
    r"\bhow (?:many|often|old)\b|\b(?:number|count) of\b|\bwhen\b"
    r"|\b(?:which|what|the) (?:\w+ )?(?:year|edition|century|number|day|date)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s*(?:,|;|/|&|and|or|,\s*(?:and|or))\s*", re.IGNORECASE)
_HAS_VARIANTS = re.compile(r"\s|\d|-|–|\.")


def _no_unit(item: LintItem) -> Iterator[Complaint]:
    if item.field("unit") == "" and not _COUNTS.search(item.stem):
        yield Complaint("unit", _("A figure of what? Give the unit, or ask “how many …”."))


def _no_reason(item: LintItem) -> Iterator[Complaint]:
    if item.field("tolerance") and not item.field("tolerance_reason"):
        yield Complaint("tolerance_reason", _("Say why answers this far from the value count as right."))


def _few_forms(item: LintItem) -> Iterator[Complaint]:
    if Format.TYPE in item.formats and item.field("accept") == () and _HAS_VARIANTS.search(item.keys[0]):
        yield Complaint(
            "accept",
            _(
                "Only “{key}” is accepted. Add other right forms: a shorter name, an abbreviation, a synonym."
            ).format(key=item.keys[0]),
        )


def _graded(item: LintItem) -> Iterator[Complaint]:
    examples = (*item.examples.right, *item.examples.wrong)
    if examples and Format.TYPE not in item.kind.formats(item.content):
        yield Complaint("examples", _("This item is never typed, so remove the examples."))
        return
    for texts in item.examples.right:
        grade = _grade(item, texts)
        if grade is None or not grade.right:
            reason = (
                _("cannot be graded") if grade is None else _("is graded {score:g}").format(score=grade.score)
            )
            yield Complaint(
                "examples",
                _("“{answer}” should be right, but {reason}. Accept it.").format(
                    answer=" | ".join(texts), reason=reason
                ),
            )
    for texts in item.examples.wrong:
        grade = _grade(item, texts)
        if grade is not None and grade.right:
            yield Complaint(
                "examples",
                _("“{answer}” should be wrong, but is graded right. Don’t accept it.").format(
                    answer=" | ".join(texts)
                ),
            )


def _grade(item: LintItem, texts: tuple[str, ...]) -> Grade | None:
    """None where the kind cannot read the texts at all, such as two texts for one box."""
    try:
        return item.kind.grade(item.content, Typed(texts))
    except Malformed:
        return None


def _few_examples(item: LintItem) -> Iterator[Complaint]:
    right, wrong = len(item.examples.right), len(item.examples.wrong)
    if Format.TYPE in item.formats and (right < FEWEST_RIGHT or wrong < FEWEST_WRONG):
        yield Complaint(
            "examples",
            _(
                "{right} right and {wrong} wrong answers to try the grading on: give at least "
                "{fewest_right} right and {fewest_wrong} wrong ones."
            ).format(right=right, wrong=wrong, fewest_right=FEWEST_RIGHT, fewest_wrong=FEWEST_WRONG),
        )


def _exchangeable(item: LintItem) -> Iterator[Complaint]:
    """Two gaps with nothing between them but a conjunction or a comma: who is to know which comes first?"""
    for piece in item.kind.prompt(item.content, item.formats[0], item.id).pieces[1:-1]:
        if _JOINT.fullmatch(piece):
            yield Complaint(
                "stem",
                _(
                    "“{text}” joins two gaps, and each answer fits both. Use one gap, or ask for both in "
                    "a list of options."
                ).format(text=piece.strip()),
            )


def _forms_differ(items: Sequence[LintItem]) -> Iterator[tuple[LintItem, Complaint]]:
    """Items with one key take one another's forms."""
    by_key: dict[str, list[LintItem]] = defaultdict(list)
    for item in items:
        if Format.TYPE in item.formats and len(item.keys) == 1:
            by_key[folded(item.keys[0])].append(item)
    for family in by_key.values():
        for item, other in permutations(family, 2):
            for form in other.field("accept") or ():
                grade = _grade(item, (form,))
                if grade is not None and not grade.right:
                    yield (
                        item,
                        Complaint(
                            "accept",
                            _(
                                "“{form}” counts for “{item}”, which has the same key, but is wrong "
                                "here. Give both the same forms."
                            ).format(form=form, item=other.id),
                        ),
                    )


RULES = (
    ItemRule(
        "numeric-without-unit",
        Severity.WARNING,
        "A figure that isn't a count or a year has a unit.",
        _no_unit,
    ),
    ItemRule("tolerance-without-reason", Severity.WARNING, "A tolerance says why.", _no_reason),
    ItemRule(
        "few-accepted-forms", Severity.WARNING, "A typed answer lists other accepted forms.", _few_forms
    ),
    ItemRule(
        "examples-graded",
        Severity.ERROR,
        "Every example of a right answer is graded 1, every wrong one less.",
        _graded,
    ),
    ItemRule(
        "gaps-exchangeable",
        Severity.WARNING,
        "No two gaps next to each other can be swapped.",
        _exchangeable,
    ),
    BankRule(
        "forms-differ", Severity.WARNING, "Items with one key accept the same forms of it.", _forms_differ
    ),
    ItemRule(
        "few-examples",
        Severity.WARNING,
        f"A typed item has at least {FEWEST_RIGHT} examples of right and {FEWEST_WRONG} of wrong answers.",
        _few_examples,
    ),
)

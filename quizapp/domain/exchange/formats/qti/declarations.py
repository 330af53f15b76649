"""What an item declares as right: values, and a score for each."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from quizapp.domain.exchange.conversion.answers import figure
from quizapp.domain.exchange.conversion.trees import Node


class Declared(NamedTuple):
    """correct: the right values in order; scores: by value, a share of the best one; cased: capitals count in
    each of them, as the item itself says."""

    cardinality: str = "single"
    base: str = "identifier"
    correct: tuple[str, ...] = ()
    scores: tuple[tuple[str, float], ...] = ()
    cased: bool = False

    @property
    def weights(self) -> dict[str, float]:
        """The share of the score of each value that is named: those declared right earn it all."""
        if self.scores:
            return dict(self.scores)
        return dict.fromkeys(self.correct, 1.0)

    @property
    def right(self) -> tuple[str, ...]:
        """The right values; where none are declared, those that earn most."""
        return self.correct or tuple(value for value, score in self.scores if score >= 1)


def declared(root: Node) -> dict[str, Declared]:
    """An item's declarations by the name of the response."""
    mapped = "map_response" in _processing(root)
    return {
        node.attribute("identifier"): _declared(node, mapped=mapped)
        for node in root.nodes("responseDeclaration")
    }


def _processing(root: Node) -> str:
    node = root.node("responseProcessing")
    if node is None:
        return ""
    inside = "map_response" if next(node.below("mapResponse"), None) is not None else ""
    return node.attribute("template") + node.attribute("templateLocation") + inside


def _declared(node: Node, *, mapped: bool) -> Declared:
    correct = tuple(value.text().strip() for value in node.below("value") if value.text().strip())
    scores: dict[str, float] = {}
    for entry in node.below("mapEntry"):
        score = figure(entry.attribute("mappedValue") or "0")
        scores[entry.attribute("mapKey").strip()] = float(score or 0)
    most = max(scores.values(), default=0.0)
    shares = tuple((value, score / most) for value, score in scores.items()) if most > 0 else ()
    return Declared(
        cardinality=node.attribute("cardinality") or "single",
        base=node.attribute("baseType") or "identifier",
        correct=correct,
        scores=shares if mapped or not correct else (),
        cased=bool(scores)
        and all(each.attribute("caseSensitive") == "true" for each in node.below("mapEntry")),
    )


def explained(root: Node) -> list[Node]:
    """The feedback that everyone sees: its outcome is set to its name whatever was answered."""
    processing = root.node("responseProcessing")
    rules = list(processing.nodes("setOutcomeValue")) if processing is not None else []
    always = {(rule.attribute("identifier"), rule.text("baseValue").strip()) for rule in rules}
    return [
        node
        for node in root.nodes("modalFeedback")
        if (node.attribute("outcomeIdentifier"), node.attribute("identifier")) in always
        and node.attribute("showHide") != "hide"
    ]


def own_rules(root: Node) -> bool:
    """Whether an item scores by a program of its own, not by what it declares as right."""
    node = root.node("responseProcessing")
    if node is None or node.attribute("template") or not node.parts:
        return False
    tags = {each.tag for each in node.below()}
    return bool(tags) and not tags & {"correct", "mapResponse"}


def tolerance(root: Node, value: Decimal) -> Decimal:
    """By how much a figure may be off, as the item's scoring says; relative ones are in percent."""
    for node in root.below("equal"):
        first = (node.attribute("tolerance") or "0").split()[0]
        margin = figure(first) or Decimal(0)
        mode = node.attribute("toleranceMode")
        if mode == "absolute":
            return abs(margin)
        if mode == "relative":
            return abs(value * margin / 100)
    return Decimal(0)

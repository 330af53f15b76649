"""QTI 1.2's conditions: what an answer would score, and which answers they name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from quizapp.domain.exchange.conversion.answers import figure
from quizapp.domain.exchange.conversion.trees import Node

Given = Mapping[str, Sequence[str]]  # the answers by the response that they are given to


class Rule(NamedTuple):
    """When `condition` holds, the score changes. adds: it is added to what stands already; goes_on: the next
    rule is looked at, too."""

    condition: Node
    value: float
    adds: bool
    goes_on: bool
    feedback: tuple[str, ...]


class Named(NamedTuple):
    """A value that a rule names. refused: it is in a <not>; sort: the element that names it."""

    response: str
    value: str
    refused: bool
    sort: str
    exactly: bool


def rules(item: Node) -> list[Rule]:
    """The rules of an item that change its score or say something, in order."""
    found: list[Rule] = []
    for node in item.below("respcondition"):
        condition = node.node("conditionvar")
        if condition is None:
            continue
        changes = [
            (each.attribute("action").casefold() or "set", float(figure(each.text().strip() or "0") or 0))
            for each in node.nodes("setvar")
        ]
        sign, value = changes[0] if changes else ("set", 0.0)
        said = tuple(each.attribute("linkrefid") for each in node.nodes("displayfeedback"))
        value = -value if sign == "subtract" else value
        goes_on = node.attribute("continue").casefold() == "yes"
        found.append(Rule(condition, value, sign in {"add", "subtract"}, goes_on, said))
    return found


def score(item_rules: Sequence[Rule], given: Given) -> float:
    """What these answers score."""
    total = 0.0
    for rule in item_rules:
        if all(_holds(node, given) for node in rule.condition.nodes()):
            total = total + rule.value if rule.adds else (rule.value or total)
            if not rule.goes_on and rule.value:
                break
    return total


def _holds(node: Node, given: Given) -> bool:
    values = given.get(node.attribute("respident"), ())
    match node.tag:
        case "and":
            return all(_holds(each, given) for each in node.nodes())
        case "or":
            return any(_holds(each, given) for each in node.nodes())
        case "not":
            return not any(_holds(each, given) for each in node.nodes())
        case "varequal" | "varsubset":
            wanted = node.text().strip()
            return wanted in values or wanted.casefold() in {value.casefold() for value in values}
        case "vargte" | "vargt" | "varlte" | "varlt":
            return any(_compared(node, value) for value in values)
    return node.tag == "other"


def _compared(node: Node, value: str) -> bool:
    one, other = figure(value), figure(node.text())
    if one is None or other is None:
        return False
    above = {"vargte": one >= other, "vargt": one > other, "varlte": one <= other, "varlt": one < other}
    return above[node.tag]


def named(rule: Rule) -> Iterator[Named]:
    """Every value that a rule names, in order."""
    waiting = [(node, False) for node in rule.condition.nodes()][::-1]
    while waiting:
        node, refused = waiting.pop()
        if node.tag.startswith("var"):
            exactly = node.attribute("case").casefold() == "yes"
            yield Named(node.attribute("respident"), node.text().strip(), refused, node.tag, exactly)
        turned = refused != (node.tag == "not")
        waiting.extend([(each, turned) for each in node.nodes()][::-1])


def best(item_rules: Sequence[Rule]) -> Rule | None:
    """The rule that earns most; None where none earns anything."""
    earning = [rule for rule in item_rules if rule.value > 0]
    return max(earning, key=lambda rule: rule.value, default=None)

"""Derivatives of what is computed with numpy: each operation notes how its result depends on its operands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

Array = Any  # numpy's own types say nothing of shapes; those here are vectors and numbers


class Traced:
    """A number or a vector, and the operands that it was made from, each with the partial derivative."""

    __slots__ = ("parents", "part", "value")

    def __init__(
        self, value: Array, parents: Sequence[tuple[Traced, Array]] = (), part: slice | None = None
    ) -> None:
        self.value, self.parents, self.part = value, parents, part

    def __add__(self, other: Traced | float) -> Traced:
        if isinstance(other, Traced):
            return Traced(self.value + other.value, ((self, 1.0), (other, 1.0)))
        return Traced(self.value + other, ((self, 1.0),))

    __radd__ = __add__

    def __neg__(self) -> Traced:
        return Traced(-self.value, ((self, -1.0),))

    def __sub__(self, other: Traced | float) -> Traced:
        return self + -other

    def __rsub__(self, other: float) -> Traced:
        return -self + other

    def __mul__(self, other: Traced | float | Array) -> Traced:
        if isinstance(other, Traced):
            return Traced(self.value * other.value, ((self, other.value), (other, self.value)))
        return Traced(self.value * other, ((self, other),))

    __rmul__ = __mul__

    def __truediv__(self, other: Traced | float | Array) -> Traced:
        if isinstance(other, Traced):
            value = self.value / other.value
            return Traced(value, ((self, 1 / other.value), (other, -value / other.value)))
        return Traced(self.value / other, ((self, 1 / other),))

    def __rtruediv__(self, other: float) -> Traced:
        value = other / self.value
        return Traced(value, ((self, -value / self.value),))

    def __pow__(self, other: Traced) -> Traced:
        value = self.value**other.value
        return Traced(value, ((self, other.value * value / self.value), (other, value * np.log(self.value))))

    def exp(self) -> Traced:
        value = np.exp(self.value)
        return Traced(value, ((self, value),))

    def log(self) -> Traced:
        return Traced(np.log(self.value), ((self, 1 / self.value),))

    def clip(self, low: float, high: float) -> Traced:
        within = (self.value >= low) & (self.value <= high)
        return Traced(np.clip(self.value, low, high), ((self, np.where(within, 1.0, 0.0)),))

    def least(self, other: Traced) -> Traced:
        """The smaller of two, place by place."""
        mine = self.value <= other.value
        return Traced(
            np.where(mine, self.value, other.value),
            ((self, np.where(mine, 1.0, 0.0)), (other, np.where(mine, 0.0, 1.0))),
        )

    def first(self, count: int) -> Traced:
        """The first places of a vector."""
        return Traced(self.value[:count], ((self, 1.0),), slice(count))


def choose(condition: Array, yes: Traced, no: Traced) -> Traced:
    """`yes` where the condition holds, `no` elsewhere."""
    return Traced(
        np.where(condition, yes.value, no.value),
        ((yes, np.where(condition, 1.0, 0.0)), (no, np.where(condition, 0.0, 1.0))),
    )


def pick(numbers: Sequence[Traced], places: Array) -> Traced:
    """A vector of numbers by their places."""
    value = np.array([number.value for number in numbers])[places]
    return Traced(value, [(number, np.where(places == n, 1.0, 0.0)) for n, number in enumerate(numbers)])


def derivatives(sources: Sequence[tuple[Traced, Array]], wanted: Sequence[Traced]) -> Array:
    """Σ weight·∂source/∂wanted over all places of the sources, for each wanted number."""
    order = _in_order([node for node, _ in sources])
    sums: dict[int, Array] = {id(node): np.zeros_like(node.value, dtype=float) for node in order}
    for node, weights in sources:
        sums[id(node)] = sums[id(node)] + weights
    for node in reversed(order):
        flow = sums[id(node)]
        for parent, partial in node.parents:
            passed = flow * partial
            if np.ndim(parent.value) == 0:
                sums[id(parent)] += np.sum(passed)
            elif node.part is not None:
                sums[id(parent)][node.part] += passed
            else:
                sums[id(parent)] += passed
    return np.array([float(sums.get(id(number), 0.0)) for number in wanted])


def _in_order(ends: Sequence[Traced]) -> list[Traced]:
    """Everything that these depend on, each after its operands."""
    order: list[Traced] = []
    seen: set[int] = set()
    waiting = [(node, False) for node in ends]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            order.append(node)
        elif id(node) not in seen:
            seen.add(id(node))
            waiting.append((node, True))
            waiting.extend((parent, False) for parent, _ in node.parents)
    return order

"""FSRS-7 once more, in decimal numbers of 40 digits and in the order of its description: what the product's
own arithmetic is held to. Nothing here is shared with it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, getcontext

getcontext().prec = 40
LOWEST, HIGHEST = Decimal("0.0001"), Decimal(36500)
State = tuple[Decimal, Decimal, Decimal]


def clamp(low: float | str, number: Decimal, high: float | str) -> Decimal:
    return min(max(number, Decimal(low)), Decimal(high))


class Reference:
    def __init__(self, weights: Sequence[float]) -> None:
        self.w = [Decimal(weight) for weight in weights]

    def first(self, rating: int) -> State:
        slow = clamp("0.0001", self.w[rating - 1], "36500")
        fast = clamp("0.0001", Decimal("0.8") * slow, "36500")
        return slow, fast, clamp(1, self.start(rating), 10)

    def start(self, rating: int) -> Decimal:
        return self.w[4] - (self.w[5] * (rating - 1)).exp() + 1

    def fast_recall(self, state: State, days: Decimal) -> Decimal:
        w, fast = self.w, state[1]
        d = -clamp("0.01", w[23] * fast ** (w[33] - Decimal("0.3")), "0.95")
        return (1 + (min(w[25].ln() / d, Decimal(60)).exp() - 1) * days / fast) ** d

    def slow_recall(self, state: State, days: Decimal) -> Decimal:
        w, (slow, _, difficulty) = self.w, state
        d = -clamp("0.01", w[24], "0.95")
        f = (w[26] ** (1 / d) - 1) * ((difficulty - 5) * (w[32] - Decimal("0.3"))).exp()
        return (1 + f * days / slow) ** d

    def recall(self, state: State, days: float) -> Decimal:
        w, (slow, fast, difficulty) = self.w, state
        a = w[27] * fast ** -w[29]
        b = w[28] * slow ** w[30] * ((difficulty - 5) * (w[31] - Decimal("0.5"))).exp()
        t = Decimal(days)
        mean = (a * self.fast_recall(state, t) + b * self.slow_recall(state, t)) / (a + b)
        return mean * (1 - 2 * Decimal("1e-5")) + Decimal("1e-5")

    def trace(self, x: Decimal, k: int, q: Decimal, difficulty: Decimal, rating: int) -> Decimal:
        w = self.w
        left = min(x, w[k + 3] * ((x + 1) ** w[k + 4] - 1) * ((1 - q) * w[k + 5]).exp())
        if rating == 1:
            return clamp("0.0001", left, "36500")
        h = {2: w[k + 6], 3: Decimal(1), 4: w[k + 7]}[rating]
        growth = (w[k] - Decimal("1.5")).exp() * (11 - difficulty) * x ** -w[k + 1]
        up = x * (1 + growth * (((1 - q) * w[k + 2]).exp() - 1) * h)
        return clamp("0.0001", max(left, up), "36500")

    def after(self, state: State, rating: int, days: float) -> State:
        slow, fast, difficulty = state
        recall = self.recall(state, days)
        new_slow = self.trace(slow, 7, recall, difficulty, rating)
        new_fast = self.trace(fast, 15, self.fast_recall(state, Decimal(days)), difficulty, rating)
        if rating == 1:
            new_fast = clamp("0.0001", min(new_fast, Decimal("0.8") * new_slow), "36500")
        change = -self.w[6] * (rating - 3) * ((recall + Decimal("0.1")) if rating == 1 else 1)
        moved = difficulty + (10 - difficulty) / 9 * change
        drifted = Decimal("0.01") * self.start(4) + Decimal("0.99") * moved
        return new_slow, new_fast, clamp(1, drifted, 10)

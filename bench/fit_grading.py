"""Fits the weights of the grading on half of answers that people judged.

`python bench/fit_grading.py ROWS.jsonl [--write]`: each row holds question, gold (the right forms), answer
and right. Every second row is fitted on, the others are what it is tried on; nothing is drawn, so that the
same rows give the same weights. Only rows that no rule decides are fitted on.
"""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

from quizapp.domain.library.grading import deciding, likeness, spelling, weights, wording
from quizapp.domain.library.grading.reading.tokens import content
from quizapp.domain.library.grading.verdicts import WRONG, Judgement, Question

NAMES = ["bias", *likeness.LIKENESSES]
PENALTY, ROUNDS = 2.0, 30
MOST_WRONG = 0.007  # of all wrong answers of the half, accepted beside those that rules accept


def question(row: dict[str, Any]) -> Question:
    return Question(tuple(dict.fromkeys(row["gold"])), stem=str(row["question"]))


def undecided(row: dict[str, Any]) -> bool:
    """Whether only likeness can tell."""
    asked, kept = question(row), likeness.judge
    asks: list[bool] = []

    def noted(answer: str, question: Question, around: wording.Context) -> Judgement:  # noqa: ARG001 as `judge`
        asks.append(True)
        return WRONG

    likeness.judge = noted
    try:
        deciding.decide(str(row["answer"]), asked)
    finally:
        likeness.judge = kept
    return bool(asks) and bool(content(spelling.seen(str(row["answer"]))))


def values(row: dict[str, Any]) -> list[list[float]]:
    """One row of numbers for each form."""
    asked = question(row)
    around = wording.context(asked.stem, asked.forms, gap=False)
    answer = spelling.seen(str(row["answer"]))
    return [
        [1.0, *likeness.likenesses(answer, form, around).values()]
        for form in asked.forms
        if likeness.comparable(answer, form)
    ]


def score(weight: list[float], row: list[float]) -> float:
    return sum(a * b for a, b in zip(weight, row, strict=True))


def solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss with pivots."""
    size = len(right)
    rows = [[*matrix[i], right[i]] for i in range(size)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda j: abs(rows[j][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for j in range(i + 1, size):
            by = rows[j][i] / rows[i][i]
            if by:
                rows[j] = [a - by * b for a, b in zip(rows[j], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][j] * found[j] for j in range(i + 1, size))) / rows[i][i]
    return found


def fit(rows: list[tuple[list[list[float]], bool]]) -> list[float]:
    """Newton's method on the form that is likeliest under the weights of the round before."""
    size = len(NAMES)
    weight = [0.0] * size
    weight[NAMES.index("overlap")] = 4.0
    for _ in range(ROUNDS):
        gradient, hessian = (
            [-PENALTY * w * (i > 0) for i, w in enumerate(weight)],
            [[0.0] * size for _ in range(size)],
        )
        for i in range(size):
            hessian[i][i] = PENALTY * (i > 0) + 1e-6
        for forms, right in rows:
            best = max(forms, key=lambda form: score(weight, form))
            p = 1 / (1 + math.exp(-max(-30.0, min(30.0, score(weight, best)))))
            held = [i for i, value in enumerate(best) if value]
            for i in held:
                gradient[i] += (right - p) * best[i]
                for j in held:
                    hessian[i][j] += p * (1 - p) * best[i] * best[j]
        step = solve(hessian, gradient)
        weight = [w + s for w, s in zip(weight, step, strict=True)]
    return weight


def main(path: str, *rest: str) -> None:
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").split("\n") if line.strip()]
    half = rows[0::2]
    fitted = [(found, bool(row["right"])) for row in half if undecided(row) and (found := values(row))]
    weight = fit(fitted)
    best = sorted(
        ((max(score(weight, form) for form in forms), right) for forms, right in fitted), reverse=True
    )
    wrong, limit = 0, MOST_WRONG * sum(not row["right"] for row in half)
    right_from = best[0][0]
    for value, right in best:
        wrong += not right
        if wrong > limit:
            break
        right_from = value
    unsure_from = math.log(0.25 / 0.75)
    table = {name: round(value, 2) for name, value in zip(NAMES, weight, strict=True)}
    lines = [
        '"""What `bench/fit_grading.py` fitted: how much each likeness speaks for a right answer."""',
        "",
    ]
    lines += ["WEIGHTS = {", *(f'    "{name}": {value},' for name, value in table.items()), "}"]
    lines += [
        f"RIGHT_FROM = {right_from + 0.005:.2f}  # the logarithm of the odds",
        f"UNSURE_FROM = {unsure_from:.2f}",
    ]
    print("\n".join(lines))
    print(
        f"fitted on {len(fitted)} of {len(half)} rows, {sum(right for _, right in fitted)} of them right",
        file=sys.stderr,
    )
    if "--write" in rest:
        Path(weights.__file__).write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""How answers are graded, beside exact match and token F1 on the same rows.

`python bench/grading.py FOLDER [--failed]`: the folder holds `grading.jsonl` (inputs with the score they
should get), `bank_typed.jsonl` (fair answers to items of the shipped bank) and `typed_answers_dev.jsonl`
(answers that people judged); the half of the last that `fit_grading.py` fits on is told apart from the other.
"""

from __future__ import annotations

import json
import re
import string
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import mean, median
from typing import Any

from quizapp import paths
from quizapp.domain.errors import QuizappError
from quizapp.domain.library import kinds
from quizapp.domain.library.grading import lexicon
from quizapp.domain.library.kinds.base import Typed
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.trials import try_line
from quizapp.services.exchange.bank import read_bank


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def normal(text: str) -> list[str]:
    text = "".join(letter for letter in text.lower() if letter not in string.punctuation)
    return re.sub(r"\b(?:a|an|the)\b", " ", text).split()


def token_f1(answer: str, forms: list[str]) -> float:
    given, best = normal(answer), 0.0
    for form in forms:
        wanted = normal(form)
        shared = (Counter(given) & Counter(wanted)).total()
        best = max(best, 2 * shared / (len(given) + len(wanted)) if shared else 0.0)
    return best


def judged(name: str, part: list[dict[str, Any]]) -> None:
    """One line for a set of answers that people judged."""
    right = [bool(row["right"]) for row in part]
    verdicts, spent = [], []
    for row in part:
        forms = list(dict.fromkeys(row["gold"]))
        content = ShortAnswer(stem=row["question"], key=forms[0], accept=tuple(forms[1:]))
        start = time.perf_counter()
        verdicts.append(kinds.kind_of(content).grade(content, Typed((row["answer"],))).verdict)
        spent.append(1000 * (time.perf_counter() - start))
    pairs = list(zip(verdicts, right, strict=True))
    fair = sum(v == "right" for v, y in pairs if y) / sum(right)
    wrong = sum(v == "right" for v, y in pairs if not y) / (len(right) - sum(right))
    unsure = Counter(y for v, y in pairs if v == "unsure")
    half = mean(0.5 if v == "unsure" else (v == "right") == y for v, y in pairs)
    learner = mean((1 if y else 0.5) if v == "unsure" else (v == "right") == y for v, y in pairs)
    exact = mean(any(normal(r["answer"]) == normal(f) for f in r["gold"]) == r["right"] for r in part)
    f1 = mean((token_f1(r["answer"], r["gold"]) >= 0.6) == r["right"] for r in part)
    print(
        f"{name:13} {len(part):5} {fair:6.3f} {wrong:6.4f} {unsure[True]:5} {unsure[False]:5} "
        f"{half:7.3f} {learner:7.3f} {exact:7.3f} {f1:7.3f} {median(spent):7.2f} {max(spent):7.1f}"
    )


def met(score: float, wanted: str | float) -> bool:
    if isinstance(wanted, str):
        limit = float(wanted[1:])
        return score < limit if wanted[0] == "<" else score > limit
    return abs(score - float(wanted)) < 0.005


def cases(name: str, part: list[dict[str, Any]], show: bool) -> None:
    contents = {item.id: item.content for item in read_bank(paths.BANK).items}
    good = 0
    part = [row for row in part if row.get("item", "") in {"", *contents}]  # the bank loses items, too
    for row in part:
        line: dict[str, Any] = {key: row[key] for key in ("item", "response") if key in row}
        if "content" in row:
            line["content"] = {"stem": "Q?", **row["content"]}
        answer = json.loads(try_line(json.dumps(line), contents.__getitem__))
        fine = met(answer.get("score", float("nan")), row["score"])
        good += fine
        if show and not fine:
            print(json.dumps({**row, "got": answer}, ensure_ascii=False)[:300])
    print(f"{name:16} {good} of {len(part)} as they should be ({good / max(1, len(part)):.3f})")


def near_misses() -> None:
    """Each item's own wrong options and refused forms, and the keys of its other gaps, typed."""
    tried = accepted = 0
    for item in read_bank(paths.BANK).items:
        kind = kinds.kind_of(item.content)
        for texts in (
            *item.examples.wrong,
            *((form,) for form in getattr(item.content, "refuse", ())),
            *((form,) for form in kind.outline(item.content).distractors),
        ):
            try:
                grade = kind.grade(item.content, Typed(texts))
            except QuizappError:
                continue
            tried += 1
            accepted += grade.right
    print(f"near misses      {accepted} of {tried} accepted ({accepted / tried:.4f})")


def main(folder: str, *rest: str) -> None:
    path, show = Path(folder), "--failed" in rest
    lexicon.prepare()
    for code in lexicon.LANGUAGES:  # read once for a process, which is no cost of one answer
        lexicon.is_word("", code)
    for name in ("grading", "bank_typed"):
        cases(name, rows(path / f"{name}.jsonl"), show)
    near_misses()
    head = "rows fair wrong unsure:right wrong agreement:half learner exact-match token-F1 ms:median most"
    print(f"judged: {head}")
    all_rows = rows(path / "typed_answers_dev.jsonl")
    for half, part in (("fitted on", all_rows[0::2]), ("held back", all_rows[1::2])):
        for group in ("NQ", "TQ"):
            judged(f"{group} {half}", [row for row in part if row["set"] == group])


if __name__ == "__main__":
    main(*sys.argv[1:])

"""How well the memory model predicts answers, beside peers in the same run, and what guesses do to it.

    python bench/memory.py FOLDER

FOLDER holds review logs that are not part of the project: py_fsrs_josh.csv (one learner's self-ratings) and
lkt_cloze.csv (a class's typed answers). Needs the extra `fit`. Without FOLDER only the simulations run.
"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from math import factorial, floor, log
from pathlib import Path
from uuid import UUID

import fsrs
import numpy as np
from scipy.stats import rankdata
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from quizapp import paths
from quizapp.domain.library.kinds.ordering import _ways, _worth
from quizapp.domain.study.scheduling.evidence import DEFAULT_PRIOR, PASS, Evidence, update
from quizapp.domain.study.scheduling.fsrs import (
    AGAIN,
    DEFAULT_WEIGHTS,
    GOOD,
    first_memory,
    next_memory,
    retrievability,
)
from quizapp.domain.study.scheduling.interval import interval
from quizapp.domain.study.scheduling.parameters import weights_of
from quizapp.services.exchange.bank import load_into_database, read_bank
from quizapp.services.study.fitting import model, offsets, weights
from quizapp.services.study.fitting.easing import Easing
from quizapp.services.study.fitting.model import Answer
from quizapp.services.study.fitting.nightly import fit_all
from quizapp.services.study.fitting.training import training
from quizapp.services.study.rebuild import rebuild
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.batches import run_steps
from quizapp.storage.engine import open_engine
from quizapp.storage.library.tables import Item
from quizapp.storage.migrating import migrate
from quizapp.storage.study.history import learner_log
from quizapp.storage.study.tables import ItemEase, Review

FOLDS = 5
LATER = 6 / (24 * 60)  # days from a miss to its repetition
BEHIND = timedelta(hours=9)  # zone and rollover of the one learner: fewest study days cut in two


class Log:
    """Rows in order of time: cards with their answers, which rows count, which were right."""

    def __init__(self) -> None:
        self.cards: dict[object, list[Answer]] = defaultdict(list)
        self.counts: list[bool] = []
        self.right: list[bool] = []
        self._last: dict[object, datetime] = {}

    def add(self, card: object, at: datetime, rating: int, behind: timedelta) -> None:
        before, days, elapsed = self._last.get(card), 0, 0.0
        if before is not None:
            days = (at - behind).toordinal() - (before - behind).toordinal()
            elapsed = float(days) if days > 0 else max(0.0, (at - before) / timedelta(days=1))
        self._last[card] = at
        self.cards[card].append(Answer(elapsed, rating, len(self.counts)))
        self.counts.append(days >= 1)
        self.right.append(rating > AGAIN)


def log_loss(predicted: np.ndarray, right: np.ndarray) -> float:
    return float(-np.mean(np.where(right, np.log(predicted), np.log(1 - predicted))))


def auc(predicted: np.ndarray, right: np.ndarray) -> float:
    hits = right.sum()
    return float((rankdata(predicted)[right].sum() - hits * (hits + 1) / 2) / (hits * (len(right) - hits)))


def rmse_bins(predicted: np.ndarray, right: np.ndarray, bins: Sequence[object]) -> float:
    """The benchmark's RMSE: rows in bins of alike elapsed time, number of answers and lapses."""
    sums: dict[object, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for place, bin_ in enumerate(bins):
        each = sums[bin_]
        each[0], each[1], each[2] = each[0] + 1, each[1] + predicted[place], each[2] + right[place]
    return float((sum((p - y) ** 2 / n for n, p, y in sums.values()) / len(bins)) ** 0.5)


def bins_of(log_: Log) -> dict[int, tuple[float, float, float]]:
    found: dict[int, tuple[float, float, float]] = {}
    for answers in log_.cards.values():
        lapses = 0
        for turn, answer in enumerate(answers, start=1):
            if answer.elapsed >= 1:
                found[answer.row] = (
                    round(2.48 * 3.62 ** floor(log(answer.elapsed) / log(3.62)), 2),
                    round(1.99 * 1.89 ** floor(log(turn) / log(1.89))),
                    round(1.65 * 1.73 ** floor(log(lapses) / log(1.73))) if lapses else 0,
                )
            lapses += answer.rating == AGAIN
    return found


def report(name: str, predicted: np.ndarray, right: np.ndarray, bins: Sequence[object] = ()) -> None:
    rmse = f"{rmse_bins(predicted, right, bins):8.4f}" if bins else " " * 8
    print(f"{name:42}{log_loss(predicted, right):8.4f}{rmse}{auc(predicted, right):8.4f}", flush=True)


def one_learner(path: Path) -> None:
    log_ = Log()
    with path.open(encoding="utf-8") as file:
        for row in sorted(csv.DictReader(file), key=lambda row: row["review_time"]):
            at = datetime.fromisoformat(row["review_time"])
            log_.add(row["card_id"], at, int(row["review_rating"]), BEHIND)
    counts, right = np.array(log_.counts), np.array(log_.right)
    scored = np.flatnonzero(counts)
    share = len(scored) // (FOLDS + 1)
    every = model.steps(log_.cards.values())
    default = model.predictions(np.array(DEFAULT_WEIGHTS.values), every, len(counts))
    peer, ratios = fsrs_6(log_), sm_2(log_)
    found: dict[str, list[np.ndarray]] = defaultdict(list)
    tested = []
    for fold in range(1, FOLDS + 1):
        start = len(scored) - share * (FOLDS + 1 - fold)
        train, test = scored[:start], scored[start : start + share]
        seen = counts.copy()
        seen[test[0] :] = False
        cards = [[answer for answer in card if answer.row < test[0]] for card in log_.cards.values()]
        fitted = weights.fit([card for card in cards if card], seen, right)
        tested.append(test)
        found["constant"].append(np.full(len(test), right[train].mean()))
        alpha, beta = offsets.line(ratios[train], np.zeros(len(train)), right[train].astype(float))
        found["SM-2 with a fitted curve"].append(
            offsets.moved(ratios[test], alpha, beta, np.zeros(len(test)))
        )
        found["FSRS-6, defaults (py-fsrs)"].append(peer[test])
        found["FSRS-7, defaults"].append(default[test])
        found["FSRS-7, fitted"].append(model.predictions(np.array(fitted.values), every, len(counts))[test])
    rows = np.concatenate(tested)
    bins = bins_of(log_)
    print(f"\n{path.name}: {len(rows)} rows of {FOLDS} folds    log loss    RMSE     AUC")
    for name, parts in found.items():
        report(name, np.concatenate(parts), right[rows], [bins[row] for row in rows])


def fsrs_6(log_: Log) -> np.ndarray:
    """py-fsrs' predictions with its default weights, its clock set to whole study days."""
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    found = np.full(len(log_.counts), 0.5)
    for number, answers in enumerate(log_.cards.values()):
        card, at = fsrs.Card(card_id=number), datetime(2025, 1, 1, tzinfo=UTC)
        for turn, answer in enumerate(answers):
            at += timedelta(days=floor(answer.elapsed))
            if turn:
                found[answer.row] = min(max(scheduler.get_card_retrievability(card, at), 1e-6), 1 - 1e-6)
            card, _ = scheduler.review_card(card, fsrs.Rating(answer.rating), at)
    return found


def sm_2(log_: Log) -> np.ndarray:
    """SM-2's intervals as recall: 0.9 at the interval, to be fitted; (P. Wozniak, 1990)."""
    found = np.full(len(log_.counts), 0.5)
    for answers in log_.cards.values():
        ease, days, streak = 2.5, 1.0, 0
        for turn, answer in enumerate(answers):
            if turn:
                found[answer.row] = min(max(0.9 ** (answer.elapsed / days), 1e-6), 1 - 1e-6)
            quality = {1: 1, 2: 3, 3: 4, 4: 5}[answer.rating]
            ease = max(1.3, ease + 0.1 - (5 - quality) * (0.08 + (5 - quality) * 0.02))
            streak = streak + 1 if quality >= 3 else 0
            days = {0: 1.0, 1: 1.0, 2: 6.0}.get(streak, days * ease)
    return found


def classmates(path: Path) -> None:
    """Students who are new to the items: default weights, and what their classmates teach."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["outcome"] != "STUDY"]
    rows.sort(key=lambda row: int(row["t"]))
    students = sorted({row["student"] for row in rows}, key=int)
    random.Random(1).shuffle(students)
    fold = {student: place % FOLDS for place, student in enumerate(students)}
    for card, name in (("cluster", "fact"), ("item", "item")):
        log_ = Log()
        for row in rows:
            at = datetime.fromtimestamp(int(row["t"]), UTC)
            log_.add((row["student"], row[card]), at, GOOD if row["outcome"] == "CORRECT" else AGAIN, BEHIND)
        every = model.steps(log_.cards.values())
        plain = model.predictions(np.array(DEFAULT_WEIGHTS.values), every, len(rows))
        counts, right = np.array(log_.counts), np.array(log_.right)
        found: dict[str, list[np.ndarray]] = defaultdict(list)
        tested = []
        for number in range(FOLDS):
            new = np.array([fold[row["student"]] == number for row in rows])
            train, test = np.flatnonzero(counts & ~new), np.flatnonzero(counts & new)
            mean = float(right[~new].mean())
            of_item = offsets.Counts(mean, offsets.OF_ITEM)
            for place in np.flatnonzero(~new):
                of_item.add(rows[place]["item"], bool(right[place]))
            items = np.array([of_item.offset(row["item"]) for row in rows])
            of_learner = offsets.Counts(mean, offsets.OF_LEARNER)
            learners = offsets.running(of_learner, [row["student"] for row in rows], map(bool, right))
            tested.append(test)
            found["constant"].append(np.full(len(test), right[train].mean()))
            found["FSRS-7, defaults"].append(plain[test])
            for which, moves in {
                "alpha, beta": 0 * items,
                "+ learner": learners,
                "+ item": items,
                "+ both": items + learners,
            }.items():
                line = offsets.line(plain[train], moves[train], right[train].astype(float))
                found[which].append(offsets.moved(plain[test], *line, moves[test]))
        scored = np.concatenate(tested)
        print(f"\n{path.name}, a card a(n) {name}: {len(scored)} rows of new students    log loss     AUC")
        for which, parts in found.items():
            report(which, np.concatenate(parts), right[scored])


def site(path: Path) -> None:
    """What the product itself makes of the answers of half the students (its log, its upkeep, its fit), tried
    on the other half, who are new to the items."""
    with path.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["outcome"] != "STUDY"]
    students = sorted({row["student"] for row in rows}, key=int)
    random.Random(1).shuffle(students)
    known, new = set(students[::2]), set(students[1::2])
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        migrate(settings.sqlalchemy_url)
        engine = open_engine(settings.sqlalchemy_url)
        now = datetime.fromtimestamp(max(int(row["t"]) for row in rows), UTC)
        with Session(engine) as session, session.begin():
            load_into_database(session, read_bank(paths.BANK), now=now)
            there = session.execute(select(Item.id, Item.version_id).order_by(Item.id)).all()
            items = dict(zip(sorted({row["item"] for row in rows}), there, strict=False))
            for student in students:
                session.add(Account(id=int(student) + 1, role="student", zone="UTC", created_at=now))
            session.flush()
            session.execute(
                insert(Review), _reviews((row for row in rows if row["student"] in known), items, {})
            )
            rebuild(session, settings)
        run_steps(engine, {"ease": Easing()}, pause=0)
        (found,) = (each for each in fit_all(engine, now=now) if each.learner_id is None)
        with Session(engine) as session, session.begin():
            eases = dict(session.execute(select(ItemEase.item_id, ItemEase.ease)).all())
            later = _reviews((row for row in rows if row["student"] in new), items, eases)
            session.execute(insert(Review), later)
            learnt = training(learner_log(session, int(student) + 1) for student in sorted(new))
        engine.dispose()
    print(
        f"\n{path.name}, through the product: {len(eases)} items eased; the fit on its own held-back quarter:"
    )
    print(f"  loss {found.loss:.4f}, published weights {found.loss_default:.4f}, used: {found.used}")
    scored = np.flatnonzero(learnt.counts)
    print(f"{len(scored)} answers of {len(new)} students who are new to the items    log loss     AUC")
    unaided = [[answer._replace(ease=0.0) for answer in card] for card in learnt.cards]
    for name, cards, by in (
        ("published weights", unaided, DEFAULT_WEIGHTS),
        ("+ ease of the items", learnt.cards, DEFAULT_WEIGHTS),
        ("fitted weights", unaided, weights_of(found.weights)),
        ("+ ease of the items", learnt.cards, weights_of(found.weights)),
    ):
        likely = model.predictions(np.array(by.values), model.steps(cards), len(learnt.counts))
        report(name, likely[scored], learnt.right[scored])


def _reviews(
    rows: Iterable[dict[str, str]], items: dict[str, tuple[int, int]], eases: dict[int, float]
) -> list[dict[str, object]]:
    """Rows of the log, oldest first; the first answer to an item knows its ease."""
    found: list[dict[str, object]] = []
    met = set()
    for row in sorted(rows, key=lambda row: int(row["t"])):
        at, right = datetime.fromtimestamp(int(row["t"]), UTC), row["outcome"] == "CORRECT"
        item_id, version_id = items[row["item"]]
        first = (row["student"], item_id) not in met
        met.add((row["student"], item_id))
        found.append(
            {
                "id": UUID(int=random.Random(f"{row['student']} {item_id} {len(found)}").getrandbits(128)),
                "learner_id": int(row["student"]) + 1,
                "item_id": item_id,
                "version_id": version_id,
                "at": at,
                "zone": "UTC",
                "day": (at - BEHIND).toordinal(),
                "source": "review",
                "format": "text",
                "score": float(right),
                "chance": 0.0,
                "prior": DEFAULT_PRIOR,
                "ease": eases.get(item_id, 0.0) if first else 0.0,
            }
        )
    return found


# --- guesses -------------------------------------------------------------------------------------


def orders(entries: int) -> Callable[[random.Random], tuple[float, float]]:
    """A guessed order: its score, and the chance of that score or a better one."""
    scores = [(_worth(entries, kept), count) for kept, count in _ways(entries).items()]
    ways = [count for _, count in scores]

    def guess(chance: random.Random) -> tuple[float, float]:
        (score,) = chance.choices([points for points, _ in scores], ways)
        least = score if score >= 0.5 else 1.0
        return score, sum(count for points, count in scores if points >= least) / factorial(entries)

    return guess


def plain(share: float) -> Callable[[random.Random], tuple[float, float]]:
    return lambda chance: (float(chance.random() < share), share)


def over_belief(guess: Callable[[random.Random], tuple[float, float]], whole: float, known: float) -> float:
    """By how many points recall is believed too high at reviews: cards that follow the model, whose owner
    guesses whatever they do not know; a miss is repeated on the same day. whole: the chance of full marks;
    known: the share known at first."""
    chance, away, reviews = random.Random(20261128), 0.0, 0
    for _ in range(6_000):
        believed, true, day, days, recall = None, None, 0, 0, known
        while day <= 60:
            knows = chance.random() < recall
            score, g = (1.0, whole) if knows else guess(chance)
            believed = update(DEFAULT_WEIGHTS, believed, Evidence(score, g), days, known)
            rating = GOOD if knows else AGAIN
            true = (
                next_memory(DEFAULT_WEIGHTS, true, rating, days)
                if true
                else first_memory(DEFAULT_WEIGHTS, rating)
            )
            if score < PASS:
                believed = update(DEFAULT_WEIGHTS, believed, Evidence(1.0, whole), LATER, known)
                true = next_memory(DEFAULT_WEIGHTS, true, GOOD, LATER)
            days = interval(DEFAULT_WEIGHTS, believed, 0.9)
            day += days
            recall = retrievability(DEFAULT_WEIGHTS, true, days)
            if day <= 60:
                away, reviews = away + retrievability(DEFAULT_WEIGHTS, believed, days) - recall, reviews + 1
    return 100 * away / reviews


def guesses() -> None:
    print("\nOver-belief in recall at reviews, points (a share of 35 % known at first)")
    for name, guess, whole in (
        ("typed", plain(0.0), 0.0),
        ("four options", plain(0.25), 0.25),
        ("true or false", plain(0.5), 0.5),
        ("ordering of three", orders(3), 1 / 6),
        ("ordering of four", orders(4), 1 / 24),
        ("ordering of five", orders(5), 1 / 120),
    ):
        print(f"{name:42}{over_belief(guess, whole, 0.35):8.2f}", flush=True)


if __name__ == "__main__":
    guesses()
    if sys.argv[1:]:
        folder = Path(sys.argv[1])
        classmates(folder / "lkt_cloze.csv")
        site(folder / "lkt_cloze.csv")
        one_learner(folder / "py_fsrs_josh.csv")

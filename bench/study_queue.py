"""What waits for a learner with 100,000 cards, and how long it takes to know, beside Anki's queue.

    python bench/study_queue.py

Database time of the reads themselves, best and median of rounds: the next item's candidates, the due
list of 200, the counts of a study page, the counts of each deck. One learner has 3 % of the cards due
and one half of them (a long holiday); 500 items are still new to both. Anki (installed by uv for this
run alone) has as many cards, due and new; it builds its queue again each time, as it does after any
change that is not an answer. QUIZAPP_DATABASE_URL as in step.py.
"""

import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC
from functools import partial
from pathlib import Path

CARDS, NEW, DECKS = 100_000, 500, 20
DUE = (0.03, 0.5)
ROUNDS = 15


def report(name: str, act: Callable[[], object]) -> None:
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1e3)
    print(f"{name:58}{min(times):10.2f}{statistics.median(times):10.2f}", flush=True)


def ours() -> None:
    from databases import databases
    from filling import NOW, PARAMETERS, Shape, fill
    from sqlalchemy.orm import Session

    from quizapp.storage.engine import READ, open_engine
    from quizapp.storage.library import decks as library
    from quizapp.storage.study import due as waiting
    from quizapp.storage.study import step

    today = PARAMETERS.study_day(NOW, UTC)
    with databases(len(DUE)) as made:
        for settings, due in zip(made, DUE, strict=True):
            fill(settings, Shape(1, CARDS + NEW, CARDS, answers_each=3, decks=DECKS, due=due))
            engine = open_engine(settings.sqlalchemy_url)
            with Session(engine.execution_options(**READ)) as session:
                reads: dict[str, Callable[[], object]] = {
                    "due list of 200": partial(waiting.due_cards, session, 1, today, None),
                    "new items, 30": partial(waiting.new_items, session, 1, today, None),
                    "answered today": partial(waiting.met_on, session, 1, today),
                    "the item chosen": partial(step.asked, session, 1, CARDS // 2),
                    "what waits: due, new, the day": partial(
                        waiting.waiting, session, 1, NOW, today, None, 110
                    ),
                    "decks: items, met, due, known": partial(library.deck_rows, session, 1, today),
                }
                print(f"ours, {due:.0%} of {CARDS:,} cards due", flush=True)
                report("  next item: the first four", partial(first_four, reads))
                for name, read in reads.items():
                    report(f"    {name}", read)
            engine.dispose()


def first_four(reads: dict[str, Callable[[], object]]) -> None:
    for read in list(reads.values())[:4]:
        read()


def anki(folder: str) -> None:
    """Runs where `anki` is installed."""
    from anki.collection import Collection

    for due in DUE:
        path = str(Path(folder) / f"{due}.anki2")
        collection = Collection(path)
        basic, everything = collection.models.by_name("Basic"), collection.decks.id("All")
        config = collection.decks.config_dict_for_deck_id(everything)
        config["rev"]["perDay"], config["new"]["perDay"] = 9_999, 9_999
        collection.decks.update_config(config)
        decks = [collection.decks.id(f"All::{number}") for number in range(DECKS)]
        notes, cards = [], []
        now = int(time.time())
        for number in range(CARDS + NEW):
            met = number < CARDS
            late = number * 0.618 % 1 < due
            notes.append(
                (
                    number + 1,
                    f"g{number}",
                    basic["id"],
                    now,
                    -1,
                    "",
                    f"Q{number}\x1fA",
                    f"Q{number}",
                    0,
                    0,
                    "",
                )
            )
            cards.append(
                (
                    number + 1,
                    number + 1,
                    decks[number * DECKS // (CARDS + NEW)],
                    0,
                    now,
                    -1,
                    2 * met,
                    2 * met,
                    (collection.sched.today + (-number % 20 if late else 1 + number % 300))
                    if met
                    else number,
                    20 * met,
                    2500 * met,
                    5 * met,
                    0,
                    0,
                    0,
                    0,
                    0,
                    "",
                )
            )
        collection.close()
        with sqlite3.connect(path) as file:  # its own way in takes minutes
            file.executemany(f"INSERT INTO notes VALUES ({','.join('?' * 11)})", notes)
            file.executemany(f"INSERT INTO cards VALUES ({','.join('?' * 18)})", cards)
        file.close()
        collection = Collection(path)

        def rebuilt(collection: Collection = collection, everything: int = everything) -> None:
            collection.decks.set_current(1)  # away and back, or it keeps the queue it has
            collection.decks.set_current(everything)
            assert collection.sched.get_queued_cards(fetch_limit=1).cards

        print(f"Anki, {due:.0%} of {CARDS:,} cards due", flush=True)
        report("  next card, queue built anew", rebuilt)
        report("  counts of each deck", collection.sched.deck_due_tree)
        collection.close()


if __name__ == "__main__":
    if sys.argv[1:2] == ["anki"]:
        anki(sys.argv[2])
        sys.exit()
    print(f"{'milliseconds':58}{'best':>10}{'median':>10}")
    ours()
    uv = shutil.which("uv") or str(Path(__file__).resolve().parent.parent / ".uv" / "bin" / "uv")
    kept = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    with tempfile.TemporaryDirectory(prefix="quizapp-bench-") as name:
        command = [uv, "run", "--quiet", "--no-project", "--with", "anki", "python", __file__, "anki", name]
        if subprocess.run(command, env=kept, check=False).returncode:
            print("Anki could not be installed or run here: no peer in this run.")

"""What grading 10,000 past answers again costs, and taking it back, beside a rebuild of the same log.

    python bench/regrading.py [answers, 10000]

Two shapes of a class: few learners who gave many answers each, and as many learners as answers. Half of the
answers change. Batches run as the server's thread runs them, with its pauses, each in a transaction of its
own; the longest of them is how long an answer may have to wait. QUIZAPP_DATABASE_URL as in `step.py`.
"""

import random
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from databases import databases
from sqlalchemy import Engine, insert, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import encode_grade, encode_response, kind_of
from quizapp.domain.library.kinds.base import Format, Typed
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.corrections import regrades
from quizapp.services.library.editor import create_deck
from quizapp.services.library.items import Draft, append_to_deck, create_item, fact_named, write_version
from quizapp.services.study.rebuild import rebuild
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections.tables import Regrade
from quizapp.storage.engine import open_engine
from quizapp.storage.library.tables import Item
from quizapp.storage.study.tables import Review
from quizapp.web.corrections.regrading.background import PAUSE

NOW = datetime.now(UTC).replace(microsecond=0)
RIVER = ShortAnswer(stem="Which river flows past Vienna?", key="Danube")
ACCEPTED = msgspec.structs.replace(RIVER, accept=("Donau",))
TEXTS = ("Donau", "the Donau", "Danube", "Elbe")


def main(answers: int = 10_000) -> None:
    print(f"{'':34}{'s':>8}{'CPU s':>8}{'batches':>9}{'longest':>9}")
    for learners in (max(1, answers // 33), answers):
        with databases(1) as [settings]:
            engine = open_engine(settings.sqlalchemy_url)
            item_id = fill(engine, settings, learners, answers)
            print(f"{answers:,} answers of {learners:,} learners")
            with timed("  rebuild of the log"), Session(engine) as session, session.begin():
                rebuild(session, settings)
            regrade_id = ordered(engine, item_id)
            carried("  graded again", engine, settings)
            with Session(engine) as session, session.begin():
                changed = session.get_one(Regrade, regrade_id).answers_changed
                regrades.undo(session, regrade_id, now=NOW)
            carried("  taken back", engine, settings)
            with Session(engine) as session, session.begin():
                assert session.get_one(Regrade, regrade_id).answers_changed == changed > answers * 0.4
                assert not rebuild(session, settings, only_check=True).different
            engine.dispose()


@contextmanager
def timed(name: str, more: list[str] | None = None) -> Iterator[None]:
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"{name:34}{wall:8.2f}{cpu:8.2f}" + "".join(f"{text:>9}" for text in more or ()))


def carried(name: str, engine: Engine, settings: Settings) -> None:
    longest, batches = 0.0, 0
    more: list[str] = []
    with timed(name, more):
        going = True
        while going:
            begun = time.perf_counter()
            with Session(engine, expire_on_commit=False, autoflush=False) as session, session.begin():
                going = regrades.carry_on(session, settings, now=NOW)
            longest, batches = max(longest, time.perf_counter() - begun), batches + 1
            time.sleep(PAUSE)
        more += [str(batches - 1), f"{longest * 1000:.0f} ms"]


def fill(engine: Engine, settings: Settings, learners: int, answers: int) -> int:
    """Answers to one item, a day apart for each learner, folded into cards and figures."""
    chance, kind = random.Random(1), kind_of(RIVER)
    grades = {text: kind.grade(RIVER, Typed((text,))) for text in TEXTS}
    with Session(engine) as session, session.begin():
        teacher = Account(role="teacher", zone="UTC", created_at=NOW)
        session.add(teacher)
        session.flush()
        student = {"role": "student", "zone": "UTC", "created_at": NOW, "four_ratings": False}
        session.execute(insert(Account), [student | {"failed_sign_ins": 0}] * learners)
        accounts = session.scalars(select(Account.id).where(Account.role == "student")).all()
        deck = create_deck(session, teacher, title="Rivers", summary="", now=NOW)
        item = create_item(session, key="river", deck=deck, fact=fact_named(session, "river"))
        write_version(session, item, Draft(content=RIVER), author_id=teacher.id, now=NOW)
        append_to_deck(session, deck, item)
        rows: list[dict[str, Any]] = []
        for number in range(answers):
            text, days = chance.choice(TEXTS), number // learners
            at = NOW - timedelta(days=100 - days, seconds=number % learners)
            rows.append(
                {
                    "id": UUID(int=chance.getrandbits(128)),
                    "learner_id": accounts[number % learners],
                    "item_id": item.id,
                    "version_id": item.version_id,
                    "at": at,
                    "zone": "UTC",
                    "day": at.toordinal(),
                    "source": "review",
                    "format": Format.TYPE.value,
                    "response": encode_response(Typed((text,))),
                    "grade": encode_grade(grades[text]),
                    "score": grades[text].score,
                    "chance": kind.chance(RIVER, Format.TYPE),
                    "duration_ms": 4_000,
                    "prior": 0.5,
                    "expected": chance.random() if days else None,
                }
            )
        session.execute(insert(Review), rows)
        rebuild(session, settings)
        return item.id


def ordered(engine: Engine, item_id: int) -> int:
    with Session(engine) as session, session.begin():
        item = session.get_one(Item, item_id)
        teacher = session.scalars(select(Account).where(Account.role == "teacher")).one()
        write_version(session, item, Draft(content=ACCEPTED), author_id=teacher.id, now=NOW, change="key")
        assert item.version is not None
        return regrades.order(session, item, item.version, "key", author=teacher, now=NOW).id


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))

"""Fills a database from a seed: the shipped bank over and over, learners, their cards and their log.

Real questions, so that rendering costs what it costs; a few hundred histories, folded by the real
scheduler, dealt out to all cards. Rows go in by the thousand, past the ORM.
"""

import hashlib
import random
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from databases import Row, insert
from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from quizapp import paths
from quizapp.domain.study.scheduling.card import CardState
from quizapp.domain.study.scheduling.parameters import Parameters
from quizapp.services.exchange.bank import load_into_database, read_bank
from quizapp.services.study.answer_log import review_id
from quizapp.services.study.folding import event_of
from quizapp.settings import Settings
from quizapp.storage.engine import open_engine
from quizapp.storage.study.history import LogEvent
from quizapp.storage.tables import Base

SEED = 20261121
HISTORIES = 500
NOW = datetime.now(UTC).replace(microsecond=0)
PARAMETERS = Parameters()
TABLES = Base.metadata.tables


class Shape(NamedTuple):
    """How much of everything. cards: of each learner, the first so many items of the first decks.

    due: the share of a learner's cards due today or before.
    """

    learners: int
    items: int
    cards: int
    answers_each: int = 1
    decks: int = 5
    due: float = 0.5

    @property
    def log(self) -> int:
        return self.learners * self.cards * self.answers_each


class History(NamedTuple):
    """A card's answers and the state that follows from them."""

    log: tuple[LogEvent, ...]
    state: CardState


def fill(settings: Settings, shape: Shape, seed: int = SEED) -> None:
    """Put a site of this shape into an empty migrated database."""
    chance = random.Random(seed)
    engine = open_engine(settings.sqlalchemy_url)
    with Session(engine) as session, session.begin():
        load_into_database(session, read_bank(paths.BANK), now=NOW)
    with engine.begin() as connection:
        _passages(connection, chance)
        items = _items(connection, shape)
        _learners(connection, shape)
        _cards(connection, shape, items, chance)
    if engine.dialect.name == "postgresql":  # it does so by itself within a minute; SQLite never does
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    engine.dispose()


def token_of(learner: int) -> str:
    """The sign-in token of the learner with this number, from 0."""
    return f"bench-token-{learner:06}"


def _passages(connection: Connection, chance: random.Random) -> None:
    """A made-up sentence for every cited one, two more in its paragraph: as much as an article holds."""
    evidence = TABLES["evidence"].c
    cited = connection.execute(
        select(evidence.source_id, evidence.paragraph, evidence.sentence, evidence.digest).distinct()
    ).all()
    sources = sorted({row.source_id for row in cited})
    insert(
        connection,
        TABLES["source_version"],
        (
            {"id": id_, "source_id": id_, "number": 1, "created_at": NOW, "note": "", "digest": ""}
            for id_ in sources
        ),
    )
    connection.execute(text("UPDATE source SET version_id = id WHERE id IN (SELECT id FROM source_version)"))
    taken = {(row.source_id, row.paragraph, row.sentence): row.digest for row in cited}
    for source, paragraph, sentence in list(taken):
        for near in (sentence, sentence + 1, sentence + 2):
            taken.setdefault((source, paragraph, near), "")
    rows = (
        {
            "version_id": place[0],
            "paragraph": place[1],
            "sentence": place[2],
            "digest": digest,
            "text": " ".join("".join(chance.choices("aeinorstlm", k=chance.randint(2, 9))) for _ in range(22))
            + ".",
        }
        for place, digest in taken.items()
    )
    insert(connection, TABLES["passage"], rows)


def _items(connection: Connection, shape: Shape) -> list[Row]:
    """Items in decks of their own, copies of the bank's, in the decks' order."""
    bank = (
        connection.execute(
            select(TABLES["item_version"], TABLES["item"].c.fact_id)
            .join(TABLES["item"], TABLES["item"].c.version_id == TABLES["item_version"].c.id)
            .order_by(TABLES["item_version"].c.id)
        )
        .mappings()
        .all()
    )
    facts = {row["fact_id"]: place for place, row in enumerate({r["fact_id"]: r for r in bank}.values())}
    evidence = connection.execute(select(TABLES["evidence"])).mappings().all()
    first = {
        name: _next_id(connection, name) for name in ("deck", "fact", "item", "item_version", "evidence")
    }
    rounds = -(-shape.items // len(bank))
    insert(
        connection,
        TABLES["deck"],
        (
            {
                "id": first["deck"] + number,
                "slug": f"copy-{number}",
                "title": f"Copy {number}",
                "summary": "",
                "position": 100 + number,
                "theme_tag": None,
                "owner_id": None,
                "source_id": None,
                "created_at": NOW,
            }
            for number in range(shape.decks)
        ),
    )
    insert(
        connection,
        TABLES["fact"],
        ({"id": first["fact"] + number, "key": f"copy-{number}"} for number in range(rounds * len(facts))),
    )
    items: list[Any] = []
    versions: list[Any] = []
    citations: list[Any] = []
    by_version: dict[int, list[Any]] = {}
    for row in evidence:
        by_version.setdefault(row["version_id"], []).append(row)
    for number in range(shape.items):
        round_, place = divmod(number, len(bank))
        original = bank[place]
        item, version = first["item"] + number, first["item_version"] + number
        items.append(
            {
                "id": item,
                "key": f"copy-{number}",
                "deck_id": first["deck"] + number * shape.decks // shape.items,
                "fact_id": first["fact"] + round_ * len(facts) + facts[original["fact_id"]],
                "state": "published",
                "version_id": version,
            }
        )
        versions.append(
            {name: value for name, value in original.items() if name != "fact_id"}
            | {"id": version, "item_id": item, "number": 1}
        )
        for row in by_version.get(original["id"], ()):
            place_ = first["evidence"] + len(citations)
            citations.append(dict(row) | {"id": place_, "version_id": version})
    insert(connection, TABLES["item"], ({**item, "version_id": None} for item in items))
    insert(connection, TABLES["item_version"], versions)
    connection.execute(
        text("UPDATE item SET version_id = id + :by WHERE version_id IS NULL"),
        {"by": first["item_version"] - first["item"]},
    )
    insert(connection, TABLES["evidence"], citations)
    insert(connection, TABLES["anchor"], (_anchor(row) for row in (*evidence, *citations)))
    insert(
        connection,
        TABLES["deck_item"],
        (
            {"deck_id": item["deck_id"], "item_id": item["id"], "position": number}
            for number, item in enumerate(items, start=1)
        ),
    )
    return items


def _anchor(evidence: Any) -> Row:
    """Every sentence stands where it is cited."""
    place = {name: evidence[name] for name in ("paragraph", "sentence")}
    known = {"id": evidence["id"], "evidence_id": evidence["id"], "version_id": evidence["source_id"]}
    return {**known, **place, "standing": "intact", "outcome": "", "settled_at": None, "settled_by": None}


def _learners(connection: Connection, shape: Shape) -> None:
    first = _next_id(connection, "account")
    assert first == 1
    learners = range(first, first + shape.learners)
    decks = list(
        connection.scalars(
            select(TABLES["deck"].c.id)
            .where(TABLES["deck"].c.slug.like("copy-%"))
            .order_by(TABLES["deck"].c.id)
        )
    )
    insert(
        connection,
        TABLES["account"],
        (
            {
                "id": learner,
                "role": "student",
                "name": f"Learner {learner}",
                "name_key": f"learner{learner}",
                "password_hash": None,
                "zone": "UTC",
                "new_per_day": None,
                "desired_retention": None,
                "four_ratings": False,
                "created_at": NOW,
            }
            for learner in learners
        ),
    )
    insert(
        connection,
        TABLES["sign_in"],
        (
            {
                "token_digest": hashlib.sha256(token_of(learner - 1).encode()).hexdigest(),
                "account_id": learner,
                "created_at": NOW,
                "browser": "bench",
            }
            for learner in learners
        ),
    )
    insert(
        connection,
        TABLES["study_deck"],
        (
            {"learner_id": learner, "deck_id": deck, "position": place, "met_before": shape.cards + 1}
            for learner in learners
            for place, deck in enumerate(decks, start=1)
        ),
    )


def _cards(connection: Connection, shape: Shape, items: list[Row], chance: random.Random) -> None:
    today = PARAMETERS.study_day(NOW, UTC)
    histories = _histories(shape, today, chance)
    dealt: list[tuple[int, Row, History]] = [
        (learner, item, chance.choice(histories))
        for learner in range(1, shape.learners + 1)
        for item in items[: shape.cards]
    ]
    insert(
        connection,
        TABLES["card"],
        (
            {
                "learner_id": learner,
                "item_id": item["id"],
                "deck_id": item["deck_id"],
                "fact_id": item["fact_id"],
            }
            | msgspec.structs.asdict(history.state)
            for learner, item, history in dealt
        ),
    )
    insert(
        connection,
        TABLES["review"],
        (
            {
                "id": review_id(learner, item["id"], number),
                "learner_id": learner,
                "item_id": item["id"],
                "version_id": item["version_id"],
                "at": entry.at,
                "zone": "UTC",
                "day": entry.day,
                "source": "review",
                "format": "choose",
                "response": '{"type":"gave_up"}',
                "grade": '{"score":1.0}',
                "score": entry.score,
                "chance": entry.chance,
                "rating": None,
                "hinted": False,
                "duration_ms": 8_000,
                "prior": 0.5,
                "expected": 0.9,
                "planned_day": entry.planned_day,
                "voids": None,
            }
            for learner, item, history in dealt
            for number, entry in enumerate(history.log)
        ),
    )
    days: dict[tuple[int, int], list[int]] = {}
    for learner, _, history in dealt:
        for number, entry in enumerate(history.log):
            sums = days.setdefault((learner, entry.day), [0, 0, 0, 0, 0])
            right = int(entry.score >= 1)
            for place, amount in enumerate((1, right, number == 0, right * (number == 0), 8_000)):
                sums[place] += amount
    names = ("answers", "right", "new_items", "new_right", "duration_ms")
    insert(
        connection,
        TABLES["learner_day"],
        (
            {"learner_id": learner, "day": day} | dict(zip(names, sums, strict=True))
            for (learner, day), sums in days.items()
        ),
    )


def _histories(shape: Shape, today: int, chance: random.Random) -> list[History]:
    """Histories that ended before today, the wished share of them due (all, where a card has one answer)."""
    share = 1.0 if shape.answers_each == 1 else shape.due
    return [
        _history(shape.answers_each, today, chance, due=chance.random() < share) for _ in range(HISTORIES)
    ]


def _history(answers: int, today: int, chance: random.Random, *, due: bool) -> History:
    while True:
        gaps = [chance.choice((1, 2, 5, 9, 20)) for _ in range(answers - 1)]
        day = today - sum(gaps) - (chance.randint(5, 40) if due else chance.randint(1, 3))
        log: list[LogEvent] = []
        for number, gap in enumerate([*gaps, 0]):
            right = number == len(gaps) or chance.random() < 0.85
            at = NOW - timedelta(days=today - day, seconds=answers - number)
            identity = UUID(int=chance.getrandbits(128))
            log.append(
                LogEvent(
                    identity,
                    at,
                    day,
                    float(right),
                    0.25,
                    0.25,
                    1.0,
                    None,
                    False,
                    0.5,
                    None,
                    None,
                    0.0,
                    None,
                    "review",
                )
            )
            day += gap
        state = PARAMETERS.replay(map(event_of, log))
        assert state is not None
        if (state.due_day <= today) == due:
            return History(tuple(log), state)


def _next_id(connection: Connection, table: str) -> int:
    return (connection.scalar(text(f'SELECT max(id) FROM "{table}"')) or 0) + 1

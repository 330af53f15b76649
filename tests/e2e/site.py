"""What is on the site that the browser tests visit, and who is signed in there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Content, GaveUp
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.services.accounts import accounts
from quizapp.services.accounts.passwords import hash_password
from quizapp.services.classes import class_decks, classrooms, joining, rosters
from quizapp.services.sources.shipped_texts import attach_text, source_named
from quizapp.services.study import answer_log, decks, next_question
from quizapp.services.study.learner import Learner, learner_of
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account, SignIn
from quizapp.storage.engine import open_engine
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.study.tables import Review
from tests import world
from tests.e2e.knowing import right_answer
from tests.serving import Server

ARTICLES = {
    "harbin-trade": "000",
    "visit-preview": "001",
    "blog-little-moscow": "002",
    "elpais-little-moscow": "003",
    "record-trade": "004",
}
PASSWORD = "a long way to the sea"


class Site:
    """A running server with the shipped bank, its articles where they are at hand, and two decks of a
    teacher: `every` (each example of each kind in each format) and `short` (three statements)."""

    def __init__(self, server: Server, articles: Path) -> None:
        self.server, self.url = server, server.url
        self.engine: Engine = open_engine(f"sqlite:///{server.database}")
        with Session(self.engine) as session, session.begin():
            now = datetime.now(UTC)
            for slug, number in ARTICLES.items():
                for file in articles.glob(f"{number}_*.txt"):
                    attach_text(session, source_named(session, slug), file.read_text("utf-8"), now=now)
            teacher = accounts.sign_up(
                session, None, name="Ms Vera", password_hash=hash_password(PASSWORD), role="teacher", now=now
            )
            every = world.add_deck(session, "every", owner_id=teacher.id, now=now)
            for posed in world.POSED:
                world.add_item(session, every, posed.key, posed.content, formats=(posed.format,), now=now)
            short = world.add_deck(session, "short", owner_id=teacher.id, now=now)
            every.public = short.public = True  # guests study them
            for number in (1, 2, 3):
                content = TrueFalse(stem=f"Statement {number} is true.", key=True, rationale="It says so.")
                world.add_item(session, short, f"short-{number}", content, now=now)
        with Session(self.engine) as session:
            self.items = world.item_ids(session)

    def guest(self, *, deck: str | None = "") -> list[dict[str, Any]]:
        """The cookies of a new guest who studies this deck, all the shipped ones (""), or none yet."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            account = accounts.create_guest(session, zone="UTC", now=datetime.now(UTC))
            if deck is not None:
                decks.begin(session, account, deck, now=datetime.now(UTC))
            return self._cookies(session, account)

    def guest_with_history(self, days: int = 5) -> list[dict[str, Any]]:
        """The cookies of a guest who has studied on each of the last days, right and wrong by turns."""
        cookies = self.guest()
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session, session.begin():
            learner = learner_of(session.get_one(Account, self.learner_of(cookies)), Settings())
            for day in range(days, 0, -1):
                now = datetime.now(UTC) - timedelta(days=day)
                for turn in range(12):
                    _answer_next(session, learner, now + timedelta(minutes=turn), right=turn % 3 > 0)
        return cookies

    def teacher(self) -> list[dict[str, Any]]:
        """The cookies of the decks' teacher."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            account = accounts.by_name(session, "Ms Vera")
            assert account is not None
            return self._cookies(session, account)

    def questions_of_short(self) -> int:
        """How many questions the deck has that tests study to its end."""
        query = select(func.count()).select_from(Item).join(Deck, Deck.id == Item.deck_id)
        with self.engine.connect() as connection:
            return connection.scalar(query.where(Deck.slug == "short")) or 0

    def new_deck(self, slug: str, *contents: Content) -> list[int]:
        """Makes a public deck of the teacher for what a test needs, and its items: `short` stays as it is, and
        newcomers, who study what ships, do not meet them."""
        now = datetime.now(UTC)
        with Session(self.engine) as session, session.begin():
            vera = accounts.by_name(session, "Ms Vera")
            assert vera is not None
            deck = world.add_deck(session, slug, owner_id=vera.id, now=now)
            deck.public = True
            return [
                world.add_item(session, deck, f"{slug}-{number}", content, now=now).id
                for number, content in enumerate(contents)
            ]

    def member(self, role: str) -> list[dict[str, Any]]:
        """The cookies of someone new with this role, who teaches or attends a class that learns a deck."""
        now = datetime.now(UTC)
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session, session.begin():
            name = f"A new {role}"
            account = accounts.sign_up(session, None, name=name, password_hash="-", role=role, now=now)
            founder = account if account.is_teacher else accounts.by_name(session, "Ms Vera")
            assert founder is not None
            made = classrooms.create(session, founder, name=f"Class of the {role}", zone="UTC", now=now)
            class_decks.choose(session, made, founder, ["short"], now=now)
            if account.is_teacher:
                rosters.add_roster(session, made, ["Mia", "Noah"], now=now)
                world.add_deck(session, f"deck-of-{role}", owner_id=account.id, now=now)
            else:
                classrooms.set_joining(session, made, is_open=True, now=now)
                joining.join(
                    session, account, code=made.join_code, name="Mia", zone="UTC", ticket=None, now=now
                )
            return self._cookies(session, account)

    def _cookies(self, session: Session, account: Account) -> list[dict[str, Any]]:
        token = accounts.sign_in(session, account, now=datetime.now(UTC), browser="test")
        return [{"name": "quizapp", "value": token, "url": self.url}]

    def learner_of(self, cookies: Sequence[Any]) -> int:
        """Whose cookies these are."""
        token = next(cookie["value"] for cookie in cookies if cookie["name"] == "quizapp")
        digest = hashlib.sha256(token.encode()).hexdigest()
        with self.engine.connect() as connection:
            found = connection.scalar(select(SignIn.account_id).where(SignIn.token_digest == digest))
        assert found is not None
        return int(found)

    def answers(self, learner: int) -> int:
        """How many answers of a learner count (an undone one does not)."""
        with self.engine.connect() as connection:
            mine = select(Review.voids).where(Review.learner_id == learner)
            undone = connection.scalar(select(func.count(mine.subquery().c.voids))) or 0
            rows = connection.scalar(select(func.count()).select_from(mine.subquery())) or 0
        return rows - 2 * undone

    def close(self) -> None:
        self.engine.dispose()
        self.server.stop()


def _answer_next(session: Session, learner: Learner, now: datetime, *, right: bool) -> None:
    """Give the next answer of a day, where anything waits."""
    waiting = next_question.waiting(session, learner, now=now)
    asked = next_question.next_question(session, learner, waiting, now=now)
    if asked is None:
        return
    row = answer_log.open_item(session, learner, asked.item_id, asked.version_id, now=now)
    given = answer_log.Answer(
        review=asked.review,
        item_id=asked.item_id,
        version_id=asked.version_id,
        format=asked.format,
        response=right_answer(asked.content, asked.format) if right else GaveUp(),
        at=now,
        duration_ms=9_000,
    )
    answer_log.record_answer(session, learner, row, given)

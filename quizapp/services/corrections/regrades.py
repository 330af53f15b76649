"""Carrying a change of an item through past answers: grading them again, or asking the item early.

A regrade is an order; batches carry it out, learner by learner, each in a short transaction. A batch makes
every answer of its learners what `judging` says it is worth now, by new events alone: one voids the old
answer, one states it again at its old time. What is right already is left, so that a batch done twice
does nothing, and an undo is the same walk with the regrade out of force. (ADR 0010)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.domain.library.changes import Change
from quizapp.services.audit import log as auditing
from quizapp.services.study.counting_keys import Judge, judge_of
from quizapp.services.study.folding import event_of, restated_id
from quizapp.services.study.learner import Learner, learner_of
from quizapp.services.study.rebuild import Rows, roll_up
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections import regrades as queries
from quizapp.storage.corrections.regrades import QuizAnswer
from quizapp.storage.corrections.tables import GradeNotice, Regrade
from quizapp.storage.library.tables import Item, ItemVersion
from quizapp.storage.quizzes.tables import AttemptQuestion
from quizapp.storage.study.decks import targets
from quizapp.storage.study.history import FullEvent
from quizapp.storage.study.tables import Card, LearnerCalibration, LearnerDay, LearnerFirst, Review
from quizapp.storage.upserts import add_up_all, insert_all_once, lock_all_learners, put_all

LEARNERS_A_BATCH, ANSWERS_A_BATCH = 200, 1_000
EVENT_FIELDS = tuple(Review.__table__.columns.keys())


def order(
    session: Session, item: Item, version: ItemVersion, change: Change, *, author: Account, now: datetime
) -> Regrade:
    """Order that a version's key (or changed meaning) counts for what was answered before; once for a
    version. From then on answers are graded by it whenever they arrive; `carry_on` does the past ones."""
    lock_all_learners(session)  # anyone who answers in the meantime is done before, or sees the order
    there = queries.in_force(session, item.id, version.id)
    if there is not None:
        return there
    made = Regrade(
        item_id=item.id,
        to_version_id=version.id,
        change=change,
        author_id=author.id,
        created_at=now,
        learners=queries.count_learners(session, item.id),
    )
    session.add(made)
    session.flush()
    if change == "key":
        auditing.record(session, author, Action.REGRADED, item, {"version": version.number}, now=now)
    return made


def undo(session: Session, regrade_id: int, *, now: datetime) -> None:
    """Order that everything be as without this regrade; answers given in between stay. Once."""
    lock_all_learners(session)
    regrade = _locked(session, regrade_id)
    if regrade is None or regrade.undone_at is not None:
        return
    regrade.undone_at, regrade.finished_at = now, None
    regrade.cursor = regrade.learners_done = regrade.answers_changed = regrade.learners_changed = 0
    regrade.learners = queries.count_learners(session, regrade.item_id)
    session.flush()


def carry_on(session: Session, settings: Settings, *, now: datetime, most: int = LEARNERS_A_BATCH) -> bool:
    """Do one batch of the oldest regrade that is not through; False when all are.

    The caller commits: what a batch did and how far it came are stored together, so that one that
    was interrupted is done again from its beginning.
    """
    regrade_id = queries.unfinished(session)
    if regrade_id is None:
        return False
    lock_all_learners(session)
    regrade = _locked(session, regrade_id)
    if regrade is None or regrade.finished_at is not None:  # another process was faster
        return True
    ids, more = queries.learners_after(session, regrade.item_id, regrade.cursor, most, ANSWERS_A_BATCH)
    if ids:
        batch = Batch(session, regrade, settings, now)
        batch.walk(ids)
        batch.write()
        regrade.cursor = ids[-1]
        regrade.learners_done = min(regrade.learners, regrade.learners_done + len(ids))
    if not more:
        regrade.learners_done, regrade.finished_at = regrade.learners, now
    session.flush()
    return True


def give_up(session: Session, *, now: datetime) -> int | None:
    """An error stops the regrade that would be carried on: others go on. Its number."""
    regrade_id = queries.unfinished(session)
    if regrade_id is not None:
        session.execute(update(Regrade).where(Regrade.id == regrade_id).values(failed_at=now))
    return regrade_id


def try_again(session: Session) -> None:
    """Regrades that an error has stopped are carried on."""
    session.execute(update(Regrade).where(Regrade.failed_at.is_not(None)).values(failed_at=None))


def dismiss_notices(session: Session, learner_id: int, *, now: datetime) -> None:
    """Put away what a learner was told."""
    session.execute(
        update(GradeNotice)
        .where(GradeNotice.learner_id == learner_id, GradeNotice.dismissed_at.is_(None))
        .values(dismissed_at=now)
    )


def _locked(session: Session, regrade_id: int) -> Regrade | None:
    query = select(Regrade).where(Regrade.id == regrade_id).with_for_update()
    return session.scalars(query.execution_options(populate_existing=True)).one_or_none()


@dataclass
class Told:
    """What changed for one learner. unseen: answers whose grades they have not been shown, and so are
    not told of."""

    gained: int = 0
    lost: int = 0
    unseen: int = 0
    response: str = ""

    def note(self, before: float, after: float, response: str) -> None:
        self.gained += after > before
        self.lost += after < before
        self.response = response


@dataclass
class Batch:
    """What one batch writes, gathered so that each table gets one statement."""

    session: Session
    regrade: Regrade
    settings: Settings
    now: datetime
    events: list[dict[str, Any]] = field(default_factory=list)
    cards: list[dict[str, Any]] = field(default_factory=list)
    days: list[dict[str, Any]] = field(default_factory=list)
    firsts: list[dict[str, Any]] = field(default_factory=list)
    bins: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    told: dict[int, Told] = field(default_factory=dict)

    def walk(self, ids: list[int]) -> None:
        """Find out what is to be written for these learners."""
        session, item_id = self.session, self.regrade.item_id
        learners = {row.id: learner_of(row, self.settings) for row in queries.accounts(session, ids)}
        judge, own = judge_of(session, item_id), targets(session, ids)
        logs = groupby(queries.logs(session, item_id, ids), key=lambda row: row.learner_id)
        for learner_id, log in logs:
            rows = list(log)
            learner = learners[learner_id].aiming(own.get((learner_id, rows[0].deck_id)))
            if self.regrade.change == "key":
                self._fold(learner, rows, list(self._regraded(learner, rows, judge)))
            else:
                self._fold(learner, rows, list(self._called(learner, rows)))
        if self.regrade.change == "key":
            for row in queries.quiz_answers(session, item_id, ids):
                self._regrade_question(row, judge)

    # --- answers graded again ---------------------------------------------------------------------

    def _regraded(self, learner: Learner, log: list[FullEvent], judge: Judge) -> Iterable[dict[str, Any]]:
        """The events that make a learner's answers worth what they are worth now."""
        voided = {row.voids for row in log}
        before = {restated_id(row.id): row for row in log}
        for row in log:
            if row.voids is not None or row.id in voided:
                continue
            worth = judge(row, _called(row, before))
            if (worth.score, worth.weight) == (row.score, row.weight):
                continue
            self.told.setdefault(learner.id, Told()).note(row.score, worth.score, row.response)
            yield self._void(learner, row, uuid5(row.id, "regraded"))
            yield {name: getattr(row, name) for name in EVENT_FIELDS} | {
                "id": restated_id(row.id),
                "score": worth.score,
                "chance": worth.chance if row.chance else 0.0,
                "guess": worth.guess,
                "weight": worth.weight,
                "grade": worth.grade,
                "graded_by": worth.graded_by,
            }

    def _regrade_question(self, row: QuizAnswer, judge: Judge) -> None:
        if row.marked:  # a teacher has looked at this very answer
            return
        worth = judge(row)
        if worth.score == row.score:
            return
        if row.unrecorded:  # else it is in the log
            self.told.setdefault(row.learner_id, Told()).unseen += 1
        self.questions.append(
            {
                "attempt_id": row.attempt_id,
                "position": row.position,
                "grade": worth.grade,
                "score": worth.score,
                "graded_by": worth.graded_by,
            }
        )

    def _void(self, learner: Learner, row: FullEvent, id_: UUID) -> dict[str, Any]:
        return {name: getattr(row, name) for name in EVENT_FIELDS} | {
            "id": id_,
            "at": self.now,
            "zone": learner.zone.key,
            "day": learner.today(self.now),
            "source": "regrade",
            "response": "",
            "grade": "",
            "score": 0.0,
            "chance": 0.0,
            "guess": 0.0,
            "weight": 1.0,
            "rating": None,
            "hinted": False,
            "duration_ms": 0,
            "expected": None,
            "planned_day": None,
            "voids": row.id,
            "graded_by": None,
        }

    # --- items asked early ------------------------------------------------------------------------

    def _called(self, learner: Learner, log: list[FullEvent]) -> Iterable[dict[str, Any]]:
        """A call for who has answered an earlier version last; taken back where the change is undone."""
        id_ = uuid5(NAMESPACE_OID, f"quizapp:call:{self.regrade.id}:{learner.id}")
        voided = {row.voids for row in log if row.voids != row.id}
        call = next((row for row in log if row.id == id_), None)
        if self.regrade.undone_at is not None:
            if call is not None and id_ not in voided:
                yield self._void(learner, call, uuid5(id_, "regraded"))
            return
        answers = [row for row in log if row.voids is None and row.id not in voided]
        if call is None and answers and self._met_before(answers[-1]):
            due_by = learner.today(self.now) + 1
            yield self._void(learner, answers[-1], id_) | {
                "source": "call",
                "planned_day": due_by,
                "voids": id_,
            }
            self.told[learner.id] = Told()

    def _met_before(self, last: FullEvent) -> bool:
        return last.version_id < self.regrade.to_version_id

    # --- folding and writing ----------------------------------------------------------------------

    def _fold(self, learner: Learner, log: list[FullEvent], added: list[dict[str, Any]]) -> None:
        """What the learner's card and numbers become with these events."""
        if not added:
            return
        after = sorted([*log, *(log[0]._replace(**each) for each in added)], key=lambda row: (row.at, row.id))
        self.events += added
        state = learner.parameters.replay(map(event_of, after))
        if state is not None:
            first = log[0]
            keys = {"item_id": first.item_id, "deck_id": first.deck_id, "fact_id": first.fact_id}
            mark = {"folded": learner.parameters.mark}
            self.cards.append({"learner_id": learner.id, **keys, **msgspec.structs.asdict(state), **mark})
        old, new = _rolled_up(learner.id, log), _rolled_up(learner.id, after)
        self.days += _differences(old[LearnerDay], new[LearnerDay], ("learner_id", "day"))
        self.firsts += _differences(old[LearnerFirst], new[LearnerFirst], ("learner_id", "format"))
        self.bins += _differences(old[LearnerCalibration], new[LearnerCalibration], ("learner_id", "bin"))

    def write(self) -> None:
        session, regrade = self.session, self.regrade
        insert_all_once(session, Review, self.events)
        put_all(session, Card, self.cards)
        add_up_all(session, LearnerDay, ("learner_id", "day"), self.days)
        add_up_all(session, LearnerFirst, ("learner_id", "format"), self.firsts)
        add_up_all(session, LearnerCalibration, ("learner_id", "bin"), self.bins)
        if self.questions:
            session.execute(update(AttemptQuestion), self.questions)
        regrade.answers_changed += sum(each.gained + each.lost + each.unseen for each in self.told.values())
        regrade.learners_changed += len(self.told)
        if regrade.change == "key":
            self._tell()

    def _tell(self) -> None:
        """Notices: of a regrade; of its undoing only to who has put its notice away."""
        unread = delete(GradeNotice).where(
            GradeNotice.regrade_id == self.regrade.id,
            GradeNotice.learner_id.in_(self.told),
            GradeNotice.dismissed_at.is_(None),
        )
        told = dict(self.told)
        if self.regrade.undone_at is not None:
            for learner_id in self.session.scalars(unread.returning(GradeNotice.learner_id)):
                del told[learner_id]
        rows = [
            {
                "regrade_id": self.regrade.id,
                "learner_id": learner_id,
                "gained": each.gained,
                "lost": each.lost,
                "response": each.response,
                "told_at": self.now,
                "dismissed_at": None,
            }
            for learner_id, each in told.items()
            if each.gained or each.lost
        ]
        put_all(self.session, GradeNotice, rows)


def _called(row: FullEvent, before: Mapping[UUID, FullEvent]) -> str:
    """The grade of an answer when it was given, where its learner called something the same; before: by the
    id under which each event of the log would be stated again."""
    while row.id in before:
        row = before[row.id]
    return row.grade if row.weight < 1 else ""


def _rolled_up(learner_id: int, log: list[FullEvent]) -> dict[type[Any], Rows]:
    found: dict[type[Any], Rows] = {LearnerDay: {}, LearnerFirst: {}, LearnerCalibration: {}}
    roll_up(found, learner_id, log)
    return found


def _differences(old: Rows, new: Rows, keys: tuple[str, ...]) -> list[dict[str, Any]]:
    """What to add to each row of sums; nothing where there is nothing to add."""
    found = []
    for key in old.keys() | new.keys():
        before, after = old.get(key, {}), new.get(key, {})
        names = [name for name in {**before, **after} if name not in keys]
        sums = {name: after.get(name, 0) - before.get(name, 0) for name in names}
        if any(sums.values()):
            found.append(sums | dict(zip(keys, key, strict=True)))
    return found

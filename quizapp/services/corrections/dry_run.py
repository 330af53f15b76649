"""What a key would do to past answers, before anything is done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import decode_response
from quizapp.domain.library.kinds.base import Content, Response
from quizapp.services.study.counting_keys import Judge
from quizapp.storage.corrections import regrades as queries
from quizapp.storage.corrections.regrades import Key
from quizapp.storage.library.tables import Item

MOST_SHOWN = 100


@dataclass(frozen=True)
class Changed:
    """One answer, what it is worth and would be, how often it was given and by how many learners."""

    response: Response
    before: float
    after: float
    times: int
    learners: int


@dataclass(frozen=True)
class DryRun:
    """All counting answers to an item, and those that would be worth something else, commonest first."""

    answers: int
    learners: int
    answers_changed: int
    learners_changed: int
    changed: tuple[Changed, ...]


def dry_run(session: Session, item: Item, content: Content) -> DryRun:
    """What would change if this content's key counted for every answer given so far."""
    versions = queries.versions(session, item.id)
    newest = max((row.number for row in versions.values()), default=0)
    judge = Judge(versions, [Key(0, newest + 1, content), *queries.keys(session, item.id)])
    rows = queries.counting_answers(session, versions.keys())
    times: Counter[tuple[str, float, float]] = Counter()
    people: dict[tuple[str, float, float], set[int]] = {}
    for row in rows:
        after = judge(row, row.called).score
        if after != row.score:
            place = (row.response, row.score, after)
            times[place] += 1
            people.setdefault(place, set()).add(row.learner_id)
    return DryRun(
        answers=len(rows),
        learners=len({row.learner_id for row in rows}),
        answers_changed=times.total(),
        learners_changed=len(set[int]().union(*people.values())),
        changed=tuple(
            _changed(place, count, people[place]) for place, count in times.most_common(MOST_SHOWN)
        ),
    )


def _changed(place: tuple[str, float, float], count: int, people: set[int]) -> Changed:
    response, before, after = place
    return Changed(decode_response(response), before, after, count, len(people))

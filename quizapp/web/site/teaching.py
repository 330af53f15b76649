"""The start page's part for who teaches: what waits, how the work of their classes stands, next steps."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.classes.wording import clock_words
from quizapp.domain.language.translation import _
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes import classrooms
from quizapp.storage.classes import teaching as queries
from quizapp.web.corrections.queue.section import Desk
from quizapp.web.corrections.queue.sections import SECTIONS
from quizapp.web.corrections.queue.total import counts
from quizapp.web.site.pages import QueueSection, Step, Teaching, WorkRow

LOOKED_BACK = timedelta(days=2)  # what was due before is no news


def teaching(session: Session, teacher: Account, *, now: datetime) -> Teaching:
    """What waits for a teacher and how their classes stand; a fixed number of queries."""
    counted = counts(session, Desk(teacher=teacher, now=now))
    work = queries.taught_now(session, teacher.id, now - LOOKED_BACK, now)
    classes = classrooms.classes_taught(session, teacher.id)
    return Teaching(
        waits=tuple(
            QueueSection(name=section.name, title=section.title, count=counted[section.name])
            for section in SECTIONS
            if counted.get(section.name)
        ),
        work=tuple(
            WorkRow(
                id=row.id,
                title=row.title,
                classroom_id=row.classroom_id,
                classroom=row.classroom_name,
                sort=row.sort,
                due=clock_words(row.due_at, ZoneInfo(row.zone), now),
                done=row.done,
                students=row.students,
            )
            for row in work
        ),
        steps=_steps(session, teacher),
        classes=tuple((row.id, row.name) for row in classes if row.archived_at is None),
    )


def _steps(session: Session, teacher: Account) -> tuple[Step, ...]:
    """The steps of a first day; none once a class has students and something to do."""
    done = queries.first_steps(session, teacher.id)
    if done.student and done.work:
        return ()
    steps = [
        Step(words=_("Add an article"), where=url_for("articles.add"), done=done.article or done.question),
        Step(
            words=_("Publish questions on it"),
            where=url_for("articles.index") if done.article else url_for("authoring.decks"),
            done=done.question,
        ),
        Step(
            words=_("Give them to a class"),
            where=url_for("authoring.decks") if done.question else url_for("classrooms.new"),
            done=done.work,
        ),
        Step(
            words=_("Let students join"),
            where=url_for("classrooms.index") if done.classroom else url_for("classrooms.new"),
            done=done.student,
        ),
    ]
    if teacher.is_admin:
        steps.append(Step(words=_("Invite colleagues"), where=url_for("administration.accounts"), done=False))
    return tuple(steps)

"""From rows to the teacher's pages of assignments."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import fmean
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice

from quizapp.domain.classes.figures import middle_half
from quizapp.domain.classes.moments import ended_day
from quizapp.domain.classes.states import Status
from quizapp.domain.classes.terms import Sort
from quizapp.domain.classes.wording import clock_words, zone_words
from quizapp.domain.language.markup import plain
from quizapp.domain.language.text import fold_for_search, percent, percents
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import decode_response, kind_of
from quizapp.domain.library.kinds.base import Typed
from quizapp.domain.library.kinds.responses import in_words
from quizapp.services.classes import answers, progress
from quizapp.services.classes.progress import Standpoint
from quizapp.services.quizzes.attempts import terms_of
from quizapp.storage.classes import assigned_answers, assigned_students
from quizapp.storage.classes import assignments as queries
from quizapp.storage.classes.assigned_answers import CountedAnswer, VersionContent
from quizapp.storage.classes.assigned_students import AssignedStudent
from quizapp.storage.classes.assignments import TaughtAssignment
from quizapp.storage.classes.tables import Assignment, Classroom
from quizapp.web.classes.assignments import words
from quizapp.web.classes.assignments.forms import ExtensionForm
from quizapp.web.classes.assignments.pages import (
    AssignmentPage,
    Extension,
    ExtensionsPage,
    GivenRow,
    QuestionLine,
    StudentLine,
)

MOST_WRONG = 3  # wrong answers told of a question
MANY_NEAR = 2  # so many wrong answers with a word of the key are worth a look
LONG_WORD = 4  # letters; shorter words are in any answer
DONE = {Status.DONE, Status.LATE}


def assignment_page(
    session: Session, found: TaughtAssignment, account_id: int, *, now: datetime
) -> AssignmentPage:
    """An assignment with everyone in the class, and what went wrong."""
    assignment, zone = found.assignment, ZoneInfo(found.classroom.zone)
    terms = terms_of(assignment)
    students = progress.of_students(session, assignment, found.classroom, now=now)
    results = [stand.share for _, stand in students if stand.share is not None]
    erased = assigned_answers.erased_results(session, assignment.id)
    counted = [
        *assigned_answers.answers(session, assignment),
        *assigned_answers.erased_answers(session, assignment.id),
    ]
    return AssignmentPage(
        id=assignment.id,
        name=assignment.title,
        sort=assignment.sort,
        classroom_id=found.classroom.id,
        classroom_name=found.classroom.name,
        deck_slug=found.deck_slug,
        deck_title=found.deck_title,
        rules=words.rules(assignment, terms, zone, now, asked=_asked(session, assignment)),
        access_code=assignment.access_code,
        due=words.moment(terms.due_at, zone, now),
        open=terms.takes(now),
        students=tuple(_student(row, stand, zone, now) for row, stand in students),
        questions=_questions(session, counted, account_id),
        done=sum(stand.status in DONE for _, stand in students),
        begun=sum(stand.active_at is not None for _, stand in students),
        average=_average(results + erased),
        middle=_middle(results + erased),
        erased=len(erased),
    )


def _asked(session: Session, assignment: Assignment) -> int:
    return queries.asked(session, assignment) if assignment.sort == Sort.QUIZ else 0


def given_rows(session: Session, classroom: Classroom, *, now: datetime) -> tuple[GivenRow, ...]:
    """The assignments of a class, what can still be done first."""
    zone = ZoneInfo(classroom.zone)
    rows = [(row, terms_of(row.assignment)) for row in queries.of_classroom(session, classroom.id)]
    rows.sort(key=lambda each: each[1].has_closed(now))
    return tuple(
        GivenRow(
            id=row.assignment.id,
            title=row.assignment.title,
            sort=row.assignment.sort,
            due=words.moment(terms.due_at, zone, now),
            state="over" if terms.has_closed(now) else "open" if terms.takes(now) else _("not open yet"),
            finished=row.finished if row.assignment.sort == Sort.QUIZ else None,
        )
        for row, terms in rows
    )


def _student(row: AssignedStudent, stand: Standpoint, zone: ZoneInfo, now: datetime) -> StudentLine:
    result, percent = words.result(stand)
    shown = stand.counts or (stand.attempts[-1] if stand.attempts else None)
    return StudentLine(
        id=row.id,
        attempt="" if shown is None else str(shown.id),
        name=row.name,
        status=_(words.TEACHER_WORDS[stand.status]),
        tone=words.TONES.get(stand.status, ""),
        result=result,
        percent=percent,
        attempts=len(stand.attempts),
        last_active=clock_words(stand.active_at, zone, now) if stand.active_at else "",
        own_due=clock_words(stand.terms.due_at, zone, now) if row.own_due_at else "",
    )


def _average(shares: Sequence[float]) -> str:
    """The mean of the results in per cent; "" of none."""
    return percent(fmean(shares)) if shares else ""


def _middle(shares: Iterable[float]) -> str:
    """The range that holds the middle half of the results, in per cent; "" of few."""
    found = middle_half([round(100 * share) for share in shares])
    if found is None:
        return ""
    return percents(found.low, found.high)


def _questions(
    session: Session, counted: Sequence[CountedAnswer], account_id: int
) -> tuple[QuestionLine, ...]:
    """Every question that was answered, the one that went worst first. Versions of one item are one."""
    contents = {
        row.id: row
        for row in assigned_answers.contents(session, sorted({row.version_id for row in counted}), account_id)
    }
    by_item: dict[int, list[CountedAnswer]] = defaultdict(list)
    for row in counted:
        by_item[contents[row.version_id].item_id].append(row)
    lines = [_question(contents[max(row.version_id for row in rows)], rows) for rows in by_item.values()]
    return tuple(sorted(lines, key=lambda line: (line.percent, -line.answers, line.headline)))


def _question(newest: VersionContent, rows: Sequence[CountedAnswer]) -> QuestionLine:
    content = newest.content
    given: dict[str, int] = defaultdict(int)
    keys = {word for key in kind_of(content).outline(content).keys for word in _long_words(key)}
    near = 0
    for row in rows:
        if row.score < 1 and row.response:
            response = decode_response(row.response)
            given[", ".join(map(plain, in_words(response)))] += row.times
            if isinstance(response, Typed) and keys & _long_words(" ".join(response.texts)):
                near += row.times
    count, right = sum(row.times for row in rows), sum(row.times for row in rows if row.score >= 1)
    mean = sum(row.score * row.times for row in rows) / count
    return QuestionLine(
        id=newest.item_id,
        editable=newest.editable,
        headline=plain(kind_of(content).headline(content)),
        right=right,
        answers=count,
        percent=round(100 * right / count),
        mean=round(100 * mean) if right < count * mean else None,
        near=near if near >= MANY_NEAR else 0,
        wrong=tuple(sorted(given.items(), key=lambda each: (-each[1], each[0]))[:MOST_WRONG]),
    )


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", fold_for_search(text)) if len(word) >= LONG_WORD}


def extensions_page(
    session: Session, found: TaughtAssignment, form: ExtensionForm, *, now: datetime
) -> ExtensionsPage:
    """Who has more time, and a form to give it."""
    zone = ZoneInfo(found.classroom.zone)
    students = assigned_students.students(session, found.assignment)
    form.student.choices = [SelectChoice(str(row.id), row.name) for row in students]
    return ExtensionsPage(
        form=form,
        id=found.assignment.id,
        name=found.assignment.title,
        due=words.moment(found.assignment.due_at, zone, now),
        zone=zone_words(zone),
        extensions=tuple(
            Extension(id=row.id, name=row.name, due=words.moment(row.own_due_at, zone, now))
            for row in students
            if row.own_due_at is not None
        ),
        students=bool(students),
    )


def table(
    session: Session, found: TaughtAssignment, account_id: int, *, now: datetime
) -> tuple[list[str], list[list[object]]]:
    """The students as heads and rows of a file, a column a question; times by the class's clock."""
    zone = ZoneInfo(found.classroom.zone)
    clock = f"({zone_words(zone)})"
    study = found.assignment.sort == Sort.STUDY
    heads = [
        _("Name"),
        _("State"),
        _("Facts known") if study else _("Points"),
        _("Facts") if study else _("Possible points"),
        _("Percent"),
        _("Attempts"),
        _("Late"),
        _("Due {clock}").format(clock=clock),
        _("Last activity {clock}").format(clock=clock),
    ]
    grid = answers.grid(session, found.assignment, found.classroom, account_id, now=now)
    asked = [item.id for item in grid.items]
    heads += [
        f"{number}. {plain(kind_of(item.content).headline(item.content))}"
        for number, item in enumerate(grid.items, start=1)
    ]
    return heads, [
        [
            row.name,
            *_cells(stand, zone),
            *(_points(grid.cells.get((row.learner_id, item))) for item in asked),
        ]
        for row, stand in grid.students
    ]


def _points(cell: answers.Answered | None) -> str | float:
    """What was got of a question; "open" where it was asked and not answered, nothing where it was not."""
    if cell is None:
        return ""
    return _("open") if cell.points is None else _number(cell.points)


def _number(points: float) -> float:
    """Points as a spreadsheet is to show them: no decimals where they say nothing."""
    return int(points) if points.is_integer() else round(points, 2)


def _cells(stand: Standpoint, zone: ZoneInfo) -> list[str | float]:
    got: list[str | float] = ["", "", ""]
    if stand.progress is not None:
        got = [stand.progress.known, stand.progress.facts, round(100 * stand.progress.share)]
    elif stand.counts is not None:
        share = round(100 * stand.counts.share)
        got = [_number(stand.counts.points), _number(stand.counts.possible), share]
    return [
        _(words.TEACHER_WORDS[stand.status]),
        *got,
        len(stand.attempts),
        "late" if stand.status in {Status.LATE, Status.OVERDUE} else "",
        _cell(stand.terms.due_at, zone),
        _cell(stand.active_at, zone) if stand.active_at else "",
    ]


def _cell(at: datetime, zone: ZoneInfo) -> str:
    day = ended_day(at, zone)
    return _("end of {day}").format(day=day) if day else f"{at.astimezone(zone):%Y-%m-%d %H:%M}"

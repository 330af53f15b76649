"""From rows to the pages of results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import fmean
from typing import Any
from zoneinfo import ZoneInfo

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.classes.gradebook import Rule, mark
from quizapp.domain.classes.terms import Sort
from quizapp.domain.classes.wording import clock_words
from quizapp.domain.corrections.claims import accepting, claimable
from quizapp.domain.language.markup import plain
from quizapp.domain.language.text import percent
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds import decode_grade, decode_response, kind_of
from quizapp.domain.library.kinds.base import Content, Format, Grade, Response
from quizapp.domain.library.kinds.responses import in_words
from quizapp.services.classes import answers, progress
from quizapp.services.classes.answers import OPEN, RIGHT, Answered, state_of
from quizapp.services.classes.progress import Asked, Standpoint
from quizapp.services.quizzes.attempts import terms_of
from quizapp.storage.classes import assigned_answers, assigned_students, assignments
from quizapp.storage.classes import results as queries
from quizapp.storage.classes.assignments import OwnAssignment, TaughtAssignment
from quizapp.storage.classes.results import AskedItem, Decision, TaughtAnswer, TaughtAttempt
from quizapp.storage.classes.tables import Classroom, Enrolment
from quizapp.storage.corrections import regrades
from quizapp.storage.quizzes import attempts as attempt_queries
from quizapp.storage.quizzes.attempts import AskedQuestion
from quizapp.storage.quizzes.tables import Attempt
from quizapp.web.classes.assignments import words
from quizapp.web.classes.results.pages import (
    AnswerPage,
    AnswerView,
    AttemptPage,
    GradebookPage,
    GridCell,
    GridPage,
    GridRow,
    LatestRow,
    MarkRow,
    QuestionHead,
    StudentPage,
    WorkRow,
)
from quizapp.web.quizzes.building import prompt_of

RULES = {
    Rule.BEST: marked("the best attempt"),
    Rule.LAST: marked("the last attempt"),
    Rule.MEAN: marked("the mean of all attempts"),
}


# --- the grid --------------------------------------------------------------------------------------


def grid_page(session: Session, found: TaughtAssignment, account_id: int, *, now: datetime) -> GridPage:
    """Students × questions."""
    assignment = found.assignment
    grid = answers.grid(session, assignment, found.classroom, account_id, now=now)
    return GridPage(
        id=assignment.id,
        name=assignment.title,
        sort=assignment.sort,
        classroom_id=found.classroom.id,
        classroom_name=found.classroom.name,
        heads=tuple(_head(item, grid.cells) for item in grid.items),
        rows=tuple(
            GridRow(
                enrolment_id=row.id,
                name=row.name,
                result=words.result(stand)[0],
                cells=tuple(_cell(grid.cells.get((row.learner_id, item.id))) for item in grid.items),
            )
            for row, stand in grid.students
        ),
    )


def headline(content: Content) -> str:
    return plain(kind_of(content).headline(content))


def _head(item: AskedItem, cells: dict[tuple[int, int], Answered]) -> QuestionHead:
    column = [cell for (_learner, asked), cell in cells.items() if asked == item.id and cell.state != OPEN]
    return QuestionHead(
        id=item.id,
        headline=headline(item.content),
        editable=item.editable,
        right=sum(cell.state == RIGHT for cell in column),
        answers=len(column),
    )


def _cell(cell: Answered | None) -> GridCell:
    if cell is None:
        return GridCell(state="")
    if cell.attempt_id is not None:
        address = url_for("results.attempt", taken=cell.attempt_id) + f"#question-{cell.position}"
    else:
        address = url_for("results.answer", given=cell.review_id)
    points = "" if cell.points is None or cell.of == 1 else words.decimal(cell.points)
    return GridCell(state=cell.state, address=address, points=points)


# --- an attempt and an answer ----------------------------------------------------------------------


def attempt_page(session: Session, found: TaughtAttempt, account_id: int, *, now: datetime) -> AttemptPage:
    """An attempt as its student saw it."""
    attempt, zone = found.attempt, ZoneInfo(found.classroom.zone)
    rows = attempt_queries.questions(session, attempt.id)
    items = queries.asked_items(session, [row.attempt_question.item_id for row in rows], account_id)
    decided: dict[int | None, list[str]] = defaultdict(list)
    for each in queries.decisions(session, attempt.id):
        decided[each.position].append(_decision(each, zone, now))
    points = sum((row.attempt_question.score or 0) * row.attempt_question.points for row in rows)
    possible = sum(row.attempt_question.points for row in rows)
    return AttemptPage(
        id=str(attempt.id),
        assignment_id=found.assignment.id,
        assignment=found.assignment.title,
        enrolment_id=found.enrolment_id,
        student=found.student,
        number=attempt.number or 1,
        began=clock_words(attempt.started_at, zone, now),
        ended=clock_words(attempt.finished_at, zone, now) if attempt.finished_at else "",
        result=_("{points} of {possible}").format(
            points=words.decimal(points), possible=words.decimal(possible)
        ),
        counts=_counts(session, found, now),
        reset=attempt.set_aside_at is not None,
        marking=attempt.finished_at is not None or attempt.feedback == "now",
        answers=tuple(
            _asked(
                session,
                row,
                items[row.attempt_question.item_id],
                tuple(decided[row.attempt_question.position]),
            )
            for row in rows
        ),
        decided=tuple(decided[None]),
    )


def _counts(session: Session, found: TaughtAttempt, now: datetime) -> bool:
    students = progress.of_students(session, found.assignment, found.classroom, now=now)
    stands = [stand for row, stand in students if row.id == found.enrolment_id]
    return any(stand.counts is not None and stand.counts.id == str(found.attempt.id) for stand in stands)


def _decision(each: Decision, zone: ZoneInfo, now: datetime) -> str:
    at, by = clock_words(each.made_at, zone, now), each.by or _("a teacher who has left")
    if each.position is None:
        return _("Reset by {by}, {at}: {reason}").format(by=by, at=at, reason=each.reason)
    before, after = (_percent(score) for score in (each.before, each.score))
    return _("{before} changed to {after} by {by}, {at}: {reason}").format(
        before=before, after=after, by=by, at=at, reason=each.reason
    )


def _percent(score: float | None) -> str:
    return _("not answered") if score is None else percent(score)


def _asked(session: Session, row: AskedQuestion, item: AskedItem, decided: tuple[str, ...]) -> AnswerView:
    question = row.attempt_question
    judged = _judged(session, question.graded_by, row.content)
    response = decode_response(question.response) if question.response else None
    return AnswerView(
        position=question.position,
        prompt=prompt_of(row),
        grade=decode_grade(question.grade) if question.grade else Grade(0.0),
        outline=kind_of(judged).outline(judged),
        state=state_of(question.score, "" if question.marked else question.grade),
        score="" if question.score is None else words.decimal(question.score * question.points),
        of=words.decimal(question.points),
        possible=question.points,
        marked=question.marked,
        decided=decided,
        response=response,
        **_about(item, question.version_id, response, question.grade),
    )


def answer_page(session: Session, found: TaughtAnswer, account_id: int, *, now: datetime) -> AnswerPage:
    """One answer given in study, as the student saw it."""
    student, classroom, row = found
    zone = ZoneInfo(classroom.zone)
    [asked] = assigned_answers.contents(session, [row.version_id], account_id)
    item = queries.asked_items(session, [row.item_id], account_id)[row.item_id]
    judged = _judged(session, row.graded_by, asked.content)
    response = decode_response(row.response)
    return AnswerPage(
        enrolment_id=student.id,
        student=student.name,
        review=str(row.id),
        at=clock_words(row.at, zone, now),
        answer=AnswerView(
            position=0,
            prompt=kind_of(asked.content).prompt(asked.content, Format(row.format), row.id.hex),
            grade=decode_grade(row.grade),
            outline=kind_of(judged).outline(judged),
            state=state_of(row.score, row.grade),
            score=words.decimal(row.score),
            of="1",
            possible=1.0,
            marked=False,
            response=response,
            **_about(item, row.version_id, response, row.grade),
        ),
    )


def _about(item: AskedItem, version_id: int, response: Response | None, grade: str) -> dict[str, Any]:
    """What can be done about an answer's question."""
    acceptable = (
        response is not None
        and item.editable
        and claimable(response, decode_grade(grade))
        and accepting(item.content, [response]) is not None
    )
    return {
        "item_id": item.id,
        "headline": headline(item.content),
        "editable": item.editable,
        "acceptable": acceptable,
        "base": item.version_id,
        "changed": item.version_id != version_id,
    }


def _judged(session: Session, graded_by: int | None, content: Content) -> Content:
    return (regrades.content_of(session, graded_by) if graded_by is not None else None) or content


# --- a student -------------------------------------------------------------------------------------


def student_page(
    session: Session, student: Enrolment, classroom: Classroom, account_id: int, *, now: datetime
) -> StudentPage:
    """Everything that a class asks of a student and got from them."""
    zone = ZoneInfo(classroom.zone)
    given = assignments.of_student(session, classroom.id, student.id)
    stands = progress.of_learner(session, given, student.learner_id, now=now)
    every = queries.all_attempts(session, [row.assignment.id for row in given], student.learner_id)
    latest = queries.answers_of(session, classroom.id, student.learner_id)
    items = queries.asked_items(session, sorted({row.item_id for row in latest}), account_id)
    return StudentPage(
        id=student.id,
        name=student.name,
        classroom_id=classroom.id,
        classroom_name=classroom.name,
        removed=student.removed_at is not None,
        signs_in=_("Signs in with a password.")
        if student.learner.has_password
        else _("Signs in with a card, or on the device they joined with."),
        extra_time=student.extra_time,
        others=tuple(
            (row.id, row.name)
            for row in assigned_students.enrolled(session, classroom.id)
            if row.id != student.id
        ),
        work=tuple(_work(row, stands[row.assignment.id], every, zone, now) for row in given),
        answers=tuple(
            LatestRow(
                review=str(row.id),
                item_id=row.item_id,
                headline=headline(items[row.item_id].content),
                given=", ".join(map(plain, in_words(decode_response(row.response)))),
                state=state_of(row.score, row.grade),
                at=clock_words(row.at, zone, now),
                source=row.source,
            )
            for row in latest
            if row.item_id in items
        ),
    )


def _work(
    row: OwnAssignment, stand: Standpoint, every: Iterable[Attempt], zone: ZoneInfo, now: datetime
) -> WorkRow:
    result, percent = words.result(stand)
    points = {each.id: each for each in stand.attempts}
    return WorkRow(
        id=row.assignment.id,
        title=row.assignment.title,
        sort=row.assignment.sort,
        due=clock_words(stand.terms.due_at, zone, now),
        status=_(words.TEACHER_WORDS[stand.status]),
        tone=words.TONES.get(stand.status, ""),
        result=result,
        percent=percent,
        attempts=tuple(
            (
                str(each.id),
                words.points(points[str(each.id)]) if str(each.id) in points else _("reset"),
                each.set_aside_at is not None,
            )
            for each in every
            if each.assignment_id == row.assignment.id
        ),
    )


# --- the gradebook ---------------------------------------------------------------------------------


def gradebook_page(session: Session, classroom: Classroom, rule: Rule, *, now: datetime) -> GradebookPage:
    """The marks of a class in all its assignments, by one rule."""
    given = [row.assignment for row in reversed(assignments.of_classroom(session, classroom.id))]
    zone = ZoneInfo(classroom.zone)
    students = assigned_students.enrolled(session, classroom.id)
    extensions = assigned_students.extensions_of(session, [each.id for each in given])
    asked = [
        Asked(
            key=number * len(students) + place,
            assignment=assignment,
            zone=zone,
            learner_id=student.learner_id,
            weights=student.weights,
            terms=terms_of(assignment, extensions.get((assignment.id, student.id))),
        )
        for number, assignment in enumerate(given)
        for place, student in enumerate(students)
    ]
    stands = progress.standpoints(session, asked, now=now)
    marks = [
        tuple(
            _mark(stands[number * len(students) + place], given[number].sort, rule, now)
            for number in range(len(given))
        )
        for place in range(len(students))
    ]
    return GradebookPage(
        id=classroom.id,
        name=classroom.name,
        rule=rule.value,
        rules=tuple((each.value, _(text)) for each, text in RULES.items()),
        heads=tuple((each.id, each.title) for each in given),
        rows=tuple(
            MarkRow(enrolment_id=student.id, name=student.name, marks=row, mean=_mean(row))
            for student, row in zip(students, marks, strict=True)
        ),
        means=tuple(_mean([row[number] for row in marks]) for number in range(len(given))),
    )


def _mark(stand: Standpoint, sort: str, rule: Rule, now: datetime) -> int | None:
    if sort == Sort.STUDY:
        share = stand.share if stand.progress is not None and stand.progress.met else None
    else:
        share = mark(rule, stand.attempts, stand.terms.due_at, closed=stand.terms.has_closed(now))
    return None if share is None else round(100 * share)


def _mean(marks: Sequence[int | None]) -> int | None:
    given = [each for each in marks if each is not None]
    return round(fmean(given)) if given else None


def gradebook_table(page: GradebookPage) -> tuple[list[str], list[list[object]]]:
    """The gradebook as heads and rows of a file, in per cent."""
    heads = [_("Name"), *(f"{title} (%)" for _id, title in page.heads), _("Mean (%)")]
    return heads, [
        [
            row.name,
            *("" if each is None else each for each in row.marks),
            "" if row.mean is None else row.mean,
        ]
        for row in page.rows
    ]

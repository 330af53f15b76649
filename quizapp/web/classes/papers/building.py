"""From a quiz's questions to the pages on which they are picked, tried and printed."""

from __future__ import annotations

from datetime import datetime
from string import ascii_lowercase
from urllib.parse import quote

from sqlalchemy.orm import Session

from quizapp.domain.classes.codes import spaced
from quizapp.domain.language.markup import plain
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import (
    Choices,
    Content,
    Outline,
    Prompt,
    Response,
)
from quizapp.services.classes.assigned_attempts import asked
from quizapp.services.classes.classrooms import is_joinable
from quizapp.services.quizzes.attempts import drawable
from quizapp.services.study.next_question import formats_of
from quizapp.storage.classes import assignments
from quizapp.storage.classes.assignments import TaughtAssignment
from quizapp.storage.quizzes import attempts as queries
from quizapp.web.classes.assignments.words import decimal
from quizapp.web.classes.papers.pages import (
    Paper,
    PaperPage,
    PaperQuestion,
    PickPage,
    PickRow,
    ShareLink,
    SharePage,
    TrialPage,
)
from quizapp.web.frame.links import absolute

VERSIONS = ("A", "B")
PLATFORMS = (
    ("Google Classroom", "https://classroom.google.com/share?url="),
    ("Microsoft Teams", "https://teams.microsoft.com/share?href="),
)


def pick_page(session: Session, found: TaughtAssignment, *, problem: str = "") -> PickPage:
    """Every question of the deck that a quiz can ask, those picked marked."""
    assignment = found.assignment
    picked = {each.item_id: each for each in assignments.picked(session, assignment.id)}
    askable = {each.item for each in drawable(session, assignment.deck_id)}
    rows = [row for row in queries.drawable(session, assignment.deck_id) if row.id in askable]
    return PickPage(
        id=assignment.id,
        name=assignment.title,
        deck_title=found.deck_title,
        rows=tuple(
            PickRow(
                id=row.id,
                headline=plain(kind_of(row.content).headline(row.content)),
                kind=_(kind_of(row.content).title),
                keys=tuple(map(plain, kind_of(row.content).outline(row.content).keys)),
                picked=row.id in picked,
                points=decimal(picked[row.id].points) if row.id in picked else "1",
            )
            for row in rows
        ),
        shuffled=assignment.shuffled,
        drawn=min(assignment.questions, len({row.fact_id for row in rows})),
        problem=problem,
    )


def trial(session: Session, found: TaughtAssignment) -> list[tuple[Content, Prompt]]:
    """The questions of a quiz as a student would get them; what is drawn is drawn the same each time."""
    seed = f"preview {found.assignment.id}"
    return [(content, prompt) for content, prompt, _points in _questions(session, found, seed)]


def _questions(session: Session, found: TaughtAssignment, seed: str) -> list[tuple[Content, Prompt, float]]:
    items, points = asked(session, found.assignment, seed)
    rows = {row.item_id: row for row in queries.present_versions(session, 0, list(items))}
    told = []
    for item in items:
        content, allowed = rows[item].content, formats_of(rows[item].content, rows[item].formats)
        prompt = kind_of(content).prompt(content, allowed[0], f"{seed} {item}")
        told.append((content, prompt, points.get(item, 1.0)))
    return told


def trial_page(
    found: TaughtAssignment,
    questions: list[tuple[Content, Prompt]],
    position: int,
    *,
    problem: str = "",
    response: Response | None = None,
) -> TrialPage:
    content, prompt = questions[position - 1]
    grade = None if response is None else kind_of(content).grade(content, response)
    return TrialPage(
        id=found.assignment.id,
        name=found.assignment.title,
        position=position,
        count=len(questions),
        prompt=prompt,
        problem=problem,
        response=response,
        grade=grade,
        outline=None if grade is None else kind_of(content).outline(content),
        rationale="" if grade is None else content.rationale,
    )


def share_page(found: TaughtAssignment, *, now: datetime) -> SharePage:
    """The link of an assignment; it survives signing in and joining."""
    address = absolute("assignments.mine", assignment_id=found.assignment.id)
    classroom = found.classroom
    return SharePage(
        id=found.assignment.id,
        name=found.assignment.title,
        classroom_id=classroom.id,
        address=address,
        code=spaced(classroom.join_code) if is_joinable(classroom, now) else "",
        join_address=absolute("classrooms.join").partition("://")[2],
        posts=tuple(
            ShareLink(name=name, address=f"{there}{quote(address, safe='')}") for name, there in PLATFORMS
        ),
    )


def paper_page(session: Session, found: TaughtAssignment) -> PaperPage:
    """Versions of the same questions: in other orders, each with its key."""
    base = f"paper {found.assignment.id}"
    questions = _questions(session, found, base)
    papers = []
    for version in VERSIONS:
        told = questions if version == VERSIONS[0] else _reordered(found, questions, base, version)
        papers.append(
            Paper(
                version=version,
                questions=tuple(
                    PaperQuestion(prompt=prompt, points=decimal(points), keys=_keys(content, prompt))
                    for content, prompt, points in told
                ),
            )
        )
    return PaperPage(
        id=found.assignment.id,
        name=found.assignment.title,
        classroom_name=found.classroom.name,
        possible=decimal(sum(points for _content, _prompt, points in questions)),
        papers=tuple(papers),
    )


def _reordered(
    found: TaughtAssignment, questions: list[tuple[Content, Prompt, float]], base: str, version: str
) -> list[tuple[Content, Prompt, float]]:
    """The same questions for another row of desks: options in another order, and questions, too, unless the
    quiz keeps theirs."""
    told = [
        (content, kind_of(content).prompt(content, prompt.format, f"{base} {version} {number}"), points)
        for number, (content, prompt, points) in enumerate(questions)
    ]
    half = len(told) // 2
    return told[half:] + told[:half] if found.assignment.shuffled else told


def _keys(content: Content, prompt: Prompt) -> tuple[str, ...]:
    """The right answer as the key says it, with the letters of this version."""
    outline: Outline = kind_of(content).outline(content)
    control = prompt.controls[0]
    if isinstance(control, Choices) and not prompt.pieces:
        return tuple(
            f"{letter}) {plain(option)}"
            for letter, option in zip(ascii_lowercase, control.options, strict=False)
            if option in outline.keys
        )
    return tuple(map(plain, outline.keys))

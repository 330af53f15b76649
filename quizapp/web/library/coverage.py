"""An article as its teachers see it: which paragraphs have questions, and what a class remembers of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from quizapp.domain.classes.figures import share_in_words
from quizapp.domain.language.translation import _
from quizapp.domain.study.scheduling.day import study_day
from quizapp.domain.study.scheduling.item_state import recall_now
from quizapp.domain.study.scheduling.parameters import weights_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes import coverage as queries
from quizapp.storage.classes.classrooms import classes_taught
from quizapp.storage.classes.tables import Classroom
from quizapp.storage.sources.tables import Source
from quizapp.storage.study import memory_sets
from quizapp.web.library.building import tone_of
from quizapp.web.library.pages import ParagraphView, SourcePage, TeachingView

ENOUGH = 3  # students who have seen something, below which it says little of the class
SHORTEST = 6  # words of a sentence that could be asked about
ENDS = tuple('.!?…"”’»)')  # a heading ends otherwise


class Met(NamedTuple):
    """A student has seen a question: who, and how likely they would recall it now."""

    learner_id: int
    recall: float


def for_teacher(
    session: Session,
    page: SourcePage,
    source: Source,
    teacher: Account,
    classroom: Classroom | None,
    now: datetime,
) -> SourcePage:
    """The article's page with its gaps, and with a class's memory in place of the teacher's own."""
    editable = queries.editable_items(session, source.id, teacher.id)
    paragraphs = tuple(_taught(paragraph, editable) for paragraph in page.paragraphs)
    students, met = 0, dict[int, list[Met]]()
    if classroom is not None:
        students = queries.class_size(session, classroom.id)
        met = _met(session, classroom, source, now)
        paragraphs = tuple(_remembered(paragraph, met, students) for paragraph in paragraphs)
    view = TeachingView(
        own=source.owner_id == teacher.id or (source.owner_id is None and teacher.is_admin),
        classes=tuple(
            (row.id, row.name) for row in classes_taught(session, teacher.id) if not row.archived_at
        ),
        classroom=classroom.id if classroom is not None else None,
        summary=_in_words([each for found in met.values() for each in found], students) if classroom else "",
        asked=sum(bool(paragraph.items) for paragraph in paragraphs),
        gaps=sum(paragraph.gap for paragraph in paragraphs),
    )
    return replace(page, paragraphs=paragraphs, teaching=view)


def _taught(paragraph: ParagraphView, editable: frozenset[int]) -> ParagraphView:
    kinds = Counter(item.kind for item in paragraph.items)
    could_be_asked = any(
        len(sentence.text.split()) >= SHORTEST and sentence.text.endswith(ENDS)
        for sentence in paragraph.sentences
    )
    return replace(
        paragraph,
        items=tuple(replace(item, editable=item.id in editable) for item in paragraph.items),
        kinds=", ".join(f"{count} × {kind}" if count > 1 else kind for kind, count in kinds.most_common()),
        gap=could_be_asked and not paragraph.items,
    )


def _met(session: Session, classroom: Classroom, source: Source, now: datetime) -> dict[int, list[Met]]:
    """By item. Everyone's memory is reckoned with the weights that they study by."""
    today = study_day(now, ZoneInfo(classroom.zone))
    found: dict[int, list[Met]] = defaultdict(list)
    cards = queries.class_cards(session, classroom.id, source.id)
    held = memory_sets.held(session, {row.learner_id for row in cards})
    for row in cards:
        memory, weights = (row.stability, row.fast, row.difficulty), weights_of(held.get(row.learner_id, ""))
        recall = recall_now(weights, memory, row.last_day, row.learning, today)
        found[row.item_id].append(Met(row.learner_id, recall))
    return found


def _remembered(paragraph: ParagraphView, met: Mapping[int, Sequence[Met]], students: int) -> ParagraphView:
    if not paragraph.items:
        return paragraph
    here = [each for item in paragraph.items for each in met.get(item.id, ())]
    enough = len({each.learner_id for each in here}) >= ENOUGH
    return replace(
        paragraph,
        tone=tone_of([each.recall for each in here]) if enough else "",
        memory=_in_words(here, students),
        ask=None,
        items=tuple(replace(item, state="") for item in paragraph.items),
    )


def _in_words(met: Sequence[Met], students: int) -> str:
    """What a class remembers of something, as far as that can be said of so few."""
    who = len({each.learner_id for each in met})
    if not who:
        return _("No student has seen it yet")
    begun = _("Seen by {who} of {students} students").format(who=who, students=students)
    if who < ENOUGH:
        return _("{begun}, too few to say what the class remembers").format(begun=begun)
    share = share_in_words(round(sum(each.recall for each in met)), len(met))
    return _("{begun}, who would now recall {share} of what they’ve seen").format(begun=begun, share=share)

"""The queue's section of suspicious questions: hints from figures, built when looked at."""

from __future__ import annotations

from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain import markup
from quizapp.domain.analysis.suspicions import RULES
from quizapp.domain.kinds import kind_of
from quizapp.services.analysing import Analysed, analyse
from quizapp.web.queue.section import Action, Desk, Entry, Said, Section

GRAVITY = {name: place for place, (name, _) in enumerate(RULES)}


def entries(session: Session, desk: Desk, limit: int, offset: int) -> Sequence[Entry]:
    """Questions whose figures are worth a look, the gravest first. Four queries."""
    found = [each for each in analyse(session, desk.decks) if each.suspicions and not each.aside]
    found.sort(key=lambda each: (GRAVITY[each.suspicions[0].rule], -each.figures.first.answers, each.item_id))
    return [_entry(each) for each in found[offset : offset + limit]]


def _entry(each: Analysed) -> Entry:
    answers = each.figures.first.answers
    return Entry(
        title=markup.plain(kind_of(each.content).headline(each.content)),
        href=url_for("analysis.figures", slug=each.deck_slug, _anchor=f"item-{each.item_id}"),
        deck_slug=each.deck_slug,
        deck_title=each.deck_title,
        badge=f"{answers} first answers",
        said=tuple(Said(suspicion.reason) for suspicion in each.suspicions),
        actions=(Action(label="Nothing wrong", href=url_for("queue.put_aside", item_id=each.item_id)),),
    )


SUSPICIOUS = Section(
    name="suspicious",
    title="Suspicious questions",
    about="When answers say that a key may be wrong or an option may be right as well, the question comes "
    "here with the reason. Nobody waits for it, so the number on the tab leaves it out.",
    count=None,
    entries=entries,
)

"""How questions do: the figures of every question of some decks, and what in them is worth a look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from quizapp.domain.corrections.analysis.certainty import Sums
from quizapp.domain.corrections.analysis.figures import Figures, FirstAnswers, OptionUse, Recall
from quizapp.domain.corrections.analysis.suspicions import Suspicion, put_aside, suspicions
from quizapp.domain.language import markup
from quizapp.domain.library.kinds import decode_response, kind_of
from quizapp.domain.library.kinds.base import Chosen, Content
from quizapp.storage.accounts.tables import Account
from quizapp.storage.corrections import analysis as queries
from quizapp.storage.corrections.analysis import FirstAnswerSums, OptionChoice, RecallSums
from quizapp.storage.corrections.tables import PutAside
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.upserts import put


@dataclass(frozen=True, kw_only=True)
class Analysed:
    """A question with its figures. suspicions: all of them; aside: a teacher has put them aside; earlier:
    first answers to it while it asked something else, which are in no figure."""

    item_id: int
    content: Content
    deck_slug: str
    deck_title: str
    figures: Figures
    suspicions: tuple[Suspicion, ...]
    aside: bool
    earlier: int


def analyse(session: Session, decks: ColumnElement[bool]) -> list[Analysed]:
    """Every published question of these decks (a condition on Deck). Five queries."""
    earlier = queries.earlier_answers(session, decks)
    rows = queries.items(session, decks)
    first = {row.item_id: row for row in queries.first_answers(session, decks)}
    recalls = {row.item_id: row for row in queries.recalls(session, decks)}
    chosen: dict[int, list[OptionChoice]] = defaultdict(list)
    for row in queries.choices(session, decks):
        chosen[row.item_id].append(row)
    figures = {
        row.id: _figures(row.content, first.get(row.id), chosen[row.id], recalls.get(row.id)) for row in rows
    }
    typical = _typical((row.deck_id, figures[row.id].first.median_ms) for row in rows)
    return [
        Analysed(
            item_id=row.id,
            content=row.content,
            deck_slug=row.slug,
            deck_title=row.title,
            figures=figures[row.id],
            suspicions=suspicions(figures[row.id], typical[row.deck_id]),
            aside=row.aside is not None and put_aside(figures[row.id].first.answers, row.aside),
            earlier=earlier.get(row.id, 0),
        )
        for row in rows
    ]


def _typical(times: Iterable[tuple[int, int]]) -> dict[int, float]:
    """By deck, the middle of its questions' middle times; 0 where nothing was answered."""
    by_deck: dict[int, list[int]] = defaultdict(list)
    for deck_id, time in times:
        by_deck[deck_id] += [time] if time else []
    return {deck_id: median(found) if found else 0.0 for deck_id, found in by_deck.items()}


def _figures(
    content: Content, first: FirstAnswerSums | None, chosen: Sequence[OptionChoice], recall: RecallSums | None
) -> Figures:
    kind = kind_of(content)
    outline = kind.outline(content)
    words = " ".join((kind.headline(content), *outline.keys, *outline.distractors))
    return Figures(
        first=_first(first) if first is not None else FirstAnswers(),
        options=_options(outline.keys, outline.distractors, chosen) if chosen else (),
        choices=sum(row.answers for row in chosen),
        third=sum(row.answers for row in chosen if row.third == 2),
        recall=Recall(
            answers=recall.answers, expected=recall.expected, right=recall.right, spread=recall.spread
        )
        if recall is not None
        else Recall(),
        words=len(markup.plain(words).split()),
    )


def _first(row: FirstAnswerSums) -> FirstAnswers:
    return FirstAnswers(
        answers=row.answers,
        score=row.score,
        chance=row.chance,
        rest=Sums(row.pairs, row.x, row.xx, row.y, row.yy, row.xy),
        median_ms=row.median_ms,
    )


def _options(
    keys: Sequence[str], others: Sequence[str], rows: Sequence[OptionChoice]
) -> tuple[OptionUse, ...]:
    """Each option with who chose it; one that is chosen but not there any more is left out."""
    counted = {text: [0, 0, 0] for text in (*keys, *others)}
    for row in rows:
        response = decode_response(row.response)
        for text in response.options if isinstance(response, Chosen) else ():
            counts = counted.get(text, [0, 0, 0])
            counts[0] += row.answers
            counts[1] += row.answers * (row.third == 2)
            counts[2] += row.answers * (row.third == 0)
    return tuple(
        OptionUse(markup.plain(text), text in keys, chosen, strongest, weakest)
        for text, (chosen, strongest, weakest) in counted.items()
    )


def set_aside(session: Session, item: Item, *, by: Account, now: datetime) -> None:
    """A teacher has looked: the suspicions of this version are not said again until enough new first
    answers are there."""
    rows = queries.first_answers(session, (Deck.id == item.deck_id) & (Item.id == item.id))
    answers = rows[0].answers if rows else 0
    values = {
        "item_id": item.id,
        "version_id": item.version_id,
        "answers": answers,
        "by_id": by.id,
        "at": now,
    }
    put(session, PutAside, values)

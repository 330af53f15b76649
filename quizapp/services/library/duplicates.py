"""Questions that a teacher has already and that ask much the same as one being written.

The database counts shared words and hands over a few dozen candidates; only these are compared in
full, so that a look costs the same in a bank of ten thousand (docs/drafting.md has the figures).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.text import fold_for_search
from quizapp.domain.language.words import STOP_WORDS
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.similarity.questions import Index, question_of
from quizapp.storage.library import duplicates as queries
from quizapp.storage.library.duplicates import ComparableItem

MOST_WORDS = 7  # of a question that are looked for; the longest say most


@dataclass(frozen=True)
class LookAlike:
    """An item that seems to ask the same. reason: continues “It looks like …: ”; own: the teacher may
    change it, so that it can be opened in the editor."""

    item_id: int
    headline: str
    deck_slug: str
    deck_title: str
    own: bool
    reason: str


def look_alikes(
    session: Session, account_id: int, content: Content, digests: Iterable[str] = (), *, without: int = 0
) -> tuple[LookAlike, ...]:
    """The likeliest few, the nearest first. `content` must be sound; `digests`: of the sentences it
    is based on; `without`: the version that is being edited."""
    evidence = frozenset(digests)
    rows = _candidates(session, account_id, content, evidence, without)
    cited: dict[int, set[str]] = {}
    for row in queries.digests_of(session, [row.version_id for row in rows.values()]) if rows else ():
        cited.setdefault(row.version_id, set()).add(row.digest)
    index = Index(
        (str(row.id), question_of(row.content, cited.get(row.version_id, ()))) for row in rows.values()
    )
    found = index.alike(question_of(content, evidence))
    return tuple(_look_alike(rows[int(name)], like.reason) for name, like in found)


def _candidates(
    session: Session, account_id: int, content: Content, evidence: frozenset[str], without: int
) -> dict[int, ComparableItem]:
    words = _words(content)
    found = queries.sharing_words(session, account_id, words, without) if words else []
    if evidence:
        found += queries.sharing_evidence(session, account_id, evidence, without)
    return {row.id: row for row in found}


def _words(content: Content) -> list[str]:
    """The words that tell most, folded as search texts are."""
    kind = kind_of(content)
    texts = (kind.headline(content), *kind.outline(content).keys)
    folded = fold_for_search(" ".join(markup.plain(text) for text in texts))
    words = {word.strip(".,;:!?()[]{}\"'“”‘’«»_") for word in folded.split()}
    telling = [word for word in words if len(word) > 2 and word not in STOP_WORDS]
    return sorted(telling, key=lambda word: (-len(word), word))[:MOST_WORDS]


def _look_alike(row: ComparableItem, reason: str) -> LookAlike:
    return LookAlike(
        item_id=row.id,
        headline=markup.plain(kind_of(row.content).headline(row.content)),
        deck_slug=row.slug,
        deck_title=row.title,
        own=row.editable,
        reason=reason,
    )

"""Suggestions in words: who made one, and the form that would say what it says."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import kind_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.suggestions import slugs
from quizapp.storage.library.tables import Suggestion
from quizapp.web.library.authoring.forms import ItemForm


def name_of(found: Suggestion, teacher: Account) -> str:
    """Who suggested it, as this teacher reads it."""
    if found.author_id == teacher.id:
        return "you"
    return (found.author.name if found.author is not None else None) or "someone"


def forms_of(session: Session, found: Sequence[Suggestion]) -> list[ItemForm]:
    """Suggestions as the forms that would say them. One query."""
    cited = [json.loads(each.evidence) for each in found]
    named = slugs(session, {row[0] for rows in cited for row in rows})
    return [
        ItemForm.stored(
            kind_of(each.content),
            each.content,
            formats=each.formats,
            tags=each.tags,
            evidence=[
                {
                    "source": named[source],
                    "paragraph": paragraph,
                    "sentence": sentence,
                    "known": f"{named[source]} {paragraph} {sentence} {digest}",
                }
                for source, paragraph, sentence, digest, *_role_and_words in rows
                if source in named
            ],
        )
        for each, rows in zip(found, cited, strict=True)
    ]

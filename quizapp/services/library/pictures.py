"""Pictures in questions: kept as they were redrawn, and given away only with their question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid
from quizapp.domain.language import markup
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import Content
from quizapp.services.library.picture_drawing import Drawn
from quizapp.storage.library import pictures as queries
from quizapp.storage.library.tables import Picture, Suggestion, VersionPicture
from quizapp.storage.upserts import lock_text


def keep(
    session: Session,
    owner_id: int,
    drawn: Drawn,
    *,
    picture_id: str,
    now: datetime,
    most: int = 0,
) -> Picture:
    """Keep what `draw` has drawn, under an id of 32 random hex digits. Raises Invalid where all pictures
    that the owner has brought would be more than `most` bytes (0: however many)."""
    if most:
        lock_text(session, f"pictures of {owner_id}")
        held = select(func.coalesce(func.sum(func.length(Picture.body)), 0))
        if session.scalars(held.where(Picture.owner_id == owner_id)).one() + len(drawn.body) > most:
            raise Invalid(
                _(
                    "Your pictures fill the {most} MB that each teacher has on this site. Remove pictures "
                    "you don’t need from your questions; unused ones are deleted after a few weeks."
                ).format(most=most // 10**6)
            )
    picture = Picture(
        id=picture_id,
        owner_id=owner_id,
        width=drawn.width,
        height=drawn.height,
        body=drawn.body,
        created_at=now,
    )
    session.add(picture)
    session.flush()
    return picture


def note_use(session: Session, version_id: int, content: Content, author_id: int | None) -> None:
    """Write down which of the site's pictures a new version shows. One that its author may not see is none
    of them, though its id is there: anyone who has learnt an id gets no picture by it."""
    shown = {picture_id for text in texts(content) for picture_id, _ in markup.pictures(text)}
    if shown:
        known = select(Picture.id).where(Picture.id.in_(shown)).order_by(Picture.id)
        if author_id is None:  # a file of the site's own
            there = list(session.scalars(known))
        else:
            there = queries.citable(session, shown, author_id)
        session.add_all(VersionPicture(version_id=version_id, picture_id=picture_id) for picture_id in there)
        session.flush()


def texts(content: Content) -> Iterator[str]:
    """Every text of a content, at whatever depth."""
    yield from _texts(msgspec.to_builtins(content))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, Iterable):
        for part in value:
            yield from _texts(part)


def drop_unused(session: Session, *, before: datetime, at_once: int = 500) -> int:
    """Remove pictures brought before this moment that no version and no open suggestion shows; how many.
    At most so many at once."""
    used = select(VersionPicture.picture_id)
    due = select(Picture.id).where(
        Picture.created_at < before, Picture.id.not_in(used), Picture.id.not_in(_suggested(session))
    )
    found = list(session.scalars(due.order_by(Picture.id).limit(at_once)))
    session.execute(delete(Picture).where(Picture.id.in_(found)))
    return len(found)


def _suggested(session: Session) -> list[str]:
    """Pictures of other wordings that no one has decided on yet."""
    contents = session.scalars(select(Suggestion.content).where(Suggestion.state == "open"))
    shown = (markup.pictures(text) for content in contents for text in texts(content))
    return sorted({picture_id for found in shown for picture_id, _ in found})

"""Articles that items cite: added by teachers, revised, corrected, and removed the site.

Every text is a version; what cites the article is found again in it at once (`services/sources/anchors.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid, Missing, Problem
from quizapp.domain.language.text import unstorable
from quizapp.domain.language.translation import _, marked
from quizapp.domain.sources.passages import Paragraph, numbered
from quizapp.services.sources.anchors import anchor_all, texts, withdraw
from quizapp.services.sources.slugs import addresses
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck
from quizapp.storage.sources import articles as queries
from quizapp.storage.sources.tables import Passage, Source, SourceVersion, StruckParagraph

LONGEST = 2_000_000  # characters of an article
MOST_SENTENCES = queries.MOST_PASSAGES
LONGEST_NOTE = 300
LONGEST_NAME = 300  # characters of a title, author or publisher
LONGEST_ADDRESS = 2_000
BY_HAND = marked("by hand")


class Block(NamedTuple):
    """A paragraph of an article as it comes in. kept False: not content, for the reason in a word."""

    text: str
    kept: bool = True
    why: str = ""


class Part(NamedTuple):
    """A paragraph of a text as it is stored. kept False: shown excluded; why: for what reason."""

    paragraph: Paragraph
    kept: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class About:
    """What is known of an article; "" where something is not. published: an ISO date or a year."""

    title: str
    author: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""
    address: str = ""


# --- a teacher's articles ------------------------------------------------------------------------


def add(session: Session, owner: Account, about: About, blocks: Sequence[Block], *, now: datetime) -> Source:
    """A new article with its text as version 1. Raises Invalid for what cannot be stored."""
    about = _checked(about)
    parts = _parts(blocks)
    for address in addresses(about.title, "article", owner.id):
        if session.scalar(select(Source.id).where(Source.slug == address)) is not None:
            continue
        source = Source(slug=address, owner_id=owner.id, about="", paragraphs=0, added_at=now)
        _describe(source, about)
        try:
            with session.begin_nested():
                session.add(source)
                session.flush()
        except IntegrityError:  # another teacher, the same title, a moment earlier
            continue
        write_text(session, source, parts, _struck(blocks), author=owner, note="", now=now)
        return source
    raise AssertionError("unreachable: there is always a further number")


def same_text(session: Session, owner: Account, blocks: Sequence[Block]) -> Source | None:
    """An article of this owner whose text is just this one now: a form sent twice, or an old find."""
    query = (
        select(Source)
        .join(SourceVersion, SourceVersion.id == Source.version_id)
        .where(Source.owner_id == owner.id, SourceVersion.digest == _digest(_parts(blocks)))
    )
    return session.scalars(query.order_by(Source.id).limit(1)).one_or_none()


def describe(session: Session, source: Source, about: About) -> None:
    """Correct title, author, publisher, date, language or address. Raises Invalid as `add` does."""
    _describe(source, _checked(about))
    session.flush()


def revise(
    session: Session,
    source: Source,
    author: Account | None,
    blocks: Sequence[Block],
    *,
    note: str = "",
    now: datetime,
) -> SourceVersion:
    """Another text as the next version; what cites the article is found again in it. The same text
    makes no version, but what is excluded in it is taken over."""
    parts = _parts(blocks)
    if problem := unstorable(note, LONGEST_NOTE):
        raise Invalid(_("The new text hasn’t been saved yet."), (Problem("note", problem),))
    return write_text(session, source, parts, _struck(blocks), author=author, note=note, now=now)


def strike(session: Session, source: Source, paragraph: int, why: str = BY_HAND) -> None:
    """Say that a paragraph of the text shown now is not content. Raises Missing where there is none."""
    _paragraph(session, source, paragraph)
    if paragraph not in queries.struck(session, source.version_id):
        assert source.version_id is not None
        session.add(StruckParagraph(version_id=source.version_id, paragraph=paragraph, why=why))
        session.flush()
        withdraw(session, source.version_id, (paragraph,))


def restore(session: Session, source: Source, paragraph: int) -> None:
    """Say that a paragraph is content after all."""
    _paragraph(session, source, paragraph)
    session.execute(
        delete(StruckParagraph).where(
            StruckParagraph.version_id == source.version_id, StruckParagraph.paragraph == paragraph
        )
    )
    session.flush()


def remove(session: Session, source: Source) -> None:
    """Take an article off the site with all its versions. Raises Conflict while a question (also an
    earlier version of one) is based on it."""
    if queries.is_cited(session, source.id):
        raise Conflict(
            _("There are questions based on this article. To delete it, delete their decks first.")
        )
    forget_text(session, source)
    session.execute(update(Deck).where(Deck.source_id == source.id).values(source_id=None))
    session.execute(delete(Source).where(Source.id == source.id))
    session.expunge(source)


def _describe(source: Source, about: About) -> None:
    for name in About.__dataclass_fields__:
        setattr(source, name, getattr(about, name))


def _checked(about: About) -> About:
    named = {name: " ".join(getattr(about, name).split()) for name in About.__dataclass_fields__}
    longest = {"published": 40, "language": 20, "address": LONGEST_ADDRESS}
    problems = [Problem("title", _("Give the article a title."))] if not named["title"] else []
    for name, text in named.items():
        if complaint := unstorable(text, longest.get(name, LONGEST_NAME)):
            problems.append(Problem(name, complaint))
    if named["address"] and not named["address"].casefold().startswith(("http://", "https://")):
        problems.append(
            Problem("address", _("Begin the address with https:// or http://, or leave it empty."))
        )
    if problems:
        raise Invalid(_("The article hasn’t been saved yet."), tuple(problems))
    return replace(about, **named)


# --- texts ------------------------------------------------------------------------------------


def text_of(session: Session, version_id: int | None) -> tuple[Part, ...]:
    """A version's paragraphs in order; () where there is none (the text is not on this site)."""
    if version_id is None:
        return ()
    struck = queries.struck(session, version_id)
    parts = texts(session, [version_id])[version_id]
    return tuple(Part(part, part.number not in struck, struck.get(part.number, "")) for part in parts)


def _parts(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    text = "".join(block.text for block in blocks)
    if problem := unstorable(text, LONGEST):
        raise Invalid(_("The article hasn’t been saved yet."), (Problem("text", problem),))
    parts = numbered(block.text for block in blocks)
    if not any(block.kept and block.text.strip() for block in blocks):
        raise Invalid(
            _("The article hasn’t been saved yet."), (Problem("text", _("Enter the article’s text.")),)
        )
    return parts


def _struck(blocks: Sequence[Block]) -> dict[int, str]:
    filled = [block for block in blocks if block.text.strip()]
    return {number: block.why or BY_HAND for number, block in enumerate(filled, start=1) if not block.kept}


def write_text(
    session: Session,
    source: Source,
    parts: Sequence[Paragraph],
    struck: dict[int, str],
    *,
    author: Account | None,
    note: str,
    now: datetime,
) -> SourceVersion:
    """Paragraphs as the source's next version, those numbered in `struck` excluded for that reason."""
    if sum(len(part.sentences) for part in parts) > MOST_SENTENCES:
        message = _("It has more than {most_sentences:,} sentences. Add it in parts.").format(
            most_sentences=MOST_SENTENCES
        )
        raise Invalid(_("The article hasn’t been saved yet."), (Problem("text", message),))
    before, digest = _locked(session, source), _digest(parts)
    if before is not None and before.digest == digest:
        strike_just(session, before.id, struck)
        return before
    version = SourceVersion(
        source_id=source.id,
        number=_last_number(session, source) + 1,
        author_id=author.id if author is not None else None,
        created_at=now,
        note=note,
        digest=digest,
    )
    session.add(version)
    session.flush()
    session.execute(insert(Passage), _rows(version.id, parts))
    strike_just(session, version.id, struck)
    source.version_id, source.attached_at = version.id, now
    if source.owner_id is not None:
        source.paragraphs = len(parts)
    session.flush()
    anchor_all(session, source, before.id if before is not None else None, version.id)
    return version


def _rows(version_id: int, parts: Sequence[Paragraph]) -> list[dict[str, object]]:
    return [
        {
            "version_id": version_id,
            "paragraph": sentence.paragraph,
            "sentence": sentence.sentence,
            "digest": sentence.digest,
            "text": sentence.text,
        }
        for part in parts
        for sentence in part.sentences
    ]


def _digest(parts: Sequence[Paragraph]) -> str:
    text = "\n".join(" ".join(" ".join(s.text for s in part.sentences).split()) for part in parts)
    return sha256(text.encode()).hexdigest()


def _locked(session: Session, source: Source) -> SourceVersion | None:
    """The version shown now; no one else writes one until the transaction ends."""
    session.flush()  # or what has not been written yet would be read over
    query = select(Source).where(Source.id == source.id).with_for_update()
    held = session.scalars(query.execution_options(populate_existing=True)).one()
    return session.get(SourceVersion, held.version_id) if held.version_id is not None else None


def _last_number(session: Session, source: Source) -> int:
    query = select(func.max(SourceVersion.number)).where(SourceVersion.source_id == source.id)
    return session.scalar(query) or 0


def strike_just(session: Session, version_id: int, struck: dict[int, str]) -> None:
    """Strike out these paragraphs, each for its reason, and no others."""
    if queries.struck(session, version_id) == struck:
        return
    session.execute(delete(StruckParagraph).where(StruckParagraph.version_id == version_id))
    session.add_all(
        StruckParagraph(version_id=version_id, paragraph=number, why=why[:60])
        for number, why in sorted(struck.items())
    )
    session.flush()
    withdraw(session, version_id, struck.keys())


def _paragraph(session: Session, source: Source, paragraph: int) -> None:
    query = select(Passage.id).where(Passage.version_id == source.version_id)
    if session.scalar(query.where(Passage.paragraph == paragraph).limit(1)) is None:
        raise Missing(_("Paragraph not found in the article."))


def forget_text(session: Session, source: Source) -> None:
    """Remove a source's text in all its versions."""
    source.version_id = source.attached_at = None
    session.flush()
    session.execute(delete(SourceVersion).where(SourceVersion.source_id == source.id))

"""From an article and what waits of its drafts to the page."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from quizapp.domain.drafting import drafting
from quizapp.domain.language import markup
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.services.drafting.drafts import Article, Candidate, OpenDrafts
from quizapp.services.drafting.model_drafts import Service
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library import editor as editor_queries
from quizapp.storage.sources.tables import Source
from quizapp.web.drafting.pages import DraftsPage, DraftView

LONGEST_TITLE = 110


def drafts_page(
    session: Session,
    teacher: Account,
    source: Source,
    article: Article,
    waits: OpenDrafts,
    *,
    paragraph: int | None,
    chosen: str | None,
    service: Service | None,
    ticked: Collection[str] = (),
    reasons: Mapping[str, str] | None = None,
) -> DraftsPage:
    """The page. chosen: the deck asked for, None for the likeliest; reasons: by digest, why drafts that
    were to be taken were not."""
    rows = editor_queries.decks_to_fill(session, teacher.id, source.id)
    decks = tuple((row.slug, row.title) for row in rows)
    likely = decks[0][0] if rows and rows[0].on_source else ""
    known = chosen is not None and chosen in {"", *(slug for slug, _ in decks)}
    return DraftsPage(
        article=source.slug,
        name=source.title or source.slug,
        language=source.language,
        attached=bool(article.paragraphs),
        paragraph=paragraph,
        drafts=tuple(_view(article, each, ticked, reasons or {}) for each in waits.candidates),
        taken=waits.taken,
        dropped=waits.dropped,
        last=waits.last,
        decks=decks,
        chosen=chosen if known and chosen is not None else likely,
        new_deck=deck_title(source),
        model=service.model if service is not None else "",
        own_model=service is not None and service.own,
        notice=(reasons or {}).get("", ""),
        refused=bool(reasons),
    )


def deck_title(source: Source) -> str:
    """What a new deck on an article is called."""
    return (source.title or source.slug)[:LONGEST_TITLE]


def _view(
    article: Article, candidate: Candidate, ticked: Collection[str], reasons: Mapping[str, str]
) -> DraftView:
    proposal = candidate.proposal
    content, at = proposal.content, proposal.sentence
    kind = kind_of(content)
    outline = kind.outline(content)
    part = next(part for part in article.paragraphs if part.number == at.paragraph)
    texts = [sentence.text for sentence in part.sentences]
    refused = candidate.refusals[0].message if candidate.refusals else ""
    return DraftView(
        digest=proposal.digest,
        kind=_(kind.title),
        stem=kind.headline(content),
        answers=outline.keys,
        also=outline.accept,
        wrong=outline.distractors if kind.has_own_distractors else (),
        paragraph=at.paragraph,
        before=" ".join(texts[: at.sentence - 1]),
        quote=at.text,
        after=" ".join(texts[at.sentence :]),
        advice=tuple(
            markup.plain(finding.message) for finding in drafting.findings(content, at, article.paragraphs)
        ),
        reason=reasons.get(proposal.digest, refused),
        by_model=candidate.origin == "model",
        ticked=proposal.digest in ticked,
    )

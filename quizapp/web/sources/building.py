"""Building the pages of articles from rows, forms and extractions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy.orm import Session

from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import KINDS
from quizapp.domain.sources.articles.blocks import Block
from quizapp.services.sources import articles
from quizapp.services.sources.reading.formats import ACCEPTED
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library import editor as editor_queries
from quizapp.storage.sources import articles as queries
from quizapp.storage.sources.articles import OwnSource
from quizapp.storage.sources.tables import Source
from quizapp.web.sources.forms import AddForm, ArticleForm
from quizapp.web.sources.pages import (
    AddArticlePage,
    ArticlePage,
    ArticleRow,
    ArticlesPage,
    BlockGroup,
    BlockView,
    CorrectionPage,
    ParagraphChoice,
    SentenceChoice,
)

FOLDED = 4  # struck blocks in a row that are shown as they are


def articles_page(session: Session, teacher: Account, *, queued: int) -> ArticlesPage:
    """The teacher's own articles, the newest first."""
    rows = queries.own_sources(session, teacher.id)
    return ArticlesPage(
        articles=tuple(
            ArticleRow(slug=row.slug, title=row.title, byline=byline(row), paragraphs=row.paragraphs)
            for row in rows
        ),
        queued=queued,
    )


def byline(source: Source | OwnSource) -> str:
    """Author, publisher and date, as far as they are known."""
    return ", ".join(filter(None, (source.author, source.publisher, source.published)))


def add_page(
    form: AddForm,
    settings: Settings,
    source: Source | None,
    *,
    refused: bool = False,
    busy: bool = False,
) -> AddArticlePage:
    """The form to bring an article, or a new text of one."""
    return AddArticlePage(
        form=form,
        accepted=ACCEPTED,
        links=settings.fetch_links,
        slug=source.slug if source is not None else "",
        article=source.title if source is not None else "",
        refused=refused,
        busy=busy,
    )


def correction_page(
    form: ArticleForm,
    blocks: Sequence[Block],
    source: Source | None,
    *,
    refused: bool = False,
    editing: bool = False,
) -> CorrectionPage:
    """The blocks with their choice, or as a text to be changed, and what is known of the article."""
    views = (
        BlockView(
            number=number,
            text=block.text,
            kind=block.kind.name.casefold().replace("_", "-"),
            kept=block.kept,
            why=_(block.why.value) if block.why is not None else "",
        )
        for number, block in enumerate(blocks)
    )
    runs = ((kept, tuple(run)) for kept, run in groupby(views, key=lambda view: view.kept))
    return CorrectionPage(
        form=form,
        groups=tuple(BlockGroup(blocks=run, folded=not kept and len(run) > FOLDED) for kept, run in runs),
        slug=source.slug if source is not None else "",
        article=source.title if source is not None else "",
        refused=refused,
        editing=editing,
    )


def article_page(
    session: Session, teacher: Account, source: Source, *, deck: str = "", ticked: Sequence[str] = ()
) -> ArticlePage:
    """An article with its sentences to choose, the decks and the kinds to ask in."""
    parts = articles.text_of(session, source.version_id)
    rows = editor_queries.decks_to_fill(session, teacher.id, source.id)
    decks = tuple((row.slug, row.title) for row in rows)
    likely = decks[0][0] if rows and rows[0].on_source else ""
    kinds = sorted(KINDS, key=lambda kind: kind.usual)
    return ArticlePage(
        slug=source.slug,
        heading=source.title or source.slug,
        byline=byline(source),
        language=source.language,
        address=source.address,
        own=source.owner_id == teacher.id,
        paragraphs=tuple(_paragraph(part, set(ticked)) for part in parts),
        decks=decks,
        deck=deck if deck in dict(decks) else likely,
        kinds=tuple((kind.name, _(kind.title)) for kind in kinds),
        struck=sum(not part.kept for part in parts),
    )


def _paragraph(part: articles.Part, ticked: set[str]) -> ParagraphChoice:
    number = part.paragraph.number
    places = [(f"{number}.{sentence.sentence}", sentence.text) for sentence in part.paragraph.sentences]
    return ParagraphChoice(
        number=number,
        sentences=tuple(
            SentenceChoice(place=place, text=text, ticked=place in ticked) for place, text in places
        ),
        struck="" if part.kept else _(part.why),
    )

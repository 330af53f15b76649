"""Building the library's pages from rows: standing and memory in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from quizapp.domain.language.markup import plain
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.sources.passages import Sentence
from quizapp.domain.study.scheduling.item_state import ItemState, item_state, recall_now
from quizapp.services.sources.articles import Part
from quizapp.services.study.learner import Learner
from quizapp.storage.library.decks import CitedPlace, DeckLine, DeckName, ListedItem
from quizapp.storage.sources.tables import Source
from quizapp.web.library.pages import (
    DeckEntry,
    DeckGroup,
    ItemEntry,
    ParagraphView,
    SentenceView,
    SourcePage,
)

STRONG, FADING = 0.85, 0.5  # least share of a paragraph's questions that would be answered
TONES = {
    "": marked("not seen yet"),
    "weak": marked("little remembered"),
    "fading": marked("partly remembered"),
}
TONES["strong"] = marked("well remembered")


def deck_entry(row: DeckLine, due: Mapping[int, int]) -> DeckEntry:
    """A row of `queries.deck_rows`. due: what will be asked of each deck today."""
    return DeckEntry(
        slug=row.slug,
        title=row.title,
        summary=row.summary,
        total=row.total,
        due=due.get(row.id, 0),
        new=row.total - row.met,
        known=row.known,
        source_slug=row.source_slug or "",
        source_name=_source_name(row),
    )


def _source_name(row: DeckLine) -> str:
    if row.source_title:
        return _("“{title}”").format(title=row.source_title)
    return ", ".join(filter(None, (row.source_publisher, row.source_author))) or _("the article")


def deck_groups(
    rows: Iterable[DeckLine], due: Mapping[int, int], learner_id: int | None
) -> tuple[DeckGroup, ...]:
    """The shelf: own decks, decks from articles, by theme, those of others; empty ones left out."""
    shelves: dict[str, list[DeckEntry]] = {"own": [], "articles": [], "themes": [], "others": []}
    for row in rows:
        shelf = "themes" if row.theme_tag else "others" if row.owner_id is not None else "articles"
        if learner_id is not None and row.owner_id == learner_id:
            shelf = "own"
        if row.total:
            shelves[shelf].append(deck_entry(row, due))
    groups = (
        DeckGroup(title=_("Your own"), explanation="", decks=tuple(shelves["own"])),
        DeckGroup(title=_("Article by article"), explanation="", decks=tuple(shelves["articles"])),
        DeckGroup(
            title=_("By theme"),
            explanation=_("The same questions grouped by theme. Progress is shared between decks."),
            decks=tuple(shelves["themes"]),
        ),
        DeckGroup(title=_("From teachers and classes"), explanation="", decks=tuple(shelves["others"])),
    )
    return tuple(group for group in groups if group.decks)


def item_entry(row: ListedItem | CitedPlace, learner: Learner | None, today: int) -> ItemEntry:
    """A question as lists show it before an answer."""
    kind, card = kind_of(row.content), row.card
    due_day = card.due_day if card is not None else None
    place = item_state(due_day, card is not None and card.learning, today)
    return ItemEntry(
        id=row.id,
        headline=plain(kind.headline(row.content)),
        kind=_(kind.title),
        state=place.value if learner is not None else "",
        words=state_words(place, due_day, today) if learner is not None else "",
    )


def state_words(place: ItemState, due_day: int | None, today: int) -> str:
    """“new”, “learning”, “to review”, “known until 12 March”."""
    if place is ItemState.KNOWN and due_day is not None:
        return _("known until {due_day}").format(due_day=day_words(due_day, today))
    if place is ItemState.AWAY:
        return _("put away")
    return _("to review") if place is ItemState.DUE else place.value


def day_words(day: int, today: int) -> str:
    """“12 March”, with the year where it is another than today's."""
    there = date.fromordinal(day)
    year = f" {there.year}" if there.year != date.fromordinal(today).year else ""
    return f"{there.day} {there:%B}{year}"


def source_page(
    source: Source,
    decks: Sequence[DeckName],
    text: Sequence[Part],
    citations: Sequence[CitedPlace],
    learner: Learner | None,
    today: int,
) -> SourcePage:
    """The article's page from its rows."""
    recalls = {row.id: _recall(row, learner, today) for row in citations}
    texts = {part.paragraph.number: part.paragraph.sentences for part in text if part.kept}
    gone = {row.id: row for row in citations if text and row.standing == "gone"}
    cited = _by_paragraph(row for row in citations if row.id not in gone)
    views = tuple(
        _paragraph(number, texts.get(number, ()), cited.get(number, {}), recalls, learner, today)
        for number in sorted(texts.keys() | cited.keys())
    )
    facts = _facts(citations, recalls)
    target = learner.parameters.retention if learner is not None else 0.9
    return SourcePage(
        slug=source.slug,
        heading=source.title or (decks[0].title if decks else source.slug),
        byline=", ".join(filter(None, (source.author, source.publisher, source.published))),
        about=source.about,
        language=source.language,
        attached=bool(text),
        paragraphs=views,
        decks=tuple((deck.slug, deck.title) for deck in decks),
        facts=len(facts),
        known=sum(recall >= target for recall in facts.values()),
        target_percent=round(target * 100),
        newcomer=learner is None,
        address=source.address,
        lost=tuple(item_entry(row, learner, today) for row in gone.values()),
    )


def _by_paragraph(citations: Iterable[CitedPlace]) -> dict[int, dict[int, tuple[CitedPlace, set[int]]]]:
    """Items by paragraph, each once with the sentences it cites there."""
    found: dict[int, dict[int, tuple[CitedPlace, set[int]]]] = defaultdict(dict)
    for row in citations:
        places = found[row.paragraph].setdefault(row.id, (row, set()))[1]
        if row.place is not None:
            places.add(row.place)
    return found


def _paragraph(
    number: int,
    sentences: Sequence[Sentence],
    cited: dict[int, tuple[CitedPlace, set[int]]],
    recalls: dict[int, float | None],
    learner: Learner | None,
    today: int,
) -> ParagraphView:
    places = {place for _, found in cited.values() for place in found}
    here = {item: recalls[item] for item in cited}
    tone = tone_of(tuple(here.values())) if learner is not None else ""
    return ParagraphView(
        number=number,
        sentences=tuple(SentenceView(text=row.text, cited=row.sentence in places) for row in sentences),
        items=tuple(item_entry(row, learner, today) for row, _ in cited.values()),
        tone=tone,
        memory=_memory(here, tone) if learner is not None and here else "",
        ask=min(here, key=lambda item: here[item] or 0.0) if learner is not None and here else None,
    )


def tone_of(recalls: Sequence[float | None]) -> str:
    """How well a paragraph is remembered: the share of its questions that would be answered now."""
    if all(recall is None for recall in recalls):
        return ""
    share = sum(recall or 0.0 for recall in recalls) / len(recalls)
    return "strong" if share >= STRONG else "fading" if share >= FADING else "weak"


def _memory(recalls: dict[int, float | None], tone: str) -> str:
    if not tone:
        return _("Not seen yet")
    expected = round(sum(recall or 0.0 for recall in recalls.values()))
    words = _(TONES[tone])
    return _("{memory}: about {expected} of {recalls} would come to mind now").format(
        memory=words.capitalize(), expected=expected, recalls=len(recalls)
    )


def _facts(citations: Iterable[CitedPlace], recalls: dict[int, float | None]) -> dict[int, float]:
    """Recall by fact: of the least remembered of its items met so far, 0 where none was."""
    facts: dict[int, float] = {}
    for row in citations:
        recall = recalls[row.id]
        if recall is not None:
            facts[row.fact_id] = min(recall, facts.get(row.fact_id) or 1.0)
        else:
            facts.setdefault(row.fact_id, 0.0)
    return facts


def _recall(row: CitedPlace, learner: Learner | None, today: int) -> float | None:
    card = row.card
    if learner is None or card is None:
        return None
    memory = card.stability, card.fast, card.difficulty
    return recall_now(learner.parameters.weights, memory, card.last_day, card.learning, today)

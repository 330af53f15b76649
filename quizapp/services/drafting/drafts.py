"""Drafts on an article: proposed, checked, taken into a deck or dropped for good.

Drafts by rule are made again from the text each time, so that only what became of them is stored. Making
them takes a part of a second: nothing here that proposes or checks needs a writer's transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.drafting import checks, drafting
from quizapp.domain.drafting.checks import Refusal
from quizapp.domain.drafting.models import ModelDraft
from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.quotations import locate
from quizapp.domain.errors import Invalid
from quizapp.domain.language import markup
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.lint.base import Severity
from quizapp.domain.library.similarity.questions import Index, question_of
from quizapp.domain.sources.passages import Paragraph
from quizapp.services.drafting.drafter import Task, drafter
from quizapp.services.library import editor, review
from quizapp.services.library.duplicates import look_alikes
from quizapp.services.library.items import Citation, Draft
from quizapp.services.sources.anchors import texts
from quizapp.services.sources.confined import Stopped
from quizapp.storage.accounts.tables import Account
from quizapp.storage.drafting import drafts as queries
from quizapp.storage.drafting.drafts import DraftLine
from quizapp.storage.drafting.tables import SourceDraft
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.sources.articles import struck
from quizapp.storage.sources.tables import Source
from quizapp.storage.upserts import insert_once

FORM_OF_MODELS = "model"
MOST_SHOWN = 40
MOST_READ = 300  # sentences of a whole article that are drafted from: a second's work


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article's text as it is now. boilerplate: paragraphs that are no content."""

    source_id: int
    paragraphs: tuple[Paragraph, ...]
    boilerplate: frozenset[int]
    title: str
    language: str

    def content(self, among: int | None = None) -> tuple[Paragraph, ...]:
        """The paragraphs that are content, or that one of them."""
        return tuple(
            part
            for part in self.paragraphs
            if part.number not in self.boilerplate and among in {None, part.number}
        )


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A draft that waits. refusals: what is in the way of taking it as it is; origin: rule or model."""

    proposal: Proposal
    origin: str
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, kw_only=True)
class OpenDrafts:
    """The drafts of an article that a teacher has not dealt with, best first; and how many they have.
    last: the last paragraph that was drafted from, where the article is longer; None where it is not."""

    candidates: tuple[Candidate, ...]
    taken: int
    dropped: int
    last: int | None = None


def article_of(session: Session, source: Source) -> Article:
    """The text of a source as it is now; without paragraphs where it is not on this site."""
    shown = source.version_id
    return Article(
        source_id=source.id,
        paragraphs=texts(session, [shown])[shown] if shown is not None else (),
        boilerplate=frozenset(struck(session, shown)),
        title=source.title,
        language=source.language,
    )


@lru_cache(maxsize=32)
def _proposed(
    paragraphs: tuple[Paragraph, ...],
    boilerplate: frozenset[int],
    title: str,
    among: frozenset[int],
) -> tuple[Proposal, ...]:
    return drafter().drafts(Task(paragraphs, boilerplate, title, among))


def _drafted(article: Article, among: int | None) -> tuple[Paragraph, ...]:
    """The paragraphs that are drafted from: one, or of the whole article the first so many sentences."""
    found: list[Paragraph] = []
    count = 0
    for part in article.content(among):
        count += len(part.sentences)
        if found and count > MOST_READ:
            break
        found.append(part)
    return tuple(found)


# --- looking -------------------------------------------------------------------------------------


def prepare(article: Article, among: int | None = None) -> None:
    """Have the drafts made that `open_drafts` tells of, with no transaction open. Raises Invalid where that
    takes too long."""
    try:
        _by_rule(article, among)
    except Stopped:
        raise Invalid(
            _("Drafting from this article took too long. Nothing was changed; try one of its paragraphs.")
        ) from None


def _by_rule(article: Article, among: int | None) -> tuple[Proposal, ...]:
    numbers = frozenset(part.number for part in _drafted(article, among))
    return _proposed(article.paragraphs, article.boilerplate, article.title, numbers)


def open_drafts(session: Session, account: Account, article: Article, among: int | None = None) -> OpenDrafts:
    """What is left to deal with, of the whole article or of one paragraph."""
    rows = {row.digest: row for row in queries.dealt_with(session, account.id, article.source_id)}
    by_model = [
        proposal
        for row in rows.values()
        if row.outcome == "waiting" and (proposal := _of_row(article, row, among)) is not None
    ]
    read = _drafted(article, among)
    left = [("model", each) for each in by_model]
    left += [("rule", each) for each in _by_rule(article, among) if each.digest not in rows]
    index = _index(session, account.id, article.source_id)
    return OpenDrafts(
        candidates=tuple(
            Candidate(proposal=each, origin=origin, refusals=_refusals(article, each, index))
            for origin, each in left[:MOST_SHOWN]
        ),
        taken=sum(row.outcome == "taken" for row in rows.values()),
        dropped=sum(row.outcome == "dropped" for row in rows.values()),
        last=read[-1].number if len(read) < len(article.content(among)) else None,
    )


def _of_row(article: Article, row: DraftLine, among: int | None) -> Proposal | None:
    """A model's draft whose sentence still is in the article (and in that paragraph)."""
    content = row.content
    if content is None:
        return None
    for part in article.content(among):
        for sentence in part.sentences:
            if sentence.digest == row.quote_digest:
                answer = ", ".join(kind_of(content).outline(content).keys)
                return Proposal(content=content, sentence=sentence, form=FORM_OF_MODELS, answer=answer)
    return None


def _index(session: Session, account_id: int, source_id: int) -> Index:
    contents: dict[int, Content] = {}
    digests: dict[int, set[str]] = {}
    for row in queries.resting_on(session, account_id, source_id):
        contents[row.id] = row.content
        digests.setdefault(row.id, set()).add(row.digest)
    return Index(
        (markup.plain(kind_of(content).headline(content)), question_of(content, digests[item_id]))
        for item_id, content in contents.items()
    )


def _refusals(article: Article, proposal: Proposal, index: Index) -> tuple[Refusal, ...]:
    alike = index.alike(question_of(proposal.content, [proposal.sentence.digest]), most=1)
    return checks.check(
        proposal.content, proposal.sentence.text, article.paragraphs, [name for name, _ in alike]
    )


def chosen(waits: OpenDrafts, digests: Collection[str]) -> tuple[Candidate, ...]:
    """The candidates of these digests that are still there, in the order shown."""
    return tuple(each for each in waits.candidates if each.proposal.digest in digests)


def unlike(
    session: Session, account: Account, candidates: Iterable[Candidate]
) -> tuple[tuple[Candidate, ...], tuple[tuple[Candidate, str], ...]]:
    """Those that may be taken, and those that may not with the reason: refused by a check, or much like a
    question anywhere in the teacher's decks, or like one before them here."""
    free: list[Candidate] = []
    refused: list[tuple[Candidate, str]] = []
    beside = Index()
    for candidate in candidates:
        content, digest = candidate.proposal.content, candidate.proposal.sentence.digest
        reason = candidate.refusals[0].message if candidate.refusals else ""
        if not reason and (found := look_alikes(session, account.id, content, [digest])):
            reason = _("It looks like “{question}” in {deck_title}: {reason}.").format(
                question=found[0].headline[:90], deck_title=found[0].deck_title, reason=found[0].reason
            )
        question = question_of(content, [digest])
        if not reason and (alike := beside.alike(question, most=1)):
            reason = _("It looks like “{question}”, which you’re adding too.").format(
                question=alike[0][0][:90]
            )
        if reason:
            refused.append((candidate, reason))
        else:
            free.append(candidate)
            beside.add(markup.plain(kind_of(content).headline(content)), question)
    return tuple(free), tuple(refused)


# --- dealing with them ---------------------------------------------------------------------------


def take(
    session: Session,
    deck: Deck,
    source_id: int,
    candidates: Sequence[Candidate],
    *,
    author: Account,
    publish: bool,
    now: datetime,
) -> tuple[Item, ...]:
    """Make items of drafts, with their evidence: published (in review where another teacher has to approve
    it), or kept as drafts. Drafts on one thing become siblings. The same draft taken twice makes one item."""
    state = review.first_state(session, deck, author, "publish" if publish else "draft")
    items = []
    for candidate in candidates:
        proposal = candidate.proposal
        at = proposal.sentence
        draft = Draft(
            content=proposal.content,
            evidence=(Citation(source_id, at.paragraph, at.sentence, at.digest),),
        )
        item = editor.add_item(
            session,
            deck,
            f"t-{uuid5(NAMESPACE_URL, f'{author.id} {deck.id} {proposal.digest}').hex}",
            draft,
            fact=f"{proposal.answer[:60]} {at.digest[:6]}",
            author=author,
            now=now,
            note="Drafted by a model, checked by you" if candidate.origin == "model" else "Drafted by rule",
            state=state.value,
        )
        _settle(session, author.id, source_id, candidate, "taken", item_id=item.id, now=now)
        items.append(item)
    return tuple(items)


def drop(
    session: Session, account: Account, source_id: int, candidates: Iterable[Candidate], *, now: datetime
) -> None:
    """Turn drafts down: they do not come back."""
    for candidate in candidates:
        _settle(session, account.id, source_id, candidate, "dropped", item_id=None, now=now)


def keep_model_drafts(
    session: Session, account: Account, article: Article, found: Sequence[ModelDraft], *, now: datetime
) -> tuple[int, tuple[str, ...]]:
    """Keep the model's drafts that pass the checks; how many these are, and why others were left out."""
    kept, reasons = 0, []
    for draft in found:
        reason = _objection(article, draft)
        if reason:
            reasons.append(reason)
            continue
        sentence = locate(draft.quote, article.content())[0]
        answer = ", ".join(kind_of(draft.content).outline(draft.content).keys)
        proposal = Proposal(content=draft.content, sentence=sentence, form=FORM_OF_MODELS, answer=answer)
        kept += insert_once(
            session, SourceDraft, _row(account.id, article.source_id, proposal, "model", "waiting", now)
        )
    return kept, tuple(reasons)


def _objection(article: Article, draft: ModelDraft) -> str:
    """Why a model's draft is left out: a check, or an error the linter finds; "" for none."""
    parts = article.content()
    if refusals := checks.check(draft.content, draft.quote, parts):
        return refusals[0].message
    found = drafting.findings(draft.content, locate(draft.quote, parts)[0], parts)
    return next((finding.message for finding in found if finding.severity is Severity.ERROR), "")


def _settle(
    session: Session,
    account_id: int,
    source_id: int,
    candidate: Candidate,
    outcome: str,
    *,
    item_id: int | None,
    now: datetime,
) -> None:
    values = _row(account_id, source_id, candidate.proposal, candidate.origin, outcome, now)
    if not insert_once(session, SourceDraft, values | {"item_id": item_id}):
        session.execute(
            update(SourceDraft)
            .where(
                SourceDraft.account_id == account_id,
                SourceDraft.source_id == source_id,
                SourceDraft.digest == candidate.proposal.digest,
            )
            .values(outcome=outcome, item_id=item_id)
        )


def _row(
    account_id: int, source_id: int, proposal: Proposal, origin: str, outcome: str, now: datetime
) -> dict[str, object]:
    return {
        "account_id": account_id,
        "source_id": source_id,
        "digest": proposal.digest,
        "origin": origin,
        "outcome": outcome,
        "content": proposal.content if origin == "model" else None,
        "quote_digest": proposal.sentence.digest,
        "created_at": now,
    }

"""Rules on evidence: every item names the sentences that prove it."""

from __future__ import annotations

from collections.abc import Iterator

from quizapp.domain.language.translation import _
from quizapp.domain.language.words import folded
from quizapp.domain.library.lint.base import ArticleRule, Articles, Complaint, ItemRule, LintItem, Severity
from quizapp.domain.sources.evidence import EvidenceRef, Role, check_evidence, stretch


def _name(item: LintItem, ref: EvidenceRef) -> str:
    return _("{article}, paragraph {paragraph}, sentence {sentence}").format(
        article=item.called(ref.source), paragraph=ref.paragraph, sentence=ref.sentence
    )


def _no_evidence(item: LintItem) -> Iterator[Complaint]:
    if not item.evidence:
        yield Complaint(
            "evidence", _("No sentence is cited. Give the source, paragraph and sentence it is based on.")
        )


def _digest(item: LintItem) -> Iterator[Complaint]:
    for ref in item.evidence:
        if not ref.well_formed:
            yield Complaint(
                "evidence",
                _(
                    "“{digest}” ({place}) is not 12 lower-case hex digits. "
                    "`quizapp sources sentences FILE` prints the digests."
                ).format(digest=ref.digest, place=_name(item, ref)),
            )


def _repeated(item: LintItem) -> Iterator[Complaint]:
    seen: set[tuple[str, int, int]] = set()
    for ref in item.evidence:
        spot = (ref.source, ref.paragraph, ref.sentence)
        if spot in seen:
            yield Complaint(
                "evidence", _("{place} is cited twice. Remove one of them.").format(place=_name(item, ref))
            )
        seen.add(spot)


def _stale(item: LintItem, articles: Articles) -> Iterator[Complaint]:
    for ref in item.evidence:
        if ref.source not in articles:
            continue
        state = check_evidence(ref, articles[ref.source])
        if state.where is None:
            yield Complaint(
                "evidence",
                _("{place}: the sentence that was cited is no longer in the article. Cite it again.").format(
                    place=_name(item, ref)
                ),
            )
        elif state.standing == "moved":
            yield Complaint(
                "evidence",
                _(
                    "{place}: the sentence that was cited is now paragraph {paragraph}, sentence {sentence}. "
                    "Correct it."
                ).format(
                    place=_name(item, ref), paragraph=state.where.paragraph, sentence=state.where.sentence
                ),
            )


def _proof_first(item: LintItem) -> Iterator[Complaint]:
    if item.evidence and item.evidence[0].role is not Role.PROVES:
        yield Complaint(
            "evidence",
            _(
                "The first passage, {place}, isn’t the proof, but readers see it first. Put the sentence "
                "that proves the key before it."
            ).format(place=_name(item, item.evidence[0])),
        )


def _sentence(ref: EvidenceRef, articles: Articles) -> str:
    """The sentence cited; "" where the article is absent or no longer has it."""
    return next(
        (s.text for part in articles.get(ref.source, ()) for s in part.sentences if s.digest == ref.digest),
        "",
    )


def _stretch(item: LintItem, articles: Articles) -> Iterator[Complaint]:
    """Marked words that the sentence does not have."""
    for ref in item.evidence:
        marked = stretch(ref.words)
        count = len(_sentence(ref, articles).split())
        if marked and 0 < count < marked[1]:
            yield Complaint(
                "evidence",
                _("{place} has {count} words, so there’s no {number}th to mark.").format(
                    place=_name(item, ref), count=count, number=marked[1]
                ),
            )


def _key_unmarked(item: LintItem, articles: Articles) -> Iterator[Complaint]:
    """Keys that a cited sentence has outside the words marked, and that no passage marks."""
    proofs = []
    for ref in item.evidence:
        sentence, marked = _sentence(ref, articles), stretch(ref.words)
        if ref.role is not Role.COMPARE:
            within = " ".join(sentence.split()[marked[0] - 1 : marked[1]]) if marked else sentence
            proofs.append((ref, f" {folded(sentence)} ", f" {folded(within)} "))
    for key in item.keys:
        wanted = f" {folded(key)} "
        if any(wanted in within for _ref, _whole, within in proofs):
            continue
        for ref in (ref for ref, whole, _within in proofs if wanted in whole):
            yield Complaint(
                "evidence",
                _("{place} has “{key}” outside the words marked. Mark the answer, too.").format(
                    place=_name(item, ref), key=key
                ),
            )


RULES = (
    ItemRule("no-evidence", Severity.ERROR, "Every item cites the sentence it is based on.", _no_evidence),
    ItemRule("evidence-digest", Severity.ERROR, "A digest is 12 lower-case hex digits.", _digest),
    ItemRule("evidence-repeated", Severity.WARNING, "No sentence is cited twice by one item.", _repeated),
    ItemRule(
        "proof-first",
        Severity.WARNING,
        "The passage shown first is the one that proves the key.",
        _proof_first,
    ),
    ArticleRule(
        "evidence-words", Severity.ERROR, "The words marked are words of the sentence cited.", _stretch
    ),
    ArticleRule(
        "key-unmarked",
        Severity.WARNING,
        "The words marked in a sentence include the key, where the sentence has it.",
        _key_unmarked,
    ),
    ArticleRule(
        "evidence-stale",
        Severity.ERROR,
        "The sentence cited is where the item says it is, unchanged.",
        _stale,
    ),
)

"""From an article to its drafts: every rule tried on every sentence, what does not pass the linter
dropped, the most useful first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush

from quizapp.domain.drafting import (
    checks,
    clause_questions,
    figure_questions,
    gaps,
    name_questions,
    proof,
    speech,
)
from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.sentences import standalone
from quizapp.domain.drafting.sentences.clauses import clauses_of
from quizapp.domain.drafting.sentences.grammar import Parser
from quizapp.domain.drafting.sentences.reading import Reading, place, read
from quizapp.domain.drafting.statements import statements
from quizapp.domain.language.translation import _
from quizapp.domain.language.words import content_words
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.lint.base import Severity
from quizapp.domain.library.lint.runner import Finding, lint_item
from quizapp.domain.sources.evidence import EvidenceRef
from quizapp.domain.sources.passages import Paragraph, Sentence

WORTH = {
    "who": 1.0,
    "when": 0.95,
    "figure": 1.0,
    "where": 0.95,
    "why": 1.0,
    "what": 0.95,
    "speaker": 0.9,
    "gap": 0.8,
    "false": 0.66,
    "true": 0.62,
}
SOURCE = "article"
# Rules on what a drafter cannot know or a teacher adds at leisure.
NOT_FOR_DRAFTS = (
    "rationale-missing",
    "few-examples",
    "no-evidence",
    "evidence-stale",
    "few-accepted-forms",
    "undated-event",
)
OWN_WORDS = ("nine-words",)  # rules can only leave words out; a person finds others
PENALTY = {
    "not-self-contained": 0.6,
    "relative-date": 0.6,
    "key-in-stem": 0.6,
    "stem-too-long": 0.4,
    "loaded-words": 0.3,
}
LIGHT_PENALTY = 0.12
MOST_OF_A_SENTENCE = 2
LEAST, LEAST_LEFT = 0.35, 0.25  # what is worth less is not shown, by itself and beside what is before


def drafts(
    paragraphs: Sequence[Paragraph],
    *,
    boilerplate: Collection[int] = (),
    title: str = "",
    among: Collection[int] | None = None,
    parse: Parser | None = None,
) -> tuple[Proposal, ...]:
    """The drafts of an article, best first. `boilerplate`: numbers of the paragraphs that are no content;
    `title`: the article’s; `among`: the paragraphs to draft from (all are read for names), None for all of
    them; `parse`: a parser of
    English, without which rules of grammar make do."""
    reading = read(paragraphs, boilerplate=boilerplate, title=title, parse=parse)
    chosen = [s for s in reading.sentences if among is None or s.paragraph in among]
    found = [proposal for sentence in chosen for proposal in _of_sentence(reading, sentence)]
    return tuple(_ranked(found))


def _of_sentence(reading: Reading, sentence: Sentence) -> Iterator[Proposal]:
    """One wording of each question that can be asked of a sentence: the first that passes the rules."""
    candidates: list[Proposal] = []
    parsed = reading.grammar.get(place(sentence))
    if parsed is not None:
        candidates = [*speech.questions(reading, sentence), *figure_questions.lifetimes(reading, sentence)]
        anew = reading.originals[place(sentence)].text != sentence.text
        known = content_words(reading.title)
        for clause in clauses_of(parsed, reading.people, known=known, anew=anew, rules=reading.rules):
            scope = clause.sources
            candidates += (
                each.within(scope) for each in clause_questions.questions(reading, sentence, clause)
            )
    elif reading.english:
        candidates = [*speech.questions(reading, sentence), *_by_rules(reading, sentence)]
    else:
        candidates = [*gaps.proposals(reading, sentence, _said(reading, sentence))]
    original = reading.originals[place(sentence)]
    best: dict[tuple[str, str], Proposal] = {}
    for candidate in (each.on(original) for each in candidates):
        name = (candidate.form, candidate.answer)
        if name not in best and (score := _score(reading, candidate)) >= LEAST:
            best[name] = candidate.scored(score)
    yield from best.values()


def _by_rules(reading: Reading, sentence: Sentence) -> Iterator[Proposal]:
    said = _said(reading, sentence)
    yield from name_questions.questions(reading, sentence, said)
    yield from gaps.proposals(reading, sentence, said)


def _said(reading: Reading, sentence: Sentence) -> tuple[str, ...]:
    """The sentence's statements, also without the office that one begins with."""
    if not reading.english:
        return (sentence.text.rstrip("."),)
    found = statements(sentence.text, tuple(each.mention.text for each in reading.named(sentence)))
    for named in reading.named(sentence):
        role = f"{named.mention.role} "
        if role[0].isupper():
            found += tuple(each.removeprefix(role) for each in found if each.startswith(role))
    return found


def _score(reading: Reading, proposal: Proposal) -> float:
    """How useful it seems; 0 for what must not be shown."""
    content, sentence = proposal.content, proposal.sentence
    if kind_of(content).problems(content) or not proof.holds(reading, proposal):
        return 0.0
    found = findings(content, sentence, reading.paragraphs, own_words=False)
    if any(finding.severity is Severity.ERROR for finding in found) or checks.check(
        content, sentence.text, reading.paragraphs
    ):
        return 0.0
    score = WORTH[proposal.form]
    score -= sum(PENALTY.get(finding.rule, LIGHT_PENALTY) for finding in found)
    score += 0.05 * min(3, len(reading.named(sentence)) + len(reading.figured(sentence)))
    score -= 0.02 * max(0, len(content.stem.split()) - 18)
    if not reading.grammar:  # a parsed clause has proved that it stands alone
        score -= 0.2 * standalone.bare(_opening(content.stem))
    return score + (0.1 if getattr(content, "distractors", ()) else 0.0)


def findings(
    content: Content, sentence: Sentence, paragraphs: Sequence[Paragraph], *, own_words: bool = True
) -> tuple[Finding, ...]:
    """What the linter says of a draft, but for what a teacher adds at leisure. `content` must be sound."""
    ref = EvidenceRef(SOURCE, sentence.paragraph, sentence.sentence, sentence.digest)
    waived = NOT_FOR_DRAFTS if own_words else (*NOT_FOR_DRAFTS, *OWN_WORDS)
    return lint_item(
        content,
        evidence=(ref,),
        articles={SOURCE: paragraphs},
        titles={SOURCE: _("the article")},
        waived=waived,
    )


def _opening(stem: str) -> str:
    return stem.removeprefix("Fill in the figure: ")


JUDGED = frozenset({"true", "false"})


def _ranked(found: Iterable[Proposal]) -> Iterator[Proposal]:
    """Best first, each worth less the more of its form, sentence or answer have come before. Of one fact
    one question stays, and one pair of statements of one sentence.

    What is worth less now is put back where it belongs: worth only falls, so that whatever is on top
    and is worth what it was put there for is the best of all, without looking at the others.
    """
    ordered = sorted(
        {each.digest: each for each in found}.values(), key=lambda each: each.digest, reverse=True
    )
    seen: Counter[str] = Counter()
    asked: set[str] = set()
    heap = [(-_worth(each, seen), place) for place, each in enumerate(ordered)]
    heapify(heap)
    while heap:
        told, place = heappop(heap)
        best = ordered[place]
        if seen[best.sentence.digest] >= MOST_OF_A_SENTENCE:
            continue
        if best.form not in JUDGED and best.fact in asked:
            continue
        worth = _worth(best, seen)
        if -told != worth:
            heappush(heap, (-worth, place))
            continue
        if worth < LEAST_LEFT:
            return
        if best.form not in JUDGED:
            asked.add(best.fact)
        yield best.scored(round(worth, 4))
        seen.update(_marks(best))


def _worth(proposal: Proposal, seen: Counter[str]) -> float:
    form, sentence, answer, judged, paragraph = _marks(proposal)
    fading: float = 0.97 ** seen[form] * 0.75 ** seen[sentence] * 0.9 ** seen[answer] * 0.9 ** seen[paragraph]
    return proposal.score * fading * (0.3 ** seen[judged] if proposal.form in JUDGED else 1.0)


def _marks(proposal: Proposal) -> tuple[str, str, str, str, str]:
    judged = f"judged {proposal.sentence.digest}" if proposal.form in JUDGED else ""
    paragraph = f"paragraph {proposal.sentence.paragraph}"
    return proposal.form, proposal.sentence.digest, f"answer {proposal.answer}", judged, paragraph

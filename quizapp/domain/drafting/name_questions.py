"""Who, which, where and when: questions from statements whose subject is a name. Where the grammar is
not certain nothing is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from quizapp.domain.drafting import distractors
from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.sentences import figures, lexicon, standalone
from quizapp.domain.drafting.sentences.forms import accepted, asked_as
from quizapp.domain.drafting.sentences.names import Entity, Named
from quizapp.domain.drafting.sentences.reading import Reading
from quizapp.domain.drafting.sentences.verbs import FINITE, question_form
from quizapp.domain.drafting.statements import subject_of
from quizapp.domain.library.kinds.asking.figures import Numeric
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.sources.passages import Sentence

MOST_WORDS = 28
# Behind these the year belongs to what is said.
_OF_SPEECH = frozenset(
    {*lexicon.SAYING.split("|"), *"say says think thought believe believed report reported".split()}
)

_PLURAL = frozenset("are were have".split())
# What a city or country does itself, and not its government: “Which city hosted …?” asks for a place.
_OF_PLACES = frozenset(
    "lies lie lay is was became becomes hosted hosts serves served stands stood houses covers covered "
    "belongs belonged grew".split()
)
_ADVERB = re.compile(r"(?:[a-z]+ly|first|later|soon|often|never|once) ")
_PLACED = re.compile(r" (?P<prep>in|to|from|at|near) (?P<the>the )?")
_YEAR = re.compile(r" in (?P<year>(?:1[0-9]|20)\d\d)(?=$| (?:in|at|by|with|to|after|for|from) )")
_TAKES_MORE = re.compile(r"\b(?:to|of|for|that|and|as|between|than|or|about|on|into|who|which)\b")


class Clause(NamedTuple):
    """A statement taken apart. rest: what follows the verb, with a space before it, or ""."""

    subject: str
    named: Named | None  # None: a longer phrase with a name in it
    adverb: str
    verb: str
    rest: str

    @property
    def predicate(self) -> str:
        """Verb and all that follows: what “Who” is put before."""
        return f"{self.adverb}{self.verb}{self.rest}"

    def inverted(self, rest: str) -> str:
        """“did the council build” with the rest given; "" where that cannot be done."""
        form = question_form(self.verb)
        several = self.verb in _PLURAL or " and " in self.subject
        if form is None or (several and form[0] != "did"):
            return ""
        subject = (
            self.subject[:1].lower() + self.subject[1:] if self.subject.startswith("The ") else self.subject
        )
        if self.named and subject == self.named.mention.text and self.named.entity.sort == "person":
            subject = self.named.entity.name  # a question says whose surname it is
        verb = f" {self.adverb}{form[1]}" if form[1] else f" {self.adverb}".rstrip()
        return f"{form[0]} {subject}{verb}{rest}"


def clause_of(statement: str, named: tuple[Named, ...]) -> Clause | None:
    """Subject and verb of a statement that has a name in its subject; None for any other."""
    for each in named:
        mention = each.mention
        titled = f"{mention.role} {mention.text}".strip()
        for subject in (titled, f"The {titled}", f"The {mention.text}", mention.text):
            if not statement.casefold().startswith(f"{subject.casefold()} "):
                continue
            after = statement[len(subject) + 1 :]
            adverb = _ADVERB.match(after)
            said = after[adverb.end() :] if adverb else after
            verb, _, rest = said.partition(" ")
            if verb in FINITE:
                shown = statement[: len(subject)]
                return Clause(shown, each, adverb.group() if adverb else "", verb, f" {rest}" if rest else "")
    return _longer_clause(statement, named)


def _longer_clause(statement: str, named: tuple[Named, ...]) -> Clause | None:
    """A subject such as “The council of Leath”, “Brook’s first bridge”."""
    subject = subject_of(statement)
    if not any(each.mention.text in subject for each in named) or "," in subject:
        return None
    verb, _, rest = statement[len(subject) + 1 :].partition(" ")
    if not any(subject.startswith(each.mention.text) for each in named):
        subject = subject[:1].lower() + subject[1:]
    return Clause(subject, None, "", verb, f" {rest}" if rest else "")


def questions(reading: Reading, sentence: Sentence, statements: tuple[str, ...]) -> Iterator[Proposal]:
    """All questions that a sentence's statements allow; several wordings of one are all given."""
    for statement in statements:
        clause = clause_of(statement, reading.named(sentence))
        if clause is None or len(statement.split()) > MOST_WORDS:
            continue
        yield from _who(reading, sentence, clause)
        yield from _where(reading, sentence, clause)
        yield from _when(reading, sentence, clause)


# --- who, which --------------------------------------------------------------------------------


def _who(reading: Reading, sentence: Sentence, clause: Clause) -> Iterator[Proposal]:
    if clause.named is None:
        return
    entity, predicate = clause.named.entity, clause.predicate
    label = asked_as(entity)
    if not label or clause.verb in _PLURAL or not standalone.tells_of_one(f"{clause.subject} {predicate}"):
        return
    if entity.sort in {"city", "country", "region", "site"} and not _is_of_place(entity, clause):
        return
    if not standalone.is_clear(f"{clause.subject} {predicate}", reading.people) or not standalone.tells(
        f"X {predicate}", "X"
    ):
        return
    if any(_holds(predicate, form) for form in entity.forms):
        return
    opening = ("Who", "Which person") if label == "person" else (f"Which {label}",)
    for wh in opening:
        yield _proposal(reading, sentence, f"{wh} {predicate}?", entity, "who")


def _is_of_place(entity: Entity, clause: Clause) -> bool:
    return entity.sort == "country" or clause.verb in _OF_PLACES


def _holds(text: str, words: str) -> bool:
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text))


# --- where -------------------------------------------------------------------------------------


def _where(reading: Reading, sentence: Sentence, clause: Clause) -> Iterator[Proposal]:
    for each in reading.named(sentence):
        entity, text = each.entity, each.mention.text
        if entity.sort not in {"city", "country", "region"}:
            continue
        for placed in re.finditer(
            rf"{_PLACED.pattern}{re.escape(text)}(?=$| (?:in|on|at|by|with|after|during) )", clause.rest
        ):
            before, after = clause.rest[: placed.start()], clause.rest[placed.end() :]
            if len(before.split()) > 5 or _TAKES_MORE.search(before):
                continue
            asked = clause.inverted(before + after)
            if (
                asked
                and standalone.is_clear(f"{clause.subject} {before}{after}", reading.people)
                and standalone.tells(asked, text)
            ):
                stem = f"{placed['prep'].capitalize()} which {asked_as(entity)} {asked}?"
                yield _proposal(reading, sentence, stem, entity, "where")


# --- when --------------------------------------------------------------------------------------


def _when(reading: Reading, sentence: Sentence, clause: Clause) -> Iterator[Proposal]:
    found = list(_YEAR.finditer(clause.rest))
    said = {clause.verb, *clause.subject.casefold().split()}
    if len(found) != 1 or _OF_SPEECH & said:
        return
    rest = clause.rest[: found[0].start()] + clause.rest[found[0].end() :]
    asked = clause.inverted(rest)
    if (
        not asked
        or re.search(r"\d{4}|\bnot\b", rest)
        or not standalone.is_clear(asked, reading.people)
        or not standalone.tells(f"X {asked}", "X")
    ):
        return
    if re.search(r"\b(?:that|who|which|since|because|when|until)\b", rest):
        return
    year = next(figure for figure in figures.find(f"in {found[0]['year']}") if figure.sort == "year")
    content = Numeric(
        stem=f"In which year {asked}?", value=Decimal(year.text), distractors=figures.nearby(year)
    )
    yield Proposal(content=content, sentence=sentence, form="when", answer=year.text)


# --- the question's kind -----------------------------------------------------------------------


def _proposal(reading: Reading, sentence: Sentence, stem: str, entity: Entity, form: str) -> Proposal:
    content = answered(reading, sentence, stem, entity)
    return Proposal(content=content, sentence=sentence, form=form, answer=_as_written(sentence, entity))


def _as_written(sentence: Sentence, entity: Entity) -> str:
    return next(form for form in sorted(entity.forms, key=len, reverse=True) if form in sentence.text)


def answered(reading: Reading, sentence: Sentence, stem: str, entity: Entity) -> Content:
    """A choice where the article offers three wrong answers of the same sort, else a short answer."""
    wrong = distractors.for_entity(reading, entity, sentence)
    if len(wrong) >= 3:
        return SingleChoice(stem=stem, key=entity.name, distractors=wrong)
    accept = accepted(entity)
    return ShortAnswer(
        stem=stem, key=entity.name, accept=accept, distractors=wrong if len(wrong) == 2 else ()
    )

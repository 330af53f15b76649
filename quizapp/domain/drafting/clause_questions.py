"""Questions and gaps from a parsed main clause: who, whom, which, why, and a gap for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.domain.drafting import distractors, figure_questions
from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.sentences import forms
from quizapp.domain.drafting.sentences.clauses import is_rule
from quizapp.domain.drafting.sentences.grammar import Clause, Parsed, Span, Word
from quizapp.domain.drafting.sentences.names import Entity, Named
from quizapp.domain.drafting.sentences.phrasing import (
    asked_of,
    inverted,
    is_name,
    predicate_of,
    tells_enough,
    tells_of_a_name,
    tells_of_one,
    verb_of,
)
from quizapp.domain.drafting.sentences.reading import Reading
from quizapp.domain.drafting.sentences.trimming import is_saying, mark_of
from quizapp.domain.language.words import content_words
from quizapp.domain.library.kinds.asking.gaps import Gap, GappedText, dump
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.sources.passages import Sentence

FEWEST_UNANCHORED = 6  # of a question of “who” without a name or figure
LONGEST_REASON = 18  # words
REASON = range(4, LONGEST_REASON + 1)


def questions(reading: Reading, sentence: Sentence, clause: Clause) -> Iterator[Proposal]:
    """All that a clause allows."""
    starts = {named.mention.from_role for named in reading.named(sentence)}
    names = frozenset(place for place, word in enumerate(clause.parsed.words) if word.start in starts)
    clause = clause._replace(names=names)
    ruling = is_rule(clause.parsed, clause.verb)
    for named in reading.named(sentence) if not (clause.commands or ruling) else ():
        yield from _name(reading, sentence, clause, named)
    for figure in reading.figured(sentence):
        yield from figure_questions.questions(reading, sentence, clause, figure)
    yield from _why(reading, sentence, clause)
    yield from _what_is(reading, sentence, clause)
    yield from _called(reading, sentence, clause)


def _called(reading: Reading, sentence: Sentence, clause: Clause) -> Iterator[Proposal]:
    """A gap for the term that a sentence brings in: “… are called chromatophores”."""
    text = clause.text
    found = _TERM.search(text)
    told = found and content_words(found["term"]) <= content_words(reading.title)
    if not found or told or clause.lead or clause.commands or clause.bare > 1:
        return
    term, start, end = found["term"], found.start("term"), found.end("term")
    tags = {clause.parsed.words[each].tag for each in clause.parsed.within(*_span(clause, term))}
    words = clause.parsed.words
    naming = any(
        word.text in {"called", "termed", "known", "referred"} and word.tag == "VBN" for word in words
    )
    if not naming or not tags or not tags <= {"NN", "NNS", "JJ", "NNP", "NNPS"} or text.count(term) != 1:
        return
    if tells_enough(f"x {text[:start]}{text[end:]}"):
        stem = dump(GappedText((text[:start], f"{text[end:]}."), (Gap(term, (), ()),)))
        yield Proposal(content=Cloze(stem=stem), sentence=sentence, form="gap", answer=term)


_TERM = re.compile(
    r"\b(?:called|termed|(?:known|referred to) as)(?: an?| the)? “?(?P<term>[a-z][a-z-]+(?: [a-z][a-z-]+)?)”?"
    r"(?=$|,| (?:and|or|which|that|in|by|because|when)\b)"
)


def _span(clause: Clause, term: str) -> tuple[int, int]:
    start = clause.parsed.text.find(term)
    return start, start + len(term)


# --- names -------------------------------------------------------------------------------------


def _name(reading: Reading, sentence: Sentence, clause: Clause, named: Named) -> Iterator[Proposal]:
    parsed, mention, entity = clause.parsed, named.mention, named.entity
    places = parsed.within(mention.start, mention.end)
    titled = content_words(entity.name) <= content_words(reading.title)  # anyone who sees the title knows it
    if titled or not places or not is_whole(parsed, places):
        return
    event = tells_of_one(clause) or _says(clause)
    top = parsed.words[parsed.top(places)]
    if entity.sort == "person" and top.dep == "appos" and top.head == clause.subject:
        if event and not clause.kept & {*places}:  # “The minister, Ada Brook, resigned”
            clause = clause._replace(bare=max(0, clause.bare - 3))
            yield from _who(reading, sentence, clause, entity, predicate_of(clause, clause.phrase))
        return
    moved = any(figure_questions.is_undated_change(clause, figure) for figure in reading.figured(sentence))
    again = is_one_of_two(parsed, places) or _holds_again(clause, mention.text)
    if not clause.kept.issuperset(places) or again or moved:
        return
    yield from _whom(reading, sentence, clause, named, places)
    if clause.subject not in places:
        if tells_of_one(clause) or tells_of_a_name(clause):
            yield from _gap(sentence, clause, named)
    elif event and clause.phrase <= _own(parsed, clause, named, places):
        yield from _who(reading, sentence, clause, entity, predicate_of(clause, clause.phrase))
        if not _says(clause):
            yield from _gap(sentence, clause, named)


def _own(parsed: Parsed, clause: Clause, named: Named, places: tuple[int, ...]) -> frozenset[int]:
    """The words of a name as the subject, with its office and “the”."""
    office = parsed.within(named.mention.from_role, named.mention.start)
    the = (
        each for each in parsed.below(clause.subject, "det") if parsed.words[each].text.casefold() == "the"
    )
    return frozenset({*places, *office, *the})


def _says(clause: Clause) -> bool:
    """Whether it tells what someone says: anyone who says it, says it."""
    parsed = clause.parsed
    return is_saying(parsed, clause.verb) and bool(parsed.below(clause.verb, "ccomp"))


def is_whole(parsed: Parsed, places: tuple[int, ...]) -> bool:
    """Whether the words are all of a name, and no part of a longer one or a word’s attribute."""
    words = [parsed.words[place] for place in places]
    if any(word.tag not in {"NNP", "NNPS", "IN", "DT", "CC", "POS", "HYPH"} for word in words):
        return False
    start, end = words[0].start, words[-1].end
    if any(
        each.start <= start and end <= each.end and len(_bare(parsed, each)) > end - start
        for each in parsed.names
    ):
        return False
    top = parsed.words[parsed.top(places)]
    if top.dep in {"compound", "amod", "nmod", "dep", "npadvmod"}:
        return False
    beside = (places[0] - 1, places[-1] + 1)
    return not any(
        0 <= each < len(parsed.words) and (parsed.words[each].tag in {"NNP", "NNPS", "HYPH", "CD"})
        for each in beside
    )


def is_one_of_two(parsed: Parsed, places: tuple[int, ...]) -> bool:
    """“Brunner and Mond”, “Moscow, Beijing and Delhi”: the others would do as well."""
    around = [parsed.words[each] for each in (places[0] - 1, places[-1] + 1) if 0 <= each < len(parsed.words)]
    top = parsed.top(places)
    return any(each.text in {"and", "or", "&"} for each in around) or bool(
        parsed.words[top].dep == "conj" or parsed.below(top, "conj")
    )


def _whom(
    reading: Reading, sentence: Sentence, clause: Clause, named: Named, places: tuple[int, ...]
) -> Iterator[Proposal]:
    """“In which city did …?”, “To whom was …?”, “Which act did …?” of a name that hangs on the main verb."""
    parsed, entity = clause.parsed, named.entity
    top = parsed.top(places)
    if (
        parsed.words[top].dep == "appos"
        and parsed.words[parsed.words[top].head].start == named.mention.from_role
    ):
        top = parsed.words[top].head  # “the engineer Ada Brook”
    word = parsed.words[top]
    preposition = parsed.words[word.head] if word.dep == "pobj" else None
    label = "whom" if entity.sort == "person" else f"which {forms.asked_as(entity)}"
    if label == "which " or not tells_of_one(clause) or parsed.below(top, "relcl", "acl"):
        return
    phrase = clause.words_of(top)
    if preposition is not None and preposition.head == clause.verb:
        phrase = clause.words_of(word.head)
        asking = f"{preposition.text} {label}"
    elif word.dep == "dobj" and word.head == clause.verb:
        asking = label
    else:
        return
    role = parsed.within(named.mention.from_role, named.mention.start)
    own = {*places, *role, *(each for each in phrase if parsed.words[each].text.casefold() == "the")}
    if len(phrase - own) > (preposition is not None) or _is_of_time(preposition):
        return
    asked = inverted(clause, frozenset(phrase))
    if asked and tells_enough(f"x {asked}") and not _PRONOUN.search(asked):
        stem = asked_of(reading, clause, f"{asking[:1].upper()}{asking[1:]} {asked}?", entity.name)
        for content in _answered(reading, sentence, stem, entity):
            yield Proposal(content=content, sentence=sentence, form="where", answer=named.mention.text)


_OF_A_PERSON = re.compile(r"\b(?:he|she|him|her|his|hers|himself|herself)\b")
_PRONOUN = re.compile(r"\b(?:he|she|it|they|him|her|them|his|its|their)\b")


def _is_of_time(preposition: Word | None) -> bool:
    return preposition is not None and preposition.text.casefold() in {
        "after", "before", "during", "since", "until", "like", "unlike", "as", "with", "of",
    }  # fmt: skip


def _bare(parsed: Parsed, name: Span) -> str:
    """A name that the parser found, without “the” and “’s”."""
    return re.sub(r"^[Tt]he |[’']s?$", "", parsed.text[name.start : name.end])


def _holds_again(clause: Clause, name: str) -> bool:
    """Whether the name, or a word of it, is in the clause once more."""
    own = content_words(name)
    rest = clause.text.replace(name, " ", 1)
    return bool(own & content_words(rest)) or name not in clause.text


def _who(
    reading: Reading, sentence: Sentence, clause: Clause, entity: Entity, predicate: str
) -> Iterator[Proposal]:
    label = forms.asked_as(entity)
    if verb_of(clause).lemma == "be" and label != "person":
        return
    anchored = re.search(r"[A-Z]\w+|\d", predicate)
    if not anchored and len(content_words(predicate)) < FEWEST_UNANCHORED:
        return
    asking = "Who" if label == "person" else f"Which {label}" if label else ""
    if (
        not asking
        or not tells_enough(predicate)
        or clause.parsed.words[clause.verb].text.casefold() in {"were", "are", "have"}
    ):
        return
    stem = asked_of(reading, clause, f"{asking} {predicate.strip(' ,;.')}?", entity.name)
    for content in _answered(reading, sentence, stem, entity):
        yield Proposal(content=content, sentence=sentence, form="who", answer=named_as(sentence, entity))


def named_as(sentence: Sentence, entity: Entity) -> str:
    """The fullest form of a name that is in the sentence."""
    return next(form for form in sorted(entity.forms, key=len, reverse=True) if form in sentence.text)


def _answered(reading: Reading, sentence: Sentence, stem: str, entity: Entity) -> Iterator[Content]:
    """A choice where the article offers three wrong answers; and a short answer, where one may be right."""
    if not stem:
        return
    wrong = distractors.for_entity(reading, entity, sentence)
    if len(wrong) >= 3 and not _OF_A_PERSON.search(stem):
        yield SingleChoice(stem=stem, key=entity.name, distractors=wrong)
    yield ShortAnswer(stem=stem, key=entity.name, accept=forms.accepted(entity))


def _gap(sentence: Sentence, clause: Clause, named: Named) -> Iterator[Proposal]:
    text, name = clause.text, named.mention.text
    before, found, after = text.partition(name)
    if not found or clause.lead or clause.bare > 1 or not tells_enough(f"x {before}{after}"):
        return
    others = tuple(form for form in forms.of_name(named.entity, name))
    stem = dump(GappedText((before, f"{after}."), (Gap(name, others, ()),)))
    yield Proposal(content=Cloze(stem=stem), sentence=sentence, form="gap", answer=name)


def _what_is(reading: Reading, sentence: Sentence, clause: Clause) -> Iterator[Proposal]:
    """“What is …?” of a sentence that says what its subject is, answered on a card that one turns."""
    if clause.lead or clause.commands:
        return
    parsed, verb = clause.parsed, verb_of(clause)
    attribute = next(iter(parsed.below(clause.verb, "attr")), None)
    phrase = clause.words_of(clause.subject)
    plain = all(
        parsed.words[each].tag in {"NNP", "NNPS", "NN", "NNS", "JJ", "IN", "HYPH"}
        or parsed.words[each].text in {"A", "An"}
        for each in phrase
    )
    if verb.text not in {"is", "are"} or attribute is None or not plain or min(phrase) != min(clause.kept):
        return
    article = [parsed.words[each].text.casefold() for each in parsed.below(attribute, "det")]
    told = clause.words_of(attribute)
    defined = any(parsed.words[each].dep in {"relcl", "acl", "prep"} for each in parsed.below(attribute))
    if not (article or verb.text == "are") or not defined or min(told) != clause.verb + 1 or len(phrase) > 4:
        return
    answer = parsed.said(told)
    named = any(parsed.words[each].tag in {"NNP", "NNPS"} for each in phrase)
    if (8 if named else 5) <= len(answer.split()) <= LONGEST_REASON and max(told) == max(clause.kept):
        name = parsed.said(phrase)
        small = name[:1].lower() + name[1:]
        several = " " in name or verb.text == "are"
        common = several or any(re.search(rf"\b{re.escape(small)}", each.text) for each in reading.sentences)
        if not (is_name(parsed, min(phrase)) or common or name.startswith(("A ", "An "))):
            return  # “Fairbanks”: taken for a common word
        shown = name if is_name(parsed, min(phrase)) else small
        content = FlipCard(stem=f"What {verb.text} {shown}?", answer=f"{answer[:1].upper()}{answer[1:]}.")
        yield Proposal(content=content, sentence=sentence, form="what", answer=answer)


def _why(reading: Reading, sentence: Sentence, clause: Clause) -> Iterator[Proposal]:
    """“Why did …?” of a clause with “because”, answered on a card that one turns."""
    parsed = clause.parsed
    reasons = [each for each in parsed.below(clause.verb, "advcl") if mark_of(parsed, each) == "because"]
    reasons += [
        each
        for each in parsed.below(clause.verb, "prep")
        if parsed.words[each].text.casefold() == "because" and parsed.below(each, "pcomp", "pobj", "prep")
    ]
    for place in clause.kept.intersection(reasons):
        phrase = clause.words_of(place)
        without = phrase | {
            each for each in clause.kept if each == max(phrase) + 1 and figure_questions.leads(clause, each)
        }
        asked = inverted(clause, frozenset(without)) if not clause.commands else ""
        reason = parsed.said(phrase)
        least = 2 if parsed.words[place].dep == "prep" else 0
        if not asked or not tells_enough(f"x {asked}") or len(reason.split()) + least not in REASON:
            continue
        stem = asked_of(reading, clause, f"Why {asked.rstrip(' ,')}?")
        if stem:
            content = FlipCard(stem=stem, answer=f"{reason[:1].upper()}{reason[1:]}.")
            yield Proposal(content=content, sentence=sentence, form="why", answer=reason)

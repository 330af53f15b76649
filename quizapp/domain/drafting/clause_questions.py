"""Questions and gaps from a parsed main clause: who, which, when, how many, why, and a gap for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quizapp.domain.drafting import distractors
from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.sentences import figures, forms
from quizapp.domain.drafting.sentences.clauses import Clause, mark_of
from quizapp.domain.drafting.sentences.figures import Figure
from quizapp.domain.drafting.sentences.grammar import Parsed, Span
from quizapp.domain.drafting.sentences.names import Entity, Named
from quizapp.domain.drafting.sentences.phrasing import (
    inverted,
    is_name,
    predicate_of,
    tells_of_a_name,
    tells_of_one,
    verb_of,
)
from quizapp.domain.drafting.sentences.reading import Reading
from quizapp.domain.language.words import content_words
from quizapp.domain.library.kinds.asking.figures import Numeric
from quizapp.domain.library.kinds.asking.gaps import Gap, GappedText, dump
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import BLANK, Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.domain.sources.passages import Sentence

FEWEST_TELLING = 4  # content words of a question besides its answer
LONGEST_REASON = 18  # words
REASON = range(4, LONGEST_REASON + 1)
_MOVES = frozenset(
    "rise fall drop gain lose jump climb slip slide add shed close open end decline increase decrease grow "
    "surge trade".split()
)


def questions(reading: Reading, sentence: Sentence, clause: Clause, person: str = "") -> Iterator[Proposal]:
    """All that a clause allows. person: whom its subject, a pronoun, stands for: then only what names him or
    her is asked."""
    starts = {named.mention.from_role for named in reading.named(sentence)}
    names = frozenset(place for place, word in enumerate(clause.parsed.words) if word.start in starts)
    clause = clause._replace(person=person, names=names)
    for named in reading.named(sentence):
        yield from _name(reading, sentence, clause, named)
    for figure in reading.figured(sentence):
        yield from _figure(sentence, clause, figure)
    yield from _why(sentence, clause)
    yield from _what_is(sentence, clause)


# --- names -------------------------------------------------------------------------------------


def _name(reading: Reading, sentence: Sentence, clause: Clause, named: Named) -> Iterator[Proposal]:
    parsed, mention, entity = clause.parsed, named.mention, named.entity
    places = parsed.within(mention.start, mention.end)
    if not places or not clause.kept.issuperset(places) or not is_whole(parsed, places):
        return
    if is_one_of_two(parsed, places) or _holds_again(clause, mention.text):
        return
    top = parsed.top(places)
    yield from _where(reading, sentence, clause, named, places)
    if clause.person:
        return
    if top == clause.subject:
        phrase = clause.words_of(top)
        own = {*places, *parsed.within(mention.from_role, mention.start)} | {
            each for each in parsed.below(top, "det") if parsed.words[each].text.casefold() == "the"
        }
        if phrase <= own and tells_of_one(clause):
            predicate = predicate_of(clause, phrase)
            yield from _who(reading, sentence, clause, entity, predicate)
            yield from _gap(sentence, clause, named)
    elif tells_of_one(clause) or tells_of_a_name(clause):
        yield from _gap(sentence, clause, named)


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
    if top.dep in {"compound", "amod", "nmod", "appos", "dep", "npadvmod"}:
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


def _where(
    reading: Reading, sentence: Sentence, clause: Clause, named: Named, places: tuple[int, ...]
) -> Iterator[Proposal]:
    """“In which city did …?” of a place that hangs on the main verb."""
    parsed, entity = clause.parsed, named.entity
    preposition = parsed.words[parsed.top(places)].head
    word = parsed.words[preposition]
    phrase = parsed.subtree(preposition) & clause.kept
    if (
        entity.sort not in {"city", "country"}
        or word.dep != "prep"
        or word.head != clause.verb
        or word.text.casefold() not in {"in", "to", "from", "at", "near"}
        or len(phrase) > len(places) + 2
        or not tells_of_one(clause)
    ):
        return
    asked = inverted(clause, frozenset(phrase))
    if asked and _tells(f"x {asked}"):
        stem = f"{word.text.capitalize()} which {entity.sort} {asked}?"
        for content in _answered(reading, sentence, stem, entity):
            yield Proposal(content=content, sentence=sentence, form="where", answer=named.mention.text)


def _bare(parsed: Parsed, name: Span) -> str:
    """A name that the parser found, without “the” and “’s”."""
    return re.sub(r"^[Tt]he |[’']s?$", "", parsed.text[name.start : name.end])


def _holds_again(clause: Clause, name: str) -> bool:
    """Whether the name, or a word of it, stands in the clause once more."""
    own = content_words(name)
    rest = clause.text.replace(name, " ", 1)
    return bool(own & content_words(rest)) or name not in clause.text


def _who(
    reading: Reading, sentence: Sentence, clause: Clause, entity: Entity, predicate: str
) -> Iterator[Proposal]:
    label = forms.asked_as(entity)
    if verb_of(clause).lemma == "be" and label != "person":
        return
    asking = "Who" if label == "person" else f"Which {label}" if label else ""
    if (
        not asking
        or not _tells(predicate)
        or clause.parsed.words[clause.verb].text.casefold() in {"were", "are", "have"}
    ):
        return
    stem = f"{asking} {predicate.strip(' ,;.')}?"
    for content in _answered(reading, sentence, stem, entity):
        yield Proposal(content=content, sentence=sentence, form="who", answer=named_as(sentence, entity))


def named_as(sentence: Sentence, entity: Entity) -> str:
    """The fullest form of a name that stands in the sentence."""
    return next(form for form in sorted(entity.forms, key=len, reverse=True) if form in sentence.text)


def _answered(reading: Reading, sentence: Sentence, stem: str, entity: Entity) -> Iterator[Content]:
    """A choice where the article offers three wrong answers; and a short answer, where one may be right."""
    wrong = distractors.for_entity(reading, entity, sentence)
    if len(wrong) >= 3:
        yield SingleChoice(stem=stem, key=entity.name, distractors=wrong)
    yield ShortAnswer(stem=stem, key=entity.name, accept=forms.accepted(entity))


def _tells(text: str) -> bool:
    """Whether a question is about something that can be known: a name or a figure, and some words."""
    telling = content_words(text)
    anchored = bool(re.search(r"\b[A-Z]\w+|\d", text))
    return len(telling) >= (FEWEST_TELLING if anchored else FEWEST_TELLING + 2)


def _gap(sentence: Sentence, clause: Clause, named: Named) -> Iterator[Proposal]:
    text, name = clause.text, named.mention.text
    before, found, after = text.partition(name)
    if not found or not _tells(f"x {before}{after}"):
        return
    others = tuple(form for form in forms.of_name(named.entity, name))
    stem = dump(GappedText((before, f"{after}."), (Gap(name, others, ()),)))
    yield Proposal(content=Cloze(stem=stem), sentence=sentence, form="gap", answer=name)


# --- figures -----------------------------------------------------------------------------------


def _figure(sentence: Sentence, clause: Clause, figure: Figure) -> Iterator[Proposal]:
    parsed = clause.parsed
    places = parsed.within(figure.start, figure.end)
    if not places or not clause.kept.issuperset(places) or clause.text.count(figure.text) != 1:
        return
    if figure.sort in {"year", "date"}:
        yield from _when(sentence, clause, figure, places)
        return
    if _is_undated_change(clause, figure) or not _is_counted(parsed, places, figure):
        return
    yield from _how_many(sentence, clause, figure, places)
    if clause.person:
        return
    before, _, after = clause.text.partition(figure.text)
    if _tells(f"x {before}{after}"):
        yield _numeric(sentence, figure, f"Fill in the figure: {before}{BLANK}{after}.")
        yield from _judged(sentence, clause, figure)


def _is_undated_change(clause: Clause, figure: Figure) -> bool:
    """“Prices rose 0.1 percent”: no figure of a change without its date."""
    verb = clause.parsed.words[clause.verb]
    dated = re.search(r"\b(?:1[0-9]|20)\d\d\b", clause.text.replace(figure.text, ""))
    return figure.sort in {"share", "money"} and verb.lemma in _MOVES and dated is None


def _is_counted(parsed: Parsed, places: tuple[int, ...], figure: Figure) -> bool:
    """Whether what stands behind the number is the thing that it counts."""
    if figure.sort != "count":
        return True
    first, last = parsed.words[places[0]], parsed.words[places[-1]]
    if places[0] and parsed.words[places[0] - 1].tag in {"NNP", "NNPS"} and first.text[0].isdigit():
        return False  # “Apollo 8 astronauts”
    after = places[-1] + 1
    joined = after < len(parsed.words) and parsed.words[after].tag in {"NN", "NNS", "NNP", "HYPH"}
    return last.tag in {"NNS", "NNPS", "NN"} and not joined


def _numeric(sentence: Sentence, figure: Figure, stem: str) -> Proposal:
    wrong = figures.dressed(figure)
    tolerance, reason = figures.tolerance(figure)
    content = Numeric(
        stem=stem, value=figure.value, unit=figure.unit, tolerance=tolerance, tolerance_reason=reason,
        distractors=wrong if len(wrong) >= 2 else (),
    )  # fmt: skip
    return Proposal(content=content, sentence=sentence, form="figure", answer=figure.text)


def _how_many(
    sentence: Sentence, clause: Clause, figure: Figure, places: tuple[int, ...]
) -> Iterator[Proposal]:
    """“How many ships did the town have …?”, “How many people died …?”"""
    parsed = clause.parsed
    top = parsed.top(places)
    number = next(iter(parsed.below(top, "nummod")), None)
    if figure.sort != "count" or number is None or figure.hedge:
        return
    phrase = clause.words_of(top)
    thing = parsed.said(frozenset(each for each in phrase if each > max(parsed.subtree(number))))
    if top == clause.subject and min(phrase) == min(parsed.subtree(number)):
        rest = parsed.said(frozenset(clause.kept - phrase))
        if _tells(f"{thing} {rest}"):
            yield _numeric(sentence, figure, f"How many {thing} {rest}?")
    elif parsed.words[top].dep == "dobj" and parsed.words[top].head == clause.verb:
        asked = inverted(clause, phrase)
        if asked and _tells(f"{thing} {asked}"):
            yield _numeric(sentence, figure, f"How many {thing} {asked}?")


# --- when, why ---------------------------------------------------------------------------------


def _when(sentence: Sentence, clause: Clause, figure: Figure, places: tuple[int, ...]) -> Iterator[Proposal]:
    """“In which year …?” of a year on its own behind “in”, that hangs on the main verb."""
    parsed = clause.parsed
    top = parsed.top(places)
    preposition = parsed.words[top].head
    word = parsed.words[preposition]
    phrase = parsed.subtree(preposition) & clause.kept
    direct = word.dep == "prep" and word.head == clause.verb and len(phrase) == len(places) + 1
    others = re.search(r"\b(?:1[0-9]|20)\d\d\b", clause.text.replace(figure.text, ""))
    if not direct or others or word.text.casefold() not in {"in", "on"} or not tells_of_one(clause):
        return
    asked = inverted(clause, frozenset(phrase))
    if not asked:
        fronted = clause._replace(kept=clause.kept - phrase)
        fronted = fronted._replace(kept=frozenset(each for each in fronted.kept if not _leads(fronted, each)))
        asked = inverted(fronted, frozenset())
    if not asked or not _tells(f"x {asked}"):
        return
    if figure.sort == "year":
        content: Content = Numeric(
            stem=f"In which year {asked}?", value=Decimal(figure.text), distractors=figures.nearby(figure)
        )
        yield Proposal(content=content, sentence=sentence, form="when", answer=figure.text)
        yield from _judged(sentence, clause, figure)
    elif re.search(r"\d{4}", figure.text) and word.text.casefold() == "on":
        content = ShortAnswer(
            stem=f"On what date {asked}?", key=figure.text, accept=figures.other_order(figure)
        )
        yield Proposal(content=content, sentence=sentence, form="when", answer=figure.text)


def _leads(clause: Clause, place: int) -> bool:
    word = clause.parsed.words[place]
    return word.text == "," and place < clause.subject


def _judged(sentence: Sentence, clause: Clause, figure: Figure) -> Iterator[Proposal]:
    """The statement with another figure in its place."""
    wrong = figures.dressed(figure)
    if not wrong or figure.hedge or clause.person:
        return
    before, _, after = clause.text.partition(figure.text)
    chosen = wrong[len(clause.text) % len(wrong)]
    content = TrueFalse(stem=f"{before}{chosen}{after}.", key=False)
    yield Proposal(content=content, sentence=sentence, form="false", answer=figure.text, swapped=chosen)


def _what_is(sentence: Sentence, clause: Clause) -> Iterator[Proposal]:
    """“What is …?” of a sentence that says what its subject is, answered on a card that one turns."""
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
        shown = name if is_name(parsed, min(phrase)) else name[:1].lower() + name[1:]
        content = FlipCard(stem=f"What {verb.text} {shown}?", answer=f"{answer[:1].upper()}{answer[1:]}.")
        yield Proposal(content=content, sentence=sentence, form="what", answer=answer)


def _why(sentence: Sentence, clause: Clause) -> Iterator[Proposal]:
    """“Why did …?” of a clause with “because”, answered on a card that one turns."""
    parsed = clause.parsed
    reasons = [each for each in parsed.below(clause.verb, "advcl") if mark_of(parsed, each) == "because"]
    for place in clause.kept.intersection(reasons):
        phrase = clause.words_of(place)
        asked = inverted(clause, frozenset(phrase))
        reason = parsed.said(phrase)
        if place > clause.verb and asked and _tells(f"x {asked}") and len(reason.split()) in REASON:
            content = FlipCard(stem=f"Why {asked}?", answer=f"{reason[:1].upper()}{reason[1:]}.")
            yield Proposal(content=content, sentence=sentence, form="why", answer=reason)

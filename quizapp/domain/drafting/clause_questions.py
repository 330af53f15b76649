"""Questions and gaps from a parsed main clause: who, which, when, how many, why, and a gap for the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quizapp.domain.drafting import distractors
from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.sentences import figures, forms
from quizapp.domain.drafting.sentences.clauses import is_rule
from quizapp.domain.drafting.sentences.figures import Figure
from quizapp.domain.drafting.sentences.grammar import Clause, Parsed, Span, Word
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
from quizapp.domain.drafting.sentences.trimming import is_saying, mark_of
from quizapp.domain.language.words import content_words
from quizapp.domain.library.kinds.asking.figures import Numeric
from quizapp.domain.library.kinds.asking.gaps import Gap, GappedText, dump
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import BLANK, Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.sources.passages import Sentence

FEWEST_UNANCHORED = 6  # of a question of “who” without a name or figure
FEWEST_TELLING = 3  # content words of a question besides its answer
LONGEST_REASON = 18  # words
REASON = range(4, LONGEST_REASON + 1)
_MOVES = frozenset(
    "rise fall drop gain lose jump climb slip slide add shed close open end decline increase decrease grow "
    "surge trade".split()
)


def questions(reading: Reading, sentence: Sentence, clause: Clause) -> Iterator[Proposal]:
    """All that a clause allows."""
    starts = {named.mention.from_role for named in reading.named(sentence)}
    names = frozenset(place for place, word in enumerate(clause.parsed.words) if word.start in starts)
    clause = clause._replace(names=names)
    ruling = is_rule(clause.parsed, clause.verb)
    for named in reading.named(sentence) if not (clause.commands or ruling) else ():
        yield from _name(reading, sentence, clause, named)
    for figure in reading.figured(sentence):
        yield from _figure(reading, sentence, clause, figure)
    yield from _why(reading, sentence, clause)
    yield from _what_is(reading, sentence, clause)
    yield from _called(sentence, clause)


def _called(sentence: Sentence, clause: Clause) -> Iterator[Proposal]:
    """A gap for the term that a sentence brings in: “… are called chromatophores”."""
    text = clause.text
    found = _TERM.search(text)
    if not found or clause.lead or clause.commands or clause.bare > 1:
        return
    term, start, end = found["term"], found.start("term"), found.end("term")
    tags = {clause.parsed.words[each].tag for each in clause.parsed.within(*_span(clause, term))}
    words = clause.parsed.words
    naming = any(
        word.text in {"called", "termed", "known", "referred"} and word.tag == "VBN" for word in words
    )
    if not naming or not tags or not tags <= {"NN", "NNS", "JJ", "NNP", "NNPS"} or text.count(term) != 1:
        return
    if _tells(f"x {text[:start]}{text[end:]}"):
        stem = dump(GappedText((text[:start], f"{text[end:]}."), (Gap(term, (), ()),)))
        yield Proposal(content=Cloze(stem=stem), sentence=sentence, form="gap", answer=term)


_TERM = re.compile(
    r"\b(?:called|termed|(?:known|referred to) as)(?: an?| the)? “?(?P<term>[a-z][a-z-]+(?: [a-z][a-z-]+)?)”?"
    r"(?=$|,| (?:and|or|which|that|in|by|because|when)\b)"
)


def _span(clause: Clause, term: str) -> tuple[int, int]:
    start = clause.parsed.text.find(term)
    return start, start + len(term)


def lifetimes(reading: Reading, sentence: Sentence) -> Iterator[Proposal]:
    """Birth and death of somebody behind whose name both years stand: “Ada Brook (1871–1944)”."""
    for named in reading.named(sentence):
        found = _LIFETIME.match(sentence.text[named.mention.end :])
        if not found or named.entity.sort != "person":
            continue
        for question, year in (("was {} born", found[1]), ("did {} die", found[2])):
            figure = Figure(year, 0, 4, "year", Decimal(year), "")
            stem = f"In which year {question.format(named.entity.name)}?"
            content = Numeric(stem=stem, value=figure.value, distractors=figures.nearby(figure))
            yield Proposal(content=content, sentence=sentence, form="when", answer=year)


_LIFETIME = re.compile(r" \((1\d{3}|20\d\d)[–-](1\d{3}|20\d\d)\)")


def _asked(reading: Reading, clause: Clause, question: str, answer: str = "") -> str:
    """The question, with what the article is about in front where it does not say so itself; "" where that
    would give the answer away, or does not help."""
    led = clause.asking(question)
    if _BROKEN.search(question):
        return ""
    if clause.bare <= 1:
        return led
    topic = reading.topic
    if not topic or not content_words(topic).isdisjoint(content_words(answer)):
        return ""
    return led if topic in question else f"{topic}: {led}"


_BROKEN = re.compile(r"\b(?:and|or|but|of|the|an?|that|which|who)[ ,.]*\??$| ,")


# --- names -------------------------------------------------------------------------------------


def _name(reading: Reading, sentence: Sentence, clause: Clause, named: Named) -> Iterator[Proposal]:
    parsed, mention, entity = clause.parsed, named.mention, named.entity
    places = parsed.within(mention.start, mention.end)
    titled = content_words(entity.name) <= content_words(reading.title)  # whoever sees the title knows it
    if titled or not places or not is_whole(parsed, places):
        return
    event = tells_of_one(clause) or _says(clause)
    top = parsed.words[parsed.top(places)]
    if entity.sort == "person" and top.dep == "appos" and top.head == clause.subject:
        if event and not clause.kept & {*places}:  # “The minister, Ada Brook, resigned”
            clause = clause._replace(bare=max(0, clause.bare - 3))
            yield from _who(reading, sentence, clause, entity, predicate_of(clause, clause.phrase))
        return
    moved = any(_is_undated_change(clause, figure) for figure in reading.figured(sentence))
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
    """Whether it tells what somebody says: whoever says it, says it."""
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
    if asked and _tells(f"x {asked}") and not _PRONOUN.search(asked):
        stem = _asked(reading, clause, f"{asking[:1].upper()}{asking[1:]} {asked}?", entity.name)
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
    anchored = re.search(r"[A-Z]\w+|\d", predicate)
    if not anchored and len(content_words(predicate)) < FEWEST_UNANCHORED:
        return
    asking = "Who" if label == "person" else f"Which {label}" if label else ""
    if (
        not asking
        or not _tells(predicate)
        or clause.parsed.words[clause.verb].text.casefold() in {"were", "are", "have"}
    ):
        return
    stem = _asked(reading, clause, f"{asking} {predicate.strip(' ,;.')}?", entity.name)
    for content in _answered(reading, sentence, stem, entity):
        yield Proposal(content=content, sentence=sentence, form="who", answer=named_as(sentence, entity))


def named_as(sentence: Sentence, entity: Entity) -> str:
    """The fullest form of a name that stands in the sentence."""
    return next(form for form in sorted(entity.forms, key=len, reverse=True) if form in sentence.text)


def _answered(reading: Reading, sentence: Sentence, stem: str, entity: Entity) -> Iterator[Content]:
    """A choice where the article offers three wrong answers; and a short answer, where one may be right."""
    if not stem:
        return
    wrong = distractors.for_entity(reading, entity, sentence)
    if len(wrong) >= 3 and not _OF_A_PERSON.search(stem):
        yield SingleChoice(stem=stem, key=entity.name, distractors=wrong)
    yield ShortAnswer(stem=stem, key=entity.name, accept=forms.accepted(entity))


def _tells(text: str) -> bool:
    """Whether a question is about something that can be known: a name or a figure, and some words."""
    telling = content_words(text)
    anchored = bool(re.search(r"\b[A-Z]\w+|\d", text))
    lasting = re.match(r"(?:about )?how many [\w -]+ (?:does|do|is|are) ", text.removeprefix("x "))
    return len(telling) >= (2 if lasting else FEWEST_TELLING if anchored else FEWEST_TELLING + 1)


def _gap(sentence: Sentence, clause: Clause, named: Named) -> Iterator[Proposal]:
    text, name = clause.text, named.mention.text
    before, found, after = text.partition(name)
    if not found or clause.lead or clause.bare > 1 or not _tells(f"x {before}{after}"):
        return
    others = tuple(form for form in forms.of_name(named.entity, name))
    stem = dump(GappedText((before, f"{after}."), (Gap(name, others, ()),)))
    yield Proposal(content=Cloze(stem=stem), sentence=sentence, form="gap", answer=name)


# --- figures -----------------------------------------------------------------------------------


def _figure(reading: Reading, sentence: Sentence, clause: Clause, figure: Figure) -> Iterator[Proposal]:
    parsed = clause.parsed
    places = parsed.within(figure.start, figure.end)
    if not places or not clause.kept.issuperset(places) or clause.text.count(figure.text) != 1:
        return
    if figure.sort in {"year", "date"}:
        if not clause.commands:
            yield from _when(reading, sentence, clause, figure, places)
        return
    if _is_undated_change(clause, figure) or not _is_counted(parsed, places, figure):
        return
    before, _, after = clause.text.partition(figure.text)
    for question in (
        _how_many(clause, figure, places) if not is_rule(parsed, clause.verb) else "",
        f"Fill in the figure: {before}{BLANK}{after}." if _tells(f"x {before}{after}") else "",
    ):
        filled = question.startswith("Fill in")
        told = clause._replace(lead="") if filled else clause
        stem = _asked(reading, told, question, figure.text) if question else ""
        if stem:
            yield _numeric(sentence, figure, stem)


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
    owned = {parsed.words[each].text.casefold() for each in parsed.below(places[-1], "det", "poss")}
    if owned - {"a", "an", "some", "no"}:
        return False  # “the two sides”
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


def _how_many(clause: Clause, figure: Figure, places: tuple[int, ...]) -> str:
    """“How many ships did the town have …?”, “For how many minutes …?”, “How much did the king pay …?”; ""
    where no such question can be asked."""
    parsed = clause.parsed
    top = parsed.top(places)
    word, phrase = parsed.words[top], clause.words_of(top)
    if parsed.below(top, "conj", "cc", "appos") or parsed.below(top, "det", "poss"):
        return ""
    first = min(phrase)
    ahead = parsed.said(frozenset(each for each in phrase if each < places[0]))
    if ahead and ahead != figure.hedge:
        return ""
    asking = "how much" if figure.sort == "money" else f"how many {figure.unit}"
    asking = f"{figure.hedge} {asking}" if figure.hedge in _ROUGHLY else asking
    behind = parsed.said(frozenset(each for each in phrase if each > places[-1]))
    asking = f"{asking} {behind}".strip()
    if (figure.hedge and figure.hedge not in _ROUGHLY) or figure.sort == "share":
        return ""
    if top == clause.subject and first == min(clause.kept):
        asked = f"{asking} {parsed.said(frozenset(clause.kept - phrase))}"
    elif word.dep == "dobj" and word.head == clause.verb:
        if not behind.startswith("of "):
            asking, phrase = asking.removesuffix(behind).strip(), frozenset(places)
        turned = inverted(clause, phrase | {each for each in clause.words_of(top) if each < places[0]})
        asked = f"{asking} {turned}" if turned else ""
    elif word.dep == "pobj" and parsed.words[word.head].head == clause.verb and not behind:
        preposition = parsed.words[word.head]
        turned = inverted(clause, phrase | {word.head})
        asked = f"{preposition.text.lower()} {asking} {turned}" if turned and first > clause.verb else ""
        if preposition.text.casefold() in {"with", "of", "after", "before", "as", "like"}:
            return ""
    elif word.dep == "npadvmod" and parsed.words[word.head].head == clause.verb:
        # “14 kilometres long”, “90 miles south of the capital”
        whole = clause.words_of(word.head)
        turned = inverted(clause, whole) if first == min(whole) else ""
        rest = parsed.said(frozenset(each for each in whole if each > places[-1]))
        asked = f"{asking} {rest} {turned}" if turned and rest else ""
    else:
        return ""
    return f"{asked[:1].upper()}{asked[1:]}?" if asked and _tells(f"x {asked}") else ""


_ROUGHLY = frozenset({"about", "around", "nearly", "almost", "roughly", "approximately"})


# --- when, why ---------------------------------------------------------------------------------


def _when(
    reading: Reading, sentence: Sentence, clause: Clause, figure: Figure, places: tuple[int, ...]
) -> Iterator[Proposal]:
    """“In which year …?” of a year on its own behind “in” or “since”, that hangs on the main verb."""
    parsed = clause.parsed
    top = parsed.top(places)
    preposition = parsed.words[top].head
    word = parsed.words[preposition]
    phrase = parsed.subtree(preposition) & clause.kept
    direct = word.dep == "prep" and word.head == clause.verb and len(phrase) == len(places) + 1
    others = re.search(r"\b(?:1[0-9]|20)\d\d\b", clause.text.replace(figure.text, ""))
    small = word.text.casefold()
    if not direct or others or small not in {"in", "on", "since"}:
        return
    if small != "since" and not tells_of_one(clause):
        return
    asked = inverted(clause, phrase | {each for each in clause.kept if _leads(clause, each)})
    if not asked or not _tells(f"x {asked}"):
        return
    if figure.sort == "year":
        question = _asked(reading, clause, f"{word.text.capitalize()} which year {asked}?", figure.text)
        content: Content = Numeric(
            stem=question, value=Decimal(figure.text), distractors=figures.nearby(figure)
        )
    elif re.search(r"\d{4}", figure.text):
        asking = "On what date" if small == "on" else f"{word.text.capitalize()} which month and year"
        question = _asked(reading, clause, f"{asking} {asked}?", figure.text)
        content = ShortAnswer(stem=question, key=figure.text, accept=figures.other_order(figure))
    else:
        return
    if question:
        yield Proposal(content=content, sentence=sentence, form="when", answer=figure.text)


def _leads(clause: Clause, place: int) -> bool:
    word = clause.parsed.words[place]
    return word.text == "," and place < clause.subject


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
        without = phrase | {each for each in clause.kept if each == max(phrase) + 1 and _leads(clause, each)}
        asked = inverted(clause, frozenset(without)) if not clause.commands else ""
        reason = parsed.said(phrase)
        least = 2 if parsed.words[place].dep == "prep" else 0
        if not asked or not _tells(f"x {asked}") or len(reason.split()) + least not in REASON:
            continue
        stem = _asked(reading, clause, f"Why {asked.rstrip(' ,')}?")
        if stem:
            content = FlipCard(stem=stem, answer=f"{reason[:1].upper()}{reason[1:]}.")
            yield Proposal(content=content, sentence=sentence, form="why", answer=reason)

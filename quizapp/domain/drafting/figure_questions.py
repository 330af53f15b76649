"""Questions on the figures of a parsed clause: how many, how much, when, and what is filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.sentences import figures
from quizapp.domain.drafting.sentences.clauses import is_rule
from quizapp.domain.drafting.sentences.figures import Figure
from quizapp.domain.drafting.sentences.grammar import Clause, Parsed
from quizapp.domain.drafting.sentences.phrasing import asked_of, inverted, tells_enough, tells_of_one
from quizapp.domain.drafting.sentences.reading import Reading
from quizapp.domain.library.kinds.asking.figures import Numeric
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import BLANK
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.sources.passages import Sentence

_MOVES = frozenset(
    "rise fall drop gain lose jump climb slip slide add shed close open end decline increase decrease grow "
    "surge trade".split()
)


def questions(reading: Reading, sentence: Sentence, clause: Clause, figure: Figure) -> Iterator[Proposal]:
    parsed = clause.parsed
    places = parsed.within(figure.start, figure.end)
    if not places or not clause.kept.issuperset(places) or clause.text.count(figure.text) != 1:
        return
    if figure.sort in {"year", "date"}:
        if not clause.commands:
            yield from _when(reading, sentence, clause, figure, places)
        return
    if is_undated_change(clause, figure) or not _is_counted(parsed, places, figure):
        return
    before, _, after = clause.text.partition(figure.text)
    for question in (
        _how_many(clause, figure, places) if not is_rule(parsed, clause.verb) else "",
        f"Fill in the figure: {before}{BLANK}{after}." if tells_enough(f"x {before}{after}") else "",
    ):
        filled = question.startswith("Fill in")
        told = clause._replace(lead="") if filled else clause
        stem = asked_of(reading, told, question, figure.text) if question else ""
        if stem:
            yield _numeric(sentence, figure, stem)


def is_undated_change(clause: Clause, figure: Figure) -> bool:
    """“Prices rose 0.1 percent”: no figure of a change without its date."""
    verb = clause.parsed.words[clause.verb]
    dated = re.search(r"\b(?:1[0-9]|20)\d\d\b", clause.text.replace(figure.text, ""))
    return figure.sort in {"share", "money"} and verb.lemma in _MOVES and dated is None


def _is_counted(parsed: Parsed, places: tuple[int, ...], figure: Figure) -> bool:
    """Whether what is behind the number is the thing that it counts."""
    top = parsed.top(places)
    if figure.sort != "count":  # “the 50 metres butterfly”
        return not (
            parsed.words[top].head > places[-1] and parsed.words[top].dep in {"compound", "nmod", "amod"}
        )
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
    return f"{asked[:1].upper()}{asked[1:]}?" if asked and tells_enough(f"x {asked}") else ""


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
    asked = inverted(clause, phrase | {each for each in clause.kept if leads(clause, each)})
    if not asked or not tells_enough(f"x {asked}"):
        return
    if figure.sort == "year":
        question = asked_of(reading, clause, f"{word.text.capitalize()} which year {asked}?", figure.text)
        content: Content = Numeric(
            stem=question, value=Decimal(figure.text), distractors=figures.nearby(figure)
        )
    elif re.search(r"\d{4}", figure.text):
        asking = "On what date" if small == "on" else f"{word.text.capitalize()} which month and year"
        question = asked_of(reading, clause, f"{asking} {asked}?", figure.text)
        content = ShortAnswer(stem=question, key=figure.text, accept=figures.other_order(figure))
    else:
        return
    if question:
        yield Proposal(content=content, sentence=sentence, form="when", answer=figure.text)


def leads(clause: Clause, place: int) -> bool:
    word = clause.parsed.words[place]
    return word.text == "," and place < clause.subject


def lifetimes(reading: Reading, sentence: Sentence) -> Iterator[Proposal]:
    """Birth and death of someone behind whose name both years stand: “Ada Brook (1871–1944)”."""
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

"""A parsed clause put in other forms: as a question, as what is said of its subject, and what it tells of."""

from __future__ import annotations

import re

from quizapp.domain.drafting.sentences import lexicon
from quizapp.domain.drafting.sentences.grammar import Clause, Parsed, Word
from quizapp.domain.drafting.sentences.reading import Reading
from quizapp.domain.language.words import content_words

FEWEST_TELLING = 3  # content words of a question besides its answer

_UNIQUE = frozenset({"JJS", "RBS"})
_ONE = frozenset("first only last sole capital founder inventor author birthplace home name seat".split())


def predicate_of(clause: Clause, subject: frozenset[int]) -> str:
    """What is said of the subject; a phrase in front of it goes to the end. "" where it is no mere phrase."""
    front = frozenset(each for each in clause.kept if each < min(subject))
    rest = clause.parsed.said(clause.kept - subject - front).strip(" ,")
    return _with_front(clause, front, rest)


def _with_front(clause: Clause, front: frozenset[int], rest: str) -> str:
    """The rest with what stood in front of the subject behind it; "" where that is no mere phrase."""
    parsed = clause.parsed
    words = frozenset(each for each in front if parsed.words[each].text != ",")
    if not words:
        return rest
    heads = [each for each in words if parsed.words[each].head not in words]
    if len(heads) != 1 or parsed.words[heads[0]].dep != "prep" or "," in rest:
        return ""
    if parsed.words[heads[0]].text.casefold() not in _MAY_MOVE:
        return ""
    told = parsed.said(front).strip(" ,")
    named = is_name(parsed, min(front))
    return f"{rest} {told if named else told[:1].lower() + told[1:]}"


_MAY_MOVE = frozenset(
    "in on at by from until since during after before near under between within throughout over for "
    "across".split()
)


def inverted(clause: Clause, without: frozenset[int]) -> str:
    """“did the council build the bridge”: the clause as a question, without some of its words."""
    parsed = clause.parsed
    subject = clause.phrase
    auxiliaries = [each for each in parsed.below(clause.verb, "aux", "auxpass") if each in clause.kept]
    if parsed.below(clause.verb, "neg") or clause.commands:
        return ""  # no one asks when something did not happen
    front = frozenset(each for each in clause.kept - without if each < min(subject))
    rest = clause.kept - without - subject - front
    verb = parsed.words[clause.verb]
    told = parsed.said(subject)
    if min(subject) not in clause.names and not is_name(parsed, min(subject)):
        told = told[:1].lower() + told[1:]
    if auxiliaries:
        first = min(auxiliaries)
        asked = f"{parsed.words[first].text} {told} {parsed.said(frozenset(rest - {first}))}"
    elif verb.lemma == "be":
        asked = f"{verb.text} {told} {parsed.said(frozenset(rest - {clause.verb}))}"
    else:
        help_word = {"VBD": "did", "VBZ": "does", "VBP": "do"}.get(verb.tag)
        if help_word is None:
            return ""
        behind = parsed.said(frozenset(each for each in rest if each > clause.verb))
        ahead = parsed.said(frozenset(each for each in rest if each < clause.verb))
        asked = f"{help_word} {told} {ahead} {verb.lemma} {behind}"
    return _with_front(clause, front, " ".join(asked.replace(" ,", ",").split()).strip(" ,."))


def is_name(parsed: Parsed, place: int) -> bool:
    """Whether a word has its capital as a name, or as “British” has it."""
    word = parsed.words[place]
    return (
        lexicon.is_adjective(word.text)
        or word.tag in {"NNP", "NNPS"}
        or (len(word.text) > 1 and word.text.isupper())
    )


def tells_of_one(clause: Clause) -> bool:
    """Whether the clause tells of one event, or says of something what is true of it alone: else the same may
    be so of others, too."""
    parsed, verb = clause.parsed, verb_of(clause)
    auxiliaries = {parsed.words[each].text.casefold() for each in parsed.below(clause.verb, "aux", "auxpass")}
    if verb.lemma != "be":
        if auxiliaries & {"has", "have", "is", "are", "does", "do", "would", "can"}:
            return False
        return verb.tag == "VBD" or "had" in auxiliaries or bool(auxiliaries & {"was", "were", "did"})
    for attribute in parsed.below(clause.verb, "attr"):
        phrase = [parsed.words[place] for place in clause.words_of(attribute)]
        definite = any(parsed.words[each].text.casefold() == "the" for each in parsed.below(attribute, "det"))
        return definite and any(word.tag in _UNIQUE or word.text.casefold() in _ONE for word in phrase)
    return False


# Of these there may be many: members, neighbours, what one holds or thinks.
_OF_MANY = frozenset(
    "be have include contain say think believe want need see know border share import export speak use call "
    "like mean seem appear feature comprise consist list mention involve require make take get".split()
)


def tells_of_a_name(clause: Clause) -> bool:
    """Whether a clause in the present says what one named thing does: “The Inn flows into the Danube”."""
    parsed, verb = clause.parsed, verb_of(clause)
    named = any(parsed.words[each].tag == "NNP" for each in clause.phrase)
    auxiliaries = {parsed.words[each].text.casefold() for each in parsed.below(clause.verb, "aux", "auxpass")}
    return (
        named
        and verb.lemma not in _OF_MANY
        and verb.tag in {"VBZ", "VBP", "VBN"}
        and auxiliaries <= {"is", "are", "has", "have", "been"}
    )


def verb_of(clause: Clause) -> Word:
    """The main verb."""
    return clause.parsed.words[clause.verb]


def asked_of(reading: Reading, clause: Clause, question: str, answer: str = "") -> str:
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


def tells_enough(text: str) -> bool:
    """Whether a question is about something that can be known: a name or a figure, and some words."""
    telling = content_words(text)
    anchored = bool(re.search(r"\b[A-Z]\w+|\d", text))
    lasting = re.match(r"(?:about )?how many [\w -]+ (?:does|do|is|are) ", text.removeprefix("x "))
    return len(telling) >= (2 if lasting else FEWEST_TELLING if anchored else FEWEST_TELLING + 1)

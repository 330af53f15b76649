"""An article as the drafter reads it: its prose, the names and figures in it, what else is of their sort."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from quizapp.domain.drafting.sentences import figures, names
from quizapp.domain.drafting.sentences.figures import Figure
from quizapp.domain.drafting.sentences.grammar import Parsed, Parser
from quizapp.domain.drafting.sentences.names import Entity, Named
from quizapp.domain.drafting.sentences.references import told_anew
from quizapp.domain.language.words import STOP_WORDS, words
from quizapp.domain.sources.passages import Paragraph, Sentence

FEWEST_WORDS = 5
RULING = 0.2  # share of sentences with “must” or “may” in a text of rules
LONGEST_TITLE = 9  # words, as the beginning of a question
FEWEST_MENTIONS = 4  # of what an article is about
CAPITALS = 0.18  # share of words within sentences; German prose has about 0.3, others below 0.12
ENGLISH = 0.2  # share of everyday words in English prose; other languages stay far below

_RULE = re.compile(r"\b(?:must|may|shall|can)\b")
_ENDS = re.compile(r"[.!?…][\"'”’)\]»]*$")
_NO_PROSE = re.compile(
    r"^(?:photo|image|source|credit|read more|see also|sign up|subscribe|follow us|click|updated|published)\b"
    r"|\b(?:getty images|via reuters|all rights reserved|cookies|newsletter|subscri)|@|https?://|©",
    re.IGNORECASE,
)

_LABEL = re.compile(r"[.?!] (?:Updated|Published|Photo|Source)\b")

Place = tuple[int, int]


@dataclass(frozen=True)
class Reading:
    """What was read. sentences: those of the prose, in order, subjects named in full where a parser tells
    them; originals: as they are in the article; english: whether rules of grammar apply; topic: what can
    are before a question to say what it is about, "" for nothing."""

    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    english: bool
    names: dict[Place, tuple[Named, ...]] = field(default_factory=dict)
    figures: dict[Place, tuple[Figure, ...]] = field(default_factory=dict)
    grammar: Mapping[Place, Parsed] = field(default_factory=dict)
    originals: Mapping[Place, Sentence] = field(default_factory=dict)
    topic: str = ""
    title: str = ""

    def named(self, sentence: Sentence) -> tuple[Named, ...]:
        """The names in a sentence."""
        return self.names[place(sentence)]

    def figured(self, sentence: Sentence) -> tuple[Figure, ...]:
        """The figures in a sentence."""
        return self.figures[place(sentence)]

    @cached_property
    def nouns_have_capitals(self) -> bool:
        """Whether so many words within sentences have a capital that it makes no name, as in German."""
        inside = [word for sentence in self.sentences for word in sentence.text.split()[1:] if word.isalpha()]
        return not self.english and sum(word[0].isupper() for word in inside) > CAPITALS * len(inside)

    @cached_property
    def rules(self) -> bool:
        """Whether many sentences say what must or may be, as a law’s do."""
        ruling = sum(bool(_RULE.search(sentence.text)) for sentence in self.sentences)
        return ruling >= RULING * len(self.sentences)

    @cached_property
    def people(self) -> frozenset[str]:
        """Every form of every person's name."""
        return frozenset(
            form for entity in self.entities() if entity.sort == "person" for form in entity.forms
        )

    def entities(self) -> tuple[Entity, ...]:
        """Everything named, in the order of first mention."""
        found = {named.entity.name: named.entity for group in self.names.values() for named in group}
        return tuple(found.values())


def place(sentence: Sentence) -> Place:
    """Where a sentence stands: (paragraph, sentence)."""
    return sentence.paragraph, sentence.sentence


def read(
    paragraphs: Sequence[Paragraph],
    *,
    boilerplate: Collection[int] = (),
    title: str = "",
    parse: Parser | None = None,
) -> Reading:
    """Read an article. `boilerplate`: numbers of paragraphs that are no content; `title`: its title; `parse`:
    a parser of English."""
    prose = tuple(_prose(paragraphs, boilerplate))
    found = [word for sentence in prose for word in words(sentence.text)]
    english = sum(word in STOP_WORDS for word in found) >= ENGLISH * len(found)
    if english:
        prose = tuple(sentence for sentence in prose if not STOP_WORDS.isdisjoint(words(sentence.text)))
    originals = {place(sentence): sentence for sentence in prose}
    grammar, named = _analysed(prose, parse if english else None)
    if parse is not None and grammar and (anew := told_anew(prose, grammar, named)):
        prose = tuple(s._replace(text=anew.get(place(s), s.text)) for s in prose)
        grammar, named = _analysed(prose, parse, grammar)
    return Reading(
        paragraphs=tuple(paragraphs),
        sentences=prose,
        english=english,
        names=named,
        grammar=grammar,
        originals=originals,
        figures={place(sentence): figures.find(sentence.text) for sentence in prose},
        topic=_topic(title, named),
        title=title,
    )


def _analysed(
    prose: Sequence[Sentence], parse: Parser | None, known: Mapping[Place, Parsed] | None = None
) -> tuple[dict[Place, Parsed], dict[Place, tuple[Named, ...]]]:
    """The grammar and the names of sentences. known: what is parsed already, where the text is the same."""
    grammar = dict(known or {})
    new = [s for s in prose if place(s) not in grammar or grammar[place(s)].text != s.text]
    if parse is not None:
        found = parse([sentence.text for sentence in new])
        grammar |= {place(sentence): each for sentence, each in zip(new, found, strict=True)}
    named = names.find(
        prose,
        _told(grammar.values()),
        {where: _plain_words(each) for where, each in grammar.items()},
        parsed=bool(grammar),
    )
    return grammar, named


def _topic(title: str, named: Mapping[Place, tuple[Named, ...]]) -> str:
    """What the title names, where the text names nothing else as often; else a short title as it is."""
    counts = Counter(each.entity for group in named.values() for each in group)
    whole = title if len(title.split()) <= LONGEST_TITLE else ""
    if not counts:
        return whole
    entity, count = counts.most_common(1)[0]
    inside = any(re.search(rf"(?<!\w){re.escape(form)}(?!\w)", title) for form in entity.forms)
    place = entity.sort in {"city", "country", "region", "place"}
    return entity.name if inside and count >= FEWEST_MENTIONS and not place else whole


_SORTS = {"PERSON": "person", "ORG": "organisation", "LOC": "site", "FAC": "site"} | dict.fromkeys(
    ("EVENT", "WORK_OF_ART", "LAW", "PRODUCT"), "thing"
)


def _told(parsed: Iterable[Parsed]) -> dict[str, str]:
    """Of what sort the parser takes each name to be, by most of its mentions."""
    labels: dict[str, Counter[str]] = {}
    for each in parsed:
        for start, end, label in each.names:
            name = (
                each.text[start:end]
                .removeprefix("the ")
                .removeprefix("The ")
                .removesuffix("’s")
                .removesuffix("'s")
            )
            labels.setdefault(name, Counter())[label] += 1
    most = {name: found.most_common(1)[0] for name, found in labels.items()}
    return {
        name: _SORTS[label]
        for name, (label, count) in most.items()
        if label in _SORTS and (count == labels[name].total() > (" " not in name) or label != "PERSON")
    }


def _plain_words(parsed: Parsed) -> frozenset[int]:
    """Where words begin that the parser takes for no part of a name (“Though Aristotle”, “Teaching …”)."""
    return frozenset(word.start for word in parsed.words if word.tag in _NO_NAMES)


_NO_NAMES = frozenset("IN CC RB VBG VBD VBN VBZ VBP VB PRP PRP$ WDT WP WRB MD DT EX TO UH JJ CD NNS".split())


def _prose(paragraphs: Sequence[Paragraph], boilerplate: Collection[int]) -> list[Sentence]:
    """Whole sentences; headings, captions, credits and what is twice are left out."""
    seen: set[str] = set()
    found = []
    for paragraph in paragraphs:
        if paragraph.number in boilerplate or _NO_PROSE.search(paragraph.text[:200]):
            continue
        for sentence in paragraph.sentences:
            if sentence.digest not in seen and _is_prose(sentence.text) and not _LABEL.search(sentence.text):
                found.append(sentence)
            seen.add(sentence.digest)
    return found


def _is_prose(text: str) -> bool:
    """A whole sentence: ended as one, and not in Capitals Like a Title."""
    found = text.split()
    capitals = sum(word[0].isupper() for word in found)
    return len(found) >= FEWEST_WORDS and bool(_ENDS.search(text)) and capitals <= 0.6 * len(found)

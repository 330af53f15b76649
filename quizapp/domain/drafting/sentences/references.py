"""Sentences told again so that they stand alone: whom “She” at the front means, what “It” and “The tunnel”
mean, a surname in full, a report without its dateline. What is not certain stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizapp.domain.drafting.sentences import lexicon
from quizapp.domain.drafting.sentences.grammar import SUBJECTS, Parsed
from quizapp.domain.drafting.sentences.names import Entity, Named
from quizapp.domain.sources.passages import Sentence

Place = tuple[int, int]

_SEXES = dict.fromkeys(("he", "him", "his", "himself"), "he") | dict.fromkeys(
    ("she", "her", "hers", "herself"), "she"
)
# Anyone who is behind one of these may be meant by the next “she”, named or not.
_PEOPLE = frozenset(
    "man woman mother father wife husband brother sister son daughter king queen girl boy uncle aunt friend "
    "widow lady minister president teacher doctor director leader head chief colleague partner".split()
)
_DATELINE = re.compile(
    r"^[A-Z][A-Z'’.-]+(?: [A-Z][A-Z'’.-]+)*(?:, [A-Z][\w.]+){0,2}(?:,? [A-Z][a-z]+\.? \d\d?)?"
    r"(?: \([\w /]+\))? ?[-–—]+ (?=[A-Z])"
)
# “It is clear that …”: nothing is meant by it.
_EMPTY = frozenset("be seem appear take become happen turn make remain matter cost rain snow".split())
# “It follows the death of …”: an event is meant.
_OF_EVENTS = frozenset("follow come mean mark bring happen cause show lead result".split())
LEAD = 3  # sentences within which the one whom an article is about is named
FEWEST_MENTIONS = 3
CLEARER = 3  # times as often as another


class _Meant(NamedTuple):
    """What a subject means. shown: as a sentence can begin with it."""

    entity: Entity
    shown: str


class _About(NamedTuple):
    """The person an article is about, and whether it says he or she."""

    entity: Entity
    sex: str


def told_anew(
    sentences: Sequence[Sentence], grammar: Mapping[Place, Parsed], names: Mapping[Place, tuple[Named, ...]]
) -> dict[Place, str]:
    """The new texts of sentences whose subject can be named in full; the others are not in it."""
    about = _about(sentences, names)
    found: dict[Place, str] = {}
    heads: dict[str, Counter[Entity]] = {}
    last: _Meant | None = None
    before: tuple[Sentence, tuple[Named, ...]] | None = None
    sexes: dict[Entity, str] = {about.entity: about.sex} if about is not None else {}
    for sentence in sentences:
        where = sentence.paragraph, sentence.sentence
        parsed, named = grammar[where], names[where]
        same = before is not None and _goes_on(before[0], sentence)
        start, end, meant = _subject(
            parsed, named, last if same else None, before if same else None, about, heads
        )
        said = _SEXES.get(parsed.text[start:end].casefold())
        if meant is not None and said is not None:
            if said in sexes.values() and meant.entity not in sexes:
                meant = None  # she may be the one who was meant before
            elif sexes.setdefault(meant.entity, said) != said:
                meant = None
        if meant is not None and start < end and parsed.text[start:end] != meant.shown:
            shown = meant.shown if start == 0 else _small(meant.shown)
            found[where] = f"{parsed.text[:start]}{shown}{parsed.text[end:]}"
            named = tuple(each for each in named if each.mention.start != start)
            heads.setdefault(_head(meant.entity), Counter())[meant.entity] += 1
        if line := _DATELINE.match(found.get(where, sentence.text)):
            found[where] = found.get(where, sentence.text)[line.end() :]
        for each in named:
            heads.setdefault(_head(each.entity), Counter())[each.entity] += 1
        last, before = meant, (sentence, names[where])
    return found


def _goes_on(before: Sentence, sentence: Sentence) -> bool:
    """Whether a sentence goes on from the one before: in its paragraph, or with more words of its speaker."""
    if before.paragraph == sentence.paragraph:
        return True
    return before.paragraph == sentence.paragraph - 1 and bool(_MORE_SAID.search(sentence.text))


_MORE_SAID = re.compile(rf"^[“\"].*[”\"] (?:he|she) (?:{lexicon.SAYING})\.?$")


def _small(shown: str) -> str:
    return f"the {shown[4:]}" if shown.startswith("The ") else shown


def _head(entity: Entity) -> str:
    """“tunnel” of “Alder Tunnel”, “university” of “University of Leath”."""
    words = entity.name.split()
    return (words[0] if len(words) > 1 and words[1] == "of" else words[-1]).casefold()


def _about(sentences: Sequence[Sentence], names: Mapping[Place, tuple[Named, ...]]) -> _About | None:
    """Whom the article is about: the one named most by far, from the beginning on."""
    people = Counter(
        named.entity for group in names.values() for named in group if named.entity.sort == "person"
    )
    if not people:
        return None
    entity, count = people.most_common(1)[0]
    first = {(each.paragraph, each.sentence) for each in sentences[:LEAD]}
    text = " ".join(sentence.text for sentence in sentences)
    sexes = Counter(_SEXES[word] for word in re.findall(r"\w+", text.casefold()) if word in _SEXES)
    if count < FEWEST_MENTIONS or 2 * count < people.total() or not entity.sentences & first or not sexes:
        return None
    sex, often = sexes.most_common(1)[0]
    return _About(entity, sex) if often >= CLEARER * (sexes.total() - often) else None


def _subject(
    parsed: Parsed,
    named: Sequence[Named],
    last: _Meant | None,
    before: tuple[Sentence, tuple[Named, ...]] | None,
    about: _About | None,
    heads: Mapping[str, Counter[Entity]],
) -> tuple[int, int, _Meant | None]:
    """Where the words stand that may be replaced, and what the subject means; start = end for nowhere."""
    root = parsed.root
    subjects = parsed.below(root, *SUBJECTS) if root is not None else ()
    if root is None or len(subjects) != 1:
        return 0, 0, None
    subject = subjects[0]
    word = parsed.words[subject]
    small = word.text.casefold()
    if small in {"he", "she"}:
        return word.start, word.end, _person(small, last, before, about)
    if small == "it":
        empty = (parsed.words[root].lemma in _EMPTY or word.dep == "nsubjpass") and bool(
            parsed.below(root, "ccomp", "xcomp", "csubj")
        )
        thing = last is not None and last.entity.sort != "person" and not empty
        return word.start, word.end, last if thing and parsed.words[root].lemma not in _OF_EVENTS else None
    for place in parsed.below(subject, "poss"):
        each = parsed.words[place]
        if each.text.casefold() in {"his", "her", "its"} and each.tag == "PRP$":
            return each.start, each.end, _owner(each.text.casefold(), last, before, about)
    return _named_subject(parsed, subject, named, heads)


def _named_subject(
    parsed: Parsed, subject: int, named: Sequence[Named], heads: Mapping[str, Counter[Entity]]
) -> tuple[int, int, _Meant | None]:
    for mention, entity, *_ in named:
        places = parsed.within(mention.start, mention.end)
        top = parsed.words[parsed.top(places)]
        if entity.sort == "person" and top.dep == "appos" and top.head == subject:
            return 0, 0, _Meant(entity, entity.name)  # “The minister, Ada Brook, said …”
        if subject in places and parsed.top(places) == subject:
            return _of_name(parsed, mention.text, entity, parsed.within(mention.from_role, mention.end))
    return _of_thing(parsed, subject, heads)


def _person(
    said: str,
    last: _Meant | None,
    before: tuple[Sentence, tuple[Named, ...]] | None,
    about: _About | None,
) -> _Meant | None:
    """Whom “he” or “she” means: the subject of the sentence before, where it names no one else; or the
    person whom the article is about, where the sentence before has no other person as its subject."""
    text, named = (before[0].text, before[1]) if before is not None else ("", ())
    others = {each.entity for each in named if each.entity.sort == "person"}
    if about is not None and said == about.sex:
        if last is not None and last.entity == about.entity:
            return _Meant(about.entity, about.entity.name)
        found = {*re.findall(r"\w+", text.casefold())}
        if last is None and not others - {about.entity} and not _PEOPLE & found:
            return _Meant(about.entity, about.entity.name)
        return None
    if last is None or last.entity.sort != "person" or others - {last.entity}:
        return None
    ahead = re.findall(r"\w+", text.partition(last.entity.name.split()[-1])[0].casefold())
    if any(_SEXES.get(each) == said for each in ahead):
        return None  # “Because of her forecast, the admiral waited. She …”
    return _Meant(last.entity, last.entity.name)


def _owner(
    said: str,
    last: _Meant | None,
    before: tuple[Sentence, tuple[Named, ...]] | None,
    about: _About | None,
) -> _Meant | None:
    if said == "its":
        meant = last if last is not None and last.entity.sort != "person" else None
    else:
        meant = _person("he" if said == "his" else "she", last, before, about)
    return meant and meant._replace(
        shown=f"{meant.shown}’" if meant.shown.endswith("s") else f"{meant.shown}’s"
    )


def _of_name(
    parsed: Parsed, text: str, entity: Entity, places: Sequence[int]
) -> tuple[int, int, _Meant | None]:
    """A subject that is a name; of a person the surname is told in full."""
    first = places[0]
    the = first > 0 and parsed.words[first - 1].text.casefold() == "the"
    start, end = parsed.words[first].start, parsed.words[places[-1]].end
    if entity.sort == "person":
        whole = parsed.text[start:end] == text and entity.name.endswith(text)
        return start, end if whole else start, _Meant(entity, entity.name)
    return start, start, _Meant(entity, f"The {entity.name}" if the else entity.name)


def _of_thing(
    parsed: Parsed, subject: int, heads: Mapping[str, Counter[Entity]]
) -> tuple[int, int, _Meant | None]:
    """“The tunnel”, where one thing that is called so has been named, or one much more than others."""
    word, below = parsed.words[subject], parsed.below(subject)
    if word.tag != "NN" or len(below) != 1 or parsed.words[below[0]].text.casefold() != "the":
        return 0, 0, None
    known = heads.get(word.text.casefold(), Counter())
    named = [
        (entity, count)
        for entity, count in known.most_common(2)
        if " " in entity.name and _head(entity).capitalize() in lexicon.HEADS
    ]
    if not named or (len(known) > 1 and named[0][1] < CLEARER * known.most_common(2)[1][1]):
        return 0, 0, None
    entity = named[0][0]
    return parsed.words[below[0]].start, word.end, _Meant(entity, f"The {entity.name}")

"""Names in an article: where they stand, which of them are the same, and of what sort each is.

Capitals carry most of it: a capital within a sentence makes a name; at a sentence's start the word's
other occurrences decide. The sort comes from titles, heads (“… University”), lists of countries and
cities, and the words around all mentions of a name, added up.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from quizapp.domain.drafting.sentences import lexicon, sorts
from quizapp.domain.language.words import STOP_WORDS
from quizapp.domain.sources.passages import Sentence

_WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?:[^\W\d_]|St|Dr|Mr|Mrs|Prof)\.(?= [^\W\d_])"
    r"|[^\W\d_]+(?:[’'\-–&][^\W\d_]+)*(?:-\d+)?\d?(?![\w])"
)
FAMILY = 2  # times as often one of a family must be named for the surname alone to mean that one
FEWEST_OF_ONE = 3  # times that this one is named in full
PERSON = 2  # votes from which a longer name is taken for a person’s
TOLD = 3  # votes that a parser has
_POSSESSIVE = re.compile(r"[’']s?$")


class Mention(NamedTuple):
    """A name where it is. role: the office or trade right before it, "" for none; start, end: of
    the name without it, in the sentence; `from_role`: where the role begins (start, without one)."""

    text: str
    start: int
    end: int
    role: str = ""
    from_role: int = 0
    votes: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Entity:
    """All mentions of one name. name: the fullest form; forms: every form it is met in; signs: the weight of
    what tells of its sort."""

    name: str
    sort: str
    forms: frozenset[str]
    roles: frozenset[str] = frozenset()
    signs: int = 0
    sentences: frozenset[tuple[int, int]] = field(default_factory=frozenset)


class Named(NamedTuple):
    """A mention with what it names."""

    mention: Mention
    entity: Entity


class _Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        return self.text[0].isupper()


def find(
    sentences: Sequence[Sentence],
    told: Mapping[str, str] | None = None,
    plain: Mapping[tuple[int, int], Collection[int]] | None = None,
    *,
    parsed: bool = False,
) -> dict[tuple[int, int], tuple[Named, ...]]:
    """The names of each sentence in order, by (paragraph, sentence). told: of what sort a parser takes names
    to be; plain: where words stand that it takes for no part of a name, however they are written; parsed:
    whether one was asked, so that no one is a person of whom neither it nor an office says so."""
    known = _known_words(sentences)
    found = {
        (s.paragraph, s.sentence): tuple(_mentions(s.text, known, (plain or {}).get(s[:2], ())))
        for s in sentences
    }
    stated = _stated(sentences)
    forms = {mention.text for mentions in found.values() for mention in mentions}
    entities = _entities(
        found,
        {short: name for short, name in stated.items() if name in forms},
        told or {},
        _small_words(sentences) if parsed else None,
    )
    return {
        place: tuple(Named(mention, entities[mention.text]) for mention in mentions)
        for place, mentions in found.items()
    }


# --- where names stand -------------------------------------------------------------------------


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        tokens.append(_Token(word, match.start(), match.start() + len(word)))
    return tokens


def _known_words(sentences: Iterable[Sentence]) -> frozenset[str]:
    """Words that are written with a capital within sentences, and never without one."""
    inside: set[str] = set()
    small: set[str] = set()
    for sentence in sentences:
        tokens = _tokens(sentence.text)
        small.update(token.text for token in tokens if not token.capital)
        inside.update(token.text for token in tokens[1:] if token.capital)
    return frozenset(word for word in inside if word.lower() not in small)


def _small_words(sentences: Iterable[Sentence]) -> frozenset[str]:
    return frozenset(
        token.text for sentence in sentences for token in _tokens(sentence.text) if not token.capital
    )


def _mentions(text: str, known: frozenset[str], plain: Collection[int]) -> Iterator[Mention]:
    tokens = _tokens(text)
    for run in _runs(text, tokens):
        named = _without_first(run, known, opens=run[0] is tokens[0] or _opens_quote(text, run[0]))
        while named and named[0].start in plain and not _is_office(named[:1]):
            named = _trimmed(named[1:])
        office = named if _is_office(named) else []
        named = _after_office(named) if office else named
        while named and lexicon.is_adjective(named[0].text) and not _has_head(named):
            named = _trimmed(named[1:])
        if named and not _is_compound(named):
            yield _mention(text, named, office)


def _opens_quote(text: str, token: _Token) -> bool:
    return text[: token.start].rstrip().endswith(("“", '"', "‘", ":"))


def _runs(text: str, tokens: Sequence[_Token]) -> Iterator[list[_Token]]:
    """Capitalised words in a row, particles between them included, nothing but spaces between."""
    run: list[_Token] = []
    pending: list[_Token] = []
    for token in tokens:
        last = (pending or run or [token])[-1]
        joined = text[last.end : token.start] in {" ", "\u00a0"}
        if run and token.text in lexicon.PARTICLES and joined and len(pending) < 2:
            pending.append(token)
        elif token.capital and token.text not in lexicon.DATE_WORDS:
            if run and joined and not _breaks(run, pending, token):
                run += [*pending, token]
            else:
                if run:
                    yield run
                run = [token]
            pending = []
        else:
            if run:
                yield run
            run, pending = [], []
    if run:
        yield run


def _breaks(run: Sequence[_Token], pending: Sequence[_Token], token: _Token) -> bool:
    """“Power of Siberia”, “Ursula von der Leyen” are one name; “China the Kremlin” are two, and so are
    “Museum of Berlin” and “President of France”."""
    if not pending:
        return False
    words = [each.text for each in pending]
    if words[0] == "the":
        return True
    if words[0] == "of":
        headed = len(run) == 1 or any(each.text in lexicon.HEADS for each in run)
        return token.text in _places() or run[-1].text in lexicon.OFFICES or not headed
    return False


def _without_first(run: list[_Token], known: frozenset[str], *, opens: bool) -> list[_Token]:
    """The run without a first word that has its capital from the sentence alone."""
    first = run[0].text
    if not opens or first in known or first in _places():
        return run
    if first.isupper() and len(first) > 1:
        return run
    if first.lower() in STOP_WORDS or first.lower() in _OPENERS:
        return _trimmed(run[1:])
    return run if len(run) > 1 or first in lexicon.TITLES else []


_OPENERS = frozenset(
    "although amid among despite since following earlier later last today yesterday overall however "
    "moreover meanwhile according against both three four five six seven eight nine ten many most "
    "several thousands hundreds built once thanks together unlike instead indeed nearly almost even "
    "still perhaps inside outside around along across behind beyond above below during whether instead "
    "therefore thus hence hundred nobody everyone everybody people researchers scientists officials "
    "analysts experts nevertheless critics residents".split()
)


def _trimmed(run: list[_Token]) -> list[_Token]:
    while run and run[0].text in lexicon.PARTICLES:
        run = run[1:]
    return run


def _has_head(run: Sequence[_Token]) -> bool:
    """“Russian Academy”: the adjective belongs to the name."""
    return len(run) > 1 and run[-1].text in lexicon.HEADS and not _is_office(run)


def _is_compound(run: Sequence[_Token]) -> bool:
    """“US-imposed”, “Moscow-Beijing”: words made of names, but no names."""
    first, *rest = run[0].text.split("-")
    return len(run) == 1 and any(part.islower() or first in _places() for part in rest)


def _places() -> frozenset[str]:
    return lexicon.countries() | lexicon.cities()


def _is_office(run: Sequence[_Token]) -> bool:
    return any(token.text.rstrip(".") in lexicon.TITLES for token in run)


def _after_office(run: Sequence[_Token]) -> list[_Token]:
    last = max(index for index, token in enumerate(run) if token.text.rstrip(".") in lexicon.TITLES)
    return _trimmed(list(run[last + 1 :]))


# --- of what sort ------------------------------------------------------------------------------


def _mention(text: str, run: Sequence[_Token], whole: Sequence[_Token] = ()) -> Mention:
    start, end = run[0].start, run[-1].end
    name = text[start:end]
    from_role = whole[0].start if whole else start
    before, after = text[:from_role], text[end:]
    role = text[from_role:start].strip() if whole else ""
    trade = re.search(r"([a-z]+) $", before) if not whole else None
    if trade and trade[1] in lexicon.TRADES:
        role, from_role = trade[1], trade.start(1)
    votes = sorts.votes(name, before, after, titled=bool(role))
    return Mention(name, start, end, role, from_role, votes)


def _stated(sentences: Iterable[Sentence]) -> dict[str, str]:
    """Abbreviations and the names that they stand for, as “Norland Bank (NLB)” gives them."""
    found = {}
    for sentence in sentences:
        for match in _ABBREVIATED.finditer(sentence.text):
            name, short = match[1].removeprefix("The "), match[2]
            initials = (word[0] for word in re.findall(r"\w+", name))
            letters = iter(name.upper())
            if short[0] == next(initials) and all(letter in letters for letter in short.replace(".", "")):
                found[short] = name
    return found


_ABBREVIATED = re.compile(
    r"([A-Z][\w’'&-]+(?: (?:of|the|for|and|[A-Z][\w’'&-]+))* ?[A-Z]?[\w’'&-]*) \(([A-Z][A-Z.&]{1,7})\)"
)


def _entities(
    found: dict[tuple[int, int], tuple[Mention, ...]],
    stated: Mapping[str, str],
    told: Mapping[str, str],
    small: frozenset[str] | None,
) -> dict[str, Entity]:
    """What each form of a name names, over the whole article. small: words that it writes without a capital,
    which then end no person’s name; None where no parser was asked."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    roles: dict[str, set[str]] = defaultdict(set)
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for place, mentions in found.items():
        for mention in mentions:
            votes[mention.text].update(dict(mention.votes))
            places[mention.text].add(place)
            if mention.role:
                roles[mention.text].add(mention.role)
    for form, sort in told.items():
        if form in votes:
            votes[form][sort] += TOLD if sort == "person" else 1
    count = {form: len(places[form]) for form in votes}
    full = {form: _fullest(form, votes, count, stated) for form in votes}
    entities = {}
    for name in set(full.values()):
        forms = frozenset(form for form in full if full[form] == name)
        total = sum((votes[form] for form in forms), Counter[str]())
        titled = any(roles[form] for form in forms)
        if (
            small is not None
            and not titled
            and (name.split()[-1].casefold() in small or all(told.get(form) != "person" for form in forms))
        ):
            del total["person"]
        entities[name] = Entity(
            name=name,
            sort=sorts.sort_of(total) if certain(name, total) else "name",
            forms=forms,
            signs=total[sorts.sort_of(total)],
            roles=frozenset(role for form in forms for role in roles[form]),
            sentences=frozenset(place for form in forms for place in places[form]),
        )
    return {form: entities[full[form]] for form in full}


def _fullest(
    form: str, votes: dict[str, Counter[str]], count: dict[str, int], stated: Mapping[str, str]
) -> str:
    """“Brook” → “Ada Brook”: the longer name of a person that begins or ends with it, of several the one
    met most often and first; “NLB” → “Norland Bank”, where the article says so."""
    if same := next((names for names in lexicon.SAME if form in names), ()):
        return next(name for name in same if name in votes)
    if votes[form]["country"] or votes[form]["city"]:
        return form
    if form in stated:
        return stated[form]
    longer = [name for name, cast in votes.items() if _is_longer(name, form, cast, votes[form])]
    if len({name.split()[0] for name in longer}) > 1 and " " not in form:  # several of one family
        first, second, *_ = sorted(longer, key=lambda name: -count[name])
        if count[first] < max(FEWEST_OF_ONE, FAMILY * count[second]):
            return form
    return max(longer, key=lambda name: count[name], default=form)


def _is_longer(name: str, form: str, cast: Counter[str], own: Counter[str]) -> bool:
    """Of persons only: “Brook” may be “Ada Brook”, where something tells that one of them is a person, and
    “Ada” where it is told of the whole name. “Orrin Statehouse” is another thing than “Orrin”."""
    parts = name.split()
    if name == form or len(parts) < 2 or _is_place_or_body(cast + own) or not _is_spelt(name):
        return False
    if " " in form:
        if (
            name.casefold().endswith(f" {form.casefold()}")
            and form.split(maxsplit=1)[0].casefold() in lexicon.PARTICLES
        ):
            return cast["person"] >= PERSON  # “De Groot” is “Pieter de Groot”
        first, last = form.split(maxsplit=1)[0], form.rsplit(maxsplit=1)[-1]
        return parts[0] == first and parts[-1] == last and len(form.split()) < len(parts)
    if form == parts[-1]:
        return (cast + own)["person"] >= PERSON
    return form == parts[0] and cast["person"] >= PERSON


def _is_spelt(name: str) -> bool:
    return not any(word in lexicon.HEADS or word in {"of", "the"} or word.isupper() for word in name.split())


def certain(name: str, cast: Counter[str]) -> bool:
    """A person needs a witness: a title, an age, two words and a verb of persons; “NLB” is none."""
    if sorts.sort_of(cast) != "person":
        return True
    return not (name.isupper() or name[-1].isdigit()) and (" " in name or cast["person"] >= 4)


def _is_place_or_body(cast: Counter[str]) -> bool:
    return any(cast[sort] > cast["person"] for sort in sorts.SORTS[1:])

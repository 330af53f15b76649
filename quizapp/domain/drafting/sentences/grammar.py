"""A sentence's grammar as a parser tells it: each word with its part of speech and what it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

SUBJECTS = ("nsubj", "nsubjpass")


class Word(NamedTuple):
    """A word or mark. tag: of the Penn Treebank; dep: how it hangs on `head` (CLEAR style); both as spaCy's
    English pipelines give them."""

    text: str
    start: int
    end: int
    tag: str
    dep: str
    head: int
    lemma: str


class Span(NamedTuple):
    """A name that the parser found. label: PERSON, GPE, ORG, LOC …"""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Parsed:
    """A sentence taken apart."""

    text: str
    words: tuple[Word, ...]
    names: tuple[Span, ...] = ()

    @cached_property
    def _below(self) -> tuple[tuple[int, ...], ...]:
        found: list[list[int]] = [[] for _ in self.words]
        for place, word in enumerate(self.words):
            if word.head != place:
                found[word.head].append(place)
        return tuple(map(tuple, found))

    def below(self, place: int, *deps: str) -> tuple[int, ...]:
        """What hangs on a word, or what hangs on it in one of these ways."""
        found = self._below[place]
        return tuple(each for each in found if self.words[each].dep in deps) if deps else found

    def subtree(self, place: int) -> frozenset[int]:
        """A word and all that hangs on it, near or far."""
        found, todo = {place}, [place]
        while todo:
            for each in self._below[todo.pop()]:
                found.add(each)
                todo.append(each)
        return frozenset(found)

    @cached_property
    def root(self) -> int | None:
        """The verb of the main clause; None where there is no single one."""
        roots = [place for place, word in enumerate(self.words) if word.head == place]
        return roots[0] if len(roots) == 1 else None

    def within(self, start: int, end: int) -> tuple[int, ...]:
        """The words between two places in the text."""
        return tuple(place for place, word in enumerate(self.words) if word.start < end and start < word.end)

    def top(self, places: Sequence[int]) -> int:
        """The word of a phrase on which its others hang."""
        return next((place for place in places if self.words[place].head not in places), places[-1])

    def said(self, places: Sequence[int] | frozenset[int]) -> str:
        """Some of the words in their order, spaced as in the text; marks that lost their words go."""
        text, last = "", None
        for place in sorted(places):
            word = self.words[place]
            if last is not None and self.text[self.words[last].end : word.start].isspace():
                text += " "
            elif last is not None and last != place - 1 and not text.endswith(("-", "–", "(", "“")):
                text += " " if word.text[0].isalnum() or word.text in "“(—–$£€" else ""
            text += word.text
            last = place
        return text


Parser = Callable[[Sequence[str]], Sequence[Parsed]]


class Clause(NamedTuple):
    """A clause of a sentence. kept: its words; subject: the head of its subject (the verb itself where it is
    an instruction); verb: its main verb; bare: how many things it speaks of as known though nothing in it
    says which; scope: the words of the sentence that bear on it; lead: “According to the council, ” where
    the sentence only reports it."""

    parsed: Parsed
    verb: int
    subject: int
    kept: frozenset[int]
    bare: int = 0
    scope: frozenset[int] = frozenset()
    lead: str = ""
    names: frozenset[int] = frozenset()  # where names begin
    phrase: frozenset[int] = frozenset()  # the subject with all that belongs to it

    @property
    def text(self) -> str:
        """The clause as a statement, without a full stop."""
        text = self.parsed.said(self.kept).strip(" ,;:.–—-")
        if not self.lead:
            return text[:1].upper() + text[1:]
        first = min(self.kept)
        named = first in self.names or self.parsed.words[first].tag in {"NNP", "NNPS"}
        return f"{self.lead}{text if named else text[:1].lower() + text[1:]}"

    @property
    def sources(self) -> str:
        """What of the sentence bears on the clause, as it is there."""
        return " ".join(self.parsed.words[each].text for each in sorted(self.scope))

    @property
    def commands(self) -> bool:
        """Whether it tells someone what to do."""
        return self.subject == self.verb

    def asking(self, question: str) -> str:
        """A question on it, with the source it comes from in front."""
        return f"{self.lead}{question[:1].lower()}{question[1:]}" if self.lead else question

    def words_of(self, place: int) -> frozenset[int]:
        """The kept words of a phrase."""
        return self.parsed.subtree(place) & self.kept

"""A sentence's grammar as a parser tells it: each word with its part of speech and what it hangs on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple


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

    def is_subject(self, start: int, end: int) -> bool:
        """Whether what stands there is the subject of the main verb."""
        places = self.within(start, end)
        top = self.words[self.top(places)] if places else None
        return top is not None and top.dep in {"nsubj", "nsubjpass"} and top.head == self.root

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

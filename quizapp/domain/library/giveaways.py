"""Which question gives another away: what one shows as true, beside what the other wants to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import msgspec

from quizapp.domain.language import markup
from quizapp.domain.language.words import common_words, content_words, folded, words
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Content, Format

LONGEST_PHRASE = 8  # words of a key that are looked for in other questions
SHORTEST_KEY = 4  # letters; a shorter key is everywhere
CONTEXT = 1  # uncommon words that both questions must share round the key …
CONTEXT_OF_COMMON = 2  # … and where the key itself is common
_SEED = "telling"  # the order of options is of no concern


@dataclass(frozen=True, eq=False)
class Shown:
    """A question as a learner sees it once it is answered: its text and its right answers."""

    content: Content

    @cached_property
    def stem(self) -> str:
        """The stem as lists show it, gaps left open."""
        return markup.plain(kind_of(self.content).headline(self.content))

    @cached_property
    def filled(self) -> str:
        kind = kind_of(self.content)
        pieces = kind.prompt(self.content, kind.formats(self.content)[0], _SEED).pieces
        if len(pieces) != len(self.raw_keys) + 1:
            return self.stem
        filled = [text for pair in zip(pieces, (*self.raw_keys, ""), strict=True) for text in pair]
        return markup.plain("".join(filled))

    @cached_property
    def raw_keys(self) -> tuple[str, ...]:
        return kind_of(self.content).outline(self.content).keys

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(markup.plain(key) for key in self.raw_keys)

    @cached_property
    def true_text(self) -> str:
        """What it shows as true once it has been answered."""
        keys = () if self.verdict is not None else self.keys
        return " / ".join((self.filled, *keys)) if self.verdict is not False else ""

    @cached_property
    def verdict(self) -> bool | None:
        """Of a statement to be judged: is it true? None for every other question."""
        value = msgspec.structs.asdict(self.content).get("key")
        return value if isinstance(value, bool) else None

    @cached_property
    def true_phrases(self) -> frozenset[str]:
        return _phrases(self.true_text)

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Its keys that, met elsewhere, would be recognised: names, figures, phrases."""
        asked = f" {folded(self.stem)} "
        return frozenset(
            folded(key)
            for key in self._recallable
            if len(folded(key)) >= SHORTEST_KEY and f" {folded(key)} " not in asked
            if " " in folded(key) or not key[0].islower() or Format.TYPE in self.formats
        )

    @property
    def _recallable(self) -> Sequence[str]:
        return () if self.verdict is not None or self.formats == (Format.FLIP,) else self.keys

    @cached_property
    def formats(self) -> tuple[Format, ...]:
        return kind_of(self.content).formats(self.content)

    @cached_property
    def about(self) -> frozenset[str]:
        return content_words(self.stem)

    @cached_property
    def said(self) -> frozenset[str]:
        return content_words(self.true_text)


def _phrases(text: str) -> frozenset[str]:
    found = words(text)
    return frozenset(
        " ".join(found[start : start + length])
        for length in range(1, LONGEST_PHRASE + 1)
        for start in range(len(found) - length + 1)
    )


def told(teller: Shown, asked: Shown, common: frozenset[str]) -> str:
    """The key of `asked` that `teller` shows as true; "" if it shows none.

    It holds the key and, around it, uncommon words of what is asked: one, or two where the key is
    common itself or no one knows what is common. common: words that say nothing of a question.
    """
    for key in sorted(asked.wanted & teller.true_phrases):
        own = content_words(key)
        shared = (teller.said & asked.about) - own - common
        if len(shared) >= (CONTEXT if common and not own <= common else CONTEXT_OF_COMMON):
            return key
    return ""


def kept_apart(shown: Mapping[int, Shown]) -> frozenset[tuple[int, int]]:
    """The pairs of which one gives the other away, both ways round; none in a set too small to say
    which words are common."""
    common = common_words([each.stem for each in shown.values()])
    if not common:
        return frozenset()
    wanting: dict[str, list[int]] = defaultdict(list)
    for number, each in shown.items():
        for key in each.wanted:
            wanting[key].append(number)
    pairs = set()
    for number, each in shown.items():
        for key in each.true_phrases & wanting.keys():
            for other in wanting[key]:
                if other != number and told(each, shown[other], common):
                    pairs |= {(number, other), (other, number)}
    return frozenset(pairs)

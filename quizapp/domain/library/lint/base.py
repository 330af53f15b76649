"""What a lint rule is given and what it answers: the values shared by all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any, NamedTuple

import msgspec

from quizapp.domain.language import markup
from quizapp.domain.library.bank import NO_EXAMPLES, Examples
from quizapp.domain.library.giveaways import Shown
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.base import Choices, Content, Format, Kind, Outline
from quizapp.domain.sources.evidence import EvidenceRef
from quizapp.domain.sources.passages import Paragraph

Articles = Mapping[str, Sequence[Paragraph]]  # by source slug

_SEED = "lint"  # the rules that look at a prompt do not care for the order of its options


class Severity(StrEnum):
    """An error makes an item wrong or unverifiable; a warning can be waived with a reason."""

    ERROR = "error"
    WARNING = "warning"


class Complaint(NamedTuple):
    """What a rule says: the field it is about, and in plain words what is wrong and what to do."""

    field: str
    message: str


class ChoiceSet(NamedTuple):
    """Options that are in one list: the text around them, the right ones and the wrong ones."""

    before: str
    after: str
    keys: tuple[str, ...]
    distractors: tuple[str, ...]

    @property
    def is_true_or_false(self) -> bool:
        return {text.casefold() for text in (*self.keys, *self.distractors)} == {"true", "false"}


@dataclass(frozen=True, eq=False)
class LintItem:
    """One item as the rules see it, in the bank or in the editor; texts are free of markup.

    `content` must be sound (its kind finds no problems); `formats` empty means all of its kind.
    """

    content: Content
    id: str = ""
    fact: str = ""
    deck: str = ""
    tags: tuple[str, ...] = ()
    evidence: tuple[EvidenceRef, ...] = ()
    restricted_to: tuple[Format, ...] = ()
    examples: Examples = NO_EXAMPLES
    apart: tuple[str, ...] = ()
    common_words: frozenset[str] = frozenset()  # what the whole bank is about: no cue to anything
    source_names: tuple[str, ...] = ()  # what the bank calls its articles
    headings: tuple[str, ...] = ()  # titles and summaries of its deck and themes
    titles: Mapping[str, str] = field(default_factory=dict)  # what articles are called, by slug

    @cached_property
    def kind(self) -> Kind[Any]:
        return kind_of(self.content)

    @cached_property
    def shown(self) -> Shown:
        """What a learner sees of it, beside other items."""
        return Shown(self.content)

    @cached_property
    def outline(self) -> Outline:
        return self.kind.outline(self.content)

    @cached_property
    def formats(self) -> tuple[Format, ...]:
        allowed = self.kind.formats(self.content)
        return tuple(format for format in allowed if format in self.restricted_to) or allowed

    @cached_property
    def stem(self) -> str:
        """The stem as lists show it, gaps left open."""
        return markup.plain(self.kind.headline(self.content))

    @cached_property
    def rationale(self) -> str:
        return markup.plain(self.content.rationale)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(markup.plain(key) for key in self.outline.keys)

    @cached_property
    def distractors(self) -> tuple[str, ...]:
        return tuple(markup.plain(text) for text in self.outline.distractors)

    @cached_property
    def filled_stem(self) -> str:
        """The stem with its gaps filled, if it has any."""
        return self.shown.filled

    @cached_property
    def choice_sets(self) -> tuple[ChoiceSet, ...]:
        """The lists of options the item can be asked with; none if it is never asked so."""
        if Format.CHOOSE not in self.formats:
            return ()
        prompt = self.kind.prompt(self.content, Format.CHOOSE, _SEED)
        lists = [control.options for control in prompt.controls if isinstance(control, Choices)]
        in_gaps = len(prompt.pieces) == len(lists) + 1 and len(lists) == len(self.outline.keys)
        pieces = [markup.plain(piece) for piece in prompt.pieces]
        sets = []
        for number, options in enumerate(lists):
            keys = {self.outline.keys[number]} if in_gaps else set(self.outline.keys)
            sets.append(
                ChoiceSet(
                    pieces[number] if in_gaps else self.stem,
                    pieces[number + 1] if in_gaps else "",
                    tuple(markup.plain(option) for option in options if option in keys),
                    tuple(markup.plain(option) for option in options if option not in keys),
                )
            )
        return tuple(sets)

    def called(self, slug: str) -> str:
        """What an article is called, for a page; its slug where it has no title here."""
        return self.titles.get(slug) or slug

    def field(self, name: str) -> Any:
        """The content's field of that name; None where the kind has no such field."""
        return getattr(self.content, name, None)

    @cached_property
    def texts(self) -> tuple[tuple[str, str], ...]:
        """Every text a learner may read, with the field it is in."""
        found = [("stem", self.filled_stem)]
        for name, value in msgspec.structs.asdict(self.content).items():
            if name != "stem":
                found += [(name, markup.plain(text)) for text in _strings(value)]
        return tuple((name, text) for name, text in found if text)


def _strings(value: object) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for entry in value:
            yield from _strings(entry)


@dataclass(frozen=True)
class Rule:
    """A rule's stable name, how serious a breach is, and the rule itself in one sentence."""

    name: str
    severity: Severity
    summary: str


@dataclass(frozen=True)
class ItemRule(Rule):
    """Judges one item by itself: in the bank and in the editor alike."""

    check: Callable[[LintItem], Iterable[Complaint]]


@dataclass(frozen=True)
class ArticleRule(Rule):
    """Judges one item beside the articles' texts; left out where they are absent."""

    check: Callable[[LintItem, Articles], Iterable[Complaint]]


@dataclass(frozen=True)
class WholeRule(Rule):
    """Judges the bank as a whole: no single item is to blame."""

    check: Callable[[Sequence[LintItem]], Iterable[Complaint]]


@dataclass(frozen=True)
class BankRule(Rule):
    """Judges items beside one another; the complaint goes to the item named with it."""

    check: Callable[[Sequence[LintItem]], Iterable[tuple[LintItem, Complaint]]]

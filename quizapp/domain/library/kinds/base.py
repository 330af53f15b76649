"""What every question kind provides, and the values that pass between a kind and the rest.

The way of one answer: a kind turns its `Content` into a `Prompt` (which has no place for the
key); the prompt's controls become form fields; `responses.read_response` turns the submitted fields
back into a `Response` (plain texts, independent of the order in which they were shown); the kind
grades it. Everything outside `kinds/` talks to kinds through the class `Kind` only.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar, Generic, Literal, TypeVar

import msgspec

from quizapp.domain.errors import MalformedResponse, Problem
from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.language.translation import _
from quizapp.domain.library.grading.verdicts import Question, Strictness, Verdict
from quizapp.domain.library.kinds.writing.fields import FieldSpec


class Format(StrEnum):
    """How an item is asked. Several formats of one item share one card (one memory)."""

    FLIP = "flip"  # think, turn over, rate yourself
    CHOOSE = "choose"  # recognise among options
    TYPE = "type"  # recall and type
    ARRANGE = "arrange"  # put entries in order
    MATCH = "match"  # pair left with right


# --- content -------------------------------------------------------------------------------


Difficulty = Literal["", "easy", "hard"]


class Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an author writes. Texts are Markdown (inline in options); `kind` is the tag field.

    Each kind subclasses this with `tag="<kind name>", tag_field="kind"`.
    """

    stem: str
    rationale: str = ""
    hint: str = ""
    difficulty: Difficulty = ""  # the author's guess, until answers tell


C = TypeVar("C", bound=Content)


# --- prompt: what a learner sees before answering; it has no place for the key --------------


class Choices(msgspec.Struct, frozen=True, tag="choices"):
    """Options to choose from, in the order shown. Submitted as the positions chosen, from 0."""

    name: str
    label: str
    options: tuple[str, ...]
    many: bool = False


class TextEntry(msgspec.Struct, frozen=True, tag="text"):
    """One line to type. `unit` is shown behind the box when the unit is given away; `strictness`: what
    counts."""

    name: str
    label: str
    unit: str = ""
    numeric: bool = False
    strictness: Strictness = Strictness.MEANING


class Arrangement(msgspec.Struct, frozen=True, tag="arrangement"):
    """Entries to put in order. Submitted as the rank (1…n) given to each shown entry, or as it is."""

    name: str
    label: str
    entries: tuple[str, ...]
    first: str = "first"  # what is at the top ("earliest", "largest")
    last: str = "last"


class Pairing(msgspec.Struct, frozen=True, tag="pairing"):
    """Left entries to match with right ones. Submitted as one right position for each left."""

    name: str
    label: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    reuse: bool = False  # may a right entry serve twice?


class SelfRating(msgspec.Struct, frozen=True, tag="self_rating"):
    """A card to turn over; the learner then rates the recall. Submitted as a rating 1–4."""

    name: str
    label: str


Control = Choices | TextEntry | Arrangement | Pairing | SelfRating


class Prompt(msgspec.Struct, frozen=True):
    """All that a page may know before the answer.

    `pieces`, where not empty, is text around the controls: len(pieces) == len(controls) + 1
    (a cloze); else the controls are below the stem.
    """

    kind: str
    format: Format
    stem: str
    controls: tuple[Control, ...]
    pieces: tuple[str, ...] = ()
    has_hint: bool = False


# --- response: what a learner answered, as texts, independent of the order shown -------------


class Rated(msgspec.Struct, frozen=True, tag="rated"):
    """A self-rating: 1 Again, 2 Hard, 3 Good, 4 Easy."""

    rating: int


class Chosen(msgspec.Struct, frozen=True, tag="chosen"):
    """The texts of the options chosen, in canonical (sorted) order."""

    options: tuple[str, ...]


class Typed(msgspec.Struct, frozen=True, tag="typed"):
    """One text per text entry (or per gap of a cloze, also when gaps are chosen)."""

    texts: tuple[str, ...]


class Arranged(msgspec.Struct, frozen=True, tag="arranged"):
    """The entries' texts in the order given."""

    entries: tuple[str, ...]


class Matched(msgspec.Struct, frozen=True, tag="matched"):
    """(left, right) texts in canonical order (sorted by left)."""

    pairs: tuple[tuple[str, str], ...]


class GaveUp(msgspec.Struct, frozen=True, tag="gave_up"):
    """“I don't know”: graded 0, honest evidence of forgetting (no guess in it)."""


Response = Rated | Chosen | Typed | Arranged | Matched | GaveUp


# --- grade -----------------------------------------------------------------------------------


class Part(msgspec.Struct, frozen=True):
    """One part of a response beside its key: a gap, a pair, a place in a sequence, an option."""

    given: str
    key: str
    score: float
    forgiven: tuple[Forgiven, ...] = ()
    note: str = ""  # e.g. the feedback written for the distractor that was chosen
    label: str = ""  # what the part is of, e.g. a pair's left entry
    unsure: bool = False  # a teacher would ask back; scored only where the learner called it the same


class Grade(msgspec.Struct, frozen=True):
    """0 ≤ score ≤ 1; `rating` only for self-rated answers."""

    score: float
    parts: tuple[Part, ...] = ()
    rating: int | None = None

    @property
    def right(self) -> bool:
        return self.score >= 1.0

    @property
    def partly(self) -> bool:
        return 0.0 < self.score < 1.0

    @property
    def verdict(self) -> Verdict:
        """Right, wrong, or unsure where the parts that are not right are unsure."""
        if self.right:
            return Verdict.RIGHT
        missed = [part for part in self.parts if part.score < 1]
        return Verdict.UNSURE if missed and all(part.unsure for part in missed) else Verdict.WRONG

    @property
    def undecided(self) -> tuple[Part, ...]:
        """The parts of which a teacher would ask back, in order."""
        return tuple(part for part in self.parts if part.unsure and part.score < 1)

    @property
    def by_word(self) -> bool:
        """Whether a part counts only because the learner called it the same."""
        return any(part.unsure and part.score >= 1 for part in self.parts)

    def called(self, same: Sequence[bool]) -> Grade:
        """With each undecided part as its learner called it: the same, or not and so wrong."""
        said = iter(same)
        parts = tuple(
            msgspec.structs.replace(part, score=float(alike), unsure=alike)
            if part in self.undecided and (alike := next(said, None)) is not None
            else part
            for part in self.parts
        )
        score = sum(part.score for part in parts) / len(parts) if self.undecided else self.score
        return msgspec.structs.replace(self, score=score, parts=parts)

    @property
    def forgiven(self) -> tuple[Forgiven, ...]:
        return tuple(dict.fromkeys(f for part in self.parts for f in part.forgiven))


class Outline(msgspec.Struct, frozen=True):
    """An item's answers in plain texts: for the result page, the linter and the export.

    keys: the right answer(s); accept: other fair forms; distractors: wrong options offered;
    options: all that a prompt in format `choose` may show, in canonical order.
    """

    keys: tuple[str, ...]
    accept: tuple[str, ...] = ()
    distractors: tuple[str, ...] = ()

    @property
    def options(self) -> tuple[str, ...]:
        return tuple(sorted({*self.keys, *self.distractors})) if self.distractors else ()


# --- the protocol -----------------------------------------------------------------------------

# Attributes that say how something is put; a change of any other may change what is right.
WORDING = frozenset(
    "stem rationale hint difficulty feedback tolerance_reason first last distractors extras".split()
)


class Figure(msgspec.Struct, frozen=True):
    """A right figure: from `low` to `high`, both included, in `unit` (which may hold a scale word)."""

    low: Decimal
    high: Decimal
    unit: str = ""


# How a quoted sentence proves a question right: its keys are there; it says the statement, or denies it;
# it is the question with its gaps filled; or it names the figure.
Proof = Literal["keys", "statement", "denial", "gaps"] | Figure


class Example(msgspec.Struct, Generic[C], frozen=True):
    """A content with responses of every sort: documentation, and the contract test's food.

    `malformed` holds submitted form fields that `read_response` or `grade` must refuse.
    """

    content: C
    right: tuple[Response, ...]
    wrong: tuple[Response, ...]
    partly: tuple[Response, ...] = ()
    malformed: tuple[Mapping[str, Sequence[str]], ...] = ()


class Kind(ABC, Generic[C]):
    """A question kind. Stateless; one instance each is in `kinds.KINDS`."""

    name: ClassVar[str]  # snake_case; also the templates' folder, the docs page and the tag
    title: ClassVar[str]  # "Single choice"
    summary: ClassVar[str]  # one sentence for teachers: when to use it
    content_type: type[C]
    fields: ClassVar[tuple[FieldSpec, ...]]  # between the common ones
    usual: ClassVar[int] = 9  # its place in the list of kinds for one sentence; the most usual is 0
    has_own_distractors: ClassVar[bool] = True  # False: each question's wrong answers are the same
    can_be_typed: ClassVar[bool] = False
    for_models: ClassVar[str] = ""  # its fields as a language model is told to write them; "": not asked for

    @property
    @abstractmethod
    def examples(self) -> tuple[Example[C], ...]:
        """At least two, each with right and wrong responses; together every format."""

    @abstractmethod
    def problems(self, content: C) -> tuple[Problem, ...]:
        """Everything that makes this content impossible to ask or to grade fairly; () if sound."""

    @abstractmethod
    def formats(self, content: C) -> tuple[Format, ...]:
        """The formats in which this content can be asked, easiest first; never empty."""

    @abstractmethod
    def prompt(self, content: C, format: Format, seed: str) -> Prompt:
        """What the learner sees. The order of options depends on their texts and `seed` alone,
        never on which of them is the key."""

    @abstractmethod
    def grade(self, content: C, response: Response) -> Grade:
        """Total and deterministic for every response type this kind's prompts can yield;
        raises MalformedResponse for any other. `GaveUp` is always graded 0."""

    def typed(self, content: C) -> tuple[Question, ...]:  # noqa: ARG002 for kinds that are typed in words
        """What typed words are graded by, one for each box; () for a kind that isn't typed in words."""
        return ()

    def lacking(self, content: C, response: Response) -> str:  # noqa: ARG002 for kinds that ask for one part
        """What a response says too little of to be graded, as a sentence to its learner; "" where nothing. It
        must not tell whether the rest is right."""
        return ""

    @abstractmethod
    def outline(self, content: C) -> Outline:
        """Keys, accepted forms and distractors as plain texts."""

    def headline(self, content: C) -> str:
        """The stem as lists show it before an answer: without anything that tells the key."""
        return content.stem

    @abstractmethod
    def chance(self, content: C, format: Format) -> float:
        """The probability g that someone who knows nothing answers right; 0 for a self-rating."""

    def chance_of(self, content: C, format: Format, score: float) -> float:  # noqa: ARG002 for kinds that give a part
        """The probability that someone who knows nothing gets this score (> 0) or a better one."""
        return self.chance(content, format)

    def proof(self, content: C) -> Proof:  # noqa: ARG002 for kinds that prove it in different ways
        """How a quoted sentence proves this content right."""
        return "keys"

    def judged_by(self, content: C) -> object:
        """What grading goes by: where two contents differ in it, different answers may be right."""
        values = msgspec.structs.asdict(content)
        return {name: value for name, value in values.items() if name not in WORDING}

    def accepting(self, content: C, response: Response) -> C | None:  # noqa: ARG002 for kinds that have a list
        """The content with this answer among the accepted ones; None where a kind keeps no list of them."""
        return None

    def refusing(self, content: C, response: Response) -> C | None:  # noqa: ARG002 for kinds that have a list
        """The content by which this answer is wrong; None where a kind keeps no list of such answers."""
        return None

    def refuse(self, response: Response) -> MalformedResponse:
        """The error for a response of another kind (raise what this returns)."""
        return MalformedResponse(
            _(
                "A {kind} question can’t be answered with “{response}”. "
                "Nothing was saved. Reload the page and answer again."
            ).format(kind=_(self.title).lower(), response=type(response).__name__)
        )

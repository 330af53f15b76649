"""Ordering: put entries into their right order."""

# The protocol names the arguments; not every kind needs all of them.
# ruff: noqa: ARG002

from __future__ import annotations

from functools import cache
from itertools import combinations
from math import factorial

from quizapp.domain.errors import Problem
from quizapp.domain.library.kinds.base import (
    Arranged,
    Arrangement,
    Content,
    Example,
    FieldSpec,
    Format,
    GaveUp,
    Grade,
    Kind,
    Outline,
    Part,
    Prompt,
    Response,
)
from quizapp.domain.library.kinds.presenting import shuffled
from quizapp.domain.library.kinds.soundness import (
    LONGEST_OPTION,
    common_problems,
    count_problems,
    option_problems,
    text_problems,
)

FEWEST_ENTRIES, MOST_ENTRIES = 3, 8
LEAST_CHANCE = 0.001


class Ordering(Content, frozen=True, kw_only=True, tag="ordering", tag_field="kind"):
    """`sequence`: the entries in the right order; `first`, `last`: the names of its two ends."""

    sequence: tuple[str, ...]
    first: str = "earliest"
    last: str = "latest"


class OrderingKind(Kind[Ordering]):
    """score = 2 · share of pairs in right order − 1, not below 0: half the pairs earn nothing."""

    name = "ordering"
    title = "Ordering"
    summary = "For sequences: events in time, steps of a process, sizes; the order must be beyond doubt."
    content_type = Ordering
    fields = (
        FieldSpec("sequence", "In the right order", "lines", "3 to 8 entries, one a line.", required=True),
        FieldSpec("first", "Name of the top", "line", "“earliest”, “largest”, “first step”"),
        FieldSpec("last", "Name of the bottom", "line", "“latest”, “smallest”, “last step”"),
    )

    @property
    def examples(self) -> tuple[Example[Ordering], ...]:
        planets = ("Mercury", "Venus", "Earth", "Mars")
        return (
            Example(
                Ordering(
                    stem="Order these planets by their distance from the Sun.",
                    sequence=planets,
                    first="nearest",
                    last="farthest",
                    hint="The hottest is not the nearest.",
                ),
                right=(Arranged(planets),),
                wrong=(Arranged(planets[::-1]), Arranged(("Venus", "Mars", "Mercury", "Earth")), GaveUp()),
                partly=(Arranged(("Venus", "Mercury", "Earth", "Mars")),),
                malformed=(
                    {"rank-0": ["1"], "rank-1": ["2"], "rank-2": ["3"], "rank-3": ["5"]},
                    {"rank-0": ["first"], "rank-1": ["2"], "rank-2": ["3"], "rank-3": ["4"]},
                    {"rank-0": ["1", "2"], "rank-1": ["2"], "rank-2": ["3"], "rank-3": ["4"]},
                ),
            ),
            Example(
                Ordering(
                    stem="Put these inventions in order.",
                    sequence=("Printing press", "Steam engine", "Telephone"),
                ),
                right=(Arranged(("Printing press", "Steam engine", "Telephone")),),
                wrong=(Arranged(("Telephone", "Steam engine", "Printing press")), GaveUp()),
                partly=(Arranged(("Steam engine", "Printing press", "Telephone")),),
                malformed=({"rank-0": ["0"], "rank-1": ["1"], "rank-2": ["2"]},),
            ),
        )

    def problems(self, content: Ordering) -> tuple[Problem, ...]:
        return (
            *common_problems(content),
            *option_problems((("sequence", content.sequence),)),
            *count_problems("sequence", content.sequence, FEWEST_ENTRIES, MOST_ENTRIES, "entries"),
            *text_problems("first", content.first, LONGEST_OPTION),
            *text_problems("last", content.last, LONGEST_OPTION),
        )

    def formats(self, content: Ordering) -> tuple[Format, ...]:
        return (Format.ARRANGE,)

    def prompt(self, content: Ordering, format: Format, seed: str) -> Prompt:
        # Never `present`: rising order could be the key.
        entries = shuffled(content.sequence, seed)
        label = f"From {content.first} to {content.last}"
        control = Arrangement("rank", label, entries, content.first, content.last)
        return Prompt(self.name, Format.ARRANGE, content.stem, (control,), has_hint=bool(content.hint))

    def grade(self, content: Ordering, response: Response) -> Grade:
        match response:
            case GaveUp():
                return Grade(0.0, tuple(Part("", entry, 0.0) for entry in content.sequence))
            case Arranged(entries):
                given = (*entries, *("" for _ in content.sequence[len(entries) :]))
                parts = tuple(
                    Part(place, entry, 1.0 if place == entry else 0.0)
                    for place, entry in zip(given, content.sequence, strict=False)
                )
                return Grade(_score(content.sequence, entries), parts)
            case _:
                raise self.refuse(response)

    def outline(self, content: Ordering) -> Outline:
        return Outline(keys=content.sequence)

    def chance(self, content: Ordering, format: Format) -> float:
        return max(LEAST_CHANCE, 1 / factorial(len(content.sequence)))

    def chance_of(self, content: Ordering, format: Format, score: float) -> float:
        entries = len(content.sequence)
        ways = sum(ways for points, ways in _scores(entries) if points >= score - 1e-9)
        return max(LEAST_CHANCE, ways / factorial(entries))


@cache
def _scores(entries: int) -> tuple[tuple[float, int], ...]:
    """Each score with the number of orders that get it: those with so many pairs turned round."""
    ways = [1]
    for length in range(2, entries + 1):
        longer = [0] * (len(ways) + length - 1)
        for turned, count in enumerate(ways):
            for more in range(length):
                longer[turned + more] += count
        ways = longer
    pairs = len(ways) - 1
    return tuple((max(0.0, 2 * (pairs - turned) / pairs - 1), count) for turned, count in enumerate(ways))


def _score(sequence: tuple[str, ...], entries: tuple[str, ...]) -> float:
    """Kendall's tau-a, floored at 0; a pair of which an entry is missing is not in order."""
    place = {entry: i for i, entry in enumerate(entries)}
    pairs = tuple(combinations(sequence, 2))
    ordered = sum(a in place and b in place and place[a] < place[b] for a, b in pairs)
    return max(0.0, 2 * ordered / len(pairs) - 1)

"""Ordering: put entries into their right order."""

# The protocol names the arguments; not every kind needs all of them.
# ruff: noqa: ARG002

from __future__ import annotations

from functools import cache
from math import factorial, prod

from quizapp.domain.errors import Problem
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds.base import (
    Arranged,
    Arrangement,
    Content,
    Example,
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
from quizapp.domain.library.kinds.writing.fields import FieldSpec
from quizapp.domain.library.kinds.writing.soundness import (
    LONGEST_OPTION,
    common_problems,
    count_problems,
    option_problems,
    text_problems,
)

FEWEST_ENTRIES, MOST_ENTRIES = 2, 20
LEAST_CHANCE = 0.001


class Ordering(Content, frozen=True, kw_only=True, tag="ordering", tag_field="kind"):
    """`sequence`: the entries in the right order; `first`, `last`: the names of its two ends."""

    sequence: tuple[str, ...]
    first: str = "earliest"
    last: str = "latest"


class OrderingKind(Kind[Ordering]):
    """Credit for the longest part that is in order, less what a drawn order would earn."""

    name = "ordering"
    title = marked("Ordering")
    summary = marked(
        "For sequences: events in time, steps of a process, sizes. The order must be beyond doubt."
    )
    content_type = Ordering
    fields = (
        FieldSpec(
            "sequence",
            marked("In the right order"),
            "lines",
            marked("3 to 8 are best, one per line."),
            required=True,
        ),
        FieldSpec(
            "first", marked("Label for the top"), "line", marked("“earliest”, “largest”, “first step”")
        ),
        FieldSpec(
            "last", marked("Label for the bottom"), "line", marked("“latest”, “smallest”, “last step”")
        ),
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
                wrong=(Arranged(planets[::-1]), Arranged(("Mars", "Venus", "Mercury", "Earth")), GaveUp()),
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
                wrong=(
                    Arranged(("Telephone", "Steam engine", "Printing press")),
                    Arranged(("Steam engine", "Printing press", "Telephone")),
                    GaveUp(),
                ),
                malformed=({"rank-0": ["0"], "rank-1": ["1"], "rank-2": ["2"]},),
            ),
        )

    def problems(self, content: Ordering) -> tuple[Problem, ...]:
        return (
            *common_problems(content),
            *option_problems((("sequence", content.sequence),)),
            *count_problems("sequence", content.sequence, FEWEST_ENTRIES, MOST_ENTRIES, _("entries")),
            *text_problems("first", content.first, LONGEST_OPTION),
            *text_problems("last", content.last, LONGEST_OPTION),
        )

    def formats(self, content: Ordering) -> tuple[Format, ...]:
        return (Format.ARRANGE,)

    def prompt(self, content: Ordering, format: Format, seed: str) -> Prompt:
        # Never `present`: rising order could be the key.
        entries = shuffled(content.sequence, seed)
        if entries == content.sequence:  # to leave it would be the answer
            entries = (*entries[1:], entries[0])
        label = f"From {content.first} to {content.last}"
        control = Arrangement("rank", label, entries, content.first, content.last)
        return Prompt(self.name, Format.ARRANGE, content.stem, (control,), has_hint=bool(content.hint))

    def grade(self, content: Ordering, response: Response) -> Grade:
        match response:
            case GaveUp():
                return Grade(0.0, tuple(Part("", entry, 0.0) for entry in content.sequence))
            case Arranged(entries):
                given = (*entries, *("" for _ in content.sequence[len(entries) :]))
                kept = longest_run(content.sequence, entries)
                parts = tuple(
                    Part(place, entry, 1.0 if place in kept else 0.0)
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
        ways = sum(ways for kept, ways in _ways(entries).items() if _worth(entries, kept) >= score - 1e-9)
        return max(LEAST_CHANCE, ways / factorial(entries))


@cache
def _ways(entries: int) -> dict[int, int]:
    """By the length of the longest part in order, the number of orders that have it: as many as there are
    pairs of tableaux of one shape, by Schensted, and those are counted by their hooks."""
    ways: dict[int, int] = {}
    for shape in _shapes(entries, entries):
        columns = [sum(row > column for row in shape) for column in range(shape[0])]
        hooks = prod(
            row - column + columns[column] - place - 1
            for place, row in enumerate(shape)
            for column in range(row)
        )
        ways[shape[0]] = ways.get(shape[0], 0) + (factorial(entries) // hooks) ** 2
    return ways


def _shapes(entries: int, widest: int) -> list[tuple[int, ...]]:
    """Every way to lay entries in rows of which none is wider than the one before."""
    if not entries:
        return [()]
    return [
        (row, *others) for row in range(1, min(entries, widest) + 1) for others in _shapes(entries - row, row)
    ]


def _score(sequence: tuple[str, ...], entries: tuple[str, ...]) -> float:
    return _worth(len(sequence), len(longest_run(sequence, entries)))


def _worth(entries: int, kept: int) -> float:
    """(entries in the longest right sequence − what chance puts in one) / (all − chance), not below 0."""
    if kept == entries:
        return 1.0
    by_chance = sum(length * ways for length, ways in _ways(entries).items()) / factorial(entries)
    return max(0.0, (kept - by_chance) / (entries - by_chance))


def longest_run(sequence: tuple[str, ...], entries: tuple[str, ...]) -> frozenset[str]:
    """The entries of the longest part of an answer that is in the right order."""
    place = {entry: at for at, entry in enumerate(sequence)}
    runs: list[tuple[str, ...]] = [()]
    for entry in dict.fromkeys(entries):
        if entry in place:
            before = [run for run in runs if not run or place[run[-1]] < place[entry]]
            runs.append((*max(before, key=len), entry))
    longest: tuple[str, ...] = max(runs, key=len)
    return frozenset(longest)

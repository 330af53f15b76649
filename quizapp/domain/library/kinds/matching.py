"""Matching: find for each entry on the left the one on the right that belongs to it."""

# The protocol names the arguments; not every kind needs all of them.
# ruff: noqa: ARG002

from __future__ import annotations

from collections import Counter
from math import comb, perm

from quizapp.domain.errors import Problem
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds.base import (
    Content,
    Example,
    Format,
    GaveUp,
    Grade,
    Kind,
    Matched,
    Outline,
    Pairing,
    Part,
    Prompt,
    Response,
)
from quizapp.domain.library.kinds.presenting import present, shuffled
from quizapp.domain.library.kinds.writing.fields import FieldSpec
from quizapp.domain.library.kinds.writing.soundness import common_problems, count_problems, option_problems

FEWEST_PAIRS, MOST_PAIRS = 2, 20
MOST_EXTRAS = 20
LEAST_CHANCE = 0.001


class Matching(Content, frozen=True, kw_only=True, tag="matching", tag_field="kind"):
    """`pairs`: (left, right); a right entry may belong to several. `extras`: right ones that match
    nothing, so that the last pair is not known by elimination."""

    pairs: tuple[tuple[str, str], ...]
    extras: tuple[str, ...] = ()

    @property
    def rights(self) -> tuple[str, ...]:
        """All right entries, each once, in canonical order."""
        return tuple(sorted({*(right for _, right in self.pairs), *self.extras}))

    @property
    def reuse(self) -> bool:
        """Whether a right entry belongs to several left ones."""
        return len({right for _, right in self.pairs}) < len(self.pairs)


class MatchingKind(Kind[Matching]):
    """Each right entry weighs the same, and what one entry given for everything earns is removed."""

    name = "matching"
    title = marked("Matching")
    summary = marked(
        "For things that belong together: people and offices, places and figures, terms and meanings."
    )
    content_type = Matching
    fields = (
        FieldSpec(
            "pairs",
            marked("Pairs"),
            "pairs",
            marked("3 to 8 are best."),
            required=True,
        ),
        FieldSpec(
            "extras",
            marked("More right entries"),
            "lines",
            marked("Entries that match nothing; one or two are best."),
        ),
    )

    @property
    def examples(self) -> tuple[Example[Matching], ...]:
        return (
            Example(
                Matching(
                    stem="Match each country with its capital.",
                    pairs=(("Peru", "Lima"), ("Chile", "Santiago"), ("Ecuador", "Quito")),
                    extras=("La Paz",),
                    hint="The capital of Ecuador lies high.",
                ),
                right=(Matched((("Chile", "Santiago"), ("Ecuador", "Quito"), ("Peru", "Lima"))),),
                wrong=(Matched((("Chile", "Lima"), ("Ecuador", "La Paz"), ("Peru", "Quito"))), GaveUp()),
                partly=(Matched((("Chile", "Santiago"), ("Ecuador", "La Paz"), ("Peru", "Lima"))),),
                malformed=(
                    {"match-0": ["0"], "match-1": ["1"], "match-2": ["4"]},
                    {"match-0": ["0"], "match-1": ["1"], "match-2": ["Lima"]},
                    {"match-0": ["0", "2"], "match-1": ["1"], "match-2": ["3"]},
                ),
            ),
            Example(
                Matching(
                    stem="What is each of these?",
                    pairs=(("Whale", "mammal"), ("Bat", "mammal"), ("Penguin", "bird")),
                ),
                right=(Matched((("Bat", "mammal"), ("Penguin", "bird"), ("Whale", "mammal"))),),
                wrong=(Matched((("Bat", "bird"), ("Penguin", "mammal"), ("Whale", "bird"))), GaveUp()),
                partly=(Matched((("Bat", "bird"), ("Penguin", "bird"), ("Whale", "mammal"))),),
                malformed=({"match-0": ["0"], "match-1": ["1"], "match-2": ["2"]},),
            ),
        )

    def problems(self, content: Matching) -> tuple[Problem, ...]:
        lefts = tuple(left for left, _ in content.pairs)
        rights = tuple(dict.fromkeys(right for _, right in content.pairs))
        found = [
            *common_problems(content),
            *option_problems((("pairs", lefts),)),
            *option_problems((("pairs", rights), ("extras", content.extras))),
            *count_problems("pairs", content.pairs, FEWEST_PAIRS, MOST_PAIRS, _("pairs")),
            *count_problems("extras", content.extras, 0, MOST_EXTRAS, _("more entries")),
        ]
        if content.pairs and len(content.rights) == 1:
            found.append(
                Problem("pairs", _("Give different right entries; now there is only one to choose."))
            )
        return tuple(found)

    def formats(self, content: Matching) -> tuple[Format, ...]:
        return (Format.MATCH,)

    def prompt(self, content: Matching, format: Format, seed: str) -> Prompt:
        # The left is drawn, never sorted: two columns of figures in rising order would pair up.
        left = shuffled((left for left, _ in content.pairs), f"{seed} left")
        label = (
            _("Match each entry (you can use an answer more than once)")
            if content.reuse
            else _("Match each entry")
        )
        control = Pairing("match", label, left, present(content.rights, seed), content.reuse)
        return Prompt(self.name, Format.MATCH, content.stem, (control,), has_hint=bool(content.hint))

    def grade(self, content: Matching, response: Response) -> Grade:
        match response:
            case GaveUp():
                given: dict[str, str] = {}
            case Matched(pairs):
                given = dict(pairs)
            case _:
                raise self.refuse(response)
        parts = tuple(
            Part(given.get(left, ""), right, 1.0 if given.get(left) == right else 0.0, label=left)
            for left, right in content.pairs
        )
        return Grade(_score(parts), parts)

    def outline(self, content: Matching) -> Outline:
        return Outline(
            keys=tuple(f"{left} – {right}" for left, right in content.pairs),
            distractors=content.extras,
        )

    def chance(self, content: Matching, format: Format) -> float:
        """All right by chance: independent draws where answers serve twice, else without return."""
        pairs, rights = len(content.pairs), len(content.rights)
        ways = rights**pairs if content.reuse else perm(rights, pairs)
        return max(LEAST_CHANCE, 1 / ways)

    def chance_of(self, content: Matching, format: Format, score: float) -> float:
        pairs, rights = len(content.pairs), len(content.rights)
        groups = Counter(right for _, right in content.pairs)
        if content.reuse:
            shares = _shares(tuple(groups.values()), 1 / rights)
            found = sum(
                chance for mean, chance in shares.items() if _worth(mean, len(groups)) >= score - 1e-9
            )
        else:
            enough = (hits for hits in range(pairs + 1) if _worth(hits / pairs, pairs) >= score - 1e-9)
            found = sum(_ways(pairs, rights, hits) for hits in enough) / perm(rights, pairs)
        return max(LEAST_CHANCE, found)


def _shares(sizes: tuple[int, ...], hit: float) -> dict[float, float]:
    """By the mean over groups of the share matched, how likely it is where each entry hits by chance."""
    chances = {0.0: 1.0}
    for size in sizes:
        more: dict[float, float] = {}
        for mean, chance in chances.items():
            for hits in range(size + 1):
                share = round(mean + hits / size / len(sizes), 12)
                found = chance * comb(size, hits) * hit**hits * (1 - hit) ** (size - hits)
                more[share] = more.get(share, 0.0) + found
        chances = more
    return chances


def _ways(pairs: int, rights: int, hits: int) -> int:
    """In how many ways `pairs` entries get different ones of `rights` with just so many right: the others
    miss, counted by inclusion and exclusion."""
    others = pairs - hits
    misses: int = sum(
        (-1) ** n * comb(others, n) * perm(rights - hits - n, others - n) for n in range(others + 1)
    )
    return comb(pairs, hits) * misses


def _score(parts: tuple[Part, ...]) -> float:
    """The average over the right entries of the share matched, set so that chance and one entry for
    everything earn 0: of n entries one comes right by itself."""
    groups: dict[str, list[float]] = {}
    for part in parts:
        groups.setdefault(part.key, []).append(part.score)
    return _worth(sum(sum(scores) / len(scores) for scores in groups.values()) / len(groups), len(groups))


def _worth(mean: float, groups: int) -> float:
    chance = 1 / groups
    return max(0.0, (mean - chance) / (1 - chance)) if mean < 1 - 1e-9 else 1.0

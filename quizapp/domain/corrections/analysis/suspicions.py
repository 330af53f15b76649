"""What in a question's figures makes it worth a look, each with its reason in plain words.

A rule is a function from figures (and what is typical of the deck) to a reason, or "" where there is
none. Each holds back until chance alone would say so once in a hundred sound questions at most.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from quizapp.domain.corrections.analysis.certainty import SURE, by_chance, share
from quizapp.domain.corrections.analysis.figures import FOR_A_VERDICT, Figures
from quizapp.domain.language.translation import _

FOR_CHANCE = 20  # first answers, before they are compared with guessing
FOR_THIRDS = 8  # learners in each third
FOR_RECALL = 30  # later answers
FOR_TIMES = 20  # first answers
RARE = 0.005  # by chance, one way
RECALL_GAP = 0.10
SLOW, SLOW_MS = 3, 20_000  # times as long as the deck's questions, and at least so long
READ_MS = 100  # a word, at the very least (ten words a second)
LONGEST = 60  # characters of an option in a reason
NEW_ANSWERS = 30  # first answers after which a suspicion put aside is said again


class Suspicion(NamedTuple):
    """A rule's name and its reason."""

    rule: str
    reason: str


def suspicions(figures: Figures, typical_ms: float) -> tuple[Suspicion, ...]:
    """Everything worth a look, the gravest first. typical_ms: the middle of the deck's middle times."""
    found = (Suspicion(name, rule(figures, typical_ms)) for name, rule in RULES)
    return tuple(suspicion for suspicion in found if suspicion.reason)


def put_aside(answers: int, answers_then: int) -> bool:
    """Whether what a teacher put aside at so many first answers stays so."""
    return answers < answers_then + NEW_ANSWERS


def strongest_chose_another(figures: Figures, _typical_ms: float) -> str:
    """More of the strongest third chose one wrong option than a right one."""
    if figures.third < FOR_THIRDS:
        return ""
    right = max((option.strongest for option in figures.options if option.right), default=0)
    wrong = [option for option in figures.options if not option.right]
    most = max(wrong, key=lambda option: option.strongest, default=None)
    if most is None or most.strongest <= right or by_chance(most.strongest, right) > RARE:
        return ""
    return _(
        "{strongest} of the {third} students who know the deck best chose "
        "“{option}”, {right} the key. Is the key right?"
    ).format(
        strongest=most.strongest, third=figures.third, option=_short(most.text), right=right or _("none")
    )


def below_guessing(figures: Figures, _typical_ms: float) -> str:
    """Fewer right than guessing would give."""
    first = figures.first
    if (
        first.answers < FOR_CHANCE
        or share(first.score, first.answers, SURE)[1] >= first.chance / first.answers
    ):
        return ""
    return _(
        "{right} of {answers} were right the first time; guessing would give {guessed}. Is the key right?"
    ).format(right=_count(first.score), answers=first.answers, guessed=_count(first.chance))


def works_against(figures: Figures, _typical_ms: float) -> str:
    """Anyone who knows the rest well gets this wrong."""
    found = figures.discrimination
    if found is None or found.pairs < FOR_A_VERDICT or found.sure[1] >= 0:
        return ""
    return _(
        "Students who know the rest of the deck well get this wrong more often "
        "(correlation {correlation}, {students} students). Is the key right? Can it be read in two ways?"
    ).format(correlation=_signed(found.value), students=found.pairs)


def draws_the_strongest(figures: Figures, _typical_ms: float) -> str:
    """A wrong option that the strongest choose and the weakest do not."""
    if figures.third < FOR_THIRDS:
        return ""
    for option in figures.options:
        if option.right or option.strongest <= option.weakest:
            continue
        if by_chance(option.strongest, option.weakest) <= RARE:
            return _(
                "“{option}” was chosen by {strongest} of the {third} strongest "
                "students and by {weakest} of the weakest. Could it be right too?"
            ).format(
                option=_short(option.text),
                strongest=option.strongest,
                third=figures.third,
                weakest=option.weakest or _("none"),
            )
    return ""


def forgotten_sooner(figures: Figures, _typical_ms: float) -> str:
    """Later answers are right less often than predicted."""
    return _recall(figures, -1, _("Something in it may be misleading, or it asks two things at once."))


def remembered_longer(figures: Figures, _typical_ms: float) -> str:
    """Later answers are right more often than predicted."""
    return _recall(figures, 1, _("Its wording may give the answer away."))


def _recall(figures: Figures, sign: int, advice: str) -> str:
    recall = figures.recall
    if recall.answers < FOR_RECALL or recall.spread <= 0:
        return ""
    gap = sign * (recall.right - recall.expected)
    if gap < SURE * recall.spread**0.5 or gap / recall.answers < RECALL_GAP:
        return ""
    happened, promised = (round(100 * number / recall.answers) for number in (recall.right, recall.expected))
    return _("When it’s asked again, {happened} % are right; {promised} % were expected. {advice}").format(
        happened=happened, promised=promised, advice=advice
    )


def slow(figures: Figures, typical_ms: float) -> str:
    """It takes far longer than the deck's other questions."""
    time = figures.first.median_ms
    if figures.first.answers < FOR_TIMES or time < max(SLOW_MS, SLOW * typical_ms):
        return ""
    return _("Students take {time} over it; the deck's questions take {typical}. Is it hard to read?").format(
        time=_seconds(time), typical=_seconds(typical_ms)
    )


def unread(figures: Figures, _typical_ms: float) -> str:
    """It is answered sooner than it can be read (rapid guessing: S. L. Wise, X. Kong, Applied Measurement
    in Education 18, 2005)."""
    time = figures.first.median_ms
    if figures.first.answers < FOR_TIMES or not 0 < time < READ_MS * figures.words:
        return ""
    within, words = _seconds(time), figures.words
    return _(
        "Half of the students answer in less than {within}: sooner than its {words} words can be read."
    ).format(within=within, words=words)


def known_to_all(figures: Figures, _typical_ms: float) -> str:
    """Nearly everyone is right at the first meeting."""
    if share(figures.first.score, figures.first.answers, SURE)[0] < 0.9:
        return ""
    return _(
        "{right} of {answers} were right the first time: nearly everyone knows it already, or can tell "
        "from the question."
    ).format(right=_count(figures.first.score), answers=figures.first.answers)


Rule = Callable[[Figures, float], str]
RULES: tuple[tuple[str, Rule], ...] = (
    ("strongest-chose-another", strongest_chose_another),
    ("below-guessing", below_guessing),
    ("works-against", works_against),
    ("draws-the-strongest", draws_the_strongest),
    ("forgotten-sooner", forgotten_sooner),
    ("remembered-longer", remembered_longer),
    ("slow", slow),
    ("unread", unread),
    ("known-to-all", known_to_all),
)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def _count(number: float) -> str:
    """A sum of scores as a count: 7, or 7.5 where answers were partly right."""
    return f"{number:.1f}".removesuffix(".0")


def _signed(number: float) -> str:
    return f"{number:+.2f}".replace("-", "−")


def _seconds(milliseconds: float) -> str:
    seconds = milliseconds / 1000
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"

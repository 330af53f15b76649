"""Gaps, figures to fill in, and statements to judge: what is made from a statement as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from quizapp.domain.drafting import distractors
from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.sentences import figures, lexicon, standalone
from quizapp.domain.drafting.sentences.figures import Figure
from quizapp.domain.drafting.sentences.forms import of_name
from quizapp.domain.drafting.sentences.names import Named
from quizapp.domain.drafting.sentences.reading import Reading
from quizapp.domain.library.kinds.asking.figures import Numeric
from quizapp.domain.library.kinds.asking.gaps import Gap, GappedText, dump
from quizapp.domain.library.kinds.cloze import BLANK, Cloze
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.domain.sources.passages import Sentence

MOST_GAP_WORDS = 6


class Answer(NamedTuple):
    """Something in a sentence that can be asked for. wrong: for a choice, or to be put in its place."""

    text: str
    accept: tuple[str, ...]
    wrong: tuple[str, ...]
    figure: Figure | None = None


def proposals(reading: Reading, sentence: Sentence, statements: tuple[str, ...]) -> Iterator[Proposal]:
    """All that a sentence's statements allow; several wordings of one are all given."""
    answers = tuple(_answers(reading, sentence))
    for statement in statements:
        if reading.english and not standalone.stands_alone(statement, reading.people):
            continue
        for answer in answers:
            found = list(re.finditer(rf"(?<![\w$€£-]){re.escape(answer.text)}(?![\w%-])", statement))
            least = standalone.FEWEST_TELLING + (answer.figure is None)
            if len(found) != 1 or not standalone.tells(statement, answer.text, least):
                continue
            parts = statement[: found[0].start()], statement[found[0].end() :]
            if answer.figure and answer.figure.sort not in {"date", "year"}:
                yield from _numeric(sentence, answer.figure, *parts)
            else:
                yield _cloze(sentence, answer, *parts)
            yield from _statements(sentence, statement, answer, *parts)


def _answers(reading: Reading, sentence: Sentence) -> Iterator[Answer]:
    seen = set()
    for figure in reading.figured(sentence):
        wrong = figures.dressed(figure)
        yield Answer(figure.text, figures.other_order(figure), wrong, figure)
    if reading.nouns_have_capitals:
        return
    for named in reading.named(sentence):
        if named.mention.text not in seen and len(named.mention.text.split()) <= MOST_GAP_WORDS:
            seen.add(named.mention.text)
            yield _name(reading, sentence, named)


def _name(reading: Reading, sentence: Sentence, named: Named) -> Answer:
    entity, text = named.entity, named.mention.text
    return Answer(text, of_name(entity, text), distractors.for_entity(reading, entity, sentence))


# --- cloze -------------------------------------------------------------------------------------


def _cloze(sentence: Sentence, answer: Answer, before: str, after: str) -> Proposal:
    wrong = tuple(each for each in answer.wrong if _takes_the(each) == before.endswith("the "))
    if answer.figure is None and not standalone.tells_of_one(f"{before}{answer.text}{after}"):
        wrong = ()  # what is so in general may be so of others
    gap = Gap(answer.text, answer.accept, wrong if len(wrong) >= 2 else ())
    stem = dump(GappedText((before, f"{after}."), (gap,)))
    return Proposal(content=Cloze(stem=stem), sentence=sentence, form="gap", answer=answer.text)


# --- figures -----------------------------------------------------------------------------------


def _numeric(sentence: Sentence, figure: Figure, before: str, after: str) -> Iterator[Proposal]:
    stem = _how_many(figure, before, after) or f"Fill in the figure: {before}{BLANK}{after}."
    tolerance, reason = figures.tolerance(figure)
    wrong = figures.dressed(figure)
    content = Numeric(
        stem=stem,
        value=figure.value,
        unit=figure.unit,
        tolerance=tolerance,
        tolerance_reason=reason,
        distractors=wrong if len(wrong) >= 2 else (),
    )
    yield Proposal(content=content, sentence=sentence, form="figure", answer=figure.text)


def _how_many(figure: Figure, before: str, after: str) -> str:
    """“How many people died …?” where the figure is the subject."""
    if (
        figure.sort != "count"
        or before.strip() not in {"", figure.hedge.capitalize()}
        or not after.startswith(" ")
    ):
        return ""
    if not re.match(
        r" (?:were|had|have|are|can|could|live|work|lived|worked|died|fled|took|came|went|[a-z]+ed)\b", after
    ):
        return ""
    hedge = f", {figure.hedge} which figure," if before.strip() else ""
    return f"How many {figure.unit}{after}?" if not hedge else ""


# --- true or false -----------------------------------------------------------------------------


def _statements(
    sentence: Sentence, statement: str, answer: Answer, before: str, after: str
) -> Iterator[Proposal]:
    """The statement as it is and with something else in the answer's place; of a name only where the
    statement tells of one event, since what is so in general may be so of another, too."""
    wrong = [each for each in answer.wrong if _takes_the(each) == before.endswith("the ")]
    if not wrong or (answer.figure is None and not standalone.tells_of_one(statement)):
        return
    true = TrueFalse(stem=f"{statement}.", key=True)
    yield Proposal(content=true, sentence=sentence, form="true", answer=answer.text)
    chosen = wrong[len(statement) % len(wrong)]
    false = TrueFalse(stem=f"{before}{chosen}{after}.", key=False)
    yield Proposal(content=false, sentence=sentence, form="false", answer=answer.text, swapped=chosen)


def _takes_the(name: str) -> bool:
    return name in lexicon.WITH_ARTICLE

"""The one place that decides on a typed answer: each reading in turn, the refused forms first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.library.grading import lexicon, likeness, marks, slips, spelling, wording
from quizapp.domain.library.grading.forgiveness import MAY_BE_FORGIVEN
from quizapp.domain.library.grading.reading import (
    alternatives,
    amounts,
    dates,
    formulas,
    lists,
    names,
    peoples,
    persons,
    ranges,
    times,
)
from quizapp.domain.library.grading.reading.tokens import tokens
from quizapp.domain.library.grading.verdicts import (
    WRONG,
    Judgement,
    Question,
    Strictness,
    Verdict,
    in_order,
)

SPARE = 100  # characters by which an answer may be longer than two of the longest form
MOST_WORDS = 60  # of an answer that is read, not just compared letter by letter

# Reads one answer as one form in one way; what it took, or None where they differ.
Reader = Callable[["_Answer", str], set[Forgiven] | None]


class _Answer(NamedTuple):
    """An answer with what is needed to read it."""

    text: str
    question: Question
    code: str
    around: wording.Context


def decide(answer: str, question: Question) -> Judgement:
    """The verdict on an answer. A refused form or another option that is at least as close wins."""
    given = spelling.seen(answer)
    if not given:
        return WRONG
    if question.strictness is Strictness.EXACT:
        return _exact(given, question)
    code = lexicon.language(question.stem)
    near = (*question.refused, *question.others)
    found = spelling.closest(given, question.forms, code)
    against = spelling.closest(given, near, code)
    if found or against:
        closer = found and (not against or len(found.forgiven) <= len(against.forgiven))
        return Judgement(Verdict.RIGHT, found.form, found.forgiven) if found and closer else WRONG
    told_apart = any(spelling.told_apart(given, form, code) for form in question.forms)
    if told_apart or _is_endless(given, question):
        return WRONG
    around = wording.context(question.stem, question.forms, gap=question.gap)
    return _read(_Answer(given, question, code, around))


def _is_endless(given: str, question: Question) -> bool:
    """Whether an answer is so much longer than every form that reading it could tell nothing."""
    longest = max((len(form) for form in question.forms), default=0)
    return len(given) > SPARE + 2 * longest or len(given.split()) > MOST_WORDS


def _exact(given: str, question: Question) -> Judgement:
    forms = [form for form in question.forms if spelling.shown(form) == given]
    return Judgement(Verdict.RIGHT, forms[0]) if forms else WRONG


def _read(answer: _Answer) -> Judgement:
    question = answer.question
    allowed = MAY_BE_FORGIVEN[question.strictness]
    for reader in _READERS:
        if reader is _slip and (
            Forgiven.SLIP not in allowed or _first(_slip, answer, (*question.refused, *question.others))
        ):
            return WRONG
        if match := _first(reader, answer, question.forms):
            form, forgiven = match
            if forgiven - allowed or _taken(reader, answer):
                return WRONG
            certain = reader is not _slip or _is_certain(answer, form)
            return Judgement(Verdict.RIGHT if certain else Verdict.UNSURE, form, in_order(forgiven))
    if _is_literal(answer) or all(_contradicts(answer, form) for form in question.forms):
        return WRONG
    return likeness.judge(answer.text, question, answer.around)


def _first(reader: Reader, answer: _Answer, forms: Iterable[str]) -> tuple[str, set[Forgiven]] | None:
    return next(((form, took) for form in forms if (took := reader(answer, form)) is not None), None)


def _taken(reader: Reader, answer: _Answer) -> bool:
    """Whether a refused form or another option can be read in the answer in the same way."""
    question = answer.question
    alone = answer._replace(around=answer.around._replace(known=frozenset()))
    return _first(reader, alone, (*question.refused, *question.others)) is not None


def _is_literal(answer: _Answer) -> bool:
    """Whether all that could be right is a formula, a code or an amount, so that likeness means nothing."""
    if dates.contradict(answer.text, answer.question.forms):
        return True
    return marks.is_formal(answer.text) or all(
        marks.is_formal(form)
        or marks.is_code(form)
        or formulas.is_compound(spelling.shown(form))
        or amounts.amount(form) is not None
        for form in answer.question.forms
    )


def _contradicts(answer: _Answer, form: str) -> bool:
    """Whether an answer is of the form's own sort and another: another time, range, amount, country."""
    shown, stem = spelling.shown(form), answer.question.stem
    if ranges.is_bare(answer.text) and amounts.amount(shown) is not None:
        return True
    if ranges.same_range(answer.text, shown) is False and ranges.says_figures(answer.text):
        return True
    if times.is_time(shown, stem) and times.same_time(answer.text, shown) is False:
        return True
    return amounts.contradict(answer.text, shown) or peoples.other_country(answer.text, shown)


# --- the readings, in the order in which they are tried ---------------------------------------------


def _amount(answer: _Answer, form: str) -> set[Forgiven] | None:
    return amounts.same_amount(answer.text, spelling.shown(form))


def _formula(answer: _Answer, form: str) -> set[Forgiven] | None:
    if (value := formulas.value(form)) and amounts.same_amount(answer.text, value) is not None:
        return {Forgiven.OTHER_WORDS}
    return {Forgiven.NOTATION} if formulas.same_formula(answer.text, spelling.typed(form)) else None


def _range(answer: _Answer, form: str) -> set[Forgiven] | None:
    return {Forgiven.NUMBER_FORMAT} if ranges.same_range(answer.text, spelling.shown(form)) else None


def _time(answer: _Answer, form: str) -> set[Forgiven] | None:
    shown = spelling.shown(form)
    same = times.is_time(shown, answer.question.stem) and times.same_time(answer.text, shown)
    return {Forgiven.DATE_FORMAT} if same else None


def _acronym(answer: _Answer, form: str) -> set[Forgiven] | None:
    stem = answer.question.stem
    if marks.is_formal(form):
        return None
    short = names.is_acronym(answer.text, form, person=persons.asks_for_person(stem))
    return {Forgiven.NAME_FORMAT} if short and names.bare(answer.text) not in tokens(stem) else None


def _date(answer: _Answer, form: str) -> set[Forgiven] | None:
    return dates.same_date(answer.text, form, answer.question.stem, gap=answer.question.gap)


def _alternative(answer: _Answer, form: str) -> set[Forgiven] | None:
    if marks.is_formal(form):
        return None
    match = spelling.closest(answer.text, alternatives.of(form), answer.code)
    return None if match is None else {*match.forgiven, Forgiven.OTHER_WORDS}


def _several(answer: _Answer, form: str) -> set[Forgiven] | None:
    def agree(one: str, other: str) -> bool:
        return bool(spelling.closest(spelling.seen(one), (other,), answer.code)) or (
            amounts.same_amount(one, other) is not None
        )

    same = lists.same_entries(answer.text, form, answer.question.stem, agree)
    return {Forgiven.WORD_ORDER} if same else None


def _person(answer: _Answer, form: str) -> set[Forgiven] | None:
    stem = answer.question.stem
    if marks.is_formal(answer.text):
        return None
    if not (persons.asks_for_person(stem) or set(tokens(form)) & persons.TITLES):
        return None
    full = persons.asks_for_full_name(stem) or _shared_surname(answer, form)
    return {Forgiven.NAME_FORMAT} if persons.same_person(answer.text, form, full=full) else None


def _shared_surname(answer: _Answer, form: str) -> bool:
    """Whether someone else in the item has the same surname, or the stem gives it away."""
    surname = (persons.name(form) or ("",))[-1]
    others = [word for each in (*answer.question.refused, *answer.question.others) for word in tokens(each)]
    return surname in others or surname in tokens(answer.question.stem)


def _words(answer: _Answer, form: str) -> set[Forgiven] | None:
    if marks.is_formal(answer.text) or marks.is_formal(form) or marks.is_code(form):
        return None
    if _contradicts(answer, form):
        return None
    return wording.same_words(answer.text, form, answer.around)


def _slip(answer: _Answer, form: str) -> set[Forgiven] | None:
    if marks.is_formal(answer.text) or marks.is_formal(form) or amounts.amount(form):
        return None
    own = {*tokens(answer.question.stem), *(w for each in answer.question.others for w in tokens(each))}
    return (
        {Forgiven.SLIP} if slips.slipped_word(answer.text, spelling.shown(form), answer.code, own) else None
    )


def _is_certain(answer: _Answer, form: str) -> bool:
    """Whether a slip can be nothing else: within a name of several words it may be someone else's."""
    wanted = slips.slipped_word(answer.text, spelling.shown(form), answer.code)
    return " " not in form or lexicon.is_word(wanted, answer.code)


_READERS: tuple[Reader, ...] = (
    _amount,
    _formula,
    _date,
    _time,
    _range,
    _alternative,
    _several,
    _person,
    _acronym,
    _words,
    _slip,
)

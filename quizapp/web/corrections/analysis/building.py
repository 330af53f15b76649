"""Building the page on how a deck's questions do."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from quizapp.domain.corrections.analysis.figures import FOR_A_VERDICT, Discrimination, Figures
from quizapp.domain.language import markup
from quizapp.domain.language.text import percent, percents
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.sharing import Act
from quizapp.services.corrections.analysis import Analysed, analyse
from quizapp.storage.accounts.deck_rights import acts
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck
from quizapp.web.corrections.analysis.pages import FiguresPage, FiguresRow, OptionRow

VERDICTS = {
    Discrimination.TOO_FEW: ("", ""),
    Discrimination.AGAINST: (marked("works against"), "wrong"),
    Discrimination.WEAK: (marked("hardly tells strong from weak"), "partly"),
    Discrimination.UNSURE: (marked("not certain yet"), ""),
    Discrimination.GOOD: (marked("tells strong from weak"), "right"),
}

# What can be sorted by: heading, and the number of a question (None comes last).
COLUMNS: dict[str, tuple[str, Callable[[Analysed], float | None]]] = {
    "suspicions": (marked("Worth a look"), lambda each: float(len(each.suspicions)) or None),
    "answers": (marked("First answers"), lambda each: float(each.figures.first.answers)),
    "right": (marked("Right at first"), lambda each: each.figures.facility),
    "known": (marked("Knew it"), lambda each: each.figures.known),
    "discrimination": (marked("Agrees with the rest"), lambda each: _correlation(each.figures)),
    "time": (marked("Time"), lambda each: float(each.figures.first.median_ms) or None),
    "recall": (marked("On review"), lambda each: _gap(each.figures)),
}


def figures_page(session: Session, deck: Deck, teacher: Account, *, by: str, down: bool) -> FiguresPage:
    """A deck's questions, sorted by a column; by the weightiest suspicions where none is named."""
    by = by if by in COLUMNS else ""
    found = analyse(session, Deck.id == deck.id)
    value = COLUMNS[by or "suspicions"][1]
    found.sort(key=lambda each: _place(value(each), down=down or not by))
    allowed = acts(session, deck.id, teacher.id)
    shipped = deck.owner_id is None
    return FiguresPage(
        slug=deck.slug,
        deck_title=deck.title,
        rows=tuple(_row(each) for each in found),
        columns=tuple((name, heading) for name, (heading, _) in COLUMNS.items()),
        by=by,
        down=down,
        needed=FOR_A_VERDICT,
        editable=Act.EDIT in allowed,
        dismissible=Act.EDIT in allowed or (shipped and teacher.role == "admin"),
    )


def _place(value: float | None, *, down: bool) -> tuple[bool, float]:
    return (value is None, (-value if down else value) if value is not None else 0.0)


def _correlation(figures: Figures) -> float | None:
    found = figures.discrimination
    return found.value if found is not None else None


def _gap(figures: Figures) -> float | None:
    recall = figures.recall
    return (recall.right - recall.expected) / recall.answers if recall.answers else None


def _row(each: Analysed) -> FiguresRow:
    figures = each.figures
    verdict, tone = VERDICTS[figures.verdict]
    low, high = figures.likely_facility
    answered = figures.first.answers > 0
    return FiguresRow(
        item_id=each.item_id,
        headline=markup.plain(kind_of(each.content).headline(each.content)),
        answers=figures.first.answers,
        right=_percent(figures.facility),
        likely=percents(round(100 * low), round(100 * high)) if answered else "",
        known=_percent(figures.known),
        discrimination=_signed(figures),
        verdict=verdict,
        tone=tone,
        time=_time(figures.first.median_ms) if answered else "",
        recall=_recall(figures),
        options=tuple(
            OptionRow(
                text=use.text,
                right=use.right,
                chosen=use.chosen,
                strongest=use.strongest,
                weakest=use.weakest,
            )
            for use in figures.options
        ),
        thirds=figures.third,
        idle=figures.idle,
        reasons=tuple(suspicion.reason for suspicion in each.suspicions),
        aside=each.aside,
        earlier=each.earlier,
    )


def _percent(share: float | None) -> str:
    return percent(share) if share is not None else ""


def _signed(figures: Figures) -> str:
    found = figures.discrimination
    if found is None:
        return ""
    low, high = found.likely
    return (
        _("{value:+.2f} ({low:+.2f} to {high:+.2f})")
        .format(value=found.value, low=low, high=high)
        .replace("-", "−")
    )


def _time(milliseconds: int) -> str:
    return f"{milliseconds / 1000:.0f} s" if milliseconds >= 1_000 else _("under 1 s")


def _recall(figures: Figures) -> str:
    recall = figures.recall
    if not recall.answers:
        return ""
    happened, promised = (round(100 * number / recall.answers) for number in (recall.right, recall.expected))
    return _("{happened} % of {answers} ({promised} % expected)").format(
        happened=happened, answers=recall.answers, promised=promised
    )

"""Building the pages of a changed key, and the words in which students are told."""

from __future__ import annotations

from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.text import percent
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds import decode_response, kind_of
from quizapp.domain.library.kinds.base import Content, Response
from quizapp.domain.library.kinds.responses import in_words
from quizapp.services.corrections.dry_run import DryRun, dry_run
from quizapp.storage.corrections import claims
from quizapp.storage.corrections.claims import ToldGrade
from quizapp.storage.corrections.regrades import RegradeOfDeck
from quizapp.storage.library.tables import Item
from quizapp.web.corrections.regrading.pages import ChangedRow, DryRunPage, Foreseen, NoticeView, RegradePage

LONGEST_QUOTE = 80


def dry_run_page(session: Session, item: Item) -> DryRunPage:
    """What the item's present key would do to past answers."""
    assert item.version is not None
    content = item.version.content
    return DryRunPage(
        item_id=item.id,
        version_id=item.version.id,
        headline=headline_of(content),
        keys=keys_of(content),
        slug=item.deck.slug,
        deck_title=item.deck.title,
        foreseen=foreseen(dry_run(session, item, content)),
    )


def foreseen(run: DryRun) -> Foreseen:
    """A dry run as pages show it."""
    return Foreseen(
        answers=run.answers,
        students=run.learners,
        answers_changed=run.answers_changed,
        students_changed=run.learners_changed,
        rows=tuple(
            ChangedRow(
                answer=words_of(row.response),
                before=_worth(row.before),
                after=_worth(row.after),
                better=row.after > row.before,
                times=row.times,
                students=row.learners,
            )
            for row in run.changed
        ),
    )


def regrade_page(session: Session, row: RegradeOfDeck) -> RegradePage:
    """A regrade as it is (a row of `queries.regrade`)."""
    regrade = row.regrade
    return RegradePage(
        id=regrade.id,
        item_id=regrade.item_id,
        headline=headline_of(regrade.to_version.content),
        keys=keys_of(regrade.to_version.content),
        slug=row.slug,
        deck_title=row.deck_title,
        done=regrade.learners_done,
        students=regrade.learners,
        answers_changed=regrade.answers_changed,
        students_changed=regrade.learners_changed,
        claims=len(claims.accepted_by(session, regrade.id)),
        open_claims=claims.count_open_on(session, regrade.item_id) if regrade.undone_at is not None else 0,
        meaning=regrade.change == "meaning",
        finished=regrade.finished_at is not None,
        undone=regrade.undone_at is not None,
    )


def notices(session: Session, learner_id: int) -> tuple[NoticeView, ...]:
    """What a student is told of answers that were graded again, and of claims that were not accepted."""
    return tuple(
        NoticeView(
            text=_declined(row) if row.state == "declined" else _told(row),
            good=row.state != "declined" and row.gained >= row.lost,
            review=str(row.review or ""),
        )
        for row in claims.told(session, learner_id)
    )


def _declined(row: ToldGrade) -> str:
    answer, question = words_of(decode_response(row.response)), headline_of(row.content)
    word = _(" Your teacher says: {reply}").format(reply=quoted(row.reply)) if row.reply else ""
    return _("Your answer {answer} to {question} was reviewed; its grade stays as it is.{word}").format(
        answer=quoted(answer), question=quoted(question), word=word
    )


def _told(row: ToldGrade) -> str:
    answer = _("Your answer {answer}").format(answer=quoted(words_of(decode_response(row.response))))
    question = quoted(headline_of(row.content))
    others = row.gained + row.lost - 1
    if row.undone:
        return _(
            "{answer} to {question} has its original grade again: an earlier correction was undone."
        ).format(answer=answer, question=question)
    if row.gained < row.lost:
        return _("{answer} to {question} no longer counts: the answer key was corrected.").format(
            answer=answer, question=question
        )
    also = _(" So do {others} more of your answers to it.").format(others=others) if others else ""
    return _("{answer} to {question} now counts.{also}").format(answer=answer, question=question, also=also)


def headline_of(content: Content) -> str:
    """The question as lists show it."""
    return markup.plain(kind_of(content).headline(content))


def keys_of(content: Content) -> tuple[str, ...]:
    """What is right, and what else is accepted."""
    outline = kind_of(content).outline(content)
    return tuple(markup.plain(text) for text in (*outline.keys, *outline.accept))


def words_of(response: Response) -> str:
    """An answer on one line."""
    return " / ".join(markup.plain(text) for text in in_words(response))


def quoted(text: str) -> str:
    """A text in quotation marks, cut where it is long."""
    return f"“{text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1].rstrip() + '…'}”"


def _worth(score: float) -> str:
    if score >= 1:
        return _("Correct")
    return percent(score) if score > 0 else _("Incorrect")

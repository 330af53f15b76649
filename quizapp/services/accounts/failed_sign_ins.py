"""The log of failed sign-ins: an attempt is noted before it is looked at, so that guesses sent at the same
moment all count, and removed again when it was right.

It holds no name and no address, only keyed digests, and for a day at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from quizapp.domain.accounts.sign_in_delay import (
    FROM_EVERYWHERE,
    FROM_ONE_ADDRESS,
    FROM_ONE_AREA,
    FROM_ONE_PLACE,
    IN_ONE_BROWSER,
    SECOND_FACTOR,
    Rule,
    Tally,
    ready_at,
)
from quizapp.storage.accounts.tables import FailedSignIn
from quizapp.storage.upserts import lock_text

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Attempt:
    """Digests of whose door is tried (also of a name that no one has), and from where. address: of the
    network, or of the account that the browser has been signed in to before; area: of the tried account
    and the address; browser: of the browser there; place: of the tried account and the browser. known: the
    browser has been signed in to the tried account before. second: the door is the second factor's,
    behind the password."""

    who: str
    place: str
    area: str
    address: str
    browser: str
    known: bool = False
    second: bool = False


def begin(session: Session, attempt: Attempt, *, now: datetime) -> datetime | None:
    """Note an attempt, to be committed before it is looked at. None where it may be; else when, and
    nothing is noted."""
    lock_text(session, attempt.who)
    waiting = ready_at(_tallies(session, attempt, now), now)
    if waiting is None:
        row = FailedSignIn(at=now, who=attempt.who, place=attempt.place, known=attempt.known)
        row.area, row.address, row.browser = attempt.area, attempt.address, attempt.browser
        session.add(row)
        session.flush()
        session.execute(delete(FailedSignIn).where(FailedSignIn.at < now - KEPT))
    return waiting


def succeed(session: Session, attempt: Attempt) -> None:
    """It was right: forget it, and what failed for the account from this place."""
    mine = [FailedSignIn.who == attempt.who]
    if not attempt.second:
        mine.append(FailedSignIn.place == attempt.place)
    session.execute(delete(FailedSignIn).where(*mine))


def _tallies(session: Session, attempt: Attempt, now: datetime) -> list[tuple[Rule, Tally]]:
    who, unknown = FailedSignIn.who == attempt.who, FailedSignIn.known.is_(False)
    if attempt.second:
        return [(SECOND_FACTOR, _tally(session, SECOND_FACTOR, now, who))]
    found = [(FROM_ONE_PLACE, _tally(session, FROM_ONE_PLACE, now, who, FailedSignIn.place == attempt.place))]
    if not attempt.known:
        names, areas = FailedSignIn.who, FailedSignIn.area
        area, address = areas == attempt.area, FailedSignIn.address == attempt.address
        browser = FailedSignIn.browser == attempt.browser
        found += [
            (FROM_ONE_AREA, _tally(session, FROM_ONE_AREA, now, who, area, unknown)),
            (IN_ONE_BROWSER, _tally(session, IN_ONE_BROWSER, now, address, browser, unknown, of=names)),
            (FROM_EVERYWHERE, _tally(session, FROM_EVERYWHERE, now, who, unknown, of=areas)),
            (FROM_ONE_ADDRESS, _tally(session, FROM_ONE_ADDRESS, now, address, unknown, of=names)),
        ]
    return found


def _tally(
    session: Session,
    rule: Rule,
    now: datetime,
    *where: ColumnElement[bool],
    of: InstrumentedAttribute[str] | None = None,
) -> Tally:
    """of: what is counted, each once; None: the attempts."""
    count = func.count(of.distinct()) if of is not None else func.count()
    query = select(count, func.max(FailedSignIn.at)).where(FailedSignIn.at > now - rule.window, *where)
    row = session.execute(query).one()
    return Tally(row[0], row[1])

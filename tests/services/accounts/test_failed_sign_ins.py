"""Failed sign-ins are counted by account, place and address; no one is locked out by others."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizapp.domain.accounts.sign_in_delay import (
    FROM_EVERYWHERE,
    FROM_ONE_ADDRESS,
    FROM_ONE_AREA,
    FROM_ONE_PLACE,
    IN_ONE_BROWSER,
    SECOND_FACTOR,
)
from quizapp.services.accounts.failed_sign_ins import Attempt, begin, succeed
from quizapp.storage.accounts.tables import FailedSignIn
from tests.factories import NOW

SECOND = timedelta(seconds=1)


def attempt(who: str, where: str, browser: str = "", *, known: bool = False) -> Attempt:
    """An attempt in a browser at an address."""
    place = f"{browser}@{where}"
    return Attempt(who, f"{who} in {place}", f"{who} from {where}", where, place, known=known)


ADA = attempt("ada", "home")


def rows(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(FailedSignIn))


def fail(session: Session, attempt: Attempt, times: int, now: datetime = NOW) -> datetime:
    """Failures one after another, as fast as the waits allow; when the last was."""
    for _ in range(times):
        while (ready := begin(session, attempt, now=now)) is not None:
            now = ready
    return now


def test_what_fails_from_one_place_waits_there_and_nowhere_else(session: Session) -> None:
    for _ in range(FROM_ONE_PLACE.free):
        assert begin(session, ADA, now=NOW) is None
    assert begin(session, ADA, now=NOW) == NOW + 5 * SECOND
    assert rows(session) == FROM_ONE_PLACE.free, "what has to wait is not counted"
    assert begin(session, attempt("ada", "school"), now=NOW) is None
    assert begin(session, attempt("ida", "home"), now=NOW) is None
    assert begin(session, ADA, now=NOW + 5 * SECOND) is None


def test_a_right_password_forgets_the_wrong_ones_from_there(session: Session) -> None:
    fail(session, ADA, FROM_ONE_PLACE.free)
    begin(session, attempt("ada", "school"), now=NOW)
    succeed(session, ADA)
    assert rows(session) == 1
    assert begin(session, ADA, now=NOW) is None


def test_many_addresses_are_slowed_to_one_guess_a_minute_and_a_known_browser_not_at_all(
    session: Session,
) -> None:
    for number in range(60):
        fail(session, attempt("ada", f"address {number}"), 1, NOW + number * 60 * SECOND)
    now = NOW + 60 * 60 * SECOND
    assert begin(session, attempt("ada", "new"), now=now) is None
    assert begin(session, attempt("ada", "newer"), now=now) == now + FROM_EVERYWHERE.longest
    known = attempt("ada", "new", "her own", known=True)
    for _ in range(FROM_ONE_PLACE.free):
        assert begin(session, known, now=now) is None
    assert begin(session, known, now=now), "a known browser waits for its own mistakes"


def test_a_hundred_wrong_passwords_from_one_machine_keep_no_one_out_elsewhere_nor_long_beside_it(
    session: Session,
) -> None:
    """The machine takes a new browser each time, and tries as often as it may."""
    now = NOW
    for number in range(100):
        now = fail(session, attempt("ada", "school", f"browser {number}"), 1, now)
    assert begin(session, attempt("ada", "school", "hers", known=True), now=now) is None
    assert begin(session, attempt("ada", "home"), now=now) is None
    ready = begin(session, attempt("ada", "school", "another"), now=now)
    assert ready is not None
    assert ready - now <= FROM_ONE_AREA.longest
    assert begin(session, attempt("ada", "school", "another"), now=ready) is None
    assert begin(session, attempt("ida", "school", "another"), now=now) is None, "and no classmate waits"


def test_a_hundred_wrong_passwords_in_one_browser_hold_up_that_browser_alone(session: Session) -> None:
    now = NOW
    for _ in range(100):
        if begin(session, attempt("ada", "school", "a classmate's"), now=now) is None:
            continue
        now += SECOND / 10
    assert begin(session, attempt("ada", "school", "new"), now=now) is None


def test_a_hundred_wrong_names_from_one_machine_keep_no_one_out(session: Session) -> None:
    for number in range(100):
        begin(session, attempt(f"name {number}", "school", "a classmate's"), now=NOW)
    assert rows(session) == IN_ONE_BROWSER.free
    for number in range(100):  # with cookies thrown away
        assert begin(session, attempt(f"other {number}", "school", f"browser {number}"), now=NOW) is None
    for number in range(22):
        right = attempt(f"pupil {number}", "school", f"phone {number}")
        assert begin(session, right, now=NOW) is None
        succeed(session, right)


def test_one_password_on_many_names_is_slowed_by_address(session: Session) -> None:
    for number in range(FROM_ONE_ADDRESS.free):
        assert begin(session, attempt(f"pupil {number}", "school", f"browser {number}"), now=NOW) is None
    next_one = attempt("pupil x", "school", "one more")
    assert begin(session, next_one, now=NOW) == NOW + 3 * SECOND
    assert begin(session, replace(next_one, known=True), now=NOW) is None
    assert begin(session, attempt("pupil x", "home"), now=NOW) is None


def test_one_pupil_who_mistypes_a_hundred_times_slows_no_other(session: Session) -> None:
    last = fail(session, ADA, 100)
    assert begin(session, attempt("ida", "home"), now=last) is None


def test_the_second_factor_waits_longer_and_from_everywhere(session: Session) -> None:
    second = replace(attempt("second ada", "x"), second=True)
    for number in range(SECOND_FACTOR.free):
        assert begin(session, replace(second, place=str(number), address=str(number)), now=NOW) is None
    assert begin(session, second, now=NOW) == NOW + SECOND_FACTOR.first
    succeed(session, second)
    assert begin(session, second, now=NOW) is None


def test_failures_are_kept_for_a_day(session: Session) -> None:
    fail(session, ADA, 3)
    begin(session, replace(ADA, who="x"), now=NOW + timedelta(days=1, seconds=1))
    assert rows(session) == 1


def test_guesses_at_once_are_all_counted(engine: Engine, session: Session) -> None:
    def guess(number: int) -> bool:
        with Session(engine) as own, own.begin():
            return begin(own, ADA, now=NOW) is None

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(guess, range(12))) == FROM_ONE_PLACE.free
    assert rows(session) == FROM_ONE_PLACE.free

"""Codes of an app and recovery codes: right once, near in time, and never twice."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quizapp.services.accounts import challenges, second_factor
from quizapp.services.accounts.encryption import Sealer
from quizapp.storage.accounts.tables import Account, CodeApp, RecoveryCode
from tests.factories import NOW
from tests.world import person

STEP = timedelta(seconds=second_factor.STEP)
SEALER = Sealer("the site's key", "codes")


@pytest.fixture
def vera(session: Session) -> Account:
    return person(session, "teacher", name="Ms Vera", now=NOW)


def code(session: Session, account: Account, at=NOW) -> str:
    return pyotp.TOTP(second_factor.secret_of(session.get_one(CodeApp, account.id), SEALER)).at(at)


@pytest.fixture
def recovery(session: Session, vera: Account) -> list[str]:
    """Vera's recovery codes; her app was set up an hour ago."""
    before = NOW - timedelta(hours=1)
    second_factor.begin_app(session, vera, SEALER, now=before)
    codes = second_factor.confirm_app(session, vera, code(session, vera, before), SEALER, now=before)
    assert codes is not None
    return codes


def test_an_app_counts_when_a_code_has_shown_that_it_works(session: Session, vera: Account) -> None:
    second_factor.begin_app(session, vera, SEALER, now=NOW)
    assert not second_factor.has_any(session, vera)
    assert not second_factor.use(session, vera, code(session, vera), SEALER, now=NOW)
    assert second_factor.confirm_app(session, vera, "000000", SEALER, now=NOW) is None
    assert len(second_factor.confirm_app(session, vera, code(session, vera), SEALER, now=NOW)) == 10
    assert second_factor.has_any(session, vera)


def test_beginning_again_makes_another_secret_until_it_is_confirmed(session: Session, vera: Account) -> None:
    second_factor.begin_app(session, vera, SEALER, now=NOW)
    first = code(session, vera)
    second_factor.begin_app(session, vera, SEALER, now=NOW)
    assert second_factor.confirm_app(session, vera, first, SEALER, now=NOW) is None
    second_factor.confirm_app(session, vera, code(session, vera), SEALER, now=NOW)
    secret = second_factor.code_app(session, vera).secret
    second_factor.begin_app(session, vera, SEALER, now=NOW)
    assert second_factor.code_app(session, vera).secret == secret, "what is in use stays"


def test_a_code_works_once_and_none_before_it(session: Session, vera: Account, recovery: list[str]) -> None:
    now_code, last = code(session, vera), code(session, vera, NOW - STEP)
    assert second_factor.use(session, vera, f" {now_code[:3]} {now_code[3:]} ", SEALER, now=NOW)
    assert not second_factor.use(session, vera, now_code, SEALER, now=NOW)
    assert not second_factor.use(session, vera, last, SEALER, now=NOW)
    assert second_factor.use(session, vera, code(session, vera, NOW + STEP), SEALER, now=NOW + STEP)


@pytest.mark.parametrize(("off", "right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(
    session: Session, vera: Account, recovery: list[str], off: int, right: bool
) -> None:
    assert second_factor.use(session, vera, code(session, vera, NOW + off * STEP), SEALER, now=NOW) is right


@pytest.mark.parametrize(
    "typed", ["", "abc", "12345", "1234567", "²²²²²²", "\x00", "x" * 1_000, "\u202e12345"]
)
def test_what_is_no_code_is_just_wrong(
    session: Session, vera: Account, recovery: list[str], typed: str
) -> None:
    assert not second_factor.use(session, vera, typed, SEALER, now=NOW)


def test_ten_recovery_codes_each_work_once(session: Session, vera: Account, recovery: list[str]) -> None:
    assert len(set(recovery)) == 10
    for left, each in enumerate(reversed(recovery)):
        assert second_factor.recovery_codes_left(session, vera) == 10 - left
        assert second_factor.use(session, vera, each.lower().replace("-", " "), SEALER, now=NOW)
        assert not second_factor.use(session, vera, each, SEALER, now=NOW)


def test_no_recovery_code_is_stored_and_none_serves_another(
    session: Session, vera: Account, recovery: list[str]
) -> None:
    stored = set(session.scalars(select(RecoveryCode.digest)))
    assert not stored & {each.replace("-", "") for each in recovery}
    bell = person(session, "teacher", name="Mr Bell", now=NOW)
    assert not second_factor.use(session, bell, recovery[0], SEALER, now=NOW)


def test_fresh_recovery_codes_end_the_old_ones(session: Session, vera: Account, recovery: list[str]) -> None:
    fresh = second_factor.new_recovery_codes(session, vera)
    assert not second_factor.use(session, vera, recovery[0], SEALER, now=NOW)
    assert second_factor.use(session, vera, fresh[0], SEALER, now=NOW)


def test_of_two_who_use_one_code_at_once_one_gets_in(
    engine: Engine, session: Session, vera: Account, recovery: list[str]
) -> None:
    typed = code(session, vera)
    session.commit()

    def enter(text: str) -> bool:
        with Session(engine) as own, own.begin():
            return second_factor.use(own, own.get_one(Account, vera.id), text, SEALER, now=NOW)

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(enter, [typed] * 4)) == 1
        assert sum(threads.map(enter, [recovery[0]] * 4)) == 1


def test_taking_it_off_leaves_the_password(session: Session, vera: Account, recovery: list[str]) -> None:
    second_factor.remove_all(session, vera)
    assert not second_factor.has_any(session, vera)
    assert not second_factor.use(session, vera, recovery[0], SEALER, now=NOW)


def test_a_step_is_taken_once_in_ten_minutes_and_for_its_purpose(session: Session, vera: Account) -> None:
    token, secret = challenges.make(session, "second", vera, now=NOW)
    assert challenges.take(session, "register", token, now=NOW) is None
    assert challenges.take(session, "second", token + "x", now=NOW) is None
    assert challenges.look(session, "second", token, now=NOW + challenges.LIVES) is None
    taken = challenges.take(session, "second", token, now=NOW)
    assert (taken.account_id, taken.secret) == (vera.id, secret)
    assert challenges.take(session, "second", token, now=NOW) is None


def test_the_secret_is_sealed_in_the_database(session: Session, vera: Account) -> None:
    second_factor.begin_app(session, vera, SEALER, now=NOW)
    app = session.get_one(CodeApp, vera.id)
    assert len(second_factor.secret_of(app, SEALER)) == second_factor.UNSEALED_LENGTH
    assert second_factor.secret_of(app, SEALER) not in app.secret


def test_when_the_sites_key_is_lost_recovery_codes_work_still(
    session: Session, vera: Account, recovery: list[str]
) -> None:
    lost = Sealer("another key", "codes")
    assert not second_factor.use(session, vera, code(session, vera), lost, now=NOW)
    assert second_factor.use(session, vera, recovery[0], lost, now=NOW)


def test_a_secret_from_before_sealing_works_still(
    session: Session, vera: Account, recovery: list[str]
) -> None:
    assert recovery
    app = session.get_one(CodeApp, vera.id)
    app.secret = pyotp.random_base32()
    session.flush()
    assert second_factor.use(session, vera, pyotp.TOTP(app.secret).at(NOW), SEALER, now=NOW)

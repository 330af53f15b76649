"""Passwords: hashed as OWASP asks, checked as slowly for nobody as for somebody."""

from __future__ import annotations

import time

import pytest

from quizapp.services.passwords import hash_password, matches

PASSWORD = "correct horse battery staple"


def test_a_password_fits_its_own_hash_and_no_other() -> None:
    stored = hash_password(PASSWORD)
    assert matches(stored, PASSWORD)
    assert not matches(stored, PASSWORD + " ")
    assert not matches(stored, PASSWORD.upper())
    assert not matches(stored, "")


def test_the_hash_is_argon2id_with_19_mib_and_two_passes_and_its_own_salt() -> None:
    one, other = hash_password(PASSWORD), hash_password(PASSWORD)
    assert one.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert one != other
    assert PASSWORD not in one
    assert len(one) < 300  # fits its column


@pytest.mark.parametrize(
    "password", ["ключ от замка", "密码密码密码密码", "x" * 200, "a\x00b" * 3, "👩‍👩‍👧" * 8]
)
def test_any_characters_make_a_password(password: str) -> None:
    assert matches(hash_password(password), password)


@pytest.mark.parametrize("stored", [None, "", "plain text", "$argon2id$v=19$broken"])
def test_without_a_usable_hash_nothing_fits(stored: str | None) -> None:
    assert not matches(stored, PASSWORD)
    assert not matches(stored, "a password that nobody has")


def test_nobody_takes_as_long_as_somebody() -> None:
    """A name that is not there must not be told by the time it takes; measured as the best of five."""
    stored = hash_password(PASSWORD)
    matches(None, PASSWORD)  # its hash is made once

    def cost(password_hash: str | None) -> float:
        return min(timed(password_hash) for _ in range(5))

    def timed(password_hash: str | None) -> float:
        start = time.process_time()
        matches(password_hash, "wrong")
        return time.process_time() - start

    assert cost(None) > cost(stored) / 2

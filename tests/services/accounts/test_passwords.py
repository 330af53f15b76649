"""Passwords: hashed as OWASP asks, checked as slowly for no one as for someone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import extract_parameters

from quizapp.services.accounts import passwords
from quizapp.services.accounts.passwords import hash_password, matches
from tests.once import REAL_HASHER

PASSWORD = "correct horse battery staple"


class Watched:
    """The hasher that serves, and the hashes it was given to check."""

    hash = staticmethod(REAL_HASHER.hash)

    def __init__(self) -> None:
        self.checked: list[str] = []

    def verify(self, password_hash: str, password: str) -> bool:
        self.checked.append(password_hash)
        return REAL_HASHER.verify(password_hash, password)


@pytest.fixture(autouse=True)
def hasher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """These tests hash at the full price; all others use a cheap hasher."""
    watched = Watched()
    monkeypatch.setattr(passwords, "_hasher", watched)
    passwords._nobody.cache_clear()
    yield watched
    passwords._nobody.cache_clear()


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


def test_for_no_one_the_same_work_is_done_as_for_someone(hasher: Watched) -> None:
    """A name that is not there must not be told by the time it takes."""
    stored = hash_password(PASSWORD)
    matches(None, PASSWORD)  # its hash is made once
    hasher.checked.clear()
    for password_hash in (stored, None):
        assert not matches(password_hash, "wrong")
    somebody, nobody = map(extract_parameters, hasher.checked)
    assert somebody == nobody

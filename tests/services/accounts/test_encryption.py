"""What is sealed opens here, for its purpose, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.services.accounts.encryption import Sealer

SEALER = Sealer("the site's key", "models")


@given(st.text(max_size=200))
def test_what_is_sealed_opens_again_and_shows_nothing(text: str) -> None:
    sealed = SEALER.seal(text)
    assert SEALER.open(sealed) == text
    assert len(text) < 4 or text not in sealed
    assert sealed != SEALER.seal(text)


@pytest.mark.parametrize(
    "other", [Sealer("another key", "models"), Sealer("the site's key", "codes"), Sealer(b"", "models")]
)
def test_another_site_and_another_purpose_open_nothing(other: Sealer) -> None:
    assert other.open(SEALER.seal("s3cret")) is None


@pytest.mark.parametrize("sealed", ["", "s3cret", "gAAAAA", "ü"])
def test_what_was_never_sealed_opens_as_nothing(sealed: str) -> None:
    assert SEALER.open(sealed) is None


def test_what_was_changed_opens_as_nothing() -> None:
    sealed = SEALER.seal("s3cret")
    assert SEALER.open(sealed[:-8] + "AAAAAA" + sealed[-2:]) is None

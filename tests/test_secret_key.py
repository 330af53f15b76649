"""The key file: made once by whoever is first, refused when it is short, and on the disk before it has its name."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from quizapp.secret_key import is_whole, secret_key
from quizapp.settings import SettingsError


def test_the_first_start_makes_a_key_and_the_next_finds_it(tmp_path: Path) -> None:
    key = secret_key(tmp_path / "data")
    assert len(key) == 32
    assert secret_key(tmp_path / "data") == key
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["secret_key"]
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_workers_that_start_together_agree(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        assert len({pool.submit(secret_key, tmp_path).result() for _ in range(4)}) == 1


@pytest.mark.parametrize("held", [b"", b"abc", b"x" * 31])
def test_a_key_that_is_cut_short_is_refused_with_a_remedy(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "secret_key").write_bytes(held)
    with pytest.raises(SettingsError, match=rf"{len(held)} bytes where 32 are needed\. Bring the file back"):
        secret_key(tmp_path)
    assert (tmp_path / "secret_key").read_bytes() == held


def test_a_key_is_on_the_disk_before_it_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    order = []
    for name in ("fsync", "link"):
        done = getattr(os, name)
        monkeypatch.setattr(os, name, lambda *a, name=name, done=done: (order.append(name), done(*a))[1])
    secret_key(tmp_path)
    assert order == ["fsync", "link"]


def test_whether_the_key_in_use_is_still_in_its_file(tmp_path: Path) -> None:
    key = secret_key(tmp_path)
    assert is_whole(tmp_path, key)
    (tmp_path / "secret_key").write_bytes(b"")
    assert not is_whole(tmp_path, key)
    (tmp_path / "secret_key").unlink()
    assert not is_whole(tmp_path, key)


def test_a_key_that_cannot_be_read_is_told_with_a_remedy(tmp_path: Path) -> None:
    (tmp_path / "secret_key").mkdir()
    with pytest.raises(SettingsError, match=r"cannot be made or read: .* written to"):
        secret_key(tmp_path)

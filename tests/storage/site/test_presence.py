"""Whether a server runs on a data folder."""

from __future__ import annotations

from pathlib import Path

from quizapp.storage.site.presence import alone, is_served, present


def test_who_serves_is_seen_until_the_end(tmp_path: Path) -> None:
    assert not is_served(tmp_path)
    with present(tmp_path), present(tmp_path):
        assert is_served(tmp_path)
        with alone(tmp_path) as nobody:
            assert not nobody
    assert not is_served(tmp_path)
    with alone(tmp_path) as nobody:
        assert nobody

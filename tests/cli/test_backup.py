"""`quizapp backup` while a server works, and `quizapp restore` after it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from quizapp.storage.engine import open_engine
from quizapp.storage.site import portable
from quizapp.storage.study.tables import Review
from tests.durability.conftest import Clients
from tests.serving import Server, quizapp

pytestmark = pytest.mark.slow


def figures(database: Path) -> dict[str, portable.Figures]:
    engine = open_engine(f"sqlite:///{database}")
    with engine.connect() as connection:
        found = portable.figures(connection)
    engine.dispose()
    return found


def test_what_was_answered_before_a_backup_is_in_it_and_the_restored_site_goes_on(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", new_per_day=1000)
    clients = Clients(server, tmp_path)
    restored = Server(tmp_path / "restored", new_per_day=1000)
    try:
        server.start()
        clients.start(2)
        clients.wait_for(5)
        acknowledged = clients.acknowledged()
        made = quizapp(server.folder, "backup", tmp_path / "site.zip")
        assert made.returncode == 0, made.stderr
        assert re.search(r"site\.zip: [\d,]+ bytes, [\d,]+ rows in \d+ tables", made.stdout)
        refused = quizapp(server.folder, "restore", tmp_path / "site.zip", "--replace")
        assert (refused.returncode, "A server runs" in refused.stderr) == (1, True)
        clients.finish()
        server.stop()
        done = quizapp(restored.folder, "restore", tmp_path / "site.zip")
        assert (done.returncode, "Restored the site of" in done.stdout) == (0, True), done.stderr
        engine = open_engine(f"sqlite:///{restored.database}")
        with engine.connect() as connection:
            stored = {str(id) for id in connection.scalars(select(Review.id))}
            assert acknowledged <= stored <= clients.acknowledged()
            before = connection.scalar(select(func.count()).select_from(Review))
        engine.dispose()
        restored.start()
        assert figures(restored.database)["review"].rows == before
    finally:
        clients.close()
        for each in (server, restored):
            if each.process is not None:
                each.kill()


def test_a_site_with_accounts_is_not_overwritten(tmp_path: Path) -> None:
    server = Server(tmp_path / "data")
    try:
        server.start()
        Clients(server, tmp_path).guest()
    finally:
        server.stop()
    assert quizapp(server.folder, "backup", tmp_path / "site.zip").returncode == 0
    before = figures(server.database)
    refused = quizapp(server.folder, "restore", tmp_path / "site.zip")
    assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
    assert figures(server.database) == before
    done = quizapp(server.folder, "restore", tmp_path / "site.zip", "--replace")
    assert (done.returncode, "The old site is kept as" in done.stdout) == (0, True), done.stderr
    assert figures(server.database) == before
    (tmp_path / "foreign.zip").write_bytes(b"PK\x05\x06" + b"\0" * 18)
    foreign = quizapp(server.folder, "restore", tmp_path / "foreign.zip", "--replace")
    assert (foreign.returncode, "isn't a Quizapp backup" in foreign.stderr) == (1, True)
    assert figures(server.database) == before

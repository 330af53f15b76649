"""A server to be killed, and learners' clients that keep their own lists of what was acknowledged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Engine

from quizapp.storage.engine import open_engine
from tests.serving import PATIENCE, Server

HERE = Path(__file__).parent


class Clients:
    """Client processes that answer questions of one server, each with its own list."""

    def __init__(self, server: Server, folder: Path) -> None:
        self.server, self.folder, self.stop_file = server, folder, folder / "stop"
        self.processes: list[subprocess.Popen[str]] = []

    def start(self, count: int, cookie: str = "") -> None:
        for _ in range(count):
            listed = self.folder / f"acknowledged-{len(self.processes)}"
            arguments = (str(self.server.port), str(self.stop_file), str(listed), cookie)
            command = [sys.executable, str(HERE / "client.py"), *filter(None, arguments)]
            self.processes.append(
                subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            )

    def guest(self) -> str:
        """The cookie of a new guest."""
        code = (
            "import client, sys; c = client.Client(int(sys.argv[1])); c.begin(); print(c.cookies['quizapp'])"
        )
        command = [sys.executable, "-c", code, str(self.server.port)]
        return f"quizapp={subprocess.check_output(command, cwd=HERE, text=True).strip()}"

    def wait_for(self, answers: int) -> None:
        """Until each client has this many answers acknowledged."""
        end = time.monotonic() + PATIENCE
        while min(map(len, self.lists()), default=0) < answers or len(self.lists()) < len(self.processes):
            assert time.monotonic() < end, self.lists()
            for process in self.processes:
                assert process.poll() is None, process.communicate()[0]
            time.sleep(0.05)

    def wait_for_more_than(self, answers: int) -> None:
        """Until all of them together have more answers acknowledged."""
        end = time.monotonic() + PATIENCE
        while len(self.acknowledged()) <= answers:
            assert time.monotonic() < end, self.lists()
            time.sleep(0.02)

    def finish(self) -> int:
        """Let each finish the answer it is at; how often they had to send something again, in all."""
        self.stop_file.touch()
        said = [process.communicate(timeout=PATIENCE)[0] for process in self.processes]
        assert all(process.returncode == 0 for process in self.processes), said
        return sum(int(text.removeprefix("retries ")) for text in said)

    def lists(self) -> list[list[tuple[str, bool]]]:
        """Each client's acknowledged answers: the id it is stored under, and whether it was before."""
        found = []
        for path in sorted(self.folder.glob("acknowledged-*")):
            lines = [line.split() for line in path.read_text("utf-8").splitlines()]
            found.append([(line[0], len(line) > 1) for line in lines])
        return found

    def acknowledged(self) -> set[str]:
        return {review for listed in self.lists() for review, _ in listed}

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()


class QuickServer(Server):
    """A server started from a process that has everything loaded already (`starter.py`)."""

    starter: subprocess.Popen[str] | None = None
    leader = 0

    def begin(self) -> None:
        if self.starter is None:
            with self.log.open("ab") as log:
                self.starter = subprocess.Popen(
                    [sys.executable, str(HERE / "starter.py")],
                    env=self.environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                )
        assert self.starter.stdin is not None
        assert self.starter.stdout is not None
        self.starter.stdin.write("start\n")
        self.starter.stdin.flush()
        self.leader = int(self.starter.stdout.readline())

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.leader, signal.SIGKILL)

    def close(self) -> None:
        self.kill()
        if self.starter is not None:
            self.starter.communicate(timeout=PATIENCE)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server not yet started; it may serve as many new items a day as one likes."""
    made = Server(tmp_path / "data", workers=2, new_per_day=1000)
    yield made
    if made.process is not None:
        made.kill()


@pytest.fixture
def quick_server(server: Server) -> Iterator[QuickServer]:
    """The same server started in no time; the database must be there already."""
    made = QuickServer(server.folder, workers=2, new_per_day=1000)
    yield made
    made.close()


@pytest.fixture
def clients(server: Server, tmp_path: Path) -> Iterator[Clients]:
    made = Clients(server, tmp_path)
    yield made
    made.close()


@pytest.fixture
def stored(server: Server) -> Iterator[Engine]:
    """The server's database, read beside it or after it."""
    engine = open_engine(f"sqlite:///{server.database}")
    yield engine
    engine.dispose()

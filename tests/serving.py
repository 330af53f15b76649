"""Real servers for tests: `quizapp serve` as processes of their own, each on a free port with its own data."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVE = (sys.executable, "-m", "quizapp", "serve")
PATIENCE = 240.0  # seconds until a start counts as failed: a guard against hanging, for a very busy machine


def free_port() -> int:
    """A port that nothing listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def environment(folder: Path, **settings: object) -> dict[str, str]:
    """The environment with only these settings; `new_per_day=5` is QUIZAPP_NEW_PER_DAY."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUIZAPP_")}
    wanted = {"data_dir": folder, **settings}
    return kept | {f"QUIZAPP_{name.upper()}": str(value) for name, value in wanted.items()}


def quizapp(folder: Path, *arguments: str | Path, **settings: object) -> subprocess.CompletedProcess[str]:
    """Run one command of the program to its end."""
    return subprocess.run(
        [sys.executable, "-m", "quizapp", *map(str, arguments)],
        cwd=ROOT,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@cache
def begun() -> Path:
    """A data folder in which the database has been made and the bank loaded, once for all tests of a process."""
    folder = Path(tempfile.mkdtemp(prefix="quizapp-begun-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    done = quizapp(folder / "data", "bank", "load")
    assert done.returncode == 0, done.stderr
    return folder / "data"


class Server:
    """A server that is started, stopped and killed; its port, data and log outlive each process.

    fresh: its first start makes the database; else that is there already, where no data is yet.
    """

    def __init__(
        self,
        folder: Path,
        *,
        command: Sequence[str] = SERVE,
        workers: int = 1,
        fresh: bool = False,
        **settings: object,
    ) -> None:
        self.folder, self.port = folder, free_port()
        self.database = folder / "quizapp.sqlite3"
        self.log = folder.with_name(f"{folder.name}.log")
        self.command, self.fresh = command, fresh
        self.environment = environment(folder, port=self.port, workers=workers, **settings)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        """All that the server has said so far, whenever it was started."""
        return self.log.read_text("utf-8") if self.log.exists() else ""

    @property
    def setup_link(self) -> str:
        """The one-time link for a teacher that the last start printed."""
        return re.findall(r"http://\S+/setup/\S+", self.output)[-1]

    def begin(self) -> None:
        """Start the process without waiting for it. It leads a process group, to be killed whole."""
        if not self.fresh and not self.folder.exists():
            shutil.copytree(begun(), self.folder)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def start(self) -> Server:
        self.begin()
        self.wait_until_ready()
        return self

    def wait_until_ready(self) -> None:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            assert self.process is None or self.process.poll() is None, f"the server ended:\n{self.output}"
            if self.ready():
                return
            time.sleep(0.02)
        raise AssertionError(f"no answer from {self.url}/readyz within {PATIENCE} s:\n{self.output}")

    def ready(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        with suppress(OSError, HTTPException, json.JSONDecodeError):
            connection.request("GET", "/readyz", headers={"Connection": "close"})
            return connection.getresponse().status == 200
        connection.close()
        return False

    def stop(self) -> int:
        """Ask it to stop (SIGTERM) and return its exit status; whatever stays is killed."""
        assert self.process is not None
        assert not self.lost_files(), "it writes to files that are no longer there"
        self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.kill()

    def lost_files(self) -> list[str]:
        """The database's files that it has open although they are removed: what it writes there is lost."""
        assert self.process is not None
        links = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if os.getpgid(int(process.name)) == self.process.pid:
                    links += [str(link.readlink()) for link in (process / "fd").iterdir()]
        return [link for link in links if link.startswith(str(self.database)) and link.endswith(" (deleted)")]

    def kill_workers(self) -> int:
        """SIGKILL to the worker processes; how many there were."""
        assert self.process is not None
        listed = subprocess.run(
            ["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=True
        )
        workers = [int(pid) for pid in listed.stdout.split()]
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        return len(workers)

    def kill(self) -> None:
        """SIGKILL to every process of the server at once."""
        assert self.process is not None
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

"""Servers in processes of their own, and clients that keep their connections, as light as can be."""

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from quizapp.settings import Settings

FOLDER = Path(__file__).resolve().parent
WORKERS = 2


@contextmanager
def server(program: str, settings: Settings, **options: object) -> Iterator[int]:
    """The port of `bench/<program>.py` run with these settings and options, with two workers of a thread."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    wanted = {
        "data_dir": settings.data_dir,
        "database_url": settings.database_url,
        "port": port,
        "workers": WORKERS,
    }
    environment = os.environ | {f"QUIZAPP_{k.upper()}": str(v) for k, v in (wanted | options).items() if v}
    process = subprocess.Popen([sys.executable, FOLDER / f"{program}.py", "serve"], env=environment)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    end = time.monotonic() + 180
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"No server on port {port}.")


class Connection:
    """One kept connection that speaks just enough HTTP/1.1. Like a browser's, it is opened again where the
    server has closed it for having been idle."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.open()

    def open(self) -> None:
        self.socket = socket.create_connection(("127.0.0.1", self.port), 60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> tuple[int, bytes, bytes]:
        """Status, head and body of the answer to a request already in bytes."""
        data = self._first(request)
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end].lower()
        start = head.find(b"content-length:")
        length = int(head[start + 15 :].split(b"\r\n", 1)[0]) if start >= 0 else 0
        while len(data) < end + 4 + length:
            data += self._more()
        return int(head[9:12]), data[:end], data[end + 4 :]

    def _first(self, request: bytes) -> bytes:
        """Send it and wait for the beginning of the answer, on a new connection where this one is closed."""
        with suppress(ConnectionError):
            self.socket.sendall(request)
            return self._more()
        self.close()
        self.open()
        self.socket.sendall(request)
        return self._more()

    def _more(self) -> bytes:
        data = self.socket.recv(65536)
        if not data:
            raise ConnectionError("The server has closed the connection.")
        return data

    def close(self) -> None:
        self.socket.close()


class Measured(NamedTuple):
    """rate: steps a second; p50, p95: milliseconds of one; client: share of both cores the client took."""

    rate: float
    p50: float
    p95: float
    client: float


def measure(port: int, streams: list[Iterator[tuple[bytes, ...]]], seconds: float) -> Measured:
    """Let each stream's steps (one or more requests) run on a connection of its own for a while."""
    times: list[list[float]] = [[] for _ in streams]
    begin, end = threading.Barrier(len(streams) + 1), time.monotonic() + seconds + 0.2

    def run(stream: Iterator[tuple[bytes, ...]], found: list[float]) -> None:
        connection = Connection(port)
        begin.wait()
        while (started := time.monotonic()) < end:
            for request in next(stream):
                status, head, _ = connection.ask(request)
                assert status == 200, head
            found.append(time.monotonic() - started)
        connection.close()

    threads = [threading.Thread(target=run, args=each) for each in zip(streams, times, strict=True)]
    for thread in threads:
        thread.start()
    begin.wait()
    started, work = time.monotonic(), time.process_time()
    for thread in threads:
        thread.join()
    lasted, work = time.monotonic() - started, time.process_time() - work
    everything = sorted(second for found in times for second in found)
    assert everything, "no step was done"

    def place(share: float) -> float:
        return everything[int(share * (len(everything) - 1))] * 1e3

    return Measured(len(everything) / lasted, place(0.5), place(0.95), work / lasted / WORKERS)

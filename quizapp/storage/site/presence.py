"""Whether a server runs on a data folder, told by a lock that ends with its processes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

FILE = "serving.lock"


@contextmanager
def present(data_dir: Path) -> Iterator[None]:
    """Be seen to serve, in this process and those forked from it. Several may at once."""
    descriptor = _lock(data_dir, exclusive=False)
    try:
        yield
    finally:
        os.close(descriptor)


@contextmanager
def alone(data_dir: Path) -> Iterator[bool]:
    """Whether no one serves; no one can begin to while this lasts."""
    descriptor = -1
    try:
        descriptor = _lock(data_dir, exclusive=True)
    except BlockingIOError:
        yield False
        return
    try:
        yield True
    finally:
        os.close(descriptor)


def is_served(data_dir: Path) -> bool:
    """Whether a server runs on this folder now."""
    if not (data_dir / FILE).exists():
        return False
    with alone(data_dir) as nobody:
        return not nobody


def _lock(data_dir: Path, *, exclusive: bool) -> int:
    descriptor = os.open(data_dir / FILE, os.O_RDWR | os.O_CREAT, 0o600)
    if fcntl is not None:
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise
    return descriptor

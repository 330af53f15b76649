"""Files that only the account which runs the server may read."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path

log = logging.getLogger("quizapp")
BESIDE = (
    "",
    "-wal",
    "-shm",
    "-journal",
)  # what SQLite keeps with a database


def keep_file(path: Path) -> None:
    """Make a database's file, if it is not there, so that others cannot read it; tighten an old one."""
    if not path.exists() and path.parent.is_dir():
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
        except OSError:
            return  # anyone who opens it says why it cannot be
    for ending in BESIDE:
        _tighten(path.with_name(path.name + ending), 0o600)


def keep_folder(path: Path) -> None:
    """Let others not look into a folder of our own. One that all share, such as /tmp, is left as it is."""
    if path.is_dir() and not path.stat().st_mode & stat.S_ISVTX:
        _tighten(path, 0o700)


def _tighten(path: Path, mode: int) -> None:
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(mode)
    except FileNotFoundError:
        return
    except OSError as error:
        log.warning("others can read %s, and its mode cannot be changed: %s", path, error.strerror)

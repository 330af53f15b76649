"""Work on somebody's file in a process of its own, with little memory, little time and no files to write.

Whatever an evil or damaged file does there, the server goes on.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

MOST_MEMORY = 768 * 1024 * 1024
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "SYSTEMROOT", "VIRTUAL_ENV")
_PACKAGE_PARENT = Path(__file__).parents[2]


class Stopped(Exception):
    """The process has taken too much time or memory, or has fallen over."""


def run_confined(module: str, task: bytes, *, seconds: float) -> bytes:
    """What the module writes to its standard output for a task; raises Stopped. seconds: of processor time;
    half as much again on the clock."""
    environment = {key: os.environ[key] for key in _PASSED_ON if key in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 a module of our own
            [sys.executable, "-m", module],
            input=task,
            capture_output=True,
            timeout=seconds * 1.5,
            env=environment,
            cwd=_PACKAGE_PARENT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Stopped from None
    if done.returncode != 0:
        raise Stopped
    return done.stdout


def confine(seconds: int) -> None:
    """In the process itself. Where the system knows no limits, the parent's clock is the only one."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))

"""Running one function in several processes at the same moment, as the workers of a server do, and a coroutine
beside whatever else runs."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

_start: Any = None


def at_once(work: Callable[[Any], Any], arguments: Sequence[Any]) -> list[Any]:
    """What `work` (a function of a module) returns for each argument, each in a process of its own.

    They are forked from a server that has imported the program once; none begins before all stand.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.factories", "quizapp.storage.migrating"])
    barrier = context.Barrier(len(arguments))
    with context.Pool(len(arguments), _hold, (barrier,)) as pool:
        results = pool.map_async(_wait, [(work, argument) for argument in arguments], chunksize=1).get()
        pool.close()
        pool.join()
    return results


def _hold(barrier: Any) -> None:
    global _start  # noqa: PLW0603 the one way to hand a barrier to a pool's process
    _start = barrier


def _wait(task: tuple[Callable[[Any], Any], Any]) -> Any:
    work, argument = task
    _start.wait()
    return work(argument)


def in_a_loop(work: Coroutine[Any, Any, None]) -> None:
    """Run this to its end in an event loop on another thread: this thread may have one, a browser's."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()

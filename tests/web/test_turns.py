"""Who hashes a password steps aside: answers overtake, and one hashes at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable

from quizapp.web import turns
from tests.serving import PATIENCE


def in_thread(call: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    return thread


def serve(app: Callable[[], None]) -> None:
    turns.Turns(lambda _environ, _start: app())({}, None)


def test_one_request_works_at_a_time() -> None:
    inside, most, guard = [], [], threading.Lock()

    def work() -> None:
        inside.append(1)
        most.append(len(inside))
        guard.acquire(timeout=0.01)
        inside.pop()

    threads = [in_thread(lambda: serve(work)) for _ in range(8)]
    for thread in threads:
        thread.join(PATIENCE)
    assert most == [1] * 8


def test_an_answer_overtakes_whoever_hashes() -> None:
    hashing, answered = threading.Event(), threading.Event()

    def sign_in() -> None:
        with turns.aside():
            hashing.set()
            assert answered.wait(PATIENCE), "the answer had to wait"

    signing_in = in_thread(lambda: serve(sign_in))
    assert hashing.wait(PATIENCE)
    serve(answered.set)
    signing_in.join(PATIENCE)
    assert not signing_in.is_alive()


def test_one_hashes_at_a_time_and_a_failure_gives_the_turn_back() -> None:
    inside, most = [], []

    def sign_in() -> None:
        with turns.aside():
            inside.append(1)
            most.append(len(inside))
            inside.pop()
            raise ValueError

    def try_it() -> None:
        try:
            serve(sign_in)
        except ValueError:
            most.append(0)

    for thread in [in_thread(try_it) for _ in range(6)]:
        thread.join(PATIENCE)
    assert sorted(most) == [0] * 6 + [1] * 6
    served = threading.Event()
    serve(served.set)
    assert served.is_set()


def test_outside_a_request_nothing_is_waited_for() -> None:
    with turns.aside():
        pass

"""One request works at a time; whoever hashes steps aside; whoever is slow is overtaken; places are limited."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from quizapp.web.frame.http import turns
from quizapp.web.frame.http.turns import Busy, Places, Turn


def in_thread(call: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=call, daemon=True)
    thread.start()
    return thread


def serve(app: Callable[[], None]) -> None:
    turns.Turns(lambda _environ, _start: app())({}, None)


@pytest.fixture
def places() -> Places:
    return Places(1, in_line=1, seconds=60)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No one is overtaken, however slow this machine is."""
    monkeypatch.setattr(turns, "_turn", Turn(patience=300))


@pytest.mark.usefixtures("patient")
def test_one_request_works_at_a_time() -> None:
    inside, most, guard = [], [], threading.Lock()

    def work() -> None:
        inside.append(1)
        most.append(len(inside))
        guard.acquire(timeout=0.01)
        inside.pop()

    threads = [in_thread(lambda: serve(work)) for _ in range(8)]
    for thread in threads:
        thread.join(60)
    assert most == [1] * 8


@pytest.mark.usefixtures("patient")
def test_an_answer_goes_ahead_of_anyone_who_hashes(places: Places) -> None:
    hashing, answered = threading.Event(), threading.Event()

    def sign_in() -> None:
        with turns.aside(places):
            hashing.set()
            assert answered.wait(60), "the answer had to wait"

    signing_in = in_thread(lambda: serve(sign_in))
    assert hashing.wait(60)
    serve(answered.set)
    signing_in.join(60)
    assert not signing_in.is_alive()


def test_anyone_who_is_slow_is_overtaken_by_all_who_wait() -> None:
    working, answered = threading.Event(), threading.Semaphore(0)

    def slow() -> None:
        working.set()
        for _ in range(5):
            assert answered.acquire(timeout=60), "an answer had to wait"

    waiting = in_thread(lambda: serve(slow))
    assert working.wait(60)
    answers = [in_thread(lambda: serve(answered.release)) for _ in range(5)]
    for thread in (*answers, waiting):
        thread.join(60)
        assert not thread.is_alive()


def test_anyone_who_was_overtaken_gives_no_one_elses_turn_back() -> None:
    turn = Turn(patience=0)
    slow = turn.take("study")
    quick = turn.take("study")
    turn.give_back(slow)
    assert turn._holder is quick
    turn.give_back(quick)
    assert turn._holder is None


@pytest.mark.usefixtures("patient")
def test_a_failure_gives_the_turn_and_the_place_back(places: Places) -> None:
    def fail() -> None:
        with turns.aside(places):
            raise ValueError

    for _ in range(3):
        with pytest.raises(ValueError, match=r"^$"):
            serve(fail)
    served = threading.Event()
    serve(served.set)
    assert served.is_set()


def test_beyond_the_places_and_the_line_it_is_busy(places: Places) -> None:
    inside, enough = threading.Semaphore(0), threading.Event()

    def stay() -> None:
        with places.one():
            inside.release()
            enough.wait(60)

    threads = [in_thread(stay)]
    assert inside.acquire(timeout=60)
    threads.append(in_thread(stay))  # waits in line
    while places._admitted.acquire(blocking=False):  # until it is there
        places._admitted.release()
    with pytest.raises(Busy), places.one():
        pass
    enough.set()
    for thread in threads:
        thread.join(60)
    with places.one():
        pass


def test_no_one_is_in_line_for_longer_than_is_bearable() -> None:
    short = Places(1, in_line=5, seconds=0.01)
    with short.one(), pytest.raises(Busy), short.one():
        pass
    with short.one():
        pass


def test_outside_a_request_no_turn_is_waited_for(places: Places) -> None:
    with turns.aside(places):
        pass


def in_line(turn: Turn, line: str, count: int) -> None:
    """Until so many wait in a line."""
    while len(turn._lines.get(line, ())) < count:
        pass


def test_lines_are_served_in_turn_however_long_one_is() -> None:
    turn, served = Turn(patience=300), []

    def wait(line: str) -> None:
        token = turn.take(line)
        served.append(line)
        turn.give_back(token)

    first, threads = turn.take("sign-up"), []
    for number in range(1, 6):
        threads.append(in_thread(lambda: wait("sign-up")))
        in_line(turn, "sign-up", number)
    for number in range(1, 3):
        threads.append(in_thread(lambda: wait("study")))
        in_line(turn, "study", number)
    turn.give_back(first)
    for thread in threads:
        thread.join(60)
    assert served == ["sign-up", "study", "sign-up", "study", "sign-up", "sign-up", "sign-up"]


@pytest.mark.usefixtures("patient")
def test_one_by_one_the_next_waits_at_the_door_without_the_turn(places: Places) -> None:
    inside, answered = threading.Event(), threading.Event()

    def enter() -> None:
        with turns.one_by_one(places):
            inside.set()
            with turns.let_others_go():
                assert answered.wait(60), "the answer had to wait"

    first = in_thread(lambda: serve(enter))
    assert inside.wait(60)
    second = in_thread(lambda: serve(enter))
    while places._admitted.acquire(blocking=False):  # until it is there
        places._admitted.release()
    serve(answered.set)
    for thread in (first, second):
        thread.join(60)
        assert not thread.is_alive()

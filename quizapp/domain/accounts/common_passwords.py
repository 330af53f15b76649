"""Which passwords anyone would guess: the most common ones, runs of keys, the name with a little added."""

from __future__ import annotations

from quizapp.domain.accounts.guessed_first import is_guessed_first
from quizapp.domain.accounts.names import name_key

RUNS = ("abcdefghijklmnopqrstuvwxyz", "0123456789", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl",
        "zxcvbnm", "yxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "qazwsxedcrfvtgbyhnujm")  # fmt: skip
ADDED = 5  # characters beside the name that make no password of it


def is_easily_guessed(password: str, name: str) -> bool:
    """Whether guessers come to this password at once, knowing the name."""
    folded, key = name_key(password), name_key(name)
    return (
        is_guessed_first(password)
        or len(set(folded)) < 3
        or _is_run(folded)
        or (len(key) >= 3 and key in folded and len(folded) - len(key) <= ADDED)
        or ("quizapp" in folded and len(folded) - len("quizapp") <= ADDED)
    )


def _is_run(text: str) -> bool:
    """Whether it is keys in a row, forwards, backwards or again and again."""
    for run in RUNS:
        for way in (run, run[::-1]):
            if text in way * (len(text) // len(way) + 2):
                return True
    return False

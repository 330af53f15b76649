"""How many wrong join codes may come from one place, and how many students from one address into one class.

A school is one address, and a guesser may have many. There are two to the 35th codes: at 600 misses a
minute, a day's guessing from one address finds one of fifty open classes once in eight hundred days.
"""

from __future__ import annotations

from dataclasses import dataclass

from quizapp.domain.accounts.budgets import Budget

MOST_OF_BROWSER = 10  # wrong codes in a minute; then this browser waits
MOST_OF_ADDRESS = 600  # then new browsers at this address wait
MOST_OF_SITE = 1_000  # then new browsers wait at those addresses that have missed more than a class would
MANY_OF_ADDRESS = 60
JOINS = Budget(most=70, minutes=1)  # of one class from one address: a class of sixty, all at once
MORE_JOINS = Budget(most=150, minutes=30)


@dataclass(frozen=True)
class Misses:
    """Wrong codes in the last minute: of this browser, of its address, of the whole site."""

    browser: int
    address: int
    site: int


def too_many_misses(misses: Misses, *, established: bool) -> bool:
    """Whether a browser has to wait. established: it has been signed in to an account, and waits for
    its own misses only."""
    if misses.browser >= MOST_OF_BROWSER or established:
        return misses.browser >= MOST_OF_BROWSER
    most = MANY_OF_ADDRESS if misses.site >= MOST_OF_SITE else MOST_OF_ADDRESS
    return misses.address >= most

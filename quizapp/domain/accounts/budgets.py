"""How often strangers at one address may begin something that costs the site: far above what a class does.

A class of sixty behind one address, each trying three times within ten minutes, meets none of them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Budget:
    """So many in so many minutes."""

    most: int
    minutes: int


SIGN_UPS = Budget(most=200, minutes=10)
GUESTS = Budget(most=300, minutes=10)
PASSKEY_STEPS = Budget(most=600, minutes=10)
PROVIDER_STEPS = Budget(most=600, minutes=10)

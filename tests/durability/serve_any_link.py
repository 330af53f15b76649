"""`quizapp serve` that may fetch links of this machine, which the real rule refuses, and whose hashing takes
as long as a test wants; all else is as it comes."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path
from typing import Literal
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from quizapp.cli import main
from quizapp.services.accounts import passwords
from quizapp.services.sources import retrieval


class LongHasher(PasswordHasher):
    """Checks a password again and again while the folder `hashing` stands beside the data.

    Each check that begins in the meantime leaves a file in it.
    """

    held = Path(os.environ["QUIZAPP_DATA_DIR"]).with_name("hashing")

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        if self.held.is_dir():
            (self.held / uuid4().hex).touch()
        while self.held.is_dir():
            try:
                super().verify(hash, password)
            except VerificationError:
                time.sleep(0.02)
        return super().verify(hash, password)


retrieval.Guard = partial(retrieval.Guard, may_reach=lambda *_: True)  # type: ignore[misc,assignment]
passwords._hasher = LongHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

if __name__ == "__main__":
    main()

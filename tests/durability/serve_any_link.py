"""`quizapp serve` that may fetch links of this machine, which the real rule refuses; all else is as it comes."""

from __future__ import annotations

from functools import partial

from quizapp.cli import main
from quizapp.services.sources import retrieval

retrieval.Guard = partial(retrieval.Guard, may_reach=lambda *_: True)  # type: ignore[misc,assignment]

if __name__ == "__main__":
    main()

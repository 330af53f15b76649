"""The drafter's own process: articles from standard input, their drafts to output, behind whoever answers."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import msgspec

from quizapp.domain.drafting import drafting
from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.library.kinds import encode_content
from quizapp.services.drafting.drafter import Drafted, Task
from quizapp.services.drafting.parser import parser
from quizapp.services.sources.confined import receive, send

NICE = 10


def main() -> None:
    """Until there is no more."""
    with suppress(AttributeError, OSError):
        os.nice(NICE)
    while (message := receive(sys.stdin.buffer)) is not None:
        task = msgspec.msgpack.decode(message, type=Task)
        found = drafting.drafts(
            task.paragraphs,
            boilerplate=task.boilerplate,
            title=task.title,
            among=task.among,
            parse=parser(),
        )
        send(sys.stdout.buffer, msgspec.msgpack.encode([sent(each) for each in found]))


def sent(proposal: Proposal) -> Drafted:
    """A proposal as it goes back."""
    values = {field: getattr(proposal, field) for field in Drafted._fields}
    return Drafted(**values | {"content": encode_content(proposal.content)})


if __name__ == "__main__":
    main()

"""Starts the server again and again without paying for Python's imports each time.

For each line on its standard input it forks a child that serves, with a process group of its own, and
prints the child's pid, and nothing else: what the server says goes to standard error. The child is `quizapp serve` without migrating and loading the bank.
"""

from __future__ import annotations

import os
import signal
import sys

from quizapp.cli.database import read_settings
from quizapp.cli.serve import run_server
from quizapp.web import blueprints


def main() -> None:
    settings = read_settings()
    blueprints()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # anyone who is killed leaves no zombie
    pids = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for _ in sys.stdin:
        if not os.fork():
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            print(os.getpid(), file=pids, flush=True)  # only now can its group be killed
            pids.close()  # the end of the list is the end of the starter, whatever its servers do
            run_server(settings, settings.host)
            os._exit(0)


if __name__ == "__main__":
    main()

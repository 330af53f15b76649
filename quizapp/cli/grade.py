"""`quizapp grade`: tries answers from a terminal, a line of JSON each."""

from __future__ import annotations

from functools import cache
from typing import BinaryIO

import click

from quizapp import paths
from quizapp.domain.errors import Missing
from quizapp.domain.library.grading.lexicon import prepare
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.trials import try_line


@click.command()
@click.argument("file", type=click.File("rb"), default="-")
def grade(file: BinaryIO) -> None:
    """Grade the answers in FILE, or in what comes in where FILE is “-” or left out.

    One JSON object a line, with a question and a response to it:

    \b
      {"content": {"kind": "short_answer", "stem": "Capital of Peru?", "key": "Lima"}, "response": ["lima"]}
      {"item": "an id of the shipped bank", "response": ["typed", "one for each gap"]}

    A response is a list of typed texts, or {"chosen": [...]}, {"arranged": [...]},
    {"matched": [[left, right], ...]}. For each line one is printed, in order and at once:

    \b
      {"verdict": "right", "score": 1.0, "forgiven": ["case"]}
      {"error": "what is wrong with the line"}
    """
    prepare()
    for line in file:
        if line.strip():
            click.echo(try_line(line, _item))  # echo flushes


def _item(name: str) -> Content:
    contents = _shipped()
    if name not in contents:
        raise Missing(f"The bank that ships has no item “{name}”.")
    return contents[name]


@cache
def _shipped() -> dict[str, Content]:
    from quizapp.services.exchange.bank import (
        read_bank,  # half a second, and only lines that name an item need it
    )

    return {item.id: item.content for item in read_bank(paths.BANK).items}

"""The command line: a small module per group of commands, imported when it is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module

import click

from quizapp import __version__
from quizapp.domain.errors import Invalid, QuizappError
from quizapp.settings import SettingsError

NAMES = (
    "serve",
    "bank",
    "import",
    "export",
    "grade",
    "sources",
    "schedule",
    "user",
    "upkeep",
    "backup",
    "restore",
    "database",
    "doctor",
    "settings",
)


# Where a command is called otherwise than its module and function.
ELSEWHERE = {
    "database": ("database_copy", "database"),  # it opens the database for all commands
    "import": ("exchange", "bring_in"),
    "export": ("exchange", "write_out"),
}


class TableOfContents(click.Group):
    """Lists commands in the order people need them, not alphabetically. A module is imported when
    its command is asked for: importing all takes seconds, and not every command needs the database."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 the signature is click's
        return list(NAMES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """`quizapp source …` is `quizapp sources …`."""
        name = "sources" if cmd_name == "source" else cmd_name
        if name not in NAMES:
            return None
        module, function = ELSEWHERE.get(name, (name, name))
        command: click.Command = getattr(import_module(f"quizapp.cli.{module}"), function)
        return command


@click.group(cls=TableOfContents, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="quizapp")
def quizapp() -> None:
    """Quizzes and flashcards from what you read, scheduled so that you remember it.

    Without installing anything: `./run` in a checkout is `quizapp serve`.
    """


def main() -> None:
    """The program's entry: errors raised on purpose become one clear message and exit status 1."""
    try:
        # Without its standalone mode click hands the status of an Exit back; commands return None.
        sys.exit(quizapp(prog_name="quizapp", standalone_mode=False))
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (QuizappError, SettingsError) as error:
        click.echo(f"Error: {error}", err=True)
        for problem in error.problems if isinstance(error, Invalid) else ():
            click.echo(f"  {problem.field}: {problem.message}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)

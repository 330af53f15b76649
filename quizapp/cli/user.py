"""`quizapp user …`: accounts from the command line, for whoever runs the site."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.orm import Session

from quizapp.cli.database import database, now, read_settings
from quizapp.domain.errors import Missing
from quizapp.services import accounts, personal_data
from quizapp.settings import Settings
from quizapp.storage.accounts import Account
from quizapp.storage.engine import forget_deleted, open_engine

ROLES = click.Choice(["student", "teacher", "admin"])


@click.group()
def user() -> None:
    """Add, list, reset, disable, export and erase accounts."""


@user.command()
@click.option("--role", type=ROLES, default="teacher", show_default=True)
def add(role: str) -> None:
    """Print a one-time link with which a person makes an account of this role."""
    settings = read_settings()
    with database(settings) as session:
        token = accounts.make_setup_link(session, role=role, now=now())
    click.echo(address(settings, token))


@user.command("list")
def list_accounts() -> None:
    """List the accounts that have a name."""
    with database() as session:
        for account in accounts.all_accounts(session):
            state = "disabled" if account.disabled_at else ""
            click.echo(f"{account.role:<8} {account.created_at:%Y-%m-%d}  {account.name}  {state}".rstrip())


@user.command()
@click.argument("name")
def reset(name: str) -> None:
    """Print a one-time link with which NAME chooses a new password."""
    settings = read_settings()
    with database(settings) as session:
        token = accounts.make_reset_link(session, named(session, name), now=now())
    click.echo(address(settings, token))


@user.command()
@click.argument("name")
@click.option("--undo", is_flag=True, help="Let the person in again.")
def disable(name: str, undo: bool) -> None:
    """Shut NAME out of every browser at once; everything is kept."""
    with database() as session:
        accounts.set_disabled(session, named(session, name), disabled=not undo, now=now())
    click.echo(f"{name}: {'may sign in again' if undo else 'disabled'}")


@user.command()
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(name: str, file: Path) -> None:
    """Write everything held about NAME to FILE, a zip of JSON and CSV."""
    with database() as session:
        packed = personal_data.export_zip(session, named(session, name))
    file.write_bytes(packed)
    click.echo(f"{name}: {len(packed)} bytes in {file}")


@user.command()
@click.argument("name")
@click.confirmation_option(prompt="Everything this person did will be gone for good. Erase it?")
def erase(name: str) -> None:
    """Erase NAME and everything they did, the database's log included."""
    settings = read_settings()
    with database(settings) as session:
        personal_data.erase(session, named(session, name))
    engine = open_engine(settings.sqlalchemy_url)
    forget_deleted(engine)
    engine.dispose()
    click.echo(f"{name}: erased")


def named(session: Session, name: str) -> Account:
    """The account of this name; raises Missing with a remedy."""
    account = accounts.by_name(session, name)
    if account is None:
        raise Missing(f"There is no account “{name}”. `quizapp user list` shows those there are.")
    return account


def address(settings: Settings, token: str) -> str:
    """The address of a one-time link as this site is reached from this machine."""
    return f"http://{settings.host}:{settings.port}/setup/{token}"

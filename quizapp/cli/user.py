"""`quizapp user …`: accounts from the command line, for the site's administrator."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy.orm import Session

from quizapp.cli.database import database, now, read_settings
from quizapp.domain.audit.actions import Action
from quizapp.domain.errors import Conflict, Missing
from quizapp.services.accounts import accounts, administration
from quizapp.services.audit import log
from quizapp.services.privacy import erasure, personal_data
from quizapp.settings import Settings
from quizapp.storage.accounts.directory import named_account
from quizapp.storage.accounts.tables import Account
from quizapp.storage.engine import forget_deleted, open_engine
from quizapp.storage.migrating import drop_copies

ROLES = click.Choice(["student", "teacher", "admin"])


@click.group()
def user() -> None:
    """Add, list, reset, disable, export and erase accounts.

    NAME is what a person signs in with, however it is spelt, or #NUMBER from `quizapp user list`.
    """


@user.command()
@click.option("--role", type=ROLES, default="teacher", show_default=True)
def add(role: str) -> None:
    """Print a one-time link for creating an account with this role."""
    settings = read_settings()
    with database(settings) as session:
        token = accounts.make_setup_link(session, role=role, now=now())
        log.record(session, None, Action.ACCOUNT_INVITED, (), {"role": role}, now=now())
    click.echo(address(settings, token))


@user.command("list")
def list_accounts() -> None:
    """List the accounts that have a name: role, number, since when, name.

    Students who joined a class without a password have a name there only; #NUMBER names them.
    """
    with database(reading=True) as session:
        for account in accounts.all_accounts(session):
            state = "disabled" if account.disabled_at else "" if account.has_password else "no password"
            words = f"{account.role:<8} {f'#{account.id}':>6}  {account.created_at:%Y-%m-%d}  {account.name}"
            click.echo(f"{words}  {state}".rstrip())


@user.command()
@click.argument("name")
@click.option("--second-factor", is_flag=True, help="Also remove a lost second factor.")
def reset(name: str, second_factor: bool) -> None:
    """Print a one-time link for NAME to choose a new password.

    It works for a day. Links made before for this person stop working.
    """
    settings = read_settings()
    with database(settings) as session:
        account = named(session, name)
        if not account.has_password:
            raise Conflict(f"{account.name} has no password. Their class teacher can create a sign-in link.")
        if second_factor:
            administration.remove_factors(session, account)
            log.record(session, None, Action.SECOND_FACTOR_RESET, account, now=now())
        token = accounts.make_reset_link(session, account, now=now())
        log.record(session, None, Action.PASSWORD_LINK_MADE, account, now=now())
    click.echo(address(settings, token))


@user.command()
@click.argument("name")
@click.option("--undo", is_flag=True, help="Unblock the account.")
def disable(name: str, undo: bool) -> None:
    """Block NAME and sign them out everywhere. Everything is kept."""
    with database() as session:
        account = named(session, name)
        accounts.set_disabled(session, account, disabled=not undo, now=now())
        act = Action.ACCOUNT_ENABLED if undo else Action.ACCOUNT_DISABLED
        log.record(session, None, act, account, now=now())
    click.echo(f"{name}: {'unblocked' if undo else 'blocked'}")


@user.command()
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def export(name: str, file: Path) -> None:
    """Write all data about NAME to FILE, a zip of JSON and CSV."""
    settings = read_settings()
    with database(settings, reading=True) as session:
        packed = personal_data.export_zip(session, named(session, name))
    with database(settings) as session:
        log.record(session, None, Action.ACCOUNT_EXPORTED, named(session, name), now=now())
    file.write_bytes(packed)
    click.echo(f"{name}: {len(packed)} bytes in {file}")


@user.command()
@click.argument("name")
@click.confirmation_option(prompt="This permanently deletes everything this person did. Erase it?")
def erase(name: str) -> None:
    """Erase NAME and everything they did, the database's log included."""
    settings = read_settings()
    with database(settings) as session:
        erasure.erase(session, named(session, name), now=now())
        log.record(session, None, Action.ACCOUNT_ERASED, (), now=now())
    engine = open_engine(settings.sqlalchemy_url)
    forget_deleted(engine)
    drop_copies(settings.sqlalchemy_url)
    engine.dispose()
    click.echo(f"{name}: erased")


def named(session: Session, name: str) -> Account:
    """The account of this name, or with this #NUMBER; raises Missing with a remedy."""
    number = name.removeprefix("#")
    if name.startswith("#") and number.isascii() and number.isdigit() and len(number) < 16:
        account = named_account(session, int(number))
    else:
        account = accounts.by_name(session, name)
    if account is None:
        raise Missing(f"There is no account “{name}”. `quizapp user list` shows all accounts.")
    return account


def address(settings: Settings, token: str) -> str:
    """The address of a one-time link."""
    return f"{settings.address}/setup/{token}"

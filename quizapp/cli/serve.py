"""`quizapp serve`: make everything ready, say where, and serve with granian."""

from __future__ import annotations

import contextlib
import errno
import os
import socket

import click
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.log import LogLevels

from quizapp import logs, paths
from quizapp.cli.database import database, now, opened, read_settings
from quizapp.secret_key import secret_key
from quizapp.services.accounts.accounts import has_teacher, make_setup_link
from quizapp.services.exchange.bank import load_into_database, read_bank
from quizapp.settings import Settings
from quizapp.storage.engine import has_wal_reset_bug, sqlite_driver
from quizapp.storage.site.presence import present
from quizapp.web import blueprints

END_SECONDS = 5  # that requests have after a SIGTERM; what has not ended by then is cut off
CONNECTIONS = 4096  # of a worker


@click.command(short_help="Prepare the database and serve.")
@click.option("--host", help="Address to listen on (QUIZAPP_HOST).")
@click.option("--port", type=int, help="Port to listen on (QUIZAPP_PORT).")
@click.option("--workers", type=int, help="Worker processes (QUIZAPP_WORKERS).")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Create or migrate the database, load the shipped bank, and serve."""
    for name, value in (("HOST", host), ("PORT", port), ("WORKERS", workers)):
        if value is not None:
            os.environ[f"QUIZAPP_{name}"] = str(value)
    settings = read_settings()
    check_sqlite(settings)
    secret_key(settings.data_dir)  # refused here in words, not by each worker
    listening = listening_address(settings)
    link = prepare(settings)
    click.echo(f"Quizapp is at {settings.address}   (stop it with Ctrl-C)")
    click.echo(f"Data: {settings.database_place}")
    if link:
        click.echo(
            f"Create the first account, for an admin who can also teach (the link works once): "
            f"{settings.address}/setup/{link}"
        )
    with present(settings.data_dir):
        run_server(settings, listening)
    with opened(settings):
        pass  # the file is whole again, and says so


def prepare(settings: Settings) -> str:
    """Migrate and load the bank; returns a one-time token while no one can teach, else \"\"."""
    with database(settings) as session:
        loaded = load_into_database(session, read_bank(paths.BANK), now=now())
        for notice in loaded.notices():
            click.echo(notice, err=True)
        return "" if has_teacher(session) else make_setup_link(session, role="admin", now=now())


def listening_address(settings: Settings) -> str:
    """The IP address to listen on. Refuses one that cannot be, and a port on which another program
    listens: granian would share it, and requests would go now to one, now to the other."""
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
        family, _, _, _, address = min(found, key=lambda each: each[0] != socket.AF_INET)
        socket.create_server(address[:2], family=family).close()
        return str(address[0])
    except OSError as error:
        reason = error.strerror if isinstance(error, socket.gaierror) else os.strerror(error.errno or 0)
        if error.errno == errno.EADDRINUSE:
            reason = "another program, perhaps Quizapp itself, is using it"
        raise click.ClickException(
            f"Quizapp can't listen on {settings.host}, port {settings.port}: {reason}. Nothing was changed. "
            "Stop the other program, or choose another port (QUIZAPP_PORT) or address (QUIZAPP_HOST)."
        ) from None


def check_sqlite(settings: Settings) -> None:
    """Warn of, or refuse, a SQLite library that can corrupt a WAL database."""
    version = sqlite_driver().sqlite_version_info
    if settings.database_url or not has_wal_reset_bug(version):
        return
    text = (
        f"SQLite {'.'.join(map(str, version))} can, rarely, corrupt a database with several writers "
        "(fixed in 3.51.3; see sqlite.org/wal.html#walresetbug). `pip install 'pysqlite3>=0.6.1'`"
        " brings a newer one."
    )
    if settings.old_sqlite == "refuse":
        raise click.ClickException(text)
    click.echo(f"Warning: {text}", err=True)


def run_server(settings: Settings, address: str) -> None:
    """Serve until stopped. The one place that knows the server's name.

    ASGI, so that bodies on their way cost no thread (see web/frame/http/gateway.py). HTTP/1.1 alone: an
    HTTP/2 request that is given up in the middle stays open for good. backpressure: with granian's
    default, a school's idle keep-alive connections use up every slot and no one is answered.
    """
    logs.set_up(settings.log_level)
    _allow_files(CONNECTIONS * 2)
    os.environ["QUIZAPP_DATA_DIR"] = str(settings.data_dir)
    blueprints()  # workers are forked: what is loaded before is shared, and they start in no time
    Granian(
        "quizapp.app:served_app",
        factory=True,
        address=address,
        port=settings.port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        workers=settings.workers,
        workers_kill_timeout=END_SECONDS,
        backpressure=CONNECTIONS,
        backlog=2048,
        websockets=False,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
        log_dictconfig=logs.configuration(settings.log_level),
    ).serve()


def _allow_files(wanted: int) -> None:
    """Each connection is an open file; most systems begin with 1,024 and allow more."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        now_allowed, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        raised = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(now_allowed, raised), most))

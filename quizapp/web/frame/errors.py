"""One table from errors to status and page. No traceback, and a word on what to do next."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Flask, g, request
from flask_wtf.csrf import CSRFError
from sqlalchemy import inspect, select
from sqlalchemy.exc import DataError, IntegrityError, InternalError, OperationalError
from sqlalchemy.orm.exc import ObjectDeletedError, StaleDataError
from werkzeug.exceptions import HTTPException

from quizapp.domain.errors import Conflict, Invalid, Malformed, Missing, TooMany
from quizapp.domain.language.translation import _, marked
from quizapp.storage.accounts.tables import Account
from quizapp.web.frame.database import db
from quizapp.web.frame.http.turns import Busy
from quizapp.web.frame.log_filter import WithoutWords
from quizapp.web.frame.page import Answer, Page
from quizapp.web.frame.sign_in import current_account

log = logging.getLogger("quizapp")

# https://www.postgresql.org/docs/current/errcodes-appendix.html
POSTGRES_DISK_FULL = "53100"
POSTGRES_READ_ONLY = "25006"
POSTGRES_BUSY = frozenset({"55P03", "40P01", "40001"})  # a lock not had in time, a deadlock, a lost race


@dataclass(frozen=True, kw_only=True)
class ErrorPage(Page):
    """What happened, that nothing was lost, and what to do."""

    template: ClassVar[str] = "frame/errors/error.html"
    code: int
    heading: str
    message: str

    @property
    def status(self) -> int:
        return self.code

    @property
    def title(self) -> str:
        return self.heading


DOMAIN_ERRORS: tuple[tuple[type[Exception], int, str], ...] = (
    (Missing, 404, marked("Not found")),
    (Malformed, 400, marked("We couldn’t read that")),
    (Invalid, 422, marked("Something needs fixing")),
    (Conflict, 409, marked("This has changed since you opened it")),
    (TooMany, 429, marked("Too many requests")),
)

HTTP_ERRORS: dict[int, tuple[str, str]] = {
    400: (
        marked("We couldn’t read that"),
        marked("The request was incomplete. Go back, reload the page and try again."),
    ),
    404: (
        marked("Not found"),
        marked("This page doesn’t exist. Check the address, or go to the start page."),
    ),
    405: (marked("That isn’t possible here"), marked("This address doesn’t accept that kind of request.")),
    413: (
        marked("Too large"),
        marked("That’s more than this server accepts at once. Nothing was saved; shorten it and try again."),
    ),
    429: (marked("Too many attempts"), marked("Wait a little, then try again.")),
}


def install(app: Flask) -> None:
    """Register the handlers; what they log says where an error arose, and none of its words."""
    for logger in (log, app.logger):
        logger.addFilter(WithoutWords())
    for error, status, heading in DOMAIN_ERRORS:
        app.register_error_handler(error, _domain_handler(status, heading))
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(InternalError, _internal)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(OverflowError, _unstorable)
    for error in (IntegrityError, StaleDataError, ObjectDeletedError):
        app.register_error_handler(error, _beside)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _domain_handler(status: int, heading: str) -> Any:
    def handler(error: Exception) -> ErrorPage:
        if _is_stored():  # the page after it failed, and what failed there is no answer to what was sent
            log.error("unexpected error", exc_info=error)
            return _mistake()
        if isinstance(error, Missing):
            _note_refusal()
        return ErrorPage(code=status, heading=_(heading), message=str(error))

    return handler


def _note_refusal() -> None:
    """For anyone who looks for someone who tries doors: which account was told that there is no such thing.
    Numbers only: an address may hold a one-time token."""
    account = g.get("account")
    if account is not None:
        (account_id,) = inspect(account).identity or (None,)
        numbers = {name: value for name, value in (request.view_args or {}).items() if type(value) is int}
        log.info("refused: %s %s %s to account %s", request.method, request.endpoint, numbers, account_id)


def _is_stored() -> bool:
    """Whether what was sent has been committed: only the page that was to tell of it failed."""
    return bool(g.get("stored"))


def _busy(_error: Busy) -> Answer:
    return ErrorPage(
        code=503,
        heading=_("Very busy right now"),
        message=_(
            "Nothing was saved: too many people are doing this at once. Wait half a minute, go "
            "back and send it again."
        ),
    )


def _csrf(_error: CSRFError) -> Answer:
    if request.cookies and current_account() is None:
        return ErrorPage(
            code=400,
            heading=_("You were signed out"),
            message=_(
                "Nothing was saved. What you wrote in the editor is kept in this browser: sign in, open the "
                "page again, and it’s back."
            ),
        )
    return ErrorPage(
        code=400,
        heading=_("This page has expired"),
        message=_(
            "Nothing was saved. Go back, reload the page and send it again. If that doesn’t help, your "
            "browser may be refusing cookies from this site."
        ),
    )


def _http(error: HTTPException) -> Answer:
    status = error.code or 500
    if status < 400:
        return error
    if _is_stored():
        return _mistake()
    if status == 500:  # what failed after the view comes this way; Flask has logged it
        return _mistake()
    heading, message = HTTP_ERRORS.get(status, (marked("Not possible"), error.description or ""))
    return ErrorPage(code=status, heading=_(heading), message=_(message))


def _internal(error: InternalError) -> Answer:
    """PostgreSQL says so that it takes no writes; anything else of this kind is our mistake."""
    is_read_only = getattr(error.orig, "sqlstate", "") == POSTGRES_READ_ONLY
    return _database(error) if is_read_only else _unexpected(error)


def _database(error: OperationalError | InternalError) -> Answer:
    """A full disk, a read-only one and a locked database are states of the server, told as such."""
    name = getattr(error.orig, "sqlite_errorname", "") or ""
    log.error("database: %s %s", name, str(error.orig).partition("\n")[0])
    if _is_stored():
        return _mistake()
    state = getattr(error.orig, "sqlstate", "")
    full = name == "SQLITE_FULL" or state == POSTGRES_DISK_FULL
    if full or "disk is full" in str(error.orig):
        return ErrorPage(
            code=507,
            heading=_("The server's disk is full"),
            message=_(
                "This was not saved; everything saved before is safe. Tell the site’s administrator, "
                "then go back and send it again."
            ),
        )
    if name.startswith("SQLITE_READONLY") or state == POSTGRES_READ_ONLY:
        return ErrorPage(
            code=503,
            heading=_("Nothing can be saved right now"),
            message=_(
                "The server’s disk or database is read-only. This was not saved; everything saved before is "
                "safe. Tell the site’s administrator, then go back and send it again."
            ),
        )
    if name.startswith("SQLITE_BUSY") or "locked" in str(error.orig) or state in POSTGRES_BUSY:
        return ErrorPage(
            code=503,
            heading=_("Very busy right now"),
            message=_(
                "This was not saved. Wait a few seconds, go back and send it again: it can’t count twice."
            ),
        )
    return ErrorPage(
        code=503,
        heading=_("The database isn’t responding"),
        message=_(
            "This was not saved. Go back and try again in a minute; if that doesn’t help, tell the "
            "site’s administrator."
        ),
    )


def _beside(error: Exception) -> Answer:
    """Someone erased the account while it was writing; otherwise it is our mistake."""
    identity = inspect(g.account).identity if g.get("account") is not None else None
    db.session().rollback()
    (account_id,) = identity or (None,)
    there = select(Account.id).where(Account.id == account_id)
    if account_id is not None and db.session().scalar(there) is None:
        g.account = None
        return ErrorPage(
            code=404,
            heading=_("This account no longer exists"),
            message=_(
                "It was erased while you were here, in another window or by the site’s "
                "administrator. What you sent just now was not saved."
            ),
        )
    return _unexpected(error)


def _unstorable(error: Exception) -> Answer:
    """A value that no column holds. Forms refuse what they know of; this is the net below them."""
    log.warning("unstorable: %s", request.endpoint, exc_info=error)
    return ErrorPage(
        code=400,
        heading=_("We couldn’t read that"),
        message=_(
            "Something in it, most likely a number, is larger than can be stored. Nothing was "
            "saved; go back, make it smaller and send it again."
        ),
    )


def _unexpected(error: Exception) -> Answer:
    log.error("unexpected error", exc_info=error)
    return _mistake()


def _mistake() -> ErrorPage:
    if _is_stored():
        return ErrorPage(
            code=500,
            heading=_("Saved, but not shown"),
            message=_(
                "What you sent was saved. Only the page that follows could not be made; that is our "
                "mistake and was written to the server’s log. Do not send it again: start from the "
                "home page."
            ),
        )
    return ErrorPage(
        code=500,
        heading=_("Something went wrong on our side"),
        message=_(
            "Something went wrong on the server and was written to its log. What you sent was "
            "not saved; everything saved before is safe."
        ),
    )

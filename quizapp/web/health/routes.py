"""`/healthz`: the process answers. `/readyz`: the database does too, at the right version."""

from __future__ import annotations

from flask import Blueprint, Response
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from quizapp.storage.migrating import current_revision, newest_revision
from quizapp.web.database import session

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def live() -> Response:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    try:
        session().execute(text("SELECT 1"))
        revision = current_revision(session().connection())
    except SQLAlchemyError:
        return Response("the database does not answer\n", status=503, mimetype="text/plain")
    if revision != newest_revision():
        return Response(
            "the database has another version than the program\n", status=503, mimetype="text/plain"
        )
    return Response("ready\n", mimetype="text/plain")

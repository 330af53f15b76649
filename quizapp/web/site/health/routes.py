"""`/healthz`: the process answers. `/readyz`: an answer could be stored now."""

from __future__ import annotations

from flask import Blueprint, Response, current_app

from quizapp.secret_key import is_whole
from quizapp.web.frame import access
from quizapp.web.frame.database import db
from quizapp.web.site.health import write_check

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def live() -> Response:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
def ready() -> Response:
    reason = write_check.trouble(db.engine, access.settings().data_dir)
    if not reason and not is_whole(access.settings().data_dir, current_app.config["SECRET_KEY"]):
        reason = "the secret key is missing or damaged"
    if reason:
        return Response(f"{reason}\n", status=503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")

"""The audit log: what staff did, for admins and for the teachers it concerns."""

from __future__ import annotations

from flask import Blueprint, request

from quizapp.web.audit import building
from quizapp.web.frame import access
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer

blueprint = Blueprint("auditing", __name__, url_prefix="/teach")


@blueprint.get("/log")
def log() -> Answer:
    before = request.args.get("before", type=access.row_id)
    return building.log_page(session(), access.account(), before=before)

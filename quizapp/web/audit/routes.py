"""The audit log: what staff did, for admins and for the teachers it concerns."""

from __future__ import annotations

from flask import Blueprint, request

from quizapp.web.audit import building
from quizapp.web.frame import access
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.tables import table_file

blueprint = Blueprint("auditing", __name__, url_prefix="/teach")


@blueprint.get("/log")
def log() -> Answer:
    before = request.args.get("before", type=access.row_id)
    return building.log_page(session(), access.account(), before=before, about=request.args.get("about", ""))


@blueprint.get("/log.<any(csv, xlsx):form>")
def download(form: str) -> Answer:
    heads, rows = building.log_table(session(), access.account(), about=request.args.get("about", ""))
    return table_file("log", form, heads, rows)

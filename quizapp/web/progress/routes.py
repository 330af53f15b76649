"""Placeholder."""

from __future__ import annotations

from flask import Blueprint

from quizapp.domain.errors import Missing
from quizapp.web.page import Answer

blueprint = Blueprint("progress", __name__)


@blueprint.get("/progress/")
def index() -> Answer:
    raise Missing("Not yet.")

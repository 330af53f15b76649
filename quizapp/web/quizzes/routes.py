"""Placeholder."""

from __future__ import annotations

from flask import Blueprint

from quizapp.domain.errors import Missing
from quizapp.web.page import Answer

blueprint = Blueprint("quizzes", __name__)


@blueprint.post("/quiz/start")
def start() -> Answer:
    raise Missing("Not yet.")

"""Placeholder."""

from __future__ import annotations

from flask import Blueprint

from quizapp.domain.errors import Missing
from quizapp.web.page import Answer

blueprint = Blueprint("authoring", __name__)


@blueprint.get("/teach/")
def decks() -> Answer:
    raise Missing("Not yet.")

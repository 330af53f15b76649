"""Placeholder."""

from __future__ import annotations

from flask import Blueprint

from quizapp.domain.errors import Missing
from quizapp.web.page import Answer

blueprint = Blueprint("library", __name__)


@blueprint.get("/decks/")
def decks() -> Answer:
    raise Missing("Not yet.")


@blueprint.get("/decks/<slug>")
def deck(slug: str) -> Answer:
    raise Missing(slug)


@blueprint.get("/sources/<slug>")
def source(slug: str) -> Answer:
    raise Missing(slug)

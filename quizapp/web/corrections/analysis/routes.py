"""The page on how a deck's questions do, in the browser."""

from __future__ import annotations

from flask import Blueprint, request

from quizapp.web.corrections.analysis import building
from quizapp.web.frame import access
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer

blueprint = Blueprint("analysis", __name__, url_prefix="/teach/decks")


@blueprint.get("/<slug>/figures")
def figures(slug: str) -> Answer:
    return building.figures_page(
        session(),
        access.taught_deck(slug),
        access.account(),
        by=request.args.get("by", ""),
        down="down" in request.args,
    )

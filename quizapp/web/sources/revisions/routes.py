"""The versions of an article in the browser."""

from __future__ import annotations

from flask import Blueprint

from quizapp.web.frame import access
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.sources.revisions import building
from quizapp.web.sources.revisions.doors import kept_source

blueprint = Blueprint("revisions", __name__, url_prefix="/teach/articles")


@blueprint.get("/<article>/versions")
def index(article: str) -> Answer:
    return building.revisions_page(session(), kept_source(article), access.account())

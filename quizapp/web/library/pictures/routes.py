"""Pictures that questions show."""

from __future__ import annotations

from flask import Blueprint, Response

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.storage.library import pictures as queries
from quizapp.web.frame import access
from quizapp.web.frame.database import session

blueprint = Blueprint("pictures", __name__, url_prefix="/pictures")

DAY = 24 * 3600


@blueprint.get("/<picture_id>.webp")
def show(picture_id: str) -> Response:
    viewer = access.account()
    body = queries.shown(session(), picture_id, viewer.id, teacher=viewer.is_teacher)
    if body is None:
        raise Missing(_("Picture not found."))
    response = Response(body, mimetype="image/webp")
    response.cache_control.private = True  # it never changes, but who may see it does
    response.cache_control.max_age = DAY
    return response

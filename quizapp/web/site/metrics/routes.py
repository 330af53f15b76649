"""`/metrics`: figures as Prometheus reads them, for listed addresses; for others there is no such page."""

from __future__ import annotations

from flask import Blueprint, Response, request
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.services.site.condition import condition
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.site.metrics.exposition import exposed

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def figures() -> Response:
    if not access.settings().may_watch(request.remote_addr or ""):
        raise Missing(_("Page not found."))
    found = condition(session(), access.settings(), now=now())
    return Response(exposed(found), content_type=CONTENT_TYPE_LATEST)

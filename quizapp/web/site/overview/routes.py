"""How the site stands, for admins."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint

from quizapp.services.site.condition import condition
from quizapp.web.frame import access
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.site.overview.building import site_page

blueprint = Blueprint("overview", __name__, url_prefix="/admin")


@blueprint.get("/site")
def site() -> Answer:
    found, zone = condition(session(), access.settings(), now=now()), ZoneInfo(access.account().zone)
    return site_page(found, access.settings(), now=now(), zone=zone)

"""By which names the site answers: the Host header is the sender's choice, and addresses are made of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from werkzeug.sansio.utils import host_is_trusted
from werkzeug.wrappers import Response

REFUSED = (
    "This site doesn’t answer to that name. Its administrator can add the name to QUIZAPP_ALLOWED_HOSTS.\n"
)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class Hosts:
    """WSGI middleware: 400 for other hosts, before anything looks at the request. A name that begins with a
    dot stands for all below it."""

    def __init__(self, app: Any, allowed: Iterable[str]) -> None:
        self._app, self._allowed = app, [name.lower() for name in allowed]

    def __call__(self, environ: Any, start_response: Any) -> Any:
        host = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
        if host_is_trusted(host.lower(), self._allowed):
            return self._app(environ, start_response)
        return Response(REFUSED, 400, HEADERS, mimetype="text/plain")(environ, start_response)

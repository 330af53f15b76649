"""What a proxy says of the request as it came to it, as far as it can be true.

A proxy that doesn't set one of these headers passes on what the sender wrote in it. A prefix such as `//host`
would make every link and redirect lead to another site, so what is no path, host or scheme is not looked at.
"""

from __future__ import annotations

import re
from typing import Any

LIKELY = {
    "HTTP_X_FORWARDED_PREFIX": re.compile(r"(?:/(?!\.+(?:/|\Z))[A-Za-z0-9._~-]+)*/?"),
    "HTTP_X_FORWARDED_HOST": re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?"),
    "HTTP_X_FORWARDED_PROTO": re.compile(r"https?", re.IGNORECASE),
    "HTTP_X_FORWARDED_FOR": re.compile(r"[0-9A-Za-z.:%_\[\]-]+"),
}


class Forwarded:
    """WSGI middleware around `ProxyFix`, which takes the last of several values; those that cannot be are
    left out."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: Any, start_response: Any) -> Any:
        for name, likely in LIKELY.items():
            if name in environ and not likely.fullmatch(environ[name].rpartition(",")[2].strip()):
                del environ[name]
        return self._app(environ, start_response)

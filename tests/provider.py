"""A real OpenID Connect provider, a process of its own, and what people do there."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from tests.serving import PATIENCE, free_port

PROVIDER = (
    sys.executable,
    "-W",
    "ignore",
    "-m",
    "oidc_provider_mock",
    "--require-nonce",
    "--host",
    "localhost",
)


class SomeProvider:
    """The provider: `knows` gives it a person, `signs_in` is what their browser does there."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://localhost:{port}"
        self._http = urllib3.PoolManager(retries=False)

    def ready(self) -> bool:
        try:
            answer = self._http.request("GET", f"{self.issuer}/.well-known/openid-configuration")
        except HTTPError:
            return False
        return answer.status == 200

    def knows(self, subject: str, **claims: object) -> None:
        body, headers = json.dumps(claims).encode(), {"Content-Type": "application/json"}
        answer = self._http.request("PUT", f"{self.issuer}/users/{subject}", body=body, headers=headers)
        assert answer.status == 204, answer.data

    def signs_in(self, address: str, subject: str) -> str:
        """Where the provider sends the browser that was led to this address: a path on our site."""
        return self._sent_back(address, {"sub": subject})

    def says_no(self, address: str) -> str:
        return self._sent_back(address, {"action": "deny"})

    def _sent_back(self, address: str, fields: dict[str, str]) -> str:
        answer = self._http.request("POST", address, fields=fields, redirect=False, encode_multipart=False)
        assert answer.status == 302, answer.data
        return urlsplit(answer.headers["Location"])._replace(scheme="", netloc="").geturl()


@contextmanager
def some_provider() -> Iterator[SomeProvider]:
    port = free_port()
    process = subprocess.Popen(
        [*PROVIDER, "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    made, end = SomeProvider(port), time.monotonic() + PATIENCE
    try:
        while not made.ready():
            assert process.poll() is None
            assert time.monotonic() < end
            time.sleep(0.02)
        yield made
    finally:
        process.kill()
        process.wait()

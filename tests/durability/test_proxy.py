"""Behind a proxy, under a sub-path, with the configurations that deploy/ shows of nginx and Caddy."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.serving import PATIENCE, ROOT, Server, free_port

pytestmark = pytest.mark.slow
PLACES = f"{os.environ.get('PATH', '')}:/usr/sbin"


def nginx(folder: Path, port: int, app_port: int) -> list[str | Path]:
    """The example with these ports and without TLS, as a whole configuration that needs no root."""
    example = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
    example = re.sub(r"\n *ssl_certificate\w* [^\n]*", "", example)
    example = example.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};").replace(
        ":8000/", f":{app_port}/"
    )
    assert "ssl" not in example
    places = "".join(
        f"{name}_temp_path {folder}/{name};\n"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off;\nmaster_process off;\npid {folder}/pid;\nerror_log {folder}/errors;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{places}{example}\n}}\n"
    )
    return ["-p", folder, "-c", path]


def caddy(folder: Path, port: int, app_port: int) -> list[str | Path]:
    """The same of Caddy's example."""
    example = (ROOT / "deploy" / "Caddyfile").read_text("utf-8")
    assert "\nschool.example {" in example
    example = example.replace("\nschool.example {", f"\nhttp://127.0.0.1:{port} {{")
    path = folder / "Caddyfile"
    path.write_text("{\nadmin off\n}\n" + example.replace(":8000", f":{app_port}"))
    return ["run", "--adapter", "caddyfile", "--config", path]


@pytest.fixture(params=[nginx, caddy])
def port(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[int]:
    """Where the proxy answers, with Quizapp behind it."""
    name = request.param.__name__
    program = shutil.which(name, path=PLACES)
    if program is None:
        pytest.skip(f"{name} is not installed (apt-get install {name})")
    found = free_port()
    server = Server(tmp_path / "data", behind_proxy=1, site_url=f"http://127.0.0.1:{found}/quiz")
    proxy = None
    said = (tmp_path / "said").open("w+")
    try:
        server.start()
        command = [program, *request.param(tmp_path, found, server.port)]
        surroundings = {**os.environ, "LC_ALL": "C", "HOME": str(tmp_path)}
        proxy = subprocess.Popen(command, stderr=said, env=surroundings)
        end = time.monotonic() + PATIENCE
        while get(found, "/quiz/healthz")[0] != 200:
            assert proxy.poll() is None, (tmp_path / "said").read_text()
            assert time.monotonic() < end
            time.sleep(0.02)
        yield found
    finally:
        if proxy is not None:
            proxy.kill()
            proxy.wait()
        said.close()
        if server.process is not None:
            server.stop()


def get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return (
            answer.status,
            {name.title(): value for name, value in answer.getheaders()},
            answer.read().decode("utf-8", "replace"),
        )
    except OSError:
        return 0, {}, ""
    finally:
        connection.close()


def test_pages_links_and_files_stay_below_the_sub_path(port: int) -> None:
    status, _, page = get(port, "/quiz/")
    assert status == 200
    found = re.findall(r'(?:href|src|action)="(/[^"]*)"', page)
    assert len(found) > 5
    assert [link for link in found if not link.startswith("/quiz/")] == []
    for link in {link for link in found if "/static/" in link}:
        assert get(port, link)[0] == 200, link
    status, headers, _ = get(port, "/quiz")
    assert (status, headers["Location"].endswith("/quiz/")) == (308, True)
    status, headers, _ = get(port, "/quiz/account/")
    assert status in {302, 303}
    assert "/quiz/" in headers["Location"]


def test_what_a_client_sends_as_forwarded_is_overwritten(port: int) -> None:
    forged = {"X-Forwarded-Prefix": "/evil", "X-Forwarded-Host": "evil.example", "X-Forwarded-For": "9.9.9.9"}
    status, _, page = get(port, "/quiz/", **forged)
    assert (status, "evil" in page) == (200, False)

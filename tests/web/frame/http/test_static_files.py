"""Static files: served from memory under a digest, kept for a year, never anything outside the folder."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from quizapp import paths
from quizapp.domain.errors import Missing
from quizapp.web.frame.http import static_files
from tests.world import Visitor

FILES = sorted(
    path.relative_to(paths.STATIC).as_posix() for path in paths.STATIC.rglob("*") if path.is_file()
)


def address(app: Flask, name: str) -> str:
    with app.test_request_context():
        return static_files.static(name)


def test_every_file_is_served_as_it_is_for_a_year(app: Flask, client: FlaskClient) -> None:
    for name in FILES:
        answer = client.get(address(app, name))
        assert answer.status_code == 200
        assert answer.data == (paths.STATIC / name).read_bytes()
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Set-Cookie" not in answer.headers


def test_media_types_do_not_depend_on_the_system(app: Flask, client: FlaskClient) -> None:
    types = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
    for name in FILES:
        if (suffix := Path(name).suffix) in types:
            assert client.get(address(app, name)).mimetype == types[suffix], name


def test_text_is_compressed_once(app: Flask, client: FlaskClient) -> None:
    for name in (name for name in FILES if name.endswith((".css", ".js"))):
        answer = client.get(address(app, name), headers={"Accept-Encoding": "gzip"})
        assert answer.headers["Content-Encoding"] == "gzip"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert gzip.decompress(answer.data) == (paths.STATIC / name).read_bytes()


def test_the_digest_changes_with_any_file_and_with_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "c.js").write_text("c")
    first, files = static_files.load(tmp_path)
    assert set(files) == {"a.css", "b/c.js"}
    assert static_files.load(tmp_path)[0] == first
    (tmp_path / "b" / "c.js").write_text("d")
    second, _ = static_files.load(tmp_path)
    (tmp_path / "a.css").rename(tmp_path / "d.css")
    assert len({first, second, static_files.load(tmp_path)[0]}) == 3


def test_a_page_names_files_under_the_digest_of_now(app: Flask, visitor: Visitor) -> None:
    digest = app.extensions["static_files"][0]
    page = visitor.open("/")
    named = [
        tag.get("href") or tag.get("src") for tag in page.soup.select("link[rel=stylesheet], script[src]")
    ]
    assert named
    for url in named:
        assert url.startswith(f"/static/{digest}/")
        assert visitor.client.get(url).status_code == 200


def test_a_file_under_another_digest_is_not_kept(client: FlaskClient) -> None:
    """An old server asked for a new file's address must not fill caches with the old file for a year."""
    answer = client.get("/static/0123456789/css/frame/base.css")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")


@pytest.mark.parametrize(
    "path",
    [
        "../quizapp/app.py", "..%2fquizapp/app.py", "%2e%2e/pyproject.toml", "css/../../pyproject.toml",
        "/etc/passwd", "css", "css/", "CSS/base.css", "css/frame/base.css/", "css//base.css", "css\\base.css",
        "css/frame/base.css%00", "",
    ],
)  # fmt: skip
def test_nothing_else_is_served(path: str, client: FlaskClient) -> None:
    assert client.get(f"/static/x/{path}").status_code in {308, 404}
    assert client.get(f"/static/x/{path}", follow_redirects=True).status_code in {200, 404}
    assert b"def create_app" not in client.get(f"/static/x/{path}", follow_redirects=True).data


def test_a_template_that_names_no_file_fails_at_once(app: Flask) -> None:
    with app.test_request_context(), pytest.raises(Missing):
        static_files.static("css/no-such-file.css")

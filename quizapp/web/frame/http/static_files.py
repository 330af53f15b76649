"""Static files from memory, compressed once, under a URL that changes when any of them does."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, url_for

from quizapp.domain.errors import Missing
from quizapp.web.frame.http.headers import takes_gzip

YEAR = 365 * 24 * 3600
COMPRESSIBLE = frozenset({".css", ".js", ".svg", ".json", ".txt", ".webmanifest"})

blueprint = Blueprint("static_files", __name__)


@dataclass(frozen=True)
class StaticFile:
    """A file's bytes, its type, and the bytes compressed (empty where that gains nothing)."""

    body: bytes
    media_type: str
    compressed: bytes


def load(folder: Path) -> tuple[str, dict[str, StaticFile]]:
    """Every file of a folder by its path, and one digest (10 hex digits) of them all."""
    digest = hashlib.sha256()
    found: dict[str, StaticFile] = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name, body = path.relative_to(folder).as_posix(), path.read_bytes()
        digest.update(name.encode() + b"\0" + body)
        media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
        if path.suffix == ".js":
            media_type = "text/javascript"  # some systems' registries say otherwise
        compressed = gzip.compress(body, 9, mtime=0) if path.suffix in COMPRESSIBLE else b""
        found[name] = StaticFile(body, media_type, compressed)
    return digest.hexdigest()[:10], found


def install(app: Flask, folder: Path) -> None:
    """Load the folder, register the route and the template global `static(path)`."""
    app.extensions["static_files"] = load(folder)
    app.register_blueprint(blueprint)
    app.jinja_env.globals["static"] = static


def static(path: str) -> str:
    """The URL of a static file; raises Missing for one that does not exist (a typing error)."""
    digest, found = current_app.extensions["static_files"]
    if path not in found:
        raise Missing(f"There is no static file {path}.")
    return url_for("static_files.serve", digest=digest, path=path)


@blueprint.get("/static/<digest>/<path:path>")
def serve(digest: str, path: str) -> Response:
    present, found = current_app.extensions["static_files"]
    file: StaticFile | None = found.get(path)
    if file is None:
        raise Missing("There is no such file.")
    zipped = bool(file.compressed) and takes_gzip()
    response = Response(file.compressed if zipped else file.body, mimetype=file.media_type)
    if digest == present:  # while versions change, an old file must not be kept under a new address
        response.cache_control.public = True
        response.cache_control.max_age = YEAR
        response.cache_control.immutable = True
    response.vary.add("Accept-Encoding")
    if zipped:
        response.content_encoding = "gzip"
    return response

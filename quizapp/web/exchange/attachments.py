"""Files that the browser saves."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file


def attachment(data: bytes, name: str, media_type: str) -> Response:
    """A file to be saved under this name."""
    return send_file(BytesIO(data), media_type, as_attachment=True, download_name=name)

"""Endpoints that take files: a larger request is accepted there, and nowhere else."""

from __future__ import annotations

from flask import current_app, request

UPLOADS = frozenset({"authoring.new_item", "authoring.edit_item"})


def allow() -> None:
    """Before the body is read."""
    if request.endpoint in UPLOADS:
        request.max_content_length = current_app.config["SETTINGS"].max_upload_bytes

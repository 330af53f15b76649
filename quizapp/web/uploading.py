"""Endpoints that take files: a larger request is accepted there, and nowhere else."""

from __future__ import annotations

from flask import current_app, request

UPLOADS = frozenset(
    {
        "authoring.new_item", "authoring.edit_item",
        "articles.add", "articles.save", "articles.new_text", "articles.save_text",
    }
)  # fmt: skip
LARGEST_TEXT = 8_000_000  # bytes of what is typed or pasted: two million characters, some of several bytes


def allow() -> None:
    """Before the body is read."""
    if request.endpoint in UPLOADS:
        request.max_content_length = current_app.config["SETTINGS"].max_upload_bytes
        request.max_form_memory_size = LARGEST_TEXT

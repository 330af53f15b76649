"""Where templates, static files, translations and the shipped bank lie, in a checkout and in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """A folder that stands inside the package (wheel) or beside it (checkout, editable install)."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


TEMPLATES = _shipped("templates")
STATIC = _shipped("static")
BANK = _shipped("question_bank")
TRANSLATIONS = PACKAGE / "translations"

"""The browser's floor: a small package per feature (routes, forms, pages), and the doors to them."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint, Flask

FEATURES = (
    "health",
    "home",
    "accounts",
    "personal",
    "study",
    "quizzes",
    "library",
    "drafts",
    "progress",
    "authoring",
    "bulk",
    "pictures",
    "articles",
    "regrading",
    "claims",
    "classrooms",
    "assignments",
    "administration",
    "auditing",
    "reports",
    "queue",
    "reviewing",
    "suggesting",
    "sharing",
    "revisions",
    "mail",
    "analysis",
    "factors",
    "passkeys",
)


def blueprints() -> list[Blueprint]:
    """Every feature's blueprint; each stands in `web/<feature>/routes.py`."""
    return [import_module(f"quizapp.web.{feature}.routes").blueprint for feature in FEATURES]


def register_blueprints(app: Flask) -> None:
    """Give the app every feature."""
    for blueprint in blueprints():
        app.register_blueprint(blueprint)

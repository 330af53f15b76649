"""The browser's floor: a small package per feature (routes, forms, pages), and the doors to them."""

from __future__ import annotations

from importlib import import_module

from flask import Flask

FEATURES = ("health", "home", "accounts", "study", "quizzes", "library", "progress", "authoring")


def register_blueprints(app: Flask) -> None:
    """Every feature's blueprint; each stands in `web/<feature>/routes.py`."""
    for feature in FEATURES:
        app.register_blueprint(import_module(f"quizapp.web.{feature}.routes").blueprint)

"""The browser's floor: a small package per feature (routes, forms, pages), and the doors to them."""

from __future__ import annotations

from importlib import import_module

from flask import Blueprint, Flask

FEATURES = (
    "site.health",
    "site.metrics",
    "site",
    "accounts",
    "privacy",
    "study",
    "quizzes",
    "library",
    "drafting",
    "study.progress",
    "study.goals",
    "study.met",
    "study.plan",
    "study.reminders",
    "library.authoring",
    "library.bulk",
    "library.search",
    "library.own",
    "library.pictures",
    "sources",
    "corrections.regrading",
    "corrections.claims",
    "classes",
    "classes.assignments",
    "classes.dates",
    "classes.memory",
    "classes.results",
    "classes.papers",
    "accounts.administration",
    "site.overview",
    "audit",
    "corrections.reports",
    "corrections.queue",
    "library.review",
    "library.suggestions",
    "library.sharing",
    "sources.revisions",
    "exchange.imports",
    "exchange.exports",
    "accounts.mail",
    "corrections.analysis",
    "accounts.second_factor",
    "accounts.passkeys",
    "accounts.provider",
)


def blueprints() -> list[Blueprint]:
    """Every feature's blueprint; each is in `web/<feature>/routes.py`."""
    return [import_module(f"quizapp.web.{feature}.routes").blueprint for feature in FEATURES]


def register_blueprints(app: Flask) -> None:
    """Give the app every feature."""
    for blueprint in blueprints():
        app.register_blueprint(blueprint)

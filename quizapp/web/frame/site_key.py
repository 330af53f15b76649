"""The site's key, for sealing what is stored."""

from __future__ import annotations

from flask import current_app

from quizapp.services.accounts.encryption import Sealer


def sealer(purpose: str) -> Sealer:
    """Seals with the site's own key (`services/accounts/encryption.py`)."""
    return Sealer(current_app.config["SECRET_KEY"], purpose)

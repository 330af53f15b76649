"""The door to someone's account, for an admin."""

from __future__ import annotations

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.storage.accounts import directory as queries
from quizapp.storage.accounts.tables import Account
from quizapp.web.frame.access import LARGEST_ID
from quizapp.web.frame.database import session


def named_account(account_id: int) -> Account:
    """An account that has a name; guests have none and are no one's business."""
    found = queries.named_account(session(), account_id) if account_id < LARGEST_ID else None
    if found is None:
        raise Missing(_("Account not found."))
    return found

"""From rows to the page of an account's second factors."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from wtforms import Form

from quizapp.domain.language.moments import day_words
from quizapp.services.accounts import passkeys, second_factor
from quizapp.web.accounts.second_factor.pages import FactorsPage, PasskeyRow
from quizapp.web.frame import access
from quizapp.web.frame.database import session


def factors_page(form: Form, passkey_form: Form, remove_form: Form | None = None) -> FactorsPage:
    """Whatever the account has, with the forms to change it."""
    who = access.account()
    app = second_factor.code_app(session(), who)
    rows, zone = passkeys.of_account(session(), who), ZoneInfo(who.zone)
    return FactorsPage(
        form=form,
        passkey_form=passkey_form,
        refused=" ".join(remove_form.present.errors) if remove_form is not None else "",
        app=app is not None and app.confirmed_at is not None,
        codes=second_factor.recovery_codes_left(session(), who),
        passkeys=tuple(PasskeyRow(row.id, row.name, day_words(row.created_at, zone)) for row in rows),
        required=access.settings().require_second_factor and not second_factor.has_any(session(), who),
    )

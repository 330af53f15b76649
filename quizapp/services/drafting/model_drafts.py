"""Asking an OpenAI-compatible service for drafts: a teacher's own, or the site's. Off unless one is set.

No transaction may be open while the service is waited for; `ask` reads and writes no database.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from quizapp.domain.drafting.models import ModelDraft, read_reply, request
from quizapp.domain.errors import Invalid, Problem, QuizappError
from quizapp.domain.language.links import parse_link
from quizapp.domain.language.translation import _
from quizapp.domain.sources.passages import Paragraph
from quizapp.services.accounts.encryption import Sealer
from quizapp.services.sources.retrieval import ANYWHERE, Closed, Guard, TooLarge, send
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from quizapp.storage.drafting.tables import ModelService
from quizapp.storage.upserts import put

MOST_BYTES = 400_000  # of a reply
DRAFTS_ASKED_FOR = 8
LONGEST_ADDRESS, LONGEST_MODEL, LONGEST_KEY = 500, 100, 1_000
_log = logging.getLogger(__name__)


class NoDrafts(QuizappError):
    """The service gave nothing that can be used; the message says so in plain words."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """Whom to ask. guard: where the server may be led; own: the teacher's, not the site's."""

    address: str
    model: str
    key: str = field(default="", repr=False)
    guard: Guard
    own: bool


# --- which one -------------------------------------------------------------------------------------


def of_site(settings: Settings) -> Service | None:
    """The service that the site's settings name, with its model."""
    if not (settings.drafts_url and settings.drafts_model):
        return None
    guard = replace(ANYWHERE, seconds=float(settings.drafts_timeout))
    named = {"address": settings.drafts_url, "model": settings.drafts_model, "key": settings.drafts_key}
    return Service(**named, guard=guard, own=False)


def of_teacher(
    session: Session, teacher: Account, settings: Settings, sealer: Sealer, guard: Guard | None = None
) -> Service | None:
    """The service that is asked for this teacher: the one they have set, where the site allows that, else
    the site's; None where there is neither."""
    own = session.get(ModelService, teacher.id) if settings.own_models else None
    key = sealer.open(own.sealed_key) if own is not None and own.sealed_key else ""
    if own is None or key is None:
        return of_site(settings)
    timed = replace(guard or Guard(), seconds=float(settings.drafts_timeout))
    return Service(address=own.address, model=own.model, key=key, guard=timed, own=True)


def set_own(
    session: Session, teacher: Account, sealer: Sealer, *, address: str, model: str, key: str, now: datetime
) -> None:
    """Let a teacher's drafts come from this service. key "": the present one stays where the address does,
    else there is none. Raises Invalid (the problems name the fields)."""
    address, model, key = address.strip().rstrip("/"), " ".join(model.split()), key.strip()
    before = session.get(ModelService, teacher.id)
    _check(address, model, key)
    sealed = sealer.seal(key) if key else ""
    if not key and before is not None and before.address == address:
        sealed = before.sealed_key
    named = {"account_id": teacher.id, "address": address, "model": model}
    put(session, ModelService, {**named, "sealed_key": sealed, "set_at": now})
    session.expire_all()


def _check(address: str, model: str, key: str) -> None:
    problems = []
    try:
        if parse_link(address).scheme != "https":
            problems.append(
                Problem("address", _("The key is sent to this address, so it must begin with https://."))
            )
        elif "?" in address or len(address) > LONGEST_ADDRESS:
            problems.append(
                Problem("address", _("Enter the base address, such as https://models.example/v1."))
            )
    except Invalid as error:
        problems.append(Problem("address", str(error)))
    if not model or len(model) > LONGEST_MODEL or not model.isprintable():
        problems.append(Problem("model", _("Enter the model’s name exactly as the service spells it.")))
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        problems.append(Problem("key", _("Copy the key again; it contains characters keys never have.")))
    if problems:
        raise Invalid(_("The service hasn’t been saved yet."), tuple(problems))


def forget_own(session: Session, teacher: Account) -> None:
    """Remove a teacher's own service and its key."""
    session.execute(delete(ModelService).where(ModelService.account_id == teacher.id))
    session.expire_all()


# --- asking it -------------------------------------------------------------------------------------


def ask(service: Service, paragraphs: Sequence[Paragraph], language: str) -> tuple[ModelDraft, ...]:
    """The model's questions on these paragraphs, unchecked. Raises NoDrafts."""
    body = json.dumps(request(service.model, paragraphs, language, DRAFTS_ASKED_FOR)).encode()
    reply = read_reply(_post(service, body))
    if reply is None:
        raise NoDrafts(_("The model’s reply wasn’t in the expected format. Nothing was saved; try again."))
    if not reply.drafts:
        raise NoDrafts(
            _("The model didn’t propose a usable question. Nothing was saved; try another passage.")
        )
    return reply.drafts


def _post(service: Service, body: bytes) -> bytes:
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if service.key:
        headers["Authorization"] = f"Bearer {service.key}"
    address = f"{service.address.rstrip('/')}/chat/completions"
    try:
        status, data = send(address, body, headers, service.guard, most=MOST_BYTES)
    except Closed as error:
        raise NoDrafts(
            _("The service’s address isn’t public. Nothing was sent; enter another one.")
        ) from error
    except TooLarge as error:
        raise NoDrafts(
            _("The model’s reply was far too long. Nothing was saved; try a shorter passage.")
        ) from error
    except Invalid as error:
        _log.warning("The service for drafts cannot be used: %s", type(error).__name__)
        raise NoDrafts(
            _("The model didn’t reply in time. Nothing was saved; try again in a moment.")
        ) from error
    if status != 200:
        _log.warning("The service for drafts answered with status %s", status)
        raise NoDrafts(
            _("The model’s service refused the request ({status}). Nothing was saved. {service}").format(
                status=status, service=_remedy(service)
            )
        )
    return data


def _remedy(service: Service) -> str:
    return (
        _("Check its address, model and key in your account.")
        if service.own
        else _("Tell the site’s administrator.")
    )

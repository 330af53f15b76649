"""The only doors to pages and owned objects. Anyone who may not see something gets 404."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import current_app, flash, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from quizapp.domain.errors import Missing
from quizapp.domain.language.translation import _
from quizapp.domain.library.sharing import Act
from quizapp.services.accounts import second_factor
from quizapp.services.study.learner import Learner, learner_of
from quizapp.settings import Settings
from quizapp.storage.accounts.deck_rights import may
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes import classrooms as classroom_queries
from quizapp.storage.classes.tables import Classroom, Enrolment
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.quizzes import attempts as quiz_queries
from quizapp.storage.quizzes.attempts import AttemptOnDeck
from quizapp.web.frame import wished
from quizapp.web.frame.database import session
from quizapp.web.frame.http.gateway import RULE
from quizapp.web.frame.page import Viewer
from quizapp.web.frame.parts.offers import offered
from quizapp.web.frame.parts.whole_numbers import whole
from quizapp.web.frame.rights import RIGHTS, Right
from quizapp.web.frame.sign_in import current_account

LARGEST_ID = 2**63  # no database counts further
OF_CLASSES = ("assignments.", "classrooms.", "quizzes.")  # a link to one of these was given by a teacher


def guard() -> Any:
    """Before every request: the endpoint's right, or 404 (a page that a visitor could sign in for
    sends them to do so, and is where they land then)."""
    endpoint = request.endpoint
    if endpoint is None:
        return None  # no such page: Flask's own 404 or 405 follows
    request.environ[RULE] = str(request.url_rule)
    if any("\0" in text for text in _address_texts()):  # PostgreSQL refuses even to look for it
        raise Missing(_("Page not found."))
    right = RIGHTS.get(endpoint)
    if right is None:
        raise Missing(_("Page not found."))
    if right is Right.ANYONE:
        return None
    someone = current_account()
    if someone is None:
        if request.method in {"GET", "HEAD"}:
            return _to_the_door(endpoint, right)
        raise Missing(_("You’re no longer signed in here. Sign in and try again; nothing was saved."))
    if (right is Right.TEACHER and not someone.is_teacher) or (right is Right.ADMIN and not someone.is_admin):
        raise Missing(_("Page not found."))
    if right in {Right.TEACHER, Right.ADMIN} and _lacks_second_factor(someone, endpoint):
        if request.method in {"GET", "HEAD"}:
            return redirect(url_for("factors.overview"), 303)
        raise Missing(_("Set up a second factor first; nothing was saved."))
    return None


def _to_the_door(endpoint: str, right: Right) -> Any:
    """Where a visitor can come in; afterwards they are on the page that they asked for."""
    wished.keep()
    if right is not Right.LEARNER:
        return redirect(url_for("accounts.sign_in"), 303)
    if not endpoint.startswith(OF_CLASSES):
        return redirect(url_for("home.index"), 303)
    flash(_("Sign in, or join your class with its code, to open this page."), "info")
    return redirect(url_for("accounts.sign_in"), 303)


def _lacks_second_factor(someone: Account, endpoint: str) -> bool:
    """Whether this site asks its staff for one, and they have none; they can go nowhere but to set it up."""
    wanted = settings().require_second_factor and not endpoint.startswith(("factors.", "passkeys."))
    return wanted and not second_factor.has_any(session(), someone)


def _address_texts() -> Iterator[str]:
    """Everything in the address that is someone's choice."""
    yield from map(str, (request.view_args or {}).values())
    for values in request.args.listvalues():
        yield from values


def row_id(text: str) -> int:
    """An id in a query string; ValueError for what no database counts to."""
    number = whole(text)
    if not 0 < number < LARGEST_ID:
        raise ValueError(text)
    return number


def account() -> Account:
    """Anyone who is signed in; a guest counts."""
    found = current_account()
    if found is None:
        raise Missing(_("Page not found."))
    return found


def learner() -> Learner:
    """Anyone who studies: a guest or a signed-in account, as the scheduler knows them."""
    return learner_of(account(), settings())


def settings() -> Settings:
    """The site's settings."""
    found: Settings = current_app.config["SETTINGS"]
    return found


def deck(slug: str, act: Act = Act.STUDY) -> Deck:
    """A deck that anyone who asks may study, or do something else with (`domain/library/sharing.py`)."""
    someone = current_account()
    query = select(Deck).where(Deck.slug == slug, may(act, someone.id if someone else None))
    found = session().scalar(query) if "\0" not in slug else None
    if found is None:
        raise Missing(_("Deck not found."))
    return found


def attempt(attempt_id: UUID) -> AttemptOnDeck:
    """The learner's own attempt, with its deck."""
    found = quiz_queries.attempt(session(), attempt_id, account().id)
    if found is None:
        raise Missing(_("Quiz not found."))
    return found


def own_deck(slug: str) -> Deck:
    """A deck that this teacher owns: to share, rename or delete it."""
    return deck(slug, Act.OWN)


def edited_deck(slug: str) -> Deck:
    """A deck whose questions this teacher may change: their own, or shared with them to edit."""
    return deck(slug, Act.EDIT)


def taught_deck(slug: str) -> Deck:
    """A deck that this teacher may look into as a teacher, keys and all, and copy."""
    return deck(slug, Act.TEACH)


def own_item(item_id: int) -> Item:
    """An item whose home is a deck whose questions this teacher may change."""
    query = (
        select(Item)
        .join(Deck, Deck.id == Item.deck_id)
        .options(joinedload(Item.deck), joinedload(Item.version), joinedload(Item.fact))
        .where(Item.id == item_id, may(Act.EDIT, account().id))
    )
    found = session().scalar(query) if item_id < LARGEST_ID else None
    if found is None:
        raise Missing(_("Question not found."))
    return found


def taught_classroom(classroom_id: int) -> Classroom:
    """A class that this teacher teaches, as its founder or beside them."""
    found = (
        classroom_queries.taught(session(), classroom_id, account().id) if classroom_id < LARGEST_ID else None
    )
    if found is None:
        raise Missing(_("Class not found."))
    return found


def taught_enrolment(enrolment_id: int) -> tuple[Enrolment, Classroom]:
    """A student, in or removed of a class that this teacher teaches, and the class."""
    found = (
        classroom_queries.taught_enrolment(session(), enrolment_id, account().id)
        if enrolment_id < LARGEST_ID
        else None
    )
    if found is None:
        raise Missing(_("Student not found."))
    return found[0], found[1]


def own_enrolment(classroom_id: int) -> Enrolment:
    """The learner's own place in a class they are in."""
    found = (
        classroom_queries.attended(session(), classroom_id, account().id)
        if classroom_id < LARGEST_ID
        else None
    )
    if found is None:
        raise Missing(_("Class not found."))
    return found


def viewer(*, counting: bool = True) -> Viewer:
    """The frame's view of who looks. counting: with what waits for who teaches."""
    found = current_account()
    if found is None:
        return Viewer()
    return Viewer(
        name=found.name or "",
        signed_in=found.has_password,
        guest=not found.has_password,
        teacher=found.is_teacher,
        admin=found.is_admin,
        queued=offered().queue_count(session(), found) if counting and found.is_teacher else 0,
    )

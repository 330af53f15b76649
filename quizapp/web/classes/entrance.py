"""The page that students join a class by: what is wrong with a code, and where they go next."""

from __future__ import annotations

from flask import flash, redirect, request, url_for

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.language.translation import _
from quizapp.services.classes import joining, sign_in_links
from quizapp.web.accounts import sign_in_steps
from quizapp.web.classes.forms import JoinForm
from quizapp.web.classes.pages import JoinPage
from quizapp.web.frame import sign_in
from quizapp.web.frame.clock import now
from quizapp.web.frame.database import session
from quizapp.web.frame.http import sign_in_origin
from quizapp.web.frame.links import within_site
from quizapp.web.frame.page import Answer


def join(form: JoinForm) -> joining.Joined | None:
    """Who is in which class now; None where the form has to come back with what is wrong."""
    try:
        return joining.join(
            session(),
            None if form.other.data else sign_in.current_account(),
            code=str(form.code.data),
            name=form.name.data or "",
            zone=request.form.get("zone", ""),
            ticket=form.ticket_id,
            place=place(),
            now=now(),
        )
    except Missing as error:
        session().rollback()
        joining.note_miss(session(), place(), now())
        session().commit()  # the page that follows tells of a failure and would roll it back
        form.code.errors = [str(error)]
    except Invalid as error:
        session().rollback()  # a guest is a guest still
        form.refuse(error)
    return None


def open_card(form: JoinForm, card: str) -> Answer:
    """A sign-in card's code was typed where one joins."""
    try:
        sign_in_links.open_link(session(), card, now=now())
    except Missing as error:
        joining.note_miss(session(), place(), now())
        session().commit()  # the page that follows tells of a failure and would roll it back
        form.code.errors = [str(error)]
        return join_page(form)
    return redirect(url_for("classrooms.enter", link=card), 303)


def place() -> joining.Place:
    """Where someone joins from."""
    origin, browser = sign_in_origin.origin(), sign_in_origin.browser()
    return joining.Place(
        address=sign_in_origin.digest("join", origin),
        browser=sign_in_origin.digest("join", origin, browser),
        established=sign_in_origin.is_established(),
    )


def welcome(joined: joining.Joined) -> Answer:
    """On to the class, or to the page they wanted; signed in as whoever joined."""
    present, target = sign_in.current_account(), sign_in_steps.onward()
    if present is None or present.id != joined.account.id:
        sign_in.start(joined.account, shared="shared" in request.form)
    flash(_("You’ve joined {name}.").format(name=joined.classroom.name), "right")
    return redirect(target, 303)


def join_page(form: JoinForm, *, throttled: bool = False) -> JoinPage:
    """The form. throttled: no code is looked at for a while."""
    present = sign_in.current_account()
    known = present is not None and not present.is_guest and not form.other.data
    form.name.flags.required = not known
    return JoinPage(
        form=form,
        signed_in_as=present.name or "" if present is not None and known else "",
        throttled=throttled,
        action=url_for("classrooms.join", next=_wished()),
        sign_in=url_for("accounts.sign_in", next=_with_code(form.code.data or "")),
    )


def _wished() -> str | None:
    """The page that anyone who joins wanted to see, None for none."""
    return within_site(request.args.get("next", "")) or None


def _with_code(code: str) -> str:
    """This page again, with the code, for those who sign in first."""
    there = url_for("classrooms.join_code", code=code) if code else url_for("classrooms.join")
    return within_site(there) or url_for("classrooms.join")

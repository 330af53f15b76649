"""Who may do what: every endpoint × method × actor × whose object it is, against one table.

A new endpoint is red until it is in the table. Numbers are statuses; what is someone else's looks
as if it were not there, to the byte.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from quizapp.web.frame.rights import RIGHTS, Right
from tests.house import ACTORS, MISSING, NOBODY, STAFF, House, call
from tests.world import endpoints, masked

# endpoint, method: who gets what on an object of their own (or none).
# Redirects are 303: an anonymous visitor is sent to begin or to sign in. A disabled account is no one.


def row(
    everybody: int, *, nobody: int | None = None, staff: int | None = None, **actors: int
) -> dict[str, int]:
    """Statuses by actor: everyone's, of those who are not signed in, of those who teach, of single ones."""
    found = dict.fromkeys(ACTORS, everybody)
    found |= dict.fromkeys(NOBODY, everybody if nobody is None else nobody)
    found |= dict.fromkeys(STAFF, everybody if staff is None else staff)
    return found | actors


OPEN = row(200)
NO_PROVIDER = row(404)  # with one: tests/web/accounts/provider
BY_ADDRESS = row(404)  # asked for by machines at listed addresses, of which there is none here
SENT_ON = row(303)
LEARN = row(200, nobody=303)  # pages of someone who studies
LEARN_POST = row(303, nobody=404)
LEARN_FORM = row(422, nobody=404)
ASK = row(200, nobody=404)
TEACH = row(404, nobody=303, staff=200)
TEACH_POST = row(404, staff=303)
TEACH_FORM = row(404, staff=422)  # an empty form comes back
TEACH_ASK = row(404, staff=200)
TEACH_BAD = row(404, staff=400)  # a form of ours always holds a key
ADMIN = row(404, nobody=303, admin=200)
ADMIN_POST = row(404, admin=303)
ADMIN_ASK = row(404, admin=200)

TABLE: dict[tuple[str, str], dict[str, int]] = {
    ("static_files.serve", "GET"): OPEN,
    ("health.live", "GET"): OPEN,
    ("health.ready", "GET"): OPEN,
    ("metrics.figures", "GET"): BY_ADDRESS,
    ("home.index", "GET"): OPEN,
    ("accounts.sign_in", "GET"): OPEN,
    ("accounts.sign_in", "POST"): row(422),
    ("accounts.sign_up", "GET"): row(303, nobody=200, guest=200),
    ("accounts.sign_up", "POST"): row(303, nobody=422, guest=422),
    ("accounts.sign_out", "POST"): SENT_ON,
    ("accounts.setup", "GET"): OPEN,
    ("accounts.setup", "POST"): row(422),
    ("personal.account", "GET"): LEARN,
    ("personal.password", "POST"): LEARN_FORM,
    ("personal.sign_out_one", "POST"): LEARN_POST,
    ("personal.sign_out_everywhere", "POST"): LEARN_POST,
    ("personal.download", "GET"): LEARN,
    ("personal.erase", "GET"): LEARN,
    ("personal.erase", "POST"): LEARN_FORM,
    ("study.begin", "POST"): SENT_ON,
    ("study.question", "GET"): LEARN,
    ("study.hint", "POST"): ASK,
    ("study.reveal", "POST"): ASK,
    ("study.answer", "POST"): LEARN_POST,
    ("study.feedback", "GET"): LEARN,
    ("study.undo", "POST"): LEARN_POST,
    ("study.away", "POST"): LEARN_POST,
    ("study.put_away", "GET"): LEARN,
    ("quizzes.new", "GET"): LEARN,
    ("quizzes.start", "POST"): LEARN_POST,
    ("quizzes.resume", "GET"): SENT_ON,
    ("quizzes.question", "GET"): LEARN,
    ("quizzes.answer", "POST"): LEARN_POST,
    ("quizzes.overview", "GET"): LEARN,
    ("quizzes.finish", "POST"): LEARN_POST,
    ("quizzes.discard", "POST"): row(409, nobody=404),  # for an assignment, or finished now
    ("quizzes.show", "POST"): LEARN_POST,
    ("quizzes.result", "GET"): SENT_ON,  # not finished yet: to the overview
    ("library.decks", "GET"): OPEN,
    ("library.deck", "GET"): OPEN,
    ("library.source", "GET"): OPEN,
    ("own.decks", "GET"): LEARN,
    ("own.deck", "GET"): row(200, nobody=303, guest=404),  # a guest of the house has no deck
    ("own.rename", "POST"): row(303, nobody=404, guest=404),
    ("own.new_card", "GET"): LEARN,
    ("own.new_card", "POST"): LEARN_FORM,
    ("own.card", "GET"): row(303, guest=404),  # questions of more than two boxes are not changed there
    ("own.card", "POST"): row(303, nobody=404, guest=404),
    ("own.remove_card", "POST"): row(303, nobody=404, guest=404),
    ("met.index", "GET"): LEARN,
    ("met.item", "GET"): row(404, nobody=303),  # not answered
    ("plan.index", "GET"): row(200, nobody=303, guest=404),  # a guest of the house has no deck
    ("plan.change", "POST"): row(303, nobody=404, guest=404),
    ("plan.target", "POST"): row(303, nobody=404, guest=404),
    ("reminders.set_hour", "POST"): LEARN_POST,
    ("reminders.set_calendar", "POST"): LEARN_POST,
    ("reminders.feed", "GET"): row(404),  # no one has made an address
    ("reminders.stop", "GET"): row(404),
    ("reminders.stop", "POST"): row(404),
    ("met.note", "POST"): row(303, nobody=404, guest=404, staff=404),  # theirs is retired by then
    ("drafts.index", "GET"): TEACH,
    ("drafts.settle", "POST"): TEACH_FORM,  # nothing was ticked
    ("drafts.ask_model", "POST"): TEACH_POST,
    ("drafts.service", "GET"): TEACH,
    ("drafts.service", "POST"): TEACH_FORM,
    ("drafts.forget_service", "POST"): TEACH_POST,
    ("progress.index", "GET"): LEARN,
    ("progress.settings", "GET"): LEARN,
    ("progress.settings", "POST"): LEARN_FORM,
    ("progress.follow_zone", "POST"): LEARN_POST,
    ("goals.index", "GET"): LEARN,
    ("goals.index", "POST"): LEARN_FORM,
    ("goals.remove", "POST"): LEARN_POST,
    ("dates.index", "GET"): TEACH,
    ("dates.index", "POST"): TEACH_FORM,
    ("dates.remove", "POST"): TEACH_POST,
    ("memory.index", "GET"): TEACH,
    ("authoring.decks", "GET"): TEACH,
    ("authoring.new_deck", "GET"): TEACH,
    ("authoring.new_deck", "POST"): TEACH_FORM,
    ("authoring.deck", "GET"): TEACH,
    ("imports.bring", "GET"): TEACH,
    ("imports.bring", "POST"): TEACH_FORM,
    ("imports.bring_own", "GET"): row(200, nobody=303, guest=404),
    ("imports.bring_own", "POST"): row(422, nobody=404, guest=404),
    ("imports.preview", "GET"): row(200, nobody=303, guest=404),
    ("imports.adjust", "POST"): row(303, nobody=404, guest=404),
    ("imports.settle", "POST"): row(303, nobody=404, guest=404),  # nothing was ticked
    ("imports.report", "GET"): row(200, nobody=303, guest=404),
    ("exports.index", "GET"): TEACH,
    ("exports.download", "GET"): TEACH,
    ("exports.report", "GET"): TEACH,
    ("assignments.assign", "GET"): TEACH,
    ("assignments.assign", "POST"): TEACH_FORM,
    ("classrooms.undo_roster", "POST"): TEACH_POST,  # there is none to undo
    ("classrooms.rename_student", "POST"): TEACH_POST,
    ("classrooms.extra_time", "POST"): TEACH_POST,
    ("classrooms.delete_student", "POST"): row(404, staff=409),  # they have done something
    ("classrooms.merge_student", "POST"): TEACH_POST,  # with nobody
    ("papers.pick", "GET"): TEACH,
    ("papers.pick", "POST"): TEACH_POST,
    ("papers.preview", "GET"): TEACH,
    ("papers.preview", "POST"): TEACH_ASK,
    ("papers.paper", "GET"): TEACH,
    ("papers.share", "GET"): TEACH,
    ("search.index", "GET"): TEACH,
    ("search.change", "POST"): TEACH_POST,
    ("authoring.archive_deck", "POST"): TEACH_POST,
    ("authoring.delete_deck", "POST"): TEACH_POST,  # someone has seen it
    ("sharing.set_department", "POST"): TEACH_BAD,
    ("results.answers", "GET"): TEACH,
    ("results.attempt", "GET"): TEACH,
    ("results.mark", "POST"): TEACH_POST,
    ("results.accept", "POST"): row(404),  # nothing is answered, of a deck that no one may change
    ("results.reset", "POST"): TEACH_POST,
    ("results.student", "GET"): TEACH,
    ("results.answer", "GET"): TEACH,
    ("results.accept_studied", "POST"): row(404),
    ("results.gradebook", "GET"): TEACH,
    ("results.gradebook_file", "GET"): TEACH,
    ("auditing.download", "GET"): TEACH,
    ("articles.index", "GET"): TEACH,
    ("articles.add", "GET"): TEACH,
    ("articles.add", "POST"): TEACH_FORM,
    ("articles.save", "POST"): TEACH_BAD,
    ("articles.new_text", "GET"): TEACH,
    ("articles.new_text", "POST"): TEACH_FORM,
    ("articles.save_text", "POST"): TEACH_BAD,
    ("articles.read", "GET"): TEACH,
    ("articles.strike", "POST"): TEACH_POST,
    ("articles.delete", "POST"): TEACH_POST,
    ("articles.ask", "POST"): TEACH_POST,
    ("authoring.edit_deck", "GET"): TEACH,
    ("authoring.edit_deck", "POST"): TEACH_FORM,
    ("authoring.choose_kind", "GET"): TEACH,
    ("authoring.new_item", "GET"): TEACH,
    ("authoring.new_item", "POST"): TEACH_BAD,
    ("authoring.edit_item", "GET"): TEACH,
    ("authoring.edit_item", "POST"): TEACH_FORM,
    ("authoring.set_state", "POST"): TEACH_POST,
    ("authoring.delete_item", "POST"): TEACH_POST,  # what is not a draft stays
    ("authoring.duplicate", "POST"): TEACH_POST,
    ("authoring.move", "POST"): TEACH_POST,
    ("authoring.versions", "GET"): TEACH,
    ("authoring.restore", "POST"): TEACH_POST,
    ("authoring.preview", "POST"): TEACH_ASK,
    ("bulk.change", "POST"): TEACH_POST,
    ("pictures.show", "GET"): LEARN,
    ("regrading.dry_run", "GET"): TEACH,
    ("regrading.order", "POST"): TEACH_POST,
    ("regrading.regrade", "GET"): TEACH,
    ("regrading.undo", "POST"): TEACH_POST,
    ("regrading.dismiss", "POST"): LEARN_POST,
    ("claims.from_study", "POST"): LEARN_POST,
    ("claims.from_quiz", "POST"): LEARN_POST,
    ("claims.group", "GET"): TEACH,
    ("claims.accept", "POST"): TEACH_POST,
    ("claims.decline", "POST"): TEACH_POST,
    ("classrooms.index", "GET"): LEARN,
    ("classrooms.new", "GET"): TEACH,
    ("classrooms.new", "POST"): TEACH_FORM,
    ("classrooms.classroom", "GET"): TEACH,
    ("classrooms.edit", "GET"): TEACH,
    ("classrooms.edit", "POST"): TEACH_FORM,
    ("classrooms.archive", "POST"): TEACH_POST,
    ("classrooms.code", "GET"): TEACH,
    ("classrooms.set_code", "POST"): TEACH_BAD,
    ("classrooms.decks", "GET"): TEACH,
    ("classrooms.decks", "POST"): TEACH_POST,
    ("classrooms.people", "GET"): TEACH,
    ("classrooms.people", "POST"): TEACH_FORM,
    ("classrooms.remove_teacher", "POST"): TEACH_POST,
    ("classrooms.roster", "GET"): TEACH,
    ("classrooms.roster", "POST"): TEACH_FORM,
    ("classrooms.links", "POST"): TEACH_ASK,
    ("classrooms.link", "POST"): TEACH_ASK,
    ("classrooms.remove_student", "POST"): TEACH_POST,
    ("classrooms.remove_students", "POST"): TEACH_POST,
    ("classrooms.share_own", "POST"): row(422, nobody=404, staff=404, removed=404),  # none names a deck
    ("classrooms.leave", "POST"): row(303, nobody=404, staff=404, removed=404),  # not in it
    ("assignments.new", "GET"): TEACH,
    ("assignments.new", "POST"): TEACH_FORM,
    ("assignments.assignment", "GET"): TEACH,
    ("assignments.edit", "GET"): TEACH,
    ("assignments.edit", "POST"): TEACH_FORM,
    ("assignments.delete", "POST"): TEACH_POST,
    ("assignments.extensions", "GET"): TEACH,
    ("assignments.extensions", "POST"): TEACH_FORM,
    ("assignments.withdraw", "POST"): TEACH_POST,
    ("assignments.download", "GET"): TEACH,
    ("assignments.mine", "GET"): row(200, nobody=303, staff=404, removed=404),  # not in it
    ("assignments.begin", "POST"): row(303, nobody=404, staff=404, removed=404),
    ("classrooms.join", "GET"): OPEN,
    ("classrooms.join", "POST"): row(422),
    ("classrooms.join_code", "GET"): OPEN,
    ("classrooms.enter", "GET"): OPEN,
    ("classrooms.enter", "POST"): SENT_ON,
    ("auditing.log", "GET"): TEACH,
    ("sharing.deck", "GET"): TEACH,
    ("sharing.deck", "POST"): TEACH_FORM,
    ("sharing.set_public", "POST"): TEACH_BAD,
    ("sharing.unshare", "POST"): TEACH_BAD,
    ("sharing.withdraw", "POST"): TEACH_BAD,
    ("sharing.copy", "POST"): TEACH_POST,
    ("mail.forgot", "GET"): OPEN,
    ("mail.forgot", "POST"): OPEN,  # without mail it tells whom to ask
    ("mail.address", "GET"): LEARN,
    ("mail.address", "POST"): ASK,  # without mail it tells why there is none; see tests/web/accounts/mail
    ("mail.confirm", "GET"): OPEN,
    ("mail.confirm", "POST"): SENT_ON,
    ("factors.overview", "GET"): TEACH,
    ("factors.begin_app", "POST"): TEACH_FORM,
    ("factors.app", "GET"): row(404, nobody=303, staff=303),  # no app is being set up
    ("factors.app", "POST"): TEACH_POST,
    ("factors.codes", "POST"): TEACH_FORM,
    ("factors.remove_app", "POST"): TEACH_FORM,
    ("factors.second", "GET"): SENT_ON,  # no one has given a password
    ("factors.second", "POST"): SENT_ON,
    ("passkeys.making_options", "POST"): TEACH_ASK,
    ("passkeys.add", "POST"): TEACH_FORM,
    ("passkeys.remove", "POST"): TEACH_FORM,
    ("passkeys.options", "POST"): OPEN,
    ("passkeys.sign_in", "POST"): row(422),
    ("provider.begin", "POST"): NO_PROVIDER,
    ("provider.back", "GET"): NO_PROVIDER,
    ("provider.enter", "POST"): NO_PROVIDER,
    ("provider.join", "GET"): NO_PROVIDER,
    ("provider.join", "POST"): NO_PROVIDER,
    ("provider.connect", "POST"): NO_PROVIDER,
    ("administration.remove_factors", "POST"): ADMIN_POST,
    ("administration.accounts", "GET"): ADMIN,
    ("overview.site", "GET"): ADMIN,
    ("administration.invite", "POST"): ADMIN_ASK,
    ("administration.account", "GET"): ADMIN,
    ("administration.set_role", "POST"): ADMIN_POST,
    ("administration.set_disabled", "POST"): ADMIN_POST,
    ("administration.sign_out", "POST"): ADMIN_POST,
    ("administration.reset", "POST"): ADMIN_ASK,
    ("reports.from_study", "POST"): LEARN_POST,
    ("reports.from_quiz", "POST"): LEARN_POST,
    ("reports.index", "GET"): LEARN,
    ("reports.read", "POST"): LEARN_POST,
    ("queue.index", "GET"): TEACH,
    ("queue.reports", "GET"): TEACH,
    ("queue.settle", "POST"): TEACH_POST,
    ("queue.put_aside", "POST"): TEACH_POST,
    ("reviewing.question", "GET"): TEACH,
    ("reviewing.decide", "POST"): TEACH_POST,
    ("reviewing.comment", "POST"): TEACH_FORM,
    ("reviewing.remove_comment", "POST"): TEACH_POST,
    ("suggesting.suggest", "GET"): TEACH,
    ("suggesting.suggest", "POST"): TEACH_FORM,
    ("suggesting.suggestion", "GET"): TEACH,
    ("suggesting.merge", "GET"): TEACH,
    ("suggesting.decide", "POST"): TEACH_FORM,
    ("suggesting.put_away", "POST"): TEACH_POST,
    ("analysis.figures", "GET"): TEACH,
    ("queue.settle_source", "POST"): TEACH_POST,
    ("revisions.index", "GET"): TEACH,
}

# Endpoints whose address names something of which there is an owner, and how the address is made.
OWNED = {
    "study.feedback": "review",
    "quizzes.resume": "attempt",
    "quizzes.question": "attempt",
    "quizzes.answer": "attempt",
    "quizzes.overview": "attempt",
    "quizzes.finish": "attempt",
    "quizzes.discard": "attempt",
    "own.deck": "slug",
    "own.rename": "slug",
    "own.card": "item_id",
    "own.remove_card": "item_id",
    "met.note": "item_id",
    "quizzes.result": "attempt",
    "authoring.deck": "slug",
    "authoring.edit_deck": "slug",
    "imports.bring": "slug",
    "met.item": "item_id",
    "plan.change": "slug",
    "plan.index": "slug",
    "plan.target": "slug",
    "imports.bring_own": "slug",
    "imports.preview": "key",
    "imports.adjust": "key",
    "imports.settle": "key",
    "imports.report": "key",
    "exports.index": "slug",
    "exports.download": "slug",
    "exports.report": "slug",
    "articles.new_text": "article",
    "articles.save_text": "article",
    "articles.read": "article",
    "articles.strike": "article",
    "articles.delete": "article",
    "articles.ask": "article",
    "authoring.choose_kind": "slug",
    "authoring.new_item": "slug",
    "authoring.edit_item": "item_id",
    "authoring.set_state": "item_id",
    "authoring.delete_item": "item_id",
    "authoring.duplicate": "item_id",
    "authoring.move": "item_id",
    "authoring.versions": "item_id",
    "authoring.restore": "item_id",
    "bulk.change": "slug",
    "pictures.show": "picture_id",
    "drafts.index": "article",
    "drafts.settle": "article",
    "drafts.ask_model": "article",
    "sharing.deck": "slug",
    "sharing.set_public": "slug",
    "sharing.unshare": "slug",
    "sharing.withdraw": "slug",
    "sharing.copy": "slug",
    "quizzes.show": "attempt",
    "assignments.new": "classroom_id",
    "assignments.assignment": "assignment_id",
    "assignments.edit": "assignment_id",
    "assignments.delete": "assignment_id",
    "assignments.extensions": "assignment_id",
    "assignments.withdraw": "assignment_id",
    "assignments.download": "assignment_id",
    "assignments.mine": "assignment_id",
    "assignments.assign": "slug",
    "classrooms.undo_roster": "classroom_id",
    "classrooms.rename_student": "enrolment_id",
    "classrooms.extra_time": "enrolment_id",
    "classrooms.delete_student": "enrolment_id",
    "classrooms.merge_student": "enrolment_id",
    "papers.pick": "assignment_id",
    "papers.preview": "assignment_id",
    "papers.paper": "assignment_id",
    "papers.share": "assignment_id",
    "authoring.archive_deck": "slug",
    "authoring.delete_deck": "slug",
    "sharing.set_department": "slug",
    "results.answers": "assignment_id",
    "results.attempt": "taken",
    "results.mark": "taken",
    "results.accept": "taken",
    "results.reset": "taken",
    "results.student": "enrolment_id",
    "results.answer": "given",
    "results.accept_studied": "given",
    "results.gradebook": "classroom_id",
    "results.gradebook_file": "classroom_id",
    "assignments.begin": "assignment_id",
    "regrading.dry_run": "item_id",
    "regrading.order": "item_id",
    "regrading.regrade": "regrade_id",
    "regrading.undo": "regrade_id",
    "claims.from_study": "review",
    "claims.from_quiz": "attempt",
    "claims.group": "item_id",
    "claims.accept": "item_id",
    "claims.decline": "item_id",
    "dates.index": "classroom_id",
    "dates.remove": "classroom_id",
    "memory.index": "classroom_id",
    "classrooms.classroom": "classroom_id",
    "classrooms.edit": "classroom_id",
    "classrooms.archive": "classroom_id",
    "classrooms.code": "classroom_id",
    "classrooms.set_code": "classroom_id",
    "classrooms.decks": "classroom_id",
    "classrooms.people": "classroom_id",
    "classrooms.remove_teacher": "classroom_id",
    "classrooms.roster": "classroom_id",
    "classrooms.links": "classroom_id",
    "classrooms.link": "enrolment_id",
    "classrooms.remove_student": "enrolment_id",
    "classrooms.remove_students": "classroom_id",
    "classrooms.leave": "classroom_id",
    "classrooms.share_own": "classroom_id",
    "reports.from_study": "review",
    "reports.from_quiz": "attempt",
    "queue.reports": "item_id",
    "queue.settle": "item_id",
    "queue.put_aside": "item_id",
    "reviewing.question": "item_id",
    "reviewing.decide": "item_id",
    "reviewing.comment": "item_id",
    "reviewing.remove_comment": "comment_id",
    "suggesting.suggest": "item_id",
    "suggesting.suggestion": "suggestion_id",
    "suggesting.merge": "suggestion_id",
    "suggesting.decide": "suggestion_id",
    "suggesting.put_away": "suggestion_id",
    "analysis.figures": "slug",
    "queue.settle_source": "anchor_id",
    "revisions.index": "article",
}

# Classes, and places in them, of which both are part.
OF_CLASSES = {"classroom_id", "enrolment_id", "assignment_id", "taken", "given"}
THEIRS_TOO = {
    ("student", "teacher"),
    ("teacher", "student"),
    ("colleague", "teacher"),
    ("colleague", "student"),
}

# What ends something comes after the other steps: an assignment is deleted, a quiz finished, a guest becomes somebody else.
LAST = (
    "classrooms.leave",
    "articles.delete",
    "assignments.delete",
    "own.remove_card",
    "quizzes.finish",
    "quizzes.discard",
    "classrooms.enter",
)


def rules(app: Flask) -> Iterator[tuple[str, str, Any]]:
    """What only looks comes first."""
    yield from sorted(
        endpoints(app),
        key=lambda each: (each[1] != "GET", each[0] in LAST and 1 + LAST.index(each[0]), each[:2]),
    )


# --- the table ----------------------------------------------------------------------------------


def test_the_table_names_every_endpoint_and_no_other(app: Flask) -> None:
    there = {(endpoint, method) for endpoint, method, _ in endpoints(app)}
    assert there == set(TABLE)
    assert {endpoint for endpoint, _ in there} == set(RIGHTS)


def test_every_address_with_an_object_says_whose_it_is(app: Flask) -> None:
    public = {"name", "path", "digest", "token", "kind", "position", "code", "link", "signed", "form"}
    managed = {"account_id"}  # anyone's, for admins alone
    for endpoint, _, rule in endpoints(app):
        named = set(rule.arguments) - public - (managed if RIGHTS[endpoint] is Right.ADMIN else set())
        assert named <= {OWNED.get(endpoint), *({"slug"} if endpoint.startswith("library.") else ())}, (
            endpoint
        )


@pytest.mark.parametrize("actor", ACTORS)
def test_everyone_gets_what_the_table_says_on_what_is_theirs(actor: str, house: House) -> None:
    wrong = {}
    for endpoint, method, rule in rules(house.app):
        status = call(house, rule, method, actor, house.address(rule, house.own(actor))).status_code
        if status != TABLE[endpoint, method][actor]:
            wrong[endpoint, method] = (status, TABLE[endpoint, method][actor])
    assert not wrong


@pytest.mark.parametrize("actor", ACTORS)
def test_what_belongs_to_someone_else_looks_as_if_it_were_not_there(actor: str, house: House) -> None:
    others = [other for other in ("student", "teacher", "guest") if other != actor]
    for endpoint, method, rule in rules(house.app):
        if endpoint not in OWNED:
            continue
        missing = call(
            house,
            rule,
            method,
            actor,
            house.address(rule, house.own(actor), **{OWNED[endpoint]: MISSING[OWNED[endpoint]]}),
        )
        expected = 303 if actor in NOBODY and method == "GET" else 404
        assert missing.status_code == expected, (endpoint, method)
        for other in others:
            if OWNED[endpoint] in OF_CLASSES and (actor, other) in THEIRS_TOO:
                continue
            theirs = call(house, rule, method, actor, house.address(rule, house.owned[other]))
            assert theirs.status_code == missing.status_code, (endpoint, method, other)
            assert leads_to(theirs) == leads_to(missing)
            if missing.status_code != 303:  # that says nothing but where it leads
                assert masked(theirs.get_data(as_text=True)) == masked(missing.get_data(as_text=True))


def leads_to(response: Any) -> str:
    """Where a response leads, without the address that was asked for and that signing in leads back to."""
    return str(response.headers.get("Location", "")).partition("?next=")[0]


def test_what_is_not_there_is_not_found(house: House) -> None:
    for endpoint, method, rule in rules(house.app):
        for part in rule.arguments - {
            "digest",
            "code",
            "form",
        }:  # "code": its page tells nothing; "form": no other fits the rule
            address = house.address(rule, house.own("admin"), **{part: MISSING[part]})
            status = call(house, rule, method, "admin", address).status_code
            assert status == 404, (endpoint, method, part)


# --- closed until declared -------------------------------------------------------------------------


def test_an_endpoint_that_is_not_listed_is_refused_to_all(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for endpoint, method, rule in rules(house.app):
        with monkeypatch.context() as patch:
            patch.delitem(RIGHTS, endpoint)
            for actor in ("anonymous", "teacher", "admin"):
                address = house.address(rule, house.own(actor))
                assert house.client(actor).open(address, method=method).status_code == 404, (endpoint, actor)


def test_methods_that_are_not_meant_are_refused(house: House) -> None:
    meant = {}
    for endpoint, method, rule in rules(house.app):
        meant.setdefault(endpoint, (rule, set()))[1].add(method)
    client = house.client("admin")
    for endpoint, (rule, methods) in meant.items():
        address = house.address(rule, house.own("admin"))
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - methods:
            shared = {m for e, m, r in rules(house.app) if r.rule == rule.rule}
            if method not in shared:
                assert client.open(address, method=method).status_code == 405, (endpoint, method)


def test_a_right_is_what_the_table_says() -> None:
    for (endpoint, method), row in TABLE.items():
        if {status for actor, status in row.items() if actor not in NOBODY} == {404}:
            continue  # refused by what is asked for, whoever asks
        anonymous_in = row["anonymous"] in {200, 422} or (row["anonymous"] == 303 and row == SENT_ON)
        expected = Right.ANYONE if anonymous_in else Right.LEARNER
        if row["student"] == 404:
            expected = Right.ADMIN if row["teacher"] == 404 else Right.TEACHER
        if row == SENT_ON and method == "GET":
            continue  # redirects of both sorts look alike
        assert RIGHTS[endpoint] is expected, endpoint


def test_headers_do_not_change_the_method(house: House) -> None:
    client = house.client("student")
    for header in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        assert client.get("/sign-out", headers={header: "POST"}).status_code == 405
    assert client.get("/sign-out?_method=POST").status_code == 405


def test_spelling_an_address_otherwise_opens_no_door(house: House) -> None:
    client, own = house.client("stranger"), house.owned["teacher"]
    for path in (
        f"/teach/items/{own.item_id}", f"/teach//items/{own.item_id}", f"/TEACH/items/{own.item_id}",
        f"/teach/items/{own.item_id}/", f"/teach/items/%{ord('0'):02x}{own.item_id}", f"/./teach/items/{own.item_id}",
        f"/teach;/items/{own.item_id}", f"/teach/items/{own.item_id}%00", f"/study/../teach/items/{own.item_id}",
    ):  # fmt: skip
        assert client.get(path, follow_redirects=True).status_code == 404, path

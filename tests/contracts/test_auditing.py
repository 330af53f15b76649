"""Every write of staff on accounts, classes, grades, keys and sharing leaves an entry in the audit log.

Each endpoint that only teachers or admins may post to is sent what its page would send. Where a row of a
table that is about people has changed after that, the log has to have grown.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.base import Base
from quizapp.storage.library.tables import DeckShare
from quizapp.web.frame.rights import RIGHTS, Right
from tests.house import House, form_for
from tests.world import dump, endpoints

# Tables that name a person, but are no one's account, class, work, grade or share.
QUIET = {
    "source_draft": "what a teacher did with drafts of questions",
    "item_comment": "a talk about a question; it says itself whose words they are",
    "model_service": "a teacher's own service for drafts",
    "put_aside": "a suspicion of a question, put aside",
    "picture": "who brought it",
    "regrade": "that it is ordered is told when it is; it is carried through by itself",
    "suggestion": "another wording, not taken yet",
    "audit_entry": "the log itself",
    "deck": "whose a deck is; that it is made public is looked at below",
    "item_version": "who wrote it; another key is looked at in tests/services/library/test_editor.py",
}
# What the page before would send, where an empty form would be refused.
FORMS: dict[str, dict[str, Any]] = {
    "classrooms.new": {"name": "6d", "zone": "UTC"},
    "classrooms.people": {"name": "neighbour"},
    "classrooms.roster": {"names": "Newcomer", "do": "add"},
    "classrooms.rename_student": {"name": "Renamed"},
    "classrooms.extra_time": {"percent": "25"},
    "results.mark": {"points": "1", "reason": "Close"},
    "results.reset": {"reason": "Fire drill"},
    "assignments.assign": {"new_class": "6f", "classroom": "", "questions": "1", "due_date": "2089-06-01"},
    "classrooms.decks": {"deck": "deck-of-teacher"},
    "classrooms.edit": {"name": "6e", "zone": "UTC"},
    "classrooms.set_code": {"step": "open"},
    "sharing.deck": {"name": "neighbour", "way": "edit"},
    "sharing.set_public": {"public": "1"},
    "sharing.set_department": {"department": "1"},
    "assignments.new": {
        "deck": "deck-of-teacher",
        "due_date": "2089-06-01",
        "target": "0.9",
        "late_rule": "closed",
    },
    "assignments.edit": {
        "due_date": "2089-06-01",
        "late_rule": "closed",
        "questions": "3",
        "feedback": "end",
        "attempts": "1",
    },
    "dates.index": {"decks": "deck-of-teacher", "date": "2089-06-01", "target": "0.9"},
    "administration.set_role": {"role": "teacher"},
    "administration.set_disabled": {"disabled": "1"},
    "administration.reset": {"disabled": "0"},
}
# These write no row about people, whatever is sent: decks, questions and their wording.
OF_QUESTIONS = {
    "authoring.new_deck",
    "authoring.edit_deck",
    "authoring.new_item",
    "authoring.edit_item",
    "authoring.duplicate",
    "drafts.settle",
    "drafts.ask_model",
    "reviewing.comment",
    "articles.add",
    "articles.new_text",
    "articles.save",
    "articles.save_text",
    "suggesting.decide",
    "suggesting.suggest",
}
# What these need is not in the house; that they tell the log is tried where they are.
NEED_MORE = {
    "classrooms.delete_student",  # tests/web/classes/test_classrooms.py
    "results.accept",  # tests/web/classes/results
    "results.accept_studied",
}
ONES_OWN = ("factors.", "passkeys.", "drafts.service", "imports.")  # of one’s own account
LAST = (
    "articles.delete",
    "assignments.delete",
    "classrooms.remove_teacher",
    "classrooms.archive",
    "administration.set_disabled",
)


def watched() -> set[str]:
    """The tables with a column that names a person, a place in a class, work, an attempt or a review."""
    people = {"account", "enrolment", "assignment", "attempt", "review"}
    naming = {
        table.name
        for table in Base.metadata.sorted_tables
        if {key.column.table.name for key in table.foreign_keys} & people
    }
    return (naming | people) - set(QUIET)


def staff_endpoints(house: House) -> list[tuple[str, Any]]:
    rights = {Right.TEACHER, Right.ADMIN}
    found = [
        (endpoint, rule)
        for endpoint, method, rule in endpoints(house.app)
        if method == "POST" and RIGHTS[endpoint] in rights and not endpoint.startswith(ONES_OWN)
    ]
    return sorted(found, key=lambda each: (each[0] in LAST and 1 + LAST.index(each[0]), each[0]))


def named(house: House, endpoint: str) -> dict[str, Any]:
    """Forms that name rows of this house."""
    if endpoint == "sharing.unshare":
        return {"teacher": house.session.scalars(select(DeckShare.account_id)).one()}
    if endpoint == "sharing.withdraw":
        return {"class": house.own("teacher").classroom_id}
    if endpoint == "assignments.extensions":
        return {"student": house.own("student").enrolment_id, "date": "2095-01-01"}
    if endpoint == "assignments.withdraw":
        return {"student": house.own("student").enrolment_id}
    return {}


def test_every_write_of_staff_leaves_an_entry(house: House) -> None:
    noted, unnoted, refused = set(), {}, {}
    engine, looked_at = house.session.get_bind(), watched() | {AuditEntry.__tablename__}
    for endpoint, rule in staff_endpoints(house):
        actor = "admin" if RIGHTS[endpoint] is Right.ADMIN else "teacher"
        client = house.client(actor)
        form = FORMS.get(endpoint) or named(house, endpoint) or form_for(house, endpoint, actor, client)
        house.session.commit()
        before = dump(engine, looked_at)
        reply = client.post(house.address(rule, house.own(actor)), data=form)
        after = dump(engine, looked_at)
        changed = {table for table in watched() if before.get(table) != after.get(table)}
        if len(after["audit_entry"]) > len(before["audit_entry"]):
            noted.add(endpoint)
        elif changed:
            unnoted[endpoint] = changed
        if reply.status_code >= 400 and endpoint not in OF_QUESTIONS | NEED_MORE:
            refused[endpoint] = reply.status_code
    assert not unnoted, "these write about people and tell the log nothing (services/audit/log.py: record)"
    assert not refused, "give these a form in FORMS, so that they do what they are there for"
    assert {"classrooms.link", "classrooms.remove_student", "administration.set_role"} <= noted
    assert {endpoint for endpoint, _ in staff_endpoints(house) if endpoint.startswith("sharing.")} <= noted


def test_tables_that_are_not_watched_are_there() -> None:
    assert set(QUIET) <= {table.name for table in Base.metadata.sorted_tables}
    assert AuditEntry.__tablename__ in QUIET

"""Classes: the teacher's pages, joining by code, and signing in by a one-time link."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.audit.actions import Action
from quizapp.domain.classes.codes import read_card_code
from quizapp.domain.classes.rosters import read_roster, read_table
from quizapp.domain.errors import Invalid, Malformed
from quizapp.domain.language.translation import _, ngettext
from quizapp.services.classes import (
    class_decks,
    classrooms,
    enrolments,
    joining,
    recovery,
    rosters,
    sign_in_links,
)
from quizapp.services.privacy.guest_merge import merge_student as merge_students
from quizapp.storage.accounts.tables import Account
from quizapp.web.accounts import sign_in_steps
from quizapp.web.classes import building, entrance, roster_steps
from quizapp.web.classes.forms import ClassroomForm, JoinForm, RosterForm, TeacherForm
from quizapp.web.classes.pages import JOINED_LATELY, ClassroomFormPage, EnterPage, RosterPage
from quizapp.web.frame import access
from quizapp.web.frame.audit_entry import note
from quizapp.web.frame.clock import fresh_id, now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.choices import chosen
from quizapp.web.frame.parts.whole_numbers import whole

blueprint = Blueprint("classrooms", __name__)


# --- the class -------------------------------------------------------------------------------------


@blueprint.get("/classes/")
def index() -> Answer:
    return building.classes_page(session(), access.account(), now=now())


@blueprint.route("/classes/new", methods=["GET", "POST"])
def new() -> Answer:
    form = ClassroomForm(zone=access.account().zone)
    if form.validate_on_submit():
        try:
            made = classrooms.create(
                session(), access.account(), name=str(form.name.data), zone=str(form.zone.data), now=now()
            )
        except Invalid as error:
            form.refuse(error)
        else:
            made.own_decks = bool(form.own_decks.data)
            note(Action.CLASS_MADE, made)
            return redirect(url_for("classrooms.classroom", classroom_id=made.id), 303)
    return ClassroomFormPage(form=form)


@blueprint.get("/classes/<int:classroom_id>")
def classroom(classroom_id: int) -> Answer:
    return building.classroom_page(session(), access.taught_classroom(classroom_id), now=now())


@blueprint.route("/classes/<int:classroom_id>/edit", methods=["GET", "POST"])
def edit(classroom_id: int) -> Answer:
    found = access.taught_classroom(classroom_id)
    form = ClassroomForm(name=found.name, zone=found.zone, own_decks=found.own_decks)
    if form.validate_on_submit():
        try:
            classrooms.edit(
                session(),
                found,
                name=str(form.name.data),
                zone=str(form.zone.data),
                own_decks=bool(form.own_decks.data),
            )
        except Invalid as error:
            form.refuse(error)
        else:
            return _saved(classroom_id, _("Saved."))
    return ClassroomFormPage(form=form, id=classroom_id, archived=found.archived_at is not None)


@blueprint.post("/classes/<int:classroom_id>/archive")
def archive(classroom_id: int) -> Answer:
    found, archived = access.taught_classroom(classroom_id), chosen("archived", "1", "0") == "1"
    classrooms.set_archived(session(), found, archived=archived, now=now())
    note(Action.CLASS_ARCHIVED if archived else Action.CLASS_TAKEN_BACK, found)
    return _saved(classroom_id, _("Class archived.") if archived else _("Class restored."))


def _saved(classroom_id: int, words: str, endpoint: str = "classrooms.classroom") -> Answer:
    flash(words, "success")
    return redirect(url_for(endpoint, classroom_id=classroom_id), 303)


# --- its code and its decks --------------------------------------------------------------------------


@blueprint.get("/classes/<int:classroom_id>/code")
def code(classroom_id: int) -> Answer:
    return building.code_page(session(), access.taught_classroom(classroom_id), now=now())


@blueprint.post("/classes/<int:classroom_id>/code")
def set_code(classroom_id: int) -> Answer:
    found, step = access.taught_classroom(classroom_id), request.form.get("step", "")
    if step == "renew":
        classrooms.renew_code(session(), found)
    elif step in {"open", "close"}:
        classrooms.set_joining(session(), found, is_open=step == "open", now=now())
    else:
        raise Malformed(_("Open, close or renew the code."))
    return redirect(url_for("classrooms.code", classroom_id=classroom_id), 303)


@blueprint.route("/classes/<int:classroom_id>/decks", methods=["GET", "POST"])
def decks(classroom_id: int) -> Answer:
    found = access.taught_classroom(classroom_id)
    if request.method != "POST":
        return building.decks_page(session(), found, access.account())
    ticked = request.form.getlist("deck")
    try:
        added, gone = class_decks.choose(session(), found, access.account(), ticked, now=now())
    except Invalid as error:
        return building.decks_page(session(), found, access.account(), ticked, error.problems[0].message)
    words = _("Nothing has changed.")
    if added or gone:
        note(Action.DECKS_CHOSEN, found, added=added, gone=gone)
        words = _("{added} added, {gone} removed. Students will study the added decks from now on.").format(
            added=added, gone=gone
        )
    return _saved(classroom_id, words)


# --- its people ------------------------------------------------------------------------------------


@blueprint.route("/classes/<int:classroom_id>/people", methods=["GET", "POST"])
def people(classroom_id: int) -> Answer:
    found, form = access.taught_classroom(classroom_id), TeacherForm()
    if form.validate_on_submit():
        try:
            added = classrooms.add_teacher(session(), found, name=str(form.name.data), now=now())
        except Invalid as error:
            form.refuse(error)
        else:
            note(Action.TEACHER_ADDED, (found, added))
            return _saved(
                classroom_id,
                _("{name} now teaches this class too.").format(name=added.name),
                "classrooms.people",
            )
    return building.people_page(session(), found, form, now=now())


@blueprint.post("/classes/<int:classroom_id>/teachers/remove")
def remove_teacher(classroom_id: int) -> Answer:
    found, account_id = access.taught_classroom(classroom_id), request.form.get("teacher", 0, type=whole)
    classrooms.remove_teacher(session(), found, account_id=account_id)
    note(Action.TEACHER_REMOVED, (found, session().get_one(Account, account_id)))
    if account_id == access.account().id:
        flash(_("You no longer teach {name}.").format(name=found.name), "success")
        return redirect(url_for("classrooms.index"), 303)
    return _saved(classroom_id, _("They no longer teach this class."), "classrooms.people")


@blueprint.route("/classes/<int:classroom_id>/roster", methods=["GET", "POST"])
def roster(classroom_id: int) -> Answer:
    """A pasted roster: shown as it is read, and stored when that is right."""
    found, form = access.taught_classroom(classroom_id), RosterForm()
    if not form.validate_on_submit():
        return RosterPage(id=found.id, name=found.name, form=form)
    try:
        table = read_table(str(form.names.data))
        reading = roster_steps.reading(table)
        read = read_roster(table, reading)
        if request.form.get("do") == "add":
            return _saved(found.id, roster_steps.add(found, read), "classrooms.people")
    except Invalid as error:
        form.refuse(error)
        return RosterPage(id=found.id, name=found.name, form=form)
    there = rosters.taken_names(session(), found, read.names)
    return building.roster_page(found, form, table, reading, read, there)


@blueprint.post("/classes/<int:classroom_id>/roster/undo")
def undo_roster(classroom_id: int) -> Answer:
    """Take back everyone whom a roster added."""
    found = access.taught_classroom(classroom_id)
    try:
        import_id = UUID(request.form.get("import", ""))
    except ValueError:
        import_id = UUID(int=0)
    gone, removed = rosters.undo_import(session(), found, import_id, now=now())
    if not gone + removed:
        flash(_("This roster has been undone already."), "info")
        return redirect(url_for("classrooms.people", classroom_id=classroom_id), 303)
    note(Action.IMPORT_UNDONE, found, students=gone + removed)
    return _saved(classroom_id, roster_steps.undone(gone, removed), "classrooms.people")


@blueprint.post("/classes/<int:classroom_id>/links")
def links(classroom_id: int) -> Answer:
    """Cards for those who are ticked, or for everyone who is signed in nowhere."""
    found = access.taught_classroom(classroom_id)
    ticked = {each for each in request.form.getlist("student", type=whole) if 0 < each < access.LARGEST_ID}
    made = sign_in_links.make_links(session(), found, ticked, now=now())
    note(Action.SIGN_IN_LINKS_MADE, found, students=len(made))
    return building.sheet_page(found, made, now=now())


# --- one student -----------------------------------------------------------------------------------


@blueprint.post("/classes/students/<int:enrolment_id>/rename")
def rename_student(enrolment_id: int) -> Answer:
    student, _found = access.taught_enrolment(enrolment_id)
    try:
        enrolments.rename(session(), student, request.form.get("name", ""))
    except Invalid as error:
        flash(error.problems[0].message, "warning")
    else:
        note(Action.STUDENT_RENAMED, student)
        flash(_("Renamed to {name}. What they did stays theirs.").format(name=student.name), "success")
    return redirect(url_for("results.student", enrolment_id=enrolment_id), 303)


@blueprint.post("/classes/students/<int:enrolment_id>/extra-time")
def extra_time(enrolment_id: int) -> Answer:
    student, _found = access.taught_enrolment(enrolment_id)
    percent = request.form.get("percent", -1, type=whole)
    try:
        enrolments.set_extra_time(session(), student, percent)
    except Invalid as error:
        flash(str(error), "warning")
    else:
        note(Action.EXTRA_TIME_SET, student, percent=percent)
        flash(_("Saved. It applies to quizzes started from now on."), "success")
    return redirect(url_for("results.student", enrolment_id=enrolment_id), 303)


@blueprint.post("/classes/students/<int:enrolment_id>/delete")
def delete_student(enrolment_id: int) -> Answer:
    """Delete a student who never signed in, as if they had never been added."""
    student, found = access.taught_enrolment(enrolment_id)
    name = student.name
    rosters.delete_unused(session(), student)
    note(Action.STUDENT_DELETED, found)
    return _saved(found.id, _("{name} was deleted.").format(name=name), "classrooms.people")


@blueprint.post("/classes/students/<int:enrolment_id>/merge")
def merge_student(enrolment_id: int) -> Answer:
    """Make another student of the class one with this one, under this one's name."""
    student, _found = access.taught_enrolment(enrolment_id)
    other_id = request.form.get("other", 0, type=whole)
    if not 0 < other_id < access.LARGEST_ID:
        flash(_("Choose the student who is the same person."), "warning")
        return redirect(url_for("results.student", enrolment_id=enrolment_id), 303)
    other, _there = access.taught_enrolment(other_id)
    gone = other.name
    merge_students(session(), other, student, access.settings(), now=now())
    note(Action.STUDENTS_MERGED, student)
    words = _("{gone} and {name} are one student now.").format(gone=gone, name=student.name)
    flash(words, "success")
    return redirect(url_for("results.student", enrolment_id=enrolment_id), 303)


@blueprint.post("/classes/students/<int:enrolment_id>/link")
def link(enrolment_id: int) -> Answer:
    student, found = access.taught_enrolment(enrolment_id)
    if request.form.get("for") == "password":
        token = recovery.make_link(session(), student, now=now())
        note(Action.PASSWORD_LINK_MADE, student)
        return building.password_link_page(found, student.name, token)
    token = sign_in_links.make_link(session(), student, now=now())
    note(Action.SIGN_IN_LINK_MADE, student)
    return building.sheet_page(found, [(student.name, token)], now=now())


@blueprint.post("/classes/students/<int:enrolment_id>/remove")
def remove_student(enrolment_id: int) -> Answer:
    student, found = access.taught_enrolment(enrolment_id)
    removed = chosen("removed", "0", "1") == "1"
    classrooms.set_removed(session(), student, removed=removed, now=now())
    note(Action.STUDENT_REMOVED if removed else Action.STUDENT_TAKEN_BACK, student)
    words = (
        _("{name} was removed from this class.").format(name=student.name)
        if removed
        else _("{name} is back.").format(name=student.name)
    )
    return _saved(found.id, words, "classrooms.people")


@blueprint.post("/classes/<int:classroom_id>/students/remove")
def remove_students(classroom_id: int) -> Answer:
    """Many at once: those who are ticked, or who joined in the last minutes."""
    found, ticked = access.taught_classroom(classroom_id), request.form.getlist("student")
    minutes = request.form.get("minutes", "")
    if minutes in JOINED_LATELY:
        gone = classrooms.remove_joined_since(session(), found, minutes=int(minutes), now=now())
    else:
        gone = classrooms.remove_many(session(), found, ticked, now=now())
    if gone:
        note(Action.STUDENTS_REMOVED, found, students=gone)
    words = ngettext(
        "{count} student was removed from this class.", "{count} students were removed from this class.", gone
    )
    return _saved(classroom_id, words if gone else _("No students were removed."), "classrooms.people")


@blueprint.post("/classes/<int:classroom_id>/leave")
def leave(classroom_id: int) -> Answer:
    classrooms.leave(session(), access.own_enrolment(classroom_id), now=now())
    flash(_("You’ve left the class. Your progress is still yours."), "success")
    return redirect(url_for("classrooms.index"), 303)


@blueprint.post("/classes/<int:classroom_id>/own-decks")
def share_own(classroom_id: int) -> Answer:
    """A student shares a deck of their own with the class, or takes it out again."""
    place, slug = access.own_enrolment(classroom_id), request.form.get("deck", "")
    if not slug:
        raise Invalid(_("Choose a deck of your own to share."))
    deck = access.own_deck(slug)
    shared = request.form.get("shared") == "1"
    class_decks.share_own(session(), place, deck, shared=shared, now=now())
    words = _("“{title}” is shared with the class.") if shared else _("“{title}” is yours alone again.")
    flash(words.format(title=deck.title), "success")
    return redirect(url_for("classrooms.index"), 303)


# --- coming in -------------------------------------------------------------------------------------


@blueprint.get("/join/<code>")
def join_code(code: str) -> Answer:
    """Tells nothing of the code: it is looked at only when it is sent, and counted then."""
    return entrance.join_page(
        JoinForm(code=code[:100], ticket=str(fresh_id()), other=request.args.get("other"))
    )


@blueprint.route("/join", methods=["GET", "POST"])
def join() -> Answer:
    form = JoinForm(ticket=str(fresh_id()), other=request.args.get("other"))
    if not form.validate_on_submit():
        return entrance.join_page(form)
    if joining.must_wait(session(), entrance.place(), now()):
        return entrance.join_page(form, throttled=True)
    if card := read_card_code(str(form.code.data)):
        return entrance.open_card(form, card)
    joined = entrance.join(form)
    return entrance.join_page(form) if joined is None else entrance.welcome(joined)


@blueprint.route("/enter/<link>", methods=["GET", "POST"])
def enter(link: str) -> Answer:
    link = read_card_code(link) or link  # as it was typed
    if request.method != "POST":
        found = sign_in_links.open_link(session(), link, now=now())
        return EnterPage(name=found.name or "", action=url_for("classrooms.enter", link=link))
    found, target = sign_in_links.use_link(session(), link, now=now()), sign_in_steps.onward()
    sign_in_steps.finish(found)
    flash(_("Welcome, {name}.").format(name=found.name), "right")
    return redirect(target, 303)

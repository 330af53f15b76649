"""Assignments: the teacher's pages, and a student's own."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, request, url_for

from quizapp.domain.audit.actions import Action
from quizapp.domain.classes.terms import Sort
from quizapp.domain.classes.wording import zone_words
from quizapp.domain.errors import Invalid, Malformed
from quizapp.domain.language.translation import _
from quizapp.domain.library.sharing import Act
from quizapp.services.classes import assigned_attempts, assignments, classrooms
from quizapp.storage.classes import assigned_students
from quizapp.storage.classes import classrooms as classroom_queries
from quizapp.storage.classes.tables import Classroom
from quizapp.storage.library.tables import Deck
from quizapp.web.classes.assignments import building, own
from quizapp.web.classes.assignments.doors import own_assignment, taught_assignment
from quizapp.web.classes.assignments.forms import ExtensionForm, assign_form, edit_form, new_form
from quizapp.web.classes.assignments.pages import AssignmentFormPage
from quizapp.web.frame import access
from quizapp.web.frame.audit_entry import note
from quizapp.web.frame.clock import arrived, now
from quizapp.web.frame.database import session
from quizapp.web.frame.page import Answer
from quizapp.web.frame.parts.tables import table_file
from quizapp.web.frame.parts.whole_numbers import whole

blueprint = Blueprint("assignments", __name__)


# --- the teacher's ---------------------------------------------------------------------------------


@blueprint.route("/classes/<int:classroom_id>/assignments/new", methods=["GET", "POST"])
def new(classroom_id: int) -> Answer:
    found, sort = access.taught_classroom(classroom_id), _sort()
    form = _new_form(found, sort)
    if form.validate_on_submit() and (made := _create(found, sort, form, str(form.deck.data))) is not None:
        note(Action.ASSIGNMENT_GIVEN, made)
        flash(_("Assigned."), "success")
        return redirect(url_for("assignments.assignment", assignment_id=made.id), 303)
    zone = zone_words(ZoneInfo(found.zone))
    return AssignmentFormPage(
        form=form, classroom_id=found.id, classroom_name=found.name, zone=zone, sort=sort.value
    )


@blueprint.route("/teach/decks/<slug>/assign", methods=["GET", "POST"])
def assign(slug: str) -> Answer:
    """From a deck: to one of the teacher's classes, or to a new one."""
    deck, teacher, sort = access.deck(slug, Act.GIVE), access.account(), _sort("quiz")
    classes = [
        (row.id, row.name)
        for row in classroom_queries.classes_taught(session(), teacher.id)
        if row.archived_at is None
    ]
    form = assign_form(sort, classes, now().astimezone(ZoneInfo(teacher.zone)).date())
    if form.validate_on_submit() and (made := _create_in_class(deck, sort, form)) is not None:
        note(Action.ASSIGNMENT_GIVEN, made)
        flash(_("Assigned."), "success")
        return redirect(url_for("assignments.assignment", assignment_id=made.id), 303)
    return AssignmentFormPage(
        form=form, zone=zone_words(ZoneInfo(teacher.zone)), sort=sort.value, slug=slug, deck_title=deck.title
    )


def _create_in_class(deck: Deck, sort: Sort, form: Any) -> Any:
    """The assignment made, with its class where that is new; None where the form has to come back."""
    teacher = access.account()
    try:
        if form.classroom.data:
            classroom = access.taught_classroom(int(form.classroom.data))
        else:
            name = str(form.new_class.data or "").strip()
            if not name:
                form.new_class.errors = [_("Choose a class, or name a new one.")]
                return None
            classroom = classrooms.create(session(), teacher, name=name, zone=teacher.zone, now=now())
            note(Action.CLASS_MADE, classroom)
    except Invalid as error:
        form.new_class.errors = [problem.message for problem in error.problems]
        return None
    made = _create(classroom, sort, form, deck.slug)
    if made is None:
        session().rollback()  # no class either
    return made


def _new_form(classroom: Classroom, sort: Sort) -> Any:
    rows = classroom_queries.choosable_decks(session(), classroom.id, access.account().id)
    decks = [(row.slug, row.title) for row in rows if row.questions]
    today = now().astimezone(ZoneInfo(classroom.zone)).date()
    return new_form(sort, decks, request.args.get("deck", ""), today)


def _sort(usual: str = "study") -> Sort:
    return Sort.QUIZ if request.args.get("sort", usual) == "quiz" else Sort.STUDY


def _create(classroom: Classroom, sort: Sort, form: Any, deck_slug: str) -> Any:
    """The assignment made; None where the form has to come back with what is wrong."""
    at = now()
    try:
        return assignments.create(
            session(),
            classroom,
            access.account(),
            sort=sort,
            deck_slug=deck_slug,
            plan=form.plan(ZoneInfo(classroom.zone), at),
            now=at,
        )
    except Invalid as error:
        form.refuse(error)
        return None


@blueprint.get("/classes/assignments/<int:assignment_id>")
def assignment(assignment_id: int) -> Answer:
    return building.assignment_page(
        session(), taught_assignment(assignment_id), access.account().id, now=now()
    )


@blueprint.route("/classes/assignments/<int:assignment_id>/edit", methods=["GET", "POST"])
def edit(assignment_id: int) -> Answer:
    found = taught_assignment(assignment_id)
    zone = ZoneInfo(found.classroom.zone)
    form = edit_form(found.assignment, zone)
    if form.validate_on_submit():
        try:
            plan = form.plan(zone, now())
            assignments.edit(session(), found.assignment, plan, deck_title=found.deck_title)
        except Invalid as error:
            form.refuse(error)
        else:
            note(Action.ASSIGNMENT_CHANGED, found.assignment)
            return _back(assignment_id, _("Saved. The changes apply from now on."))
    return AssignmentFormPage(
        form=form,
        classroom_id=found.classroom.id,
        classroom_name=found.classroom.name,
        zone=zone_words(zone),
        sort=found.assignment.sort,
        id=assignment_id,
        name=found.assignment.title,
        begun=len(assigned_students.attempts(session(), [assignment_id])),
    )


@blueprint.post("/classes/assignments/<int:assignment_id>/delete")
def delete(assignment_id: int) -> Answer:
    found = taught_assignment(assignment_id)
    title, classroom_id = found.assignment.title, found.classroom.id
    note(Action.ASSIGNMENT_REMOVED, found.assignment)
    assignments.remove(session(), found.assignment)
    flash(_("{title} has been deleted. Students keep their answers.").format(title=title), "success")
    return redirect(url_for("classrooms.classroom", classroom_id=classroom_id), 303)


@blueprint.route("/classes/assignments/<int:assignment_id>/extensions", methods=["GET", "POST"])
def extensions(assignment_id: int) -> Answer:
    found, form, at = taught_assignment(assignment_id), ExtensionForm(), now()
    page = building.extensions_page(session(), found, form, now=at)
    if form.validate_on_submit():
        try:
            due_at = form.due_at(ZoneInfo(found.classroom.zone))
            student = assignments.extend(
                session(), found.assignment, enrolment_id=int(form.student.data), due_at=due_at, now=at
            )
        except Invalid as error:
            form.refuse(error)
        else:
            note(Action.EXTENSION_GIVEN, (found.assignment, student))
            return _back(
                assignment_id, _("{name} has more time.").format(name=student.name), "assignments.extensions"
            )
    return page


@blueprint.post("/classes/assignments/<int:assignment_id>/extensions/withdraw")
def withdraw(assignment_id: int) -> Answer:
    found, enrolment_id = taught_assignment(assignment_id), request.form.get("student", 0, type=whole)
    student = assignments.withdraw_extension(session(), found.assignment, enrolment_id=enrolment_id)
    note(Action.EXTENSION_TAKEN_BACK, (found.assignment, student))
    return _back(
        assignment_id,
        _("{name}’s extension was removed.").format(name=student.name),
        "assignments.extensions",
    )


@blueprint.get("/classes/assignments/<int:assignment_id>.<any(csv, xlsx):form>")
def download(assignment_id: int, form: str) -> Answer:
    found = taught_assignment(assignment_id)
    heads, rows = building.table(session(), found, access.account().id, now=now())
    return table_file(f"assignment-{assignment_id}", form, heads, rows)


def _back(assignment_id: int, said: str, endpoint: str = "assignments.assignment") -> Answer:
    flash(said, "success")
    return redirect(url_for(endpoint, assignment_id=assignment_id), 303)


# --- a student's -----------------------------------------------------------------------------------


@blueprint.get("/assignments/<int:assignment_id>")
def mine(assignment_id: int) -> Answer:
    return own.own_page(session(), own_assignment(assignment_id), access.learner(), now=now())


@blueprint.post("/assignments/<int:assignment_id>/begin")
def begin(assignment_id: int) -> Answer:
    found = own_assignment(assignment_id)
    try:
        attempt_id = UUID(request.form.get("attempt", ""))
    except ValueError:
        raise Malformed(_("That couldn’t be started. Go back, reload the page and try again.")) from None
    code = request.form.get("code", "")
    try:
        attempt = assigned_attempts.begin(
            session(), access.learner(), found.assignment, attempt_id=attempt_id, code=code, now=arrived()
        )
    except Invalid as error:
        session().rollback()
        flash(str(error), "warning")
        return redirect(url_for("assignments.mine", assignment_id=assignment_id), 303)
    return redirect(url_for("quizzes.resume", attempt=attempt), 303)

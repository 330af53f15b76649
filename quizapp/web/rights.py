"""Who may call which endpoint. An endpoint that is not listed here is refused to all."""

from __future__ import annotations

from enum import Enum


class Right(Enum):
    """What a request needs; whose object it is, `access.py` decides on top of this."""

    ANYONE = "anyone"
    LEARNER = "learner"  # a guest or a signed-in account
    TEACHER = "teacher"
    ADMIN = "admin"


RIGHTS: dict[str, Right] = {
    "static_files.serve": Right.ANYONE,
    "health.live": Right.ANYONE,
    "health.ready": Right.ANYONE,
    "home.index": Right.ANYONE,
    "accounts.sign_in": Right.ANYONE,
    "accounts.sign_up": Right.ANYONE,
    "accounts.sign_out": Right.ANYONE,
    "accounts.setup": Right.ANYONE,
    "personal.account": Right.LEARNER,
    "personal.password": Right.LEARNER,
    "personal.sign_out_one": Right.LEARNER,
    "personal.sign_out_everywhere": Right.LEARNER,
    "personal.download": Right.LEARNER,
    "personal.erase": Right.LEARNER,
    "study.begin": Right.ANYONE,
    "study.question": Right.LEARNER,
    "study.hint": Right.LEARNER,
    "study.reveal": Right.LEARNER,
    "study.answer": Right.LEARNER,
    "study.feedback": Right.LEARNER,
    "study.undo": Right.LEARNER,
    "quizzes.new": Right.LEARNER,
    "quizzes.start": Right.LEARNER,
    "quizzes.resume": Right.LEARNER,
    "quizzes.question": Right.LEARNER,
    "quizzes.answer": Right.LEARNER,
    "quizzes.overview": Right.LEARNER,
    "quizzes.finish": Right.LEARNER,
    "quizzes.result": Right.LEARNER,
    "library.decks": Right.ANYONE,
    "library.deck": Right.ANYONE,
    "library.source": Right.ANYONE,
    "progress.index": Right.LEARNER,
    "progress.settings": Right.LEARNER,
    "authoring.decks": Right.TEACHER,
    "authoring.new_deck": Right.TEACHER,
    "authoring.deck": Right.TEACHER,
    "authoring.edit_deck": Right.TEACHER,
    "authoring.choose_kind": Right.TEACHER,
    "authoring.new_item": Right.TEACHER,
    "authoring.edit_item": Right.TEACHER,
    "authoring.set_state": Right.TEACHER,
    "authoring.move": Right.TEACHER,
    "authoring.versions": Right.TEACHER,
    "authoring.restore": Right.TEACHER,
    "authoring.preview": Right.TEACHER,
    "classrooms.index": Right.LEARNER,
    "classrooms.new": Right.TEACHER,
    "classrooms.classroom": Right.TEACHER,
    "classrooms.edit": Right.TEACHER,
    "classrooms.archive": Right.TEACHER,
    "classrooms.code": Right.TEACHER,
    "classrooms.set_code": Right.TEACHER,
    "classrooms.decks": Right.TEACHER,
    "classrooms.people": Right.TEACHER,
    "classrooms.remove_teacher": Right.TEACHER,
    "classrooms.roster": Right.TEACHER,
    "classrooms.links": Right.TEACHER,
    "classrooms.link": Right.TEACHER,
    "classrooms.remove_student": Right.TEACHER,
    "classrooms.leave": Right.LEARNER,
    "auditing.log": Right.TEACHER,
    "classrooms.join_code": Right.ANYONE,
    "classrooms.join": Right.ANYONE,
    "classrooms.enter": Right.ANYONE,
    "administration.accounts": Right.ADMIN,
    "administration.account": Right.ADMIN,
    "administration.invite": Right.ADMIN,
    "administration.set_role": Right.ADMIN,
    "administration.set_disabled": Right.ADMIN,
    "administration.sign_out": Right.ADMIN,
    "administration.reset": Right.ADMIN,
}

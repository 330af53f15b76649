"""What the audit log tells of: each thing that staff do to accounts, classes, grades, keys and sharing."""

from __future__ import annotations

from enum import Enum


class Action(Enum):
    """An act of staff; value: how the log's page says it, after a name.

    The name is what is stored. {words} stand for details of the entry; whom or what it was done to, the
    page says itself.
    """

    # accounts
    ACCOUNT_INVITED = "made a link for a new {role}’s account"
    PASSWORD_LINK_MADE = "made a link to choose a new password"
    ACCOUNT_SIGNED_OUT = "signed the account out everywhere"
    ACCOUNT_DISABLED = "blocked the account"
    ACCOUNT_ENABLED = "unblocked the account"
    ROLE_CHANGED = "changed the role from {before} to {after}"
    SECOND_FACTOR_RESET = "took the second factor off the account"
    ACCOUNT_EXPORTED = "made a copy of everything held"
    ACCOUNT_ERASED = "erased an account"
    # classes
    CLASS_MADE = "made the class"
    CLASS_ARCHIVED = "archived the class"
    CLASS_TAKEN_BACK = "took the class back"
    TEACHER_ADDED = "added a teacher"
    TEACHER_REMOVED = "took a teacher off the class"
    STUDENTS_ADDED = "put {students} on the roster"
    STUDENT_REMOVED = "took a student out of the class"
    STUDENTS_REMOVED = "took {students} out of the class"
    STUDENT_TAKEN_BACK = "took a student back into the class"
    SIGN_IN_LINK_MADE = "made a sign-in link for a student"
    SIGN_IN_LINKS_MADE = "made sign-in links for {students}"
    # work and grades
    ASSIGNMENT_GIVEN = "created an assignment"
    ASSIGNMENT_CHANGED = "changed when or how work is due"
    ASSIGNMENT_REMOVED = "deleted an assignment"
    DATE_SET = "set a date by which the class is to know decks"
    DATE_REMOVED = "took a date of the class back"
    EXTENSION_GIVEN = "gave a student more time"
    EXTENSION_TAKEN_BACK = "took back a student’s extra time"
    ATTEMPT_OPENED_AGAIN = "opened a student’s attempt again"
    GRADE_CHANGED = "changed a grade"
    REGRADED = "had past answers graded by a new key"
    REGRADE_UNDONE = "took a regrade back"
    CLAIM_ACCEPTED = "accepted a claim of having been right"
    CLAIM_REFUSED = "refused a claim of having been right"
    # questions and decks
    KEY_CHANGED = "changed what counts as right"
    QUESTION_RETIRED = "retired a question"
    QUESTION_PUBLISHED = "published a question"
    DRAFT_DELETED = "deleted a draft of a question"
    DECK_MADE_PUBLIC = "made the deck public"
    DECK_MADE_PRIVATE = "made the deck private"
    DECK_SHARED = "shared the deck, {way}"
    DECK_UNSHARED = "stopped sharing the deck"
    DECKS_CHOSEN = "chose the decks of the class: {added} more, {gone} less"
    DECK_GIVEN = "gave the deck to the class"
    DECK_TAKEN = "took the deck from the class"
    DECK_COPIED = "copied the deck"

"""What the audit log tells of: each thing that staff do to accounts, classes, grades, keys and sharing."""

from __future__ import annotations

from enum import Enum

from quizapp.domain.language.translation import marked


class Action(Enum):
    """An act of staff; value: how the log's page says it, after a name.

    The name is what is stored. {words} stand for details of the entry; whom or what it was done to, the
    page says itself.
    """

    # accounts
    ACCOUNT_INVITED = marked("created an invitation link for a new {role}")
    PASSWORD_LINK_MADE = marked("created a link for choosing a new password")
    ACCOUNT_SIGNED_OUT = marked("signed the account out everywhere")
    ACCOUNT_DISABLED = marked("blocked the account")
    ACCOUNT_ENABLED = marked("unblocked the account")
    ROLE_CHANGED = marked("changed the role from {before} to {after}")
    SECOND_FACTOR_RESET = marked("removed the second factor from the account")
    ACCOUNT_EXPORTED = marked("downloaded all data about the account")
    ACCOUNT_ERASED = marked("erased an account")
    ACCOUNT_FROM_PROVIDER = marked("signed up through the sign-in provider")
    ACCOUNT_CONNECTED = marked("connected the account with the sign-in provider")
    ROLE_FROM_PROVIDER = marked("got the role {after} instead of {before} from the sign-in provider")
    # classes
    CLASS_MADE = marked("created the class")
    CLASS_ARCHIVED = marked("archived the class")
    CLASS_TAKEN_BACK = marked("restored the class")
    TEACHER_ADDED = marked("added a teacher")
    TEACHER_REMOVED = marked("removed a teacher from the class")
    STUDENTS_ADDED = marked("added {students} to the class")
    STUDENT_REMOVED = marked("removed a student from the class")
    STUDENTS_REMOVED = marked("removed {students} from the class")
    STUDENT_TAKEN_BACK = marked("brought a student back into the class")
    IMPORT_UNDONE = marked("undid the import of {students}")
    STUDENT_RENAMED = marked("renamed a student")
    STUDENT_DELETED = marked("deleted a student who had never signed in")
    STUDENTS_MERGED = marked("merged two students into one")
    EXTRA_TIME_SET = marked("gave a student {percent} % more time in every quiz")
    SIGN_IN_LINK_MADE = marked("created a sign-in link for a student")
    SIGN_IN_LINKS_MADE = marked("created sign-in links for {students}")
    # work and grades
    ASSIGNMENT_GIVEN = marked("created an assignment")
    ASSIGNMENT_CHANGED = marked("changed the dates or rules of an assignment")
    ASSIGNMENT_REMOVED = marked("deleted an assignment")
    DATE_SET = marked("set a date by which the class is to know decks")
    DATE_REMOVED = marked("removed a date of the class")
    EXTENSION_GIVEN = marked("gave a student more time")
    EXTENSION_TAKEN_BACK = marked("removed a student’s extra time")
    ATTEMPT_OPENED_AGAIN = marked("reset a student’s attempt")
    GRADE_CHANGED = marked("changed a mark by hand")
    REGRADED = marked("had past answers regraded with a new key")
    REGRADE_UNDONE = marked("undid a regrade")
    CLAIM_ACCEPTED = marked("accepted a student’s claim that an answer was right")
    CLAIM_REFUSED = marked("declined a student’s claim that an answer was right")
    # questions and decks
    KEY_CHANGED = marked("changed the answer key of a question")
    QUESTION_RETIRED = marked("archived a question")
    QUESTION_PUBLISHED = marked("published a question")
    DRAFT_DELETED = marked("deleted a draft of a question")
    DECK_MADE_PUBLIC = marked("made the deck public")
    DECK_MADE_PRIVATE = marked("made the deck private")
    DECK_IN_BANK = marked("put the deck into the shared bank")
    DECK_OUT_OF_BANK = marked("took the deck out of the shared bank")
    DECK_ARCHIVED = marked("archived the deck")
    DECK_TAKEN_BACK = marked("restored the deck")
    DECK_DELETED = marked("deleted a deck that no one had seen")
    ARTICLE_DELETED = marked("deleted an article")
    ARTICLE_TEXT_REMOVED = marked("took an article’s text off the site")
    DECK_SHARED = marked("shared the deck, {way}")
    DECK_UNSHARED = marked("stopped sharing the deck")
    DECKS_CHOSEN = marked("changed the class’s decks: {added} added, {gone} removed")
    DECK_GIVEN = marked("assigned the deck to the class")
    DECK_TAKEN = marked("removed the deck from the class")
    DECK_COPIED = marked("copied the deck")


_FIRST = {
    "accounts": Action.ACCOUNT_INVITED,
    "classes": Action.CLASS_MADE,
    "grades": Action.ASSIGNMENT_GIVEN,
    "decks": Action.KEY_CHANGED,
}


def _groups() -> dict[str, tuple[str, ...]]:
    """The acts in their order above, each group from its first to the next one's."""
    names = list(Action.__members__)
    begins = [names.index(action.name) for action in _FIRST.values()]
    ends = [*begins[1:], len(names)]
    return {group: tuple(names[begin:end]) for group, begin, end in zip(_FIRST, begins, ends, strict=True)}


GROUPS = _groups()  # names of acts by what they are about

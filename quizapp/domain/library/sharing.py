"""Who may do what with a deck: acts, and the ties to it that allow them. The one place of these rules."""

from __future__ import annotations

from enum import Enum


class Tie(Enum):
    """What ties an account (or a visitor without one) to a deck."""

    SHIPPED = "it came with the site"
    PUBLIC = "its owner has made it public"
    OWNER = "they own it"
    EDITOR = "its owner shares it with them, to edit"
    VIEWER = "its owner shares it with them, to view"
    BANK = "its owner has put it into the bank that all teachers here share, and they teach"
    TEACHES = "they teach a class that studies it"
    ATTENDS = "they are in a class that studies it: not removed from it, and the class isn't archived"


class Act(Enum):
    """What is done with a deck; value: the ties of which one is enough.

    STUDY: see it, study it, take quizzes on it. TEACH: look into it as a teacher does, keys and all, and
    copy it. GIVE: let a class learn it. EDIT: change its questions. APPROVE: let students
    have a question that someone else wrote. OWN: share it, make it public, rename
    or delete it. Whoever attends a class sees the deck as a student, also if they teach elsewhere. Whoever
    teaches a class beside its owner sees the deck, but hands it on to no other class.
    """

    STUDY = frozenset(Tie)
    TEACH = frozenset(Tie) - {Tie.ATTENDS}
    GIVE = frozenset({Tie.SHIPPED, Tie.PUBLIC, Tie.OWNER, Tie.EDITOR, Tie.VIEWER, Tie.BANK})
    EDIT = frozenset({Tie.OWNER, Tie.EDITOR})
    APPROVE = frozenset({Tie.OWNER, Tie.EDITOR, Tie.TEACHES})
    OWN = frozenset({Tie.OWNER})


ANYBODY = frozenset({Tie.SHIPPED, Tie.PUBLIC})  # ties that need no account

"""What is someone's appears in no reply to anyone without the right: marked words are planted and looked for.

Pages, downloads, refusals and addresses that a reply sends one on to: everything that every actor can get by
GET, and everything that they try by POST on what is not theirs.
"""

from __future__ import annotations

import pytest

from tests.house import ACTORS, STAFF, STUDENTS
from tests.walking import MARK, Walk

SORTS = ("name", "deck", "stem", "key", "why", "class", "seat")

# Whose words an actor may read beside their own: students know their class, teachers who sits in theirs and
# who teaches beside them, an admin who has an account.
MAY: dict[str, set[str]] = {
    "student": {"class-teacher"},
    "stranger": {"class-other_teacher"},
    "teacher": {"name-colleague", "seat-student", "seat-removed"},
    "other_teacher": {"name-colleague", "seat-stranger"},
    "colleague": {
        *(f"class-{actor}" for actor in (*STAFF, "disabled")),
        *(f"name-{actor}" for actor in (*STAFF, "disabled")),
        *(f"seat-{actor}" for actor in STUDENTS),
    },
    "admin": {"class-colleague", *(f"name-{actor}" for actor in ACTORS)},
}


@pytest.mark.parametrize("actor", ACTORS)
def test_no_one_reads_a_word_that_is_not_theirs(actor: str, walked: Walk) -> None:
    may = {f"{MARK}-{word}" for word in MAY.get(actor, set())}
    if actor != "disabled":
        may |= {f"{MARK}-{sort}-{actor}" for sort in SORTS}
    found = {}
    for reply in walked.replies(actor):
        words = {word.split('"')[0] for word in reply.text.replace("&", " ").split() if MARK in word}
        for owner in ACTORS:
            for sort in SORTS:
                word = f"{MARK}-{sort}-{owner}"
                if word not in may and any(word in each for each in words):
                    found.setdefault(word, reply.address)
    assert found == {}


def test_the_marks_can_be_seen(walked: Walk) -> None:
    """A teacher reads all of their own, so the search is not blind."""
    everything = " ".join(reply.text for reply in walked.replies("teacher"))
    for sort in SORTS:
        assert f"{MARK}-{sort}-{'student' if sort == 'seat' else 'teacher'}" in everything, sort

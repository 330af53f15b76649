"""GET and HEAD change nothing: every row of every table is the same after everybody has looked at everything."""

from __future__ import annotations

from sqlalchemy import Engine

from tests.house import ACTORS, House
from tests.walking import Walk
from tests.world import dump


def test_looking_changes_nothing(walked: Walk) -> None:
    assert set(walked.looked) == set(ACTORS)
    assert {
        (actor, reply.address) for actor in ACTORS for reply in walked.looked[actor] if reply.status >= 500
    } == set()
    before, after = walked.before, walked.after
    assert sum(map(len, before.values())) > 100
    assert {name for name in before if before[name] != after[name]} == set()


def test_the_dump_sees_a_change(house: House, engine: Engine) -> None:
    before = dump(engine)
    house.client("student").post("/study/begin", data={"deck": "every"})
    assert {name for name, rows in dump(engine).items() if rows != before[name]} >= {"study_deck"}


def test_head_answers_as_get_does_without_a_body(walked: Walk) -> None:
    assert len(walked.headed) > 100
    for address, (got, headed) in walked.headed.items():
        assert (headed.status, headed.body) == (got.status, ""), address
        assert headed.media_type == got.media_type, address

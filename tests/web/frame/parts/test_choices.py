"""A value that none of a form's buttons has changes nothing, wherever it is sent."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.house import House
from tests.world import dump, endpoints

CHOICES = {
    "authoring.set_state": "state",
    "authoring.move": "to",
    "reviewing.decide": "decision",
    "suggesting.decide": "decision",
    "classrooms.archive": "archived",
    "classrooms.set_code": "step",
    "classrooms.remove_student": "removed",
    "articles.strike": "kept",
    "administration.set_disabled": "disabled",
    "administration.set_role": "role",
}


@pytest.mark.parametrize("value", ["", "2", "publish", "RETIRED", "1 OR 1"])
def test_what_is_no_choice_is_refused_and_nothing_is_changed(
    house: House, engine: Engine, value: str
) -> None:
    rules = {rule.endpoint: rule for rule in house.app.url_map.iter_rules() if rule.endpoint in CHOICES}
    assert set(rules) == set(CHOICES), [endpoint for endpoint, _, _ in endpoints(house.app)]
    before = dump(engine)
    for endpoint, rule in rules.items():
        who = "admin" if endpoint.startswith("administration.") else "teacher"
        path = house.address(rule, house.own(who))
        answer = house.client(who).post(path, data={CHOICES[endpoint]: value})
        assert answer.status_code in {400, 404, 422}, (endpoint, answer.status_code)
    after = dump(engine)
    changed = [table for table in after if after[table] != before[table]]
    assert set(changed) <= {"sign_in", "daily_run"}, changed

"""Removing any one policy is seen: each right and each scope of a door or a query is taken away in turn.

A mutant that no page shows is a policy that no test holds. Scopes are comparisons with anyone who asks
(`… == account_id`) in the doors and in the named reads; rights are the lines of `web/frame/rights.py`.
"""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, true
from sqlalchemy.orm import Session

from quizapp.domain.audit.actions import Action
from quizapp.domain.library.kinds.base import GaveUp
from quizapp.domain.study.scheduling.card import AWAY
from quizapp.services.audit import log
from quizapp.storage.corrections.tables import Report
from quizapp.storage.drafting.tables import SourceDraft
from quizapp.storage.library.tables import Evidence, Item, VersionPicture
from quizapp.storage.quizzes.tables import AttemptQuestion
from quizapp.storage.sources.tables import Source
from quizapp.storage.study.tables import Card, Goal, GoalDeck, ItemNote, LearnerCalibration, Review
from quizapp.web.frame.rights import RIGHTS, Right
from tests.conftest import NOW
from tests.house import House, call, furnish
from tests.web.frame.test_rights import OWNED, TABLE, rules
from tests.world import Visitor, add_deck, add_item, masked

ROOT = Path(__file__).parents[2]
POLICED = sorted(
    [
        ROOT / "quizapp/web/frame/access.py",
        *(ROOT / "quizapp/web").rglob("doors.py"),
        *(ROOT / "quizapp/storage").glob("*/[!_]*.py"),
    ]
)
POLICED = [
    path for path in POLICED if path.stem != "tables" and path.parent.name not in {"migrations", "privacy"}
]  # tables have no reads
WHOEVER = {"account_id", "learner_id", "teacher_id", "viewer_id", "actor_id", "owner_id"}
WATCHED = ("student", "removed", "teacher", "other_teacher")

# Reads that only writers use, after a door: what they touch is held by tests/services.
OF_WRITERS = {
    "history.card_log",
    "history.learner_log",
    "history.counted",
    "step.recount_day",
    "step.recount_calibration",
    "step.drop_card",
}
OF_WRITERS |= {"step.has_review"}  # of ids that follow from one's own, behind the door of a review
OF_WRITERS |= {"claims.saying"}  # of what is found, only what leads to the answer at hand is taken
OF_WRITERS |= {"marks.unpass", "marks.unpass_item", "attempts.present_versions", "reports.made_since"}
OF_WRITERS |= {
    "conditions.asking_is_off"
}  # of what an answer meets, see web/classes/assignments/test_asking.py
OF_WRITERS |= {"history.opening_days", "history.ranked", "decks.resting", "decks.rests", "decks.targets"}
OF_WRITERS |= {"decks.restarted_items"}
# Two learners with one deck, and with one item: tests/services/study/test_deck_plan.py, items/test_history.py.
OF_WRITERS |= {"decks.own_plan", "decks.deck_log", "history.past_events"}
OF_WRITERS |= {"aside.away_events", "goals.count_unmet", "progress.schedules"}
OF_WRITERS |= {"conditions.takes", "claims.count_open", "regrades.met_before_change"}

# Reads of anyone's account, behind a right of admins: the id says whom they look at, not who asks.
OF_ADMINS = {"directory.named_account", "directory.sign_in_count", "directory.classes_of"}


# --- mutants ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mutant:
    """One scope taken away. code: the function's, without it."""

    name: str
    function: FunctionType
    code: CodeType


def asks_who(node: ast.AST) -> bool:
    """A comparison with anyone who asks: `Card.learner_id == learner_id`, `deck.owner_id != account().id`."""
    if not isinstance(node, ast.Compare) or not isinstance(
        node.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn
    ):
        return False
    sides = (node.left, *node.comparators)
    return any(
        (isinstance(side, ast.Name) and side.id in WHOEVER)
        or ast.unparse(side) in {"account().id", "learner.id"}
        for side in sides
    )


def without(tree: ast.FunctionDef, number: int) -> tuple[ast.FunctionDef, str] | None:
    """The function with its comparison of this number always passed, and that comparison."""
    tree = copy.deepcopy(tree)
    found = [node for node in ast.walk(tree) if asks_who(node)]
    if number >= len(found):
        return None
    text = ast.unparse(found[number])

    class Remove(ast.NodeTransformer):
        def visit_Compare(self, node: ast.Compare) -> ast.AST:
            if node is not found[number]:
                return self.generic_visit(node)
            column = isinstance(node.left, ast.Attribute) and ast.unparse(node.left)[0].isupper()
            if column:
                return ast.copy_location(ast.Name("__passed", ast.Load()), node)
            return ast.copy_location(ast.Constant(isinstance(node.ops[0], ast.Eq | ast.In)), node)

    return Remove().visit(tree), text


def mutants() -> Iterator[Mutant]:
    for path in POLICED:
        module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for tree in ast.parse(path.read_text("utf-8")).body:
            function = getattr(module, tree.name, None) if isinstance(tree, ast.FunctionDef) else None
            if not inspect.isfunction(function) or function.__module__ != module.__name__:
                continue
            for number in range(100):
                if (made := without(tree, number)) is None:
                    break
                changed, text = made
                whole = ast.fix_missing_locations(ast.Module([changed], []))
                future = ast.ImportFrom("__future__", [ast.alias("annotations")], 0)
                whole.body.insert(0, ast.fix_missing_locations(future))
                names: dict[str, Any] = dict(vars(module))
                exec(compile(whole, str(path), "exec"), names)
                if f"{path.stem}.{tree.name}" not in OF_WRITERS | OF_ADMINS:
                    yield Mutant(f"{path.stem}.{tree.name}: {text}", function, names[tree.name].__code__)


MUTANTS = list(mutants())


# --- looking at everything --------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Call:
    rule: Any
    method: str
    actor: str
    address: str


def live(house: House, questions: dict[str, int]) -> None:
    """Two students study, each in their own way, so that one's numbers are not the other's; an article is cited."""
    visitors = {actor: Visitor(house.client(actor)) for actor in ("student", "stranger")}
    visitors["student"].post("/study/begin", {"deck": "every"})
    for actor, item in (("student", "single_choice-2-choose"), ("stranger", "true_false-1-choose")):
        visitors[actor].answer(visitors[actor].ask(questions[item]), GaveUp())
        for _ in range(2):
            visitors[actor].answer(visitors[actor].ask(questions["single_choice-1-choose"]), GaveUp())
    item = house.session.get_one(Item, questions["single_choice-1-choose"])
    source = house.session.scalars(select(Source)).first()
    assert source
    source.paragraphs = 2
    house.session.add(
        Evidence(version_id=item.version_id, source_id=source.id, paragraph=1, sentence=1, digest="0" * 12)
    )
    other = add_deck(house.session, "other", now=NOW)
    add_item(house.session, other, "other-1", item.version.content, now=NOW)
    house.session.commit()
    visitors["stranger"].post("/study/begin", {"deck": "other"})
    for number, card in enumerate(
        house.session.scalars(select(Card).order_by(Card.learner_id, Card.item_id))
    ):
        card.stability, card.due_day = 3.0**number, NOW.toordinal() + 5 + number
    for number, actor in enumerate(("student", "stranger"), start=1):
        made = {"bin": 9, "reviews": 40 * number, "expected": 38_000_000 * number, "right": 30_000_000}
        house.session.add(LearnerCalibration(learner_id=house.people[actor].id, **made))
    item = house.session.get_one(Item, house.owned["teacher"].item_id)
    said = {"reason": "typo", "state": "declined", "reply": "No.", "made_at": NOW, "settled_at": NOW}
    house.session.add(
        Report(item_id=item.id, version_id=item.version_id, learner_id=house.people["student"].id, **said)
    )
    article = house.session.scalars(select(Source).where(Source.slug == house.owned["teacher"].article)).one()
    dropped = {"digest": "0" * 16, "origin": "rule", "outcome": "dropped", "quote_digest": "0" * 12}
    other_teacher = house.people["other_teacher"].id
    house.session.add(SourceDraft(account_id=other_teacher, source_id=article.id, created_at=NOW, **dropped))
    # A student has learnt a question of a private deck, with its picture; staff did something to two accounts.
    learnt = {name: getattr(card, name) for name in Card.__table__.columns.keys()}  # noqa: SIM118 a mapping of its own
    learnt |= {"learner_id": house.people["student"].id, "item_id": item.id, "deck_id": item.deck_id}
    house.session.add(Card(**learnt | {"fact_id": item.fact_id}))
    # They have put another away, and their class has a date.
    put_away = house.session.scalars(
        select(Item).where(Item.deck_id == item.deck_id, Item.id != item.id)
    ).first()
    assert put_away
    house.session.add(Card(**learnt | {"item_id": put_away.id, "fact_id": put_away.fact_id, "due_day": AWAY}))
    date = Goal(
        classroom_id=house.owned["student"].classroom_id,
        title="Finals",
        due_at=NOW + timedelta(days=90),
        target=0.9,
        created_at=NOW,
    )
    house.session.add(date)
    house.session.flush()
    house.session.add(GoalDeck(goal_id=date.id, deck_id=item.deck_id))
    reviewed = house.session.get_one(Review, house.owned["student"].review).item_id
    for noted in {item.id, reviewed}:
        note = {"learner_id": house.people["teacher"].id, "item_id": noted, "text": "A teacher's own note"}
        house.session.add(ItemNote(**note, written_at=NOW))
    asked = {"position": 99, "item_id": item.id, "version_id": item.version_id, "format": "choose"}
    house.session.add(AttemptQuestion(attempt_id=house.owned["student"].attempt, **asked))
    house.session.add(
        VersionPicture(version_id=item.version_id, picture_id=house.owned["teacher"].picture_id)
    )
    for actor, about in (("admin", "stranger"), ("other_teacher", "removed")):
        people = house.people[actor], house.people[about]
        log.record(house.session, people[0], Action.PASSWORD_LINK_MADE, people[1], now=NOW)
    house.session.commit()


def calls(house: House) -> list[Call]:
    """What people look at of theirs, and everything that they try on what belongs to others."""
    found = []
    for endpoint, method, rule in rules(house.app):
        for actor in WATCHED:
            whose = {actor} if method == "GET" else set()
            if endpoint in OWNED:
                whose |= {"student", "teacher", "other_teacher"} - ({actor} if method == "POST" else set())
            found += [
                Call(rule, method, actor, house.address(rule, house.owned[owner])) for owner in sorted(whose)
            ]
            if endpoint == "decks.source":  # what one may read of it is open to all, what is not is not
                theirs = house.owned["other_teacher"].article
                found.append(Call(rule, method, actor, f"/sources/{theirs}"))
    return found


def seen(house: House, clients: dict[str, Any], each: Call) -> tuple[int, str]:
    if each.method == "POST":
        response = call(house, each.rule, "POST", each.actor, each.address)
        return response.status_code, ""
    response = clients[each.actor].get(each.address)
    return response.status_code, masked(response.get_data().decode("latin-1"))


def test_removing_any_scope_is_seen(app: Flask, session: Session, questions: dict[str, int]) -> None:
    policed = {mutant.function.__code__ for mutant in MUTANTS}
    assert len(policed) > 20
    users: dict[CodeType, list[Call]] = {code: [] for code in policed}
    survived = []
    with time_machine.travel(NOW, tick=False):
        house = furnish(app, session)
        live(house, questions)
    with time_machine.travel(NOW + timedelta(days=4), tick=False):  # cards are due by then
        clients = {actor: house.client(actor) for actor in WATCHED}
        before = {}
        for each in calls(house):
            ran: set[CodeType] = set()
            sys.setprofile(
                lambda frame, event, _, ran=ran: ran.add(frame.f_code) if event == "call" else None
            )
            try:
                before[each] = seen(house, clients, each)
            finally:
                sys.setprofile(None)
            for code in ran & policed:
                users[code].append(each)
        for mutant in MUTANTS:
            real = mutant.function.__code__
            mutant.function.__globals__["__passed"] = true()
            mutant.function.__code__ = mutant.code
            try:
                seen_by = next(
                    (each for each in users[real] if differs(house, clients, each, before[each])), None
                )
            finally:
                mutant.function.__code__ = real
            if seen_by is None:
                survived.append(mutant.name)
    assert not survived, "\n".join(survived)


def differs(house: House, clients: dict[str, Any], each: Call, before: tuple[int, str]) -> bool:
    try:
        return seen(house, clients, each) != before
    except Exception:  # noqa: BLE001 a page that breaks is seen, too
        return True


@pytest.mark.parametrize("endpoint", sorted(name for name in RIGHTS if RIGHTS[name] is not Right.ANYONE))
def test_a_right_that_is_weakened_is_seen(endpoint: str) -> None:
    """The table of the rights' test is the review: a right that says less than it is red."""
    rows = [row for (name, _), row in TABLE.items() if name == endpoint]
    assert all(row["anonymous"] in {303, 404} for row in rows), "who is nobody gets no further"
    if RIGHTS[endpoint] is Right.TEACHER:
        assert all(row["student"] == 404 for row in rows)

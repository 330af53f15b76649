"""“I was right”: claimed once, decided for all who answered so, taken back whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import UUID

import pytest
from sqlalchemy import Boolean, Engine, func, literal_column, select, table
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid, Missing
from quizapp.domain.library.kinds.base import Chosen, Format
from quizapp.services.corrections import claims
from quizapp.services.privacy.guest_merge import merge_guest
from quizapp.services.study.learner import Learner
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.corrections import claims as queries
from quizapp.storage.corrections.tables import Claim, Regrade
from quizapp.storage.library.tables import Item
from tests import factories
from tests.factories import NOW, SETTINGS, answer, checked, choice
from tests.services.corrections.test_regrades import DONAU, RIVER, World


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def claim(world: World, learner: Learner, review: UUID, reason: str = "") -> None:
    claims.claim(world.session, learner, review, reason=reason, now=world.now)


def claimed(world: World, text: str, reason: str = "") -> Learner:
    """Somebody who answered this and claims it."""
    learner = world.learner()
    claim(world, learner, world.answer(learner, text), reason)
    return learner


def stored(session: Session) -> list[Claim]:
    return list(session.scalars(select(Claim).order_by(Claim.created_at, Claim.review_id)))


def accepted(world: World, form: str = "donau") -> int:
    regrade = claims.accept(
        world.session, world.item, form, base=world.item.version_id, author=world.author, now=world.now
    )
    world.finish()
    return regrade.id


# --- claiming -------------------------------------------------------------------------------------


def test_an_answer_is_claimed_once_with_what_was_said_first(world: World) -> None:
    learner = world.learner()
    review = world.answer(learner, " Donau ")
    claim(world, learner, review, "So  it is called there.")
    claim(world, learner, review, "Again.")
    [stands] = stored(world.session)
    assert (stands.normal_form, stands.reason, stands.state) == ("donau", "So it is called there.", "open")


def test_what_was_right_or_not_answered_cannot_be_claimed(world: World) -> None:
    learner = world.learner()
    for text in ("Danube", "gave up"):
        review = world.answer(learner, text)
        with pytest.raises(Conflict):
            claim(world, learner, review)
    assert stored(world.session) == []


def test_nobody_claims_an_answer_of_somebody_else(world: World) -> None:
    learner, other = world.learner(), world.learner()
    review = world.answer(learner, "Donau")
    with pytest.raises(Missing):
        claim(world, other, review)


def test_what_was_chosen_needs_a_reason(session: Session) -> None:
    world = World(session, choice())
    learner = world.learner()
    review = answer(session, learner, world.item_id, Chosen(("Elbe",)), at=NOW, format=Format.CHOOSE).review
    with pytest.raises(Invalid, match="why"):
        claim(world, learner, review, "  ")
    claim(world, learner, review, "It flows there, too.")
    assert stored(session)[0].normal_form == "Elbe"


@pytest.mark.parametrize("reason", ["x" * 301, "a\x00"])
def test_a_reason_that_cannot_be_stored_is_refused(world: World, reason: str) -> None:
    learner = world.learner()
    review = world.answer(learner, "Donau")
    with pytest.raises(Invalid):
        claim(world, learner, review, reason)


def test_nobody_floods_a_teacher(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "MOST_OPEN", 1)
    learner = claimed(world, "Donau")
    review = world.answer(learner, "Dunaj")
    with pytest.raises(Conflict, match="wait"):
        claim(world, learner, review)


# --- deciding -------------------------------------------------------------------------------------


def test_one_decision_is_for_all_who_answered_so(world: World) -> None:
    learners = [claimed(world, "Donau"), claimed(world, "the donau"), world.learner()]
    world.answer(learners[2], "DONAU")  # claims nothing
    claimed(world, "Elbe")
    [group, other] = queries.groups(world.session, factories.Deck.id == world.deck.id, 10, 0)
    assert (group.claims, group.normal_form, other.claims) == (2, "donau", 1)

    accepted(world)

    assert world.item.version is not None
    assert world.item.version.content == DONAU
    assert (world.item.version.change, world.item.version.note) == ("key", "Accepted: donau")
    assert [world.scores(learner) for learner in learners] == [[1.0]] * 3
    assert [each.state for each in stored(world.session)] == ["accepted", "accepted", "open"]
    assert checked(world.session).differences == []
    actions = list(world.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
    assert actions == ["KEY_CHANGED", "REGRADED", "CLAIM_ACCEPTED"]


def test_an_accepted_claim_can_be_taken_back_whole(world: World) -> None:
    learner = claimed(world, "Donau")
    regrade_id = accepted(world)
    regrade = world.session.get_one(Regrade, regrade_id)
    claims.take_back(world.session, regrade, author=world.author, now=world.now)
    world.finish()
    assert world.item.version is not None
    assert world.item.version.content == RIVER
    assert world.scores(learner) == [0.0]
    assert [each.state for each in stored(world.session)] == ["open"]
    accepted(world)
    assert world.scores(learner) == [1.0]
    assert checked(world.session).differences == []


def test_a_question_changed_since_is_not_restored(world: World) -> None:
    claimed(world, "Donau")
    regrade = world.session.get_one(Regrade, accepted(world))
    later = world.change(DONAU.__class__(stem="Another?", key="Danube", accept=("Donau",)))
    claims.take_back(world.session, regrade, author=world.author, now=world.now)
    assert world.item.version is later


def test_nothing_is_accepted_that_changed_meanwhile(world: World) -> None:
    claimed(world, "Donau")
    base = world.item.version_id
    world.change(DONAU)
    with pytest.raises(Conflict, match="edited in the meantime"):
        claims.accept(world.session, world.item, "donau", base=base, author=world.author, now=NOW)
    with pytest.raises(Conflict, match="already been decided"):
        claims.accept(world.session, world.item, "dunaj", base=base, author=world.author, now=NOW)


def test_what_only_an_author_can_write_is_not_accepted(world: World) -> None:
    claimed(world, "Elbe")  # offered as a wrong option
    with pytest.raises(Invalid, match="Edit the question"):
        accepted(world, "elbe")
    assert [each.state for each in stored(world.session)] == ["open"]


def test_a_declined_claim_tells_why_until_it_is_put_away(world: World) -> None:
    learner = claimed(world, "Elbe")
    done = claims.decline(
        world.session, world.item, "elbe", reply="That is another river.", author=world.author, now=NOW
    )
    assert done == 1
    [told] = queries.told(world.session, learner.id)
    assert told.reply == "That is another river."
    claims.dismiss(world.session, learner.id, now=NOW)
    assert queries.told(world.session, learner.id) == []
    assert claims.decline(world.session, world.item, "elbe", reply="", author=world.author, now=NOW) == 0
    with pytest.raises(Invalid):
        claims.decline(world.session, world.item, "elbe", reply="x" * 301, author=world.author, now=NOW)


def test_a_guests_claims_follow_them_into_their_account(world: World) -> None:
    session, account = world.session, world.learner()
    guest = factories.learner_of(factories.add_account(session, role="guest"), SETTINGS)
    factories.study(session, guest, world.deck)
    claim(world, guest, world.answer(guest, "Donau"))
    merge_guest(session, session.get_one(Account, guest.id), session.get_one(Account, account.id), SETTINGS)
    [claim_] = stored(session)
    assert claim_.learner_id == account.id
    assert claim_.review_id == world.counting(account)[0].id
    accepted(world)
    assert world.scores(account) == [1.0]


# --- two teachers at once -------------------------------------------------------------------------


def decided(session: Session, world: World, doing: str) -> str:
    """A teacher decides; what became of it."""
    item, teacher = session.get_one(Item, world.item_id), session.get_one(Account, world.author.id)
    try:
        if doing == "accept":
            claims.accept(session, item, "donau", base=item.version_id, author=teacher, now=world.now)
            done = True
        else:
            done = bool(claims.decline(session, item, "donau", reply="", author=teacher, now=world.now))
    except Conflict:
        done = False
    return {"accept": "accepted", "decline": "declined"}[doing] if done else "too late"


@pytest.mark.parametrize("doing", [("accept", "accept"), ("accept", "decline"), ("decline", "accept")])
def test_of_two_who_decide_at_once_one_does_and_the_other_is_told(
    engine: Engine, session: Session, world: World, doing: tuple[str, str]
) -> None:
    claimed(world, "Donau")
    session.commit()
    looked = Event()

    def second() -> str:
        with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
            looked.set()
            return decided(own, world, doing[1])

    with ThreadPoolExecutor(1) as pool:
        with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
            first = decided(own, world, doing[0])
            late = pool.submit(second)
            if engine.dialect.name == "postgresql":
                assert looked.wait(300)
                until_waiting(engine)
        outcomes = (first, late.result(300))
    assert outcomes == ({"accept": "accepted", "decline": "declined"}[doing[0]], "too late")
    session.expire_all()
    assert {each.state for each in stored(session)} == {outcomes[0]}
    assert len(list(session.scalars(select(Regrade)))) == (doing[0] == "accept")


def until_waiting(engine: Engine) -> None:
    """Until somebody waits for a lock, or has got through without one."""
    blocked = select(func.count()).select_from(table("pg_locks")).where(~literal_column("granted", Boolean))
    with engine.connect() as connection:
        for _ in range(2_000):
            if connection.scalar(blocked):
                return
            connection.rollback()

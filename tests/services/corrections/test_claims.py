"""“I was right”: claimed once, decided for all who answered so, taken back whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import Boolean, Engine, func, literal_column, select, table
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid, Missing
from quizapp.domain.library.kinds.base import Chosen, Format
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.corrections import claims
from quizapp.services.corrections.dry_run import dry_run
from quizapp.services.privacy.guest_merge import merge_guest
from quizapp.services.study.learner import Learner
from quizapp.storage.accounts.tables import Account
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.corrections import claims as queries
from quizapp.storage.corrections.tables import Claim, Regrade
from quizapp.storage.library.tables import Deck, Item
from tests import factories
from tests.factories import NOW, SETTINGS, answer, checked, choice, log_of
from tests.services.corrections.test_regrades import DONAU, RIVER, World


@pytest.fixture
def world(session: Session) -> World:
    return World(session)


def claim(world: World, learner: Learner, review: UUID, reason: str = "") -> None:
    claims.claim(world.session, learner, review, reason=reason, now=world.now)


def claimed(world: World, text: str, reason: str = "") -> Learner:
    """Someone who answered this and claims it."""
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


def test_no_one_claims_an_answer_of_someone_else(world: World) -> None:
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


def test_no_one_floods_a_teacher(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_nothing_is_accepted_that_changed_in_the_meantime(world: World) -> None:
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


def test_a_declined_claim_tells_why_until_it_is_dismissed(world: World) -> None:
    learner = claimed(world, "Elbe")
    done = claims.decline(
        world.session, world.item, "elbe", reply="That is another river.", author=world.author, now=NOW
    )
    assert (done.students, done.regrade) == (1, None)
    [told] = queries.told(world.session, learner.id)
    assert told.reply == "That is another river."
    claims.dismiss(world.session, learner.id, now=NOW)
    assert queries.told(world.session, learner.id) == []
    assert (
        claims.decline(world.session, world.item, "elbe", reply="", author=world.author, now=NOW).students
        == 0
    )
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
            declined = claims.decline(session, item, "donau", reply="", author=teacher, now=world.now)
            done = bool(declined.students)
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
    """Until someone waits for a lock, or has got through without one."""
    blocked = select(func.count()).select_from(table("pg_locks")).where(~literal_column("granted", Boolean))
    with engine.connect() as connection:
        for _ in range(2_000):
            if connection.scalar(blocked):
                return
            connection.rollback()


# --- answers that grading is not sure of --------------------------------------------------------------

TREATY = ShortAnswer(stem="Why did the city grow?", key="the construction of the Chinese Eastern Railway")
UNSURE = "building the Eastern Railway"


def called(world: World, same: bool, learner: Learner | None = None) -> Learner:
    """Someone whose answer grading was not sure of, and what they said."""
    learner = learner or world.learner()
    review = world.answer(learner, UNSURE, called_same=(same,))
    claims.note_decision(world.session, learner, review, same=(same,), now=world.now)
    return learner


def test_unsure_answers_wait_together_with_what_learners_said(session: Session) -> None:
    world = World(session, TREATY)
    for same in (True, True, False):
        called(world, same)
    everywhere = Item.deck_id == Deck.id
    [group] = queries.groups(session, everywhere, 10, 0)
    assert (group.claims, group.same, group.different) == (3, 2, 1)


def test_what_a_learner_says_later_takes_the_place_of_what_they_said_before(session: Session) -> None:
    world = World(session, TREATY)
    learner = called(world, True)
    called(world, False, learner)
    assert [each.said for each in stored(session)] == ["different"]
    assert queries.count_open(session, learner.id) == 0


def test_who_called_it_different_can_still_claim_it(session: Session) -> None:
    world = World(session, TREATY)
    learner = called(world, False)
    claim(world, learner, stored(session)[0].review_id, "It says the same.")
    assert [(each.said, each.reason) for each in stored(session)] == [("right", "It says the same.")]


def test_nothing_is_noted_of_an_answer_that_was_not_in_doubt(session: Session) -> None:
    world = World(session, TREATY)
    learner = world.learner()
    for text in (TREATY.key, "a plague"):
        review = world.answer(learner, text, called_same=(True,))
        claims.note_decision(session, learner, review, same=(True,), now=world.now)
    with pytest.raises(Missing):
        claims.note_decision(session, world.learner(), review, same=(True,), now=world.now)
    assert stored(session) == []


def test_an_accepted_answer_counts_in_full_and_taken_back_half_again(session: Session) -> None:
    world = World(session, TREATY)
    same, different = called(world, True), called(world, False)

    def worth() -> list[tuple[float, float]]:
        session.expire_all()
        return [(row.score, row.weight) for who in (same, different) for row in world.counting(who)]

    assert worth() == [(1.0, 0.5), (0.0, 1.0)]
    regrade = session.get_one(Regrade, accepted(world, stored(session)[0].normal_form))
    assert worth() == [(1.0, 1.0), (1.0, 1.0)]
    claims.take_back(session, regrade, author=world.author, now=world.now)
    world.finish()
    assert worth() == [(1.0, 0.5), (0.0, 1.0)]
    assert checked(session).differences == []


def test_another_new_key_leaves_the_learners_word_as_it_is(session: Session) -> None:
    world = World(session, TREATY)
    learner = called(world, True)
    other = msgspec.structs.replace(TREATY, accept=("trade",))
    assert dry_run(session, world.item, other).answers_changed == 0
    world.regrade(other)
    assert [(row.score, row.weight) for row in world.counting(learner)] == [(1.0, 0.5)]
    assert len(log_of(session, learner)) == 1
    refused = msgspec.structs.replace(other, refuse=(UNSURE,))
    assert dry_run(session, world.item, refused).answers_changed == 1
    world.regrade(refused)
    assert [(row.score, row.weight) for row in world.counting(learner)] == [(0.0, 1.0)]


def test_a_declined_answer_that_grading_was_not_sure_of_is_wrong_from_then_on(session: Session) -> None:
    world = World(session, TREATY)
    same = called(world, True)
    form = stored(session)[0].normal_form
    declined = claims.decline(session, world.item, form, reply="", author=world.author, now=world.now)
    assert declined.students == 1
    assert declined.regrade is not None
    world.finish()
    session.expire_all()
    assert world.item.version is not None
    assert world.item.version.content.refuse == (UNSURE,)
    assert [(row.score, row.weight) for row in world.counting(same)] == [(0.0, 1.0)]
    claims.take_back(session, declined.regrade, author=world.author, now=world.now)
    world.finish()
    assert [each.state for each in stored(session)] == ["open"]
    assert [(row.score, row.weight) for row in world.counting(same)] == [(1.0, 0.5)]


def test_a_declined_answer_in_a_gap_is_wrong_there_from_now_on(session: Session) -> None:
    world = World(session, Cloze(stem="It grew by {{the construction of the Chinese Eastern Railway}}."))
    same = called(world, True)
    form = stored(session)[0].normal_form
    declined = claims.decline(session, world.item, form, reply="", author=world.author, now=world.now)
    assert declined.students == 1
    assert declined.regrade is not None
    world.finish()
    session.expire_all()
    assert world.item.version is not None
    assert f"|not: {UNSURE}}}}}" in world.item.version.content.stem
    assert [(row.score, row.weight) for row in world.counting(same)] == [(0.0, 1.0)]

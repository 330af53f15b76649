"""Finding the questions a teacher has already."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.library.duplicates import look_alikes
from quizapp.services.library.items import Citation
from quizapp.storage.accounts.tables import Account
from tests import factories

ASKED = ShortAnswer(stem="Which harbour town ships most of the copper from southern Peru?", key="Ilo")
AGAIN = ShortAnswer(stem="Most of southern Peru’s copper is shipped from which harbour town?", key="Ilo")
DIGEST = "0123456789ab"


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher", name="Ms Rivers")


def fill(session: Session, owner: Account | None, *, slug: str = "ports") -> int:
    deck = factories.add_deck(
        session, [factories.typed(number) for number in range(3)], slug=slug, owner=owner
    )
    return factories.add_item(session, deck, ASKED, key=f"{slug}-copper").id


@pytest.mark.parametrize("shipped", [True, False])
def test_the_same_question_is_found_in_own_and_in_shipped_decks(
    session: Session, teacher: Account, shipped: bool
) -> None:
    wanted = fill(session, None if shipped else teacher)
    (found,) = look_alikes(session, teacher.id, AGAIN)
    assert (found.item_id, found.own, found.deck_slug) == (wanted, not shipped, "ports")
    assert found.headline == ASKED.stem


def test_another_teachers_questions_are_not_shown(session: Session, teacher: Account) -> None:
    fill(session, factories.add_account(session, role="teacher"))
    assert look_alikes(session, teacher.id, AGAIN) == ()


def test_a_retired_question_and_the_one_being_edited_are_left_out(session: Session, teacher: Account) -> None:
    deck = factories.add_deck(session, [], owner=teacher)
    item = factories.add_item(session, deck, ASKED, key="copper")
    assert item.version_id is not None
    assert look_alikes(session, teacher.id, AGAIN, without=item.version_id) == ()
    factories.set_published(session, item, published=False)
    assert look_alikes(session, teacher.id, AGAIN) == ()


def test_a_cloze_of_the_sentence_is_found_by_its_evidence(session: Session, teacher: Account) -> None:
    source = factories.add_source(session)
    cloze = Cloze(stem="Lorries bring ore down to {{Ilo}}.")
    factories.add_deck(
        session, [cloze], slug="ore", owner=teacher, evidence=(Citation(source.id, 1, 1, DIGEST),)
    )
    asks = ShortAnswer(stem="Ore is brought down where?", key="Ilo")
    (found,) = look_alikes(session, teacher.id, asks, [DIGEST])
    assert "same sentence" in found.reason
    assert found.headline == "Lorries bring ore down to ____."


def test_a_question_of_everyday_words_alone_finds_nothing(session: Session, teacher: Account) -> None:
    fill(session, teacher)
    assert look_alikes(session, teacher.id, ShortAnswer(stem="What is it?", key="it")) == ()

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.services.library.items import Draft, write_version
from quizapp.services.library.picture_drawing import Drawn
from quizapp.services.library.pictures import drop_unused, keep, texts
from quizapp.storage.library.tables import Item, Picture, Suggestion, VersionPicture
from tests import factories
from tests.factories import NOW, choice
from tests.world import rows_of

MAP = "0123456789abcdef" * 2


def test_every_text_of_a_content_is_looked_at() -> None:
    content = SingleChoice(
        stem="a", key="b", distractors=("c",), feedback=(("c", "d"),), rationale="e", hint="f"
    )
    assert set(texts(content)) >= {"a", "b", "c", "d", "e", "f"}


def test_what_a_version_shows_is_written_down(session: Session) -> None:
    deck = factories.add_deck(session, [])
    keep(session, None, Drawn(b"x", 1, 1), picture_id=MAP, now=NOW)  # type: ignore[arg-type]
    item = factories.add_item(session, deck, choice(), key="t-1")
    shown = SingleChoice(
        stem="Which?",
        key=f"![map](picture:{MAP})",
        distractors=("b", f"![x](picture:{'f' * 32})"),
        rationale="",
    )
    write_version(session, item, Draft(content=shown), author_id=None, now=NOW)
    session.commit()
    [use] = rows_of(session, VersionPicture)
    assert (use.version_id, use.picture_id) == (item.version_id, MAP)


def test_only_old_pictures_that_nothing_shows_are_dropped(session: Session) -> None:
    deck = factories.add_deck(session, [])
    for picture, at in ((MAP, NOW), ("a" * 32, NOW), ("b" * 32, NOW + timedelta(days=2))):
        keep(session, None, Drawn(b"x", 1, 1), picture_id=picture, now=at)  # type: ignore[arg-type]
    content = SingleChoice(stem=f"![map](picture:{MAP})", key="a", distractors=("b", "c"))
    factories.add_item(session, deck, content, key="t-1")
    assert drop_unused(session, before=NOW + timedelta(days=1)) == 1
    session.commit()
    assert {picture.id for picture in rows_of(session, Picture)} == {MAP, "b" * 32}


def test_a_picture_that_someone_suggests_is_kept_until_it_is_decided(session: Session) -> None:
    teacher = factories.add_account(session, role="teacher")
    deck = factories.add_deck(session, [choice()], owner=teacher)
    item = session.get_one(Item, factories.item_ids(session, deck)[0])
    keep(session, None, Drawn(b"x", 1, 1), picture_id=MAP, now=NOW)  # type: ignore[arg-type]
    wanted = SingleChoice(stem=f"![map](picture:{MAP})", key="a", distractors=("b", "c"))
    made = Suggestion(
        item_id=item.id, base_version_id=item.version_id, author_id=teacher.id, content=wanted, made_at=NOW
    )
    session.add(made)
    session.flush()
    late = NOW + timedelta(days=400)
    assert drop_unused(session, before=late) == 0
    made.state = "declined"
    session.flush()
    assert drop_unused(session, before=late) == 1


def test_pictures_go_in_small_steps(session: Session) -> None:
    for number in range(5):
        keep(session, None, Drawn(b"x", 1, 1), picture_id=f"{number:032x}", now=NOW)  # type: ignore[arg-type]
    counts = [drop_unused(session, before=NOW + timedelta(days=1), at_once=2) for _ in range(4)]
    assert counts == [2, 2, 1, 0]


def test_a_teacher_may_bring_so_many_bytes_and_is_told_what_to_do(session: Session) -> None:
    teacher = factories.add_account(session, role="teacher")
    other = factories.add_account(session, role="teacher")
    half = Drawn(b"x" * 600_000, 1, 1)
    keep(session, teacher.id, half, picture_id="a" * 32, now=NOW, most=10**6)
    with pytest.raises(Invalid, match="fill the 1 MB"):
        keep(session, teacher.id, half, picture_id="b" * 32, now=NOW, most=10**6)
    keep(session, other.id, half, picture_id="c" * 32, now=NOW, most=10**6)
    keep(session, teacher.id, half, picture_id="d" * 32, now=NOW)
    assert len(session.scalars(select(Picture.id)).all()) == 3

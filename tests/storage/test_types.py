"""Our column types: times keep their moment, contents their every byte, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from quizapp.domain.errors import InvalidContent
from quizapp.domain.library.kinds import encode_content
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.numeric import Numeric
from quizapp.storage.accounts.tables import SetupLink
from quizapp.storage.library.tables import ItemVersion
from tests import factories

# --- times -----------------------------------------------------------------------------------------

MOMENTS = st.datetimes(
    min_value=datetime(1901, 1, 2),  # noqa: DTZ001 the zone is drawn apart
    max_value=datetime(2199, 12, 30),  # noqa: DTZ001
    timezones=st.timezones() | st.builds(timezone, st.timedeltas(timedelta(hours=-23), timedelta(hours=23))),
)


def stored(session: Session, moment: datetime) -> datetime:
    session.add(SetupLink(token_digest="x", role="student", created_at=moment))
    session.flush()
    session.expunge_all()
    found = session.scalar(select(SetupLink.created_at))
    session.rollback()
    assert found is not None
    return found


@given(moment=MOMENTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_moment_comes_back_in_utc_to_the_microsecond(session: Session, moment: datetime) -> None:
    found = stored(session, moment)
    assert found.tzinfo is UTC
    assert found == moment.astimezone(UTC)


def test_both_hours_of_a_clock_going_back_stay_apart(session: Session) -> None:
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    assert stored(session, twice.replace(fold=1)) - stored(session, twice) == timedelta(hours=1)


def test_a_time_without_a_zone_is_refused(session: Session) -> None:
    with pytest.raises(StatementError, match="without a zone"):
        stored(session, datetime(2026, 3, 2, 9, 0))  # noqa: DTZ001 what is refused


def test_no_time_is_none(session: Session) -> None:
    session.add(SetupLink(token_digest="x", role="student", created_at=factories.NOW, used_at=None))
    session.flush()
    assert session.scalars(select(SetupLink.used_at)).one() is None


# --- contents --------------------------------------------------------------------------------------


def version_of(session: Session, content: Content) -> int:
    deck = factories.add_deck(session, [content])
    (item,) = factories.item_ids(session, deck)
    session.expunge_all()
    return session.scalars(select(ItemVersion.id).where(ItemVersion.item_id == item)).one()


@pytest.mark.parametrize("example", factories.EXAMPLES, ids=lambda example: example.content.stem[:30])
def test_every_kinds_content_comes_back_equal(session: Session, example: object) -> None:
    content = example.content  # type: ignore[attr-defined]
    version = version_of(session, content)
    assert session.scalar(select(ItemVersion.content).where(ItemVersion.id == version)) == content
    raw = session.scalar(text("SELECT content FROM item_version"))
    assert raw == encode_content(content)


def test_a_decimal_keeps_its_digits(session: Session) -> None:
    content = Numeric(stem="How much?", value=Decimal("240.10"), unit="$")
    version = version_of(session, content)
    found = session.scalars(select(ItemVersion.content).where(ItemVersion.id == version)).one()
    assert str(found.value) == "240.10"


def test_content_that_cannot_be_read_is_told(session: Session) -> None:
    version = version_of(session, factories.choice())
    session.execute(text('UPDATE item_version SET content = \'{"kind":"riddle"}\''))
    with pytest.raises(InvalidContent, match="riddle"):
        session.execute(select(ItemVersion.content).where(ItemVersion.id == version)).all()

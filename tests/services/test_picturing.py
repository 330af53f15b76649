from __future__ import annotations

import contextlib
import io
import struct
import zlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid
from quizapp.domain.kinds.single_choice import SingleChoice
from quizapp.services.items import Draft, write_version
from quizapp.services.picturing import LONGEST_SIDE, draw, drop_unused, keep, texts
from quizapp.storage.library import Item
from quizapp.storage.pictures import Picture, VersionPicture
from quizapp.storage.reviewing import Suggestion
from tests import factories
from tests.factories import NOW, choice
from tests.world import rows_of

MAP = "0123456789abcdef" * 2


def sent(
    format: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **keywords: object
) -> bytes:
    packed = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(packed, format, **keywords)
    return packed.getvalue()


def opened(drawn: tuple[bytes, int, int]) -> Image.Image:
    image = Image.open(io.BytesIO(drawn[0]))
    assert (image.format, image.width, image.height) == ("WEBP", drawn[1], drawn[2])
    return image


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
def test_pictures_of_each_sort_are_drawn_as_webp(format: str) -> None:
    assert opened(draw(sent(format))).size == (40, 30)


def test_a_large_picture_is_made_smaller_and_keeps_its_shape() -> None:
    assert opened(draw(sent(size=(4_000, 1_000)))).size == (LONGEST_SIDE, LONGEST_SIDE // 4)


def test_a_picture_taken_sideways_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    assert opened(draw(sent("JPEG", exif=exif))).size == (30, 40)


def test_nothing_but_pixels_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera"
    body = sent("JPEG", exif=exif, comment=b"Secret Comment") + b"Secret Trailer<script>"
    drawn = draw(body)
    assert b"Secret" in body
    assert b"Secret" not in drawn[0]
    assert not opened(drawn).getexif()


def test_what_was_transparent_stays_so() -> None:
    assert opened(draw(sent(mode="RGBA"))).mode == "RGBA"
    assert opened(draw(sent(mode="P", transparency=0))).mode == "RGBA"


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims this size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked() -> None:
    for side in (6_000, 13_000, 60_000):
        with pytest.raises(Invalid, match=r"25 million pixels|cannot|can be read"):
            draw(bomb(side, side))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.4",
        b"BM" + b"\0" * 99,
    ],
)
def test_what_is_no_picture_is_refused_in_words(body: bytes) -> None:
    with pytest.raises(Invalid, match="Take a PNG"):
        draw(body)


@given(st.data())
def test_a_damaged_picture_is_drawn_or_refused(data: st.DataObject) -> None:
    body = bytearray(sent(data.draw(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]))))
    for _ in range(data.draw(st.integers(1, 5))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Invalid):
        opened(draw(bytes(body[: data.draw(st.integers(1, len(body)))])))


def test_every_text_of_a_content_is_looked_at() -> None:
    content = SingleChoice(
        stem="a", key="b", distractors=("c",), feedback=(("c", "d"),), rationale="e", hint="f"
    )
    assert set(texts(content)) >= {"a", "b", "c", "d", "e", "f"}


def test_what_a_version_shows_is_written_down(session: Session) -> None:
    deck = factories.add_deck(session, [])
    keep(session, None, (b"x", 1, 1), picture_id=MAP, now=NOW)  # type: ignore[arg-type]
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
        keep(session, None, (b"x", 1, 1), picture_id=picture, now=at)  # type: ignore[arg-type]
    content = SingleChoice(stem=f"![map](picture:{MAP})", key="a", distractors=("b", "c"))
    factories.add_item(session, deck, content, key="t-1")
    assert drop_unused(session, before=NOW + timedelta(days=1)) == 1
    session.commit()
    assert {picture.id for picture in rows_of(session, Picture)} == {MAP, "b" * 32}


def test_a_picture_that_somebody_suggests_is_kept_until_it_is_decided(session: Session) -> None:
    teacher = factories.add_account(session, role="teacher")
    deck = factories.add_deck(session, [choice()], owner=teacher)
    item = session.get_one(Item, factories.item_ids(session, deck)[0])
    keep(session, None, (b"x", 1, 1), picture_id=MAP, now=NOW)  # type: ignore[arg-type]
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
        keep(session, None, (b"x", 1, 1), picture_id=f"{number:032x}", now=NOW)  # type: ignore[arg-type]
    counts = [drop_unused(session, before=NOW + timedelta(days=1), at_once=2) for _ in range(4)]
    assert counts == [2, 2, 1, 0]


def test_a_teacher_may_bring_so_many_bytes_and_is_told_what_to_do(session: Session) -> None:
    teacher = factories.add_account(session, role="teacher")
    other = factories.add_account(session, role="teacher")
    half = (b"x" * 600_000, 1, 1)
    keep(session, teacher.id, half, picture_id="a" * 32, now=NOW, most=10**6)
    with pytest.raises(Invalid, match="fill the 1 MB"):
        keep(session, teacher.id, half, picture_id="b" * 32, now=NOW, most=10**6)
    keep(session, other.id, half, picture_id="c" * 32, now=NOW, most=10**6)
    keep(session, teacher.id, half, picture_id="d" * 32, now=NOW)
    assert len(session.scalars(select(Picture.id)).all()) == 3

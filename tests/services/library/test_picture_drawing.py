"""Pictures are redrawn, small ones and hostile ones, and what cannot be read is refused in words."""

from __future__ import annotations

import contextlib
import io
import struct
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from quizapp.domain.errors import Invalid
from quizapp.services.library import picture_drawing as drawing
from quizapp.services.library.picture_drawing import (
    LONGEST_SIDE,
    MOST_PIXELS,
    MOST_SIDE,
    Drawn,
    draw,
    draw_confined,
)


def sent(
    format: str = "PNG", size: tuple[int, int] = (40, 30), mode: str = "RGB", **keywords: object
) -> bytes:
    packed = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else None).save(packed, format, **keywords)
    return packed.getvalue()


def opened(drawn: Drawn) -> Image.Image:
    image = Image.open(io.BytesIO(drawn.body))
    assert (image.format, image.width, image.height) == ("WEBP", drawn.width, drawn.height)
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
    assert b"Secret" not in drawn.body
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
        with pytest.raises(Invalid, match=r"25 million pixels|can’t be read"):
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
    with pytest.raises(Invalid, match="Use a PNG"):
        draw(body)


@given(st.data())
def test_a_damaged_picture_is_drawn_or_refused(data: st.DataObject) -> None:
    body = bytearray(sent(data.draw(st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]))))
    for _ in range(data.draw(st.integers(1, 5))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(Invalid):
        opened(draw(bytes(body[: data.draw(st.integers(1, len(body)))])))


@pytest.mark.parametrize("size", [(1, MOST_SIDE + 1), (MOST_SIDE + 1, 1), (1, MOST_PIXELS)])
def test_a_side_of_very_many_pixels_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    with pytest.raises(Invalid, match="One side has more than 20,000"):
        draw(bomb(*size))


def test_a_side_as_long_as_is_allowed_is_drawn() -> None:
    assert draw(sent("PNG", (MOST_SIDE, 2))).width == LONGEST_SIDE


def test_in_its_own_process_a_picture_is_drawn_as_it_is_here() -> None:
    assert draw_confined(sent("JPEG")) == draw(sent("JPEG"))


def test_what_is_refused_there_is_told_in_the_same_words() -> None:
    with pytest.raises(Invalid, match="Use a PNG"):
        draw_confined(b"x")


def test_a_process_that_falls_over_or_takes_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(drawing, "MOST_SECONDS", 0.01)
        with pytest.raises(Invalid, match="too long or too much memory"):
            draw_confined(sent())
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(Invalid, match="too long or too much memory"):
        draw_confined(sent())

"""Drawing a sent picture again, in a process of its own: nothing of the file is kept but its pixels.

No place, camera or comment stays, and no second format hidden behind the first. Sizes are checked before
pixels are unpacked (a small file can hold a picture of a gigabyte).
"""

from __future__ import annotations

import io
import sys
import warnings
from collections.abc import Sequence

import msgspec
from PIL import Image, ImageOps, UnidentifiedImageError

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _, marked
from quizapp.services.sources.confined import Stopped, confine, run_confined

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
MOST_PIXELS = 25_000_000
MOST_SIDE = 20_000  # pixels; a row of millions takes a gigabyte to unpack
LONGEST_SIDE = 1_600  # a phone's or a screen's width, twice over
QUALITY = 82  # WebP: photographs at a tenth of their size, writing in diagrams still sharp
MOST_SECONDS = 15  # of processor time
TOO_MUCH = marked(
    "Reading this picture took too long or too much memory. Make it smaller, then choose it again."
)


class Drawn(msgspec.Struct, frozen=True):
    """A picture as it is kept (WebP)."""

    body: bytes
    width: int
    height: int


class Outcome(msgspec.Struct, frozen=True):
    """What comes back: a picture, or a message for a person."""

    drawn: Drawn | None = None
    message: str = ""


def draw(sent: bytes) -> Drawn:
    """A sent picture, upright and no side longer than LONGEST_SIDE pixels.

    Raises Invalid with what to do when it is none, or too large. Of a moving picture
    the first frame is taken.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image: Image.Image = Image.open(io.BytesIO(sent), formats=FORMATS)
            if image.width * image.height > MOST_PIXELS:
                raise Invalid(
                    _("It has more than {most} million pixels. Make it smaller.").format(
                        most=MOST_PIXELS // 10**6
                    )
                )
            if max(image.size) > MOST_SIDE:
                raise Invalid(
                    _("One side has more than {most_side:,} pixels. Crop it or make it smaller.").format(
                        most_side=MOST_SIDE
                    )
                )
            image.seek(0)
            upright = ImageOps.exif_transpose(image).convert("RGBA" if _sees_through(image) else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Invalid(_("This picture can’t be read. Use a PNG, JPEG, WebP or GIF file.")) from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    drawn = io.BytesIO()
    upright.save(drawn, "WEBP", quality=QUALITY, method=4, exif=b"", icc_profile=b"", xmp=b"")
    return Drawn(drawn.getvalue(), upright.width, upright.height)


def _sees_through(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def draw_confined(sent: bytes) -> Drawn:
    """`draw` in a child process; raises Invalid like it, and where the child is stopped."""
    try:
        outcome = msgspec.msgpack.decode(run_confined(__name__, sent, seconds=MOST_SECONDS), type=Outcome)
    except (Stopped, msgspec.DecodeError):
        raise Invalid(_(TOO_MUCH)) from None
    if outcome.drawn is None:
        raise Invalid(outcome.message)
    return outcome.drawn


def draw_several(sent: Sequence[bytes]) -> list[Outcome]:
    """`draw_confined` for several, in one process: what stops it stops that picture only."""
    try:
        task = msgspec.msgpack.encode(list(sent))
        done = run_confined(__name__, _SEVERAL + task, seconds=MOST_SECONDS)
        return msgspec.msgpack.decode(done, type=list[Outcome])
    except (Stopped, msgspec.DecodeError):
        if len(sent) == 1:
            return [Outcome(message=_(TOO_MUCH))]
    return [outcome for each in sent for outcome in draw_several([each])]


_SEVERAL = b"several "  # before a list of pictures; no picture begins so


def _outcome(sent: bytes) -> Outcome:
    try:
        return Outcome(drawn=draw(sent))
    except Invalid as error:
        return Outcome(message=str(error))


def main() -> None:
    """Reads a picture, or several, from standard input, writes an Outcome for each to standard output."""
    confine(MOST_SECONDS)
    sent = sys.stdin.buffer.read()
    if sent.startswith(_SEVERAL):
        pictures = msgspec.msgpack.decode(sent.removeprefix(_SEVERAL), type=list[bytes])
        sys.stdout.buffer.write(msgspec.msgpack.encode([_outcome(picture) for picture in pictures]))
    else:
        sys.stdout.buffer.write(msgspec.msgpack.encode(_outcome(sent)))


if __name__ == "__main__":
    main()

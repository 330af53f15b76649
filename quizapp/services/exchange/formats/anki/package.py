"""The zip file of an Anki package: its collection and its media, by what they really unpack to."""

from __future__ import annotations

import io
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import unquote

import msgspec

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Medium, medium
from quizapp.domain.exchange.conversion.archives import refuse_links

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

COLLECTIONS = ("collection.anki21b", "collection.anki21", "collection.anki2")  # the newest first
LARGEST_COLLECTION = 300_000_000  # bytes
LARGEST_MEDIUM = 20_000_000
LARGEST_LIST = 50_000_000
MOST_MEDIA = 200_000_000  # bytes of all pictures that are shown
CHUNK = 1 << 16
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".avif", ".tif", ".tiff")
_DAMAGED = "This package is damaged. Export it again from Anki, then import that."

_TOO_LARGE = "This package is too large once unpacked. Divide it and import the parts."


class Package:
    """An open package. Media are unpacked when a card shows them."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise Invalid(_DAMAGED) from None
        refuse_links(self._zip.infolist())
        self._names = frozenset(self._zip.namelist())
        self._new = COLLECTIONS[0] in self._names
        self._keys: dict[str, str] = {}  # by the name that a card uses
        self._waiting: list[Medium] = []
        self._room = MOST_MEDIA
        self._media: dict[str, str] | None = None

    def collection(self) -> bytes:
        """The database. Raises Invalid for a package that has none, or one that only newer programs read."""
        name = next((each for each in COLLECTIONS if each in self._names), "")
        if not name:
            raise Invalid("This package holds no collection. Export it again from Anki.")
        if not self._new and name == COLLECTIONS[-1] and self._version() > 2:
            raise Invalid("This package is of a newer form than is known here. Export it for older versions.")
        data = self._read(name, LARGEST_COLLECTION)
        return _unzipped(data, LARGEST_COLLECTION) if self._new else data

    def address(self, source: str) -> str:
        """The key of the picture that a card calls by this name, "" where there is none."""
        name = unquote(source)
        if name in self._keys:
            return self._keys[name]
        key = ""
        entry = self._media_names().get(name) or self._media_names().get(source)
        if entry is not None and name.casefold().endswith(PICTURES):
            data = self._read(entry, LARGEST_MEDIUM)
            if self._new:
                data = _unzipped(data, LARGEST_MEDIUM)
            self._room -= len(data)
            if self._room < 0:
                raise Invalid("The pictures in this package are too large. Divide it and import the parts.")
            if data:
                found = medium(name, data)
                key = found.key
                if key not in self._keys.values():
                    self._waiting.append(found)
        self._keys[name] = key
        return key

    def shown(self) -> Iterator[Medium]:
        """The pictures that have been asked for since the last time."""
        waiting, self._waiting = self._waiting, []
        yield from waiting

    def _version(self) -> int:
        """The first field of `meta`: 1 and 2 are old forms, 3 is compressed; very old packages have none."""
        if "meta" not in self._names:
            return 1
        data = self._read("meta", CHUNK)
        return next((value for number, value in _fields(data) if number == 1 and isinstance(value, int)), 1)

    def _media_names(self) -> dict[str, str]:
        """The entry in the zip file by the name that cards use."""
        if self._media is None:
            self._media = {}
            if "media" in self._names:
                data = self._read("media", LARGEST_LIST)
                self._media = _new_list(_unzipped(data, LARGEST_LIST)) if self._new else _old_list(data)
                self._media = {name: entry for name, entry in self._media.items() if entry in self._names}
        return self._media

    def _read(self, name: str, most: int) -> bytes:
        parts = []
        try:
            with self._zip.open(name) as entry:
                while chunk := entry.read(CHUNK):
                    most -= len(chunk)
                    if most < 0:
                        raise Invalid(_TOO_LARGE)
                    parts.append(chunk)
        except RuntimeError:
            raise Invalid("This package is locked with a password. Export it again from Anki.") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
            raise Invalid(_DAMAGED) from None
        return b"".join(parts)


def _unzipped(data: bytes, most: int) -> bytes:
    try:
        unzipped = zstd.ZstdFile(io.BytesIO(data)).read(most + 1)
    except (zstd.ZstdError, EOFError):
        raise Invalid(_DAMAGED) from None
    if len(unzipped) > most:
        raise Invalid(_TOO_LARGE)
    return unzipped


def _old_list(data: bytes) -> dict[str, str]:
    try:
        return {name: entry for entry, name in msgspec.json.decode(data, type=dict[str, str]).items()}
    except msgspec.DecodeError:
        raise Invalid(_DAMAGED) from None


def _new_list(data: bytes) -> dict[str, str]:
    """A list of entries whose first field is the name; the place in the list names the file in the zip."""
    found: dict[str, str] = {}
    entries = (value for number, value in _fields(data) if number == 1)
    for place, value in enumerate(entries):
        if isinstance(value, bytes):
            name = next((text for number, text in _fields(value) if number == 1), b"")
            found[name.decode("utf-8", "replace") if isinstance(name, bytes) else ""] = str(place)
    return found


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a message in Protocol Buffers' wire format: numbers, and bytes of a length."""
    at = 0
    while at < len(data):
        tag, at = _number(data, at)
        number, sort = tag >> 3, tag & 7
        if sort == 0:
            value, at = _number(data, at)
            yield number, value
            continue
        length, at = _number(data, at) if sort == 2 else ({1: 8, 5: 4}.get(sort, -1), at)
        if length < 0 or at + length > len(data):
            raise Invalid(_DAMAGED)
        yield number, data[at : at + length]
        at += length


def _number(data: bytes, at: int) -> tuple[int, int]:
    """(a varint, where it ends)."""
    value = shift = 0
    while at < len(data) and shift < 64:
        byte = data[at]
        value |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return value, at
    raise Invalid(_DAMAGED)


def text_field(data: bytes, number: int) -> str:
    """A text in a message, "" where it has none."""
    found = next((value for at, value in _fields(data) if at == number and isinstance(value, bytes)), b"")
    return found.decode("utf-8", "replace")


def number_field(data: bytes, number: int) -> int:
    """A number in a message, 0 where it has none."""
    return next((value for at, value in _fields(data) if at == number and isinstance(value, int)), 0)

"""Zip files by what they really unpack to, not by what they claim."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterable
from typing import BinaryIO

from quizapp.domain.errors import Invalid

MOST_ENTRIES = 20_000
MOST_UNPACKED = 300_000_000  # bytes in all
CHUNK = 1 << 16
_DAMAGED = "This file is damaged and can’t be unpacked. Export it again, then import that."
_TOO_LARGE = "This file is too large once unpacked. Divide it and import the parts."


_LINKS = "This file holds links to other files, which are not followed. Pack the files themselves."


def refuse_links(entries: Iterable[zipfile.ZipInfo]) -> None:
    """Raises Invalid where an entry is a link to a file elsewhere."""
    if any(stat.S_ISLNK(entry.external_attr >> 16) for entry in entries):
        raise Invalid(_LINKS)


class Archive:
    """A zip file whose entries are read by stream and counted. Nothing is ever written."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            self._file = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise Invalid(_DAMAGED) from None
        if len(self._file.infolist()) > MOST_ENTRIES:
            raise Invalid(_TOO_LARGE)
        refuse_links(self._file.infolist())
        self._room = MOST_UNPACKED

    def names(self) -> list[str]:
        """The entries' names, in the archive's order, folders left out."""
        return [name for name in self._file.namelist() if not name.endswith("/")]

    def read(self, name: str) -> bytes:
        """One entry. Raises Invalid where it is damaged, locked, or more than there is room for."""
        parts = []
        try:
            with self._file.open(name) as entry:
                while chunk := entry.read(CHUNK):
                    self._room -= len(chunk)
                    if self._room < 0:
                        raise Invalid(_TOO_LARGE)
                    parts.append(chunk)
        except RuntimeError:
            raise Invalid("This file is locked with a password. Export it again without one.") from None
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
            raise Invalid(_DAMAGED) from None
        return b"".join(parts)

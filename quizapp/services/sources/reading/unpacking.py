"""Reading archives (Word, EPUB) by what they really unpack to, not by what they claim."""

from __future__ import annotations

import io
import zipfile
import zlib

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _, marked
from quizapp.services.sources.reading.limits import MOST_ENTRIES, MOST_RATIO, MOST_UNPACKED

CHUNK = 1 << 16
DAMAGED = marked(
    "This file is damaged and can’t be opened. Save it again in the program it comes from, then try again."
)
TOO_LARGE = marked("This file is too large for an article once unpacked. Paste the article’s text instead.")


class Archive:
    """A zip file whose entries are read by stream and counted."""

    def __init__(self, data: bytes) -> None:
        try:
            self._file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
            raise Invalid(DAMAGED) from None
        if len(self._file.infolist()) > MOST_ENTRIES:
            raise Invalid(TOO_LARGE)
        self._room = min(MOST_UNPACKED, max(1_000_000, len(data) * MOST_RATIO))

    def names(self) -> list[str]:
        """The entries' names, in the archive's order."""
        return self._file.namelist()

    def read(self, name: str) -> bytes:
        """One entry. Raises Invalid where it is missing, damaged, locked, or more than there is room for."""
        parts = []
        try:
            with self._file.open(name) as entry:
                while chunk := entry.read(CHUNK):
                    self._room -= len(chunk)
                    if self._room < 0:
                        raise Invalid(TOO_LARGE)
                    parts.append(chunk)
        except RuntimeError:
            raise Invalid(
                _("This file is locked with a password. Save it without one and try again.")
            ) from None
        except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
            raise Invalid(DAMAGED) from None
        return b"".join(parts)

    def checked(self) -> None:
        """Read every entry once, so that anyone who reads the archive after this meets no surprise."""
        for name in self.names():
            self.read(name)

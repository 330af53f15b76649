"""What every file format provides; all others talk to formats through the class `FileFormat` only."""

from __future__ import annotations

from abc import ABC
from collections.abc import Iterator
from enum import IntEnum
from typing import BinaryIO, ClassVar, Literal

import msgspec

from quizapp.domain.exchange.bundle import Bundle, Record, Written

HEAD = 65_536  # bytes of a file that `sniff` sees


class Likelihood(IntEnum):
    """How surely a file is of a format."""

    NO = 0
    POSSIBLE = 1  # nothing speaks against it
    LIKELY = 2  # its name or its look says so
    SURE = 3  # it says so itself


class Peek(msgspec.Struct, frozen=True, kw_only=True):
    """What can be seen of a file at once. name: as it is called, "" for a pasted text; head: its first bytes;
    inside: the names in it, where it is an archive."""

    name: str = ""
    head: bytes = b""
    inside: tuple[str, ...] = ()

    @property
    def ending(self) -> str:
        """“.csv”, in small letters; "" where there is none."""
        _, dot, ending = self.name.rpartition(".")
        return f".{ending.casefold()}" if dot else ""

    @property
    def text(self) -> str:
        """The head as text, as far as it is any."""
        return self.head.decode("utf-8-sig", "replace")


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a person has said about a file; "" and () leave it to the format.

    separator: between the columns of a table; columns: what each holds, in order (names of COLUMNS in
    `conversion/columns.py`, "" for one to be left out); ask: whether two columns become a card or an
    answer to be typed.
    """

    name: str = ""
    separator: str = ""
    columns: tuple[str, ...] = ()
    ask: Literal["", "card", "typed"] = ""


class TableShape(msgspec.Struct, frozen=True, kw_only=True):
    """How a table was taken: what parts its columns ("" in a spreadsheet), what each holds (names as in
    `Options.columns`), and what is in each first."""

    separator: str = ""
    columns: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()


class FileFormat(ABC):
    """A format. Stateless; one instance each is in `services.exchange.formats.FORMATS`.

    One that reads overrides `sniff` and `read`; one that writes names the kinds in `writes` and overrides
    `write`.
    """

    name: ClassVar[str]  # snake_case: `--format NAME`
    title: ClassVar[str]  # as people know it: “Moodle XML”
    endings: ClassVar[tuple[str, ...]]  # of its files, with the dot; the first is given to what is written
    reads: ClassVar[bool] = True
    writes: ClassVar[frozenset[str]] = frozenset()  # names of kinds; empty: it is only read
    media_type: ClassVar[str] = "text/plain; charset=utf-8"

    def sniff(self, peek: Peek) -> Likelihood:  # noqa: ARG002 for formats that are only written
        """How surely a file is of this format."""
        return Likelihood.NO

    def read(self, file: BinaryIO, options: Options) -> Iterator[Record]:
        """Every question of a file in its order, one at a time, so that a large file needs little memory.

        One bad question is an entry that was refused and never stops the rest. Raises Invalid, in a sentence
        that says what to do, for a file that cannot be read at all.
        """
        raise NotImplementedError

    def shape(self, file: BinaryIO, options: Options) -> TableShape | None:  # noqa: ARG002 for those without
        """How a table is taken; None for formats that are none."""
        return None

    def write(self, bundle: Bundle) -> Written:
        """The bundle as a file, with an entry for each item that says what of it is lost."""
        raise NotImplementedError

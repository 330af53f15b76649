"""Every file format there is, in the order in which they are offered, and which of them a file is."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.exchange.file_format import HEAD, FileFormat, Likelihood, Peek
from quizapp.domain.exchange.formats.aiken import Aiken
from quizapp.domain.exchange.formats.anki_cards.text import AnkiText
from quizapp.domain.exchange.formats.gift import Gift
from quizapp.domain.exchange.formats.h5p import H5p
from quizapp.domain.exchange.formats.hashcards import Hashcards
from quizapp.domain.exchange.formats.missing_word import MissingWord
from quizapp.domain.exchange.formats.mnemosyne import Mnemosyne
from quizapp.domain.exchange.formats.moodle_xml import MoodleXml
from quizapp.domain.exchange.formats.own_toml import OwnToml
from quizapp.domain.exchange.formats.qti import Qti
from quizapp.domain.exchange.formats.qti.writing.package import Qti21, Qti30
from quizapp.domain.exchange.formats.separated import Separated
from quizapp.domain.exchange.formats.text2qti import Text2qti
from quizapp.domain.language.translation import _
from quizapp.services.exchange.formats.anki import Anki
from quizapp.services.exchange.formats.xlsx import Xlsx

FORMATS: tuple[FileFormat, ...] = (
    Gift(),
    MoodleXml(),
    Anki(),
    Qti(),
    Qti21(),
    Qti30(),
    OwnToml(),
    Xlsx(),
    Aiken(),
    AnkiText(),
    Mnemosyne(),
    H5p(),
    Hashcards(),
    Text2qti(),
    Separated(),
    MissingWord(),
)

MOST_INSIDE = 5_000  # names in an archive that are looked at


def format_named(name: str) -> FileFormat:
    """Raises Missing for an unknown name."""
    found = next((format for format in FORMATS if format.name == name), None)
    if found is None:
        names = ", ".join(format.name for format in FORMATS)
        raise Missing(_("There is no format “{name}”. There are: {names}.").format(name=name, names=names))
    return found


def writers() -> Iterator[FileFormat]:
    """The formats that decks can be written in."""
    return (format for format in FORMATS if format.writes)


def recognised(file: BinaryIO, name: str) -> FileFormat:
    """The format that a file most likely is. Raises Invalid where it is none."""
    peek = look(file, name)
    likely = max((each for each in FORMATS if each.reads), key=lambda each: each.sniff(peek))
    if likely.sniff(peek) is Likelihood.NO:
        titles = ", ".join(format.title for format in FORMATS if format.reads)
        raise Invalid(
            _("What kind of file this is could not be told. These can be read: {titles}.").format(
                titles=titles
            )
        )
    return likely


def look(file: BinaryIO, name: str) -> Peek:
    """What can be seen of a file at once; it is left at its start."""
    head = file.read(HEAD)
    inside: tuple[str, ...] = ()
    if head.startswith(b"PK"):
        try:
            file.seek(0)
            with zipfile.ZipFile(file) as archive:
                inside = tuple(archive.namelist()[:MOST_INSIDE])
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, io.UnsupportedOperation):
            inside = ()
    file.seek(0)
    return Peek(name=name, head=head, inside=inside)

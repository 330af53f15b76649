"""A backup's file: a zip of the database, the key and the settings, with a manifest and a checksum of it all.

Its last 64 bytes, the zip's comment, are the SHA-256 of all before them, so that no changed byte goes unseen.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
import zlib
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

import msgspec

from quizapp.domain.errors import QuizappError
from quizapp.storage.site.portable import Figures

MARK = "quizapp backup"
FORM = 1
MANIFEST = "manifest.json"
DATABASE, KEY, CONFIGURATION = "quizapp.sqlite3", "secret_key", "quizapp.toml"
MEMBERS = {DATABASE, KEY, CONFIGURATION}
OPENING = b"PK\x03\x04"
NAME_AT = 30  # bytes into a zip: its first member's name
CHECKSUM = 64  # hexadecimal digits
LONGEST_MANIFEST = 1_000_000
PIECE = 1 << 20


class BackupError(QuizappError):
    """A file is no backup that can be restored, or none can be made; the message says why."""


class Member(msgspec.Struct, frozen=True):
    """A file of the archive."""

    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive holds. version, revision: of the program and of the tables; database: from which
    sort it came; settings: what was set, secrets left out."""

    mark: str
    form: int
    version: str
    revision: str
    made_at: datetime
    database: str
    tables: dict[str, Figures]
    files: dict[str, Member]
    settings: dict[str, str]


def member_of(path: Path) -> Member:
    """Size and checksum of a file."""
    with path.open("rb") as file:
        return Member(size=path.stat().st_size, sha256=_digest(file, path.stat().st_size))


def write(target: Path, manifest: Manifest, files: dict[str, Path]) -> None:
    """Make the archive under another name, then give it its own: it is there whole or not at all."""
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        with os.fdopen(os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            _pack(file, manifest, files)
            file.flush()
            os.fsync(file.fileno())
        _name(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def _pack(file: BinaryIO, manifest: Manifest, files: dict[str, Path]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.comment = b"0" * CHECKSUM
        packed.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
        for name, path in files.items():
            packed.write(path, name)
    size = file.seek(0, os.SEEK_END) - CHECKSUM
    file.seek(0)
    checksum = _digest(file, size)
    file.seek(size)
    file.write(checksum.encode())


def _name(partial: Path, target: Path) -> None:
    try:
        os.link(partial, target)  # fails where someone else's file is, also one made just now
    except FileExistsError:
        raise BackupError(f"{target} already exists. Name another file.") from None
    except OSError:  # a disk without hard links
        if target.exists():
            raise BackupError(f"{target} already exists. Name another file.") from None
        partial.replace(target)


def read_manifest(path: Path) -> Manifest:
    """The manifest of a backup that is whole; raises BackupError saying why it is none."""
    _check_whole(path)
    try:
        with zipfile.ZipFile(path) as packed:
            if packed.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
                raise BackupError(f"{path.name} isn't a Quizapp backup.")
            text = packed.read(MANIFEST)
            names = packed.namelist()
        head = msgspec.json.decode(text, type=dict)
    except (zipfile.BadZipFile, KeyError, msgspec.MsgspecError, ValueError) as error:
        raise BackupError(f"{path.name} isn't a readable Quizapp backup: {error}.") from None
    if head.get("mark") != MARK:
        raise BackupError(f"{path.name} isn't a Quizapp backup.")
    if head.get("form") != FORM:
        raise BackupError(
            f"{path.name} was made by another version of Quizapp ({head.get('version')}) in a format that "
            f"this one doesn't know. Install that version and restore with it."
        )
    try:
        manifest = msgspec.convert(head, Manifest)
    except msgspec.ValidationError as error:
        raise BackupError(f"{path.name} isn't a readable Quizapp backup: {error}.") from None
    if sorted(names) != sorted([MANIFEST, *manifest.files]) or not {DATABASE, KEY} <= manifest.files.keys():
        raise BackupError(f"{path.name} doesn't contain the files that its manifest names.")
    if not manifest.files.keys() <= MEMBERS:
        raise BackupError(f"{path.name} contains files that don't belong in a backup.")
    return manifest


def unpack(path: Path, manifest: Manifest, folder: Path) -> None:
    """Write the archive's files into a folder; raises BackupError if one is not what the manifest says."""
    needed, free = sum(member.size for member in manifest.files.values()), shutil.disk_usage(folder).free
    if needed * 2 > free:
        raise BackupError(
            f"The backup needs {needed * 2:,} bytes in {folder.parent}, and {free:,} are free. Make room."
        )
    with zipfile.ZipFile(path) as packed:
        for name, member in manifest.files.items():
            target = folder / name
            with packed.open(name) as source, os.fdopen(_new(target), "wb") as file:
                _copy_at_most(source, file, member.size)
            if member_of(target) != member:
                raise BackupError(f"{path.name} is damaged: {name} has changed since the backup was made.")


def _new(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


def _copy_at_most(source: IO[bytes], target: BinaryIO, most: int) -> None:
    """One byte more than it should have is enough to tell that it is another file."""
    left = most + 1
    try:
        while left and (piece := source.read(min(PIECE, left))):
            target.write(piece)
            left -= len(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise BackupError(f"The backup is damaged: {error}.") from None


def _check_whole(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(NAME_AT + len(MANIFEST))
            if not head.startswith(OPENING) or head[NAME_AT:] != MANIFEST.encode():
                raise BackupError(f"{path.name} isn't a Quizapp backup.")
            file.seek(0)
            digest, told = _digest(file, size - CHECKSUM), file.read(CHECKSUM)
    except OSError as error:
        raise BackupError(f"{path} can't be read: {error.strerror}.") from None
    if told != digest.encode():
        raise BackupError(
            f"{path.name} is damaged or incomplete: its checksum is wrong. Restore from another backup."
        )


def _digest(file: BinaryIO, size: int) -> str:
    """SHA-256 of the next `size` bytes."""
    found = hashlib.sha256()
    while size > 0 and (piece := file.read(min(PIECE, size))):
        found.update(piece)
        size -= len(piece)
    return found.hexdigest()

"""The key that signs forms and seals codes: made once, whole or not at all, and never a weak one."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from quizapp.settings import SettingsError
from quizapp.storage.private import keep_folder

LENGTH = 32  # bytes


def secret_key(data_dir: Path) -> bytes:
    """The key, made at the first start; several workers agree on one.

    Raises SettingsError for a file that is empty or cut short (with a guessable key anyone could sign), and
    for one that cannot be made or read.
    """
    path = data_dir / "secret_key"
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        keep_folder(data_dir)
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise SettingsError(
            f"The key in {path} cannot be made or read: {error.strerror}. Check that the data folder belongs "
            "to the account that runs Quizapp and can be read and written to, and that its disk has room."
        ) from None
    if len(key) < LENGTH:
        raise SettingsError(
            f"The key in {path} is damaged: it has {len(key)} bytes where {LENGTH} are needed. Bring the "
            "file back from a backup. Without one, delete it: a new key is made at the next start, "
            "pages that are open must be loaded again, and apps that show codes must be set up again."
        )
    return key


def is_whole(data_dir: Path, key: bytes) -> bool:
    """Whether the key in use still is in its file, so that the next start finds it."""
    try:
        return (data_dir / "secret_key").read_bytes() == key
    except OSError:
        return False


def _make(path: Path) -> None:
    draft = path.with_suffix(f".{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())  # before it has its name: a power cut leaves no empty key
        os.link(draft, path)  # atomic, and fails if another was faster
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)

"""Secrets that the site has to read again later: in the database they are sealed with the site's own key,
which lies beside it in a file, so that a copy of the database alone opens nothing."""

from __future__ import annotations

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Sealer:
    """Seals texts for one purpose: what is sealed for another is not opened."""

    def __init__(self, secret_key: str | bytes, purpose: str) -> None:
        key = secret_key.encode() if isinstance(secret_key, str) else secret_key
        derived = HKDF(SHA256(), length=32, salt=None, info=f"quizapp:{purpose}".encode()).derive(key)
        self._fernet = Fernet(urlsafe_b64encode(derived))

    def seal(self, text: str) -> str:
        """The text so that only this site can read it; not the same twice."""
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """The text; None where it was not sealed here for this purpose, or the site's key is another now."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None

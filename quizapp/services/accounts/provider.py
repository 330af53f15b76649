"""Signing in through another site that speaks OpenID Connect: where the browser goes, and who came back.

The authorization code flow with state, nonce and PKCE. Nothing here reads or writes the database, and no
transaction may be open while the provider is waited for.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote_plus, urlencode

import msgspec
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from quizapp.domain.accounts.identity import Identity, RoleRule, identity_of, listed
from quizapp.domain.errors import Invalid, QuizappError
from quizapp.settings import Settings

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
MOST_BYTES = 400_000  # of an answer
SECONDS = 5.0  # for each answer of the provider
KEPT = 3_600.0  # seconds that what the provider says of itself is kept
RESTS = 15.0  # seconds in which a provider that did not answer is not asked again, nor keys asked for anew
SKEW = 120  # seconds by which two clocks may differ
_log = logging.getLogger(__name__)

Send = Callable[[str, bytes | None, Mapping[str, str]], tuple[int, bytes]]  # (status, answer); raises Invalid


class Unreachable(QuizappError):
    """The provider does not answer, or not as a provider does; the message is for the log."""


class Refused(QuizappError):
    """What came back does not show who someone is; the message is for the log."""


class Step(NamedTuple):
    """One sign-in on its way: what it was begun with, all of it made from one secret of the browser's."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def of(cls, secret: str) -> Step:
        def made(what: str) -> str:
            return _unpadded(hmac.digest(secret.encode(), what.encode(), hashlib.sha256))

        return cls(made("state"), made("nonce"), made("verifier"))


class Description(msgspec.Struct, frozen=True):
    """What a provider says of itself (OpenID Connect Discovery 1.0)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class Tokens(msgspec.Struct, frozen=True):
    """What a provider gives for a code."""

    id_token: str
    access_token: str = ""


class Provider:
    """The provider that the settings name; what it says of itself is kept for an hour."""

    def __init__(self, settings: Settings, send: Send) -> None:
        self._settings, self._send = settings, send
        self._issuer = settings.oidc_issuer
        self._rule = RoleRule(
            settings.oidc_role_claim, listed(settings.oidc_teachers), listed(settings.oidc_admins)
        )
        self._described: tuple[float, Description] | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._failed: tuple[float, str] = (-RESTS, "")

    def address(self, step: Step, back: str, *, again: bool = False) -> str:
        """Where the browser goes to sign in. again: whoever is signed in there is to show it once more."""
        asked = {
            "response_type": "code",
            "client_id": self._settings.oidc_client_id,
            "redirect_uri": back,
            "scope": self._settings.oidc_scopes,
            "state": step.state,
            "nonce": step.nonce,
            "code_challenge": _unpadded(hashlib.sha256(step.verifier.encode()).digest()),
            "code_challenge_method": "S256",
        }
        if again:
            asked |= {"prompt": "login", "max_age": "0"}
        begins = self.described().authorization_endpoint
        return f"{begins}{'&' if '?' in begins else '?'}{urlencode(asked)}"

    def who(self, code: str, step: Step, back: str, *, now: float) -> Identity:
        """Who came back with this code. Raises Unreachable or Refused."""
        tokens = self._tokens(code, step, back)
        claims = self._claims(tokens.id_token, step.nonce, now=now)
        if "email" not in claims and self.described().userinfo_endpoint and tokens.access_token:
            claims = self._told(tokens.access_token, str(claims["sub"])) | claims
        return identity_of(claims, self._rule)

    def described(self) -> Description:
        """What the provider says of itself. Raises Unreachable."""
        if self._described is None or time.monotonic() > self._described[0] + KEPT:
            self._described = (time.monotonic(), self._describe())
        return self._described[1]

    def _describe(self) -> Description:
        at, why = self._failed
        if time.monotonic() < at + RESTS:
            raise Unreachable(why)
        try:
            address = f"{self._issuer.rstrip('/')}/.well-known/openid-configuration"
            found: Description = self._asked(address, Description)
            if fault := self._fault(found):
                raise Unreachable(fault)  # noqa: TRY301
        except Unreachable as error:
            self._failed = (time.monotonic(), str(error))
            raise
        return found

    def _fault(self, found: Description) -> str:
        """What keeps this description from being the provider's; "" for nothing."""
        if found.issuer != self._issuer:
            return f"it calls itself {found.issuer!r}, not {self._issuer!r}"
        asked = (found.token_endpoint, found.jwks_uri, found.userinfo_endpoint)
        begins = "https://" if self._issuer.startswith("https://") else "http"
        is_safe = all(
            each.startswith(begins) for each in (found.authorization_endpoint, *filter(None, asked))
        )
        return "" if is_safe else "it names addresses without https"

    def keys(self, *, newer_than: float = float("-inf")) -> KeySet:
        """The keys that the provider signs with. Raises Unreachable."""
        if self._keys is None or self._keys[0] < max(newer_than, time.monotonic() - KEPT):
            found = self._asked(self.described().jwks_uri, dict[str, Any])
            try:
                self._keys = (time.monotonic(), KeySet.import_key_set(found))
            except (JoseError, ValueError, KeyError, TypeError) as error:
                raise Unreachable(f"its keys cannot be read: {type(error).__name__}") from error
        return self._keys[1]

    def _tokens(self, code: str, step: Step, back: str) -> Tokens:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": step.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        client, secret = self._settings.oidc_client_id, self._settings.oidc_client_secret
        if secret and "client_secret_basic" in self.described().token_endpoint_auth_methods_supported:
            both = f"{quote_plus(client)}:{quote_plus(secret)}"
            headers["Authorization"] = f"Basic {b64encode(both.encode()).decode()}"
        else:
            form |= {"client_id": client} | ({"client_secret": secret} if secret else {})
        body = urlencode(form).encode()
        tokens: Tokens = self._asked(self.described().token_endpoint, Tokens, body, headers)
        return tokens

    def _claims(self, token: str, nonce: str, *, now: float) -> dict[str, Any]:
        """The claims of a token that the provider signed, for this site, for this sign-in, just now."""
        client = self._settings.oidc_client_id
        wanted = jwt.JWTClaimsRegistry(
            now=int(now),
            leeway=SKEW,
            iss={"essential": True, "value": self._issuer},
            aud={"essential": True, "value": client},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            azp={"value": client},
        )
        try:
            found = self._decoded(token).claims
            wanted.validate(found)
        except (JoseError, ValueError, TypeError) as error:
            raise Refused(f"its token is not right: {error}") from error
        if isinstance(found["aud"], list) and len(found["aud"]) > 1 and "azp" not in found:
            raise Refused("its token is for several sites and does not say for which of them it was made")
        return found

    def _decoded(self, token: str) -> jwt.Token:
        """The token, its signature checked. A key that is not known yet is asked for, at times."""
        try:
            return jwt.decode(token, self.keys(), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            return jwt.decode(token, self.keys(newer_than=time.monotonic() - RESTS), algorithms=ALGORITHMS)

    def _told(self, access_token: str, subject: str) -> dict[str, Any]:
        """What the provider tells beside the token: some leave the address out of it."""
        headers = {"Authorization": f"Bearer {access_token}"}
        told: dict[str, Any] = self._asked(self.described().userinfo_endpoint, dict[str, Any], None, headers)
        if told.get("sub") != subject:
            raise Refused("it told of someone else than the token")
        return told

    def _asked(
        self,
        address: str,
        kind: type[Any],
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        sent = {"Accept": "application/json", **(headers or {})}
        try:
            status, data = self._send(address, body, sent)
        except Invalid as error:
            raise Unreachable(f"{address} does not answer") from error
        if body is not None and 400 <= status < 500:
            raise Refused(f"{address} refused the code, the client ID or its secret (status {status})")
        if status != 200:
            raise Unreachable(f"{address} answered with status {status}")
        try:
            return msgspec.json.decode(data, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise Unreachable(f"{address} did not answer as a provider does") from error


def _unpadded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()

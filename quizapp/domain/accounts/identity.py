"""What a provider says of someone who signs in through it (OpenID Connect), as far as it is to be believed.

An address counts only where the provider says that it is its owner's: `email_verified`, or Microsoft's
`xms_edov`. Anyone may write someone else's address into a profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

TRUE = ("true", "1")  # some providers write truth as a text or a number


class RoleRule(NamedTuple):
    """Which claim gives roles, "" for none, and which of its values make a teacher or an admin."""

    claim: str
    teachers: frozenset[str]
    admins: frozenset[str]


class Identity(NamedTuple):
    """address: verified, or "". name: one to begin with, or "". role: None where the provider gives none."""

    address: str
    name: str
    role: str | None


def identity_of(claims: Mapping[str, Any], rule: RoleRule) -> Identity:
    """Who came, by the claims of a token that has been checked."""
    return Identity(_verified_address(claims), _name(claims), _role(claims, rule))


def listed(text: str) -> frozenset[str]:
    """The values of a setting that lists some, separated by commas."""
    return frozenset(each.strip() for each in text.split(",") if each.strip())


def _verified_address(claims: Mapping[str, Any]) -> str:
    address = claims.get("email")
    is_theirs = any(str(claims.get(each, "")).lower() in TRUE for each in ("email_verified", "xms_edov"))
    return address if isinstance(address, str) and is_theirs else ""


def _name(claims: Mapping[str, Any]) -> str:
    named = (claims.get(each) for each in ("name", "preferred_username"))
    return next((name for name in named if isinstance(name, str) and name.strip() and "@" not in name), "")


def _role(claims: Mapping[str, Any], rule: RoleRule) -> str | None:
    if not rule.claim:
        return None
    values = _values(claims, rule.claim)
    if values & rule.admins:
        return "admin"
    return "teacher" if values & rule.teachers else "student"


def _values(claims: Mapping[str, Any], claim: str) -> frozenset[str]:
    """The claim of this name, or the one that a path with dots leads to: a text, or a list of texts."""
    found: Any = claims.get(claim)
    if found is None:
        found = claims
        for part in claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, str):
        return frozenset([found])
    return (
        frozenset(each for each in found if isinstance(each, str)) if isinstance(found, list) else frozenset()
    )

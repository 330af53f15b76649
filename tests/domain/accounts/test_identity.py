"""What a provider's claims are believed to say."""

from __future__ import annotations

from typing import Any

import pytest

from quizapp.domain.accounts.identity import Identity, RoleRule, identity_of, listed

NO_ROLES = RoleRule("", frozenset(), frozenset())
ADDRESS = "ana@school.example"


@pytest.mark.parametrize(
    ("claims", "address"),
    [
        ({"email": ADDRESS, "email_verified": True}, ADDRESS),
        ({"email": ADDRESS, "email_verified": "true"}, ADDRESS),
        ({"email": ADDRESS, "xms_edov": 1}, ADDRESS),
        ({"email": ADDRESS, "email_verified": False, "xms_edov": "1"}, ADDRESS),
        ({"email": ADDRESS}, ""),
        ({"email": ADDRESS, "email_verified": False}, ""),
        ({"email": ADDRESS, "email_verified": None}, ""),
        ({"email": ADDRESS, "email_verified": "false"}, ""),
        ({"email": [ADDRESS], "email_verified": True}, ""),
        ({"email_verified": True, "preferred_username": ADDRESS}, ""),
    ],
)
def test_only_an_address_that_is_said_to_be_verified_counts(claims: dict[str, Any], address: str) -> None:
    assert identity_of(claims, NO_ROLES).address == address


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        ({"name": "Ana Čapková", "preferred_username": "ana"}, "Ana Čapková"),
        ({"name": ADDRESS, "preferred_username": "ana"}, "ana"),
        ({"name": " ", "preferred_username": ADDRESS}, ""),
        ({"name": 7}, ""),
    ],
)
def test_a_name_to_begin_with_is_never_an_address(claims: dict[str, Any], name: str) -> None:
    assert identity_of(claims, NO_ROLES) == Identity("", name, None)


@pytest.mark.parametrize(
    ("claim", "claims", "role"),
    [
        ("groups", {"groups": ["pupils", "staff"]}, "teacher"),
        ("groups", {"groups": ["staff", "it"]}, "admin"),
        ("groups", {"groups": "head"}, "teacher"),
        ("groups", {"groups": ["pupils", 7, None]}, "student"),
        ("groups", {"groups": {"staff": True}}, "student"),
        ("groups", {}, "student"),
        ("realm_access.roles", {"realm_access": {"roles": ["it"]}}, "admin"),
        ("realm_access.roles", {"realm_access": ["it"]}, "student"),
        ("https://school.example/roles", {"https://school.example/roles": ["staff"]}, "teacher"),
        ("", {"groups": ["it"]}, None),
    ],
)
def test_a_role_comes_from_the_claim_that_is_named(
    claim: str, claims: dict[str, Any], role: str | None
) -> None:
    rule = RoleRule(claim, listed("staff, head"), listed(" it ,"))
    assert identity_of(claims, rule).role == role


def test_an_empty_list_holds_no_empty_value() -> None:
    assert listed(" , ") == frozenset()
    assert identity_of({"groups": [""]}, RoleRule("groups", listed(""), listed(""))).role == "student"

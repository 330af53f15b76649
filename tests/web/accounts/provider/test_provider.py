"""Signing in through a real provider: who gets in, as whom, with what, and who does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pyotp
import pytest
import time_machine
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds.base import Chosen
from quizapp.services.accounts import accounts, passwords
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account, CodeApp, EmailAddress, SignIn
from quizapp.storage.audit.tables import AuditEntry
from quizapp.storage.study.tables import Review
from tests.conftest import opened_app
from tests.provider import SomeProvider, some_provider
from tests.world import Seen, Visitor, person, rows_of

ADDRESS, NAME, PASSWORD = "ana@school.example", "Ana Čapková", "a long way to the sea"
HASH = passwords.hash_password(PASSWORD)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def provider() -> Iterator[SomeProvider]:
    with some_provider() as made:
        yield made


@pytest.fixture(name="settings")
def settings_with_a_provider(database_url: str, tmp_path: Path, provider: SomeProvider) -> Settings:
    return Settings(
        data_dir=tmp_path / "data",
        database_url=database_url,
        site_url="http://localhost",
        oidc_issuer=provider.issuer,
        oidc_client_id="quizapp",
        oidc_client_secret="a secret",
        oidc_name="the school’s sign-in",
        oidc_role_claim="realm_access.roles",
        oidc_teachers="staff, head",
        oidc_admins="it",
    )


@pytest.fixture(autouse=True)
def ana_is_known(provider: SomeProvider) -> None:
    provider.knows("ana", email=ADDRESS, email_verified=True, name=NAME)


def begun(visitor: Visitor, target: str = "", **fields: str) -> str:
    """The provider's address that the sign-in page's button leads to."""
    page = visitor.open("/sign-in" + (f"?next={quote(target)}" if target else ""))
    (button,) = page.soup.select("button[formaction]")
    assert button.get_text(strip=True) == "Sign in with the school’s sign-in"
    return led_on(visitor.post(str(button["formaction"]), fields))


def led_on(page: Seen) -> str:
    """Where the page leads by itself, and by its link."""
    assert page.status == 200, page.text
    refresh = page.soup.select_one("meta[http-equiv=refresh]")
    assert refresh is not None, page.text
    address = str(refresh["content"]).partition("url=")[2]
    assert page.soup.select_one(f'main a[href="{address}"]')
    return address


def back(visitor: Visitor, path: str) -> Seen:
    """What comes after the provider has sent the browser to this path."""
    page = visitor.open(path)
    assert page.soup.select_one("send-on form button"), page.text
    return visitor.send(page, {}, "/sign-in/provider/back")


def come(
    visitor: Visitor, provider: SomeProvider, subject: str = "ana", target: str = "", **fields: str
) -> Seen:
    return back(visitor, provider.signs_in(begun(visitor, target, **fields), subject))


@pytest.fixture
def member(session: Session) -> int:
    """Someone with an account, whose address is verified."""
    made = person(session, "student", name="Ana", now=NOW, password_hash=HASH)
    session.add(EmailAddress(account_id=made.id, address=ADDRESS, key=ADDRESS, verified_at=NOW))
    session.commit()
    return made.id


def greeted(visitor: Visitor) -> str:
    """Whom the site takes the visitor for: the heading of their account's page, "" for no one."""
    page = visitor.open("/account/")
    return page.soup.select_one("h1").get_text(strip=True) if page.path == "/account/" else ""  # type: ignore[union-attr]


def log_of(session: Session) -> list[tuple[str, int | None, str]]:
    return [(row.action, row.account_id, row.detail) for row in rows_of(session, AuditEntry)]


# --- someone who has an account ------------------------------------------------------------------------


def test_a_verified_address_leads_to_its_account_and_the_page_that_was_wanted(
    visitor: Visitor, provider: SomeProvider, member: int
) -> None:
    provider.knows("other-spelling", email=ADDRESS.upper(), email_verified=True)
    page = come(visitor, provider, "other-spelling", "/settings")
    assert (page.status, page.path) == (200, "/settings")
    assert greeted(visitor) == "Ana"


def test_the_way_there_has_state_nonce_and_a_challenge_of_its_own_each_time(visitor: Visitor) -> None:
    first, second = (parse_qs(urlsplit(begun(visitor)).query) for _ in range(2))
    assert first["redirect_uri"] == ["http://localhost/sign-in/provider/back"]
    assert (first["response_type"], first["scope"]) == (["code"], ["openid email profile"])
    assert first["code_challenge_method"] == ["S256"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) == 43
        assert first[name] != second[name]
    assert not {"prompt", "max_age"} & set(first)


@pytest.mark.parametrize("verified", [{}, {"email_verified": False}, {"email_verified": "no"}])
def test_an_address_that_is_not_verified_there_opens_nothing(
    visitor: Visitor, provider: SomeProvider, member: int, verified: dict[str, object]
) -> None:
    provider.knows("mallory", email=ADDRESS, **verified)
    page = come(visitor, provider, "mallory")
    assert page.status == 422
    assert "the school’s sign-in doesn’t say that your e-mail address is verified" in page.text
    assert greeted(visitor) == ""


def test_an_address_that_is_not_verified_here_leads_to_no_account(
    visitor: Visitor, provider: SomeProvider, member: int, session: Session
) -> None:
    session.get_one(EmailAddress, member).verified_at = None
    session.commit()
    assert come(visitor, provider).path == "/sign-in/provider/new"
    assert greeted(visitor) == ""


def test_a_disabled_account_stays_shut(
    visitor: Visitor, provider: SomeProvider, member: int, session: Session
) -> None:
    accounts.set_disabled(session, session.get_one(Account, member), disabled=True, now=NOW)
    session.commit()
    assert "This account has been disabled" in come(visitor, provider).text
    assert greeted(visitor) == ""


def test_a_second_factor_here_is_asked_for_and_a_shared_device_is_remembered(
    app: Flask, provider: SomeProvider, member: int, session: Session
) -> None:
    secret, visitor = pyotp.random_base32(), Visitor(app.test_client())
    session.add(CodeApp(account_id=member, secret=secret, made_at=NOW, confirmed_at=NOW))
    session.commit()
    page = come(visitor, provider, target="/progress/", shared="1")
    assert (page.path, greeted(visitor)) == ("/sign-in/second", "")
    page = visitor.send(page, {"code": pyotp.TOTP(secret).now()}, "/sign-in/second")
    assert (page.path, greeted(visitor)) == ("/progress/", "Ana")
    cookie = visitor.client.get_cookie("quizapp")
    assert cookie is not None
    assert cookie.expires is None


def test_what_a_guest_did_joins_the_account(
    visitor: Visitor, provider: SomeProvider, member: int, session: Session, questions: dict[str, int]
) -> None:
    visitor.begin()
    visitor.answer(visitor.ask(questions["single_choice-1-choose"]), Chosen(("Mars",)))
    page = come(visitor, provider)
    assert "What you answered here before you signed in is in your account now." in page.text
    assert [row.learner_id for row in rows_of(session, Review)] == [member]


# --- what is not accepted ------------------------------------------------------------------------------


def test_another_browsers_answer_is_not_accepted(app: Flask, provider: SomeProvider, member: int) -> None:
    mallory, victim = Visitor(app.test_client()), Visitor(app.test_client())
    path = provider.signs_in(begun(mallory), "ana")
    begun(victim)
    page = back(victim, path)
    assert "begun in another window" in page.text
    assert (greeted(victim), greeted(mallory)) == ("", "")


def test_an_answer_works_once_and_a_step_back_does_no_harm(
    app: Flask, visitor: Visitor, provider: SomeProvider, member: int
) -> None:
    path = provider.signs_in(begun(visitor), "ana")
    assert back(visitor, path).path == "/"
    assert back(visitor, path).path == "/"
    assert greeted(visitor) == "Ana"
    stranger = Visitor(app.test_client())
    assert "Sign in again" in back(stranger, path).text


def test_an_answer_that_comes_too_late_is_not_accepted(
    visitor: Visitor, provider: SomeProvider, member: int
) -> None:
    path = provider.signs_in(begun(visitor), "ana")
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=11)):
        assert "That took too long" in back(visitor, path).text
    assert greeted(visitor) == ""


def test_a_code_that_the_provider_did_not_give_is_refused_in_words(
    visitor: Visitor, provider: SomeProvider
) -> None:
    state = parse_qs(urlsplit(begun(visitor)).query)["state"][0]
    page = back(visitor, f"/sign-in/provider/back?code=made-up&state={state}")
    assert (page.status, "didn’t work" in page.text) == (422, True)


def test_no_is_an_answer_too(visitor: Visitor, provider: SomeProvider) -> None:
    page = visitor.open(provider.says_no(begun(visitor)))
    assert (page.path, "You weren’t signed in" in page.text) == ("/sign-in", True)


def test_no_one_is_led_to_another_site(visitor: Visitor, provider: SomeProvider, member: int) -> None:
    page = visitor.post("/sign-in/provider?next=//evil.example/", {})
    assert back(visitor, provider.signs_in(led_on(page), "ana")).path == "/"


def test_a_provider_that_does_not_answer_is_told_in_words_and_signing_in_by_name_goes_on(
    settings: Settings, member: int
) -> None:
    with opened_app(replace(settings, oidc_issuer="http://localhost:9")) as app:
        visitor = Visitor(app.test_client())
        page = visitor.post("/sign-in/provider?next=/progress/", {})
        assert (page.status, "isn’t answering right now" in page.text) == (422, True)
        page = visitor.send(page, {"name": "Ana", "password": PASSWORD}, "/sign-in")
        assert page.path == "/progress/"


# --- someone who has none ------------------------------------------------------------------------------


def test_a_newcomer_chooses_a_name_and_keeps_what_they_did_as_a_guest(
    visitor: Visitor, provider: SomeProvider, session: Session, questions: dict[str, int]
) -> None:
    visitor.begin()
    visitor.answer(visitor.ask(questions["single_choice-1-choose"]), Chosen(("Mars",)))
    page = come(visitor, provider, target="/progress/")
    assert (page.path, "The answer you’ve given so far" in page.text) == ("/sign-in/provider/new", True)
    assert page.fields("/new")["name"] == [NAME]
    page = visitor.send(page, {"name": "Ana C"}, "/new")
    assert (page.status, page.path) == (200, "/progress/")
    (made,) = rows_of(session, Account)
    assert (made.name, made.role, made.has_no_password_yet) == ("Ana C", "student", True)
    assert [row.learner_id for row in rows_of(session, Review)] == [made.id]
    (address,) = rows_of(session, EmailAddress)
    assert (address.account_id, address.address, address.verified_at is not None) == (made.id, ADDRESS, True)
    assert log_of(session) == [("ACCOUNT_FROM_PROVIDER", made.id, '{"role": "student"}')]

    again = Visitor(visitor.client.application.test_client())
    assert come(again, provider).path == "/"
    assert greeted(again) == "Ana C"


@pytest.mark.parametrize("name", ["Ana", "", "an@school", "\u202e"])
def test_a_name_that_cannot_be_is_told_at_its_field(
    visitor: Visitor, provider: SomeProvider, session: Session, name: str
) -> None:
    person(session, "student", name="Ana", now=NOW)
    page = visitor.send(come(visitor, provider), {"name": name}, "/new")
    assert (page.status, page.path) == (422, "/sign-in/provider/new")
    assert page.soup.select_one("#name[aria-invalid=true]")
    assert len(rows_of(session, Account)) == 1


def test_two_windows_make_one_account(visitor: Visitor, provider: SomeProvider, session: Session) -> None:
    page = come(visitor, provider)
    kept = visitor.client.get_cookie("quizapp_form")
    assert kept is not None
    assert visitor.send(page, {"name": "First"}, "/new").path == "/"
    visitor.post("/sign-out", {})
    visitor.client.set_cookie("quizapp_form", kept.value)
    again = visitor.send(page, {"name": "Second"}, "/new")
    assert (again.status, "has just been made" in again.text) == (422, True)
    assert [row.name for row in rows_of(session, Account)] == ["First"]


def test_a_site_may_take_only_those_who_have_an_account(
    settings: Settings, provider: SomeProvider, session: Session
) -> None:
    with opened_app(replace(settings, oidc_new_accounts=False)) as app:
        visitor = Visitor(app.test_client())
        page = come(visitor, provider)
        assert "Whoever looks after accounts here can invite you" in page.text
        assert not page.soup.select("form[action$='/new']")
        assert visitor.post("/sign-in/provider/new", {"name": "Ana"}).path == "/sign-in/provider/new"
    assert rows_of(session, Account) == []


def test_nothing_is_made_or_connected_for_who_has_not_come_from_the_provider(
    visitor: Visitor, member: int, session: Session
) -> None:
    for path, fields in (
        ("/sign-in/provider/new", {"name": "Someone"}),
        ("/sign-in/provider/connect", {"own-name": "Ana", "own-password": PASSWORD}),
    ):
        assert visitor.post(path, fields).path == "/sign-in"
    assert (len(rows_of(session, Account)), rows_of(session, SignIn)) == (1, [])


# --- an account from before ----------------------------------------------------------------------------


def test_an_account_from_before_is_connected_by_signing_in_to_it_once(
    app: Flask, provider: SomeProvider, session: Session
) -> None:
    before = person(session, "student", name="Old Ana", now=NOW, password_hash=HASH).id
    visitor = Visitor(app.test_client())
    page = come(visitor, provider, target="/progress/")
    wrong = visitor.send(page, {"own-name": "Old Ana", "own-password": "not it at all"}, "/connect")
    assert (wrong.status, "Wrong name or password." in wrong.text) == (422, True)
    assert rows_of(session, EmailAddress) == []
    page = visitor.send(wrong, {"own-name": "Old Ana", "own-password": PASSWORD}, "/connect")
    assert (page.path, greeted(visitor)) == ("/progress/", "Old Ana")
    (address,) = rows_of(session, EmailAddress)
    assert (address.account_id, address.address) == (before, ADDRESS)
    assert log_of(session) == [("ACCOUNT_CONNECTED", before, "{}")]
    again = Visitor(app.test_client())
    come(again, provider)
    assert greeted(again) == "Old Ana"


def test_an_account_with_a_second_factor_is_connected_after_both(
    visitor: Visitor, provider: SomeProvider, session: Session
) -> None:
    before, secret = (
        person(session, "student", name="Old Ana", now=NOW, password_hash=HASH),
        pyotp.random_base32(),
    )
    session.add(CodeApp(account_id=before.id, secret=secret, made_at=NOW, confirmed_at=NOW))
    session.commit()
    page = visitor.send(
        come(visitor, provider), {"own-name": "Old Ana", "own-password": PASSWORD}, "/connect"
    )
    assert (page.path, rows_of(session, EmailAddress)) == ("/sign-in/second", [])
    visitor.send(page, {"code": pyotp.TOTP(secret).now()}, "/sign-in/second")
    assert [row.account_id for row in rows_of(session, EmailAddress)] == [before.id]


def test_whoever_signs_in_by_name_next_in_that_browser_is_not_connected(
    visitor: Visitor, provider: SomeProvider, session: Session
) -> None:
    person(session, "student", name="Neighbour", now=NOW, password_hash=HASH)
    come(visitor, provider)
    visitor.send(visitor.open("/sign-in"), {"name": "Neighbour", "password": PASSWORD}, "/sign-in")
    assert (greeted(visitor), rows_of(session, EmailAddress)) == ("Neighbour", [])


# --- roles ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claims", "role"),
    [
        ({"realm_access": {"roles": ["pupil", "staff"]}}, "teacher"),
        ({"realm_access": {"roles": ["staff", "it"]}}, "admin"),
        ({"realm_access": {"roles": ["pupil"]}}, "student"),
        ({}, "student"),
    ],
)
def test_the_claim_gives_a_newcomer_their_role(
    visitor: Visitor, provider: SomeProvider, session: Session, claims: dict[str, object], role: str
) -> None:
    provider.knows("someone", email="someone@school.example", email_verified=True, **claims)
    visitor.send(come(visitor, provider, "someone"), {"name": "Someone"}, "/new")
    assert [row.role for row in rows_of(session, Account)] == [role]


def test_the_claim_decides_at_each_sign_in_and_ends_those_with_the_old_role(
    app: Flask, provider: SomeProvider, member: int, session: Session
) -> None:
    roles = {"roles": ["head"]}
    before = Visitor(app.test_client())
    come(before, provider)
    provider.knows("ana", email=ADDRESS, email_verified=True, realm_access=roles)
    visitor = Visitor(app.test_client())
    assert come(visitor, provider, target="/teach/").path == "/teach/"
    assert greeted(before) == ""
    provider.knows("ana", email=ADDRESS, email_verified=True)
    come(Visitor(app.test_client()), provider)
    assert visitor.open("/teach/").path != "/teach/"
    assert log_of(session) == [
        ("ROLE_FROM_PROVIDER", member, '{"before": "student", "after": "teacher"}'),
        ("ROLE_FROM_PROVIDER", member, '{"before": "teacher", "after": "student"}'),
    ]


def test_the_last_admin_stays_one(app: Flask, provider: SomeProvider, member: int, session: Session) -> None:
    session.get_one(Account, member).role = "admin"
    disabled = person(session, "admin", name="Gone", now=NOW)
    accounts.set_disabled(session, disabled, disabled=True, now=NOW)
    session.commit()
    come(Visitor(app.test_client()), provider)
    assert [row.role for row in rows_of(session, Account, id=member)] == ["admin"]
    person(session, "admin", name="Another", now=NOW)
    come(Visitor(app.test_client()), provider)
    assert [row.role for row in rows_of(session, Account, id=member)] == ["student"]


def test_without_a_claim_roles_are_left_alone(
    settings: Settings, provider: SomeProvider, member: int, session: Session
) -> None:
    session.get_one(Account, member).role = "teacher"
    session.commit()
    with opened_app(replace(settings, oidc_role_claim="", oidc_teachers="", oidc_admins="")) as app:
        come(Visitor(app.test_client()), provider)
    assert [row.role for row in rows_of(session, Account, id=member)] == ["teacher"]


# --- a password, later ---------------------------------------------------------------------------------


@pytest.fixture
def newcomer(visitor: Visitor, provider: SomeProvider) -> Visitor:
    """Someone who has only ever come through the provider."""
    assert visitor.send(come(visitor, provider), {"name": "Ana"}, "/new").status == 200
    return visitor


def test_no_password_fits_where_there_is_none(app: Flask, newcomer: Visitor) -> None:
    other = Visitor(app.test_client())
    for guess in ("-", PASSWORD):
        page = other.send(other.open("/sign-in"), {"name": "Ana", "password": guess}, "/sign-in")
        assert "Wrong name or password." in page.text
    page = newcomer.post("/account/password", {"present": "-", "password": PASSWORD})
    assert page.status == 422
    page = Visitor(app.test_client()).open("/sign-in")


def test_a_password_is_chosen_after_signing_in_there_once_more(
    app: Flask, newcomer: Visitor, provider: SomeProvider
) -> None:
    page = newcomer.open("/account/")
    assert "You sign in with the school’s sign-in and have no password here." in page.text
    (button,) = page.soup.select("button[name=choose_password]")
    assert button
    page = newcomer.post("/sign-in/provider", {"choose_password": "1"})
    address = led_on(page)
    assert parse_qs(urlsplit(address).query)["max_age"] == ["0"]
    page = back(newcomer, provider.signs_in(address, "ana"))
    assert "Choose a new password" in page.text
    newcomer.send(page, {"password": PASSWORD}, "/setup/")
    assert "Change password" in newcomer.open("/account/").text
    other = Visitor(app.test_client())
    other.send(other.open("/sign-in"), {"name": "Ana", "password": PASSWORD}, "/sign-in")
    assert greeted(other) == "Ana"


def test_no_one_elses_sign_in_chooses_the_password(
    newcomer: Visitor, provider: SomeProvider, session: Session
) -> None:
    provider.knows("mallory", email="mallory@school.example", email_verified=True)
    page = newcomer.post("/sign-in/provider", {"choose_password": "1"})
    page = back(newcomer, provider.signs_in(led_on(page), "mallory"))
    assert "That was another account" in page.text
    assert [row.has_no_password_yet for row in rows_of(session, Account)] == [True]

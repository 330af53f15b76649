"""Signing up, in and out: what is kept, what is refused, and what no one can find out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import quote, urljoin, urlsplit

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.accounts.budgets import Budget
from quizapp.domain.accounts.sign_in_delay import FROM_EVERYWHERE, FROM_ONE_PLACE
from quizapp.domain.library.kinds.base import Chosen
from quizapp.services.accounts import accounts, passwords
from quizapp.storage.accounts.tables import Account, FailedSignIn, SetupLink, SignIn
from quizapp.storage.study.tables import Card, LearnerDay, Review, StudyDeck
from quizapp.web.accounts import password_hashing, routes
from quizapp.web.accounts.passkeys import routes as passkeys
from quizapp.web.frame.database import db
from quizapp.web.frame.http import sign_in_origin, turns
from quizapp.web.study import routes as study
from tests.world import Seen, Visitor, masked, rows_of

NAME, PASSWORD = "Ana Čapková", "correct horse battery"
PLANET = "single_choice-1-choose"


def sign_up(visitor: Visitor, name: str = NAME, password: str = PASSWORD, **more: str) -> Seen:
    return visitor.send(visitor.open("/sign-up"), {"name": name, "password": password, **more}, "/sign-up")


def sign_in(visitor: Visitor, name: str = NAME, password: str = PASSWORD, target: str = "") -> Seen:
    page = visitor.open("/sign-in" + (f"?next={quote(target)}" if target else ""))
    return visitor.send(page, {"name": name, "password": password}, "/sign-in")


@pytest.fixture
def member(app: Flask) -> Visitor:
    """Someone who has signed up and is signed in."""
    visitor = Visitor(app.test_client())
    assert sign_up(visitor).path == "/"
    return visitor


@pytest.fixture
def hashings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The passwords hashed or compared with a hash, by the real hasher."""
    seen: list[str] = []

    class Watched(passwords.PasswordHasher):
        def hash(self, password: str, **more: object) -> str:
            seen.append(f"hash {password}")
            return super().hash(password, **more)

        def verify(self, hashed: str, password: str) -> bool:
            seen.append(f"verify {password}")
            return super().verify(hashed, password)

    passwords._nobody()
    monkeypatch.setattr(passwords, "_hasher", Watched(time_cost=1, memory_cost=8, parallelism=1))
    return seen


# --- signing up -----------------------------------------------------------------------------------


def test_a_newcomer_signs_up_and_is_greeted_by_name(visitor: Visitor, session: Session) -> None:
    page = sign_up(visitor, zone="Europe/Prague")
    assert (page.status, page.path) == (200, "/")
    assert "Your account has been created" in page.text
    assert NAME in page.text
    (account,) = rows_of(session, Account)
    assert (account.role, account.name, account.zone) == ("student", NAME, "Europe/Prague")
    assert PASSWORD not in (account.password_hash or "")


def test_signing_up_keeps_a_guests_progress(
    visitor: Visitor, questions: dict[str, int], session: Session
) -> None:
    visitor.begin().answer(visitor.ask(questions[PLANET]), Chosen(("Mercury",)))
    (guest,) = rows_of(session, Account)
    assert "The answer you’ve given so far will be saved" in visitor.open("/sign-up").text
    assert "1 done today" in sign_up(visitor).text
    (account,) = rows_of(session, Account)
    assert (account.id, account.role) == (guest.id, "student")
    assert rows_of(session, Review)[0].learner_id == account.id


def test_signing_up_changes_the_cookie(visitor: Visitor, session: Session) -> None:
    visitor.begin()
    before = visitor.client.get_cookie("quizapp").value
    sign_up(visitor)
    after = visitor.client.get_cookie("quizapp").value
    assert before != after
    assert len(rows_of(session, SignIn)) == 1, "the guest's token is dead"


def test_anyone_who_is_signed_in_is_not_asked_to_sign_up(member: Visitor) -> None:
    assert member.open("/sign-up").path == "/"


@pytest.mark.parametrize(
    ("name", "password", "remedy"),
    [
        ("", PASSWORD, "Choose a name."),
        ("   ", PASSWORD, "Choose a name"),
        ("\u200b\u2060", PASSWORD, "letters or digits"),
        ("a" * 41, PASSWORD, "at most 40 characters"),
        ("a" * 201, PASSWORD, ""),
        ("Ana\u202eb", PASSWORD, "invisible characters"),
        ("Ana\x00", PASSWORD, "invisible characters"),
        ("Ana", "short", "at least 8 characters"),
        ("Ana", "a" * 201, "At most 200 characters."),
        ("Ana", "", "Choose a password."),
        ("correcthorse", "CorrectHorse", "isn’t your name"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_what_was_typed_stays(
    name: str, password: str, remedy: str, visitor: Visitor, session: Session
) -> None:
    page = sign_up(visitor, name, password)
    assert page.status == 422
    errors = [error.get_text() for error in page.soup.select("form p.error")]
    assert any(remedy in error for error in errors), errors
    if "\x00" not in name:
        assert page.soup.find(id="name")["value"] == name
    assert not page.soup.find(id="password").get("value")
    assert rows_of(session, Account) == []


def test_a_name_that_looks_like_one_taken_is_refused(member: Visitor, app: Flask, session: Session) -> None:
    for twin in (NAME, "ana capkova", "ANA ČAPKOVÁ", "Ana  Čapková", "Ａna Čapková", "AnaČapková"):
        page = sign_up(Visitor(app.test_client()), twin)
        assert page.status == 422, twin
        assert "taken" in page.text
    assert len(rows_of(session, Account)) == 1


@pytest.mark.parametrize(
    "name", ["王小明", "Ünsal Öz", "O'Neil-Smith", "<b>x</b>", "{{7*7}}", "x" * 40, "👩‍🏫 Eva 1"]
)
def test_names_of_all_sorts_sign_up_and_in_and_are_shown_as_typed(name: str, visitor: Visitor) -> None:
    page = sign_up(visitor, name)
    if page.status == 422:
        assert "invisible characters" in page.text, "joined emoji are refused with a reason"
        return
    assert page.soup.find("summary").get_text() == name
    visitor.send(page, {}, "/sign-out")
    assert sign_in(visitor, name).soup.find("summary").get_text() == name


def test_the_same_name_a_moment_earlier_is_told_at_the_field(
    visitor: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    hash_password, other = password_hashing.hash_password, Visitor(app.test_client())

    def meanwhile(password: str) -> str:
        monkeypatch.setattr(password_hashing, "hash_password", hash_password)
        hashed = hash_password(password)
        assert sign_up(other).path == "/"
        return hashed

    monkeypatch.setattr(password_hashing, "hash_password", meanwhile)
    monkeypatch.setattr(
        password_hashing, "ENTERING", turns.Places(2, in_line=0, seconds=60)
    )  # as two workers
    page = sign_up(visitor)
    assert (page.status, "just been taken" in page.text) == (422, True)
    assert len(rows_of(session, Account)) == 1


# --- signing in -----------------------------------------------------------------------------------


def test_a_member_signs_in_however_the_name_is_spelt(member: Visitor, app: Flask) -> None:
    for name in (NAME, "ana capkova", " ANA ČAPKOVÁ "):
        page = sign_in(Visitor(app.test_client()), name)
        assert (page.path, NAME in page.text) == ("/", True)


def test_a_wrong_password_and_an_unknown_name_look_the_same_and_both_hash(
    member: Visitor, app: Flask, hashings: list[str]
) -> None:
    pages = {}
    for name in (NAME, "Nobody at all"):
        hashings.clear()
        pages[name] = sign_in(Visitor(app.test_client()), name, "wrong password")
        assert hashings == ["verify wrong password"]
    wrong, unknown = pages.values()
    assert wrong.status == unknown.status == 422
    assert masked(wrong.html).replace(NAME, "…") == masked(unknown.html).replace("Nobody at all", "…")
    assert "Wrong name or password" in wrong.text
    assert wrong.soup.find(id="name")["value"] == NAME
    assert not wrong.soup.find(id="password").get("value")


@pytest.mark.usefixtures("member")
def test_a_disabled_account_is_told_to_who_knows_its_password_alone(app: Flask, session: Session) -> None:
    account = accounts.by_name(session, NAME)
    assert account is not None
    account.disabled_at = datetime.now(UTC)
    session.commit()
    stranger = Visitor(app.test_client())
    assert "has been disabled" not in sign_in(stranger, NAME, "wrong password").text
    page = sign_in(stranger)
    assert (page.status, "has been disabled. Ask whoever" in page.text) == (422, True)


def test_after_some_failures_one_waits_whatever_the_password_and_whether_the_name_exists(
    member: Visitor, app: Flask, session: Session
) -> None:
    pages = {}
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        for name in (NAME, "Nobody at all"):
            stranger = Visitor(app.test_client())
            for _ in range(FROM_ONE_PLACE.free):
                assert "Wrong name or password" in sign_in(stranger, name, "wrong password").text
            pages[name] = sign_in(stranger, name)
        wrong, unknown = pages.values()
        assert "Wait 5 seconds" in wrong.text
        assert masked(wrong.html).replace(NAME, "…") == masked(unknown.html).replace("Nobody at all", "…")
        assert sign_in(Visitor(app.test_client()), "Someone else", "x" * 9).status == 422
        clock.shift(timedelta(seconds=6))
        assert sign_in(stranger).path == "/"
    assert {row.who for row in rows_of(session, FailedSignIn)}, "those of the others stay"


def test_a_guesser_elsewhere_does_not_keep_a_known_browser_waiting(member: Visitor, app: Flask) -> None:
    with time_machine.travel(datetime.now(UTC), tick=False) as clock:
        for number in range(FROM_EVERYWHERE.free):
            client = app.test_client()
            client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
            sign_in(Visitor(client), NAME, "wrong password")
        client = app.test_client()
        client.environ_base["REMOTE_ADDR"] = "198.51.100.1"
        assert "Wait 5 seconds" in sign_in(Visitor(client)).text
        member.send(member.open("/"), {}, "/sign-out")
        assert sign_in(member).path == "/", "her own browser"
        clock.shift(timedelta(seconds=5))
        assert sign_in(Visitor(client)).path == "/", "and soon everybody who knows the password"


def test_the_note_of_a_known_browser_cannot_be_made_up(member: Visitor, app: Flask, session: Session) -> None:
    note = member.client.get_cookie("quizapp_known").value
    assert NAME not in note
    for made_up in (note[:-1], "x", "W10.x", ""):
        client = app.test_client()
        client.set_cookie("quizapp_known", made_up)
        assert sign_in(Visitor(client), NAME, "wrong password").status == 422
    assert not any(row.known for row in rows_of(session, FailedSignIn))
    sign_in(member, NAME, "x")


def test_failed_sign_ins_hold_no_name_and_no_address(member: Visitor, app: Flask, session: Session) -> None:
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "2001:db8::7"
    sign_in(Visitor(client), NAME, "wrong password")
    client = app.test_client()
    client.environ_base["REMOTE_ADDR"] = "2001:db8::8"  # the same network
    sign_in(Visitor(client), NAME, "wrong password")
    first, second = rows_of(session, FailedSignIn)
    assert "2001" not in repr(vars(first))
    assert (first.who, first.area, first.address) == (second.who, second.area, second.address)
    assert first.place != second.place, "two browsers"


def test_a_classmates_wrong_passwords_do_not_hold_up_anyone_at_the_same_address(
    member: Visitor, app: Flask
) -> None:
    """Whether in one browser or in a new one each time, and whatever names are tried."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        classmate = Visitor(app.test_client())
        for _ in range(9):
            sign_in(classmate, NAME, "wrong password")
        assert "Wait" in sign_in(classmate).text
        for number in range(100):
            browser = classmate if number % 2 else Visitor(app.test_client())
            assert sign_in(browser, f"Nobody {number}", "wrong password").status == 422
        member.send(member.open("/"), {}, "/sign-out")
        assert sign_in(member).path == "/", "her own browser"
        assert sign_in(Visitor(app.test_client())).path == "/", "a new one"


@pytest.mark.parametrize(
    ("address", "same"),
    [("2001:db8::1", "2001:db8::ffff"), ("::ffff:192.0.2.1", "192.0.2.1"), ("nonsense", "")],
)
def test_an_ipv6_network_is_one_address_and_so_are_both_ways_to_write_an_older_one(
    app: Flask, address: str, same: str
) -> None:
    found = []
    for each in (address, same):
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": each}):
            found.append(sign_in_origin.address())
    assert found[0] == found[1]


def test_sign_ups_guests_and_passkey_steps_of_one_address_have_a_budget(
    app: Flask, monkeypatch: pytest.MonkeyPatch, session: Session
) -> None:
    once = Budget(most=1, minutes=10)
    for module, name in ((routes, "SIGN_UPS"), (study, "GUESTS"), (passkeys, "PASSKEY_STEPS")):
        monkeypatch.setattr(module, name, once)
    assert sign_up(Visitor(app.test_client()), "Ann").path == "/"
    refused = sign_up(Visitor(app.test_client()), "Bea")
    assert (refused.status, "try again in 10 minutes" in refused.text) == (429, True)
    assert [Visitor(app.test_client()).post("/passkey/options", {}).status for _ in range(2)] == [200, 429]
    assert Visitor(app.test_client()).begin()
    assert Visitor(app.test_client()).post("/study/begin", {}).status == 429
    elsewhere = app.test_client()
    elsewhere.environ_base["REMOTE_ADDR"] = "198.51.100.1"
    assert sign_up(Visitor(elsewhere), "Bea").path == "/"


def test_hostile_names_are_just_wrong(visitor: Visitor) -> None:
    for name in ("x" * 100_000, "x" * 199, "Ana\x00", "\x00", "' OR 1=1 --", "%00", "\ufdfa" * 190):
        assert sign_in(visitor, name).status == 422, name[:20]


def test_signing_in_merges_what_the_guest_did(
    member: Visitor, app: Flask, questions: dict[str, int], session: Session
) -> None:
    member.begin().answer(member.ask(questions[PLANET]), Chosen(("Venus",)))
    guest = Visitor(app.test_client()).begin()
    guest.answer(guest.ask(questions["single_choice-2-choose"]), Chosen(("2",)))
    guest.answer(guest.ask(questions[PLANET]), Chosen(("Mercury",)))
    page = sign_in(guest)
    assert "3 done today" in page.text
    (account,) = rows_of(session, Account)
    assert {review.learner_id for review in rows_of(session, Review)} == {account.id}
    cards = {card.item_id: card.reps for card in rows_of(session, Card)}
    assert cards == {questions[PLANET]: 2, questions["single_choice-2-choose"]: 1}
    (day,) = rows_of(session, LearnerDay)
    assert (day.answers, day.right) == (3, 2)
    assert len(rows_of(session, StudyDeck)) == 1
    assert len(rows_of(session, SignIn)) == 2, "the member's two browsers; the guest's token is dead"


def test_a_guest_who_gives_a_wrong_password_stays_a_guest(
    member: Visitor, app: Flask, questions: dict[str, int], session: Session
) -> None:
    guest = Visitor(app.test_client()).begin()
    guest.answer(guest.ask(questions[PLANET]), Chosen(("Mercury",)))
    assert sign_in(guest, NAME, "wrong password").status == 422
    assert "1 done today" in guest.open("/").text
    assert len(rows_of(session, Account)) == 2


# --- sessions -------------------------------------------------------------------------------------


def test_a_copied_cookie_is_dead_after_signing_out(member: Visitor, app: Flask) -> None:
    thief = app.test_client()
    thief.set_cookie("quizapp", member.client.get_cookie("quizapp").value)
    form = member.client.get_cookie("quizapp_form")
    if form is not None:
        thief.set_cookie("quizapp_form", form.value)
    assert NAME in Visitor(thief).open("/").text
    member.send(member.open("/"), {}, "/sign-out")
    assert NAME not in Visitor(thief).open("/").text
    assert member.client.get_cookie("quizapp") is None


def test_the_database_holds_no_token(member: Visitor, session: Session) -> None:
    token = member.client.get_cookie("quizapp").value
    (row,) = rows_of(session, SignIn)
    assert token not in repr(vars(row))


def test_signing_out_twice_or_as_no_one_does_no_harm(member: Visitor, visitor: Visitor) -> None:
    for each in (member, member, visitor):
        assert each.post("/sign-out", {}).path == "/"


def test_signing_in_elsewhere_leaves_the_first_browser_signed_in(member: Visitor, app: Flask) -> None:
    second = Visitor(app.test_client())
    sign_in(second)
    second.post("/sign-out", {})
    assert NAME in member.open("/").text


# --- where to go afterwards -------------------------------------------------------------------------

TRICKS = (
    "//evil.example", "///evil.example", "////evil.example", "https://evil.example", "http:evil.example",
    "https:/evil.example", "https:evil.example", "\\\\evil.example", "/\\evil.example", "\\/evil.example",
    "/\\/evil.example", "/\t/evil.example", "\t//evil.example", "/\n/evil.example", "/\r\n/evil.example",
    " //evil.example", "/%09/evil.example", "//evil%E3%80%82example", "//evil。example",
    "javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//user@evil.example",
    "/@evil.example/../..//evil.example", "http://localhost@evil.example", "//localhost.evil.example",
    "?next=//evil.example", "evil.example", "//[::1]", "／／evil.example", "/ /evil.example", "//evil.example%2f..",
    "/./\\evil.example", "/..//evil.example", "/%2f%2fevil.example", "/%5cevil.example", "//evil.example:80/",
    "///\\evil.example", "/\x1f/evil.example", "//\tevil.example", "/\u00a0/evil.example", "/#//evil.example",
    "/?x=//evil.example", "/sign-out;//evil.example", "vbscript:x", "//0x7f000001", "//evil%00.example",
    "/.//evil.example", "blob:https://evil.example/x",
    "/\x0b/evil.example", "ftp://evil.example", "mailto:x@evil.example", "/\u2028/evil.example",
)  # fmt: skip


def test_there_are_fifty_tricks() -> None:
    assert len(set(TRICKS)) >= 50


def test_after_signing_in_no_one_is_led_to_another_site(member: Visitor, app: Flask) -> None:
    stranger = app.test_client()
    for trick in TRICKS:
        answer = stranger.post(f"/sign-in?next={quote(trick)}", data={"name": NAME, "password": PASSWORD})
        assert answer.status_code == 303, trick
        target = answer.headers["Location"]
        assert "\\" not in target
        resolved = urlsplit(urljoin("http://localhost/sign-in", target))
        assert (resolved.scheme, resolved.netloc) == ("http", "localhost"), trick
        assert not resolved.path.startswith("//"), trick


@pytest.mark.parametrize("target", ["/decks/", "/study/?deck=every", "/quiz/new?deck=every"])
def test_after_signing_in_one_is_where_one_wanted_to_be(
    target: str, member: Visitor, app: Flask, questions: dict[str, int]
) -> None:
    assert sign_in(Visitor(app.test_client()), target=target).path == target


# --- the one-time link --------------------------------------------------------------------------------


@pytest.fixture
def link(session: Session) -> Callable[[timedelta], str]:
    """Makes a link of this age."""

    def make(age: timedelta = timedelta(0)) -> str:
        token = accounts.make_setup_link(session, role="teacher", now=datetime.now(UTC) - age)
        session.commit()
        return f"/setup/{token}"

    return make


def test_a_setup_link_makes_one_teacher(
    link: Callable[..., str], visitor: Visitor, app: Flask, session: Session
) -> None:
    address = link()
    page = visitor.send(visitor.open(address), {"name": NAME, "password": PASSWORD}, address)
    assert "Teach" in page.text
    assert rows_of(session, Account)[0].role == "teacher"
    other = Visitor(app.test_client())
    assert other.open(address).status == 404
    assert other.post(address, {"name": "Eve", "password": PASSWORD}).status == 404
    assert len(rows_of(session, Account)) == 1


def test_a_guest_who_opens_an_invitation_keeps_what_they_did(
    link: Callable[..., str], visitor: Visitor, session: Session, questions: dict[str, int]
) -> None:
    visitor.begin().answer(visitor.ask(questions[PLANET]), Chosen(("Mercury",)))
    address = link()
    visitor.send(visitor.open(address), {"name": NAME, "password": PASSWORD}, address)
    [account] = rows_of(session, Account)
    assert (account.name, account.role) == (NAME, "teacher")
    assert [review.learner_id for review in rows_of(session, Review)] == [account.id]


def test_a_setup_link_is_not_used_up_by_a_form_with_mistakes(
    link: Callable[..., str], visitor: Visitor, session: Session
) -> None:
    address = link()
    assert visitor.send(visitor.open(address), {"name": NAME, "password": "short"}, address).status == 422
    assert rows_of(session, SetupLink)[0].used_at is None
    assert visitor.send(visitor.open(address), {"name": NAME, "password": PASSWORD}, address).path == "/"


def test_a_setup_link_used_in_the_meantime_makes_no_second_account(
    link: Callable[..., str],
    visitor: Visitor,
    app: Flask,
    monkeypatch: pytest.MonkeyPatch,
    session: Session,
) -> None:
    address, hash_password, other = link(), password_hashing.hash_password, Visitor(app.test_client())

    def meanwhile(password: str) -> str:
        monkeypatch.setattr(password_hashing, "hash_password", hash_password)
        hashed = hash_password(password)
        assert other.post(address, {"name": "Eve", "password": PASSWORD}).path == "/"
        return hashed

    monkeypatch.setattr(password_hashing, "hash_password", meanwhile)
    monkeypatch.setattr(
        password_hashing, "ENTERING", turns.Places(2, in_line=0, seconds=60)
    )  # as two workers
    assert visitor.post(address, {"name": NAME, "password": PASSWORD}).status == 404
    assert [account.name for account in rows_of(session, Account)] == ["Eve"]


def test_old_and_unknown_setup_links_look_alike(link: Callable[..., str], visitor: Visitor) -> None:
    pages = [visitor.open(address) for address in (link(timedelta(days=8)), "/setup/unknown")]
    assert {page.status for page in pages} == {404}
    assert len({page.html for page in pages}) == 1


def test_a_teacher_made_student_is_refused_at_once(member: Visitor, session: Session) -> None:
    session.execute(update(Account).values(role="teacher"))
    session.commit()
    assert member.open("/teach/").status == 200
    session.execute(update(Account).values(role="student"))
    session.commit()
    assert member.open("/teach/").status == 404


@pytest.mark.parametrize("enter", [partial(sign_up, name="Ben"), sign_in], ids=["sign up", "sign in"])
def test_who_enters_beside_others_waits_at_the_door_with_nothing_begun(
    app: Flask, member: Visitor, enter: Callable[[Visitor], Seen]
) -> None:
    with ThreadPoolExecutor(1) as aside:
        with turns.ENTERING.one():
            free = turns.ENTERING._admitted._value
            entering = aside.submit(enter, Visitor(app.test_client()))
            while turns.ENTERING._admitted._value == free:
                pass  # until it stands at the door
            with app.app_context():
                assert db.engine.pool.checkedout() == 0
            assert member.open("/account").status == 200
            assert not entering.done()
        assert entering.result(60).status == 200

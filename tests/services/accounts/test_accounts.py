"""Accounts: names that look alike collide, guessing is slowed, links and tokens work as promised."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Missing
from quizapp.services.accounts import accounts
from quizapp.services.accounts.accounts import (
    LINK_LIVES,
    by_name,
    check_new_name,
    create_guest,
    has_teacher,
    known_zone,
    make_setup_link,
    name_key,
    open_setup_link,
    sign_in,
    sign_out,
    sign_up,
    signed_in,
    use_setup_link,
)
from quizapp.storage.accounts.tables import Account, SetupLink, SignIn
from tests.factories import NOW

PASSWORD = "a good long password"
SECOND = timedelta(seconds=1)


def register(session: Session, name: str, **options: object) -> Account:
    shown = check_new_name(session, name, PASSWORD)
    return sign_up(session, None, name=shown, password_hash="x", now=NOW, **options)  # type: ignore[arg-type]


def fields(session: Session, name: str, password: str = PASSWORD) -> set[str]:
    """Which fields of the form are wrong."""
    try:
        check_new_name(session, name, password)
    except Invalid as error:
        return {problem.field for problem in error.problems}
    return set()


# --- names -----------------------------------------------------------------------------------------

LOOK_ALIKE = [
    ("Ada", "ada"),
    ("Ada Byron", "AdaByron"),
    ("Ada Byron", "  ada \t byron "),
    ("Zoë", "Zoe"),
    ("Zoë", "Zoe\u0308"),
    ("José", "JOSE"),
    ("Straße", "Strasse"),
    ("Bjørn", "Bjorn"),
    ("Ｆｕｌｌ", "full"),
    ("ﬁona", "fiona"),
    ("İpek", "ipek"),
    ("Анна", "АННА"),
    ("O’Neil", "O'Neil"),
    ("Anna–Marie", "Anna-Marie"),
    ("Robert²", "Robert2"),
]


@pytest.mark.parametrize(("name", "twin"), LOOK_ALIKE)
def test_a_name_that_looks_like_a_taken_one_is_refused(session: Session, name: str, twin: str) -> None:
    register(session, name)
    assert fields(session, twin) == {"name"}
    assert by_name(session, twin) is not None


INVISIBLE = {
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "soft hyphen": "\u00ad",
    "byte order mark": "\ufeff",
    "right-to-left override": "\u202e",
    "variation selector": "\ufe0f",
    "Hangul filler": "\u3164",
    "Hangul choseong filler": "\u115f",
    "half-width Hangul filler": "\uffa0",
    "combining grapheme joiner": "\u034f",
    "Mongolian vowel separator": "\u180e",
    "Mongolian variation selector": "\u180b",
    "Khmer inherent vowel": "\u17b4",
    "ideographic variation selector": "\U000e0100",
    "tag letter": "\U000e0061",
    "Braille without dots": "\u2800",
}


@pytest.mark.parametrize("character", INVISIBLE.values(), ids=INVISIBLE)
def test_what_no_one_sees_makes_no_other_name(session: Session, character: str) -> None:
    register(session, "Ada")
    assert fields(session, f"A{character}da") == {"name"}
    assert fields(session, f"Ada{character}") == {"name"}
    assert fields(session, character * 3) == {"name"}


@pytest.mark.parametrize(
    "name", ["", " ", "\t\n", "\x00", "a\x00b", "a\x1bb", "\ud800abc", "n" * 41, "a@b.c"]
)
def test_a_name_that_cannot_be_shown_is_refused(session: Session, name: str) -> None:
    assert fields(session, name) == {"name"}


@pytest.mark.parametrize(
    "name", ["Ada", "n" * 40, "李小龍", "Анна-Мария", "عائشة", "x", "O'Neil 3rd", "4711"]
)
def test_names_of_all_the_world_are_welcome(session: Session, name: str) -> None:
    assert register(session, name).name == name


@given(name=st.text(max_size=60))
def test_the_key_of_a_key_is_itself_and_fits_its_column(name: str) -> None:
    key = name_key(name)
    assert len(key) <= 200
    assert " " not in key
    assert name_key(key) == key or len(key) == 200


def test_different_names_stay_apart(session: Session) -> None:
    for name in ("Ada", "Ida", "Ada2", "Ad", "Анна", "Anna", "Anne"):
        register(session, name)
    assert session.scalar(select(func.count()).select_from(Account)) == 7


def test_white_space_is_shown_once(session: Session) -> None:
    assert check_new_name(session, "  Ada \n Byron ", PASSWORD) == "Ada Byron"


def test_of_two_who_take_one_name_at_once_one_gets_it(engine: Engine) -> None:
    def take(_: int) -> bool:
        try:
            with Session(engine) as own, own.begin():
                sign_up(own, None, name="Ada", password_hash="x", now=NOW)
        except IntegrityError:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(take, range(4))) == 1


# --- passwords -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("yellow7", True),
        ("yellow78", False),
        ("a phrase, " * 20, False),
        ("a phrase, " * 20 + "!", True),
        ("", True),
    ],
)
def test_how_long_a_password_is(session: Session, password: str, wrong: bool) -> None:
    assert fields(session, "Ada", password) == ({"password"} if wrong else set())


def test_a_password_that_is_the_name_is_refused(session: Session) -> None:
    assert fields(session, "Ada Lovelace", "ADA  lovelace") == {"password"}


@pytest.mark.parametrize(
    "password", ["password", "Iloveyou1", "12345678", "qwertyuiop", "zzzzzzzz", "Ada-12345"]
)
def test_what_anyone_would_guess_is_refused(session: Session, password: str) -> None:
    assert fields(session, "Ada 12", password) == {"password"}


def test_every_wrong_field_is_told_at_once(session: Session) -> None:
    assert fields(session, "", "short") == {"name", "password"}


# --- guests and sign-up ----------------------------------------------------------------------------


def test_a_guest_who_signs_up_keeps_their_account(session: Session) -> None:
    guest = create_guest(session, zone="Asia/Tokyo", now=NOW)
    assert guest.is_guest
    account = sign_up(session, guest, name="Ada", password_hash="x", now=NOW)
    assert (account.id, account.role, account.name, account.zone) == (
        guest.id,
        "student",
        "Ada",
        "Asia/Tokyo",
    )
    assert not account.is_guest


def test_one_who_has_a_name_does_not_lose_it_to_the_next(session: Session) -> None:
    ada = register(session, "Ada")
    ida = sign_up(session, ada, name="Ida", password_hash="y", now=NOW)
    assert (ada.id != ida.id, ada.name, ada.password_hash) == (True, "Ada", "x")


def test_a_teacher_is_known(session: Session) -> None:
    register(session, "Ada")
    assert not has_teacher(session)
    assert register(session, "Ida", role="teacher").is_teacher
    assert has_teacher(session)


@pytest.mark.parametrize(
    ("zone", "kept"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("UTC", "UTC"),
        ("Mars/Olympus", "UTC"),
        ("", "UTC"),
        ("../../etc/passwd", "UTC"),
        ("europe/madrid", "UTC"),
    ],
)
def test_only_known_zones_are_kept(session: Session, zone: str, kept: str) -> None:
    assert create_guest(session, zone=zone, now=NOW).zone == kept
    assert known_zone(zone, "UTC") == kept


def test_no_one_is_found_by_a_name_that_cannot_be(session: Session) -> None:
    create_guest(session, zone="UTC", now=NOW)
    for name in ("", " ", "\x00", "a\x00b", "\u200b", "x" * 10_000):
        assert by_name(session, name) is None


# --- signing in ------------------------------------------------------------------------------------


def test_a_token_is_worth_its_account_until_sign_out(session: Session) -> None:
    ada = register(session, "Ada")
    token, other = (sign_in(session, ada, now=NOW, browser="b" * 999) for _ in range(2))
    assert token != other
    assert signed_in(session, token, now=NOW).account is ada
    sign_out(session, token)
    assert signed_in(session, token, now=NOW) is None
    assert signed_in(session, other, now=NOW).account is ada
    assert signed_in(session, "", now=NOW) is signed_in(session, "made-up", now=NOW) is None


def test_what_was_not_seen_for_long_is_signed_out(session: Session) -> None:
    for role, days in (("student", 365), ("teacher", 30), ("admin", 30)):
        token = sign_in(session, register(session, role, role=role), now=NOW, browser="")
        late = NOW + timedelta(days=days)
        assert signed_in(session, token, now=late) is None
        found = signed_in(session, token, now=late - SECOND)
        accounts.note_seen(session, found.digest, found.last_seen, now=late - SECOND)
        session.expire_all()
        assert signed_in(session, token, now=late)


def test_one_browser_is_signed_out_by_its_handle_and_only_ones_own(session: Session) -> None:
    ada, ida = register(session, "Ada"), register(session, "Ida")
    tokens = [sign_in(session, who, now=NOW, browser="") for who in (ada, ada, ida)]
    [theirs] = accounts.sign_ins(session, ida)
    [first] = [row for row in accounts.sign_ins(session, ada) if accounts.is_token(row, tokens[0])]
    assert not accounts.end_sign_in(session, ada, theirs.handle)
    assert accounts.end_sign_in(session, ada, first.handle)
    assert [bool(signed_in(session, token, now=NOW)) for token in tokens] == [False, True, True]
    assert not accounts.end_sign_in(session, ada, "")


def test_no_token_is_stored(session: Session) -> None:
    token = sign_in(session, register(session, "Ada"), now=NOW, browser="")
    link = make_setup_link(session, role="teacher", now=NOW)
    stored = [*session.scalars(select(SignIn.token_digest)), *session.scalars(select(SetupLink.token_digest))]
    assert stored == [hashlib.sha256(each.encode()).hexdigest() for each in (token, link)]
    assert min(len(token), len(link)) >= 32  # 24 bytes of chance and more


# --- one-time links --------------------------------------------------------------------------------


def test_a_link_works_once(session: Session) -> None:
    token = make_setup_link(session, role="teacher", now=NOW)
    link = open_setup_link(session, token, now=NOW)
    assert link.role == "teacher"
    assert open_setup_link(session, token, now=NOW) is link  # looking does not use it
    use_setup_link(session, link, now=NOW)
    session.expire_all()
    with pytest.raises(Missing, match="used or has expired"):
        open_setup_link(session, token, now=NOW)
    with pytest.raises(Missing, match="just been used"):
        use_setup_link(session, session.scalars(select(SetupLink)).one(), now=NOW)


def test_a_link_runs_out_after_a_week(session: Session) -> None:
    token = make_setup_link(session, role="teacher", now=NOW)
    assert open_setup_link(session, token, now=NOW + LINK_LIVES)
    with pytest.raises(Missing):
        open_setup_link(session, token, now=NOW + LINK_LIVES + SECOND)


@pytest.mark.parametrize("token", ["", "made-up", "x" * 5_000])
def test_a_made_up_link_is_missing(session: Session, token: str) -> None:
    make_setup_link(session, role="teacher", now=NOW)
    with pytest.raises(Missing):
        open_setup_link(session, token, now=NOW)


def test_a_link_opened_by_many_makes_one_account(engine: Engine, session: Session) -> None:
    token = make_setup_link(session, role="teacher", now=NOW)
    session.commit()

    def use(number: int) -> bool:
        try:
            with Session(engine) as own, own.begin():
                link = open_setup_link(own, token, now=NOW)
                use_setup_link(own, link, now=NOW)
                sign_up(own, None, name=f"Teacher {number}", password_hash="x", role=link.role, now=NOW)
        except Missing:
            return False
        return True

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(use, range(4))) == 1
    assert session.scalar(select(func.count()).select_from(Account)) == 1


def test_links_differ(session: Session) -> None:
    assert len({make_setup_link(session, role="student", now=NOW) for _ in range(20)}) == 20


def test_all_zones_are_read_once() -> None:
    known_zone("UTC")
    assert accounts._zones() is accounts._zones()


def test_a_student_without_a_password_keeps_their_account_when_they_choose_one(session: Session) -> None:
    student = Account(role="student", name="Anna", zone="UTC", created_at=NOW)
    session.add(student)
    session.flush()
    assert accounts.sign_up(session, student, name="Anna K", password_hash="-", now=NOW) is student
    assert accounts.by_name(session, "Anna K") is student

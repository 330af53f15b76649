"""`quizapp user …` on a real database, and what it means for the person in the browser."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy.orm import Session

from quizapp.cli import quizapp
from quizapp.domain.errors import Conflict, Missing
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account
from tests.conftest import NOW
from tests.world import Visitor

NAME, PASSWORD = "Zdeňka", "correct horse battery"


@pytest.fixture
def run(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("QUIZAPP_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("QUIZAPP_DATABASE_URL", settings.database_url)

    def invoke(*words: str, **more: object) -> Result:
        return CliRunner().invoke(quizapp, ["user", *words], catch_exceptions=True, **more)  # type: ignore[arg-type]

    return invoke


@pytest.fixture
def member(app: Flask) -> Visitor:
    visitor = Visitor(app.test_client())
    visitor.send(visitor.open("/sign-up"), {"name": NAME, "password": PASSWORD}, "/sign-up")
    return visitor


def path_of(result: Result) -> str:
    found = re.search(r"http://[^/]+(/setup/\S+)", result.output)
    assert found, result.output
    return found[1]


def signed_in(visitor: Visitor) -> bool:
    return NAME in visitor.open("/").text


def sign_in(app: Flask, password: str) -> Visitor:
    visitor = Visitor(app.test_client())
    visitor.send(visitor.open("/sign-in"), {"name": NAME, "password": password}, "/sign-in")
    return visitor


@pytest.mark.parametrize(("role", "teaches"), [("teacher", True), ("admin", True), ("student", False)])
def test_a_link_makes_an_account_of_its_role(run, app: Flask, role: str, teaches: bool):
    path = path_of(run("add", "--role", role))
    visitor = Visitor(app.test_client())
    visitor.send(visitor.open(path), {"name": NAME, "password": PASSWORD}, path)
    assert signed_in(visitor)
    assert (visitor.open("/teach/").status == 200) is teaches
    assert Visitor(app.test_client()).open(path).status == 404


def test_accounts_are_listed_with_role_and_state(run, member: Visitor):
    assert run("list").output.split()[0] == "student"
    assert run("list").output.split()[1].startswith("#")
    run("disable", NAME)
    assert run("list").output.strip().endswith(f"{NAME}  disabled")


def test_a_reset_link_sets_a_new_password_once(run, app: Flask, member: Visitor):
    path = path_of(run("reset", NAME.upper()))
    visitor = Visitor(app.test_client())
    refused = visitor.send(visitor.open(path), {"password": "short"}, path)
    assert refused.status == 422
    visitor.send(visitor.open(path), {"password": "another fine phrase"}, path)
    assert signed_in(visitor)
    assert not signed_in(member)
    assert not signed_in(sign_in(app, PASSWORD))
    assert signed_in(sign_in(app, "another fine phrase"))
    assert Visitor(app.test_client()).open(path).status == 404


def test_a_disabled_person_is_out_at_once_and_can_be_let_in_again(run, app: Flask, member: Visitor):
    assert signed_in(member)
    run("disable", NAME)
    assert not signed_in(member)
    assert not signed_in(sign_in(app, PASSWORD))
    run("disable", NAME, "--undo")
    assert signed_in(sign_in(app, PASSWORD))


def test_export_writes_a_zip(run, member: Visitor, tmp_path: Path):
    run("export", NAME, str(tmp_path / "all.zip"))
    assert "account.json" in zipfile.ZipFile(tmp_path / "all.zip").namelist()


def test_erasing_asks_and_then_leaves_nothing(run, member: Visitor):
    assert run("erase", NAME, input="n\n").exit_code == 1
    assert NAME in run("list").output
    assert run("erase", NAME, "--yes").exit_code == 0
    assert NAME not in run("list").output
    assert not signed_in(member)


@pytest.mark.parametrize("command", [["reset"], ["disable"], ["erase", "--yes"]])
def test_an_unknown_name_is_told(run, command: list[str]):
    result = run(*command, "nobody")
    assert isinstance(result.exception, Missing)
    assert "quizapp user list" in str(result.exception)


def test_a_pupil_without_a_password_is_named_by_number(run, app: Flask, session: Session):
    pupil = Account(role="student", name="Pupil", zone="UTC", created_at=NOW)
    session.add(pupil)
    session.commit()
    assert run("list").output.strip().endswith("Pupil  no password")
    assert isinstance(run("reset", f"#{pupil.id}").exception, Conflict)
    assert isinstance(run("disable", "#999999").exception, Missing)
    assert run("erase", f"#{pupil.id}", "--yes").exit_code == 0
    assert run("list").output == ""


def test_help_says_what_each_command_does(run):
    for command in ("add", "list", "reset", "disable", "export", "erase"):
        assert f"  {command}  " in run("--help").output
        assert len(run(command, "--help").output.splitlines()) > 4

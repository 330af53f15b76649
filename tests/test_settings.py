"""Settings: read from variables, each checked, none silently ignored."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from quizapp.configuration import load_settings, read_settings
from quizapp.settings import PREFIX, Settings, SettingsError


def load(**values: str) -> Settings:
    return load_settings({PREFIX + name.upper(): value for name, value in values.items()})


def test_without_variables_all_is_as_documented() -> None:
    settings = load_settings({"PATH": "/bin", "HOME": "/root"})
    assert (settings.host, settings.port, settings.workers, settings.database_url) == (
        "127.0.0.1",
        8000,
        2,
        "",
    )
    assert (settings.zone, settings.new_per_day, settings.desired_retention) == ("UTC", 10, 0.90)
    assert settings.data_dir.name == "quizapp"


def test_every_option_has_a_help_and_a_type_that_can_be_read() -> None:
    for option in fields(Settings):
        assert option.metadata["help"].endswith((".", ").")) or "`" in option.metadata["help"]
        assert option.type in {"int", "float", "str", "bool", "Path"}


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("port", "1", 1),
        ("port", " 65535 ", 65_535),
        ("workers", "16", 16),
        ("new_per_day", "0", 0),
        ("desired_retention", "0.8", 0.8),
        ("zone", "Europe/Madrid", "Europe/Madrid"),
        ("secure_cookies", "1", True),
        ("secure_cookies", "YES", True),
        ("behind_proxy", "false", False),
        ("behind_proxy", "", False),
        ("old_sqlite", "refuse", "refuse"),
        ("host", "0.0.0.0", "0.0.0.0"),
    ],
)
def test_a_variable_is_read_as_its_type(name: str, text: str, value: object) -> None:
    assert getattr(load(**{name: text}), name) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("port", "http"),
        ("port", ""),
        ("port", "80.0"),
        ("port", "0"),
        ("port", "65536"),
        ("workers", "0"),
        ("new_per_day", "-1"),
        ("maximum_interval", "0"),
        ("max_request_bytes", "0"),
        ("max_upload_bytes", "-1"),
        ("smtp_port", "99999"),
        ("smtp_port", "0"),
        ("keep_guests", "999999999"),
        ("workers", "1000000"),
        ("drafts_timeout", "99999999999"),
        ("backups_daily", "-1"),
        ("desired_retention", "0.79"),
        ("desired_retention", "0.951"),
        ("desired_retention", "nan"),
        ("desired_retention", "high"),
        ("secure_cookies", "maybe"),
        ("old_sqlite", "ignore"),
        ("zone", "Mars/Olympus"),
        ("zone", ""),
        ("zone", "../../etc/passwd"),
        ("database_url", "mysql://host/name"),
        ("database_url", "nonsense"),
    ],
)
def test_a_wrong_value_is_refused_by_the_variables_name(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=rf"^QUIZAPP_{name.upper()} takes "):
        load(**{name: text})


def test_a_misspelt_variable_is_refused_with_those_there_are() -> None:
    with pytest.raises(SettingsError, match=r"^Unknown setting QUIZAPP_WORKER\. Is QUIZAPP_WORKERS meant\?"):
        load(worker="4")


def test_variables_of_the_tests_are_not_taken_for_settings() -> None:
    assert load(test_database="postgresql") == load()


def test_a_data_folder_is_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/ada")
    assert load(data_dir="here").data_dir == tmp_path / "here"
    assert load(data_dir="~/quizzes").data_dir == Path("/home/ada/quizzes")


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("postgresql://ada:pw@host/name", "postgresql+psycopg://ada:pw@host/name"),
        ("postgres://host/name", "postgresql+psycopg://host/name"),
        ("postgresql+psycopg://host/name", "postgresql+psycopg://host/name"),
        ("sqlite:////tmp/x.sqlite3", "sqlite:////tmp/x.sqlite3"),
    ],
)
def test_a_databases_url_names_its_driver(url: str, wanted: str) -> None:
    assert load(database_url=url).sqlalchemy_url == wanted


def test_without_a_url_the_database_lies_in_the_data_folder() -> None:
    assert load(data_dir="/srv/quizzes").sqlalchemy_url == "sqlite:////srv/quizzes/quizapp.sqlite3"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("", "/srv/quizzes"),
        ("postgresql://ada:pw@host:5433/name", "postgresql://host:5433/name"),
        ("postgresql://ada:p%40w@host/name", "postgresql://host/name"),
        ("postgresql://host/name?user=ada&password=pw", "postgresql://host/name"),
        ("postgresql://ada:p?w/x@host/name", "postgresql://host/name"),
        ("postgresql:///name?host=/run/postgresql", "postgresql:///name"),
    ],
)
def test_where_the_database_is_can_be_told_without_its_password(url: str, shown: str) -> None:
    assert load(data_dir="/srv/quizzes", database_url=url).database_place == shown


@pytest.mark.parametrize("password", ["p@ss", "p@ss/word#1", "p@s?s", "@", "p@ss:word"])
def test_an_at_sign_in_a_password_is_refused_in_words_that_hold_nothing_of_it(password: str) -> None:
    for scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        with pytest.raises(SettingsError, match="write it as %40") as refused:
            load(database_url=f"{scheme}://me:{password}@db.example/quiz")
        said = str(refused.value).replace("password", "")
        assert not any(part in said for part in ("ss", "word", "db.example"))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:p%40ss@db.example/quiz",
        "postgresql://me:p/w#1@db.example/quiz",
        "postgresql://me@server:hush@db.example/quiz",
        "postgresql://db.example:5432/quiz",
        "postgresql:///quiz",
    ],
)
def test_what_has_one_meaning_is_taken(url: str) -> None:
    assert load(database_url=url).database_url == url


PROVIDER = {
    "oidc_issuer": "https://login.school.example/realms/all",
    "oidc_client_id": "quizapp",
    "site_url": "https://quiz.example",
}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"oidc_issuer": "login.school.example"}, "OIDC_ISSUER takes an address"),
        ({"oidc_issuer": "http://login.school.example"}, "OIDC_ISSUER takes an address"),
        ({"oidc_issuer": "https://"}, "OIDC_ISSUER takes an address"),
        ({"oidc_client_id": ""}, "OIDC_ISSUER needs"),
        ({"site_url": ""}, "OIDC_ISSUER needs"),
        ({"oidc_teachers": "staff"}, "OIDC_ROLE_CLAIM"),
        ({"oidc_admins": "it"}, "OIDC_ROLE_CLAIM"),
    ],
)
def test_what_a_provider_needs_is_checked_at_the_start(wrong: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        load(**PROVIDER | wrong)


def test_a_provider_has_a_name_for_people() -> None:
    assert load().provider_name == ""
    assert load(**PROVIDER).provider_name == "login.school.example"
    assert load(**PROVIDER, oidc_name="the school’s sign-in").provider_name == "the school’s sign-in"
    assert load(**PROVIDER | {"oidc_issuer": "http://localhost:8080"}).provider_name == "localhost"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        load().port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"site_url": "quiz.example"}, "SITE_URL takes an address"),
        ({"site_url": "https://quiz.example/"}, "SITE_URL takes an address"),
        ({"site_url": "ftp://quiz.example"}, "SITE_URL takes an address"),
        ({"smtp_security": "ssl"}, "SMTP_SECURITY takes"),
        ({"smtp_host": "mail.example"}, "SMTP_HOST needs"),
        ({"smtp_host": "mail.example", "site_url": "https://quiz.example"}, "SMTP_HOST needs"),
    ],
)
def test_what_mail_needs_is_checked_at_the_start(wrong: dict[str, str], told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        load(**wrong)


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"host": "0.0.0.0"}, "http://127.0.0.1:8000"),
        ({"host": "::", "port": 80}, "http://localhost:80"),
        ({"host": "0:0:0:0:0:0:0:0"}, "http://localhost:8000"),
        ({"host": "0"}, "http://localhost:8000"),
        ({"host": ""}, "http://localhost:8000"),
        ({"host": "::1"}, "http://[::1]:8000"),
        ({"host": "192.0.2.7"}, "http://192.0.2.7:8000"),
        ({"host": "quiz.local"}, "http://quiz.local:8000"),
        ({"host": "0.0.0.0", "site_url": "https://quiz.school.example/q"}, "https://quiz.school.example/q"),
    ],
)
def test_the_sites_address_opens_and_is_the_set_one_where_one_is_set(
    settings: dict[str, Any], address: str
) -> None:
    assert Settings(**settings).address == address


def test_the_names_a_site_answers_to() -> None:
    assert load().hosts == ()
    assert load(site_url="https://quiz.example:8443/sub").hosts[0] == "quiz.example"
    assert load(site_url="https://quiz.example", allowed_hosts=" a.example,,b.example ").hosts == (
        "a.example",
        "b.example",
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def written(folder: Path, text: str, **values: str) -> Settings:
    (folder / "quizapp.toml").write_text(text)
    return load(data_dir=str(folder), **values)


def test_the_configuration_file_in_the_data_folder_is_read_and_variables_go_before_it(folder: Path) -> None:
    text = 'port = 8080\nzone = "Europe/Madrid"\nbehind_proxy = true\ndesired_retention = 0.85\n'
    settings = written(folder, text, zone="Asia/Tokyo")
    assert (settings.port, settings.zone, settings.behind_proxy) == (8080, "Asia/Tokyo", True)
    assert settings.desired_retention == 0.85


def test_a_configuration_file_elsewhere_may_name_the_data_folder(tmp_path: Path) -> None:
    file = tmp_path / "site.toml"
    file.write_text(f'data_dir = "{tmp_path / "data"}"\n')
    assert load(config=str(file)).data_dir == tmp_path / "data"
    with pytest.raises(SettingsError, match="can't set data_dir"):
        written(tmp_path, 'data_dir = "/srv"\n')


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("prot = 1\n", "Unknown key in .*: prot. Is port meant\\?"),
        ("QUIZAPP_PORT = 1\n", "Unknown key in"),
        ("[mail]\nport = 1\n", "Unknown key in .*: mail"),
        ('port = "many"\n', "^port in .* takes a whole number, not “many”"),
        ("port = true\n", "^port in .* takes a whole number"),
        ("port = 80.5\n", "^port in .* takes a whole number"),
        ("port = [80]\n", "^port in .* takes a whole number"),
        ("zone = 1\n", "^zone in .* takes a text in quotes"),
        ("smtp_port = 99999\n", "^QUIZAPP_SMTP_PORT takes a number from 1 to 65535"),
        ("port = \n", "isn't valid TOML: .*line 1"),
        ("port = 1\nport = 2\n", "isn't valid TOML"),
    ],
)
def test_what_is_wrong_in_the_configuration_file_is_told(folder: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        written(folder, text)


def test_a_configuration_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="can't be read"):
        load(config=str(tmp_path / "nothing.toml"))
    (tmp_path / "quizapp.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SettingsError, match="isn't valid TOML"):
        load(data_dir=str(tmp_path))


def test_a_secret_may_lie_in_a_file_of_its_own(folder: Path) -> None:
    (folder / "password").write_text("s3cret pass \n")
    by_variable = load(smtp_password_file=str(folder / "password"), data_dir=str(folder))
    assert by_variable.smtp_password == "s3cret pass "
    in_file = written(folder, f'drafts_key_file = "{folder / "password"}"\n')
    assert in_file.drafts_key == "s3cret pass "
    with pytest.raises(SettingsError, match="both set"):
        load(smtp_password_file="x", smtp_password="y")
    with pytest.raises(SettingsError, match=r"SMTP_PASSWORD_FILE names .* can't be read"):
        load(smtp_password_file=str(folder / "nothing"))
    with pytest.raises(SettingsError, match="Unknown setting QUIZAPP_ZONE_FILE"):
        load(zone_file=str(folder / "password"))


def test_where_each_value_comes_from_is_known(folder: Path) -> None:
    (folder / "quizapp.toml").write_text("port = 8080\nworkers = 3\n")
    _, origins = read_settings({"QUIZAPP_DATA_DIR": str(folder), "QUIZAPP_WORKERS": "1"})
    assert origins == {
        "data_dir": "environment",
        "workers": "environment",
        "port": str(folder / "quizapp.toml"),
    }


def test_secrets_are_not_told_when_settings_are_printed() -> None:
    settings = load(smtp_password="hush", drafts_key="hush", database_url="postgresql://a:hush@host/name")
    assert "hush" not in repr(settings)
    assert settings.shown() == {}

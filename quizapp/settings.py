"""Every option of the program: name, type, default and help. Read from QUIZAPP_… variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path

PREFIX = "QUIZAPP_"
IPV4 = 4
LEAST = {
    "workers": 1,
    "drafts_timeout": 1,
    "new_per_day": 0,
    "maximum_interval": 1,
    "max_request_bytes": 10_000,
    "keep_guests": 0,
    "pictures_mb": 0,
    "keep_log": 0,
    "keep_archived_classes": 0,
    "backups_daily": 0,
    "backups_weekly": 0,
    "backups_monthly": 0,
}


class SettingsError(ValueError):
    """A setting cannot be read; the message names the variable and what it takes."""


def _option(default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


def _secret(help_text: str) -> Any:
    return field(default="", repr=False, metadata={"help": help_text, "secret": True})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """The program's options. Fields map to variables: `data_dir` is `QUIZAPP_DATA_DIR`."""

    data_dir: Path = field(
        default_factory=lambda: user_data_path("quizapp", appauthor=False),
        metadata={
            "help": "Folder of the database and the secret key; made when missing. "
            "Default: the platform's user-data folder."
        },
    )
    database_url: str = _secret(
        "PostgreSQL as `postgresql://user:password@host/name`; empty: SQLite in the data folder."
    )
    host: str = _option("127.0.0.1", "Address to listen on; `0.0.0.0` for the whole network.")
    port: int = _option(8000, "Port to listen on.")
    workers: int = _option(2, "Worker processes.")
    zone: str = _option("UTC", "Time zone (IANA name) of new learners whose browser does not tell one.")
    new_per_day: int = _option(10, "New items a learner meets a day, unless they set their own limit.")
    desired_retention: float = _option(
        0.90, "Probability of recall at which an item comes back; 0.80 to 0.95."
    )
    maximum_interval: int = _option(365, "Longest interval in days between two reviews of an item.")
    keep_guests: int = _option(
        365, "Days after which a guest who has done nothing since is erased; 0: never."
    )
    keep_log: int = _option(730, "Days after which an entry of the audit log is removed; 0: never.")
    keep_archived_classes: int = _option(
        0,
        "Days after which an archived class is removed, with the students whom only it knows; 0: never.",
    )
    backups_daily: int = _option(
        7, "Days of which the newest backup is kept; with the next two at 0 none is made by itself."
    )
    backups_weekly: int = _option(4, "Weeks of which the newest backup is kept.")
    backups_monthly: int = _option(0, "Months of which the newest backup is kept.")
    backup_dir: str = _option("", "Folder of these backups; empty: `backups` in the data folder.")
    secure_cookies: bool = _option(False, "Set when served by https: cookies are then sent by https only.")
    behind_proxy: bool = _option(False, "Set behind one reverse proxy: trust its X-Forwarded headers.")
    require_second_factor: bool = _option(
        False, "Set to ask everybody who teaches, and admins, for a second factor."
    )
    site_url: str = _option(
        "", "Where people reach the site, `https://quiz.school.example`; links in mails begin with it."
    )
    allowed_hosts: str = _option(
        "", "Names the site answers to, by commas; empty: that of QUIZAPP_SITE_URL, or any where none is set."
    )
    smtp_host: str = _option("", "Server that sends mail; empty: the site sends none.")
    smtp_port: int = _option(587, "Its port: 587 with `starttls`, 465 with `tls`.")
    smtp_security: str = _option(
        "starttls", "How mail is protected on its way there: `starttls`, `tls`, `none`."
    )
    smtp_user: str = _option("", "Name to sign in to that server with, where it wants one.")
    smtp_password: str = _secret("Password to sign in to that server with.")
    mail_from: str = _option("", "Sender of mails: `Quizapp <quiz@school.example>`.")
    max_request_bytes: int = _option(2_000_000, "Largest request accepted, in bytes.")
    max_upload_bytes: int = _option(
        12_000_000, "Largest request with a file (a picture, an article), in bytes."
    )
    pictures_mb: int = _option(500, "Megabytes of pictures that one teacher may bring; 0: any number.")
    fetch_links: bool = _option(
        True, "Teachers may add an article by its link: the server fetches public pages for them."
    )
    log_level: str = _option(
        "info", "What the log holds: `debug`, `info` (refusals and retention too), `warning`, `error`."
    )
    access_log: bool = _option(
        False, "Set to log each request: method, kind of page, status, time; no address, no name."
    )
    old_sqlite: str = _option(
        "warn",
        "What to do when SQLite's library has the WAL-reset bug (before 3.51.3): `warn` or `refuse`.",
    )
    drafts_url: str = _option(
        "",
        "Base address of an OpenAI-compatible service for drafts, ending in `/v1`; empty: none is offered.",
    )
    drafts_model: str = _option("", "Name of the model that writes drafts there.")
    drafts_key: str = _secret("Key for that service; sent to it alone and shown nowhere.")
    drafts_timeout: int = _option(40, "Seconds to wait for its answer.")
    own_models: bool = _option(True, "Teachers may name a service of their own for drafts.")

    def __post_init__(self) -> None:
        if not 0.80 <= self.desired_retention <= 0.95:
            raise SettingsError(f"{PREFIX}DESIRED_RETENTION takes a number from 0.80 to 0.95.")
        if self.old_sqlite not in {"warn", "refuse"}:
            raise SettingsError(f"{PREFIX}OLD_SQLITE takes “warn” or “refuse”.")
        if self.log_level not in {"debug", "info", "warning", "error"}:
            raise SettingsError(f"{PREFIX}LOG_LEVEL takes “debug”, “info”, “warning” or “error”.")
        if not 1 <= self.port <= 65_535:
            raise SettingsError(f"{PREFIX}PORT takes a number from 1 to 65535.")
        for name, least in LEAST.items():
            if getattr(self, name) < least:
                raise SettingsError(f"{PREFIX}{name.upper()} takes a number from {least} up.")
        if self.drafts_url and not self.drafts_url.startswith(("http://", "https://")):
            raise SettingsError(f"{PREFIX}DRAFTS_URL takes an address that begins with https:// or http://.")
        if not _is_zone(self.zone):
            raise SettingsError(f"{PREFIX}ZONE takes the name of a time zone, such as Europe/Madrid.")
        self._check_mail()
        if not _is_database(self.sqlalchemy_url):
            raise SettingsError(f"{PREFIX}DATABASE_URL takes postgresql://user:password@host/name.")

    def _check_mail(self) -> None:
        address = urlsplit(self.site_url)
        if self.site_url and (
            address.scheme not in {"http", "https"} or not address.hostname or self.site_url.endswith("/")
        ):
            raise SettingsError(f"{PREFIX}SITE_URL takes an address such as https://quiz.school.example.")
        if self.smtp_security not in {"starttls", "tls", "none"}:
            raise SettingsError(f"{PREFIX}SMTP_SECURITY takes “starttls”, “tls” or “none”.")
        if self.smtp_host and not (self.site_url and self.mail_from):
            raise SettingsError(f"{PREFIX}SMTP_HOST needs {PREFIX}SITE_URL and {PREFIX}MAIL_FROM beside it.")

    @property
    def address(self) -> str:
        """Where people reach the site, as far as settings tell: else where it opens on this machine."""
        return self.site_url or f"http://{opened(self.host)}:{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names that the site answers to; () for any."""
        named = tuple(name.strip() for name in self.allowed_hosts.split(",") if name.strip())
        own = urlsplit(self.site_url).hostname
        return named or ((own, "localhost", "127.0.0.1", "[::1]") if own else ())

    def shown(self) -> dict[str, str]:
        """What differs from the defaults, secrets left out."""
        return {
            option.name: str(getattr(self, option.name))
            for option in fields(self)
            if not option.metadata.get("secret")
            and option.name != "data_dir"
            and getattr(self, option.name) != option.default
        }

    @property
    def sqlalchemy_url(self) -> str:
        """The database's URL as SQLAlchemy wants it, with the driver named."""
        if self.database_url:
            scheme, _, rest = self.database_url.partition("://")
            return (
                f"postgresql+psycopg://{rest}" if scheme in {"postgres", "postgresql"} else self.database_url
            )
        return f"sqlite:///{self.data_dir / 'quizapp.sqlite3'}"

    @property
    def database_place(self) -> str:
        """Where the database is, fit to be shown: without user and password."""
        if not self.database_url:
            return str(self.data_dir)
        from sqlalchemy import URL, make_url  # half a second, which commands without a database are spared

        url = make_url(self.sqlalchemy_url)
        where = URL.create(url.get_backend_name(), host=url.host, port=url.port, database=url.database)
        return where.render_as_string()


def opened(host: str) -> str:
    """The host as it stands in a link that opens: for one that means any address, this machine's own."""
    try:
        found = ip_address(host)
    except ValueError:
        return "localhost" if host in {"", "0"} else host
    if found.is_unspecified:
        return "127.0.0.1" if found.version == IPV4 else "localhost"
    return host if found.version == IPV4 else f"[{host}]"


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _is_database(url: str) -> bool:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).get_backend_name() in {"postgresql", "sqlite"}
    except ArgumentError:
        return False


def load_settings(environment: Mapping[str, str]) -> Settings:
    """Settings from variables; raises SettingsError naming the variable that is wrong or unknown."""
    known = {PREFIX + option.name.upper(): option for option in fields(Settings)}
    unknown = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    unknown = [name for name in unknown if not name.startswith(f"{PREFIX}TEST_")]
    if unknown:
        raise SettingsError(f"Unknown setting {unknown[0]}. Known: {', '.join(sorted(known))}.")
    values = {
        option.name: _read(name, environment[name], str(option.type))
        for name, option in known.items()
        if name in environment
    }
    return Settings(**values)


def _read(name: str, text: str, kind: str) -> Any:
    try:
        match kind:
            case "int":
                return int(text)
            case "float":
                return float(text)
            case "Path":
                return Path(text).expanduser().resolve()
            case "bool":
                return {
                    "1": True,
                    "true": True,
                    "yes": True,
                    "0": False,
                    "false": False,
                    "no": False,
                    "": False,
                }[text.casefold()]
    except (ValueError, KeyError):
        wanted = {"int": "a whole number", "float": "a number", "bool": "1 or 0"}[kind]
        raise SettingsError(f"{name} takes {wanted}, not “{text}”.") from None
    return text

"""Every option of the program: name, type, default and help. Where they are read from: `configuration.py`."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path

PREFIX = "QUIZAPP_"
DATABASE = "quizapp.sqlite3"  # in the data folder
IPV4 = 4
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
CONFIGURATION = "quizapp.toml"
DAYS = (0, 36_500)
RANGES: dict[str, tuple[float, float]] = {
    "port": (1, 65_535),
    "smtp_port": (1, 65_535),
    "workers": (1, 256),
    "drafts_timeout": (1, 600),
    "new_per_day": (0, 10_000),
    "desired_retention": (0.80, 0.95),
    "maximum_interval": (1, 36_500),
    "max_request_bytes": (10_000, 1_000_000_000),
    "max_upload_bytes": (10_000, 1_000_000_000),
    "pictures_mb": (0, 1_000_000),
    "keep_guests": DAYS,
    "keep_log": DAYS,
    "keep_archived_classes": DAYS,
    "backups_daily": (0, 1_000),
    "backups_weekly": (0, 1_000),
    "backups_monthly": (0, 1_000),
}
CHOICES = {
    "old_sqlite": ("warn", "refuse"),
    "log_level": ("debug", "info", "warning", "error"),
    "smtp_security": ("starttls", "tls", "none"),
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
            "help": "Folder of the database and the secret key; created if missing. Default: the platform's "
            "user-data folder."
        },
    )
    database_url: str = _secret(
        "PostgreSQL as `postgresql://user:password@host/name`; empty: SQLite in the data folder."
    )
    host: str = _option("127.0.0.1", "Address to listen on; `0.0.0.0` for the whole network.")
    port: int = _option(8000, "Port to listen on.")
    workers: int = _option(2, "Worker processes.")
    zone: str = _option("UTC", "Time zone (IANA name) of new learners whose browser doesn't send one.")
    new_per_day: int = _option(10, "New questions a learner gets per day, unless they set their own limit.")
    desired_retention: float = _option(
        0.90, "Probability of recall at which a question is asked again; 0.80 to 0.95."
    )
    maximum_interval: int = _option(365, "Longest interval in days between two reviews of a question.")
    fit_nightly: bool = _option(
        True,
        "Fit the memory model to your learners’ answers every night, where numpy and scipy are installed "
        "(`pip install 'quizapp[fit]'`).",
    )
    keep_guests: int = _option(365, "Days after which an inactive guest is erased; 0: never.")
    keep_log: int = _option(730, "Days after which an entry in the audit log is removed; 0: never.")
    keep_archived_classes: int = _option(
        0,
        "Days after which an archived class is deleted, with students who are in no other class; 0: never.",
    )
    backups_daily: int = _option(
        7,
        "Number of days for which the newest backup is kept. If this and the next two are 0, no "
        "automatic backups are made.",
    )
    backups_weekly: int = _option(4, "Number of weeks for which the newest backup is kept.")
    backups_monthly: int = _option(0, "Number of months for which the newest backup is kept.")
    backup_dir: str = _option("", "Folder of these backups; empty: `backups` in the data folder.")
    secure_cookies: bool = _option(
        False, "Set when the site is served over https: cookies are then sent over https only."
    )
    behind_proxy: bool = _option(False, "Set behind a reverse proxy: its X-Forwarded headers are trusted.")
    require_second_factor: bool = _option(False, "Set to require a second factor of all teachers and admins.")
    site_url: str = _option(
        "", "The site's address, `https://quiz.school.example`; links in mails begin with it."
    )
    allowed_hosts: str = _option(
        "",
        "Names the site answers to, separated by commas; empty: that of QUIZAPP_SITE_URL, or any "
        "name if that isn't set.",
    )
    smtp_host: str = _option("", "Mail server (SMTP); empty: the site sends no mail.")
    smtp_port: int = _option(587, "Its port: 587 with `starttls`, 465 with `tls`.")
    smtp_security: str = _option(
        "starttls", "How the connection to it is encrypted: `starttls`, `tls`, `none`."
    )
    smtp_user: str = _option("", "User name for the mail server, if it needs one.")
    smtp_password: str = _secret("Password for the mail server.")
    mail_from: str = _option("", "Sender of mails: `Quizapp <quiz@school.example>`.")
    metrics_addresses: str = _option(
        "", "Addresses or networks, separated by commas, that may read `/metrics`; empty: no one may."
    )
    max_request_bytes: int = _option(2_000_000, "Largest request accepted, in bytes.")
    max_upload_bytes: int = _option(
        12_000_000, "Largest request with a file (a picture, an article), in bytes."
    )
    pictures_mb: int = _option(500, "Megabytes of pictures that each teacher can upload; 0: no limit.")
    fetch_links: bool = _option(
        True, "Teachers can add an article by its link; the server downloads public pages for them."
    )
    log_level: str = _option(
        "info", "What is logged: `debug`, `info` (refusals and retention too), `warning`, `error`."
    )
    access_log: bool = _option(
        False, "Set to log each request: method, type of page, status, time; no address, no name."
    )
    old_sqlite: str = _option(
        "warn",
        "What to do when SQLite's library has the WAL-reset bug (before 3.51.3): `warn` or `refuse`.",
    )
    drafts_url: str = _option(
        "",
        "Base address of an OpenAI-compatible service for drafts, ending in `/v1`; empty: drafts are "
        "made by rules only.",
    )
    drafts_model: str = _option("", "Name of the model that writes drafts there.")
    drafts_key: str = _secret("Key for that service; sent only there and never shown.")
    drafts_timeout: int = _option(40, "Seconds to wait for its reply.")
    own_models: bool = _option(True, "Teachers can use a service of their own for drafts.")
    oidc_issuer: str = _option(
        "", "Issuer of a provider people can sign in through (OpenID Connect); empty: none."
    )
    oidc_client_id: str = _option("", "This site’s client ID at the provider.")
    oidc_client_secret: str = _secret("The client secret that belongs to it.")
    oidc_name: str = _option("", "What the button calls the provider; empty: the issuer’s host name.")
    oidc_scopes: str = _option("openid email profile", "Scopes to ask the provider for.")
    oidc_new_accounts: bool = _option(
        True, "People who come from the provider and have no account here can make one."
    )
    oidc_role_claim: str = _option(
        "", "Claim that gives roles, such as `roles` or `realm_access.roles`; empty: roles are set here only."
    )
    oidc_teachers: str = _option("", "Values of that claim, separated by commas, that make a teacher.")
    oidc_admins: str = _option("", "Values of that claim, separated by commas, that make an admin.")

    def __post_init__(self) -> None:
        for name, (least, most) in RANGES.items():
            if not least <= getattr(self, name) <= most:
                raise SettingsError(f"{PREFIX}{name.upper()} takes a number from {least} to {most}.")
        for name, choices in CHOICES.items():
            if getattr(self, name) not in choices:
                words = " or ".join(f"“{choice}”" for choice in choices)
                raise SettingsError(f"{PREFIX}{name.upper()} takes {words}.")
        if self.drafts_url and not self.drafts_url.startswith(("http://", "https://")):
            raise SettingsError(f"{PREFIX}DRAFTS_URL takes an address that begins with https:// or http://.")
        if not _is_zone(self.zone):
            raise SettingsError(f"{PREFIX}ZONE takes the name of a time zone, such as Europe/Madrid.")
        self._check_mail()
        self._check_provider()
        self._watchers()
        if _splits_its_password(self.database_url):  # before anything prints a part of it
            raise SettingsError(
                f"{PREFIX}DATABASE_URL has an “@” in its password: write it as %40, and likewise “/” as %2F, "
                "“:” as %3A, “?” as %3F, “#” as %23 and “%” as %25."
            )
        if not _is_database(self.sqlalchemy_url):
            raise SettingsError(f"{PREFIX}DATABASE_URL takes postgresql://user:password@host/name.")

    def _check_mail(self) -> None:
        address = urlsplit(self.site_url)
        if self.site_url and (
            address.scheme not in {"http", "https"} or not address.hostname or self.site_url.endswith("/")
        ):
            raise SettingsError(f"{PREFIX}SITE_URL takes an address such as https://quiz.school.example.")
        if self.smtp_host and not (self.site_url and self.mail_from):
            raise SettingsError(f"{PREFIX}SMTP_HOST needs {PREFIX}SITE_URL and {PREFIX}MAIL_FROM beside it.")

    def _check_provider(self) -> None:
        issuer = urlsplit(self.oidc_issuer)
        is_safe = issuer.scheme == "https" or (issuer.scheme == "http" and issuer.hostname in LOCAL)
        if self.oidc_issuer and not (is_safe and issuer.hostname):
            raise SettingsError(f"{PREFIX}OIDC_ISSUER takes an address such as https://login.school.example.")
        if self.oidc_issuer and not (self.oidc_client_id and self.site_url):
            raise SettingsError(
                f"{PREFIX}OIDC_ISSUER needs {PREFIX}OIDC_CLIENT_ID and {PREFIX}SITE_URL beside it."
            )
        if (self.oidc_teachers or self.oidc_admins) and not self.oidc_role_claim:
            raise SettingsError(
                f"{PREFIX}OIDC_TEACHERS and _ADMINS need {PREFIX}OIDC_ROLE_CLAIM beside them."
            )

    @property
    def provider_name(self) -> str:
        """What people know the provider as that they can sign in through; "" where there is none."""
        return self.oidc_name or urlsplit(self.oidc_issuer).hostname or ""

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

    def may_watch(self, address: str) -> bool:
        """Whether someone at this address may read the site's figures."""
        try:
            asking = ip_address(address)
        except ValueError:
            return False
        plain = (asking.ipv4_mapped if isinstance(asking, IPv6Address) else None) or asking
        return any(plain in network for network in self._watchers())

    def _watchers(self) -> list[IPv4Network | IPv6Network]:
        named = [each.strip() for each in self.metrics_addresses.split(",") if each.strip()]
        try:
            return [ip_network(each) for each in named]
        except ValueError:
            raise SettingsError(
                f"{PREFIX}METRICS_ADDRESSES takes addresses or networks such as 127.0.0.1, 10.1.0.0/16."
            ) from None

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
        return f"sqlite:///{self.data_dir / DATABASE}"

    @property
    def sqlite_file(self) -> Path | None:
        """The file of the database; None where it is another server's."""
        return None if self.database_url else self.data_dir / DATABASE

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
    """The host as it is in a link that opens: for one that means any address, this machine's own."""
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


def _splits_its_password(url: str) -> bool:
    """Whether the password would end at an “@” of its own, and the rest of it be shown as the host."""
    _scheme, _colon, after_user = url.partition("://")[2].partition(":")
    return "@" in after_user.partition("@")[2]


def _is_database(url: str) -> bool:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        return make_url(url).get_backend_name() in {"postgresql", "sqlite"}
    except ArgumentError:
        return False

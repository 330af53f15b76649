"""The page on how the site stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from quizapp.domain.language.translation import _
from quizapp.web.frame.page import Page


@dataclass(frozen=True)
class Fact:
    """Something counted or measured. worry: what to do about it; "" where all is well."""

    name: str
    value: str
    worry: str = ""


@dataclass(frozen=True)
class BackupRow:
    """A backup: its file, when it was made, its size."""

    name: str
    made: str
    size: str


@dataclass(frozen=True)
class SettingRow:
    """A setting in force. value: "…" for a secret that is set."""

    name: str
    value: str
    about: str


@dataclass(frozen=True, kw_only=True)
class SitePage(Page):
    """Version, room, mail, failures, backups and settings. rule: which backups are kept, in words; changed:
    settings that are not as they come; usual: the others."""

    template: ClassVar[str] = "site/overview/index.html"
    facts: tuple[Fact, ...]
    backups: tuple[BackupRow, ...]
    more_backups: int
    folder: str
    rule: str
    late: bool
    changed: tuple[SettingRow, ...]
    usual: tuple[SettingRow, ...]

    @property
    def title(self) -> str:
        return _("Site")

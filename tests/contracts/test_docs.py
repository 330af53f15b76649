"""The documentation tells the truth about what can be checked by a program."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from quizapp.cli import quizapp
from quizapp.domain.library.kinds import KINDS
from quizapp.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("bench/*.md")])


def test_every_setting_is_documented_with_its_help():
    text = (ROOT / "docs" / "settings.md").read_text("utf-8")
    for option in fields(Settings):
        assert f"`{PREFIX}{option.name.upper()}`" in text
        assert option.metadata["help"] in text


def test_every_kind_is_in_the_bank_format():
    text = (ROOT / "docs" / "bank-format.md").read_text("utf-8")
    assert [kind.name for kind in KINDS if f"`{kind.name}`" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_within_the_project_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    dead = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert dead == []


def test_commands_named_in_the_readme_exist():
    text = (ROOT / "README.md").read_text("utf-8")
    named = re.findall(r"(?:quizapp|\./run) ([a-z]+)(?: ([a-z]+))?", text)
    assert named
    for command, sub in named:
        if command in {"test", "is"}:
            continue
        found = quizapp.get_command(click.Context(quizapp), command)
        assert found
        if sub and hasattr(found, "commands"):
            assert sub in found.commands

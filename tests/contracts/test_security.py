"""docs/security.md names what is there: every test it cites exists, and no chosen requirement is left out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")
FOLDERS = "bench|bank|cli|contracts|domain|durability|e2e|services|storage|web"
CITED = sorted(set(re.findall(rf"`((?:{FOLDERS})/[\w/]*test_\w+\.py(?:::\w+)?)`", TEXT)))

# OWASP ASVS 5.0.0: level 1 and 2 as far as they apply here, and those of level 3 that cost little.
CHOSEN = """
1.1.1 1.1.2 1.2.1 1.2.2 1.2.3 1.2.4 1.2.8 1.2.9 1.2.10 1.3.1 1.3.2 1.3.4 1.3.5 1.3.6 1.3.7 1.3.12 1.5.1 1.5.2
2.2.1 2.2.2 2.3.1 2.3.2 2.3.3 2.3.4 2.4.1
3.2.1 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 3.5.3 3.7.2 4.1.3 4.4.2
5.2.1 5.2.2 5.2.3 5.2.4 5.2.5 5.2.6 5.3.2 5.4.1
6.2.1 6.2.4 6.2.9 6.3.1 6.3.8 6.4.1 7.2.4 7.4.1 7.4.2 11.4.2 11.5.1
10.1.2 10.2.1 10.5.1 10.5.2 10.5.3 10.5.4
8.2.1 8.2.2 8.2.3 8.3.1 8.3.2 14.2.1 14.2.3 14.3.2 15.3.1 15.3.3 15.4.2 16.2.5 16.3.2 16.5.1 16.5.3 6.3.3
""".split()


@pytest.mark.parametrize("cited", CITED)
def test_every_test_it_names_is_there(cited: str) -> None:
    path, _, name = cited.partition("::")
    assert (ROOT / "tests" / path).is_file()
    if name:
        assert re.search(rf"def {name}\b", (ROOT / "tests" / path).read_text("utf-8"))


def test_no_chosen_requirement_is_left_out() -> None:
    rows = re.findall(r"^\| (\d+\.\d+\.\d+) ", TEXT, re.MULTILINE)
    assert sorted(rows) == sorted(CHOSEN)


def test_a_requirement_is_shown_by_a_test_or_says_why_not() -> None:
    for row in re.findall(r"^\| \d+\.\d+\.\d+ .*$", TEXT, re.MULTILINE):
        assert "`" in row.rsplit("|", 2)[1] or "not met" in row, row

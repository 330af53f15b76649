import re
from pathlib import Path

import pytest

from quizapp.domain.library.lint import RULES
from quizapp.domain.library.lint.base import ArticleRule, BankRule, ItemRule

PAGE = Path(__file__).parents[4] / "docs" / "lint-rules.md"


def test_every_rule_has_a_name_of_its_own():
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_says_in_one_sentence_what_it_wants(rule):
    assert re.fullmatch(r"[A-Z][^\n]*\.", rule.summary)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_is_on_its_page_with_severity_and_summary(rule):
    assert f"| `{rule.name}` | {rule.severity} | {rule.summary} |" in PAGE.read_text(encoding="utf-8")


def test_the_page_has_no_other_rules():
    named = re.findall(r"^\| `([a-z-]+)` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(rule.name for rule in RULES)


def test_there_are_rules_of_each_sort():
    assert {type(rule) for rule in RULES} > {ItemRule, ArticleRule, BankRule}

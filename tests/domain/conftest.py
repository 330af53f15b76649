"""Builders for items, so that each test says only what it is about."""

import pytest

from quizapp.domain.library.bank import BankItem
from quizapp.domain.library.kinds import content_from, kind_of
from quizapp.domain.library.lint import RULES
from quizapp.domain.library.lint.runner import lint_item_of
from quizapp.domain.sources.evidence import EvidenceRef

ENVELOPE = {
    "id",
    "fact",
    "deck",
    "position",
    "tags",
    "evidence",
    "formats",
    "apart",
    "waive",
    "examples",
    "file",
    "line",
}
REQUIRED = {
    "single_choice": {"key": "Lima", "distractors": ["Quito", "Bogotá", "Santiago"]},
    "multiple_choice": {"keys": ["Lima", "Quito"], "distractors": ["Bogotá", "Santiago"]},
    "true_false": {"key": True},
    "flip_card": {"answer": "Lima"},
    "short_answer": {"key": "Lima"},
    "numeric": {"value": 12},
    "cloze": {"stem": "The capital of Peru is {{Lima}}."},
    "ordering": {"sequence": ["One", "Two", "Three"]},
    "matching": {"pairs": [["Peru", "Lima"], ["Chile", "Santiago"], ["Ecuador", "Quito"]]},
}


@pytest.fixture(scope="session")
def bank_item():
    """A sound item of a kind; keyword arguments replace fields of content and envelope alike."""

    def build(kind="single_choice", **fields):
        envelope = {name: fields.pop(name) for name in ENVELOPE & fields.keys()}
        written = {
            "stem": "Which city is the capital of Peru?",
            "rationale": "Lima has been the seat of government since 1535; Cusco was the Inca capital.",
            **REQUIRED[kind],
            **fields,
        }
        content = content_from({"kind": kind, **written})
        assert kind_of(content).problems(content) == ()
        envelope.setdefault("evidence", (EvidenceRef("atlas", 1, 1, "0123456789ab"),))
        identity = envelope.setdefault("id", "peru-capital")
        return BankItem(**{"fact": identity, "deck": "capitals", "position": 1, **envelope}, content=content)

    return build


@pytest.fixture(scope="session")
def complaints(bank_item):
    """The messages of one item rule about an item built from the other arguments."""
    rules = {rule.name: rule for rule in RULES}

    def judge(rule, *args, **fields):
        return [message for _, message in rules[rule].check(lint_item_of(bank_item(*args, **fields)))]

    return judge


@pytest.fixture(scope="session")
def between(bank_item):
    """(id, message) of one bank rule about the items built from mappings of fields."""
    rules = {rule.name: rule for rule in RULES}

    def judge(rule, *items):
        linted = [lint_item_of(bank_item(**fields)) for fields in items]
        return [(item.id, complaint.message) for item, complaint in rules[rule].check(linted)]

    return judge

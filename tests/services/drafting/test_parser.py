"""The parser of the extra, and which model it loads."""

import importlib.util

import pytest

from quizapp.services.drafting import parser as module


@pytest.fixture(autouse=True)
def _afresh():
    module.parser.cache_clear()
    yield
    module.parser.cache_clear()


def hide(monkeypatch, *names):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in names else find(name))


def test_a_sentence_is_taken_apart():
    (parsed,) = module.parser()(["Leath opened the bridge."])
    assert parsed.words[parsed.root].lemma == "open"


@pytest.mark.parametrize("hidden", [("spacy",), module.MODELS])
def test_without_the_library_or_a_model_there_is_none(monkeypatch, hidden):
    hide(monkeypatch, *hidden)
    assert module.parser() is None


def test_spacys_own_model_goes_before_the_other(monkeypatch):
    asked = []
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    monkeypatch.setattr(module.importlib, "import_module", asked.append)
    assert module.parser() is None  # what is imported here loads nothing
    assert asked == ["en_core_web_sm"]

import json

from quizapp.domain.exchange.bank.export import export_jsonl
from quizapp.domain.library.kinds.base import Format


def test_an_item_is_one_line_with_its_key_as_texts(bank_item):
    (line,) = export_jsonl([bank_item(tags=("andes",), stem="Which city\nis it?")])
    assert "\n" not in line
    assert json.loads(line) == {
        "id": "peru-capital",
        "fact": "peru-capital",
        "deck": "capitals",
        "kind": "single_choice",
        "formats": ["choose"],
        "stem": "Which city\nis it?",
        "options": ["Bogotá", "Lima", "Quito", "Santiago"],
        "key": ["Lima"],
        "accept": [],
        "distractors": ["Quito", "Bogotá", "Santiago"],
        "rationale": "Lima has been the seat of government since 1535; Cusco was the Inca capital.",
        "tags": ["andes"],
        "evidence": [{"source": "atlas", "paragraph": 1, "sentence": 1}],
    }


def test_a_cloze_is_exported_with_its_gaps_open(bank_item):
    (line,) = export_jsonl([bank_item("cloze", stem="{{Lima|lima city}} lies in {{Peru}}.")])
    exported = json.loads(line)
    assert exported["stem"] == "____ lies in ____."
    assert (exported["key"], exported["accept"]) == (["Lima", "Peru"], ["lima city"])


def test_a_verdict_is_a_text_too(bank_item):
    (line,) = export_jsonl([bank_item("true_false", formats=(Format.CHOOSE,))])
    assert json.loads(line)["key"] == ["True"]
    assert json.loads(line)["formats"] == ["choose"]

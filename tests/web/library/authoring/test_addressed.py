from werkzeug.datastructures import MultiDict

from quizapp.web.library.authoring.addressed import named, rows


def test_one_place_or_several_are_rows_of_evidence():
    assert rows(MultiDict({"source": "a", "paragraph": "3", "sentence": "1"})) == [
        {"source": "a", "paragraph": 3, "sentence": 1}
    ]
    many = MultiDict([("source", "a"), ("at", "3.1"), ("at", "3.2")])
    assert rows(many) == [
        {"source": "a", "paragraph": 3, "sentence": 1},
        {"source": "a", "paragraph": 3, "sentence": 2},
    ]


def test_what_is_no_number_is_left_out_and_no_source_is_no_evidence():
    assert rows(MultiDict({"source": "a", "at": "x.9999999"})) == [{"source": "a"}]
    assert rows(MultiDict({"at": "3.1"})) == []


def test_the_same_goes_on_to_another_address():
    assert named(MultiDict([("source", "a"), ("at", "3.1"), ("at", "3.2"), ("paragraph", "")])) == {
        "source": "a",
        "at": ["3.1", "3.2"],
    }

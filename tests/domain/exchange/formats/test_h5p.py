"""H5P: every content type that asks is read or refused by its name."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Entry, Medium, Record
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.exchange.formats.h5p import CONTENT, H5p
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse


def package(content: Any, main: str = "H5P.QuestionSet", **files: bytes) -> io.BytesIO:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("h5p.json", json.dumps({"title": "Quiz", "mainLibrary": main}))
        archive.writestr(CONTENT, content if isinstance(content, bytes) else json.dumps(content))
        for name, body in files.items():
            archive.writestr(f"content/images/{name.replace('_', '.')}", body)
    data.seek(0)
    return data


def read(data: io.BytesIO) -> list[Record]:
    return list(H5p().read(data, Options()))


def one(library: str, params: dict[str, Any]) -> Entry:
    (entry,) = read(package({"questions": [{"library": f"{library} 1.0", "params": params}]}))
    assert isinstance(entry, Entry)
    return entry


def content(library: str, params: dict[str, Any]) -> object:
    entry = one(library, params)
    assert entry.item is not None, entry
    return entry.item.content


def answers(*given: tuple[str, bool]) -> list[dict[str, Any]]:
    return [{"text": f"<div>{text}</div>", "correct": right} for text, right in given]


def test_choices() -> None:
    one_right = {"question": "<p>Q?</p>", "answers": answers(("a", True), ("b", False))}
    assert content("H5P.MultiChoice", one_right) == SingleChoice(stem="Q?", key="a", distractors=("b",))
    two = {"question": "Q?", "answers": answers(("a", True), ("b", True), ("c", False))}
    assert content("H5P.MultiChoice", two) == MultipleChoice(stem="Q?", keys=("a", "b"), distractors=("c",))
    forced = one("H5P.MultiChoice", {**two, "behaviour": {"type": "single"}})
    assert forced.notes == ("“b” is right there, too; it was left out, for one answer can be right.",)


def test_feedback_and_tips() -> None:
    said = {"chosenFeedback": "<p>Yes</p>", "notChosenFeedback": "", "tip": "<p>Look</p>"}
    given = [*answers(("b", False)), {"text": "a", "correct": True, "tipsAndFeedback": said}]
    entry = one("H5P.MultiChoice", {"question": "Q?", "answers": given})
    assert entry.item is not None
    assert entry.item.content == SingleChoice(
        stem="Q?", key="a", distractors=("b",), feedback=(("a", "Yes"),)
    )
    assert entry.notes == ("Tips, and feedback for what was not chosen, were left out.",)


def test_statements() -> None:
    assert content("H5P.TrueFalse", {"question": "<p>It is.</p>", "correct": "false"}) == TrueFalse(
        stem="It is.", key=False
    )
    told = one(
        "H5P.TrueFalse", {"question": "It is.", "correct": "true", "behaviour": {"feedbackOnWrong": "No"}}
    )
    assert told.item is not None
    assert told.item.content.rationale == "“False”: No"
    assert one("H5P.TrueFalse", {"question": "It is."}).item is None


def test_blanks() -> None:
    params = {"text": "<p>Fill in.</p>", "questions": ["<p>The *cat/dog:a pet* sat.</p>", "nothing"]}
    first, second = (
        each
        for each in read(package({"x": {"library": "H5P.Blanks 1", "params": params}}))
        if isinstance(each, Entry)
    )
    assert first.item is not None
    assert first.item.content == Cloze(stem="Fill in.\n\nThe {{cat|dog}} sat.")
    assert first.notes == ("The tips of single gaps were left out.",)
    assert second.item is None
    strict = one("H5P.Blanks", {"questions": ["A *b* c"], "behaviour": {"caseSensitive": True}})
    assert strict.notes == ("That capitals count was left out.",)


def test_a_gap_in_what_is_not_shown_is_refused() -> None:
    entry = one("H5P.Blanks", {"questions": ["<script>*a*</script> b"]})
    assert entry.item is None


def test_words_to_drag_have_the_others_as_wrong_options() -> None:
    params = {"taskDescription": "Drag.", "textField": "A *b*\nand *c*", "distractors": "*d*"}
    assert content("H5P.DragText", params) == Cloze(stem="Drag.\n\nA {{b~c~d}}  \nand {{c~b~d}}")
    assert content("H5P.DragText", {"textField": "A *b*"}) == Cloze(stem="A {{b}}")


def test_single_choice_sets() -> None:
    params = {"choices": [{"question": "Q?", "answers": ["a", "b", "c"]}, {"question": "R?"}]}
    first, second = (each for each in read(package(params, "H5P.SingleChoiceSet")) if isinstance(each, Entry))
    assert first.item is not None
    assert first.item.content == SingleChoice(stem="Q?", key="a", distractors=("b", "c"))
    assert (second.place, second.item) == ("question 1, part 2", None)


def test_cards_and_their_pictures() -> None:
    dialogs = {"dialogs": [{"text": "<p>front</p>", "answer": "back", "image": {"path": "images/a.png"}}]}
    medium, entry = read(package(dialogs, "H5P.Dialogcards", a_png=b"PNG"))
    assert isinstance(medium, Medium)
    assert isinstance(entry, Entry)
    assert entry.item is not None
    assert entry.item.content == FlipCard(stem=f"front\n\n![](picture:{medium.key})", answer="back")
    cards = {"cards": [{"text": "2*2?", "answer": "4/four"}]}
    assert content("H5P.Flashcards", cards) == ShortAnswer(stem="2*2?", key="4", accept=("four",))
    assert one("H5P.Dialogcards", {}).notes == ("Nothing is asked in it.",)


def test_a_picture_shown_twice_comes_once_and_one_that_is_gone_leaves_its_question() -> None:
    cards = [
        {"text": name, "answer": "back", "image": {"path": f"images/{path}"}}
        for name, path in (("one", "a.png"), ("two", "a.png"), ("three", "gone.png"))
    ]
    medium, *entries = read(package({"dialogs": cards}, "H5P.Dialogcards", a_png=b"PNG"))
    assert isinstance(medium, Medium)
    stems = [entry.item.content.stem for entry in entries if isinstance(entry, Entry) and entry.item]
    shown = f"\n\n![](picture:{medium.key})"
    assert stems == [f"one{shown}", f"two{shown}", "three"]


def test_what_stands_beside_the_questions_asks_nothing() -> None:
    question = {"library": "H5P.TrueFalse 1.0", "params": {"question": "It is.", "correct": "true"}}
    (entry,) = read(package({"title": "T", "passPercentage": 50, "questions": ["x", question]}))
    assert isinstance(entry, Entry)
    assert entry.item is not None


def test_a_place_for_a_film_that_holds_none_is_not_told() -> None:
    question = {"question": "It is.", "correct": "true", "media": {"type": {"params": {}}}}
    assert one("H5P.TrueFalse", question).notes == ()


def test_a_picture_above_a_question_comes_and_a_film_is_told() -> None:
    image = {"library": "H5P.Image 1.1", "params": {"file": {"path": "images/a.png"}, "alt": "A [map]"}}
    question = {"question": "Where?", "correct": "true", "media": {"type": image}}
    found = read(package({"q": {"library": "H5P.TrueFalse 1", "params": question}}, a_png=b"PNG"))
    assert isinstance(found[1], Entry)
    assert found[1].item is not None
    assert found[1].item.content.stem.startswith("Where?\n\n![A map](picture:")
    film = {**question, "media": {"type": {"library": "H5P.Video 1.5", "params": {}}}}
    assert one("H5P.TrueFalse", film).notes == ("Its video was left out.",)


def test_what_cannot_be_asked_is_refused_by_name() -> None:
    entry = one("H5P.Essay", {"taskDescription": "x"})
    assert "essay" in entry.notes[0]


@pytest.mark.parametrize("broken", [b"{", b"[" * 100_000])
def test_a_damaged_package_is_refused(broken: bytes) -> None:
    with pytest.raises(Invalid, match="damaged"):
        read(package(broken))


def test_a_package_is_known_by_what_is_in_it() -> None:
    assert H5p().sniff(Peek(name="a.zip", inside=("h5p.json", CONTENT))) is Likelihood.SURE
    assert H5p().sniff(Peek(name="a.h5p", inside=("x",))) is Likelihood.NO

"""What Anki's cards become: by their templates, their gaps and their markup."""

from __future__ import annotations

import pytest

from quizapp.domain.exchange.bundle import Entry, Memory, Outcome
from quizapp.domain.exchange.formats.anki_cards.cards import Card, NoteType, entry
from quizapp.domain.exchange.formats.anki_cards.deletions import PLACE, deleted, numbers
from quizapp.domain.exchange.formats.anki_cards.templates import CLOZE, behind_answer, is_empty, render
from quizapp.domain.library.kinds.asking.gaps import Gap, parse
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.short_answer import ShortAnswer

BACK = "{{FrontSide}}\n\n<hr id=answer>\n\n{{Back}}"
BASIC = NoteType("Basic", False, ("Front", "Back"), (("Card 1", "{{Front}}", BACK),))
TYPED = NoteType(
    "Typed",
    False,
    ("Front", "Back"),
    (("Card 1", "{{Front}}\n{{type:Back}}", "{{Front}}<hr id=answer>{{type:Back}}"),),
)
GAPS = NoteType(
    "Cloze", True, ("Text", "Extra"), (("Cloze", "{{cloze:Text}}", "{{cloze:Text}}<br>\n{{Extra}}"),)
)
KEY = "0123456789abcdef0123456789abcdef"


def read(note_type: NoteType, *fields: str, number: int = 0, several: bool = False, tags: str = "") -> Entry:
    card = Card(
        guid="g",
        number=number,
        several=several,
        note_type=note_type,
        fields=fields,
        tags=tuple(tags.split()),
        deck=("A", "B"),
        place="note 1, card 1",
        memory=Memory(stability=3.0, difficulty=5.0),
    )
    return entry(card, lambda name: KEY if name == "a.png" else "")


def content(found: Entry) -> object:
    assert found.item is not None, found.notes
    return found.item.content


def test_a_basic_note_is_a_card_with_all_that_it_has() -> None:
    found = read(BASIC, 'Who? <img src="a.png">', "<b>Ada</b>", tags="x y::z")
    assert found.outcome is Outcome.EXACT
    assert content(found) == FlipCard(stem=f"Who? ![](picture:{KEY})", answer="**Ada**")
    assert found.item is not None
    assert (found.item.id, found.item.fact, found.item.deck, found.item.tags) == (
        "g",
        "",
        ("A", "B"),
        ("x", "y::z"),
    )
    assert found.item.memory == Memory(stability=3.0, difficulty=5.0)


def test_cards_of_one_note_are_one_fact() -> None:
    both = BASIC._replace(templates=(*BASIC.templates, ("Card 2", "{{Back}}", "{{Front}}")))
    found = read(both, "eau", "water", number=1, several=True)
    assert content(found) == FlipCard(stem="water", answer="eau")
    assert found.item is not None
    assert (found.item.id, found.item.fact) == ("g:2", "g")


def test_what_is_typed_there_is_typed_here() -> None:
    assert content(read(TYPED, "Capital of France?", "Paris")) == ShortAnswer(
        stem="Capital of France?", key="Paris"
    )
    marked = read(TYPED, "Capital?", "<b>Paris</b>")
    assert content(marked) == ShortAnswer(stem="Capital?", key="Paris")
    assert "markup" in marked.notes[0]
    two = TYPED._replace(templates=(("1", "{{Front}}{{type:Back}}{{type:Front}}", "{{Back}}, of course"),))
    found = read(two, "Capital?", "Paris")
    assert content(found) == ShortAnswer(stem="Capital?", key="Paris", rationale="Paris, of course")
    assert "several fields" in found.notes[0]
    assert "empty" in read(TYPED, "Capital?", "").notes[0]


def test_gaps_of_one_number_are_hidden_and_others_shown() -> None:
    text = "The {{c1::Danube::a river}} ends in the {{c2::Black Sea}}; {{c1::Donau}} in <i>German</i>."
    first = read(GAPS, text, "More [sound:x.mp3]", several=True)
    made = content(first)
    assert isinstance(made, Cloze)
    pieces, gaps = parse(made.stem)
    assert gaps == (Gap("Danube"), Gap("Donau"))
    assert pieces == ("The ", " (a river) ends in the Black Sea; ", " in *German*.")
    assert made.rationale == "More"
    assert set(first.notes) == {
        "What a gap shows as a hint stands behind it in brackets.",
        "A sound was left out.",
    }
    second = content(read(GAPS, text, "", number=1, several=True))
    assert isinstance(second, Cloze)
    assert parse(second.stem).gaps == (Gap("Black Sea"),)


@pytest.mark.parametrize(
    ("note_type", "fields", "said"),
    [
        (BASIC, ("", "b"), "front of the card is empty"),
        (BASIC, ("a", ""), "back of the card is empty"),
        (BASIC._replace(templates=()), ("a", "b"), "no template"),
        (GAPS._replace(templates=()), ("{{c1::a}}",), "no template"),
        (GAPS, ("{{c2::a}}",), "number 1"),
        (GAPS._replace(templates=(("1", "{{Text}}", ""),)), ("{{c1::a}}",), "number 1"),
        (GAPS, ("{{c1::image-occlusion:rect:left=.1}}",), "image occlusion"),
        (GAPS, (r"\(x = {{c1::2}}\)",), "within a formula"),
        (GAPS, ('{{c1::<img src="a.png">}} x',), "hides a picture"),
        (NoteType("", False, (), ()), (), "no template"),
    ],
)
def test_what_cannot_come_is_refused_with_its_reason(
    note_type: NoteType, fields: tuple[str, ...], said: str
) -> None:
    found = read(note_type, *fields)
    assert found.item is None
    assert said in found.notes[0]


def test_a_text_with_gaps_stands_where_its_template_puts_it() -> None:
    around = GAPS._replace(templates=(("1", "<p>Fill in:</p>{{cloze:Text}}<p>Well?</p>{{hint:Extra}}", "x"),))
    made = content(read(around, "A {{c1::b}}", "Look"))
    assert isinstance(made, Cloze)
    assert parse(made.stem).pieces == ("Fill in:\n\nA ", "\n\nWell?")
    assert made.hint == "Look"


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("[latex]$x^2$[/latex]", r"\(x^2\)"),
        ("[latex]$$x^2$$[/latex]", r"\[x^2\]"),
        ("[latex]x<br>y[/latex]", r"\(x y\)"),
        ("[$]y[/$]", r"\(y\)"),
        ("[$$]y[/$$]", r"\[y\]"),
        (r"\(z\)", r"\(z\)"),
        ("<anki-mathjax>a</anki-mathjax>", r"\(a\)"),
        ('<anki-mathjax block="true">a</anki-mathjax>', r"\[a\]"),
    ],
)
def test_formulas_are_read_in_all_their_forms(html: str, shown: str) -> None:
    found = content(read(BASIC, html, "b"))
    assert isinstance(found, FlipCard)
    assert found.stem == shown


# --- templates ---


def test_sections_show_what_is_in_them_only_where_a_field_holds_something() -> None:
    values = {"A": "a", "B": "<br>&nbsp;"}
    assert render("{{#A}}1{{B}}{{/A}}{{^A}}2{{/A}}{{#B}}3{{/B}}{{^B}}4{{/B}}", values).html == "1<br>&nbsp;4"
    assert render("{{#A}}{{#B}}no{{A}}{{/B}}yes{{/A}}{{/A}}", values).html == "yes"
    assert (
        render(
            "{{#Tags}}{{Tags}}{{/Tags}}{{#c1}}x{{/c1}}{{#c2}}y{{/c2}}{{#Deck}}z{{/Deck}}", values, tags="t"
        ).html
        == "txz"
    )
    assert render("{{#Tags}}no{{/Tags}}", values).html == ""


def test_filters_say_how_a_field_is_shown() -> None:
    values = {"A": "<b>a</b>", "B": ""}
    assert (
        render("{{text:A}}{{furigana:A}}{{tts en_US:A}}{{FrontSide}}{{Deck}}{{}}{{Nobody}}", values).html
        == "a<b>a</b>"
    )
    found = render("{{type:A}}{{hint:A}}{{hint:B}}{{cloze:A}}{{type:cloze:A}}{{cloze:Nobody}}", values)
    assert (found.html, found.typed, found.hints, found.clozes) == (CLOZE * 2, ["A"], ["A"], ["A", "A"])


def test_a_back_begins_behind_its_line() -> None:
    assert behind_answer('a<hr id="answer">b') == "b"
    assert behind_answer("a") == "a"
    assert is_empty("")
    assert not is_empty("a")


# --- deletions ---


def test_deletions_may_stand_in_one_another() -> None:
    text = "a {{c1::b {{c2::c}} d}} e"
    assert numbers(text) == {1, 2}
    assert deleted(text, 1) == (f"a {PLACE} e", ("b c d",), ("",))
    assert deleted(text, 2) == (f"a b {PLACE} d e", ("c",), ("",))
    assert deleted("{{c1::a {{c1::b}}}}", 1) == (PLACE, ("a b",), ("",))
    assert deleted("{{c1,2::a}}", 2) == (PLACE, ("a",), ("",))


def test_signs_outside_of_deletions_are_letters() -> None:
    assert deleted("a::b }} {{c1::x::y::z}}", 1) == (f"a::b }}}} {PLACE}", ("x",), ("y::z",))
    assert deleted("{{c1::never {{c2::closed", 1) == ("never closed", (), ())

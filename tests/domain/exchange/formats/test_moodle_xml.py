"""Moodle XML: what each type of question becomes, and what is said of what cannot come."""

from __future__ import annotations

from base64 import b64encode
from decimal import Decimal
from io import BytesIO

import msgspec
import pytest

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Bundle, Entry, Item, Medium, Outcome, medium
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.exchange.formats.moodle_xml import MoodleXml
from quizapp.domain.library.grading.verdicts import Strictness
from quizapp.domain.library.kinds.asking.gaps import Gap, parse
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.numeric import Numeric
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse

PIXEL = b"\x89PNG not really"


def read(*questions: str) -> tuple[list[Entry], list[Medium]]:
    data = f"<quiz>{''.join(questions)}</quiz>".encode()
    records = list(MoodleXml().read(BytesIO(data), Options()))
    return [each for each in records if isinstance(each, Entry)], [
        each for each in records if isinstance(each, Medium)
    ]


def asked(sort: str, stem: str, rest: str = "", *, mark: str = "html", extra: str = "") -> str:
    return (
        f'<question type="{sort}"><name><text>A name</text></name>'
        f'<questiontext format="{mark}"><text><![CDATA[{stem}]]></text>{extra}</questiontext>{rest}</question>'
    )


def one(sort: str, stem: str, rest: str = "", *, mark: str = "html", extra: str = "") -> Entry:
    (entry,), _ = read(asked(sort, stem, rest, mark=mark, extra=extra))
    return entry


def answer(text: str, share: float | str = 0, feedback: str = "") -> str:
    said = f"<feedback><text>{feedback}</text></feedback>" if feedback else ""
    return f'<answer fraction="{share}"><text>{text}</text>{said}</answer>'


def content(entry: Entry) -> object:
    assert entry.item is not None, entry.notes
    return entry.item.content


def test_a_single_choice_comes_with_all_that_it_has() -> None:
    rest = (
        answer("Danube", 100, "Yes")
        + answer("Rhine")
        + answer("Elbe", "")
        + "<generalfeedback><text>Ten countries.</text></generalfeedback><idnumber>r1</idnumber>"
        "<hint><text>Blue</text></hint><hint><text></text></hint>"
        "<tags><tag><text>rivers</text></tag><tag><text>rivers</text></tag><tag><text></text></tag></tags>"
        "<correctfeedback><text>Your answer is correct.</text></correctfeedback>"
    )
    path = '<question type="category"><category><text>$course$/top/Rivers</text></category></question>'
    (entry,), _ = read(path, "<other/>", asked("multichoice", "<p>Which <b>river</b>?</p>", rest))
    assert entry.outcome is Outcome.EXACT, entry.notes
    assert (entry.title, entry.place) == ("A name", "question 1, line 1")
    assert entry.item is not None
    assert (entry.item.id, entry.item.deck, entry.item.tags) == ("r1", ("Rivers",), ("rivers",))
    assert content(entry) == SingleChoice(
        stem="Which **river**?",
        rationale="Ten countries.",
        hint="Blue",
        key="Danube",
        distractors=("Rhine", "Elbe"),
        feedback=(("Danube", "Yes"),),
    )


def test_several_right_answers_are_wanted_together() -> None:
    rest = "<single>false</single>" + answer("a", 50) + answer("b", "50") + answer("c", -100)
    assert content(one("multichoice", "Which?", rest)) == MultipleChoice(
        stem="Which?", keys=("a", "b"), distractors=("c",)
    )
    rest = answer("a", 100) + answer("b", 100) + answer("c")
    assert content(one("multichoiceset", "Which?", rest)) == MultipleChoice(
        stem="Which?", keys=("a", "b"), distractors=("c",), partial=False
    )
    assert content(one("oumultiresponse", "Which?", rest)) == MultipleChoice(
        stem="Which?", keys=("a", "b"), distractors=("c",)
    )


def test_what_is_said_to_every_answer_hidden_questions_and_further_hints_are_told() -> None:
    rest = (
        answer("a", 100)
        + answer("b", "no share")
        + "<hidden>1</hidden><hint><text>1</text></hint><hint><text>2</text></hint>"
        "<incorrectfeedback><text>Read page 3.</text></incorrectfeedback>"
    )
    entry = one("multichoice", "Which?", rest)
    assert entry.notes == (
        "Only the first of its hints was taken.",
        "It is hidden there, as deleted questions are.",
        "What is said to every right or wrong answer was left out.",
    )


def test_a_statement_is_judged_and_older_files_keep_shares_in_elements() -> None:
    old = "<answer><text>true</text><fraction>0</fraction></answer><answer><text>false</text><fraction>100</fraction></answer>"
    assert content(one("truefalse", "It rains.", old)) == TrueFalse(stem="It rains.", key=False)
    assert "true" in one("truefalse", "It rains.", answer("yes", 100)).notes[0]


def test_typed_answers_keep_wrong_forms_and_capitals() -> None:
    rest = answer("Rome", 100) + answer("Roma", 100) + answer("Milan", 0) + answer("ROME", 0)
    assert content(one("shortanswer", "Where?", rest)) == ShortAnswer(
        stem="Where?", key="Rome", accept=("Roma",), refuse=("Milan",)
    )
    entry = one("shortanswer", "Where?", "<usecase>1</usecase>" + answer("Rome", 100))
    assert content(entry) == ShortAnswer(stem="Where?", key="Rome", exact=True)
    assert "Capitals" in entry.notes[0]


def test_a_figure_comes_with_its_tolerance_and_units() -> None:
    units = (
        "<units><unit><multiplier>1</multiplier><unit_name>km</unit_name></unit>"
        "<unit><multiplier>1</multiplier><unit_name>kilometres</unit_name></unit>"
        "<unit><multiplier>1000</multiplier><unit_name>m</unit_name></unit></units>"
    )
    rest = (
        '<answer fraction="100"><text>2850</text><tolerance>50</tolerance></answer>'
        + answer("*", 0, "Look again")
        + units
        + "<unitgradingtype>1</unitgradingtype>"
    )
    entry = one("numerical", "How long?", rest)
    assert content(entry) == Numeric(
        stem="How long?",
        rationale="Look again",
        value=Decimal(2850),
        tolerance="50",
        unit="km",
        units=("kilometres",),
        unit_required=True,
    )
    assert any("“m”" in note for note in entry.notes)
    assert content(one("numerical", "How many?", answer("7", 100))) == Numeric(
        stem="How many?", value=Decimal(7)
    )
    assert "no figure" in one("numerical", "How many?", answer("seven", 100)).notes[0]


def test_pairs_and_orders() -> None:
    pair = "<subquestion><text>{}</text><answer><text>{}</text></answer></subquestion>"
    rest = (
        pair.format("Rome", "Italy")
        + pair.format("Oslo", "Norway")
        + pair.format("", "Spain")
        + pair.format("Bern", "Swiss")
    )
    assert content(one("matching", "Match.", rest)) == Matching(
        stem="Match.", pairs=(("Rome", "Italy"), ("Oslo", "Norway"), ("Bern", "Swiss")), extras=("Spain",)
    )
    rest = answer("late", 3) + answer("early", 1) + answer("middle", 2)
    assert content(one("ordering", "Order.", rest)) == Ordering(
        stem="Order.", sequence=("early", "middle", "late"), first="first", last="last"
    )
    drawn = one("ordering", "Order.", rest + "<selecttype>1</selecttype>")
    assert any("drawn" in note for note in drawn.notes)


def test_embedded_answers_become_gaps() -> None:
    stem = (
        "<p>{1:SHORTANSWER:=Rome~%100%Roma#ok~%50%Milan~*#no} is in {2:MC:Spain~=Italy~%0%France}, "
        "founded {:NUMERICAL:=753:5} years before, or {:NM:=750}, by {1:SAC:=Romulus}.</p>"
    )
    entry = one("cloze", stem)
    found = content(entry)
    assert isinstance(found, Cloze)
    assert parse(found.stem).gaps == (
        Gap("Rome", ("Roma",), refuse=("Milan",)),
        Gap("Italy", distractors=("Spain", "France")),
        Gap("753"),
        Gap("750"),
        Gap("Romulus", strictness=Strictness.EXACT),
    )
    assert set(entry.notes) == {
        "“Milan” earns part of the score there; here it is wrong.",
        "Feedback for answers in a gap was left out.",
        "The tolerance of a figure in a gap was left out.",
    }


def test_signs_in_embedded_answers_are_letters_again() -> None:
    found = content(one("multianswer", r"Write {1:SA:=a\~b\}c \#1 &lt;x&gt;} here."))
    assert isinstance(found, Cloze)
    assert parse(found.stem).gaps == (Gap("a~b}c #1 <x>"),)


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("Nothing to fill.", "no gap"),
        ("{1:MULTICHOICE} and {1:SA:=b}", "can’t be read"),
        ("{1:SA:%50%half}", "marked as right"),
        ("{1:NUMERICAL:=zero}", "no figure"),
        ("{1:MULTIRESPONSE:=a~=b}", "MULTIRESPONSE"),
        ('<img src="@@PLUGINFILE@@/{1:SA:=b}.png">', "picture’s name"),
    ],
)
def test_embedded_answers_that_cannot_come_are_refused_by_name(stem: str, said: str) -> None:
    entry = one("cloze", stem)
    assert entry.item is None
    assert said in entry.notes[0]


def test_a_gap_with_one_choice_is_typed() -> None:
    assert "A gap has no wrong choice; here it is typed." in one("cloze", "A {1:MC:=b} c").notes


def test_numbered_gaps_take_their_wrong_options_from_their_group() -> None:
    options = "".join(
        f"<selectoption><text>{text}</text><group>{group}</group></selectoption>"
        for text, group in (("cat", 1), ("mat", 2), ("dog", 1), ("<b>hat</b>", 2))
    )
    found = content(one("gapselect", "<p>The [[1]] sat on the [[2]].</p>", options))
    assert isinstance(found, Cloze)
    assert parse(found.stem).gaps == (Gap("cat", distractors=("dog",)), Gap("mat", distractors=("hat",)))
    boxes = "<dragbox><text>cat</text></dragbox><dragbox><text>dog</text></dragbox>"
    assert isinstance(content(one("ddwtos", "The [[1]] sat.", boxes)), Cloze)
    assert "no choice" in one("ddwtos", "The [[9]] sat.", boxes).notes[0]
    assert "no gap" in one("ddwtos", "The cat sat.", boxes).notes[0]


@pytest.mark.parametrize("sort", ["description", "essay", "calculated", "ddmarker", "random", "kprime"])
def test_what_has_no_kind_here_is_refused_by_name(sort: str) -> None:
    data = f'<question type="{sort}"><questiontext><text>Say all.</text></questiontext></question>'
    (entry,), _ = read(data)
    assert entry.item is None
    assert entry.title == "Say all."
    assert entry.notes[0].endswith(".")


def test_pictures_come_before_the_question_that_shows_them() -> None:
    packed = b64encode(PIXEL).decode()
    within = f'<img src="data:image/png;base64,{packed}" alt="in">'
    file = f'<file name="a b.png" path="/" encoding="base64">{packed}</file><file name="x.mp3">eA==</file>'
    stem = f'<img src="@@PLUGINFILE@@/a%20b.png" alt="out">{within}<img src="@@PLUGINFILE@@/x.mp3"><img src="http://x/y.png">'
    (entry,), media = read(asked("truefalse", stem, answer("true", 100) + answer("false"), extra=file))
    (picture,) = media
    assert picture.data == PIXEL
    shown = content(entry)
    assert isinstance(shown, TrueFalse)
    assert shown.stem == f"![out](picture:{picture.key})![in](picture:{picture.key})"
    assert len(entry.notes) == 2


def test_old_files_keep_a_picture_beside_the_text() -> None:
    verdict = answer("true", 100) + answer("false")
    beside = f"<image>old/moon.gif</image><image_base64>{b64encode(PIXEL).decode()}</image_base64>"
    (entry,), (picture,) = read(asked("truefalse", "See", beside + verdict))
    assert content(entry) == TrueFalse(stem=f"See\n\n![](picture:{picture.key})", key=True)
    (entry,), (picture,) = read(asked("cloze", "See {1:SA:=it}", beside))
    assert isinstance(content(entry), Cloze)
    assert "moon" in one("truefalse", "See", "<image>old/moon.gif</image>" + verdict).notes[0]
    broken = "<image>moon.gif</image><image_base64>é</image_base64>"
    assert content(one("truefalse", "See", broken + verdict)) == TrueFalse(stem="See", key=True)


@pytest.mark.parametrize(
    ("mark", "stem", "shown"),
    [
        ("markdown", "A *b*", "A *b*"),
        ("plain_text", "A <b> & *c*", r"A \<b> & \*c\*"),
        ("moodle_auto_format", "one\n<i>two</i>", "one  \n*two*"),
        ("1", "<i>x</i>", "*x*"),
    ],
)
def test_texts_are_read_as_they_are_marked(mark: str, stem: str, shown: str) -> None:
    from quizapp.domain.language.markup import plain

    found = content(one("truefalse", stem, answer("true", 100) + answer("false"), mark=mark))
    assert isinstance(found, TrueFalse)
    assert plain(found.stem) == plain(shown)


def test_answers_in_markdown_and_texts_of_very_old_files() -> None:
    rest = (
        '<answer fraction="100" format="markdown"><text>*a*  b</text></answer><answer fraction="0">c</answer>'
    )
    data = f'<question type="multichoice"><name>N</name><questiontext>Which?</questiontext>{rest}</question>'
    (entry,), _ = read(data)
    assert content(entry) == SingleChoice(stem="Which?", key="*a* b", distractors=("c",))


def test_another_root_is_refused_in_a_sentence() -> None:
    with pytest.raises(Invalid, match="questestinterop"):
        list(MoodleXml().read(BytesIO(b"<questestinterop><item/></questestinterop>"), Options()))


def test_a_file_is_known_by_its_look() -> None:
    sniff = MoodleXml().sniff
    assert sniff(Peek(head=b'<quiz>\n<question type="x">')) is Likelihood.SURE
    assert sniff(Peek(head=b"<quiz >")) is Likelihood.LIKELY
    assert sniff(Peek(name="a.xml", head=b"<html>")) is Likelihood.NO


# --- writing ---


def again(
    *items: Item, media: tuple[Medium, ...] = ()
) -> tuple[tuple[Entry, ...], list[Entry], list[Medium]]:
    written = MoodleXml().write(Bundle(title="A / b", items=items, media={each.key: each for each in media}))
    records = list(MoodleXml().read(BytesIO(written.data), Options()))
    entries = [each for each in records if isinstance(each, Entry)]
    return written.entries, entries, [each for each in records if isinstance(each, Medium)]


def test_what_moodle_cannot_hold_is_told() -> None:
    contents = {
        "kind": FlipCard(stem="A", answer="B"),
        "partial": None,
        "range": Numeric(stem="How many?", low=Decimal(1), high=Decimal(4), unit="m", unit_required=True),
        "ends": Ordering(stem="O", sequence=("a", "b", "c")),
        "order": Cloze(stem="{{any:a}} and {{any:b}}"),
        "strict": Cloze(stem="{{exact:a}} and {{b|c~d}}"),
        "all": MultipleChoice(stem="M", keys=("a", "b"), distractors=("c", "d"), partial=False),
        "typed": ShortAnswer(stem="S", key="a", distractors=("b", "c"), spelling=True),
        "exact": ShortAnswer(stem="S", key="a*", exact=True),
        "reason": Numeric(
            stem="N", value=Decimal(5), tolerance="1", tolerance_reason="About.", distractors=("7", "9")
        ),
    }
    items = [Item(content=each, id=name) for name, each in contents.items() if each is not None]
    report, back, _ = again(*items)
    notes = {item.id: " ".join(entry.notes) for item, entry in zip(items, report, strict=True)}
    assert "no question of this kind" in notes["kind"]
    assert "middle" in notes["range"]
    assert "two ends" in notes["ends"]
    assert "any order" in notes["order"]
    assert "strictly" in notes["strict"]
    assert "Other right and wrong forms" in notes["strict"]
    assert "part of the score" in notes["all"].casefold()
    assert "only typed" in notes["typed"]
    assert "slip" in notes["typed"]
    assert "capitals" in notes["exact"]
    assert "reason" in notes["reason"]
    assert all(entry.item is not None for entry in back), back
    assert len(back) == len(items) - 1


def test_pictures_formulas_ids_and_tags_come_back() -> None:
    picture = medium("p.webp", PIXEL)
    stem = rf"See ![it](picture:{picture.key}) and \(x<2\), \[y\]"
    item = Item(content=TrueFalse(stem=stem, key=True), id="n" * 101, tags=("t",))
    (report,), (entry,), (file,) = again(item, media=(picture,))
    assert file.data == PIXEL
    assert entry.item is not None
    assert entry.item.deck == ("A / b",)
    assert entry.item.tags == ("t",)
    shown = content(entry)
    assert isinstance(shown, TrueFalse)
    assert shown.stem == stem
    assert "100 letters" in report.notes[0]
    (report,), _, _ = again(item)
    assert "no longer there" in " ".join(report.notes)


def test_a_text_changed_in_the_file_wins_over_its_markdown() -> None:
    item = Item(content=Cloze(stem="A _b_ {{c}} d"), id="1")
    data = MoodleXml().write(Bundle(title="T", items=(item,))).data
    (entry,) = (each for each in MoodleXml().read(BytesIO(data), Options()) if isinstance(each, Entry))
    assert content(entry) == item.content
    changed = data.replace(b" d&lt;/p&gt;", b" e&lt;/p&gt;")
    assert changed != data
    (entry,) = (each for each in MoodleXml().read(BytesIO(changed), Options()) if isinstance(each, Entry))
    assert content(entry) == Cloze(stem="A *b* {{c}} e")


@pytest.mark.parametrize("stem", ["no gap here", "{{"])
def test_markdown_beside_a_cloze_that_is_none_is_not_used(stem: str) -> None:
    item = Item(content=Cloze(stem="A _b_ {{c}} d"), id="1")
    data = MoodleXml().write(Bundle(title="T", items=(item,))).data.replace(b"A _b_ {{c}} d", stem.encode())
    (entry,) = (each for each in MoodleXml().read(BytesIO(data), Options()) if isinstance(each, Entry))
    assert content(entry) == Cloze(stem="A *b* {{c}} d")


def test_letters_that_xml_does_not_know_are_left_out() -> None:
    item = Item(content=TrueFalse(stem="bell \x07 rings\r\nhere", key=True))
    _, (entry,), _ = again(item)
    assert isinstance(content(entry), TrueFalse)


def test_kinds_that_moodle_holds_whole_come_back_as_they_were() -> None:
    contents = (
        MultipleChoice(stem="M", keys=("a", "b"), distractors=("c", "d")),
        Matching(stem="P", pairs=(("a", "1"), ("b", "2"), ("c", "3")), extras=("4",)),
        Ordering(stem="O", sequence=("a", "b", "c"), first="first", last="last"),
        Numeric(stem="N", value=Decimal("2.5"), tolerance="0.5", unit="m"),
        Cloze(stem="It is {{5}} and {{a~b}}."),
    )
    report, back, _ = again(*(Item(content=each, id=f"q{at}") for at, each in enumerate(contents)))
    assert {entry.outcome for entry in (*report, *back)} == {Outcome.EXACT}, back
    assert tuple(content(entry) for entry in back) == contents


def test_every_written_question_is_whole() -> None:
    item = Item(
        content=msgspec.structs.replace(
            SingleChoice(stem="S", key="a", distractors=("b", "c"), feedback=(("b", "No."),)),
            rationale="Because.",
            hint="Look.",
        ),
        id="s1",
    )
    (report,), (entry,), _ = again(item)
    assert report.outcome is Outcome.EXACT
    assert entry.outcome is Outcome.EXACT
    assert content(entry) == item.content

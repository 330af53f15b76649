"""QTI 1.2 as Canvas and older programs write it."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from html import escape
from io import BytesIO

import pytest

from quizapp.domain.exchange.bundle import Entry, Medium, Outcome, Record
from quizapp.domain.exchange.file_format import Options
from quizapp.domain.exchange.formats.qti import Qti
from quizapp.domain.library.kinds.asking.gaps import Gap, parse
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.numeric import Numeric
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse


def material(text: str, mark: str = "text/html") -> str:
    kind = f' texttype="{mark}"' if mark else ""
    return f"<material><mattext{kind}>{escape(text)}</mattext></material>"


def label(name: str, text: str, more: str = "") -> str:
    return f'<response_label ident="{name}"{more}>{material(text, "text/plain")}</response_label>'


def lid(*labels: str, of: str = "r1", cardinality: str = "Single", before: str = "") -> str:
    return f'<response_lid ident="{of}" rcardinality="{cardinality}">{before}<render_choice>{"".join(labels)}</render_choice></response_lid>'


def field(of: str = "r1", sort: str = "", tag: str = "response_str") -> str:
    return (
        f'<{tag} ident="{of}"><render_fib fibtype="{sort}"><response_label ident="a"/></render_fib></{tag}>'
    )


def rule(
    condition: str, score: str = "100", *, action: str = "Set", goes_on: str = "No", said: str = ""
) -> str:
    change = f'<setvar action="{action}" varname="SCORE">{score}</setvar>' if score else ""
    shown = f'<displayfeedback linkrefid="{said}"/>' if said else ""
    return f'<respcondition continue="{goes_on}"><conditionvar>{condition}</conditionvar>{change}{shown}</respcondition>'


def equal(value: str, of: str = "r1", more: str = "") -> str:
    return f'<varequal respident="{of}"{more}>{value}</varequal>'


def item(presentation: str, *rules: str, sort: str = "", more: str = "", name: str = "q1") -> str:
    kind = f"<itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>question_type</fieldlabel><fieldentry>{sort}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata>"
    ident = f' ident="{name}"' if name else ""
    return f'<item{ident} title="A title">{kind if sort else ""}<presentation>{presentation}</presentation><resprocessing>{"".join(rules)}</resprocessing>{more}</item>'


def records(*items: str) -> list[Record]:
    text = f"<questestinterop><assessment><section>{''.join(items)}</section></assessment></questestinterop>"
    return list(Qti().read(BytesIO(text.encode()), Options(name="x.xml")))


def one(presentation: str, *rules: str, sort: str = "", more: str = "") -> Entry:
    (entry,) = records(item(presentation, *rules, sort=sort, more=more))
    assert isinstance(entry, Entry)
    return entry


def content(entry: Entry) -> object:
    assert entry.item is not None, entry.notes
    return entry.item.content


def feedback(name: str, text: str) -> str:
    return f'<itemfeedback ident="{name}"><flow_mat>{material(text)}</flow_mat></itemfeedback>'


ABC = (label("1", "a"), label("2", "b"), label("3", "c"))
ASK = material("<p>Which?</p>")


def test_a_choice_of_canvas_comes_with_its_feedback() -> None:
    rules = (
        rule("<other/>", "", goes_on="Yes", said="general_fb"),
        rule(equal("1"), "", goes_on="Yes", said="1_fb"),
        rule(equal("2"), said="correct_fb"),
        rule("<other/>", "", goes_on="Yes", said="general_incorrect_fb"),
    )
    more = feedback("general_fb", "Read page 2.") + feedback("1_fb", "Not a.") + feedback("9_fb", "")
    found = one(ASK + lid(*ABC), *rules, sort="multiple_choice_question", more=more)
    assert found.outcome is Outcome.EXACT, found.notes
    assert (found.title, found.place) == ("A title", "x.xml, item q1")
    assert content(found) == SingleChoice(
        stem="Which?", rationale="Read page 2.", key="b", distractors=("a", "c"), feedback=(("a", "Not a."),)
    )
    told = one(ASK + lid(*ABC), *rules, more=feedback("general_incorrect_fb", "No."))
    assert told.notes == ("Feedback on an answer was left out.",)


def test_true_and_false_are_a_statement() -> None:
    flow = "<flow>{}</flow>"
    body = flow.format(material("It rains.")) + flow.format(lid(label("1", "True"), label("2", "False")))
    assert content(one(body, rule(equal("2")))) == TrueFalse(stem="It rains.", key=False)


@pytest.mark.parametrize(
    "rules",
    [
        (rule(f"<and>{equal('1')}<not>{equal('2')}</not>{equal('3')}</and>"),),
        (rule(f"{equal('1')}{equal('3')}<not>{equal('2')}</not>"),),
        (
            rule(equal("1"), "50", action="Add", goes_on="Yes"),
            rule(equal("3"), "50", action="Add", goes_on="Yes"),
        ),
    ],
)
def test_several_right_answers_are_found_however_they_are_written(rules: tuple[str, ...]) -> None:
    found = one(ASK + lid(*ABC, cardinality="Multiple"), *rules)
    assert content(found) == MultipleChoice(stem="Which?", keys=("a", "c"), distractors=("b",))


def test_points_are_shares_of_the_most() -> None:
    rules = (
        rule(equal("1"), "2"),
        rule(f"<or>{equal('2')}</or>", "1"),
        rule(equal("3"), "1", action="Subtract"),
    )
    found = one(ASK + lid(*ABC), *rules)
    made = content(found)
    assert isinstance(made, SingleChoice)
    assert made.key == "a"
    assert len(found.notes) == 2
    assert one(ASK + lid(*ABC), rule("<and><unanswered respident='r1'/></and>")).item is None


def test_typed_answers_keep_every_form() -> None:
    rules = (rule(f"{equal('Rome')}{equal('Roma')}"), rule(equal("Milan"), "0"))
    assert content(one(ASK + field(), *rules)) == ShortAnswer(stem="Which?", key="Rome", accept=("Roma",))
    cased = one(ASK + field(), rule(equal("Rome", more=' case="Yes"')))
    assert "Capitals" in cased.notes[0]
    part = one(ASK + field(), rule("<varsubstring respident='r1'>Rom</varsubstring>"))
    assert content(part) == ShortAnswer(stem="Which?", key="Rom")
    assert content(one(ASK + lid(of="r1"), rule(equal("Rome")))) == ShortAnswer(stem="Which?", key="Rome")
    assert "right" in one(ASK + field(), rule(equal("Rome", of="other"))).notes[0]


def test_a_field_within_the_text_leaves_a_blank() -> None:
    found = content(one(material("The", "") + field() + material("is blue.", ""), rule(equal("sky"))))
    assert isinstance(found, ShortAnswer)
    assert r"\_\_\_" in found.stem


def between(low: str, high: str) -> str:
    return f'<vargte respident="r1">{low}</vargte><varlte respident="r1">{high}</varlte>'


def test_figures_and_ranges() -> None:
    around = rule(f"<or>{equal('200')}<and>{between('160', '240')}</and></or>")
    assert content(one(ASK + field(sort="Decimal"), around)) == Numeric(
        stem="Which?", value=Decimal(200), tolerance="40"
    )
    within = rule(between("1", "4"))
    assert content(one(ASK + field(), within)) == Numeric(stem="Which?", low=Decimal(1), high=Decimal(4))
    assert content(one(ASK + field(sort="Integer"), rule(equal("7")))) == Numeric(
        stem="Which?", value=Decimal(7)
    )
    words = content(one(ASK + field(tag="response_num"), rule(equal("seven"))))
    assert words == ShortAnswer(stem="Which?", key="seven")
    assert "one side" in one(ASK + field(), rule('<vargt respident="r1">3</vargt>')).notes[0]


def test_choices_by_figures_are_compared() -> None:
    compared = (
        "".join(f'<{sort} respident="r1">3</{sort}>' for sort in ("vargte", "varlte"))
        + '<not><vargt respident="r1">3</vargt><varlt respident="r1">3</varlt></not>'
    )
    body = ASK + lid(label("3", "three"), label("4", "four"), label("x", "ex"))
    made = content(one(body, rule(compared)))
    assert isinstance(made, SingleChoice)
    assert made.key == "three"


def test_orders_are_read_from_their_rule() -> None:
    body = ASK + lid(*ABC, cardinality="Ordered")
    assert content(one(body, rule(equal("2") + equal("3") + equal("1"), "5", action="Add"))) == Ordering(
        stem="Which?", sequence=("b", "c", "a"), first="first", last="last"
    )
    assert "not all" in one(body, rule(equal("2"))).notes[0]


def gap(name: str, *labels: str, of: str = "") -> str:
    return lid(*labels, of=f"response_{name}", before=material(of or name, ""))


def test_blanks_with_names_are_gaps() -> None:
    text = material("<p>Roses are [one] and [two].</p>")
    body = text + gap("two", label("3", "blue")) + gap("one", label("1", "red"), label("2", "green"))
    rules = (
        rule(equal("1", "response_one"), "50", action="Add"),
        rule(equal("3", "response_two"), "50", action="Add"),
    )
    made = content(one(body, *rules, sort="fill_in_multiple_blanks_question"))
    assert made == Cloze(stem="Roses are {{red|green}} and {{blue}}.")
    chosen = content(one(body, *rules, sort="multiple_dropdowns_question"))
    assert isinstance(chosen, Cloze)
    assert parse(chosen.stem).gaps == (Gap("red", distractors=("green",)), Gap("blue"))
    bank = (
        text
        + gap("one", label("1", "red"), label("2", "grey", ' answer_type="wordbank"'), of="red")
        + gap("two", label("3", "blue"))
    )
    made = content(one(bank, *rules))
    assert isinstance(made, Cloze)
    assert parse(made.stem).gaps[0] == Gap("red", distractors=("grey",))
    assert "Gap 2" in one(body, rules[0]).notes[0]


def test_fields_in_a_row_are_gaps_by_their_order() -> None:
    body = material("A", "") + field("f1") + material("B", "") + field("f2")
    rules = (
        rule(equal("x", "f1"), "1", action="Add", goes_on="Yes"),
        rule(equal("y", "f2"), "1", action="Add"),
    )
    made = content(one(body, *rules))
    assert isinstance(made, Cloze)
    assert parse(made.stem).gaps == (Gap("x"), Gap("y"))
    hidden = '<material><mattext texttype="text/html">&lt;script&gt;[one][two]</mattext></material>'
    told = one(
        hidden + gap("one", label("1", "a")) + gap("two", label("2", "b")), rule(equal("1", "response_one"))
    )
    assert "told apart" in told.notes[0]


def test_lists_with_a_left_side_each_are_pairs() -> None:
    rights = (label("1", "Italy"), label("2", "Norway"), label("3", "Spain"))
    body = ASK + "".join(gap(name, *rights, of=name) for name in ("Rome", "Oslo"))
    rules = (
        rule(equal("1", "response_Rome"), "50", action="Add"),
        rule(equal("2", "response_Oslo"), "50", action="Add"),
    )
    made = content(one(body, *rules, sort="matching_question"))
    assert made == Matching(stem="Which?", pairs=(("Rome", "Italy"), ("Oslo", "Norway")), extras=("Spain",))
    same = (rules[0], rule(equal("1", "response_Oslo"), "50", action="Add"))
    both = content(one(body, *same, sort="matching_question"))
    assert both == Matching(
        stem="Which?", pairs=(("Rome", "Italy"), ("Oslo", "Italy")), extras=("Norway", "Spain")
    )
    assert "in one" in one(body, rules[0]).notes[0]
    assert "in one" in one(ASK + lid(*ABC) + lid(*ABC, of="r2"), rule(equal("1"))).notes[0]
    assert "in one" in one(ASK + lid(*ABC) + field("r2"), rule(equal("1"))).notes[0]


@pytest.mark.parametrize(
    ("presentation", "sort", "said"),
    [
        (ASK + field(), "essay_question", "free text"),
        (ASK, "file_upload_question", "file"),
        (ASK, "calculated_question", "drawn anew"),
        (ASK, "text_only_question", "asks nothing"),
        (ASK, "", "asks nothing"),
        (ASK + '<response_xy ident="r1"/>', "", "on a picture"),
        (ASK + '<response_lid ident="r1"><render_hotspot/></response_lid>', "", "on a picture"),
        (ASK + '<response_num ident="r1"><render_slider/></response_num>', "", "slider"),
        (ASK + '<response_grp ident="r1"/>', "", "response_grp"),
        (ASK + lid(*ABC), "", "what is right"),
    ],
)
def test_what_cannot_come_is_refused_by_name(presentation: str, sort: str, said: str) -> None:
    found = one(presentation, "<respcondition/>", sort=sort)
    assert found.item is None
    assert said in found.notes[0]


def test_an_item_without_a_name_or_a_presentation_is_placed_by_its_line() -> None:
    (found,) = records("<item/>")
    assert isinstance(found, Entry)
    assert found.place == "x.xml, line 1"
    assert found.item is None


def test_materials_of_all_sorts_are_read() -> None:
    body = (
        "<material><mattext>plain &lt;b&gt;\nline</mattext><matbreak/><matimage uri='no.png' label='x'/>"
        "<mataudio/><matvideo/><mattext texttype='text/xhtml'>an <i>own</i> tag</mattext></material>"
    )
    found = one(body + lid(*ABC), rule(equal("1")))
    made = content(found)
    assert isinstance(made, SingleChoice)
    assert made.stem.startswith("plain ")
    assert "*own*" in made.stem
    assert len(found.notes) == 3


def test_canvas_keeps_the_whole_of_a_quiz_beside_a_plainer_copy() -> None:
    quiz = f"<questestinterop>{item('{}', rule(equal('1')))}</questestinterop>"
    shown = material('<img src="$IMS-CC-FILEBASE$/img/a%20b.png?canvas=1"> Which?') + lid(*ABC)
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("g1/assessment_qti.xml", quiz.format(ASK + lid(*ABC)))
        archive.writestr("non_cc_assessments/g1.xml.qti", quiz.format(shown))
        archive.writestr("web_resources/img/a b.png", b"PNG")
        archive.writestr("imsmanifest.xml", "<manifest/>")
    file.seek(0)
    picture, entry = Qti().read(file, Options())
    assert isinstance(picture, Medium)
    assert isinstance(entry, Entry)
    made = content(entry)
    assert isinstance(made, SingleChoice)
    assert made.stem == f"![](picture:{picture.key}) Which?"

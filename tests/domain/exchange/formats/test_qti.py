"""QTI 2 and 3: what each interaction becomes, alone and in packages."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from io import BytesIO

import pytest

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Entry, Medium, Outcome, Record
from quizapp.domain.exchange.conversion import archives
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
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

MATCH = (
    '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"/>'
)
MAP = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/map_response"/>'


def item(
    body: str,
    *right: str,
    cardinality: str = "single",
    base: str = "identifier",
    scores: dict[str, str] | None = None,
    processing: str = MATCH,
    attributes: str = 'identifier="i1" title="A title"',
    more: str = "",
) -> str:
    values = "".join(f"<value>{each}</value>" for each in right)
    correct = f"<correctResponse>{values}</correctResponse>" if right else ""
    entries = "".join(
        f'<mapEntry mapKey="{key}" mappedValue="{score}"/>' for key, score in (scores or {}).items()
    )
    mapping = f"<mapping>{entries}</mapping>" if scores else ""
    declared = (
        f'<responseDeclaration identifier="R" cardinality="{cardinality}" baseType="{base}">'
        f"{correct}{mapping}</responseDeclaration>"
    )
    return f"<assessmentItem {attributes}>{declared}{more}<itemBody>{body}</itemBody>{processing}</assessmentItem>"


def records(text: str) -> list[Record]:
    return list(Qti().read(BytesIO(text.encode()), Options(name="x.xml")))


def one(*args: str, **named: object) -> Entry:
    (entry,) = records(item(*args, **named))  # type: ignore[arg-type]
    assert isinstance(entry, Entry)
    return entry


def content(entry: Entry) -> object:
    assert entry.item is not None, entry.notes
    return entry.item.content


def choices(*options: tuple[str, str], prompt: str = "Which?", sort: str = "choiceInteraction") -> str:
    rows = "".join(f'<simpleChoice identifier="{name}">{text}</simpleChoice>' for name, text in options)
    return f'<{sort} responseIdentifier="R"><prompt>{prompt}</prompt>{rows}</{sort}>'


ABC = (("A", "a<feedbackInline>No: a.</feedbackInline>"), ("B", "b"), ("C", "<b>c</b>"))


def test_a_choice_comes_with_what_is_said_to_each_option() -> None:
    found = one(f"<p>Text.</p>{choices(*ABC)}", "B")
    assert found.outcome is Outcome.EXACT, found.notes
    assert (found.title, found.place) == ("A title", "x.xml, item i1")
    assert found.item is not None
    assert found.item.id == "i1"
    assert content(found) == SingleChoice(
        stem="Text.\n\nWhich?", key="b", distractors=("a", "**c**"), feedback=(("a", "No: a."),)
    )


def test_version_3_reads_the_same() -> None:
    text = (
        '<qti-assessment-item identifier="i" title="T"><qti-response-declaration identifier="R" cardinality="multiple" '
        'base-type="identifier"><qti-correct-response><qti-value>A</qti-value><qti-value>B</qti-value>'
        "</qti-correct-response></qti-response-declaration><qti-item-body>"
        '<qti-choice-interaction response-identifier="R" max-choices="0"><qti-prompt>Which?</qti-prompt>'
        '<qti-simple-choice identifier="A">a</qti-simple-choice><qti-simple-choice identifier="B">b</qti-simple-choice>'
        '<qti-simple-choice identifier="C">c</qti-simple-choice></qti-choice-interaction></qti-item-body>'
        "</qti-assessment-item>"
    )
    (found,) = records(text)
    assert isinstance(found, Entry)
    assert content(found) == MultipleChoice(stem="Which?", keys=("a", "b"), distractors=("c",), partial=False)


def test_true_and_false_are_a_statement() -> None:
    body = choices(("t", "True"), ("f", "False<feedbackInline>Think.</feedbackInline>"), prompt="It rains.")
    found = content(one(body, "t"))
    assert isinstance(found, TrueFalse)
    assert (found.stem, found.key) == ("It rains.", True)
    assert "Think." in found.rationale


def test_scores_count_where_nothing_else_is_declared_right() -> None:
    found = content(one(choices(*ABC), scores={"B": "2", "C": "-1", "A": "0"}, processing=MAP))
    assert isinstance(found, SingleChoice)
    assert found.key == "b"
    half = one(choices(*ABC), "B", scores={"B": "2", "C": "1"}, processing=MAP)
    assert any("part of the score" in note for note in half.notes)


def test_orders_want_all_their_entries() -> None:
    body = choices(("A", "late"), ("B", "early"), ("C", "middle"), sort="orderInteraction")
    assert content(one(body, "B", "C", "A", cardinality="ordered")) == Ordering(
        stem="Which?", sequence=("early", "middle", "late"), first="first", last="last"
    )
    assert "not all" in one(body, "B", "C", cardinality="ordered").notes[0]
    assert "right" in one(body, cardinality="ordered").notes[0]


def associable(*names: str) -> str:
    return "".join(
        f'<simpleAssociableChoice identifier="{name}">{name.lower()}</simpleAssociableChoice>'
        for name in names
    )


SETS = f"<simpleMatchSet>{associable('A', 'B', 'C')}</simpleMatchSet><simpleMatchSet>{associable('X', 'Y', 'Z', 'W')}</simpleMatchSet>"
MATCHED = f'<matchInteraction responseIdentifier="R"><prompt>Match.</prompt>{SETS}</matchInteraction>'


@pytest.mark.parametrize("turned", [False, True])
def test_pairs_are_matched(*, turned: bool) -> None:
    pairs = ["A X", "B Y", "C Z"]
    given = [" ".join(reversed(pair.split())) for pair in pairs] if turned else pairs
    assert content(one(MATCHED, *given, cardinality="multiple")) == Matching(
        stem="Match.", pairs=(("a", "x"), ("b", "y"), ("c", "z")), extras=("w",)
    )


def test_entries_of_one_set_are_paired() -> None:
    body = f'<associateInteraction responseIdentifier="R"><prompt>Pair.</prompt>{associable("A", "B", "C", "D", "E", "F")}</associateInteraction>'
    assert content(one(body, "A B", "C D", "E F", cardinality="multiple")) == Matching(
        stem="Pair.", pairs=(("a", "b"), ("c", "d"), ("e", "f"))
    )


@pytest.mark.parametrize(
    ("body", "right", "said"),
    [
        (MATCHED, (), "what is right"),
        (MATCHED, ("A X", "B X", "A Y"), "several others"),
        (MATCHED, ("A X", "Q Y"), "not there"),
        ('<matchInteraction responseIdentifier="R"/>', ("A X",), "two sets"),
        (choices(*ABC), (), "what is right"),
        ('<hottextInteraction responseIdentifier="R"/>', (), "what is right"),
        ("<p>Read.</p>", (), "asks nothing"),
        ('<extendedTextInteraction responseIdentifier="R"/>', (), "free text"),
        ('<hotspotInteraction responseIdentifier="R"/>', (), "on a picture (hotspotInteraction)"),
        ('<customInteraction responseIdentifier="R"/>', (), "custom"),
        (choices(*ABC) + choices(*ABC), ("A",), "2 questions in one"),
        ('A <textEntryInteraction responseIdentifier="R"/> b', (), "what is right"),
        ('A <textEntryInteraction responseIdentifier="R"/>', (), "what is right"),
        (
            '<inlineChoiceInteraction responseIdentifier="R"><inlineChoice identifier="A">a</inlineChoice></inlineChoiceInteraction>',
            ("Q",),
            "Gap 1",
        ),
        (
            '<gapMatchInteraction responseIdentifier="R"><gapImg identifier="A"/><gap identifier="G"/></gapMatchInteraction>',
            ("A G",),
            "Pictures",
        ),
        (
            '<gapMatchInteraction responseIdentifier="R"><gapText identifier="A">a</gapText><gap identifier="G"/></gapMatchInteraction>',
            ("A H",),
            "no right word",
        ),
        (
            '<gapMatchInteraction responseIdentifier="R"><gapText identifier="A">a</gapText></gapMatchInteraction>',
            ("A G",),
            "gap",
        ),
        (
            '<gapMatchInteraction responseIdentifier="R"><gapText identifier="A">a</gapText><feedbackInline><gap identifier="G"/></feedbackInline></gapMatchInteraction>',
            ("A G",),
            "no gap in its text",
        ),
        (
            '<a href="http://x"><script><textEntryInteraction responseIdentifier="R"/></script></a>',
            ("a",),
            "can’t be kept",
        ),
    ],
)
def test_what_cannot_come_is_refused_by_name(body: str, right: tuple[str, ...], said: str) -> None:
    found = one(body, *right)
    assert found.item is None
    assert said in " ".join(found.notes)


def test_items_that_go_on_or_draw_figures_are_refused() -> None:
    assert "adaptive" in one(choices(*ABC), "A", attributes='adaptive="true"').notes[0]
    assert "drawn anew" in one(choices(*ABC), "A", more='<templateDeclaration identifier="x"/>').notes[0]
    (bare,) = records('<assessmentItem title="T"/>')
    assert isinstance(bare, Entry)
    assert (bare.place, bare.item) == ("x.xml", None)


ENTRY = '<textEntryInteraction responseIdentifier="R"/>'


def test_a_field_at_the_end_is_a_typed_answer() -> None:
    scores = {"York": "1", "york*": "1", "Lancaster": "0.5"}
    found = one(f"<p>Son of {ENTRY}.</p>", "York", base="string", scores=scores, processing=MAP)
    assert content(found) == ShortAnswer(stem="Son of", key="York", accept=("york*",))
    assert any("part of the score" in note for note in found.notes)
    alone = content(one(f"<p>{ENTRY}</p>", "York", base="string"))
    assert isinstance(alone, ShortAnswer)


def test_fields_within_a_text_are_gaps() -> None:
    found = one(
        f"<p>Son of {ENTRY} again</p>",
        "York",
        base="string",
        scores={"York": "1", "Kent": "0.5"},
        processing=MAP,
    )
    assert content(found) == Cloze(stem="Son of {{York|not: Kent}} again")
    assert any("part of the score" in note for note in found.notes)
    options = "".join(f'<inlineChoice identifier="{name}">{name.lower()}</inlineChoice>' for name in "ABC")
    made = content(
        one(
            f'<p>x <inlineChoiceInteraction responseIdentifier="R">{options}</inlineChoiceInteraction></p>',
            "B",
        )
    )
    assert isinstance(made, Cloze)
    assert parse(made.stem).gaps == (Gap("b", distractors=("a", "c")),)


@pytest.mark.parametrize(
    ("mode", "tolerance", "margin"),
    [("absolute", "0.5 0.5", "0.5"), ("relative", "10", "0.25"), ("exact", "", ""), ("absolute", "x", "")],
)
def test_figures_have_their_tolerance(mode: str, tolerance: str, margin: str) -> None:
    processing = f'<responseProcessing><equal toleranceMode="{mode}" tolerance="{tolerance}"><variable identifier="R"/><correct identifier="R"/></equal></responseProcessing>'
    found = content(one(f"<p>How much? {ENTRY}</p>", "2.5", base="float", processing=processing))
    assert isinstance(found, Numeric)
    assert (found.stem, found.value) == ("How much?", Decimal("2.5"))
    assert Decimal(found.tolerance or 0) == Decimal(margin or 0)


def test_a_figure_with_words_behind_it_keeps_its_blank() -> None:
    found = content(one(f"<p>It is {ENTRY} km long.</p>", "7", base="integer", processing=""))
    assert found == Numeric(stem=r"It is \_\_\_\_\_ km long.", value=Decimal(7))
    assert "no figure" in one(f"<p>{ENTRY}</p>", "seven", base="integer").notes[0]
    assert "right" in one(f"<p>{ENTRY}</p>", base="integer").notes[0]


def test_words_of_a_text_are_options() -> None:
    body = '<hottextInteraction responseIdentifier="R"><prompt>Find it.</prompt><p>The <hottext identifier="A">cat</hottext> and <hottext identifier="B">the dog</hottext> runs.</p></hottextInteraction>'
    assert content(one(body, "B")) == SingleChoice(
        stem="Find it.\n\nThe cat and the dog runs.", key="the dog", distractors=("cat",)
    )


def test_gaps_take_words_from_a_bank() -> None:
    body = (
        '<gapMatchInteraction responseIdentifier="R"><prompt>Fill.</prompt><gapText identifier="W">winter</gapText>'
        '<gapText identifier="S">summer</gapText><p>After <gap identifier="G1"/> comes <gap identifier="G2"/>.</p>'
        "</gapMatchInteraction>"
    )
    made = content(one(body, "W G1", "S G2", cardinality="multiple"))
    assert made == Cloze(stem="Fill.\n\nAfter {{winter~summer}} comes {{summer~winter}}.")


def test_what_is_left_out_is_told() -> None:
    own = "<responseProcessing><setOutcomeValue identifier='SCORE'><customOperator/></setOutcomeValue></responseProcessing>"
    body = f"<rubricBlock>Read well.</rubricBlock>{choices(*ABC)}<feedbackBlock>Because.</feedbackBlock>"
    found = one(
        body, "B", processing=own + "<modalFeedback>So.</modalFeedback><modalFeedback> </modalFeedback>"
    )
    assert set(found.notes) == {
        "Instructions beside the question were left out.",
        "Feedback on an answer was left out.",
        "Its own rules of scoring were left out; what it declares as right counts.",
    }


# --- packages ---


def packed(**files: str | bytes) -> BytesIO:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_png", ".png"), data)
    file.seek(0)
    return file


def read(file: BytesIO) -> list[Record]:
    return list(Qti().read(file, Options(name="x.zip")))


def test_a_package_is_read_in_the_order_of_its_manifest_with_its_pictures() -> None:
    shown = '<object type="image/png" data="../img/a%20b.png">A map</object><img src="no.png"/><img src="movie.mp4"/>'
    manifest = '<manifest><resources><resource href="items/z.xml"><file href="items/z.xml"/></resource><resource/></resources></manifest>'
    found = read(
        packed(
            imsmanifest_xml=manifest,
            items__a_xml=item(choices(*ABC), "A", attributes='identifier="second"'),
            items__z_xml=item(shown + choices(*ABC), "B", attributes='identifier="first"'),
            test_xml="<assessmentTest/>",
            broken_xml="<a>",
            **{"img/a b.png": b"PNG", "items/movie.mp4": b"x"},
        )
    )
    entries = [each for each in found if isinstance(each, Entry)]
    (picture,) = (each for each in found if isinstance(each, Medium))
    assert [each.item.id if each.item else each.place for each in entries] == [
        "first",
        "broken.xml",
        "second",
    ]
    assert picture.data == b"PNG"
    made = content(entries[0])
    assert isinstance(made, SingleChoice)
    assert made.stem.startswith(f"![A map](picture:{picture.key})")
    assert len(entries[0].notes) == 2


def test_a_package_may_have_no_manifest_or_a_broken_one() -> None:
    twice = '<img src="a.png"/><img src="a.png"/>'
    for files in ({}, {"imsmanifest_xml": "<a>"}):
        found = read(packed(a_xml=item(twice + choices(*ABC), "A"), a_png=b"PNG", **files))
        assert [type(each) for each in found] == [Medium, Entry]


def test_a_package_without_questions_is_told() -> None:
    with pytest.raises(Invalid, match="no QTI questions"):
        read(packed(a_xml="<a/>"))
    with pytest.raises(Invalid, match="<a>"):
        list(Qti().read(BytesIO(b"<a/>"), Options()))


def test_a_file_is_known_by_its_look() -> None:
    sniff = Qti().sniff
    assert sniff(Peek(head=b"PK", inside=("x/imsmanifest.xml",))) is Likelihood.SURE
    assert sniff(Peek(head=b"PK", inside=("a.xml",))) is Likelihood.POSSIBLE
    assert sniff(Peek(head=b'<q:qti-assessment-item title="x">')) is Likelihood.SURE
    assert sniff(Peek(head=b"<quiz>")) is Likelihood.NO


def test_archives_are_bounded_by_what_they_unpack_to(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid, match="damaged"):
        archives.Archive(BytesIO(b"PK"))
    with monkeypatch.context() as patch:
        patch.setattr(archives, "MOST_UNPACKED", 10)
        with pytest.raises(Invalid, match="too large"):
            read(packed(a_xml=item(choices(*ABC), "A")))
    with monkeypatch.context() as patch:
        patch.setattr(archives, "MOST_ENTRIES", 1)
        with pytest.raises(Invalid, match="too large"):
            read(packed(a_xml="<a/>", b_xml="<a/>"))
    linked = packed(a_xml="<a/>")
    with zipfile.ZipFile(linked, "a") as archive:
        link = zipfile.ZipInfo("b.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(Invalid, match="links to other files"):
        archives.Archive(linked)
    data = bytearray(packed(a_xml="<a/>").getvalue())
    locked = data.copy()
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Invalid, match="password"):
        read(BytesIO(bytes(locked)))
    with pytest.raises(Invalid, match="damaged"):
        archives.Archive(packed(a_xml="<a/>")).read("b.xml")

"""Packages of QTI 2.1 and 3.0 that are written: their structure, what is in them, and what is told of the rest."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from io import BytesIO

import pytest

from quizapp.domain.exchange.bundle import Bundle, Entry, Item, Medium, Outcome, Written
from quizapp.domain.exchange.conversion.trees import Node, whole
from quizapp.domain.exchange.file_format import FileFormat, Options
from quizapp.domain.exchange.formats.qti import Qti
from quizapp.domain.exchange.formats.qti.names import plain_names
from quizapp.domain.exchange.formats.qti.writing.package import Qti21, Qti30
from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.numeric import Numeric
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice

VERSIONS = pytest.mark.parametrize("format", [Qti21(), Qti30()], ids=lambda each: each.name)
KEY = "0123456789abcdef0123456789abcdef"


def written(format: FileFormat, *items: Item | Content, media: dict[str, Medium] | None = None) -> Written:
    wrapped = tuple(each if isinstance(each, Item) else Item(content=each, id="q") for each in items)
    return format.write(Bundle(title="Rivers & lakes", items=wrapped, media=media or {}))


def files(done: Written) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(done.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def back(done: Written) -> list[Entry]:
    records = Qti().read(BytesIO(done.data), Options(name="x.zip"))
    return [each for each in records if isinstance(each, Entry)]


def one(format: FileFormat, item: Item | Content) -> tuple[Entry, Entry]:
    """(what is reported of an item, what is read back of it)."""
    done = written(format, item)
    (report,), (entry,) = done.entries, back(done)
    return report, entry


# What the specification lets stand in each element that is written, and which attributes it may (or, with *,
# must) have. HTML stands for any text.
BODY = "HTML choiceInteraction orderInteraction matchInteraction textEntryInteraction inlineChoiceInteraction"
GRAMMAR = {
    "assessmentItem": (
        "responseDeclaration outcomeDeclaration itemBody responseProcessing modalFeedback",
        "identifier* title* timeDependent* adaptive toolName xmlns*",
    ),
    "responseDeclaration": ("correctResponse mapping", "identifier* cardinality* baseType"),
    "correctResponse": ("value", ""),
    "defaultValue": ("value", ""),
    "value": ("HTML", ""),
    "mapping": ("mapEntry", "defaultValue lowerBound upperBound"),
    "mapEntry": ("", "mapKey* mappedValue* caseSensitive"),
    "outcomeDeclaration": ("defaultValue", "identifier* cardinality* baseType normalMaximum"),
    "itemBody": (BODY, "class"),
    "choiceInteraction": ("simpleChoice", "responseIdentifier* shuffle maxChoices"),
    "orderInteraction": ("simpleChoice", "responseIdentifier* shuffle"),
    "matchInteraction": ("simpleMatchSet", "responseIdentifier* shuffle maxAssociations"),
    "simpleMatchSet": ("simpleAssociableChoice", ""),
    "simpleAssociableChoice": ("HTML", "identifier* matchMax*"),
    "simpleChoice": ("HTML feedbackInline", "identifier*"),
    "feedbackInline": ("HTML", "outcomeIdentifier* identifier* showHide"),
    "textEntryInteraction": ("", "responseIdentifier*"),
    "inlineChoiceInteraction": ("inlineChoice", "responseIdentifier* shuffle"),
    "inlineChoice": ("HTML", "identifier*"),
    "responseProcessing": ("responseCondition setOutcomeValue", ""),
    "responseCondition": ("responseIf", ""),
    "responseIf": ("match equal setOutcomeValue", ""),
    "match": ("variable correct", ""),
    "equal": ("variable correct", "toleranceMode* tolerance"),
    "sum": ("mapResponse", ""),
    "variable": ("", "identifier*"),
    "correct": ("", "identifier*"),
    "mapResponse": ("", "identifier*"),
    "setOutcomeValue": ("variable baseValue mapResponse sum", "identifier*"),
    "baseValue": ("HTML", "baseType*"),
    "modalFeedback": ("HTML contentBody", "outcomeIdentifier* identifier* showHide*"),
    "contentBody": ("HTML", ""),
    "assessmentTest": ("testPart", "identifier* title* xmlns*"),
    "testPart": ("assessmentSection", "identifier* navigationMode* submissionMode*"),
    "assessmentSection": ("assessmentItemRef", "identifier* title* visible*"),
    "assessmentItemRef": ("", "identifier* href*"),
}
XHTML = frozenset(
    "a b blockquote br code em h1 h2 h3 h4 h5 h6 hr i img li ol p pre strong sub sup table tbody td th thead tr ul".split()
)


def check(node: Node) -> None:
    """That an element is as the specification has it, and so all that is within."""
    if node.tag in XHTML:
        assert set(node.attributes) <= {"href", "src", "alt"}
        inner = set(BODY.split())
    else:
        content, attributes = GRAMMAR[node.tag]
        allowed = {name.rstrip("*") for name in attributes.split()}
        must = {name.rstrip("*") for name in attributes.split() if name.endswith("*")}
        given = {name for name in node.attributes if not name.startswith("?")}
        assert must <= given <= allowed, (node.tag, given)
        inner = set(content.split())
        order = [each.tag for each in node.nodes()]
        if node.tag in {"assessmentItem", "responseDeclaration"}:  # where the order is fixed
            assert order == sorted(order, key=content.split().index)
    for part in node.parts:
        if isinstance(part, str):
            assert "HTML" in inner or not part.strip()
        else:
            assert (part.tag in inner) or ("HTML" in inner and part.tag in XHTML), (node.tag, part.tag)
            check(part)


@VERSIONS
def test_each_document_is_as_the_specification_has_it(format: FileFormat) -> None:
    rich = (
        "# A heading\n\nSome **bold**, *other* and `code`, a [link](https://example.org) and \\(x^2\\).\n\n"
        "1. one\n2. two\n\n> said\n\n| a | b |\n| --- | --- |\n| c | d |"
    )
    contents = [example.content for kind in KINDS for example in kind.examples]
    contents.append(
        SingleChoice(
            stem=rich, key="*a* < b", distractors=('"', "'"), rationale=rich, feedback=(('"', "a\n\nb"),)
        )
    )
    found = files(written(format, *contents))
    documents = [name for name in found if name.endswith(".xml") and name != "imsmanifest.xml"]
    assert len(documents) > len(KINDS)
    for name in documents:
        root = whole(BytesIO(found[name]))
        assert root.tag.startswith("qti-") == isinstance(format, Qti30)
        check(plain_names(root))


@VERSIONS
def test_a_document_names_only_what_it_declares(format: FileFormat) -> None:
    contents = [example.content for kind in KINDS for example in kind.examples]
    for name, data in files(written(format, *contents)).items():
        if not name.startswith("item-"):
            continue
        root = plain_names(whole(BytesIO(data)))
        declared = {
            each.attribute("identifier") for each in root.below("responseDeclaration", "outcomeDeclaration")
        }
        used = {
            each.attribute(attribute)
            for each in root.below()
            for attribute in ("responseIdentifier", "outcomeIdentifier")
            if each.attribute(attribute)
        }
        rules = root.node("responseProcessing")
        assert rules is not None
        used |= {
            each.attribute("identifier")
            for each in rules.below("variable", "correct", "mapResponse", "setOutcomeValue")
        }
        assert used == declared, name
        for each in root.below("responseDeclaration"):
            options = {
                option.attribute("identifier")
                for option in root.below("simpleChoice", "inlineChoice", "simpleAssociableChoice")
            }
            if each.attribute("baseType") in {"identifier", "directedPair"}:
                assert {word for value in each.below("value") for word in value.text().split()} <= options


@VERSIONS
def test_the_manifest_lists_every_file_with_its_tags(format: FileFormat) -> None:
    picture = Medium(key=KEY, name="map.webp", data=b"RIFF")
    content = (
        FlipCard(stem="a", answer="b"),
        SingleChoice(stem=f"![The map](picture:{KEY})", key="a", distractors=("b", "c"), difficulty="hard"),
    )
    items = [Item(content=each, id="a/b 1", tags=("lakes & seas", "maps")) for each in content]
    done = written(format, *items, media={KEY: picture})
    found = files(done)
    manifest = whole(BytesIO(found["imsmanifest.xml"]))
    listed = {file.attribute("href") for file in manifest.below("file")}
    assert listed == found.keys() - {"imsmanifest.xml"} == {"test.xml", "item-1.xml", f"images/{KEY}.webp"}
    assert manifest.text("metadata", "schema").startswith("QTI")
    refused, kept = done.entries
    assert refused.outcome is Outcome.REFUSED
    assert refused.notes == ("QTI has no question of this kind.",)
    assert kept.outcome is Outcome.EXACT
    records = list(Qti().read(BytesIO(done.data), Options()))
    (medium,) = (each for each in records if isinstance(each, Medium))
    (entry,) = (each for each in records if isinstance(each, Entry))
    assert medium.data == b"RIFF"
    assert entry.item is not None
    assert (entry.item.id, entry.item.tags) == ("a/b 1", ("lakes & seas", "maps"))
    assert entry.item.content.difficulty == "hard"
    assert entry.item.content.stem == f"![The map](picture:{medium.key})"


def test_markdown_with_a_picture_comes_back_while_the_picture_is_there() -> None:
    picture = Medium(key=KEY, name="map.webp", data=b"RIFF")
    content = SingleChoice(stem=f"It's ![a map](picture:{KEY})", key="a", distractors=("b", "c"))
    done = written(Qti21(), content, media={KEY: picture})
    (medium,) = (each for each in Qti().read(BytesIO(done.data), Options()) if isinstance(each, Medium))
    (entry,) = back(done)
    assert entry.item is not None
    assert entry.item.content.stem == f"It's ![a map](picture:{medium.key})"
    (alone,) = Qti().read(BytesIO(files(done)["item-1.xml"]), Options())
    assert isinstance(alone, Entry)
    assert alone.item is not None
    assert alone.item.content.stem == "It’s a map"
    assert "left out" in alone.notes[0]


def test_a_picture_that_is_gone_is_told() -> None:
    content = SingleChoice(stem=f"Where? ![A map](picture:{KEY})", key="a", distractors=("b", "c"))
    assert written(Qti21(), content).entries[0].notes == ("A picture was left out: it is no longer there.",)


def test_the_same_deck_gives_the_same_bytes() -> None:
    content = SingleChoice(stem="Which?", key="a", distractors=("b", "c"))
    assert written(Qti21(), content).data == written(Qti21(), content).data


@VERSIONS
@pytest.mark.parametrize(
    "content",
    [
        Cloze(stem="The river is {{the Danube|Donau}}."),  # a gap at the end is no typed answer
        Cloze(stem="It has {{2~3~4}} legs."),
        MultipleChoice(stem="Which?", keys=("a", "b"), distractors=("c",), partial=False),
        MultipleChoice(
            stem="Which?", keys=("a",), distractors=("b", "c"), feedback=(("b", "*No*: b.\n\nReally."),)
        ),
        Numeric(stem="How far?", value=Decimal(384400), unit="km", tolerance="100"),
        Numeric(stem="How high?", value=Decimal("8848.86"), unit="m above sea level"),
        Numeric(stem="What is 1 + 1?", value=Decimal(2)),
        Matching(
            stem="What?", pairs=(("Whale", "mammal"), ("Bat", "mammal"), ("Hen", "bird")), extras=("fish",)
        ),
        ShortAnswer(stem="Say `a < b` & “c”", key="<&>", accept=('"',), refuse=("]]>",)),
        SingleChoice(
            stem="- one\n- two ?>", key="__a__", distractors=("*b*", "c -- d"), rationale="It's *so*."
        ),
    ],
)
def test_what_is_written_comes_back_the_same(format: FileFormat, content: Content) -> None:
    report, entry = one(format, content)
    assert report.outcome is Outcome.EXACT, report.notes
    assert entry.outcome is Outcome.EXACT, entry.notes
    assert entry.item is not None
    assert entry.item.content == content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (Cloze(stem="A {{b|c~d~e}} f."), "Other right and wrong forms"),
        (Cloze(stem="A {{*b*~d~e}} f."), "Markup within gaps"),
        (Cloze(stem="A {{any:b}}, {{any:c}} f."), "any order"),
        (Cloze(stem="A {{exact:b}} f."), "How strictly"),
        (Numeric(stem="a", low=Decimal(1), high=Decimal(3)), "middle"),
        (Numeric(stem="a", value=Decimal(1), unit="km", units=("klicks",)), "Other names"),
        (Numeric(stem="a", value=Decimal(1), unit="km", unit_required=True), "shown there"),
        (Numeric(stem="a", value=Decimal(1), tolerance="1", tolerance_reason="Rounded."), "reason"),
        (Numeric(stem="a", value=Decimal(1), distractors=("2", "3")), "wrong options"),
        (Ordering(stem="a", sequence=("a", "b", "c"), first="oldest", last="newest"), "two ends"),
        (Ordering(stem="a", sequence=("b", "a", "c"), first="first", last="last"), "whole order"),
        (ShortAnswer(stem="a", key="b", exact=True), "capitals"),
        (ShortAnswer(stem="a", key="b", spelling=True), "slip of the pen"),
        (ShortAnswer(stem="a", key="b", distractors=("c", "d")), "wrong options"),
        (SingleChoice(stem="~~a~~", key="b", distractors=("c", "d")), "Struck-out"),
        (SingleChoice(stem="3. a\n4. b", key="b", distractors=("c", "d")), "begins with 1"),
        (SingleChoice(stem="a", key="b", distractors=("c", "d"), hint="h"), "hint"),
    ],
)
def test_what_has_no_place_is_told_and_the_rest_comes_back(content: Content, said: str) -> None:
    report, entry = one(Qti21(), content)
    assert report.outcome is Outcome.APPROXIMATED
    assert any(said in note for note in report.notes), report.notes
    assert entry.item is not None, entry.notes
    assert type(entry.item.content) is type(content)


def test_a_gap_in_a_pictures_name_is_refused() -> None:
    content = Cloze(stem=f"![a {{{{b}}}}](picture:{KEY}) c")
    (report,) = written(Qti21(), content).entries
    assert report.item is None
    assert "picture’s name" in report.notes[0]


def test_markdown_beside_a_text_counts_only_while_the_text_is_as_it_was() -> None:
    content = SingleChoice(stem="It's `so`.", key="__a__", distractors=("b", "c"))
    document = files(written(Qti21(), content))["item-1.xml"].decode()
    for changed, stem in (
        (document, "It's `so`."),
        (document.replace("<code>so</code>", "<code>not</code>"), "It’s `not`."),
        (document.replace("<?quizapp ", "<?quizapp x"), "It’s `so`."),
        (document.replace("\"It's", '"\\q'), "It’s `so`."),
    ):
        (entry,) = Qti().read(BytesIO(changed.encode()), Options())
        assert isinstance(entry, Entry)
        assert entry.item is not None
        assert entry.item.content.stem == stem


@pytest.mark.parametrize("name", ["q", "rivers/1", "1a", "-a", "a b", "ä_x41_", "_x2F_", "漢字", ""])
def test_a_question_keeps_its_name(name: str) -> None:
    _, entry = one(Qti21(), Item(content=SingleChoice(stem="a", key="b", distractors=("c", "d")), id=name))
    assert entry.item is not None
    assert entry.item.id == (name or "item")


def test_a_name_with_a_number_that_is_no_letter_stays() -> None:
    data = files(written(Qti21(), SingleChoice(stem="a", key="b", distractors=("c", "d"))))["item-1.xml"]
    (entry,) = Qti().read(BytesIO(data.replace(b'identifier="q"', b'identifier="q_xFFFFFF_"')), Options())
    assert isinstance(entry, Entry)
    assert entry.item is not None
    assert entry.item.id == "q_xFFFFFF_"

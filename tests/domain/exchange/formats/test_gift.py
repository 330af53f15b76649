"""GIFT: every kind of question and every sharp point of its documentation."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Bundle, Entry, Item, Outcome
from quizapp.domain.exchange.file_format import Likelihood, Options, Peek
from quizapp.domain.exchange.formats.gift import Gift
from quizapp.domain.library.kinds.asking.figures import Numeric
from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse


def read(text: str | bytes) -> list[Entry]:
    data = text.encode() if isinstance(text, str) else text
    return [record for record in Gift().read(io.BytesIO(data), Options()) if isinstance(record, Entry)]


def one(text: str) -> Entry:
    (entry,) = read(text)
    return entry


def content(text: str) -> object:
    entry = one(text)
    assert entry.outcome is Outcome.EXACT, entry
    assert entry.item is not None
    return entry.item.content


def test_one_right_answer_with_feedback_and_an_explanation() -> None:
    found = content("Who rules? {=the queen#Yes ~the king#No ~nobody ####She does.}")
    assert found == SingleChoice(
        stem="Who rules?",
        key="the queen",
        distractors=("the king", "nobody"),
        feedback=(("the queen", "Yes"), ("the king", "No")),
        rationale="She does.",
    )


def test_several_right_answers_have_weights() -> None:
    found = content("Which are warm? {~%50%red ~%50%orange ~%-100%blue ~green}")
    assert found == MultipleChoice(
        stem="Which are warm?", keys=("red", "orange"), distractors=("blue", "green")
    )


def test_part_of_the_score_for_a_wrong_answer_is_told() -> None:
    entry = one("Where? {=here ~%50%near ~far}")
    assert entry.notes == ("“near” earns part of the score there; here it is wrong.",)


@pytest.mark.parametrize(
    ("written", "key"), [("T", True), ("TRUE", True), ("true", True), ("F", False), ("FALSE", False)]
)
def test_true_and_false(written: str, key: bool) -> None:
    assert content(f"The sun is a star. {{{written}}}") == TrueFalse(stem="The sun is a star.", key=key)


def test_feedback_of_true_and_false_goes_into_the_explanation() -> None:
    entry = one("It is. {F#wrong#right}")
    assert entry.item is not None
    assert entry.item.content.rationale == "“True”: wrong\n\n“False”: right"
    assert entry.outcome is Outcome.APPROXIMATED


def test_short_answers() -> None:
    assert content("Two and two? {=four =4}") == ShortAnswer(stem="Two and two?", key="four", accept=("4",))


def test_a_missing_word_is_a_gap() -> None:
    assert content("Two and {=two =2} are four.") == Cloze(stem="Two and {{two|2}} are four.")


def test_a_missing_word_beside_a_line_to_write_on_is_typed_below() -> None:
    assert content(r"[markdown]On \\_\\_\\_\\_\\_ two and {=two} are four.") == ShortAnswer(
        stem="On \\_\\_\\_\\_\\_ two and \\_\\_\\_\\_\\_ are four.", key="two"
    )


def test_an_option_may_be_written_in_another_way_than_its_question() -> None:
    assert content("Which? {=[html]<b>this</b> ~[plain]*that* ~none}") == SingleChoice(
        stem="Which?", key="**this**", distractors=("\\*that\\*", "none")
    )


def test_blank_lines_at_the_end_ask_nothing() -> None:
    assert len(read("One {T}\n\nTwo {F}\n\n\n")) == 2


def test_a_missing_word_to_choose_leaves_a_blank() -> None:
    found = content("Two and {=two ~three ~five} are four.")
    assert found == SingleChoice(
        stem="Two and \\_\\_\\_\\_\\_ are four.", key="two", distractors=("three", "five")
    )


@pytest.mark.parametrize(
    ("written", "figures"),
    [
        ("#1822", {"value": Decimal(1822)}),
        ("#1822:2", {"value": Decimal(1822), "tolerance": "2"}),
        ("#=3.14:0.05", {"value": Decimal("3.14"), "tolerance": "0.05"}),
        ("#1..5", {"low": Decimal(1), "high": Decimal(5)}),
        ("#5..1", {"low": Decimal(1), "high": Decimal(5)}),
        ("#3..3", {"value": Decimal(3)}),
        ("#-2.5e3", {"value": Decimal("-2.5e3")}),
        (r"#1822\:2", {"value": Decimal(1822), "tolerance": "2"}),
    ],
)
def test_figures(written: str, figures: dict[str, object]) -> None:
    assert content(f"How many? {{{written}}}") == Numeric(stem="How many?", **figures)  # type: ignore[arg-type]


def test_figures_of_less_worth_are_told() -> None:
    entry = one("When? {#=1822:0#Right =%50%1822:2#Nearly ~#No}")
    assert entry.item is not None
    assert "1822 earns part of the score there; here it is wrong." in entry.notes
    assert "No" in entry.item.content.rationale


@pytest.mark.parametrize("bad", ["#many", "#1,5", "#", "#1..", "#:3", "#=*", "#1_0", "#٣", "#nan", "#inf"])
def test_a_bad_figure_is_refused_and_accepts_nothing(bad: str) -> None:
    assert one(f"How many? {{{bad}}}").outcome is Outcome.REFUSED


def test_pairs_and_what_matches_nothing() -> None:
    found = content("Match. {=Peru -> Lima =Chile -> Santiago =Ecuador -> Quito = -> La Paz}")
    assert found == Matching(
        stem="Match.",
        pairs=(("Peru", "Lima"), ("Chile", "Santiago"), ("Ecuador", "Quito")),
        extras=("La Paz",),
    )


def test_escaped_signs_are_letters() -> None:
    found = content(r"Is \{a\: 1\} \= \#1\~? {=\=yes\n ~no\: \} ~\\(x\\)}")
    assert found == SingleChoice(stem="Is {a: 1} = #1~?", key="=yes", distractors=("no: }", r"\(x\)"))


def test_names_tags_and_categories() -> None:
    text = "$CATEGORY: $course$/top/Bio//Chem/Cells\n\n// question: 1  [id:c\\]1] [tag:easy]\n// [tag:two words]\n::A *title*::What? {=a ~b ~c}\n"
    entry = one(text)
    assert entry.title == "A *title*"
    assert entry.place == "line 5"
    assert entry.item is not None
    assert (entry.item.id, entry.item.tags, entry.item.deck) == (
        "c]1",
        ("easy", "two words"),
        ("Bio/Chem", "Cells"),
    )


@pytest.mark.parametrize(
    ("written", "stem"),
    [
        ("[html]<p>What is <b>H<sub>2</sub>O</b>?</p><script>x</script>", "What is **H₂O**?"),
        ("[markdown]What is *it*?", "What is *it*?"),
        ("[plain]What is *it* and *that*?", "What is \\*it\\* and \\*that\\*?"),
        ("[moodle]What <i>is</i> it?", "What *is* it?"),
        ("What <i>is</i>\nit?", "What *is*  \nit?"),
        ("2 < 3 & a_b?", "2 < 3 & a_b?"),
    ],
)
def test_how_texts_are_written(written: str, stem: str) -> None:
    entry = one(f"{written} {{T}}")
    assert entry.item is not None
    assert entry.item.content.stem == stem


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("Tell me. {}", "essay"),
        ("Only words.", "description"),
        ("Open {=a ~b", "braces do not match"),
        ("Close =a }", "braces do not match"),
        ("Two {=a ~b} sets {=c ~d}", "several sets"),
        ("Before {a =b}", "before the first answer"),
        ("Mixed {=a -> b =c}", "pairs"),
        ("None {~a ~b}", "No answer is marked"),
        ("Twice {=a ~A ~b}", "twice, once right"),
    ],
)
def test_what_cannot_come_says_why(written: str, why: str) -> None:
    entry = one(written)
    assert entry.outcome is Outcome.REFUSED
    assert why in entry.notes[0]


def test_a_bad_question_does_not_stop_the_rest() -> None:
    entries = read("One {=a ~b ~c}\n\nBad {=a ~b\n\nTwo {=a\n\n~b ~c}\n\n::Three::\n{T}")
    assert [entry.outcome.value for entry in entries] == ["exact", "refused", "exact", "refused"]
    assert [entry.place for entry in entries] == ["line 1", "line 3", "line 5", "line 9"]


@pytest.mark.parametrize("data", [b"\xff\xfeW\0", b"What \xe9? {T}", b"a\0b {T}", b"x" * 1_000_001])
def test_a_file_that_is_no_utf_8_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(Invalid, match=r"Line|UTF"):
        read(data)


def test_old_line_ends_and_marks_are_read() -> None:
    entries = read(b"\xef\xbb\xbfOne {T}\r\rTwo {F}\r\n\r\nThree {T}")
    assert [entry.outcome.value for entry in entries] == ["exact"] * 3


@pytest.mark.parametrize(
    ("name", "head", "likely"),
    [
        ("a.gift", b"", Likelihood.SURE),
        ("a.txt", b"$CATEGORY: x", Likelihood.SURE),
        ("a.txt", b"::a:: b {=c}", Likelihood.SURE),
        ("", b"a {=b ~c}", Likelihood.LIKELY),
        ("a.txt", b"a,b", Likelihood.NO),
        ("a.csv", b"a {=b ~c}", Likelihood.NO),
        ("a.txt", b"\0", Likelihood.NO),
    ],
)
def test_a_file_is_known_by_its_look(name: str, head: bytes, likely: Likelihood) -> None:
    assert Gift().sniff(Peek(name=name, head=head)) is likely


def test_what_gift_cannot_hold_is_in_the_report() -> None:
    items = (
        Item(
            content=Numeric(
                stem="How far?",
                value=Decimal(8),
                unit="km",
                tolerance="1%",
                tolerance_reason="r",
                distractors=("1", "2"),
                hint="h",
            )
        ),
        Item(content=ShortAnswer(stem="Who?", key="Ann", distractors=("Bob", "Cy"), exact=True)),
        Item(content=MultipleChoice(stem="Which?", keys=("a", "b"), distractors=("c",), partial=False)),
        Item(content=Cloze(stem="A {{b~c~d}} e.")),
        Item(content=Cloze(stem="A {{b}}")),
        Item(
            content=SingleChoice(
                stem=f"![A *map*](picture:{'0' * 32}) Where?", key="a", distractors=("b", "c")
            )
        ),
    )
    done = Gift().write(Bundle(title="A/B", items=items))
    assert [len(entry.notes) for entry in done.entries] == [4, 2, 1, 1, 1, 1]
    assert [entry.outcome.value for entry in done.entries][4] == "refused"
    assert b"$CATEGORY: $course$/A//B\n" in done.data
    assert b"{#8:0.08}" in done.data


def written(item_content: Content) -> tuple[str, tuple[str, ...]]:
    done = Gift().write(Bundle(title="t", items=(Item(content=item_content),)))
    return done.data.decode(), done.entries[0].notes


@pytest.mark.parametrize(
    ("item_content", "text"),
    [
        (TrueFalse(stem="It is.", key=True), "It is. {TRUE}"),
        (TrueFalse(stem="It is.", key=False), "It is. {FALSE}"),
        (Numeric(stem="How many?", low=Decimal(1), high=Decimal("2.5")), "{#1..2.5}"),
        (ShortAnswer(stem="Who?", key="Ann", accept=("A*n",), refuse=("Bob",)), "{=Ann =A\\\\*n =%0%Bob }"),
        (
            Matching(stem="M", pairs=(("Peru", "Lima"), ("Chile", "Santiago")), extras=("Quito",)),
            "{=Peru -> Lima =Chile -> Santiago = -> Quito }",
        ),
    ],
)
def test_what_gift_can_hold_is_written_without_loss(item_content: Content, text: str) -> None:
    data, notes = written(item_content)
    assert text in data
    assert notes == ()
    assert content(data) == item_content


def test_a_card_to_turn_is_nothing_for_gift() -> None:
    assert written(FlipCard(stem="q", answer="a"))[1] == ("GIFT has no question of this kind.",)

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.errors import InvalidContent, MalformedResponse
from quizapp.domain.language.forgiven import Forgiven
from quizapp.domain.library.grading.verdicts import Strictness
from quizapp.domain.library.kinds.asking.gaps import Gap, GappedText, dump, parse
from quizapp.domain.library.kinds.base import (
    Choices,
    Chosen,
    Format,
    GaveUp,
    Outline,
    Part,
    Response,
    TextEntry,
    Typed,
)
from quizapp.domain.library.kinds.cloze import Cloze, ClozeKind
from tests.counting import calls

KIND = ClozeKind()
VISIT = Cloze(stem="It took place in {{May|mai~June~April}} {{2024~2022~2023}}.", hint="Spring.")


def problems(stem: str) -> list[str]:
    found = KIND.problems(Cloze(stem=stem))
    assert {problem.field for problem in found} <= {"stem"}
    return [problem.message for problem in found]


# --- the grammar ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stem", "pieces", "gaps"),
    [
        ("In {{May}}.", ("In ", "."), (Gap("May"),)),
        ("{{a|b|c~d~e}}", ("", ""), (Gap("a", ("b", "c"), ("d", "e")),)),
        ("{{a~d|b}}", ("", ""), (Gap("a", ("b",), ("d",)),)),
        ("{{a|not: b|c|not:d~not: e}}", ("", ""), (Gap("a", ("c",), ("not: e",), refuse=("b", "d")),)),
        (r"{{a|not\: b|c\\: d}}", ("", ""), (Gap("a", ("not: b", r"c\: d")),)),
        ("{{ a | b }}{{c}}", ("", "", ""), (Gap("a", ("b",)), Gap("c"))),
        (r"\{\{a}} {{\|\~\{\}\\}} \n", ("{{a}} ", r" \n"), (Gap(r"|~{}\ ".strip()),)),
        (r"a \* b \\* {{x\y}}", (r"a \* b \* ", ""), (Gap(r"x\y"),)),
        ("{a} | ~ }} {{{b}}}", ("{a} | ~ }} ", "}"), (Gap("{b"),)),
        ("no gap", ("no gap",), ()),
        ("two\n{{lines\nhere}}", ("two\n", ""), (Gap("lines\nhere"),)),
    ],
)
def test_a_stem_is_read(stem: str, pieces: tuple[str, ...], gaps: tuple[Gap, ...]) -> None:
    assert parse(stem) == GappedText(pieces, gaps)


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("{{}}", "empty form"),
        ("{{a|}}", "empty form"),
        ("{{ ~a}}", "empty form"),
        ("{{a}} {{b", "Close gap 2"),
        ("{{a {{b}}", "Close gap 1"),
        ("{{a}", "Close gap 1"),
    ],
)
def test_a_stem_that_cannot_be_read_says_where(stem: str, said: str) -> None:
    with pytest.raises(InvalidContent, match=said):
        parse(stem)
    assert said in problems(stem)[0]


SPECIAL = st.text(alphabet="ab|~{}\\: \n", max_size=12)
FORM = st.builds("{}{}".format, st.sampled_from(["", "not:", "any:"]), SPECIAL).map(str.strip).filter(bool)
FORMS = st.lists(FORM, max_size=3).map(tuple)
GAPS = st.lists(st.builds(Gap, FORM, FORMS, FORMS, refuse=FORMS), max_size=4).map(tuple)


@given(st.data(), GAPS)
def test_a_text_written_is_read_back(data: st.DataObject, gaps: tuple[Gap, ...]) -> None:
    count = len(gaps) + 1
    pieces = data.draw(st.lists(SPECIAL, min_size=count, max_size=count).map(tuple))
    gapped = GappedText(pieces, gaps)
    assert parse(dump(gapped)) == gapped


@given(st.text(alphabet="ab|~{}\\ ", max_size=30) | st.text(max_size=60))
def test_any_stem_is_read_or_refused_and_writing_it_again_is_stable(stem: str) -> None:
    try:
        gapped = parse(stem)
    except InvalidContent:
        return
    assert parse(dump(gapped)) == gapped


# --- soundness -----------------------------------------------------------------------------------


def test_sound_content_has_no_problems() -> None:
    assert problems(VISIT.stem) == []
    assert problems("In {{May}}.") == []
    assert problems("The {{Slovenia~Slovakia~Slovenie}} coast.") == []
    assert problems("{{twenty gaps}}, " * 20) == []


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("", "empty"),
        ("x" * 4001, "Shorten"),
        ("a\x00", "Remove"),
        ("No gap.", "Mark at least one gap"),
        ("{{a}} {{b}}", "some text around"),
        ("x {{a}} " * 21, "at most 20 gaps"),
        ("In {{May|May}}.", "is there twice"),
        ("In {{May~June~june}}.", "is there twice"),
        ("In {{May~May~June}}.", "is there twice"),
        ("In {{fifth~5th~6th}}.", "graded right"),
        ("In {{5~five~6}}.", "graded right"),
        (f"In {{{{5~{'~'.join(map(str, range(6, 27)))}}}}}.", "at most 20"),
        ("In {{" + "x" * 1001 + "}}.", "Shorten"),
        ("In {{May|" + "x" * 1001 + "}}.", "Shorten"),
    ],
)
def test_unsound_content_says_what_to_do(stem: str, said: str) -> None:
    assert any(said in message for message in problems(stem))


# --- asking and grading --------------------------------------------------------------------------


def test_it_is_chosen_first_where_every_gap_has_two_distractors() -> None:
    assert KIND.formats(VISIT) == (Format.CHOOSE, Format.TYPE)
    assert KIND.formats(Cloze(stem="{{May~June~April}} {{2024}}.")) == (Format.TYPE,)
    assert KIND.formats(Cloze(stem="{{May~June}}.")) == (Format.TYPE,)


def test_prompts_stand_in_pieces_with_a_control_for_each_gap() -> None:
    typed = KIND.prompt(VISIT, Format.TYPE, "s")
    assert (typed.stem, typed.pieces) == ("", ("It took place in ", " ", "."))
    assert typed.controls == (TextEntry("gap1", "Gap 1"), TextEntry("gap2", "Gap 2", numeric=True))
    assert typed.has_hint
    chosen = KIND.prompt(VISIT, Format.CHOOSE, "s").controls
    assert [isinstance(control, Choices) and sorted(control.options) for control in chosen] == [
        ["April", "June", "May"],
        ["2022", "2023", "2024"],
    ]


def test_each_gap_is_graded_on_its_own() -> None:
    assert KIND.grade(VISIT, Typed(("May", "2024"))).right
    grade = KIND.grade(VISIT, Typed(("may", "2023")))
    assert grade.parts == (Part("may", "May", 1.0, (Forgiven.CASE,)), Part("2023", "2024", 0.0))
    assert grade.score == 0.5
    assert KIND.grade(VISIT, Typed(("", ""))).score == 0
    assert KIND.grade(VISIT, GaveUp()).parts == (Part("", "May", 0.0), Part("", "2024", 0.0))


@pytest.mark.parametrize("text", ["240", "240.0", "240,0", "２４０", "two hundred and forty", "2.4e2"])
def test_a_number_is_compared_as_a_number(text: str) -> None:
    assert KIND.grade(Cloze(stem="{{240}} billion"), Typed((text,))).right


@pytest.mark.parametrize(
    ("key", "text"), [("240", "241"), ("240", "2400"), ("seventy", "sevnty"), ("240", "24O")]
)
def test_a_number_is_never_a_slip(key: str, text: str) -> None:
    assert not KIND.grade(Cloze(stem="x {{" + key + "}}"), Typed((text,))).right


def test_another_gaps_key_is_no_slip_of_this_one() -> None:
    content = Cloze(stem="{{affect}} is not {{effect}}")
    assert KIND.grade(content, Typed(("effect", "affect"))).score == 0
    assert KIND.grade(content, Typed(("affect", "effect"))).right
    assert KIND.grade(Cloze(stem="{{war}} and {{war}}"), Typed(("war", "war"))).right


@pytest.mark.parametrize("response", [Typed(()), Typed(("May",)), Typed(("a", "b", "c")), Chosen(("May",))])
def test_other_responses_are_refused(response: Response) -> None:
    with pytest.raises(MalformedResponse):
        KIND.grade(VISIT, response)


def test_outline_headline_and_chance() -> None:
    assert KIND.outline(VISIT) == Outline(("May", "2024"), ("mai",), ("June", "April", "2022", "2023"))
    assert KIND.headline(VISIT) == "It took place in ____ ____."
    assert KIND.chance(VISIT, Format.CHOOSE) == pytest.approx(1 / 9)
    assert KIND.chance(VISIT, Format.TYPE) == 0.01
    many = Cloze(stem="x {{a~b~c}}" * 9)
    assert KIND.chance(many, Format.CHOOSE) == 0.01


@given(st.text(max_size=2000), st.text(max_size=30))
def test_any_texts_are_graded_alike_in_nfc_and_nfd(first: str, second: str) -> None:
    grade = KIND.grade(VISIT, Typed((first, second)))
    assert 0 <= grade.score <= 1
    for form in ("NFC", "NFD"):
        texts = tuple(unicodedata.normalize(form, text) for text in (first, second))
        other = KIND.grade(VISIT, Typed(texts))
        assert (other.score, other.forgiven) == (grade.score, grade.forgiven)


def test_long_answers_are_wrong_at_little_cost() -> None:
    given = Typed(("a" * 1_000_000, "1" * 1_000_000))
    assert KIND.grade(VISIT, given).score == 0
    assert calls(lambda: KIND.grade(VISIT, given)) < 1_000, "whatever is too long is not read"


def test_examples_are_sound_and_graded_as_they_say() -> None:
    for example in KIND.examples:
        assert KIND.problems(example.content) == ()
        assert all(KIND.grade(example.content, response).right for response in example.right)
        assert all(KIND.grade(example.content, response).partly for response in example.partly)
        assert all(KIND.grade(example.content, response).score == 0 for response in example.wrong)


def test_neighbouring_gaps_may_be_filled_in_either_order() -> None:
    roots = Cloze(stem="The roots are {{2}} and {{3}}.")
    assert KIND.grade(roots, Typed(("3", "2"))).right
    assert KIND.grade(roots, Typed(("3", "3"))).score == 0.5
    apart = Cloze(stem="{{any:red}} is a colour; so is {{any:blue}}, says {{she}}.")
    assert KIND.grade(apart, Typed(("blue", "red", "she"))).right
    assert KIND.grade(Cloze(stem="between {{1939}} and {{1945}}"), Typed(("1945", "1939"))).score == 0
    assert KIND.grade(Cloze(stem="{{a1}} and {{b2}} respectively"), Typed(("b2", "a1"))).score == 0
    many = Cloze(stem="Name " + ", ".join(f"{{{{word{i}}}}}" for i in range(7)))
    assert KIND.grade(many, Typed(tuple(f"word{i}" for i in range(7)))).right


def test_a_gap_says_how_strictly_it_is_graded() -> None:
    exact, spelled = Cloze(stem="x {{exact:naïve}}"), Cloze(stem="x {{spelling:letter}}")
    assert KIND.grade(exact, Typed(("naïve",))).right
    assert not KIND.grade(exact, Typed(("naive",))).right
    assert KIND.grade(spelled, Typed(("Letter",))).right
    assert not KIND.grade(spelled, Typed(("leter",))).right


def test_a_gap_refuses_what_is_near_but_wrong() -> None:
    plain, refusing = Cloze(stem="on the {{Danube}}"), Cloze(stem="on the {{Danube|not: Danubee}}")
    assert KIND.grade(plain, Typed(("Danubee",))).right
    assert KIND.grade(refusing, Typed(("Danubee",))).score == 0
    assert KIND.grade(refusing, Typed(("Dnaube",))).right
    assert KIND.formats(refusing) == (Format.TYPE,)
    assert KIND.judged_by(plain) != KIND.judged_by(refusing)
    assert "also accepted" in problems("on the {{Danube|not: Danube}}")[0]


def test_what_grading_is_not_sure_of_in_a_gap_is_accepted_or_refused_for_good() -> None:
    content = Cloze(stem="The post praises the {{partial mobilisation}} in {{Harbin}}.")
    given = Typed(("mobilisation", "Harbin"))
    assert KIND.grade(content, given).undecided
    refused = KIND.refusing(content, given)
    assert refused is not None
    assert parse(refused.stem).gaps[0].refuse == ("mobilisation",)
    assert parse(refused.stem).gaps[1].refuse == ()
    assert KIND.grade(refused, given).score == 0.5
    assert not KIND.grade(refused, given).undecided
    accepted = KIND.accepting(refused, given)
    assert accepted is not None
    assert parse(accepted.stem).gaps[0][1:] == (("mobilisation",), (), Strictness.MEANING, False, ())
    assert KIND.grade(accepted, given).right
    assert KIND.refusing(content, GaveUp()) is None


def test_gaps_of_other_programs_and_formulas_are_read() -> None:
    assert parse("{{c1::May}} 2024").gaps[0].key == "May"
    assert parse(r"{{\(\frac{1}{2}\)}} is half").gaps[0].key == r"\(\frac{1}{2}\)"
    assert parse(r"\(\frac{{a}}{b}\) is {{x}}").pieces[0] == r"\(\frac{{a}}{b}\) is "
    with pytest.raises(InvalidContent, match="Hint"):
        parse("{{c1::May::month}} 2024")


@pytest.mark.parametrize(
    "stem", ["{{exact:a}} {{spelling:any:b|c~d~e}}", r"{{exact\:a}}", r"a \{ \(x_{1}\) {{\(y^{2}\)}}"]
)
def test_marks_and_formulas_survive_writing(stem: str) -> None:
    assert parse(dump(parse(stem))) == parse(stem)

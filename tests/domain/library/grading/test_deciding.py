"""Decisions on typed answers: kinds of answer that are right, unsure or wrong, and what never is forgiven."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.domain.library.grading.deciding import decide
from quizapp.domain.library.grading.verdicts import Forgiven, Judgement, Question, Strictness, Verdict

F = Forgiven


def verdict(answer: str, *forms: str, **asked: object) -> str:
    return decide(answer, Question(forms, **asked)).verdict  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "form", "forgiven"),
    [
        ("Harbin", "Harbin", ()),
        ("  Harbin ", "Harbin", ()),
        ("Har\u200bbin\ufeff", "Harbin", ()),
        ("Xi’an", "Xi'an", ()),
        ("e‑mail", "e-mail", ()),
        ("e\u0301lan", "élan", ()),
        ("mc²", "mc^2", ()),
        ("harbin", "Harbin", (F.CASE,)),
        ("ΣΊΣΥΦΟΣ", "Σίσυφος", (F.CASE,)),
        ("newyork", "New York", (F.CASE, F.SPACING)),
        ("Elan", "Élan", (F.ACCENTS,)),
        ("STRASSE", "Straße", (F.CASE, F.ACCENTS)),
        ("Lodz", "Łódź", (F.ACCENTS,)),
        ("email", "e-mail", (F.HYPHENS,)),
        ("A-level", "A level", (F.HYPHENS,)),
        ("the teams' long room", "the teams long room", (F.PUNCTUATION,)),
        ("Moscow – Beijing", "Moscow-Beijing", (F.HYPHENS,)),
        ("Harbin.", "Harbin", (F.PUNCTUATION,)),
        ("dont", "don't", (F.PUNCTUATION,)),
        ("US", "U.S.", (F.PUNCTUATION,)),
        ("¡Me gusta!", "Me gusta", (F.PUNCTUATION,)),
        ("research & development", "research and development", (F.PUNCTUATION,)),
        ("the Kremlin", "Kremlin", (F.ARTICLE,)),
        ("take", "to take", (F.ARTICLE,)),
        ("4th", "fourth", (F.ORDINAL,)),
        ("the fourth", "4th", (F.ARTICLE, F.ORDINAL)),
        ("leter", "letter", (F.SLIP,)),
        ("Karkhiv", "Kharkiv", (F.SLIP,)),
        ("Fourth Industrail Revolution", "Fourth Industrial Revolution", (F.SLIP,)),
        ("Power of Sibera 2", "Power of Siberia 2", (F.SLIP,)),
        ("240.0", "240", (F.NUMBER_FORMAT,)),
        ("ten", "10", (F.NUMBER_FORMAT,)),
        ("5 metres", "5 m", (F.UNIT_FORMAT,)),
        ("May 16, 2024", "16 May 2024", (F.DATE_FORMAT,)),
        ("blue, white and red", "red, white and blue", (F.WORD_ORDER,)),
        ("2 tigers", "two tigers", (F.OTHER_WORDS,)),
        ("World War 2", "World War II", (F.OTHER_WORDS,)),
        ("dog houses", "doghouse", (F.OTHER_WORDS,)),
        ("remaining", "remaining/leftover", (F.OTHER_WORDS,)),
        ("to take", "to take (a photo)", (F.OTHER_WORDS,)),
        ("colors", "colours", (F.OTHER_WORDS,)),
        ("University of Harbin", "Harbin University", (F.WORD_ORDER,)),
    ],
)
def test_what_can_be_nothing_else_is_right(answer: str, form: str, forgiven: tuple[Forgiven, ...]) -> None:
    assert decide(answer, Question((form,))) == Judgement(Verdict.RIGHT, form, forgiven)


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("", "Harbin"),
        ("\u200b", "Harbin"),
        ("x" * 1001, "x" * 1001),
        # signs, operators, brackets, superscripts, code
        ("sin x", "-sin x"),
        ("-sin x", "sin x"),
        ("∞", "-∞"),
        ("π", "-π"),
        ("a/b", "-a/b"),
        ("x = y", "x != y"),
        ("p", "!p"),
        ("n", "n!"),
        ("(0,1)", "[0,1]"),
        ("[2, 3)", "(2, 3]"),
        ("O", "O-"),
        ("Cl", "Cl⁻"),
        ("A", "A-"),
        ("help", "--help"),
        ("ospath", "os.path"),
        ("n1", "n-1"),
        ("2x3", "2x-3"),
        ("23", "2³"),
        # codes and bounds
        ("3.1", "3.10"),
        ("7", "007"),
        ("3", "In3+"),
        ("3 million", "3M"),
        ("5 million", "5 m"),
        ("more than 18", "at least 18"),
        ("5,000", "5"),
        ("1069", "01069"),
        # other words
        ("photon", "proton"),
        ("Yeats", "Keats"),
        ("Prussia", "Russia"),
        ("hair", "chair"),
        ("Merlin", "Berlin"),
        ("Binet", "Bizet"),
        ("Louis XVII", "Louis XVIII"),
        ("sevnty", "seventy"),
        ("atypical", "typical"),
        ("哈尔滨工程大学", "哈尔滨工业大学"),
        ("its", "it's"),
        ("we're", "were"),
        ("de sofas", "de sofa's"),
        ("das Hammer", "der Hammer"),
        ("minor", "A minor"),
        ("Co", "CO"),
        ("AA", "Aa"),
        ("aa", "AA"),
        ("NAOT", "NATO"),
        ("か", "が"),
        # contradictions
        ("not Harbin", "Harbin"),
        ("Harbin or Beijing", "Harbin"),
        ("17 May 2024", "16 May 2024"),
        ("May 2023", "May 2024"),
        ("World War I", "World War II"),
        ("300 BC", "300 AD"),
        ("A minor", "minor"),
        ("it's", "its"),
        ("of the", "Harbin"),
    ],
)
def test_what_tells_two_answers_apart_is_never_forgiven(answer: str, form: str) -> None:
    assert verdict(answer, form) == Verdict.WRONG


@pytest.mark.parametrize(
    ("stem", "answer", "form"),
    [
        ("Which famous school did Sheriff found?", "Rugby School", "Rugby"),
        ("Which famous school did Sheriff found?", "Rugby", "Rugby School"),
        ("Which role did China want to play?", "a constructive role", "constructive"),
        ("In which year was the plan made?", "February 2022", "2022"),
        ("In which year was the plan made?", "2022", "16 May 2022"),
        ("In which month of 2024 was it?", "in March 2024", "March"),
        ("Who wrote it?", "Palmer", "Robert Palmer"),
        ("Who wrote it?", "Sir Robert James Palmer", "Robert Palmer"),
        ("Who wrote it?", "R. Palmer", "Robert Palmer"),
        ("Who is president of France?", "the French president Emmanuel Macron", "Emmanuel Macron"),
        ("Who is it?", "Ursula van der Leyen", "Ursula von der Leyen"),
        ("Which city is it?", "the city of Harbin", "Harbin"),
        ("Where did they meet?", "Paris, France", "Paris"),
        ("Which country won?", "the Japanese", "Japan"),
        ("Who painted it?", "Monet France", "Monet"),
        ("What hit Europe?", "the growing economic crisis hit world trade", "economic crisis of world trade"),
    ],
)
def test_the_questions_words_titles_and_more_precision_count_for_nothing(
    stem: str, answer: str, form: str
) -> None:
    assert verdict(answer, form, stem=stem) == Verdict.RIGHT


@pytest.mark.parametrize(
    ("stem", "answer", "form"),
    [
        ("Which is larger, a lion or a tiger?", "lion tiger", "tiger"),
        ("In which month of 2024 was it?", "March 2023", "March"),
        ("What is the full name of the author?", "Palmer", "Robert Palmer"),
        ("Who wrote it?", "Anna Palmer", "Robert Palmer"),
        ("Which school is it?", "school", "Rugby School"),
        ("Name the colours.", "red, red and blue", "red, white and blue"),
        ("In which year was it?", "1200 BC", "1200"),
        ("When was it?", "16 May", "4 June 1945 or so"),
        ("Which city is it?", "New York and Boston", "New York"),
        ("Which city is it?", "New York/Boston", "New York"),
        ("Who wrote it?", "Bach 2", "Johann Sebastian Bach"),
    ],
)
def test_but_not_where_they_are_what_is_asked(stem: str, answer: str, form: str) -> None:
    assert verdict(answer, form, stem=stem) != Verdict.RIGHT


def test_where_a_teacher_would_ask_back_it_is_unsure() -> None:
    assert verdict("electric fire in the kitchen", "electrical fire", stem="What happened?") == Verdict.UNSURE
    assert (
        verdict("Michael Madhusudan Duta", "Michael Madhusudan Dutta") == Verdict.UNSURE
    )  # perhaps someone else


def test_a_refused_form_or_another_option_wins_over_all_that_is_forgiven() -> None:
    assert verdict("polish", "Polish", refused=("polish",)) == Verdict.WRONG
    assert verdict("POLISH", "Polish", refused=("polish",)) == Verdict.RIGHT
    assert verdict("effect", "affect", others=("effect",)) == Verdict.WRONG
    assert verdict("iffect", "affect", refused=("effect",)) == Verdict.WRONG
    assert verdict("Palmer", "Robert Palmer", others=("Anna Palmer",), stem="Who?") != Verdict.RIGHT
    assert verdict("10", "ten", others=("10",)) == Verdict.WRONG
    assert (
        verdict("the US sanctions", "sanctions", others=("US sanctions",), stem="Which US step?")
        == Verdict.WRONG
    )


def test_a_date_that_is_none_of_several_forms_is_wrong() -> None:
    assert verdict("5 May 1945", "4 June 1945", "a Friday in June", stem="When was it?") == Verdict.WRONG
    assert verdict("York New city", "New York", others=("New York city",)) == Verdict.WRONG


def test_in_a_gap_the_ending_counts_and_a_month_may_be_a_figure() -> None:
    assert verdict("walk", "walks", stem="She home.", gap=True) == Verdict.WRONG
    assert verdict("book", "books", stem="two books", gap=True) == Verdict.WRONG
    assert verdict("02", "February", stem="It began on 24 2022.", gap=True) == Verdict.RIGHT
    assert verdict("book", "books") == Verdict.RIGHT


@pytest.mark.parametrize(
    ("answer", "spelling", "exact"),
    [
        ("fourth amendments", False, False),
        ("Fourth Amendment", True, True),
        ("4th amendment", True, False),
        ("fourth Amendment", True, False),
        ("the Fourth Amendment.", True, False),
        ("Fuorth Amendment", False, False),
        (" Fourth Amendment ", True, True),
    ],
)
def test_strictness_is_the_authors(answer: str, spelling: bool, exact: bool) -> None:
    for strictness, right in ((Strictness.SPELLING, spelling), (Strictness.EXACT, exact)):
        assert (verdict(answer, "Fourth Amendment", strictness=strictness) == Verdict.RIGHT) is right


def test_a_key_with_markup_is_compared_as_it_is_shown() -> None:
    assert verdict("Harbin", "_Harbin_") == Verdict.RIGHT
    assert verdict("x^2", r"\(x^2\)") == Verdict.RIGHT
    assert verdict(r"\(\frac{1}{2}\)", r"\(\frac{1}{2}\)") == Verdict.RIGHT


TEXTS = st.text(max_size=60) | st.text(alphabet="aAäßé -'.&1½²thsn–/([,", max_size=30)
MADE = st.sampled_from(
    [
        "16 May 2024",
        "red, white and blue",
        "$5bn",
        "Dr Robert Palmer",
        "x != y",
        "[0,1]",
        "²0",
        "I",
        "5 m",
        "or",
        "1/0",
        "٣",
    ]
)


@given(TEXTS | MADE, TEXTS | MADE, TEXTS | MADE, st.sampled_from(Strictness), st.booleans())
@example("²0", "²0", "", Strictness.MEANING, True)
def test_deciding_is_total_and_the_same_in_every_normal_form(
    answer: str, form: str, stem: str, strictness: Strictness, gap: bool
) -> None:
    asked = Question((form,), (), (), stem, gap, strictness)
    judged = decide(answer, asked)
    for normal in ("NFC", "NFD"):
        assert decide(unicodedata.normalize(normal, answer), asked).verdict == judged.verdict


@given((TEXTS | MADE).filter(lambda text: text.isprintable() and any(map(str.isalnum, text))), TEXTS | MADE)
def test_a_form_is_right_itself_and_forgives_nothing(form: str, stem: str) -> None:
    judged = decide(form, Question((form,), stem=stem))
    assert judged == Judgement(Verdict.RIGHT, form)


@given(TEXTS | MADE, (TEXTS | MADE).filter(lambda text: any(map(str.isalnum, text))))
def test_nothing_forgiven_can_be_another_options_form(form: str, other: str) -> None:
    judged = decide(other, Question((form,), others=(other,)))
    assert judged.verdict is Verdict.WRONG or judged.forgiven == ()


@pytest.mark.parametrize(
    "answer",
    [
        "a" * 100_000,
        "- " * 500,
        "ﷺ" * 1000,
        "twenty " * 140,
        "a, " * 333,
        "1 " * 500,
        "x and " * 160,
        "(" * 1000,
    ],
)
def test_long_answers_are_wrong_and_end(answer: str) -> None:
    forms = ("Harbin Institute of Technology", "red, white and blue", "16 May 2024", "Robert Palmer")
    assert decide(answer, Question(forms, stem="Who?")).verdict is Verdict.WRONG


@pytest.mark.parametrize("form", ["x^2 + 1", "5–10", "3:30 pm", "16 May 2024", "Harbin", "1/2", "Ca2+"])
def test_an_answer_longer_than_anything_that_is_read_is_wrong(form: str) -> None:
    for answer in (f"{form} " * 60, "x+1" * 80, "5-" * 45, "3:30 " * 9, "1" * 999):
        assert verdict(answer, form, stem="When, and how many?") != Verdict.RIGHT


def test_a_formula_too_long_to_be_read_is_compared_letter_by_letter() -> None:
    form = "x+1" * 80
    assert verdict(form, form) == Verdict.RIGHT
    assert verdict(f"{form}+1", form) != Verdict.RIGHT
    assert verdict("5 to 6 tigers", "5–6 tigers") == Verdict.RIGHT


def test_an_article_of_another_gender_is_another_answer() -> None:
    assert verdict("die Donau", "Donau", stem="Welcher Fluss?") == Verdict.RIGHT
    assert verdict("der Donau", "die Donau", stem="Welcher Fluss?") == Verdict.WRONG
    assert verdict("la fenêtre", "une fenêtre") == Verdict.WRONG
    assert verdict("la fenêtre", "fenêtre") == Verdict.RIGHT
    assert verdict("Hard", "Die Hard") != Verdict.RIGHT

"""Typed texts against the forms that are right: what is forgiven, what never is, and at what cost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.language import text
from quizapp.domain.language.forgiven import Forgiven
from tests.counting import calls

F = Forgiven


@pytest.mark.parametrize(
    ("answer", "form", "forgiven"),
    [
        ("Harbin", "Harbin", ()),
        ("  Harbin ", "Harbin", ()),
        ("Har\u200bbin\ufeff", "Harbin", ()),
        ("Xi’an", "Xi'an", ()),
        ("e‑mail", "e-mail", ()),
        ("e\u0301lan", "élan", ()),
        ("2024", "２０２４", ()),
        ("harbin", "Harbin", (F.CASE,)),
        ("ΣΊΣΥΦΟΣ", "Σίσυφος", (F.CASE,)),
        ("New  York", "New York", (F.SPACING,)),
        ("newyork", "New York", (F.CASE, F.SPACING)),
        ("news paper", "newspaper", (F.SPACING,)),
        ("Elan", "Élan", (F.ACCENTS,)),
        ("Strasse", "Straße", (F.ACCENTS,)),
        ("STRASSE", "Straße", (F.CASE, F.ACCENTS)),
        ("Lodz", "Łódź", (F.ACCENTS,)),
        ("Oresund", "Øresund", (F.ACCENTS,)),
        ("Горбачев", "Горбачёв", (F.ACCENTS,)),
        ("email", "e-mail", (F.HYPHENS,)),
        ("e mail", "e-mail", (F.HYPHENS,)),
        ("Moscow – Beijing", "Moscow-Beijing", (F.HYPHENS,)),
        ("state of the art", "state-of-the-art", (F.HYPHENS,)),
        ("Harbin.", "Harbin", (F.PUNCTUATION,)),
        ("“Little Moscow”", "Little Moscow", (F.PUNCTUATION,)),
        ("dont", "don't", (F.PUNCTUATION,)),
        ("US", "U.S.", (F.PUNCTUATION,)),
        ("Harbin China", "Harbin, China", (F.PUNCTUATION,)),
        ("research & development", "research and development", (F.PUNCTUATION,)),
        ("the Kremlin", "Kremlin", (F.ARTICLE,)),
        ("Kremlin", "The Kremlin", (F.ARTICLE,)),
        ("4th", "fourth", (F.ORDINAL,)),
        ("twenty-first", "21st", (F.ORDINAL,)),
        ("Twenty first century", "21st century", (F.ORDINAL,)),
        ("12 th", "twelfth", (F.ORDINAL,)),
        ("the fourth", "4th", (F.ARTICLE, F.ORDINAL)),
        ("Ivestment", "Investment", (F.SLIP,)),
        ("Harbni", "Harbin", (F.SLIP,)),
        ("Harrbin", "Harbin", (F.SLIP,)),
        ("Hatbin", "Harbin", (F.SLIP,)),
        ("Harbinn", "Harbin", (F.SLIP,)),
        ("harbn", "Harbin", (F.CASE, F.SLIP)),
        ("emial", "e-mail", (F.HYPHENS, F.SLIP)),
        ("Fourth Industrail Revolution", "Fourth Industrial Revolution", (F.SLIP,)),
        ("The  Harbni", "Harbin", (F.SPACING, F.ARTICLE, F.SLIP)),
        ("240,0", "240", (F.NUMBER_FORMAT,)),
        ("240.0", "240", (F.NUMBER_FORMAT,)),
        ("twelve", "12", (F.NUMBER_FORMAT,)),
        ("5 percent", "5%", (F.UNIT_FORMAT,)),
        ("$5bn", "5 billion dollars", (F.UNIT_FORMAT,)),
        ("...", "...", ()),
        ("?!", "!?", None),
        (".5", "0.5", (F.NUMBER_FORMAT,)),
    ],
)
def test_the_smallest_set_is_forgiven(answer, form, forgiven):
    match = text.compare(answer, form)
    assert (match and match.forgiven) == forgiven
    assert match is None or match.form == form


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        ("", "Harbin"),
        ("\u200b", "Harbin"),
        ("Hrbn", "Harbin"),
        ("Iran", "Iraq"),
        ("Tver", "Tier"),
        ("2023", "2024"),
        ("G20 sumit", "G20 summit"),
        ("20234", "2023-4"),
        ("1 2", "12"),
        ("-5", "5"),
        ("Harbni Institut", "Harbin Institute"),
        ("Iceland", "Ireland"),
        ("Zambia", "Gambia"),
        ("two billion", "two million"),
        ("sixtieth", "sixteenth"),
        ("atypical", "typical"),
        ("moral", "amoral"),
        ("sevnty", "seventy"),
        ("कि", "कु"),
        ("か", "が"),
        ("four tigerz", "4 tigers"),
        ("5", "5%"),
        ("5 euros", "5 dollars"),
        ("x" * 1001, "x" * 1001),
        ("Harbin Harbin", "Harbin"),
        ("sin x", "-sin x"),
        ("-sin x", "sin x"),
        ("p", "!p"),
        ("5,000", "5"),
        ("harb1n", "Harbin"),
        ("Harbin", "Harbin-"[:-2] + "ax"),
    ],
)
def test_a_change_of_meaning_is_never_forgiven(answer, form):
    assert text.compare(answer, form) is None


def test_exact_forgives_no_slip_but_the_rest():
    assert text.compare("harbin", "Harbin", exact=True) == text.Match("Harbin", (F.CASE,))
    assert text.compare("Harbni", "Harbin", exact=True) is None


def test_the_form_that_takes_least_is_found():
    assert text.best_match("Résumé", ["resume", "résumé"]) == ("résumé", (F.CASE,))


def test_a_refused_form_is_wrong_even_where_it_could_be_forgiven():
    assert text.best_match("polish", ["Polish"], refused=["polish"]) is None
    assert text.best_match("Polish", ["Polish"], refused=["polish"]) == ("Polish", ())
    assert text.best_match("POLISH", ["Polish"], refused=["polish"]) == ("Polish", (F.CASE,))


def test_no_slip_where_the_answer_spells_something_else_that_counts():
    assert text.best_match("effect", ["affect"]) == ("affect", (F.SLIP,))
    assert text.best_match("Effect", ["affect"], distractors=["effect"]) is None
    assert text.best_match("effect", ["affect"], refused=["effect"]) is None
    assert text.best_match("iffect", ["affect"], refused=["effect"]) is None
    assert text.best_match("effect", ["affect", "effect"]) == ("effect", ())


def test_a_distractor_is_wrong():
    assert text.best_match("Shenyang", ["Harbin"], distractors=["Shenyang"]) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("Łódź", "lodz"), ("  A  B ", "a b"), ("STRASSE", "straße"), ("x\u200by", "XY"), ("é", "E\u0301")],
)
def test_search_folds_case_accents_and_invisible_characters(one, other):
    assert text.fold_for_search(one) == text.fold_for_search(other)


@pytest.mark.parametrize(
    ("value", "said"),
    [("fine", ""), ("x" * 11, "Shorten"), ("a\x00", "Remove"), ("\ud800", "Remove")],
)
def test_unstorable_texts_are_told_with_the_remedy(value, said):
    assert text.unstorable(value, 10).startswith(said)
    assert bool(text.unstorable(value, 10)) is bool(said)


TEXTS = st.text(max_size=60) | st.text(alphabet="aAäßé -'.&1½½thsn–", max_size=30)


@given(TEXTS, TEXTS)
def test_comparing_is_total_deterministic_and_the_same_in_nfc_and_nfd(answer, form):
    match = text.compare(answer, form)
    assert match == text.compare(answer, form)
    for normal in ("NFC", "NFD"):
        assert text.compare(unicodedata.normalize(normal, answer), form) == match
        other = text.compare(answer, unicodedata.normalize(normal, form))
        assert (other and other.forgiven) == (match and match.forgiven)


@given(TEXTS.filter(str.strip))
def test_a_form_equals_itself_and_forgives_nothing(form):
    match = text.compare(form, form)
    visible = text._visible(form)
    assert (match is None) is not bool(visible)
    assert not match or set(match.forgiven) <= {F.SPACING}


@given(st.text(max_size=80))
def test_folding_for_search_is_idempotent(value):
    folded = text.fold_for_search(value)
    assert text.fold_for_search(folded) == folded


def optimal_string_alignment(a, b):
    """The textbook recurrence, as a check on the linear-time test for distance 1."""
    d = {(i, j): i + j for i in range(len(a) + 1) for j in range(len(b) + 1) if not (i and j)}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            cost = a[i - 1] != b[j - 1]
            d[i, j] = min(d[i - 1, j] + 1, d[i, j - 1] + 1, d[i - 1, j - 1] + cost)
            if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
                d[i, j] = min(d[i, j], d[i - 2, j - 2] + 1)
    return d[len(a), len(b)]


@given(st.text(alphabet="abc", max_size=6), st.text(alphabet="abc", max_size=6))
def test_one_edit_is_distance_one(one, other):
    assert text._is_one_edit(one, other) == (optimal_string_alignment(one, other) == 1)


@pytest.mark.parametrize(
    "answer",
    [
        "a" * 1_000_000,
        "-" * 1_000_000,
        "e\u0301" * 500_000,
        " ." * 500_000,
        "'" * 1000,
        "- " * 500,
        ". " * 500,
        "ﷺ" * 1000,
        "twenty " * 140,
    ],
)
def test_long_answers_cost_little(answer):
    assert text.compare(answer, "Harbin Institute of Technology") is None
    work = calls(lambda: text.compare(answer, "Harbin Institute of Technology"))
    assert work < 100 * min(len(answer), 1_000)


def test_folded_texts_are_equal_where_grading_would_not_tell_them_apart():
    assert text.folded("The  Łódź.") == text.folded("lodz")

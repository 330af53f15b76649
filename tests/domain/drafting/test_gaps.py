"""Gaps, figures and statements."""

from decimal import Decimal

import pytest

from quizapp.domain.drafting.drafting import drafts
from quizapp.domain.library.kinds.asking.gaps import parse
from quizapp.domain.sources.passages import paragraphs


def of(prose, form):
    return [draft for draft in drafts(paragraphs(prose)) if draft.form == form]


def test_a_figure_is_asked_with_unit_and_other_values():
    (draft,) = of("Norbau removed 11,000 rats from Brae within some years.", "figure")
    assert draft.content.stem == "Fill in the figure: Norbau removed ____ from Brae within some years."
    assert (draft.content.value, draft.content.unit) == (Decimal(11000), "rats")
    assert len(draft.content.distractors) >= 2
    assert draft.content.tolerance == ""


@pytest.mark.parametrize(
    ("figure", "tolerance"),
    [("about 95 grams", "2%"), ("95.5 grams", "0.5"), ("1.5 grams", ""), ("95 grams", "")],
)
def test_a_tolerance_has_a_reason(figure, tolerance):
    (draft,) = of(f"Leath’s largest owl weighs {figure} in summer.", "figure")
    assert draft.content.tolerance == tolerance
    assert bool(draft.content.tolerance_reason) == bool(tolerance)


def test_a_figure_that_is_the_subject_makes_a_plain_question():
    (draft,) = of("40 people died in the mines of Brae.", "figure")
    assert draft.content.stem == "How many people died in the mines of Brae?"
    (hedged,) = of("About 40 people died in the mines of Brae.", "figure")
    assert hedged.content.stem.startswith("Fill in the figure: About")
    (other,) = of("40 people without any boats reached Brae.", "figure")
    assert other.content.stem.startswith("Fill in the figure:")


@pytest.mark.parametrize(
    ("date", "other"), [("2 February 1931", "February 2, 1931"), ("February 2, 1931", "2 February 1931")]
)
def test_a_date_is_accepted_in_either_order(date, other):
    (draft,) = of(f"The last bear of the valley died in the snow on {date}.", "gap")[:1]
    (gap,) = parse(draft.content.stem).gaps
    assert (gap.key, gap.accept) == (date, (other,))


def test_a_year_is_offered_among_other_years():
    gaps = [
        gap
        for draft in of("Carpenters of the valley built the wooden ships by hand in 1884.", "gap")
        for gap in parse(draft.content.stem).gaps
    ]
    assert any(gap.key == "1884" and len(gap.distractors) == 3 for gap in gaps)


def test_a_month_is_a_gap_without_other_dates():
    gaps = [
        gap
        for draft in of("Norbau opened a wooden bridge at Brae in May 1884.", "gap")
        for gap in parse(draft.content.stem).gaps
    ]
    assert any(gap.key == "May 1884" and not gap.accept and not gap.distractors for gap in gaps)


def test_statements_come_in_pairs_that_differ_in_the_swapped_part(drafts_of):
    drafts_ = [draft for name in ("bridge", "owl", "painter") for draft in drafts_of(name)]
    false = [draft for draft in drafts_ if draft.form == "false"]
    assert len(false) >= 4
    for draft in false:
        assert draft.swapped in draft.content.stem
        assert draft.swapped not in draft.sentence.text
        assert not draft.content.key


def test_what_is_so_in_general_is_not_swapped_between_names():
    prose = "Portugal is a large market for ships from Spain. Italy has many ships. France builds ships, too."
    assert of(prose, "false") == []


def test_a_country_with_an_article_is_swapped_for_one_with_an_article():
    prose = (
        "Portugal sold a wooden ship to Spain in 1931. The United States is large. France is old. "
        "The Netherlands is flat. Italy is long."
    )
    for draft in of(prose, "false"):
        assert " United States" not in draft.content.stem or "the United States" in draft.content.stem


def test_a_name_that_stands_twice_is_no_gap():
    assert of("Brae sold wooden ships to the people of Brae.", "gap") == []


def test_no_draft_of_other_languages_breaks_a_rule():
    prose = "Die Stadt Leath kaufte 640 Hektar Wald. Der Turm in Leath misst 95.5 Meter seit 1931."
    for draft in drafts(paragraphs(prose)):
        assert draft.form in {"gap", "figure", "true", "false"}

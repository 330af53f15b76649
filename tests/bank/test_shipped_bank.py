"""The bank that ships keeps every rule, and can be guessed no better than chance allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizapp import paths
from quizapp.domain.library.giveaways import Shown, kept_apart
from quizapp.domain.library.kinds import KINDS, kind_of
from quizapp.domain.library.kinds.base import Format, Typed
from quizapp.domain.quizzes.drawing import Drawable, draw_items
from quizapp.services.exchange.bank import read_bank
from quizapp.services.exchange.bank_check import check_bank


@pytest.fixture(scope="module")
def report():
    return check_bank(paths.BANK, None)


def test_the_bank_has_no_finding(report):
    assert report.finding_lines() == []


@pytest.mark.articles
def test_every_evidence_is_intact_and_nothing_is_copied(articles: Path):
    checked = check_bank(paths.BANK, articles)
    assert checked.articles == 5
    assert checked.finding_lines() == []


def test_every_source_is_asked_about_and_every_kind_is_used(report):
    figures = report.figures
    assert set(figures.sources) == {source.slug for source in report.bank.sources}
    assert set(figures.kinds) == {kind.name for kind in KINDS}
    assert figures.items >= 200


def test_every_item_cites_a_sentence(report):
    assert [item.id for item in report.bank.items if not item.evidence] == []


def test_every_typed_item_has_eight_fair_forms_and_five_near_misses_graded_as_they_should_be(report):
    few, misgraded = [], []
    for item in report.bank.items:
        kind = kind_of(item.content)
        allowed = item.formats or kind.formats(item.content)
        if Format.TYPE not in allowed:
            continue
        if len(item.examples.right) < 8 or len(item.examples.wrong) < 5:
            few.append(item.id)
        graded = [(texts, 1.0) for texts in item.examples.right] + [(t, 0.0) for t in item.examples.wrong]
        for texts, wanted in graded:
            score = kind.grade(item.content, Typed(tuple(texts))).score
            if (score >= 1) != (wanted >= 1):
                misgraded.append((item.id, texts, score))
    assert few == []
    assert misgraded == []


def test_keys_cannot_be_told_by_length_or_place(report):
    figures = report.figures
    for guess in figures.guesses:
        assert not guess.too_good, guess
    lengths = [guess for guess in figures.guesses if guess.name in {"the longest", "the shortest"}]
    assert all(abs(guess.share - guess.by_chance) <= 0.05 for guess in lengths)
    for options, places in figures.positions.items():
        fair = sum(places) / options
        # Three standard deviations of a fair draw.
        assert all(abs(place - fair) <= 3 * (fair * (1 - 1 / options)) ** 0.5 + 1 for place in places), places
    statements = figures.true_statements + figures.false_statements
    assert 0.4 <= figures.true_statements / statements <= 0.6


def test_no_deck_draws_two_items_of_which_one_gives_the_other_away(report):
    """1,500 quizzes of 20 questions, over the decks and the themes."""
    shown = {number: Shown(item.content) for number, item in enumerate(report.bank.items)}
    number_of = {item.id: number for number, item in enumerate(report.bank.items)}
    named = {(number_of[item.id], number_of[other]) for item in report.bank.items for other in item.apart}
    apart = kept_apart(shown) | named | {(other, one) for one, other in named}
    for deck in (*report.bank.decks, *report.bank.themes):
        items = [(number_of[item.id], item) for item in report.bank.items_of(deck.slug)]
        facts = {item.fact: place for place, (_, item) in enumerate(items)}
        pool = [Drawable(number, facts[item.fact]) for number, item in items]
        for seed in range(150):
            drawn = draw_items(pool, 20, str(seed), lambda one, other: (one, other) in apart)
            assert len(drawn) >= min(20, len(facts) // 2)
            assert not {(one, other) for one in drawn for other in drawn} & apart


def test_the_users_own_examples_are_asked(report):
    items = {item.id: item for item in report.bank.items}
    volume = [item for item in items.values() if item.fact == "trade-volume-2023"]
    assert {format for item in volume for format in kind_of(item.content).formats(item.content)} >= {
        Format.CHOOSE,
        Format.TYPE,
    }
    assert any("Han Zheng" in kind_of(item.content).outline(item.content).keys for item in items.values())


def test_reading_the_bank_twice_gives_the_same(report):
    assert read_bank(paths.BANK) == report.bank

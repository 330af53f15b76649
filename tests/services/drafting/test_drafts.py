"""Drafts between text and deck."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.drafting.models import ModelDraft
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.services.drafting import drafts
from quizapp.services.drafting.drafts import Article
from quizapp.services.sources.shipped_texts import attach_text
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, Evidence, ItemVersion
from tests import factories
from tests.factories import NOW

TEXT = (Path(__file__).parents[2] / "domain/drafting/texts/bridge.txt").read_text("utf-8")
QUOTE = "Work began in 2012, but a flood destroyed two pillars in March 2016."


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher", name="Ms Rivers")


@pytest.fixture
def article(session: Session) -> Article:
    source = factories.add_source(session)
    attach_text(session, source, TEXT, now=NOW)
    return drafts.article_of(session, source)


@pytest.fixture
def deck(session: Session, teacher: Account) -> Deck:
    return factories.add_deck(session, [], owner=teacher)


def by_model(
    stem: str = "What destroyed two pillars in March 2016?", key: str = "a flood", **more: str
) -> ModelDraft:
    return ModelDraft(ShortAnswer(stem=stem, key=key), more.get("quote", QUOTE))


def test_taken_drafts_are_items_with_evidence_and_a_note(
    session: Session, teacher: Account, article: Article, deck: Deck
) -> None:
    waits = drafts.open_drafts(session, teacher, article)
    items = drafts.take(
        session, deck, article.source_id, waits.candidates[:2], author=teacher, publish=True, now=NOW
    )
    assert [item.state for item in items] == ["published"] * 2
    for item, candidate in zip(items, waits.candidates, strict=False):
        version = session.get_one(ItemVersion, item.version_id)
        (row,) = session.scalars(select(Evidence).where(Evidence.version_id == version.id))
        assert version.note == "Drafted by rule"
        assert row.digest == candidate.proposal.sentence.digest
    assert drafts.open_drafts(session, teacher, article).taken == 2


def test_drafts_on_one_thing_become_siblings(
    session: Session, teacher: Account, article: Article, deck: Deck
) -> None:
    one = drafts.open_drafts(session, teacher, article).candidates[0]
    other = replace(
        one, proposal=replace(one.proposal, content=TrueFalse(stem="Halda burns oil.", key=False))
    )
    items = drafts.take(
        session, deck, article.source_id, (one, other), author=teacher, publish=False, now=NOW
    )
    assert items[0].fact_id == items[1].fact_id
    assert {item.state for item in items} == {"draft"}


def test_two_that_ask_the_same_are_not_taken_together(
    session: Session, teacher: Account, article: Article
) -> None:
    drafts.keep_model_drafts(
        session,
        teacher,
        article,
        [by_model(), by_model("In March 2016, two pillars were destroyed by what?")],
        now=NOW,
    )
    found = [
        each for each in drafts.open_drafts(session, teacher, article).candidates if each.origin == "model"
    ]
    free, refused = drafts.unlike(session, teacher, found)
    assert (len(free), len(refused)) == (1, 1)
    assert "which you’re adding too" in refused[0][1]


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (by_model(quote="A flood destroyed everything there."), "word for word"),
        (by_model(key="an earthquake"), "isn’t in the quoted sentence"),
        (
            by_model("Work began in 2012, but a flood destroyed two pillars when?", "March 2016"),
            "in your own words",
        ),
        (
            ModelDraft(
                SingleChoice(stem="What destroyed two pillars?", key="a flood", distractors=("Work", "fire")),
                QUOTE,
            ),
            "may also be right",
        ),
    ],
)
def test_a_models_draft_passes_the_same_checks_or_is_left_out(
    session: Session, teacher: Account, article: Article, draft: ModelDraft, reason: str
) -> None:
    kept, reasons = drafts.keep_model_drafts(session, teacher, article, [draft], now=NOW)
    assert kept == 0
    assert reason in reasons[0]


def test_a_models_draft_waits_first_in_line_and_is_marked(
    session: Session, teacher: Account, article: Article, deck: Deck
) -> None:
    assert drafts.keep_model_drafts(session, teacher, article, [by_model()], now=NOW) == (1, ())
    assert drafts.keep_model_drafts(session, teacher, article, [by_model()], now=NOW) == (0, ())
    first = drafts.open_drafts(session, teacher, article).candidates[0]
    assert first.origin == "model"
    (item,) = drafts.take(session, deck, article.source_id, [first], author=teacher, publish=False, now=NOW)
    assert session.get_one(ItemVersion, item.version_id).note == "Drafted by a model, checked by you"
    again = drafts.open_drafts(session, teacher, article)
    assert all(each.origin == "rule" for each in again.candidates)
    paragraph = first.proposal.sentence.paragraph
    assert drafts.open_drafts(session, teacher, article, paragraph + 1).taken == 1


def test_a_models_draft_goes_when_its_sentence_goes(
    session: Session, teacher: Account, article: Article
) -> None:
    drafts.keep_model_drafts(session, teacher, article, [by_model()], now=NOW)
    shorter = Article(
        source_id=article.source_id,
        paragraphs=article.paragraphs[:3],
        boilerplate=frozenset(),
        title="",
        language="en",
    )
    assert all(each.origin == "rule" for each in drafts.open_drafts(session, teacher, shorter).candidates)


def test_of_a_long_article_the_first_part_is_drafted_from_and_that_is_told(
    session: Session, teacher: Account, article: Article
) -> None:
    assert drafts.open_drafts(session, teacher, article).last is None
    source = factories.add_source(session, slug="almanac")
    line = "Ada Brook opened bridge {0} in Leath on 3 May 19{0} with {1} guests. It rained."
    attach_text(session, source, "\n".join(line.format(n % 90 + 10, n) for n in range(400)), now=NOW)
    long = drafts.article_of(session, source)
    waits = drafts.open_drafts(session, teacher, long)
    assert waits.last == drafts.MOST_READ // 2
    assert {each.proposal.sentence.paragraph for each in waits.candidates} <= set(range(1, waits.last + 1))
    later = drafts.open_drafts(session, teacher, long, 400)
    assert later.last is None
    assert {each.proposal.sentence.paragraph for each in later.candidates} == {400}

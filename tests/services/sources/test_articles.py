"""A teacher's articles: added, corrected, revised, and what cites them found again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Conflict, Invalid, Missing
from quizapp.domain.sources.passages import digest
from quizapp.services.library.items import Citation
from quizapp.services.sources import articles
from quizapp.services.sources.articles import About, Block, text_of
from quizapp.storage.accounts.tables import Account
from quizapp.storage.sources.tables import Passage, Source, SourceVersion
from tests import factories
from tests.factories import NOW

RIVERS = About(title="Rivers of Europe", author="A. Hydro", language="en", address="https://example.org/r")
BLOCKS = (
    Block("Home › Rivers", kept=False, why="navigation"),
    Block("The Danube rises in the Black Forest. It is long."),
    Block("  "),
    Block("It ends in the\nBlack Sea."),
)
NEXT = (*BLOCKS[:3], Block("It ends in the Black Sea, after ten countries."))


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher")


@pytest.fixture
def source(session: Session, teacher: Account) -> Source:
    return articles.add(session, teacher, RIVERS, BLOCKS, now=NOW)


def shown(session: Session, source: Source) -> list[tuple[int, str, bool, str]]:
    parts = text_of(session, source.version_id)
    return [(part.paragraph.number, part.paragraph.text, part.kept, part.why) for part in parts]


def numbers(session: Session, source: Source) -> list[int]:
    query = select(SourceVersion.number).where(SourceVersion.source_id == source.id)
    return list(session.scalars(query.order_by(SourceVersion.number)))


class TestAdding:
    def test_an_article_is_stored_with_what_is_known_of_it(self, source: Source, teacher: Account) -> None:
        assert (source.title, source.author, source.address) == (RIVERS.title, RIVERS.author, RIVERS.address)
        assert (source.publisher, source.published) == ("", "")
        assert (source.owner_id, source.added_at, source.paragraphs) == (teacher.id, NOW, 3)

    def test_every_paragraph_is_kept_and_what_is_not_content_excluded(
        self, session: Session, source: Source
    ) -> None:
        assert shown(session, source) == [
            (1, "Home › Rivers", False, "navigation"),
            (2, "The Danube rises in the Black Forest. It is long.", True, ""),
            (3, "It ends in the Black Sea.", True, ""),
        ]

    def test_equal_titles_get_different_addresses_that_no_bank_can_have(
        self, session: Session, source: Source, teacher: Account
    ) -> None:
        second = articles.add(session, teacher, RIVERS, BLOCKS, now=NOW)
        assert source.slug.startswith("t.rivers-of-europe-")
        assert second.slug == f"{source.slug}-2"

    def test_the_same_text_is_recognised(self, session: Session, source: Source, teacher: Account) -> None:
        assert articles.same_text(session, teacher, BLOCKS) is source
        assert articles.same_text(session, teacher, NEXT) is None
        assert articles.same_text(session, factories.add_account(session, role="teacher"), BLOCKS) is None

    @pytest.mark.parametrize(
        ("about", "field"),
        [
            ({"title": " "}, "title"),
            ({"author": "x" * 301}, "author"),
            ({"publisher": "a\0b"}, "publisher"),
            ({"address": "javascript:alert(1)"}, "address"),
        ],
    )
    def test_what_cannot_be_stored_names_its_field(
        self, session: Session, teacher: Account, about: dict[str, str], field: str
    ) -> None:
        with pytest.raises(Invalid) as refused:
            articles.add(session, teacher, replace(RIVERS, **about), BLOCKS, now=NOW)
        assert [problem.field for problem in refused.value.problems] == [field]
        assert not session.scalars(select(Source)).all()

    @pytest.mark.parametrize(
        "blocks",
        [(), (Block(" "),), (Block("Menu", kept=False),), (Block("a\0b"),), (Block("Yes. " * 20_001),)],
    )
    def test_what_is_no_text_is_refused(
        self, session: Session, teacher: Account, blocks: tuple[Block, ...]
    ) -> None:
        with pytest.raises(Invalid) as refused:
            articles.add(session, teacher, RIVERS, blocks, now=NOW)
        assert [problem.field for problem in refused.value.problems] == ["text"]


class TestCorrecting:
    def test_what_is_known_of_it_is_corrected_and_its_address_stays(
        self, session: Session, source: Source
    ) -> None:
        before = source.slug
        articles.describe(session, source, replace(RIVERS, title=" Big  rivers", published="2026-03-01"))
        assert (source.title, source.published, source.slug) == (
            "Big rivers",
            "2026-03-01",
            before,
        )

    def test_a_paragraph_is_excluded_and_restored_without_a_version(
        self, session: Session, source: Source
    ) -> None:
        for _ in range(2):
            articles.strike(session, source, 3)
        assert [row[2:] for row in shown(session, source)] == [
            (False, "navigation"), (True, ""), (False, "by hand"),
        ]  # fmt: skip
        for paragraph in (1, 1, 3):
            articles.restore(session, source, paragraph)
        assert all(kept for _, _, kept, _ in shown(session, source))
        assert numbers(session, source) == [1]

    def test_a_paragraph_that_is_not_there_is_refused(self, session: Session, source: Source) -> None:
        for act in (articles.strike, articles.restore):
            with pytest.raises(Missing):
                act(session, source, 4)


class TestRevising:
    def test_another_text_is_the_next_version_and_the_first_is_kept(
        self, session: Session, source: Source, teacher: Account
    ) -> None:
        first = source.version_id
        later = NOW + timedelta(days=1)
        made = articles.revise(session, source, teacher, NEXT, note="Corrected", now=later)
        assert (made.number, made.author_id, made.note, made.created_at) == (
            2,
            teacher.id,
            "Corrected",
            later,
        )
        assert source.version_id == made.id
        assert shown(session, source)[2][1] == "It ends in the Black Sea, after ten countries."
        assert text_of(session, first)[2].paragraph.text == "It ends in the Black Sea."

    def test_the_same_text_makes_no_version_but_takes_over_what_is_excluded(
        self, session: Session, source: Source, teacher: Account
    ) -> None:
        articles.revise(session, source, teacher, [block._replace(kept=True) for block in BLOCKS], now=NOW)
        assert numbers(session, source) == [1]
        assert all(kept for _, _, kept, _ in shown(session, source))

    def test_a_note_that_is_too_long_is_refused(
        self, session: Session, source: Source, teacher: Account
    ) -> None:
        with pytest.raises(Invalid):
            articles.revise(session, source, teacher, NEXT, note="x" * 301, now=NOW)
        assert numbers(session, source) == [1]


class TestRemoving:
    def test_an_article_that_nothing_cites_goes_with_all_its_versions(
        self, session: Session, source: Source, teacher: Account
    ) -> None:
        articles.revise(session, source, teacher, NEXT, now=NOW)
        articles.remove(session, source)
        for entity in (Source, SourceVersion, Passage):
            assert not session.scalars(select(entity)).all()

    def test_an_article_that_is_cited_stays(self, session: Session, source: Source) -> None:
        cited = Citation(source.id, 3, 1, digest("It ends in the Black Sea."))
        factories.add_deck(session, [factories.choice()], evidence=(cited,))
        with pytest.raises(Conflict, match="questions based on this article"):
            articles.remove(session, source)
        assert len(shown(session, source)) == 3

"""From a place or a sentence's words to evidence: found in the attached text, remembered, or refused."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from quizapp.domain.errors import Problem
from quizapp.domain.sources.passages import digest
from quizapp.services.library.citations import Cited, Pointer, cite, source_name
from quizapp.services.sources.shipped_texts import attach_text
from quizapp.storage.library.cited_sources import SourceLine
from tests import factories
from tests.factories import NOW

TEXT = (
    "The Danube rises in Germany. It ends in the Black Sea.\n\nThe Elbe is shorter. It ends in the North Sea."
)


@pytest.fixture
def attached(session: Session) -> None:
    attach_text(session, factories.add_source(session), TEXT, now=NOW)


@pytest.fixture
def unattached(session: Session) -> None:
    factories.add_source(session)


def found(session: Session, **pointer: object) -> tuple[int, int, str]:
    (cited,) = cite(session, [Pointer(**({"source": "atlas"} | pointer))], 0).found  # type: ignore[arg-type]
    assert isinstance(cited, Cited), cited
    citation, ref = cited
    assert (citation.paragraph, citation.sentence, citation.digest) == (
        ref.paragraph,
        ref.sentence,
        ref.digest,
    )
    return ref.paragraph, ref.sentence, ref.digest


def problem(session: Session, **pointer: object) -> Problem:
    (refused,) = cite(session, [Pointer(**({"source": "atlas"} | pointer))], 0).found  # type: ignore[arg-type]
    assert isinstance(refused, Problem), refused
    return refused


@pytest.mark.usefixtures("attached")
class TestWithTheTextAtHand:
    def test_a_place_gets_the_sentences_digest(self, session: Session) -> None:
        wanted = digest("The Elbe is shorter.")
        assert found(session, paragraph=2, sentence=1) == (2, 1, wanted)

    def test_a_pasted_sentence_is_found_whatever_its_white_space(self, session: Session) -> None:
        pasted = " It ends in\n the  North Sea. "
        assert found(session, text=pasted)[:2] == (2, 2)

    def test_words_win_over_a_wrong_place(self, session: Session) -> None:
        assert found(session, paragraph=1, sentence=1, text="The Elbe is shorter.")[:2] == (2, 1)

    def test_a_sentence_that_is_not_there_is_refused(self, session: Session) -> None:
        assert problem(session, text="The Rhine is longer.").field == "text"

    def test_a_place_that_is_not_there_says_how_many_there_are(self, session: Session) -> None:
        assert problem(session, paragraph=9, sentence=1) == Problem(
            "paragraph", "The article has 2 paragraphs, so there’s no paragraph 9."
        )
        assert problem(session, paragraph=1, sentence=3) == Problem(
            "sentence", "Paragraph 1 has 2 sentences, so there’s no sentence 3."
        )

    def test_half_a_place_asks_for_the_other_half(self, session: Session) -> None:
        assert problem(session, paragraph=1).field == "sentence"
        assert problem(session, sentence=1).field == "paragraph"

    def test_a_digest_known_before_is_kept_so_that_changed_texts_are_noticed(self, session: Session) -> None:
        assert found(session, paragraph=1, sentence=1, known="0123456789ab")[2] == "0123456789ab"

    def test_the_articles_cited_come_along_for_the_linter(self, session: Session) -> None:
        articles = cite(session, [Pointer(source="atlas", paragraph=1, sentence=1)], 0).articles
        assert [part.text for part in articles["atlas"]] == TEXT.split("\n\n")


@pytest.mark.usefixtures("unattached")
class TestWithoutTheText:
    def test_the_pasted_sentence_gives_the_digest(self, session: Session) -> None:
        text = "The Danube rises in Germany."
        assert found(session, paragraph=1, sentence=1, text=text) == (1, 1, digest(text))

    def test_a_pasted_sentence_still_needs_its_place(self, session: Session) -> None:
        assert problem(session, text="The Danube rises in Germany.").field == "paragraph"

    def test_a_place_alone_asks_for_the_sentence(self, session: Session) -> None:
        assert problem(session, paragraph=1, sentence=1).field == "text"


def test_an_unknown_source_is_refused(session: Session) -> None:
    assert problem(session, paragraph=1, sentence=1).field == "source"


def test_nothing_cited_reads_nothing(session: Session) -> None:
    assert cite(session, [], 0).found == ()


@pytest.mark.parametrize(
    ("known", "called"),
    [
        ({"title": "The Airlift", "author": "A. Author", "publisher": "A Paper"}, "The Airlift (A. Author)"),
        ({"title": "The Airlift", "publisher": "A Paper"}, "The Airlift (A Paper)"),
        ({"title": "The Airlift"}, "The Airlift"),
        ({"author": "A. Author", "publisher": "A Paper"}, "A Paper, A. Author"),
        ({"title": "The Airlift", "author": "A. Author", "name": "the report"}, "The report"),
        ({"about": "A report on the airlift."}, "A report on the airlift"),
    ],
)
def test_an_article_goes_by_its_title_not_by_its_author(known: dict[str, str], called: str) -> None:
    line = SourceLine(
        **{"id": 1, "slug": "a", "title": "", "author": "", "publisher": "", "about": "", "name": ""} | known,  # type: ignore[arg-type]
        version_id=None,
    )
    assert source_name(line) == called

"""An article's text attached to its source: sentence by sentence, with the fate of what is cited."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.sources.passages import paragraphs
from quizapp.services.library.items import Citation
from quizapp.services.sources.articles import LONGEST, text_of
from quizapp.services.sources.shipped_texts import (
    attach_text,
    detach_text,
    read_article,
    source_named,
    strike_boilerplate,
)
from quizapp.storage.library.tables import Evidence, Item
from quizapp.storage.sources.tables import Anchor, Passage, Source, SourceVersion
from tests import factories
from tests.factories import NOW, choice

TEXT = (
    "The Danube rises in the Black Forest. It is long.\n\nIt ends in the Black Sea.\nTen countries share it."
)


@pytest.fixture
def source(session: Session) -> Source:
    return factories.add_source(session)


def cite(session: Session, source: Source, *places: tuple[int, int, str]) -> Item:
    """An item that is based on these places (paragraph, sentence, digest)."""
    evidence = tuple(Citation(source.id, *place) for place in places)
    number = session.scalar(select(func.count()).select_from(Item)) or 0
    deck = factories.add_deck(session, [choice(number)], slug=f"deck-{number}", evidence=evidence)
    return session.scalars(select(Item).where(Item.deck_id == deck.id)).one()


def digest(paragraph: int, sentence: int, text: str = TEXT) -> str:
    return paragraphs(text)[paragraph - 1].sentences[sentence - 1].digest


def passages(session: Session) -> list[tuple[int, int, str]]:
    """The sentences of the texts shown now."""
    query = select(Passage.paragraph, Passage.sentence, Passage.text)
    query = query.join(Source, Source.version_id == Passage.version_id)
    return [tuple(row) for row in session.execute(query.order_by(Passage.paragraph, Passage.sentence))]


def test_a_text_is_stored_sentence_by_sentence(session: Session, source: Source) -> None:
    attached = attach_text(session, source, TEXT, now=NOW)
    assert passages(session) == [
        (1, 1, "The Danube rises in the Black Forest."),
        (1, 2, "It is long."),
        (2, 1, "It ends in the Black Sea."),
        (3, 1, "Ten countries share it."),
    ]
    assert (attached.paragraphs, attached.sentences) == (3, 4)
    assert source.attached_at == NOW


def test_attaching_tells_how_the_cited_sentences_fared(session: Session, source: Source) -> None:
    cite(session, source, (1, 1, digest(1, 1)), (1, 2, digest(3, 1)))
    cite(session, source, (2, 1, "0123456789ab"), (1, 1, digest(1, 1)))
    attached = attach_text(session, source, TEXT, now=NOW)
    assert (attached.intact, attached.moved, attached.gone) == (2, 1, 1)
    assert str(attached) == (
        "3 paragraphs, 4 sentences; cited passages: 2 intact, 1 moved, 0 changed, 1 gone"
    )


def test_only_what_is_asked_now_is_counted(session: Session, source: Source) -> None:
    cite(session, source, (1, 1, digest(1, 1))).state = "retired"
    other = factories.add_source(session, "almanac")
    cite(session, other, (1, 1, digest(1, 1)))
    session.flush()
    attached = attach_text(session, source, TEXT, now=NOW)
    assert (attached.intact, attached.moved, attached.gone) == (0, 0, 0)


def test_another_text_takes_the_place_of_the_first(session: Session, source: Source) -> None:
    attach_text(session, source, TEXT, now=NOW)
    attach_text(session, source, "Only this.", now=NOW + timedelta(days=1))
    assert passages(session) == [(1, 1, "Only this.")]
    assert source.attached_at == NOW + timedelta(days=1)


def test_detaching_forgets_the_text_and_keeps_the_citations(session: Session, source: Source) -> None:
    cite(session, source, (1, 1, digest(1, 1)))
    attach_text(session, source, TEXT, now=NOW)
    detach_text(session, source)
    assert passages(session) == []
    assert source.attached_at is None
    [evidence] = session.scalars(select(Evidence))
    assert (evidence.exact, evidence.prefix, evidence.suffix, evidence.source_version_id) == (
        "",
        "",
        "",
        None,
    )
    assert not session.scalars(select(SourceVersion)).all()
    assert not session.scalars(select(Anchor)).all()


def test_sources_keep_their_own_texts(session: Session, source: Source) -> None:
    other = factories.add_source(session, "almanac")
    attach_text(session, source, "One.", now=NOW)
    attach_text(session, other, "Other.", now=NOW)
    detach_text(session, source)
    assert passages(session) == [(1, 1, "Other.")]


@pytest.mark.parametrize("text", ["", " \n\t\n", "a\x00b", "x" * (LONGEST + 1)])
def test_what_is_no_text_is_refused_and_the_old_one_kept(session: Session, source: Source, text: str) -> None:
    attach_text(session, source, TEXT, now=NOW)
    with pytest.raises(Invalid):
        attach_text(session, source, text, now=NOW)
    assert len(passages(session)) == 4


def test_a_source_is_found_by_its_name(session: Session, source: Source) -> None:
    assert source_named(session, "atlas") is source
    factories.add_source(session, "almanac")
    with pytest.raises(Missing, match=r"“map”\. Known: almanac, atlas"):
        source_named(session, "map")


def test_a_site_without_sources_says_what_to_do(session: Session) -> None:
    with pytest.raises(Missing, match="load a bank first"):
        source_named(session, "atlas")


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_file_is_read_with_or_without_a_byte_order_mark(tmp_path: Path, start: bytes) -> None:
    file = tmp_path / "atlas.txt"
    file.write_bytes(start + TEXT.encode())
    assert read_article(file) == TEXT


def test_a_file_in_another_encoding_is_refused_with_a_remedy(tmp_path: Path) -> None:
    file = tmp_path / "atlas.txt"
    file.write_bytes("Der Rhein fließt.".encode("latin-1"))
    with pytest.raises(Invalid, match=r"atlas\.txt isn.t UTF-8 text \(byte 14\)"):
        read_article(file)


def test_a_changed_text_is_found_again_or_waits_for_a_person(session: Session, source: Source) -> None:
    cite(session, source, (1, 1, digest(1, 1)), (1, 2, digest(1, 2)), (2, 1, digest(2, 1)))
    attach_text(session, source, TEXT, now=NOW)
    changed = TEXT.replace("It is long.", "It is very long.").replace("\nTen", "\nNew.\nTen")
    attached = attach_text(
        session, source, changed.replace("It ends in the Black Sea.", "So it goes."), now=NOW
    )
    assert (attached.intact, attached.moved, attached.changed, attached.gone) == (1, 0, 1, 1)


def test_boilerplate_is_excluded_as_the_bank_says(session: Session, source: Source) -> None:
    source.boilerplate = "1,3-9"
    attach_text(session, source, TEXT, now=NOW)
    assert [part.kept for part in text_of(session, source.version_id)] == [False, True, False]
    source.boilerplate = ""
    strike_boilerplate(session, source)
    assert all(part.kept for part in text_of(session, source.version_id))


def test_without_a_text_nothing_is_excluded(session: Session, source: Source) -> None:
    source.boilerplate = "1"
    strike_boilerplate(session, source)
    assert text_of(session, source.version_id) == ()

"""Importing in the browser: what would come is seen first, and only what was chosen is stored."""

from __future__ import annotations

import io
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.services.library import own_cards
from quizapp.services.library.editor import create_deck
from quizapp.storage.exchange.tables import ImportFile
from quizapp.storage.library.tables import Deck, DeckItem, Item
from quizapp.storage.study.tables import Review, StudyDeck
from quizapp.web.exchange.imports import building
from tests.factories import NOW
from tests.services.exchange.formats.test_anki import old
from tests.world import Seen, Visitor, client_of, person, rows_of

QUIZ = b"Who? {=Ann ~Bob ~Cy}\n\nWhere? {=here ~%50%near ~far}\n\nEssay {}\n"


@pytest.fixture
def deck(session: Session) -> Deck:
    teacher = person(session, "teacher", name="Ada", now=NOW)
    made = create_deck(session, teacher, title="Rivers", summary="", now=NOW)
    session.commit()
    return made


@pytest.fixture
def teacher(app: Flask, session: Session, deck: Deck) -> Visitor:
    return Visitor(client_of(app, session, deck.owner, now=NOW))


def bring(teacher: Visitor, deck: Deck, data: bytes = QUIZ, name: str = "quiz.gift") -> Seen:
    page = teacher.open(f"/teach/decks/{deck.slug}/import")
    fields: dict[str, Any] = {"file": (io.BytesIO(data), name)} if name else {"text": data.decode()}
    return teacher.send(page, fields, "/import", content_type="multipart/form-data")


def stems(session: Session, deck: Deck) -> list[str]:
    session.expire_all()
    query = select(Item).join(DeckItem, DeckItem.item_id == Item.id).where(DeckItem.deck_id == deck.id)
    return [
        item.version.content.stem
        for item in session.scalars(query.order_by(DeckItem.position))
        if item.version
    ]


def test_the_deck_leads_to_it(teacher: Visitor, deck: Deck) -> None:
    page = teacher.open(f"/teach/decks/{deck.slug}")
    assert page.link("Import questions").endswith(f"{deck.slug}/import")


def test_what_would_come_is_told_before_anything_is_stored(
    teacher: Visitor, deck: Deck, session: Session
) -> None:
    page = bring(teacher, deck)
    assert page.status == 200
    assert "1 question comes as it is" in page.text
    assert "“near” earns part of the score there; here it is wrong." in page.text
    assert "It is an essay: a free text, which cannot be graded here." in page.text
    assert [box["value"] for box in page.soup.select("input[name=take]")] == ["0", "1"]
    assert page.soup.select_one(".preview.question label.option") is not None
    assert stems(session, deck) == []


def test_what_is_ticked_is_stored_and_the_file_goes(teacher: Visitor, deck: Deck, session: Session) -> None:
    page = bring(teacher, deck)
    done = teacher.send(page, {"take": ["1"], "do": "import"}, "/settle")
    assert "1 question added, 0 updated, 0 unchanged." in done.text
    assert stems(session, deck) == ["Where?"]
    assert session.scalar(select(func.count()).select_from(ImportFile)) == 0


def test_past_reviews_of_an_anki_package_come_along_where_they_are_asked_for(
    teacher: Visitor, deck: Deck, session: Session
) -> None:
    page = bring(teacher, deck, old().getvalue(), "geo.apkg")
    assert "Also keep the 2 past reviews as mine" in page.text
    done = teacher.send(page, {"take": ["0"], "reviews": "yes", "do": "import"}, "/settle")
    assert "2 of your past reviews were kept." in done.text
    assert session.scalar(select(func.count()).select_from(Review)) == 2


def test_the_same_file_again_is_known(teacher: Visitor, deck: Deck, session: Session) -> None:
    teacher.send(bring(teacher, deck), {"take": ["0", "1"], "do": "import"}, "/settle")
    page = bring(teacher, deck, QUIZ.replace(b"far", b"far away"))
    assert "already in this deck" in page.text
    assert "updates a question of this deck" in page.text
    done = teacher.send(page, {"take": ["0", "1"], "do": "import"}, "/settle")
    assert "0 questions added, 1 updated, 1 unchanged." in done.text
    assert len(stems(session, deck)) == 2


def test_nothing_chosen_stores_nothing(teacher: Visitor, deck: Deck, session: Session) -> None:
    page = bring(teacher, deck)
    again = teacher.send(page, {"take": [], "do": "import"}, "/settle")
    assert "Nothing is selected." in again.text
    assert stems(session, deck) == []


def test_an_import_can_be_cancelled(teacher: Visitor, deck: Deck, session: Session) -> None:
    page = bring(teacher, deck)
    assert "Import cancelled." in teacher.send(page, {"do": "cancel"}, "/settle").text
    assert teacher.open(page.path).status == 404


def test_a_pasted_list_can_be_read_another_way(teacher: Visitor, deck: Deck, session: Session) -> None:
    page = bring(teacher, deck, b"hello\thola; buenas\nbye\tadi\xc3\xb3s\n", name="")
    assert "Between the columns: Tab" in page.text
    again = teacher.send(page, {"ask": "typed", "column": ["question", "answer"]}, "/table")
    done = teacher.send(again, {"take": ["0", "1"], "do": "import"}, "/settle")
    assert "2 questions added" in done.text
    kinds = session.scalars(select(Item).join(DeckItem)).all()
    assert {item.version.kind for item in kinds if item.version} == {"short_answer"}


def test_a_column_can_be_left_out(teacher: Visitor, deck: Deck) -> None:
    page = bring(teacher, deck, b"1,hello,hola\n2,bye,adios\n", name="")
    again = teacher.send(page, {"column": ["", "question", "answer"], "separator": ","}, "/table")
    assert "hello" in again.soup.select_one(".arrival h2").text


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "", "It’s empty"),
        (b"\x00\x01\x02\x03", "x.bin", "could not be told"),
        (b"words without any sign between them", "", "could not be told"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(
    teacher: Visitor, deck: Deck, data: bytes, name: str, said: str
) -> None:
    page = bring(teacher, deck, data, name)
    assert page.status == 422
    assert said in page.text


def test_a_file_that_breaks_off_says_so_and_offers_the_rest(teacher: Visitor, deck: Deck) -> None:
    page = bring(teacher, deck, b"Who? {=Ann ~Bob ~Cy}\n\n\xff{T}\n")
    assert "Line 3 holds a letter that is not UTF-8" in page.text
    assert len(page.soup.select("input[name=take]")) == 1


def test_the_report_is_a_table(teacher: Visitor, deck: Deck) -> None:
    page = bring(teacher, deck)
    text = teacher.client.get(page.link("Download this list (CSV)")).get_data(as_text=True)
    assert "line 5,Essay,,refused" in text


def test_another_teacher_finds_nothing(app: Flask, session: Session, teacher: Visitor, deck: Deck) -> None:
    page = bring(teacher, deck)
    other = Visitor(client_of(app, session, person(session, "teacher", name="Bob", now=NOW), now=NOW))
    assert other.open(page.path).status == 404
    assert other.open(f"/teach/decks/{deck.slug}/import").status == 404


@pytest.fixture
def learner(app: Flask, session: Session) -> Visitor:
    student = person(session, "student", name="Mia", now=NOW)
    create_deck(session, student, title="Mia’s cards", summary="", now=NOW)
    session.commit()
    return Visitor(client_of(app, session, student, now=NOW))


def bring_own(learner: Visitor, deck: Deck, data: bytes) -> Seen:
    page = learner.open(f"/own/decks/{deck.slug}/import")
    fields = {"file": (io.BytesIO(data), "quiz.gift")}
    return learner.send(page, fields, "/import", content_type="multipart/form-data")


def test_a_learner_imports_into_a_deck_of_their_own_and_studies_it(
    learner: Visitor, session: Session
) -> None:
    [own] = rows_of(session, Deck, title="Mia’s cards")
    assert learner.open(f"/own/decks/{own.slug}").link("Import questions").endswith(f"{own.slug}/import")
    page = bring_own(learner, own, QUIZ)
    assert "As you’ll see it" in page.text
    assert "Essay" in page.text
    back = learner.send(page, {"take": ["0", "1"], "do": "import"}, "/settle")
    assert back.path == f"/own/decks/{own.slug}"
    assert "2 questions added" in back.text
    assert stems(session, own) == ["Who?", "Where?"]
    assert [row.deck_id for row in rows_of(session, StudyDeck)] == [own.id]


def test_a_learner_never_reaches_anyone_elses_deck(
    learner: Visitor, deck: Deck, session: Session, app: Flask
) -> None:
    deck.public = True
    session.commit()
    for door in (f"/teach/decks/{deck.slug}/import", f"/own/decks/{deck.slug}/import"):
        assert learner.open(door).status == 404
        assert learner.post(door, {"text": "a\tb"}).status == 404
    [own] = rows_of(session, Deck, title="Mia’s cards")
    page = bring_own(learner, own, QUIZ)
    other = Visitor(client_of(app, session, person(session, "student", name="Noah", now=NOW), now=NOW))
    assert other.open(page.path).status == 404
    assert other.open(f"/own/decks/{own.slug}/import").status == 404
    assert stems(session, own) == []


def test_a_learners_deck_has_no_room_for_any_number_of_cards(
    learner: Visitor, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_cards, "MOST_CARDS", 1)
    [own] = rows_of(session, Deck, title="Mia’s cards")
    page = bring_own(learner, own, QUIZ)
    told = learner.send(page, {"take": ["0", "1"], "do": "import"}, "/settle")
    assert "This deck has room for 1 more card; 2 are selected." in told.text
    assert not rows_of(session, Item, deck_id=own.id)
    learner.send(told, {"take": ["1"], "do": "import"}, "/settle")
    assert stems(session, own) == ["Where?"]


def test_more_than_fit_on_the_page_come_as_they_are(
    teacher: Visitor, deck: Deck, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "SHOWN", 1)
    page = bring(teacher, deck)
    assert "2 more questions aren’t shown" in page.text
    teacher.send(page, {"take": [], "do": "import"}, "/settle")
    assert stems(session, deck) == ["Where?"]


def test_a_newer_file_for_the_deck_takes_the_place_of_the_last(
    teacher: Visitor, deck: Deck, session: Session
) -> None:
    bring(teacher, deck)
    bring(teacher, deck)
    assert session.scalar(select(func.count()).select_from(ImportFile)) == 1

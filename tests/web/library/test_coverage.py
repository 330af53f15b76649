"""What teachers see of an article: gaps, questions to edit, and what a class remembers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from quizapp.domain.sources.passages import digest
from quizapp.domain.study.scheduling.fsrs import DEFAULT_WEIGHTS, Weights
from quizapp.domain.study.scheduling.parameters import text_of
from quizapp.services.classes import classrooms
from quizapp.services.library.items import Citation
from quizapp.services.sources import articles
from quizapp.services.sources.articles import About, Block
from quizapp.storage.accounts.tables import Account
from quizapp.storage.classes.tables import Classroom, Enrolment
from quizapp.storage.library.tables import Item
from quizapp.storage.sources.tables import Source
from quizapp.storage.study.tables import Card
from tests import factories
from tests.counting import calls
from tests.factories import NOW, choice, flip
from tests.world import Seen, Visitor, client_of, person

TODAY = NOW.date().toordinal()
TEXTS = (
    "A heading of more than a few words",
    "The Danube ends in the Black Sea after ten countries.",
    "The Elbe is shorter and ends in the North Sea.",
    "Share this",
)


@pytest.fixture
def teacher(session: Session) -> Account:
    return person(session, "teacher", name="Ms Rossi", now=NOW)


@pytest.fixture
def source(session: Session, teacher: Account) -> Source:
    blocks = [*map(Block, TEXTS[:3]), Block(TEXTS[3], kept=False)]
    about = About(title="Rivers", author="A. Hydro", address="https://example.org/rivers")
    made = articles.add(session, teacher, about, blocks, now=NOW)
    session.commit()
    return made


@pytest.fixture
def items(session: Session, source: Source, teacher: Account) -> list[int]:
    """Three questions on the second paragraph."""
    cited = (Citation(source.id, 2, 1, digest(TEXTS[1])),)
    contents = [choice(1), choice(2), flip(3)]
    deck = factories.add_deck(session, contents, owner=teacher, evidence=cited)
    session.commit()
    return factories.item_ids(session, deck)


@pytest.fixture
def classroom(session: Session, teacher: Account) -> Classroom:
    made = classrooms.create(session, teacher, name="7b", zone="UTC", now=NOW)
    session.commit()
    return made


@pytest.fixture
def desk(app: Flask, session: Session, teacher: Account) -> Visitor:
    return Visitor(client_of(app, session, teacher, now=NOW))


def enrol(session: Session, classroom: Classroom, students: int) -> list[int]:
    found = []
    for _ in range(students):
        account = factories.add_account(session)
        place = {"classroom_id": classroom.id, "learner_id": account.id, "joined_at": NOW}
        session.add(Enrolment(**place, name=f"S{account.id}", name_key=f"s{account.id}"))
        found.append(account.id)
    session.commit()
    return found


def remember(session: Session, learners: list[int], items: list[int], stability: float) -> None:
    for item_id in items:
        item = session.get_one(Item, item_id)
        for learner_id in learners:
            session.add(
                Card(
                    learner_id=learner_id,
                    item_id=item_id,
                    deck_id=item.deck_id,
                    fact_id=item.fact_id,
                    stability=stability,
                    fast=stability,
                    difficulty=5.0,
                    folded="",
                    first_day=TODAY - 10,
                    last_day=TODAY - 10,
                    due_day=TODAY + 1,
                    last_at=NOW,
                    reps=1,
                    lapses=0,
                    events=1,
                    learning=False,
                    right_streak=1,
                    misses_in_row=0,
                )
            )
    session.commit()


def look(desk: Visitor, source: Source, classroom: Classroom | None = None) -> Seen:
    return desk.open(f"/sources/{source.slug}" + (f"?class={classroom.id}" if classroom else ""))


def said(page: Seen, paragraph: int) -> str:
    return " ".join(page.soup.select_one(f"#p{paragraph}").get_text(" ").split())  # type: ignore[union-attr]


def test_gaps_are_seen_but_headings_and_what_is_excluded_are_none(
    desk: Visitor, source: Source, items: list[int]
) -> None:
    page = look(desk, source)
    assert "No question yet" in said(page, 3)
    assert "No question yet" not in said(page, 1) + said(page, 2)
    assert page.soup.select_one("#p4") is None
    assert "1 paragraph has questions. 1 paragraph has none yet." in page.text


def test_a_paragraph_tells_its_questions_by_kind_and_each_can_be_edited(
    desk: Visitor, source: Source, items: list[int]
) -> None:
    page = look(desk, source)
    assert "3 questions on paragraph 2 2 × Single choice, Flip card" in said(page, 2)
    links = [link["href"] for link in page.soup.select("#p2 .item a")]
    assert links == [f"/teach/items/{item}" for item in items]


def test_others_see_neither_gaps_nor_ways_to_edit(
    app: Flask, session: Session, source: Source, items: list[int]
) -> None:
    deck = session.get_one(Item, items[0]).deck
    deck.public = True
    student, colleague = (person(session, role, name=role, now=NOW) for role in ("student", "teacher"))
    session.commit()
    for account, gaps in ((student, 0), (colleague, 1)):
        page = look(Visitor(client_of(app, session, account, now=NOW)), source)
        assert page.text.count("No question yet") == gaps
        assert not page.soup.select("#p2 .item a")


def test_the_original_is_linked(desk: Visitor, source: Source) -> None:
    assert look(desk, source).link("Original article") == "https://example.org/rivers"


def test_a_classs_memory_is_told_with_a_range_and_tints_the_paragraph(
    session: Session, desk: Visitor, source: Source, items: list[int], classroom: Classroom
) -> None:
    students = enrol(session, classroom, 10)
    remember(session, students[:4], items, stability=2_000.0)
    page = look(desk, source, classroom)
    assert "Seen by 4 of 10 students, who would now recall 75–100 % of what they’ve seen" in said(page, 2)
    assert "strong" in page.soup.select_one("#p2")["class"]  # type: ignore[index]
    assert page.soup.select_one(".tabs a[aria-current]").get_text() == "7b"  # type: ignore[union-attr]
    assert not page.soup.select("#p2 .memory a")


def test_each_students_memory_is_reckoned_with_their_own_weights(
    session: Session, desk: Visitor, source: Source, items: list[int], classroom: Classroom
) -> None:
    students = enrol(session, classroom, 4)
    remember(session, students, items, stability=2_000.0)
    steep = Weights((*DEFAULT_WEIGHTS.values[:26], 0.6, *DEFAULT_WEIGHTS.values[27:]))
    session.execute(update(Account).where(Account.id.in_(students)).values(weights=text_of(steep)))
    session.commit()
    assert "students, who would now recall 35–90 % of" in said(look(desk, source, classroom), 2)


@pytest.mark.parametrize(
    ("met", "words"),
    [
        (0, "No student has seen it yet"),
        (2, "Seen by 2 of 5 students, too few to say what the class remembers"),
    ],
)
def test_of_few_students_nothing_is_said(
    session: Session,
    desk: Visitor,
    source: Source,
    items: list[int],
    classroom: Classroom,
    met: int,
    words: str,
) -> None:
    students = enrol(session, classroom, 5)
    remember(session, students[:met], items, stability=1.0)
    page = look(desk, source, classroom)
    assert words in said(page, 2)
    assert "asked" in page.soup.select_one("#p2")["class"]  # type: ignore[index]


def test_only_students_who_are_in_the_class_count(
    session: Session, desk: Visitor, source: Source, items: list[int], classroom: Classroom
) -> None:
    students = enrol(session, classroom, 4)
    remember(session, [*students, factories.add_account(session).id], items, stability=1.0)
    place = session.query(Enrolment).filter_by(learner_id=students[0]).one()
    place.removed_at = NOW
    session.commit()
    assert "Seen by 3 of 3 students" in said(look(desk, source, classroom), 2)


def test_a_class_of_others_and_an_article_that_is_not_ones_to_read_are_not_there(
    app: Flask, session: Session, desk: Visitor, source: Source, teacher: Account
) -> None:
    other = person(session, "teacher", name="Mr Weiss", now=NOW)
    theirs = classrooms.create(session, other, name="9a", zone="UTC", now=NOW)
    session.commit()
    assert look(desk, source, theirs).status == 404
    assert desk.open(f"/sources/{source.slug}?class=x").status == 200


def test_a_question_whose_sentence_is_gone_is_told_at_the_end(
    session: Session, desk: Visitor, source: Source, items: list[int]
) -> None:
    articles.revise(session, source, None, [Block(TEXTS[0]), Block(TEXTS[2])], now=NOW)
    session.commit()
    page = look(desk, source)
    assert "No longer in the article" in page.text
    assert not page.soup.select(".paragraph .item")


def test_a_class_of_40_with_100_questions_costs_no_more_queries_and_little_work(
    session: Session,
    desk: Visitor,
    source: Source,
    items: list[int],
    classroom: Classroom,
    teacher: Account,
    count_queries: Callable[[], list[str]],
) -> None:
    students = enrol(session, classroom, 40)
    remember(session, students[:3], items, stability=9.0)

    def cost() -> int:
        before = len(count_queries())
        assert look(desk, source, classroom).status == 200
        return len(count_queries()) - before

    few = cost()
    cited = (Citation(source.id, 3, 1, digest(TEXTS[2])),)
    work = []
    for first in (0, 50):
        questions = [choice(n) for n in range(first, first + 50)]
        deck = factories.add_deck(session, questions, slug=f"more-{first}", owner=teacher, evidence=cited)
        remember(session, students, factories.item_ids(session, deck), stability=9.0)
        assert cost() == few
        work.append(calls(lambda: look(desk, source, classroom)))
    assert work[1] < 3 * work[0], "twice the questions, twice the work"

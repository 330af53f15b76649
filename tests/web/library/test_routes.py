"""The library in the browser: decks, a deck's questions, an article with what is remembered of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from quizapp.domain.language.markup import plain
from quizapp.domain.library.kinds import kind_of
from quizapp.services.sources.anchors import anchor_new
from quizapp.services.sources.shipped_texts import attach_text, source_named
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, DeckItem, Evidence, Item, ItemVersion
from quizapp.storage.sources.tables import Passage, Source
from quizapp.storage.study.tables import Card

pytestmark = pytest.mark.usefixtures("shipped_bank")

NOW = datetime.now(UTC)
TODAY = NOW.date().toordinal() - (NOW.hour < 4)  # guests of these tests live in UTC
DECK = "record-trade"  # more than one page of questions
TEXT = "\n".join(f"Paragraph {number} begins. It ends here." for number in range(1, 30))


@pytest.fixture
def learner(client, session):
    """The guest that this client is."""
    client.post("/study/begin", data={"zone": "UTC"})
    account = session.scalars(select(Account).order_by(Account.id.desc())).first()
    session.commit()  # a test's session writes: it must not keep the client waiting
    return account


@pytest.fixture
def teacher(learner, session):
    learner.role = "teacher"
    session.commit()
    return learner


def deck_items(session, slug=DECK):
    query = (
        select(Item)
        .join(DeckItem, DeckItem.item_id == Item.id)
        .join(Deck, Deck.id == DeckItem.deck_id)
        .where(Deck.slug == slug)
        .order_by(DeckItem.position)
        .options(joinedload(Item.version))
    )
    items = session.scalars(query).all()
    session.commit()
    return items


def card(session, learner, item, *, due, last=-10, stability=10.0, learning=False):
    session.add(
        Card(
            learner_id=learner.id,
            item_id=item.id,
            deck_id=item.deck_id,
            fact_id=item.fact_id,
            stability=stability,
            fast=stability,
            difficulty=5.0,
            folded="",
            first_day=TODAY + last,
            last_day=TODAY + last,
            due_day=TODAY + due,
            last_at=NOW,
            reps=1,
            lapses=0,
            events=1,
            learning=learning,
            right_streak=1,
            misses_in_row=0,
        )
    )
    session.commit()


def soup(response, status=200):
    assert response.status_code == status, response.text
    return BeautifulSoup(response.text, "html.parser")


def words(node):
    return " ".join(node.get_text(" ").split())


# --- decks ---------------------------------------------------------------------------------------


def test_the_shelf_lists_articles_and_themes_with_ways_in(client, session):
    page = soup(client.get("/decks/"))
    assert [words(heading) for heading in page("h2")] == ["Article by article", "By theme"]
    titles = {words(link): link["href"] for link in page.select("a.cover")}
    for deck in session.scalars(select(Deck)):
        assert titles[deck.title] == f"/decks/{deck.slug}"
    assert "/sources/elpais-little-moscow" in {link["href"] for link in page.select("a.beside-cover")}
    assert "known" not in words(page.main)  # no one to know anything yet


def test_a_learner_sees_what_waits_is_new_and_known(client, learner, session):
    items = deck_items(session)
    card(session, learner, items[0], due=4)
    card(session, learner, items[1], due=0)
    row = next(row for row in soup(client.get("/decks/")).select(".row") if f"/decks/{DECK}" in str(row))
    assert f"1 to review {len(items) - 2} new 1 of {len(items)} known" in words(row)


def test_decks_without_questions_are_not_on_the_shelf(client, session):
    session.execute(delete(DeckItem))
    session.commit()
    page = soup(client.get("/decks/"))
    assert "No decks yet" in words(page.main)
    assert not page.select("a.cover")


def test_a_teachers_deck_is_on_its_own_shelf(client, teacher, session):
    deck = session.scalar(select(Deck).where(Deck.slug == "harbin-trade"))
    deck.owner_id = teacher.id
    session.commit()
    assert shelves(client)[0] == "Your own"


def test_a_deck_that_another_teacher_lets_everyone_study_is_on_the_last_shelf(client, teacher, session):
    other = Account(name="Ms Rigby", role="teacher", zone="UTC", created_at=NOW)
    session.add(other)
    session.flush()
    deck = session.scalar(select(Deck).where(Deck.slug == "harbin-trade"))
    deck.owner_id, deck.public = other.id, True
    session.commit()
    assert shelves(client)[-1] == "From teachers and classes"


def shelves(client):
    return [words(heading) for heading in soup(client.get("/decks/"))("h2")]


# --- one deck ------------------------------------------------------------------------------------


def test_a_deck_tells_where_each_question_is_in_words(client, learner, session):
    items = deck_items(session)
    card(session, learner, items[0], due=4)
    card(session, learner, items[1], due=0)
    card(session, learner, items[2], due=0, learning=True)
    page = soup(client.get(f"/decks/{DECK}"))
    shown = [words(item) for item in page.select(".item")]
    until = datetime.fromordinal(TODAY + 4)
    assert f"known until {until.day} {until:%B}" in shown[0]
    assert shown[1].endswith("to review")
    assert shown[2].endswith("learning")
    assert shown[3].endswith("new")
    for item, text in zip(items, shown, strict=False):
        kind = kind_of(item.version.content)
        assert plain(kind.headline(item.version.content)) in text
        assert kind.title in text


def test_no_list_tells_a_key(client, learner, session):
    """Where neither any headline nor a title of the page names it by rights, no page shows a key."""
    page = words(soup(client.get(f"/decks/{DECK}?page=1"))) + words(soup(client.get(f"/decks/{DECK}?page=2")))
    page += words(soup(client.get(f"/sources/{DECK}")))
    everything = " ".join(
        [
            *(
                plain(kind_of(item.version.content).headline(item.version.content))
                for item in session.scalars(select(Item))
            ),
            *(f"{deck.title} {deck.summary}" for deck in session.scalars(select(Deck))),
            *(f"{source.title} {source.about}" for source in session.scalars(select(Source))),
        ]
    ).casefold()
    secrets = {
        key
        for item in deck_items(session)
        for key in map(plain, kind_of(item.version.content).outline(item.version.content).keys)
        if len(key) > 12 and key.casefold() not in everything
    }
    assert len(secrets) > 20
    assert not [key for key in secrets if key in page]


def test_questions_come_fifty_a_page_and_all_of_them_once(client, learner, session):
    total = len(deck_items(session))
    assert 50 < total <= 100
    first, second = (soup(client.get(f"/decks/{DECK}?page={number}")) for number in (1, 2))
    assert len(first.select(".item")) == 50
    assert len(second.select(".item")) == total - 50
    assert first.select_one("a[rel=next]")["href"].startswith(f"/decks/{DECK}?page=2")
    assert first.select_one("a[rel=prev]") is None
    assert second.select_one("a[rel=next]") is None
    assert f"51 – {total}" in words(second).replace("–", " – ").replace("  ", " ")


@pytest.mark.parametrize("number", ["0", "-3", "99", "many", ""])
def test_a_page_that_is_not_there_is_the_nearest_that_is(client, number):
    assert soup(client.get(f"/decks/{DECK}?page={number}")).select(".item")


def test_the_deck_can_be_studied_and_quizzed(client, learner, session):
    page = soup(client.get(f"/decks/{DECK}"))
    form = page.select_one("form[action='/study/begin']")
    assert [button["class"] for button in page.select("button.primary, a.primary")] == [form.button["class"]]
    answer = client.post("/study/begin", data={field["name"]: field["value"] for field in form("input")})
    assert answer.location == f"/study/?deck={DECK}"
    quiz = page.find("a", string="Take a quiz")["href"]
    assert client.get(quiz).status_code == 200


def test_a_newcomer_sees_the_deck_without_standings(client):
    page = soup(client.get(f"/decks/{DECK}"))
    assert page.select(".item")
    assert not page.select(".item .badge")
    assert page.find("a", string="Take a quiz") is None


def test_teachers_and_only_they_find_the_way_to_edit(client, learner, session):
    assert soup(client.get(f"/decks/{DECK}")).find("a", string="Edit this deck") is None
    learner.role = "teacher"
    session.commit()
    address = soup(client.get(f"/decks/{DECK}")).find("a", string="Edit this deck")["href"]
    assert client.get(address).status_code == 200


def test_an_empty_deck_says_so(client, session):
    session.execute(delete(DeckItem))
    session.commit()
    assert "No questions yet" in words(soup(client.get(f"/decks/{DECK}")))


@pytest.mark.parametrize("address", ["/decks/no-such-deck", "/sources/no-such-source"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


# --- an article ----------------------------------------------------------------------------------


def test_an_article_whose_text_is_absent_shows_its_paragraphs_questions(client, learner):
    page = soup(client.get(f"/sources/{DECK}"))
    assert not page("mark")
    assert page.select("#p4 .item")
    assert "sources attach" not in words(page)
    assert "Not seen yet" in words(page.select_one("#p4"))


def test_teachers_are_told_how_to_attach_the_text(client, teacher):
    assert f"quizapp sources attach {DECK} FILE" in words(soup(client.get(f"/sources/{DECK}")))


def test_an_attached_text_is_shown_without_boilerplate_and_with_its_cited_sentences(client, learner, session):
    source = source_named(session, DECK)
    source.boilerplate = "1-3,16"
    attach_text(session, source, TEXT, now=NOW)
    cite(session, source, paragraph=5, sentence=2)
    session.commit()
    page = soup(client.get(f"/sources/{DECK}"))
    assert page.select_one("#p5 mark").get_text() == "It ends here."
    assert "Paragraph 5 begins." in words(page.select_one("#p5"))
    for hidden in (1, 2, 3, 16):
        assert f"Paragraph {hidden} begins." not in words(page)
    numbers = [int(paragraph["id"][1:]) for paragraph in page.select(".paragraph")]
    assert numbers == sorted(numbers)


def cite(session, source, *, paragraph, sentence):
    """Let one item are based on a sentence of the attached text; gives the item."""
    digest = session.scalar(
        select(Passage.digest).where(
            Passage.version_id == source.version_id,
            Passage.paragraph == paragraph,
            Passage.sentence == sentence,
        )
    )
    item = deck_items(session)[0]
    session.execute(delete(Evidence).where(Evidence.version_id == item.version_id))
    evidence = Evidence(
        version_id=item.version_id,
        source_id=source.id,
        paragraph=paragraph,
        sentence=sentence,
        digest=digest,
    )
    session.add(evidence)
    session.flush()
    anchor_new(session, [evidence], None)
    session.commit()
    return item


def test_a_sentence_that_moved_takes_its_questions_along(client, learner, session):
    source = source_named(session, DECK)
    distinct = "\n".join(f"Paragraph {number} begins. It ends at {number}." for number in range(1, 30))
    attach_text(session, source, distinct, now=NOW)
    item = cite(session, source, paragraph=5, sentence=2)
    attach_text(session, source, "An added paragraph.\n" + distinct, now=NOW)
    session.commit()
    page = soup(client.get(f"/sources/{DECK}"))
    headline = plain(kind_of(item.version.content).headline(item.version.content))
    assert headline in words(page.select_one("#p6"))
    assert page.select_one("#p6 mark").get_text() == "It ends at 5."


@pytest.mark.parametrize(
    ("stability", "tone", "said"),
    [
        (None, "asked", "Not seen yet"),
        (0.01, "weak", "Little remembered"),
        (1.0, "fading", "Partly remembered"),
        (100.0, "strong", "Well remembered"),
    ],
)
def test_a_paragraph_is_tinted_by_memory_and_says_so_in_words(
    client, learner, session, stability, tone, said
):
    source = source_named(session, DECK)
    attach_text(session, source, "Only this stands here.", now=NOW)
    item = cite(session, source, paragraph=1, sentence=1)
    others = [other for other in deck_items(session) if other.id != item.id]
    for other in others:
        other.state = "retired"
    if stability is not None:
        card(session, learner, item, due=5, last=-10, stability=stability)
    session.commit()
    paragraph = soup(client.get(f"/sources/{DECK}")).select_one("#p1")
    assert tone in paragraph["class"]
    assert said in words(paragraph)
    assert paragraph.select_one(".memory a")["href"] == f"/study/?item={item.id}"


def test_a_fact_is_known_when_all_of_it_that_was_seen_would_be_recalled(client, learner, session):
    facts = {}
    for item in deck_items(session):
        facts.setdefault(item.fact_id, []).append(item)
    pair = next(items for items in facts.values() if len(items) > 1)
    card(session, learner, pair[0], due=5, stability=100.0)
    assert "You know 1 of" in words(soup(client.get(f"/sources/{DECK}")))
    card(session, learner, pair[1], due=5, stability=1.0)
    assert "You know 0 of" in words(soup(client.get(f"/sources/{DECK}")))


def test_tapping_a_paragraph_asks_about_it(client, learner, session):
    page = soup(client.get(f"/sources/{DECK}"))
    asked = soup(client.get(page.select_one("#p5 .memory a")["href"]))
    assert asked.select_one("#stem")


# --- cost ----------------------------------------------------------------------------------------


def double(session):
    """Twice the decks, and twice the items in each deck, each item cited where its twin is."""
    for deck in session.scalars(select(Deck)).all():
        twin = Deck(
            slug=f"{deck.slug}-2",
            title=deck.title,
            summary=deck.summary,
            created_at=NOW,
            source_id=deck.source_id,
        )
        session.add(twin)
    for item in deck_items(session):
        evidence = session.scalars(select(Evidence).where(Evidence.version_id == item.version_id)).all()
        twin = Item(key=f"{item.key}-2", deck_id=item.deck_id, fact_id=item.fact_id, state="published")
        session.add(twin)
        session.flush()
        version = ItemVersion(
            item_id=twin.id, number=1, kind=item.version.kind, content=item.version.content, created_at=NOW
        )
        session.add(version)
        session.flush()
        twin.version_id = version.id
        session.add(DeckItem(deck_id=item.deck_id, item_id=twin.id, position=1_000))
        for row in evidence:
            session.add(
                Evidence(
                    version_id=version.id,
                    source_id=row.source_id,
                    paragraph=row.paragraph,
                    sentence=row.sentence,
                    digest=row.digest,
                )
            )
    session.commit()


@pytest.mark.parametrize("address", ["/decks/", f"/decks/{DECK}", f"/sources/{DECK}"])
def test_twice_the_rows_cost_the_same_queries(client, learner, session, count_queries, address):
    attach_text(session, source_named(session, DECK), TEXT, now=NOW)
    session.commit()
    costs = []
    for _ in range(2):
        before = len(count_queries())
        assert client.get(address).status_code == 200
        costs.append(len(count_queries()) - before)
        double(session) if len(costs) == 1 else None
    assert costs[0] == costs[1] <= 6

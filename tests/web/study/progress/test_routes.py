"""The progress page and the settings in the browser."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select, update

from quizapp.services.study.rebuild import rebuild
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Item
from quizapp.storage.study.tables import Card, LearnerCalibration, LearnerDay, StudyDeck

pytestmark = pytest.mark.usefixtures("shipped_bank")

NOW = datetime.now(UTC)
TODAY = NOW.date().toordinal() - (NOW.hour < 4)  # guests of these tests live in UTC
QUESTIONS = [
    "What do I know now?",
    "What’s coming up?",
    "How accurate were the predictions?",
    "Which days did I study?",
    "What am I about to forget?",
]


@pytest.fixture
def learner(client, session):
    """The guest that this client is."""
    client.post("/study/begin", data={"zone": "UTC"})
    account = session.scalars(select(Account).order_by(Account.id.desc())).first()
    session.commit()  # a test's session writes: it must not keep the client waiting
    return account


def add_cards(session, learner, start=0, stop=12):
    items = session.scalars(select(Item).order_by(Item.id).offset(start).limit(stop - start)).all()
    for number, item in enumerate(items, start=start):
        session.add(
            Card(
                learner_id=learner.id,
                item_id=item.id,
                deck_id=item.deck_id,
                fact_id=item.fact_id,
                stability=5.0 + number,
                fast=5.0 + number,
                difficulty=5.0,
                folded="",
                first_day=TODAY - 9,
                last_day=TODAY - 9,
                due_day=TODAY + number % 9 - 1,
                last_at=NOW,
                reps=2,
                lapses=0,
                events=2,
                learning=number % 6 == 0,
                right_streak=1,
                misses_in_row=0,
            )
        )
    session.commit()


def add_days(session, learner, first, last):
    for day in range(first, last):
        session.add(
            LearnerDay(
                learner_id=learner.id,
                day=TODAY - day,
                answers=12,
                right=10,
                new_items=2,
                new_right=1,
                duration_ms=90_000,
            )
        )
    session.commit()


def soup(response, status=200):
    assert response.status_code == status, response.text
    return BeautifulSoup(response.text, "html.parser")


def words(node):
    return " ".join(node.get_text(" ").split())


def section(page, question):
    return next(node for node in page.select(".chart") if words(node.h2) == question)


def test_a_newcomer_is_sent_to_where_one_begins(client):
    assert client.get("/progress/").location == "/"
    assert client.get("/settings").location == "/"


def test_before_the_first_answer_the_page_teaches_the_next_step(client, learner):
    page = soup(client.get("/progress/"))
    assert "Nothing to show yet" in words(page)
    form = page.select_one("form[action='/study/begin']")
    assert client.post(form["action"]).location == "/study/"
    assert page.find("a", string="Change settings")


def test_five_questions_each_with_an_answer_and_a_table(client, learner, session):
    add_cards(session, learner)
    add_days(session, learner, 0, 3)
    calibration(session, learner, reviews=100, right=88)
    page = soup(client.get("/progress/"))
    assert [words(node.h2) for node in page.select(".chart")] == QUESTIONS
    for question in QUESTIONS:
        node = section(page, question)
        assert len(words(node.p)) > 20
        assert node.select("table tbody tr")
        for drawing in node.select("svg[role=img]"):
            assert drawing["aria-label"]
    assert not page.select("[style]")


def test_what_is_known_adds_up(client, learner, session):
    add_cards(session, learner)
    rows = section(soup(client.get("/progress/")), "What do I know now?").select("tbody tr")
    figures = [[float(cell.get_text()) for cell in row("td")] for row in rows]
    total = len(session.scalars(select(Item.id)).all())
    assert sum(sum(row[:4]) for row in figures) == total
    assert sum(sum(row[:3]) for row in figures) == 12
    assert sum(row[2] for row in figures) == 2
    assert 6 < sum(row[4] for row in figures) < 12


def test_the_forecast_begins_with_what_the_start_page_says_waits(client, learner, session):
    add_cards(session, learner)
    page = soup(client.get("/progress/"))
    rows = section(page, "What’s coming up?").select("tbody tr")
    assert len(rows) == 30
    waiting = int(words(rows[0].td))
    assert waiting
    assert f"{waiting} to review" in words(soup(client.get("/")).h1)
    assert f"Review {waiting} questions" in words(page)


def test_a_deck_that_rests_is_in_no_count_of_what_comes(client, learner, session):
    add_cards(session, learner)
    decks = session.scalars(select(Card.deck_id).distinct()).all()
    session.execute(
        update(StudyDeck)
        .where(StudyDeck.learner_id == learner.id, StudyDeck.deck_id.in_(decks))
        .values(paused_at=NOW)
    )
    session.commit()
    page = soup(client.get("/progress/"))
    assert "Nothing is scheduled" in words(section(page, "What’s coming up?"))
    assert not section(page, "What am I about to forget?").select("tbody tr")
    assert not page.select("a.button.primary")
    assert "to review" not in words(soup(client.get("/")).h1)
    known = section(page, "What do I know now?")
    assert "to review once you resume it" in words(known)
    assert any(words(cell).endswith("(paused)") for cell in known.select("tbody th"))


def test_nothing_coming_is_said_in_words(client, learner, session):
    add_cards(session, learner)
    session.query(Card).update({"due_day": TODAY + 90, "learning": False})
    session.commit()
    page = soup(client.get("/progress/"))
    assert "Nothing is scheduled" in words(section(page, "What’s coming up?"))
    assert not page.select("a.button.primary")


def calibration(session, learner, *, reviews, right, promised=0.9):
    session.add(
        LearnerCalibration(
            learner_id=learner.id,
            bin=9,
            reviews=reviews,
            expected=round(promised * reviews * 1_000_000),
            right=right * 1_000_000,
        )
    )
    session.commit()


@pytest.mark.parametrize(
    ("reviews", "right", "verdict"),
    [
        (0, 0, "Nothing to compare yet"),
        (1, 1, "Too early to judge: only 1 prediction so far"),
        (29, 20, "Too early to judge: only 29 predictions so far"),
        (
            100,
            88,
            "The predictions are about right: 90 % predicted, 88 % correct (100 answers; chance alone allows 80 % to 93 %)",
        ),
        (100, 60, "Predictions were too optimistic"),
        (400, 400, "Predictions were too cautious"),
    ],
)
def test_predictions_are_judged_as_far_as_the_figures_allow(
    client, learner, session, reviews, right, verdict
):
    add_cards(session, learner)
    if reviews:
        calibration(session, learner, reviews=reviews, right=right)
    assert verdict in words(section(soup(client.get("/progress/")), "How accurate were the predictions?"))


def test_the_calendar_shows_twenty_weeks_and_names_each_day(client, learner, session):
    add_cards(session, learner)
    add_days(session, learner, 0, 4)
    add_days(session, learner, 300, 301)
    node = section(soup(client.get("/progress/")), "Which days did I study?")
    cells = node.select(".calendar rect")
    assert 19 * 7 < len(cells) <= 20 * 7
    assert [words(cell.title).endswith(": 12 answers") for cell in cells[-5:]] == [
        False,
        True,
        True,
        True,
        True,
    ]
    assert "You studied on 4 days of the last 20 weeks: 48 answers in 6 minutes." in words(node)
    assert len(node.select("tbody tr")) == 4


def test_what_fades_is_listed_weakest_first_without_a_key(client, learner, session):
    add_cards(session, learner, 0, 20)
    rows = section(soup(client.get("/progress/")), "What am I about to forget?").select("tbody tr")
    percents = [int(words(row.td).split(" %")[0]) for row in rows]
    assert len(percents) == 10
    assert percents == sorted(percents)
    assert all(row.select_one("a[href^='/decks/']") for row in rows)


def test_what_was_seen_today_is_not_being_forgotten(client, learner, session):
    add_cards(session, learner)
    session.query(Card).update({"last_day": TODAY})
    session.commit()
    assert "Nothing yet" in words(section(soup(client.get("/progress/")), "What am I about to forget?"))


def test_twice_the_rows_cost_the_same_queries(client, learner, session, count_queries):
    costs = []
    for part in range(2):
        add_cards(session, learner, 20 * part, 20 * part + 20)
        add_days(session, learner, 5 * part, 5 * part + 5)
        before = len(count_queries())
        soup(client.get("/progress/"))
        costs.append(len(count_queries()) - before)
    assert costs[0] == costs[1] <= 8
    assert not [statement for statement in count_queries() if "FROM review" in statement]


# --- settings ------------------------------------------------------------------------------------

WANTED = {"new_per_day": "5", "desired_retention": "85", "zone": "Europe/Madrid", "four_ratings": "y"}


def test_settings_are_stored_and_shown(client, learner, session, settings):
    answer = client.post("/settings", data=WANTED)
    assert (answer.status_code, answer.location) == (303, "/progress/")
    page = words(soup(client.get("/progress/")))
    assert "have been rescheduled" in page
    for value in ("New questions a day 5", "Target recall 85 %", "four", "Europe/Madrid"):
        assert value in page
    form = soup(client.get("/settings"))
    assert form.select_one("#new_per_day")["value"] == "5"
    assert form.select_one("#zone option[selected]")["value"] == "Europe/Madrid"
    assert form.select_one("#four_ratings").has_attr("checked")
    session.expire_all()
    assert rebuild(session, settings, only_check=True).different == 0


def test_easy_days_are_ticked_and_unticked(client, learner):
    def ticked():
        return [box["value"] for box in soup(client.get("/settings")).select("[name=easy_days][checked]")]

    client.post("/settings", data=WANTED | {"easy_days": ["5", "6"]})
    assert ticked() == ["5", "6"]
    client.post("/settings", data=WANTED)
    assert ticked() == []


def test_what_another_target_does_is_shown_before_it_is_saved(client, learner, session):
    add_cards(session, learner, 0, 20)
    page = soup(client.post("/settings", data=WANTED | {"desired_retention": "95", "preview": "1"}))
    assert "With these settings:" in words(page)
    assert "questions would come on another day" in words(page)
    assert page.select_one("#desired_retention")["value"] == "95"
    assert soup(client.get("/settings")).select_one("#desired_retention")["value"] != "95"


def test_the_zone_of_the_device_is_followed_when_asked(client, learner, session):
    assert 'zone="UTC"' in client.get("/").get_data(as_text=True)
    answer = client.post("/settings/zone", data={"zone": "Asia/Tokyo"})
    assert (answer.status_code, answer.location) == (303, "/")
    assert 'zone="Asia/Tokyo"' in client.get("/").get_data(as_text=True)


def test_saving_what_holds_changes_nothing(client, learner, session):
    form = soup(client.get("/settings"))
    data = {name: form.select_one(f"#{name}")["value"] for name in ("new_per_day", "desired_retention")}
    client.post("/settings", data=data | {"zone": "UTC"})
    session.refresh(learner)
    assert (learner.new_per_day, learner.desired_retention, learner.zone) == (None, None, "UTC")
    assert "have been rescheduled" not in words(soup(client.get("/progress/")))


def test_digits_behind_the_percent_survive(client, learner, session):
    learner.desired_retention = 0.873
    session.commit()
    assert soup(client.get("/settings")).select_one("#desired_retention")["value"] == "87"
    client.post("/settings", data=WANTED | {"desired_retention": "87"})
    session.refresh(learner)
    assert (learner.desired_retention, learner.new_per_day) == (0.873, 5)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("new_per_day", ""),
        ("new_per_day", "-1"),
        ("new_per_day", "many"),
        ("desired_retention", "99"),
        ("desired_retention", "nan"),
        ("zone", "Mars/Olympus"),
        ("zone", ""),
    ],
)
def test_what_cannot_be_comes_back_with_a_word_beside_its_field(client, learner, session, field, value):
    page = soup(client.post("/settings", data=WANTED | {field: value}), status=422)
    assert page.select_one(f"#{field}")["aria-invalid"] == "true"
    assert words(page.select_one(f"#{field}-error"))
    session.refresh(learner)
    assert learner.new_per_day is None

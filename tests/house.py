"""A house full of people: the app with every actor in it, each with objects of their own, and their addresses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.exchange.file_format import Options
from quizapp.domain.library.kinds.base import Chosen
from quizapp.domain.sources.passages import digest
from quizapp.services.accounts.accounts import make_setup_link
from quizapp.services.classes import classrooms, rosters, sign_in_links
from quizapp.services.corrections import regrades
from quizapp.services.exchange.uploads import wait
from quizapp.services.library import review as reviewing
from quizapp.services.library import suggestions
from quizapp.services.library.items import Citation, Draft, write_version
from quizapp.services.library.picture_drawing import Drawn
from quizapp.services.library.pictures import keep
from quizapp.services.quizzes import attempts
from quizapp.services.sources import articles
from quizapp.services.sources.articles import About, Block
from quizapp.services.study.learner import learner_of
from quizapp.settings import Settings
from quizapp.storage.accounts.tables import Account, EmailAddress
from quizapp.storage.classes.tables import Classroom, Enrolment
from quizapp.storage.library.tables import Deck, Item
from quizapp.storage.sources.tables import Anchor, Source
from quizapp.storage.study.tables import Review
from quizapp.web.frame.links import sign
from tests.homework import NAMES, assigned
from tests.world import QUIZZED, Visitor, add_deck, add_item, client_of, item_ids, person

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOBODY = ("anonymous", "disabled")  # not signed in; signed in, but the account is disabled since
STUDENTS = ("student", "stranger", "removed")  # of the teacher's class, of another, removed of it
STAFF = ("teacher", "other_teacher", "colleague", "admin")  # the colleague teaches every class beside them
ACTORS = ("anonymous", "guest", *STUDENTS, *STAFF, "disabled")

MISSING: dict[str, Any] = {
    "review": UUID("00000000-0000-4000-8000-000000000000"),
    "attempt": UUID("00000000-0000-4000-8000-000000000000"),
    "taken": UUID("00000000-0000-4000-8000-000000000000"),
    "given": UUID("00000000-0000-4000-8000-000000000000"),
    "slug": "no-such-deck",
    "article": "no-such-article",
    "anchor_id": 999_999,
    "item_id": 999_999,
    "picture_id": "f" * 32,
    "key": "e" * 32,
    "name": "no_such_format",
    "path": "no-such-file.css",
    "token": "no-such-token",
    "link": "no-such-link",
    "signed": "no-such-note",
    "classroom_id": 999_999,
    "enrolment_id": 999_999,
    "assignment_id": 999_999,
    "regrade_id": 999_999,
    "account_id": 999_999,
    "comment_id": 999_999,
    "suggestion_id": 999_999,
    "kind": "no_such_kind",
    "position": 999,
    "form": "doc",
}


@dataclass
class Owned:
    """An actor's own objects, by the name of the address's part."""

    review: UUID
    attempt: UUID
    slug: str
    item_id: int
    classroom_id: int  # of a teacher: a class they teach; of others: one they are in
    assignment_id: int  # of that class
    enrolment_id: int
    taken: UUID  # an attempt of this place at the assignment
    given: UUID  # an answer of this place in study
    article: str  # its slug; no question is based on it
    picture_id: str
    key: str  # of a file that they are about to import
    anchor_id: int  # of a question of theirs whose sentence has changed
    comment_id: int
    suggestion_id: int
    regrade_id: int


@dataclass
class House:
    """The app with everyone in it, each with objects of their own."""

    app: Flask
    session: Session
    people: dict[str, Account]
    owned: dict[str, Owned]
    setup: str
    link: str  # signs in a student of no one's among the actors
    signed: str  # the note that confirms the managed account's e-mail address
    managed: int  # an account that is none of the actors', for admins to look after

    def client(self, actor: str) -> FlaskClient:
        return client_of(self.app, self.session, self.people.get(actor), now=NOW)

    def own(self, actor: str) -> Owned:
        """Of an actor without objects (anonymous, a student as to decks): someone's."""
        return self.owned.get(actor, self.owned["student"])

    def address(self, rule: Any, of: Owned, **instead: Any) -> str:
        values = dict(vars(of))
        values |= {"name": "csv", "position": 1, "kind": "single_choice", "token": self.setup, "digest": "x"}
        values |= {
            "account_id": self.managed,
            "signed": self.signed,
            "path": "css/frame/base.css",
            "code": "2222222",
            "form": "csv",
            "link": self.link,
        } | instead
        if rule.endpoint in {"library.deck", "library.source"} and "slug" not in instead:
            values["slug"] = "every" if rule.endpoint == "library.deck" else "a-source"
        with self.app.test_request_context():
            path: str = self.app.url_map.bind("localhost").build(
                rule.endpoint, {name: values[name] for name in rule.arguments}
            )
        return path + ("?deck=every" if rule.endpoint == "quizzes.new" else "")


def furnish(app: Flask, session: Session) -> House:
    """Everyone moves in (`fixture questions` must have filled the database)."""
    questions = item_ids(session)
    now = datetime.now(UTC)
    roles = {"guest": "guest", **dict.fromkeys(STUDENTS, "student"), **dict.fromkeys(STAFF, "teacher")}
    roles |= {"admin": "admin", "disabled": "teacher"}
    people = {actor: person(session, role, name=actor, now=NOW) for actor, role in roles.items()}
    session.add(
        Source(
            slug="a-source",
            title="",
            author="",
            publisher="",
            published="",
            language="en",
            about="",
            paragraphs=0,
        )
    )
    neighbour = person(session, "teacher", name="neighbour", now=NOW)  # owns what guests cannot
    places = seats(session, people, neighbour)
    owned = {}
    for actor, account in people.items():
        owner = neighbour if account.is_guest else account  # a guest writes no decks
        own_deck = add_deck(session, f"deck-of-{actor}", owner_id=owner.id, now=NOW)
        items = [
            add_item(session, own_deck, f"item-{number}-of-{actor}", QUIZZED[0].content, now=NOW)
            for number in (1, 2)
        ]
        attempt = attempts.start(
            session,
            learner_of(account, app.config["SETTINGS"]),
            session.scalars(select(Deck).where(Deck.slug == "every")).one(),
            attempt_id=uuid5(MISSING["attempt"], actor),
            length=3,
            feedback="end",
            now=now,
        )
        session.commit()
        visitor = Visitor(client_of(app, session, account, now=NOW))
        visitor.answer(visitor.ask(questions["single_choice-1-choose"]), Chosen(("Mercury",)))
        review = session.scalars(select(Review.id).where(Review.learner_id == account.id)).one()
        place = places[actor]
        about = About(title=f"Article of {actor}")
        article = articles.add(session, owner, about, [Block("The Elbe is long.")], now=NOW).slug
        anchor = changed_evidence(session, owner, items[1])
        drawn, picture_id = Drawn(b"", 1, 1), uuid5(MISSING["attempt"], actor).hex
        picture = keep(session, account.id, drawn, picture_id=picture_id, now=NOW)
        owned[actor] = Owned(
            review=review,
            attempt=attempt,
            slug=own_deck.slug,
            item_id=items[0].id,
            classroom_id=place.classroom_id,
            assignment_id=assigned(session, app, place),
            enrolment_id=place.id,
            taken=uuid5(NAMES, f"in {place.id}"),
            given=review if place.learner_id == account.id else studied(session, app, place),
            article=article,
            picture_id=picture.id,
            key=wait(session, owner, own_deck, b"Who? {=Ann ~Bob}", Options(), "gift", now=NOW).id,
            anchor_id=anchor,
            suggestion_id=suggested(session, items[0], owner),
            comment_id=reviewing.comment(session, items[0], f"By {actor}", by=owner, now=NOW).id,
            regrade_id=regraded(session, items[1], owner),
        )
        session.commit()
    setup = make_setup_link(session, role="teacher", now=now)
    elsewhere = classrooms.create(session, neighbour, name="Elsewhere", zone="UTC", now=now)
    rosters.add_roster(session, elsewhere, ["Pupil"], now=now)
    [(_, link)] = sign_in_links.make_links(session, elsewhere, now=now)
    people["disabled"].disabled_at = NOW
    managed = person(session, "student", name="managed", now=NOW)
    session.add(EmailAddress(account_id=managed.id, address="m@b.c", key="m@b.c"))
    session.commit()
    signed = sign(app, managed.id, "m@b.c")
    return House(app, session, people, owned, setup, link, signed, managed.id)


def studied(session: Session, app: Flask, place: Enrolment) -> UUID:
    """An answer that a pupil has given in study."""
    visitor = Visitor(client_of(app, session, session.get_one(Account, place.learner_id), now=NOW))
    visitor.answer(visitor.ask(item_ids(session)["single_choice-1-choose"]), Chosen(("Mercury",)))
    return session.scalars(select(Review.id).where(Review.learner_id == place.learner_id)).one()


def changed_evidence(session: Session, owner: Account, item: Item) -> int:
    """Let a question are based on an article that has changed since; the id of where it is now."""
    about, text = About(title=f"Changed article of {owner.id}"), "The Danube is a long river of Europe."
    source = articles.add(session, owner, about, [Block(text)], now=NOW)
    assert item.version is not None
    cited = Draft(content=item.version.content, evidence=(Citation(source.id, 1, 1, digest(text)),))
    write_version(session, item, cited, author_id=owner.id, now=NOW)
    articles.revise(session, source, owner, [Block(text.replace("long", "very long"))], now=NOW)
    return session.scalars(select(Anchor.id).where(Anchor.version_id == source.version_id)).one()


def regraded(session: Session, item: Item, author: Account) -> int:
    """A regrade of an item that no one has answered, done."""
    assert item.version is not None
    made = regrades.order(session, item, item.version, "key", author=author, now=NOW)
    regrades.carry_on(session, Settings(), now=NOW)
    return made.id


def seats(session: Session, people: dict[str, Account], neighbour: Account) -> dict[str, Enrolment]:
    """A place of everyone's own: a pupil of a class that they teach, or their own place in one."""
    made: dict[str, Classroom] = {}
    for actor in (*STAFF, "disabled"):
        made[actor] = classrooms.create(session, people[actor], name=f"Class of {actor}", zone="UTC", now=NOW)
        beside = "admin" if actor == "colleague" else "colleague"
        classrooms.add_teacher(session, made[actor], name=beside, now=NOW)
        rosters.add_roster(session, made[actor], ["Pupil"], now=NOW)
    places = {
        actor: session.scalars(select(Enrolment).where(Enrolment.classroom_id == room.id)).one()
        for actor, room in made.items()
    }
    made["neighbour"] = classrooms.create(session, neighbour, name="Next door", zone="UTC", now=NOW)
    attended = {"guest": "neighbour", "student": "teacher", "stranger": "other_teacher", "removed": "teacher"}
    for actor, taught_by in attended.items():
        place = Enrolment(
            classroom_id=made[taught_by].id,
            learner_id=people[actor].id,
            name=actor,
            name_key=actor,
            joined_at=NOW,
            removed_at=NOW if actor == "removed" else None,
        )
        session.add(place)
        places[actor] = place
    session.flush()
    return places


def suggested(session: Session, item: Item, by: Account) -> int:
    """The id of an edit of this question that this teacher suggests."""
    content = msgspec.structs.replace(item.version.content, rationale=f"As {by.name} would have it.")
    given = {"base": item.version_id, "note": "", "by": by, "now": NOW}
    return suggestions.suggest(session, item, Draft(content=content), **given).id


def form_for(house: House, endpoint: str, actor: str, client: FlaskClient) -> dict[str, Any]:
    """What the page before would send; the study forms carry a question served to this actor."""
    visitor, item = (
        Visitor(client),
        {"study.hint": "single_choice-1-choose", "study.reveal": "flip_card-1-flip"},
    )
    if endpoint in {"study.hint", "study.reveal", "study.answer"}:
        key = item.get(endpoint, "single_choice-2-choose")
        item_id = house.session.scalars(select(Item.id).where(Item.key == key)).one()
        house.session.rollback()
        page = visitor.open(f"/study/?item={item_id}")
        return {**(page.fields() if page.soup.find(attrs={"data-question": True}) else {}), "choice": "0"}
    if endpoint == "quizzes.start":
        return {"deck": "every", "attempt": str(uuid5(MISSING["attempt"], repr(client))), "length": "3"}
    if endpoint == "classrooms.remove_teacher":
        return {"teacher": str(house.people["admin" if actor == "colleague" else "colleague"].id)}
    if endpoint.startswith(("administration.", "articles.")):
        return {"role": "teacher", "disabled": "0", "kind": "true_false", "paragraph": "1"}
    return {
        "assignments.begin": {"attempt": str(uuid5(MISSING["attempt"], f"begun {client!r}"))},
        "assignments.withdraw": {"student": str(house.own(actor).enrolment_id)},
        "quizzes.answer": {"give_up": "1"},
    }.get(endpoint, {})


def call(house: House, rule: Any, method: str, actor: str, address: str) -> Any:
    """The answer to this request as this actor sends it."""
    client = house.client(actor)
    form = form_for(house, rule.endpoint, actor, client) if method == "POST" else None
    house.session.rollback()  # what was read for the form must not hold the database while it is sent
    return client.open(address, method=method, data=form)

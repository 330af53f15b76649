"""A small world for tests of pages: every kind asked in every format, people, and a browser without scripts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.base import (
    Arranged,
    Chosen,
    Content,
    Example,
    Format,
    GaveUp,
    Kind,
    Matched,
    Rated,
    Response,
    Typed,
)
from quizapp.services.accounts import accounts
from quizapp.services.library.items import Draft, append_to_deck, create_item, fact_named, write_version
from quizapp.storage.accounts.tables import Account
from quizapp.storage.base import Base
from quizapp.storage.library.tables import Deck, Item

# --- questions ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Posed:
    """An example of a kind, asked in one format. key: its item's."""

    kind: Kind[Any]
    example: Example[Any]
    format: Format
    key: str

    @property
    def content(self) -> Any:
        return self.example.content


POSED = tuple(
    Posed(kind, example, format_, f"{kind.name}-{number}-{format_}")
    for kind in KINDS
    for number, example in enumerate(kind.examples, start=1)
    for format_ in kind.formats(example.content)
)
QUIZZED = tuple(posed for posed in POSED if posed.format is not Format.FLIP)


def add_deck(session: Session, slug: str, *, owner_id: int | None = None, now: Any) -> Deck:
    """An empty deck."""
    deck = Deck(slug=slug, title=f"Deck {slug}", summary="", owner_id=owner_id, created_at=now)
    session.add(deck)
    session.flush()
    return deck


def add_item(
    session: Session, deck: Deck, key: str, content: Content, *, formats: tuple[Format, ...] = (), now: Any
) -> Item:
    """A published item on a fact of its own, at the end of a deck."""
    item = create_item(session, key=key, deck=deck, fact=fact_named(session, key))
    write_version(session, item, Draft(content=content, formats=formats), author_id=None, now=now)
    append_to_deck(session, deck, item)
    return item


def fill(session: Session, now: Any) -> None:
    """The deck `every`: each example of each kind in each format as an item of its own."""
    deck = add_deck(session, "every", now=now)
    for posed in POSED:
        add_item(session, deck, posed.key, posed.content, formats=(posed.format,), now=now)


def item_ids(session: Session) -> dict[str, int]:
    """Items by key."""
    found = dict(session.execute(select(Item.key, Item.id).order_by(Item.id)).all())
    session.rollback()
    return found


# --- people ------------------------------------------------------------------------------------


def person(session: Session, role: str, *, now: Any, name: str = "", password_hash: str = "-") -> Account:
    """A committed account of this role (a guest has no name)."""
    if role == "guest":
        account = accounts.create_guest(session, zone="UTC", now=now)
    else:
        account = accounts.sign_up(session, None, name=name, password_hash=password_hash, role=role, now=now)
    session.commit()
    return account


def client_of(app: Flask, session: Session, account: Account | None, *, now: Any) -> FlaskClient:
    """A client signed in as this account (None: no one)."""
    client = app.test_client()
    if account is not None:
        client.set_cookie(
            "quizapp", accounts.sign_in(session, account, now=max(now, datetime.now(UTC)), browser="test")
        )
        session.commit()
    return client


# --- a browser without scripts -------------------------------------------------------------------


class Seen:
    """A page as it came. path: where redirects ended, with its query."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.status: int = response.status_code
        self.html: str = response.get_data().decode(errors="replace")  # an archive is no text
        self.path: str = response.request.full_path.rstrip("?")

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "html.parser")

    @property
    def text(self) -> str:
        """All that can be read, white space collapsed."""
        return " ".join(self.soup.get_text(" ").split())

    @property
    def heading(self) -> str:
        found = self.soup.find("h1")
        return " ".join(found.get_text(" ").split()) if found else ""

    def form(self, action: str = "") -> Tag:
        """The form whose action holds this text; without one, the question's form or the last."""
        forms = self.soup.find_all("form")
        if not action and (question := self.soup.find("form", attrs={"data-question": True})):
            return question
        found = [form for form in forms if action in form.get("action", "")]
        assert found, f"no form with “{action}” on {self.path}: {self.text[:300]}"
        return found[-1]

    def fields(self, action: str = "") -> dict[str, list[str]]:
        """What a form holds before anyone touches it."""
        form, held = self.form(action), {}
        for control in form.find_all(["input", "select", "textarea"]):
            chosen = control.get("type") not in {"radio", "checkbox"} or control.has_attr("checked")
            if control.get("name") and chosen:
                held.setdefault(control["name"], []).append(_value(control))
        return held

    def link(self, text: str) -> str:
        found = [link for link in self.soup.find_all("a") if text in link.get_text()]
        assert found, f"no link “{text}” on {self.path}"
        return str(found[0]["href"])


def _value(control: Tag) -> str:
    if control.name == "textarea":
        return control.get_text().replace("\r\n", "\n").removeprefix("\n")  # as a browser reads it
    if control.name == "select":
        options = control.find_all("option")
        chosen = [option for option in options if option.has_attr("selected")] or options[:1]
        return str(chosen[0].get("value", "")) if chosen else ""
    return str(control.get("value", ""))


class Visitor:
    """Opens pages, fills in their forms and follows redirects, as a browser without scripts does."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, url: str, **keywords: Any) -> Seen:
        return Seen(self.client.get(url, follow_redirects=True, **keywords))

    def post(self, url: str, data: Any, **keywords: Any) -> Seen:
        return Seen(self.client.post(url, data=data, follow_redirects=True, **keywords))

    def send(self, page: Seen, changes: Mapping[str, Any], action: str = "", **keywords: Any) -> Seen:
        """Submit a form of the page with these fields filled in (a list: several values)."""
        target = urlsplit(urljoin(page.path, str(page.form(action).get("action", ""))))
        fields: dict[str, Any] = page.fields(action) | dict(changes)
        return self.post(target._replace(scheme="", netloc="").geturl(), fields, **keywords)

    def begin(self) -> Visitor:
        """Become a guest who studies."""
        assert self.client.post("/study/begin").status_code == 303
        return self

    def ask(self, item_id: int) -> Seen:
        """The study page with this item."""
        page = self.open(f"/study/?item={item_id}")
        assert page.status == 200, page.text
        return page

    def answer(self, page: Seen, response: Response, **keywords: Any) -> Seen:
        """Answer the question on a study page or a quiz page; a flip card is turned over first."""
        if isinstance(response, Rated):
            page = self.send(page, {}, "/study/reveal")
            return self.send(page, {"rating": str(response.rating)}, "/study/answer", **keywords)
        return self.send(page, filled(page, response), **keywords)


def filled(page: Seen, response: Response) -> dict[str, Any]:
    """The fields that a person fills in to give this answer, found by what they read on the page."""
    form = page.form()
    match response:
        case GaveUp():
            return {"give_up": "1"}
        case Chosen(options):
            boxes = {_read(label.span): label.input for label in form.select("label.option")}
            return {next(iter(boxes.values()))["name"]: [boxes[option]["value"] for option in options]}
        case Typed(texts):
            gaps = form.select("select.gap, input[type=text]")
            return {gap["name"]: _typed(gap, text) for gap, text in zip(gaps, texts, strict=True)}
        case Arranged(entries):
            names = {_read(label): label["for"] for label in form.select("label[for]")}
            return {names[entry]: str(rank) for rank, entry in enumerate(entries, start=1)}
        case Matched(pairs):
            names = {_read(label): label["for"] for label in form.select("label[for]")}
            return {names[left]: _typed(form.find(id=names[left]), right) for left, right in pairs}
        case _:
            raise AssertionError(response)


def _typed(control: Tag, text: str) -> str:
    if control.name != "select" or not text:
        return text
    values = {re.sub(r"^\d+\. ", "", _read(option)): option["value"] for option in control.find_all("option")}
    return str(values[text])


def _read(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


# --- looking at the database ----------------------------------------------------------------------


def dump(engine: Engine, names: Collection[str] | None = None) -> dict[str, list[str]]:
    """Every row of every table, or of these tables, in an order of their own."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in Base.metadata.sorted_tables
            if names is None or table.name in names
        }


def masked(html: str) -> str:
    """A page without what differs from one serving to the next: tokens, signed notes, fresh ids, digests."""
    for name in ("csrf_token", "once", "serving", "served", "attempt", "ticket"):
        html = re.sub(rf'(name="{name}"[^>]*? value=)"[^"]*"', r'\1"…"', html)
    return re.sub(r"/static/[0-9a-f]{10}/", "/static/…/", html)


def rows_of(session: Session, entity: type[Any], **where: Any) -> list[Any]:
    """Rows as they are in the database now; nothing stays locked."""
    session.rollback()
    session.expunge_all()
    found = list(session.scalars(select(entity).filter_by(**where)))
    session.expunge_all()
    session.rollback()
    return found


def endpoints(app: Flask) -> Iterator[tuple[str, str, Any]]:
    """(endpoint, method, rule) of everything that can be called, HEAD and OPTIONS left to their own tests."""
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule.endpoint, method, rule

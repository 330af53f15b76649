"""Articles in the browser: brought in three ways, corrected, stored, asked about."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from quizapp.services.sources import articles, retrieval
from quizapp.services.sources.articles import About, Block
from quizapp.services.sources.retrieval import Fetched
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck
from quizapp.storage.sources.tables import Passage, Source, StruckParagraph
from quizapp.web.sources import intake
from tests.documents import docx
from tests.factories import NOW
from tests.world import Visitor, client_of, person

LONG = "The harbour master had a dog that could tell the tide by the sound of the bell, and never was wrong."
OTHER = "Its name was Lot, and it slept on the nets whenever the boats were out for longer than a day."
PAGE = f"<nav>Menu</nav><article><h1>The dog of the harbour</h1><p>By Ada Lind</p><p>{LONG}</p><p>{OTHER}</p></article>"


@pytest.fixture
def teacher(session: Session) -> Account:
    return person(session, "teacher", name="Ms Rossi", now=NOW)


@pytest.fixture
def desk(app: Flask, session: Session, teacher: Account) -> Visitor:
    return Visitor(client_of(app, session, teacher, now=NOW))


def read(desk: Visitor, **form: Any) -> Any:
    return desk.client.post("/teach/articles/add", data=form)


def parsed(response: Any) -> Any:
    from bs4 import BeautifulSoup

    return BeautifulSoup(response.text, "html.parser")


def fields(soup: Any, **instead: Any) -> dict[str, Any]:
    """What the correction page would send."""
    form = soup.select_one("main form")
    values: dict[str, Any] = {
        each["name"]: each.get("value", "") for each in form.select("input[name]:not([type=checkbox])")
    }
    values["keep"] = [each["value"] for each in form.select("input[name=keep][checked]")]
    return {**values, **instead}


def kept(soup: Any) -> list[str]:
    return [
        each.select_one(".words").get_text()
        for each in soup.select("label.block")
        if each.input.has_attr("checked")
    ]


def article(session: Session, teacher: Account) -> str:
    blocks = [Block("Menu", False, "navigation"), Block(f"{LONG} {OTHER}"), Block("The end came.")]
    slug = articles.add(session, teacher, About(title="The dog"), blocks, now=NOW).slug
    session.commit()
    return slug


# --- bringing one -----------------------------------------------------------------------------------


def test_a_desk_without_articles_tells_how_to_bring_one(desk: Visitor) -> None:
    page = desk.open("/teach/articles/")
    assert "No articles yet" in page.text
    assert page.soup.select_one(".tabs a[aria-current]").get_text() == "Articles"


def test_pasted_markup_is_read_without_what_stands_around_it(desk: Visitor) -> None:
    soup = parsed(read(desk, text="Menu The dog …", markup=PAGE))
    assert kept(soup) == [LONG, OTHER]
    assert fields(soup)["title"] == "The dog of the harbour"
    assert fields(soup)["author"] == "Ada Lind"
    assert next(each.get_text() for each in soup.select(".block .why")) == "Excluded: navigation"


def test_pasted_html_source_and_plain_text_are_told_apart(desk: Visitor) -> None:
    assert kept(parsed(read(desk, text=PAGE))) == [LONG, OTHER]
    assert kept(parsed(read(desk, text=f"The dog\n{LONG}\nIf a <b and c> d.")))[0] == LONG
    many = "\n".join(f"{number} {LONG}" for number in range(1100))
    assert len(kept(parsed(read(desk, text=many)))) == 1100


def test_a_file_is_read(desk: Visitor) -> None:
    file = (io.BytesIO(docx([("Title", "The dog of the harbour"), ("", LONG)])), "dog.docx")
    assert kept(parsed(read(desk, file=file, text="ignored"))) == [LONG]


def test_a_file_may_be_larger_than_other_requests(desk: Visitor) -> None:
    head = '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
    body = head.encode() + b"\0" * 3_000_000 + b"\r\n--edge--\r\n"
    answer = desk.client.post(
        "/teach/articles/add", data=body, content_type="multipart/form-data; boundary=edge"
    )
    assert answer.status_code == 422
    assert "isn’t text" in answer.text


def test_a_page_is_fetched_by_its_link(desk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The network is not reached; fetching has its own tests against real servers."""
    page = Fetched(
        data=PAGE.encode(),
        address="https://heron.example/dog",
        name="dog",
        media="text/html",
        charset="utf-8",
    )
    monkeypatch.setattr(intake, "fetch", lambda _link: page)
    soup = parsed(read(desk, link="heron.example/dog"))
    assert kept(soup) == [LONG, OTHER]
    assert fields(soup)["address"] == "https://heron.example/dog"


@pytest.mark.parametrize(
    "link", ["http://127.0.0.1/", "http://localhost:8080/", "http://[::1]/", "http://169.254.169.254/latest"]
)
def test_a_link_into_the_servers_network_is_refused_and_nothing_is_lost(desk: Visitor, link: str) -> None:
    answer = read(desk, link=link, text="What I had pasted stays.", markup="<p>and its markup</p>")
    soup = parsed(answer)
    assert answer.status_code == 422
    assert "doesn’t lead to a public page" in soup.select_one("#link-error").get_text()
    assert soup.textarea.get_text().strip() == "What I had pasted stays."
    assert soup.select_one("input[name=markup]")["value"] == "<p>and its markup</p>"
    assert soup.select_one("input[name=link]")["value"] == link


def test_links_can_be_switched_off(app: Flask, desk: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    monkeypatch.setitem(
        app.config, "SETTINGS", dataclasses.replace(app.config["SETTINGS"], fetch_links=False)
    )
    assert not desk.open("/teach/articles/add").soup.select("input[name=link]")
    monkeypatch.setattr(retrieval.socket, "getaddrinfo", None)
    answer = read(desk, link="https://heron.example/")
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Paste the article here"),
        ({"text": "a" * 2_000_001}, "more than two million"),
                ({"link": "ftp://a.example"}, "begin with https"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_comes_back_with_the_reason(
    desk: Visitor, form: dict[str, Any], words: str
) -> None:
    answer = read(desk, **form)
    assert answer.status_code == 422
    assert words in parsed(answer).select_one(".error").get_text()


@pytest.fixture
def statements(session: Session) -> Iterator[list[str]]:
    found: list[str] = []
    engine = session.get_bind()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        found.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def test_no_one_waits_for_the_database_while_a_file_is_read(
    app: Flask, desk: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quizapp.web.frame.database import db

    open_then: list[bool] = []
    monkeypatch.setattr(
        intake, "read_isolated", lambda *_, **__: open_then.append(db.session().in_transaction()) or 1 / 0
    )
    assert read(desk, text=PAGE).status_code == 500
    assert open_then == [False]


# --- correcting and storing it ------------------------------------------------------------------------


def test_what_was_corrected_is_stored_with_numbered_sentences(
    session: Session, desk: Visitor, teacher: Account
) -> None:
    soup = parsed(read(desk, text=PAGE))
    numbers = {
        each.select_one(".words").get_text(): each.input["value"] for each in soup.select("label.block")
    }
    form = fields(soup, title="The dog", keep=[numbers["By Ada Lind"], numbers[LONG]])
    answer = desk.client.post("/teach/articles/add/save", data=form)
    slug = answer.headers["Location"].removeprefix("/teach/articles/")
    assert slug.startswith("t.the-dog-")
    source = session.scalars(select(Source).where(Source.slug == slug)).one()
    assert (source.owner_id, source.title, source.author) == (teacher.id, "The dog", "Ada Lind")
    texts = session.scalars(
        select(Passage.text).where(Passage.version_id == source.version_id).order_by(Passage.paragraph)
    ).all()
    assert texts == ["Menu", "The dog of the harbour", "By Ada Lind", LONG, OTHER]
    struck = {row.paragraph: row.why for row in session.scalars(select(StruckParagraph))}
    assert struck == {1: "navigation", 2: "title", 5: "by hand"}


def test_the_text_is_edited_split_and_joined_before_it_is_stored(session: Session, desk: Visitor) -> None:
    soup = parsed(read(desk, text=PAGE))
    assert [each["value"] for each in soup.select("datalist#titles option")]
    editing = parsed(desk.client.post("/teach/articles/add/save", data=fields(soup, then="edit")))
    before = editing.select_one("textarea[name=edited]").get_text().strip()
    assert before.splitlines() == kept(soup)
    changed = before.replace(LONG, f"{LONG} {OTHER}").replace(f"\n{OTHER}", "\nThe end came.\nIt was late.")
    held = fields(editing, edited=changed)
    held["keep"] = [each["value"] for each in editing.select("input[name=keep]")]
    shown = parsed(desk.client.post("/teach/articles/add/save", data={**held, "then": "show"}))
    assert kept(shown) == changed.splitlines()
    assert len(shown.select("label.block")) > len(kept(shown))  # what is excluded stays
    desk.client.post("/teach/articles/add/save", data=held)
    source = session.scalars(select(Source).where(Source.owner_id.is_not(None))).one()
    texts = session.scalars(select(Passage.text).where(Passage.version_id == source.version_id)).all()
    assert {"The end came.", "It was late."} <= {*texts}


def test_the_same_form_sent_twice_stores_one_article(session: Session, desk: Visitor) -> None:
    form = fields(parsed(read(desk, text=PAGE)))
    first, second = (desk.client.post("/teach/articles/add/save", data=form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(session.scalars(select(Source).where(Source.owner_id.is_not(None))).all()) == 1


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({"title": " "}, "Give the article a title."),
        ({"keep": []}, "Enter the article’s text."),
        ({"published": "x" * 50}, "Shorten this"),
    ],
)
def test_a_refused_article_keeps_every_choice(
    session: Session, desk: Visitor, instead: dict[str, Any], words: str
) -> None:
    form = fields(parsed(read(desk, text=PAGE)), author="Someone Else", **instead)
    answer = desk.client.post("/teach/articles/add/save", data=form)
    soup = parsed(answer)
    assert answer.status_code == 422
    assert words in answer.text
    assert fields(soup)["author"] == "Someone Else"
    assert fields(soup)["keep"] == form["keep"]
    assert session.scalars(select(Source).where(Source.owner_id.is_not(None))).all() == []


@pytest.mark.parametrize("blocks", ["", "{", '[["a"]]', '[["a", "paragraph", "no such reason"]]'])
def test_a_form_that_no_page_of_ours_sends_is_refused(desk: Visitor, blocks: str) -> None:
    answer = desk.client.post("/teach/articles/add/save", data={"title": "x", "blocks": blocks})
    assert answer.status_code == 400


def test_a_new_text_is_a_new_version(session: Session, desk: Visitor, teacher: Account) -> None:
    slug = article(session, teacher)
    add = desk.open(f"/teach/articles/{slug}/new-text")
    assert "earlier version" in add.text
    soup = parsed(
        desk.client.post(f"/teach/articles/{slug}/new-text", data={"text": f"{LONG}\n{OTHER} Corrected."})
    )
    form = fields(soup)
    assert form["title"] == "The dog"
    desk.client.post(f"/teach/articles/{slug}/save", data=form)
    page = desk.open(f"/teach/articles/{slug}")
    assert "Corrected." in page.text
    assert len(session.scalars(select(Source).where(Source.owner_id == teacher.id)).all()) == 1


def test_a_paragraph_is_excluded_and_brought_back_later(
    session: Session, desk: Visitor, teacher: Account
) -> None:
    slug = article(session, teacher)
    assert "Menu" not in desk.open(f"/teach/articles/{slug}").soup.select_one("article").get_text()
    desk.client.post(f"/teach/articles/{slug}/strike", data={"paragraph": "1", "kept": "1"})
    desk.client.post(f"/teach/articles/{slug}/strike", data={"paragraph": "3", "kept": "0"})
    shown = desk.open(f"/teach/articles/{slug}").soup.select_one("article").get_text()
    assert "Menu" in shown
    assert "The end came." not in shown


# --- asking about it --------------------------------------------------------------------------------


def test_chosen_sentences_are_the_evidence_in_the_editor(
    session: Session, desk: Visitor, teacher: Account
) -> None:
    slug = article(session, teacher)
    answer = desk.client.post(
        f"/teach/articles/{slug}/ask", data={"at": ["2.1", "2.2"], "kind": "true_false", "deck": ""}
    )
    editor = desk.open(answer.headers["Location"])
    assert "The dog" in editor.text
    assert list(session.scalars(select(Deck).where(Deck.owner_id == teacher.id))) == []
    [quoted] = editor.soup.select(".beside blockquote")
    assert LONG.split(". ", maxsplit=1)[0] in quoted.get_text(" ", strip=True), (
        "the sentence stands beside the form"
    )
    rows = editor.soup.select(".citation")
    assert [
        (row.select_one("[name$=paragraph]")["value"], row.select_one("[name$=sentence]")["value"])
        for row in rows[:2]
    ] == [("2", "1"), ("2", "2")]
    assert {row.select_one("option[selected]")["value"] for row in rows[:2]} == {slug}
    assert "go back to the article" in editor.text


def test_the_deck_is_made_with_the_first_question_and_the_article_names_it_from_then_on(
    session: Session, desk: Visitor, teacher: Account
) -> None:
    slug = article(session, teacher)
    first = desk.client.post(f"/teach/articles/{slug}/ask", data={"at": "2.1", "kind": "true_false"})
    editor = desk.open(first.headers["Location"])
    form = {
        **editor.fields(),
        "content-stem": "The dog was never wrong.",
        "content-key": "false",
        "content-rationale": "It never was wrong.",
        "do": "article",
    }
    saved = desk.client.post(editor.soup.select_one("form.editor")["action"], data=form)
    assert saved.status_code == 303, saved.text
    assert saved.headers["Location"].startswith(f"/teach/articles/{slug}?deck=")
    again = desk.client.post(editor.soup.select_one("form.editor")["action"], data=form)
    assert again.headers["Location"] == saved.headers["Location"], "the same form sent twice makes one deck"
    page = desk.open(f"/teach/articles/{slug}")
    deck = session.scalars(select(Deck).where(Deck.owner_id == teacher.id)).one()
    assert page.soup.select_one("#deck option[selected]")["value"] == deck.slug


def test_asking_without_a_sentence_says_what_to_do(session: Session, desk: Visitor, teacher: Account) -> None:
    slug = article(session, teacher)
    for places in ([], ["x"], ["0.1"]):
        answer = desk.client.post(f"/teach/articles/{slug}/ask", data={"kind": "cloze", "at": places})
        assert answer.headers["Location"] == f"/teach/articles/{slug}"
    assert "Choose a sentence first" in desk.open(f"/teach/articles/{slug}").text
    assert (
        desk.client.post(f"/teach/articles/{slug}/ask", data={"kind": "none", "at": "2.1"}).status_code == 404
    )
    assert session.scalars(select(Deck).where(Deck.owner_id == teacher.id)).all() == []


def test_another_teachers_deck_is_not_written_into(session: Session, desk: Visitor, teacher: Account) -> None:
    slug = article(session, teacher)
    assert (
        desk.client.post(
            f"/teach/articles/{slug}/ask", data={"kind": "cloze", "at": "2.1", "deck": "no-such"}
        ).status_code
        == 404
    )


def test_the_list_costs_the_same_with_twice_the_rows(
    session: Session, desk: Visitor, teacher: Account, statements: list[str]
) -> None:
    counts = []
    for number in range(2):
        for each in range(3):
            articles.add(
                session,
                teacher,
                About(title=f"Article {number} {each}"),
                [Block(f"{number} {each} {LONG}")],
                now=NOW,
            )
        session.commit()
        statements.clear()
        page = desk.open("/teach/articles/")
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert len(page.soup.select(".rows > .row")) == 6


def test_an_article_of_any_length_costs_the_same(
    session: Session, desk: Visitor, teacher: Account, statements: list[str]
) -> None:
    counts = []
    for length in (3, 30):
        made = articles.add(
            session,
            teacher,
            About(title=f"Long {length}"),
            [Block(f"{n} {LONG}") for n in range(length)],
            now=NOW,
        )
        session.commit()
        statements.clear()
        desk.open(f"/teach/articles/{made.slug}")
        counts.append(len(statements))
    assert counts[0] == counts[1]


def test_an_article_is_deleted_and_a_cited_one_loses_its_text_alone(
    session: Session, desk: Visitor, teacher: Account
) -> None:
    slug = article(session, teacher)
    first = desk.client.post(f"/teach/articles/{slug}/ask", data={"at": "2.1", "kind": "true_false"})
    editor = desk.open(first.headers["Location"])
    said = {"content-stem": "The dog was never wrong.", "content-key": "true", "do": "save"}
    desk.client.post(editor.soup.select_one("form.editor")["action"], data={**editor.fields(), **said})
    page = desk.post(f"/teach/articles/{slug}/delete", {"what": "article"})
    assert "There are questions based on this article" in page.text
    page = desk.post(f"/teach/articles/{slug}/delete", {"what": "text"})
    assert "text isn’t on this site" in page.text
    other = articles.add(session, teacher, About(title="A cat"), [Block(OTHER)], now=NOW).slug
    session.commit()
    assert "Article deleted" in desk.post(f"/teach/articles/{other}/delete", {"what": "article"}).text
    assert desk.open(f"/teach/articles/{other}").status == 404

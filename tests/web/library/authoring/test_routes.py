"""The teacher's desk in a browser without scripts: decks, items of every kind, previews, versions, clashes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.library.kinds import KINDS, kind_of
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.library.items import Draft, write_version
from quizapp.services.sources.shipped_texts import attach_text
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, Item, ItemVersion
from quizapp.web.library.authoring.forms import ItemForm
from tests import factories, world
from tests.factories import NOW, choice, typed
from tests.web.library.authoring.test_forms import sent
from tests.world import Seen, Visitor, rows_of

TEXT = "The Danube rises in Germany. It ends in the Black Sea.\n\nThe Elbe is shorter."
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@pytest.fixture
def teacher(session: Session) -> Account:
    return world.person(session, "teacher", name="Ms Rivers", now=NOW)


@pytest.fixture
def desk(app: Flask, session: Session, teacher: Account) -> Visitor:
    """The teacher's browser."""
    return Visitor(world.client_of(app, session, teacher, now=NOW))


@pytest.fixture
def deck(session: Session, teacher: Account) -> Deck:
    made = factories.add_deck(session, [], owner=teacher)
    session.commit()
    return made


@pytest.fixture
def item(session: Session, deck: Deck) -> Item:
    made = factories.add_item(session, deck, choice(), key="t-1")
    session.commit()
    return made


@pytest.fixture
def atlas(session: Session) -> None:
    attach_text(session, factories.add_source(session), TEXT, now=NOW)
    session.commit()


def start(desk: Visitor, deck: Deck, kind: str = "short_answer") -> Seen:
    return desk.open(f"/teach/decks/{deck.slug}/add/{kind}")


def write(desk: Visitor, page: Seen, **fields: Any) -> Seen:
    """Send the editor's form; underscores stand for hyphens where there are none, `do` for the button."""
    changes = {name if "-" in name else name.replace("_", "-"): value for name, value in fields.items()}
    action = page.soup.select_one("form.editor")["action"]  # type: ignore[index]
    return desk.send(page, {"do": "save"} | changes, str(action))


def stored(session: Session) -> list[ItemVersion]:
    return sorted(rows_of(session, ItemVersion), key=lambda version: version.id)


class TestDecks:
    def test_a_teacher_without_decks_is_told_what_to_do_first(self, desk: Visitor) -> None:
        page = desk.open("/teach/")
        assert "No decks yet" in page.text
        assert desk.open(page.link("Create your first deck")).heading == "New deck"

    def test_a_new_deck_leads_to_its_first_question(self, desk: Visitor) -> None:
        page = desk.send(
            desk.open("/teach/new-deck"), {"title": "Rivers", "summary": "Where they end."}, "new-deck"
        )
        assert page.path.startswith("/teach/decks/t.rivers-")
        assert desk.open(page.link("Write the first question")).heading == "New question"

    @pytest.mark.parametrize("title", ["", "  ", "x" * 121])
    def test_a_title_that_will_not_do_is_said_at_its_field(self, desk: Visitor, title: str) -> None:
        page = desk.send(desk.open("/teach/new-deck"), {"title": title, "summary": "Kept."}, "new-deck")
        assert page.status == 422
        assert page.soup.find(id="title")["aria-invalid"] == "true"  # type: ignore[index]
        assert page.fields("new-deck")["summary"] == ["Kept."]

    def test_title_and_summary_can_be_changed(self, desk: Visitor, deck: Deck) -> None:
        page = desk.send(desk.open(f"/teach/decks/{deck.slug}/edit"), {"title": "Big rivers"}, "/edit")
        assert page.heading == "Big rivers"
        refused = desk.send(desk.open(f"/teach/decks/{deck.slug}/edit"), {"title": ""}, "/edit")
        assert refused.status == 422

    @pytest.mark.usefixtures("item")
    def test_own_and_shipped_decks_are_listed_with_counts(self, desk: Visitor, session: Session) -> None:
        factories.add_deck(session, [choice(1), choice(2)], slug="shipped")
        session.commit()
        page = desk.open("/teach/")
        assert "Rivers 1 question" in page.text
        assert "Shipped 2 questions" in page.text

    def test_a_shipped_deck_can_be_read_only(self, desk: Visitor, session: Session) -> None:
        factories.add_deck(session, [choice(1)], slug="shipped")
        session.commit()
        page = desk.open("/teach/decks/shipped")
        assert "read only" in page.text
        assert "Archive" not in page.text


class TestDeckPage:
    @pytest.fixture
    def ids(self, session: Session, deck: Deck) -> list[int]:
        for number in (1, 2, 3):
            factories.add_item(session, deck, choice(number), key=f"t-{number}")
        session.commit()
        found = factories.item_ids(session, deck)
        session.rollback()  # nothing stays locked
        return found

    def test_items_stand_in_order_with_kind_and_state(
        self, desk: Visitor, deck: Deck, ids: list[int]
    ) -> None:
        page = desk.open(f"/teach/decks/{deck.slug}")
        rows = [row["id"] for row in page.soup.select(".items > li")]
        assert rows == [f"item-{id_}" for id_ in ids]
        assert "Single choice" in page.text

    @pytest.mark.usefixtures("ids")
    @pytest.mark.parametrize(
        ("words", "found"), [("TOWN 2", 1), ("dänube", 3), ("town lake", 0), ("100%", 0)]
    )
    def test_the_filter_finds_folded_words(self, desk: Visitor, deck: Deck, words: str, found: int) -> None:
        page = desk.client.get(f"/teach/decks/{deck.slug}", query_string={"words": words})
        assert len(Seen(page).soup.select(".items > li[id]")) == found

    @pytest.mark.usefixtures("ids")
    @pytest.mark.parametrize(
        "query", ["words=%25_%5C", "page=0", "page=-1", "page=99999999999999999999", "page=x"]
    )
    def test_odd_addresses_do_no_harm(self, desk: Visitor, deck: Deck, query: str) -> None:
        assert desk.open(f"/teach/decks/{deck.slug}?{query}").status == 200

    def test_an_item_is_moved_and_retired_and_published(
        self, desk: Visitor, session: Session, deck: Deck, ids: list[int]
    ) -> None:
        desk.post(f"/teach/items/{ids[2]}/move", {"to": "up"})
        assert factories.item_ids(session, deck) == [ids[0], ids[2], ids[1]]
        session.rollback()
        assert "Archived" in desk.post(f"/teach/items/{ids[0]}/state", {"state": "retired"}).text
        assert rows_of(session, Item, id=ids[0])[0].state == "retired"
        desk.post(f"/teach/items/{ids[0]}/state", {"state": "published"})
        assert rows_of(session, Item, id=ids[0])[0].state == "published"

    def test_long_decks_are_shown_in_pages(
        self, desk: Visitor, deck: Deck, monkeypatch: pytest.MonkeyPatch, ids: list[int]
    ) -> None:
        monkeypatch.setattr("quizapp.storage.library.editor.ITEMS_A_PAGE", 2)
        first = desk.open(f"/teach/decks/{deck.slug}")
        second = desk.open(first.link("Next"))
        assert [row["id"] for row in second.soup.select(".items > li")] == [f"item-{ids[2]}"]

    def test_twice_the_rows_cost_the_same_queries(
        self,
        desk: Visitor,
        session: Session,
        deck: Deck,
        ids: list[int],
        count_queries: Callable[[], list[str]],
    ) -> None:
        def cost(url: str) -> int:
            before = len(count_queries())
            assert desk.open(url).status == 200
            return len(count_queries()) - before

        urls = (
            f"/teach/decks/{deck.slug}",
            "/teach/",
            f"/teach/items/{ids[0]}/versions",
            f"/teach/items/{ids[0]}",
        )
        once = [cost(url) for url in urls]
        owner = session.get_one(Account, deck.owner_id)
        for number in range(4, 8):
            factories.add_item(session, deck, choice(number), key=f"t-{number}")
            factories.add_deck(session, [choice(number)], slug=f"deck-{number}", owner=owner)
            item = session.get_one(Item, ids[0])
            write_version(session, item, Draft(content=choice(number)), author_id=owner.id, now=NOW)
        session.commit()
        assert [cost(url) for url in urls] == once


class TestNewItems:
    @every_kind
    def test_every_kind_is_offered_and_published(
        self, desk: Visitor, session: Session, deck: Deck, kind: Any
    ) -> None:
        kinds = desk.open(f"/teach/decks/{deck.slug}/add")
        page = desk.open(kinds.link(kind.title))
        content = kind.examples[0].content
        form = ItemForm.stored(kind, content, formats="", tags="", evidence=[])
        fields = page.fields("/add/") | dict(sent(form).lists())
        for name in [name for name in fields if name.startswith("content-") and name not in sent(form)]:
            del fields[name]
        preview = desk.post(page.path, fields | {"do": "preview"})
        assert "As students see it" in preview.text
        assert preview.status == 200
        assert stored(session) == []
        done = desk.post(page.path, fields | {"do": "save"})
        assert done.path == f"/teach/decks/{deck.slug}"
        (version,) = stored(session)
        assert version.content == content

    @every_kind
    def test_nothing_typed_is_lost_when_it_cannot_be_saved(
        self, desk: Visitor, deck: Deck, kind: Any
    ) -> None:
        page = start(desk, deck, kind.name)
        texts = {
            control["name"]: f"a{number}\x00 “typed” "
            for number, control in enumerate(page.soup.select("form.editor [name^=content-]"))
            if control.get("type") not in {"checkbox", "radio"} and control.name != "select"
        }
        refused = write(
            desk,
            page,
            **texts,
            tags="rivers",
            fact="end",
            evidence_0_text="Pasted.",
            evidence_0_paragraph="x",
        )
        assert refused.status == 422
        held = refused.fields("/add/")
        for name, text in texts.items():
            assert held[name][0].rstrip() == text.replace("\x00", "�").rstrip()
        assert (held["tags"], held["fact"]) == (["rivers"], ["end"])
        assert (held["evidence-0-text"], held["evidence-0-paragraph"]) == (["Pasted."], ["x"])
        assert held["key"] == page.fields("/add/")["key"]

    def test_problems_stand_at_their_fields_and_are_listed(self, desk: Visitor, deck: Deck) -> None:
        page = write(desk, start(desk, deck), content_stem="", content_key="Danube")
        assert page.status == 422
        assert page.soup.find(id="content-stem")["aria-invalid"] == "true"  # type: ignore[index]
        assert page.soup.select_one(".notice a[href='#content-stem']")

    def test_a_megabyte_is_refused_in_words(self, desk: Visitor, deck: Deck) -> None:
        page = write(desk, start(desk, deck), content_stem="x" * 1_000_000, content_key="Danube")
        assert page.status == 422
        assert "Shorten this to 50,000 characters" in page.text
        assert len(page.fields("/add/")["content-stem"][0]) == 1_000_000

    def test_sending_twice_makes_one_item(self, desk: Visitor, session: Session, deck: Deck) -> None:
        page = start(desk, deck)
        for _ in range(2):
            assert write(desk, page, content_stem="Which?", content_key="Danube").status == 200
        assert len(rows_of(session, Item)) == 1

    def test_sending_an_old_form_with_another_text_shows_both(
        self, desk: Visitor, session: Session, deck: Deck
    ) -> None:
        page = start(desk, deck)
        write(desk, page, content_stem="Which?", content_key="Danube")
        clash = write(desk, page, content_stem="Which?", content_key="Elbe")
        assert clash.status == 409
        assert clash.soup.select_one("dl.change del").get_text() == "Danube"  # type: ignore[union-attr]
        assert clash.soup.select_one("dl.change ins").get_text() == "Elbe"  # type: ignore[union-attr]
        assert len(stored(session)) == 1
        write(desk, clash)
        assert [version.content.key for version in stored(session)] == ["Danube", "Elbe"]

    def test_a_form_without_its_key_is_refused(self, desk: Visitor, deck: Deck) -> None:
        page = write(desk, start(desk, deck), content_stem="Which?", content_key="Danube", key="bank-item")
        assert page.status == 400

    def test_an_unknown_kind_is_not_found(self, desk: Visitor, deck: Deck) -> None:
        assert start(desk, deck, "essay").status == 404

    @pytest.mark.usefixtures("atlas")
    def test_evidence_can_come_with_the_address(self, desk: Visitor, deck: Deck) -> None:
        kinds = desk.open(f"/teach/decks/{deck.slug}/add?source=atlas&paragraph=1&sentence=2")
        held = desk.open(kinds.link("Short answer")).fields("/add/")
        assert [held[f"evidence-0-{name}"] for name in ("source", "paragraph", "sentence")] == [
            ["atlas"],
            ["1"],
            ["2"],
        ]

    def test_one_can_go_on_with_another(self, desk: Visitor, deck: Deck) -> None:
        page = write(desk, start(desk, deck), content_stem="Which?", content_key="Danube", do="another")
        assert page.path == f"/teach/decks/{deck.slug}/add"


@pytest.mark.usefixtures("atlas")
class TestEvidence:
    def cite(self, desk: Visitor, deck: Deck, **fields: str) -> Seen:
        return write(desk, start(desk, deck), content_stem="Which?", content_key="Danube", **fields)

    def test_a_pasted_sentence_is_shown_at_its_place(self, desk: Visitor, deck: Deck) -> None:
        page = self.cite(
            desk, deck, evidence_0_source="atlas", evidence_0_text="The Elbe is shorter.", do="preview"
        )
        held = page.fields("/add/")
        assert [held[f"evidence-0-{name}"] for name in ("paragraph", "sentence", "text")] == [
            ["2"],
            ["1"],
            [""],
        ]
        assert page.soup.select_one(".passage mark").get_text() == "The Elbe is shorter."  # type: ignore[union-attr]
        assert page.soup.select_one(".passage blockquote")["lang"] == "en"  # type: ignore[index]

    def test_it_is_stored_and_comes_back(self, desk: Visitor, session: Session, deck: Deck) -> None:
        self.cite(desk, deck, evidence_0_source="atlas", evidence_0_paragraph="1", evidence_0_sentence="2")
        (item,) = rows_of(session, Item)
        page = desk.open(f"/teach/items/{item.id}")
        assert page.soup.select_one(".passage mark").get_text() == "It ends in the Black Sea."  # type: ignore[union-attr]
        assert "Nothing changed" in write(desk, page).text
        write(desk, page, evidence_0_source="")  # removed
        assert not desk.open(f"/teach/items/{item.id}").soup.select(".passage")

    def test_another_row_can_be_asked_for_and_nothing_is_saved(
        self, desk: Visitor, session: Session, deck: Deck
    ) -> None:
        page = self.cite(desk, deck, evidence_0_source="atlas", do="evidence")
        assert page.status == 200
        assert "evidence-1-source" in page.fields("/add/")
        assert stored(session) == []

    def test_a_changed_article_is_said_in_the_advice(
        self, desk: Visitor, session: Session, deck: Deck
    ) -> None:
        self.cite(desk, deck, evidence_0_source="atlas", evidence_0_paragraph="1", evidence_0_sentence="2")
        (item,) = rows_of(session, Item)
        source = session.scalars(select(factories.Source)).one()
        attach_text(session, source, TEXT.replace("Black", "Red"), now=NOW)
        session.commit()
        assert "is no longer in the article. Cite it again." in desk.open(f"/teach/items/{item.id}").text

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"evidence_0_source": "nowhere", "evidence_0_paragraph": "1"}, "Choose the article"),
            ({"evidence_0_source": "atlas\x00", "evidence_0_paragraph": "1"}, "Choose the article"),
            ({"evidence_0_source": "atlas", "evidence_0_text": "Other."}, "isn’t in the article"),
            ({"evidence_0_source": "atlas", "evidence_0_paragraph": "0"}, "counted from 1"),
            ({"evidence_0_paragraph": "1", "evidence_0_sentence": "1"}, "Choose the article"),
        ],
    )
    def test_what_cannot_be_cited_is_said(
        self, desk: Visitor, deck: Deck, fields: dict[str, str], said: str
    ) -> None:
        page = self.cite(desk, deck, **fields)
        assert page.status == 422
        assert said in page.text


class TestEditing:
    def test_a_change_is_a_new_version(self, desk: Visitor, session: Session, item: Item) -> None:
        page = write(desk, desk.open(f"/teach/items/{item.id}"), content_stem="Which river?", note="Shorter")
        assert "Saved as a new version." in page.text
        assert [(v.number, v.content.stem, v.note) for v in stored(session)][1] == (
            2,
            "Which river?",
            "Shorter",
        )

    def test_two_tabs_lose_nothing(self, desk: Visitor, session: Session, item: Item) -> None:
        first, second = (desk.open(f"/teach/items/{item.id}") for _ in range(2))
        write(desk, first, content_stem="Which of the rivers?")
        clash = write(desk, second, content_stem="Which river?", tags="mine")
        assert clash.status == 409
        assert "Saved by you" in clash.text
        held = clash.fields(f"/items/{item.id}")
        assert (held["content-stem"], held["tags"]) == (["Which river?"], ["mine"])
        assert "of the rivers" in clash.soup.select_one("dl.change").get_text()  # type: ignore[union-attr]
        assert len(stored(session)) == 2
        write(desk, clash)
        assert [version.content.stem for version in stored(session)][1:] == [
            "Which of the rivers?",
            "Which river?",
        ]

    def test_a_preview_keeps_the_version_it_was_made_from(self, desk: Visitor, item: Item) -> None:
        first, second = (desk.open(f"/teach/items/{item.id}") for _ in range(2))
        write(desk, first, content_stem="Which of the rivers?")
        looked = write(desk, second, content_stem="Which river?", do="preview")
        assert write(desk, looked).status == 409

    def test_a_fact_is_remembered_and_offered(self, desk: Visitor, item: Item) -> None:
        write(desk, desk.open(f"/teach/items/{item.id}"), fact="The end")
        page = desk.open(f"/teach/items/{item.id}")
        assert page.fields(f"/items/{item.id}")["fact"] == ["the-end"]
        assert [option["value"] for option in page.soup.select("#facts option")] == ["the-end"]


class TestDuplicating:
    def test_a_copy_is_a_draft_in_the_same_deck_and_opens_at_once(
        self, desk: Visitor, session: Session, item: Item
    ) -> None:
        opened = desk.send(desk.open(f"/teach/items/{item.id}"), {}, "/duplicate")
        assert "Copied as a draft." in opened.text
        first, second = rows_of(session, Item)
        assert opened.path == f"/teach/items/{second.id}"
        assert (second.state, second.deck_id, second.fact_id) == ("draft", first.deck_id, first.fact_id)
        assert [version.content for version in stored(session)] == [choice(), choice()]


class TestVersions:
    def test_they_are_listed_with_what_changed_and_can_be_restored(
        self, desk: Visitor, session: Session, item: Item
    ) -> None:
        write(
            desk,
            desk.open(f"/teach/items/{item.id}"),
            content_options_right="1",
        )
        page = desk.open(f"/teach/items/{item.id}/versions")
        assert "The first wording" in page.text
        assert [mark.get_text() for mark in page.soup.select("dl.change del")] == ["Danube", "Elbe"]
        back = desk.send(page, {}, "/restore")
        assert "Restored as a new version." in back.text
        assert "Version 1 restored" in back.text
        assert stored(session)[-1].content == choice()

    def test_restoring_from_an_old_list_is_refused(self, desk: Visitor, session: Session, item: Item) -> None:
        write(desk, desk.open(f"/teach/items/{item.id}"), content_stem="Which river?")
        page = desk.open(f"/teach/items/{item.id}/versions")
        write(desk, desk.open(f"/teach/items/{item.id}"), content_stem="Which one?")
        assert "edited in the meantime" in desk.send(page, {}, "/restore").text
        assert len(stored(session)) == 3


class TestPreview:
    def shown(self, desk: Visitor, kind: Any, content: Any, **fields: Any) -> Seen:
        form = ItemForm.stored(kind, content, formats="", tags="", evidence=[])
        return Seen(desk.client.post(f"/teach/preview/{kind.name}", data=sent(form, **fields)))

    def test_answers_can_be_tried_and_likely_ones_are_told(self, desk: Visitor) -> None:
        content = ShortAnswer(stem="Which particle?", key="proton", spelling=True)
        seen = self.shown(desk, kind_of(content), content, tried="Proton\nphoton\n")
        marked = [line.get_text(" ", strip=True) for line in seen.soup.select(".pane p:has(.mark)")]
        assert marked[0] == "Proton : Correct"
        assert marked[1] == "photon : Incorrect"
        gaps = Cloze(stem="{{One}} and then {{two}}.")
        seen = self.shown(desk, kind_of(gaps), gaps, tried="one | two\none")
        assert "one | two : Correct" in [
            line.get_text(" ", strip=True) for line in seen.soup.select(".pane p:has(.mark)")
        ]
        assert "Write one text for each gap" in seen.text
        seen = self.shown(desk, kind_of(content), content)
        assert "“protons”, and it’s marked wrong" in seen.text
        assert "photon" in seen.text.partition("marked wrong as another word")[2]

    @every_kind
    def test_it_shows_every_format_and_the_answer_without_ids_of_the_form(
        self, desk: Visitor, kind: Any
    ) -> None:
        for example in kind.examples:
            seen = self.shown(desk, kind, example.content)
            assert seen.status == 200
            formats = kind.formats(example.content)
            assert len(seen.soup.select(".pane .preview")) == len(formats) + 1
            ids = [tag["id"] for tag in seen.soup.find_all(id=True)]
            assert len(set(ids)) == len(ids)
            assert all(id_.startswith("preview-") for id_ in ids)
            assert not seen.soup.find_all("button", type=False)
            assert "Incorrect" not in seen.text

    def test_advice_names_field_severity_and_remedy(self, desk: Visitor) -> None:
        kind = next(kind for kind in KINDS if kind.name == "short_answer")
        seen = self.shown(desk, kind, ShortAnswer(stem="What happened last year?", key="A flood"))
        advice = [" ".join(entry.get_text(" ").split()) for entry in seen.soup.select(".advice li")]
        assert advice[0].startswith("Important , Evidence : No sentence is cited.")
        assert any(entry.startswith("Worth a look , Question :") for entry in advice)

    def test_a_deck_without_articles_is_not_asked_for_evidence(self, desk: Visitor, deck: Deck) -> None:
        kind = next(kind for kind in KINDS if kind.name == "short_answer")
        form = ItemForm.stored(
            kind, ShortAnswer(stem="Who was it?", key="Io"), formats="", tags="", evidence=[]
        )
        asked = f"/teach/preview/{kind.name}?deck={deck.slug}"
        assert "No sentence is cited" not in Seen(desk.client.post(asked, data=sent(form))).text
        assert desk.client.post(f"/teach/preview/{kind.name}?deck=none", data=sent(form)).status_code == 404

    def test_problems_stand_in_place_of_a_question_that_cannot_be_shown(self, desk: Visitor) -> None:
        kind = next(kind for kind in KINDS if kind.name == "cloze")
        seen = self.shown(desk, kind, kind.examples[0].content, content_stem="The {{Danube")
        assert not seen.soup.select(".preview")
        assert "Close gap 1" in seen.text

    @pytest.mark.usefixtures("item")
    def test_it_stores_nothing(self, desk: Visitor, session: Session) -> None:
        self.shown(desk, KINDS[0], choice(9))
        assert len(stored(session)) == 1

    def test_a_question_that_is_there_already_is_named_with_a_link(self, desk: Visitor, item: Item) -> None:
        kind = next(kind for kind in KINDS if kind.name == "single_choice")
        seen = self.shown(desk, kind, choice())
        assert "You may already have this" in seen.text
        assert seen.soup.select_one(".alike a")["href"] == f"/teach/items/{item.id}"  # type: ignore[index]
        assert "already" not in self.shown(desk, kind, choice(), base=str(item.version_id)).text

    def test_hostile_markup_stays_text(self, desk: Visitor) -> None:
        kind = next(kind for kind in KINDS if kind.name == "flip_card")
        hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> [x](javascript:alert(1))"
        seen = self.shown(desk, kind, kind.examples[0].content, content_stem=hostile, content_answer=hostile)
        assert not seen.soup.find_all(["script", "img"])
        assert not [
            tag for tag in seen.soup.find_all("a") if str(tag.get("href", "")).startswith("javascript")
        ]


class TestDoors:
    def paths(self, deck: Deck, item: Item) -> list[tuple[str, str]]:
        return [
            ("GET", f"/teach/decks/{deck.slug}/edit"),
            ("POST", f"/teach/decks/{deck.slug}/edit"),
            ("GET", f"/teach/decks/{deck.slug}/add"),
            ("GET", f"/teach/decks/{deck.slug}/add/numeric"),
            ("POST", f"/teach/decks/{deck.slug}/add/numeric"),
            ("GET", f"/teach/items/{item.id}"),
            ("POST", f"/teach/items/{item.id}"),
            ("POST", f"/teach/items/{item.id}/state"),
            ("POST", f"/teach/items/{item.id}/move"),
            ("GET", f"/teach/items/{item.id}/versions"),
            ("POST", f"/teach/items/{item.id}/restore"),
        ]

    def test_another_teacher_finds_nothing(
        self, app: Flask, session: Session, deck: Deck, item: Item
    ) -> None:
        other = world.person(session, "teacher", name="Mr Lakes", now=NOW)
        client = world.client_of(app, session, other, now=NOW)
        for method, path in [*self.paths(deck, item), ("GET", f"/teach/decks/{deck.slug}")]:
            assert client.open(path, method=method).status_code == 404, (method, path)
        assert deck.title not in client.get("/teach/").get_data(as_text=True)

    def test_no_one_changes_a_shipped_deck(self, desk: Visitor, session: Session) -> None:
        shipped = factories.add_deck(session, [typed()], slug="shipped")
        item = session.get_one(Item, factories.item_ids(session, shipped)[0])
        session.commit()
        for method, path in self.paths(shipped, item):
            assert desk.client.open(path, method=method).status_code == 404, (method, path)

    def test_a_student_finds_nothing(self, app: Flask, session: Session, deck: Deck, item: Item) -> None:
        student = world.person(session, "student", name="Ann", now=NOW)
        client = world.client_of(app, session, student, now=NOW)
        rest = [("GET", "/teach/"), ("GET", "/teach/new-deck"), ("POST", "/teach/preview/numeric")]
        for method, path in [*self.paths(deck, item), *rest]:
            assert client.open(path, method=method).status_code == 404, (method, path)

    @pytest.mark.parametrize("path", ["items/0", "items/99999999999999999999", "decks/no", "decks/a%00b"])
    def test_what_is_not_there_is_not_found(self, desk: Visitor, path: str) -> None:
        assert desk.open(f"/teach/{path}").status == 404

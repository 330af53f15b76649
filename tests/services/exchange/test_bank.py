"""The bank in the database: loaded as often as one likes, it changes only what changed."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from quizapp import paths
from quizapp.domain.errors import Conflict, InvalidBank
from quizapp.domain.exchange.bank.load import load_bank
from quizapp.domain.library.kinds.base import Chosen
from quizapp.services.exchange.bank import Loaded, load_into_database, read_bank
from quizapp.services.library.editor import create_deck
from quizapp.services.study.learner import Learner
from quizapp.services.study.next_question import next_question, waiting
from quizapp.storage.library.tables import Deck, DeckItem, Evidence, Fact, Item, ItemApart, ItemVersion
from quizapp.storage.sources.tables import Source
from quizapp.storage.study.tables import Card
from quizapp.storage.tables import Base
from tests import factories
from tests.factories import NOW, answer, card, checked, flip, study

Files = dict[str, str]

SOURCES = """
[[sources]]
slug = "atlas"
title = "An atlas of rivers"
file = "atlas.txt"
language = "en"
paragraphs = 3
boilerplate = ["1"]
"""
THEMES = """
[[themes]]
slug = "water"
title = "Water"
tag = "water"
"""


def item(name: str, *, key: str = "Danube", fact: str = "", tags: str = "", more: str = "") -> str:
    return f"""
[[items]]
id = "{name}"
fact = "{fact or name}"
kind = "single_choice"
stem = "Which river is meant by {name}?"
key = "{key}"
distractors = ["Elbe", "Loire"]
tags = [{tags}]
evidence = [{{ source = "atlas", paragraph = 2, sentence = 1, digest = "0123456789ab" }}]
{more}
"""


def deck(slug: str, *items: str, position: int = 1) -> str:
    head = f'[deck]\nslug = "{slug}"\ntitle = "{slug.title()}"\nsource = "atlas"\nposition = {position}\n'
    return head + "".join(items)


@pytest.fixture
def files() -> Files:
    """Two decks and a theme: rivers (a, b, c) and lakes (d); water gathers a and d."""
    return {
        "sources.toml": SOURCES,
        "themes.toml": THEMES,
        "rivers.toml": deck("rivers", item("a", tags='"water"'), item("b", fact="ab"), item("c", fact="ab")),
        "lakes.toml": deck("lakes", item("d", tags='"water"'), position=2),
    }


@pytest.fixture
def load(session: Session) -> Callable[[Files], Loaded]:
    return lambda files: load_into_database(session, load_bank(files), now=NOW)


def contents_of(session: Session, slug: str) -> list[str]:
    query = (
        select(Item.key).join(DeckItem, DeckItem.item_id == Item.id).join(Deck, Deck.id == DeckItem.deck_id)
    )
    return list(session.scalars(query.where(Deck.slug == slug).order_by(DeckItem.position)))


def named(session: Session, key: str) -> Item:
    return session.scalars(select(Item).where(Item.key == key)).one()


def everything(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    return {
        table.name: [tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))]
        for table in Base.metadata.sorted_tables
    }


@pytest.fixture
def learner(session: Session, files: Files, load: Callable[[Files], Loaded]) -> Learner:
    """One who knows b."""
    load(files)
    made = factories.add_learner(session)
    study(session, made, session.scalars(select(Deck).where(Deck.slug == "rivers")).one())
    answer(session, made, named(session, "b").id, Chosen(("Danube",)))
    return made


# --- loading ---------------------------------------------------------------------------------------


def test_a_bank_is_loaded_whole(session: Session, files: Files, load: Callable[[Files], Loaded]) -> None:
    assert load(files) == Loaded(new=4)
    decks = session.execute(select(Deck.slug, Deck.position, Deck.theme_tag).order_by(Deck.position)).all()
    assert [tuple(row) for row in decks] == [("rivers", 1, None), ("lakes", 2, None), ("water", 3, "water")]
    assert [contents_of(session, slug) for slug in ("rivers", "lakes", "water")] == [
        ["a", "b", "c"],
        ["d"],
        ["d", "a"],
    ]
    assert session.scalar(select(func.count()).select_from(Fact)) == 3
    assert named(session, "b").fact_id == named(session, "c").fact_id
    source = session.scalars(select(Source)).one()
    assert (source.slug, source.title, source.paragraphs, source.boilerplate) == (
        "atlas",
        "An atlas of rivers",
        3,
        "1",
    )
    assert session.scalars(select(Evidence.digest)).all() == ["0123456789ab"] * 4
    version = named(session, "a").version
    assert version is not None
    assert (version.number, version.tags, version.search_text.split()[0]) == (1, "water", "which")


def test_loading_again_changes_nothing(
    session: Session, files: Files, load: Callable[[Files], Loaded]
) -> None:
    load(files)
    before = everything(session)
    session.expunge_all()
    assert load(files) == Loaded(unchanged=4)
    assert everything(session) == before


def test_the_shipped_bank_loads_and_loads_again(session: Session) -> None:
    bank = read_bank(paths.BANK)
    assert load_into_database(session, bank, now=NOW).new == len(bank.items)
    session.commit()
    session.expunge_all()
    again = load_into_database(session, bank, now=NOW)
    assert again == Loaded(unchanged=len(bank.items))
    assert str(again) == f"0 new, 0 changed, {len(bank.items)} unchanged, 0 retired, 0 returned"


def test_servers_that_start_at_once_load_the_bank_once(engine: Engine, files: Files) -> None:
    def start(_: int) -> int:
        with Session(engine, expire_on_commit=False, autoflush=False) as own, own.begin():
            return load_into_database(own, load_bank(files), now=NOW).new

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(start, range(4))) == [0, 0, 0, 4]


# --- what changes ----------------------------------------------------------------------------------


def test_a_reworded_item_gets_a_version_and_cards_are_kept(
    session: Session, learner: Learner, files: Files, load: Callable[[Files], Loaded]
) -> None:
    item_id = named(session, "b").id
    before = card(session, learner, item_id)
    files["rivers.toml"] = files["rivers.toml"].replace("meant by b", "called b")

    assert load(files) == Loaded(changed=1, unchanged=3)

    reworded = named(session, "b")
    assert reworded.version is not None
    assert (reworded.id, reworded.version.number) == (item_id, 2)
    versions = select(ItemVersion.number).where(ItemVersion.item_id == item_id).order_by(ItemVersion.number)
    assert session.scalars(versions).all() == [1, 2]
    assert card(session, learner, item_id) == before
    assert checked(session).different == 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('tags = ["water"]', 'tags = ["water", "long"]'),
        ("sentence = 1", "sentence = 2"),
        ('digest = "0123456789ab"', 'digest = "0123456789ac"'),
        ('kind = "single_choice"', 'kind = "single_choice"\nformats = ["choose"]'),
        ('key = "Danube"', 'key = "Rhine"'),
    ],
)
def test_whatever_is_said_of_an_item_makes_a_version(
    session: Session, files: Files, load: Callable[[Files], Loaded], before: str, after: str
) -> None:
    load(files)
    files["rivers.toml"] = files["rivers.toml"].replace(before, after, 1)
    assert load(files) == Loaded(changed=1, unchanged=3)


def test_another_key_of_what_someone_has_answered_is_told_to_anyone_who_loads_it(
    session: Session, learner: Learner, files: Files, load: Callable[[Files], Loaded]
) -> None:
    item_id = named(session, "b").id
    assert card(session, learner, item_id) is not None
    changed = files["rivers.toml"].replace('key = "Danube"', 'key = "Rhine"')
    loaded = load(files | {"rivers.toml": changed})
    assert loaded.rekeyed["b"] == item_id
    assert f"/teach/items/{item_id}/past-answers" in loaded.notices()[list(loaded.rekeyed).index("b")]
    assert load(files | {"rivers.toml": changed}).notices() == []
    nobody = files["lakes.toml"].replace('key = "Danube"', 'key = "Rhine"')
    assert load(files | {"rivers.toml": changed, "lakes.toml": nobody}).notices() == []


def test_an_item_that_left_is_retired_and_its_history_kept(
    session: Session, learner: Learner, files: Files, load: Callable[[Files], Loaded]
) -> None:
    files["rivers.toml"] = deck("rivers", item("a", tags='"water"'), item("c", fact="ab"))
    assert load(files) == Loaded(unchanged=3, retired=1)
    gone = named(session, "b")
    assert gone.state == "retired"
    assert contents_of(session, "rivers") == ["a", "c"]
    assert card(session, learner, gone.id) is not None
    assert load(files) == Loaded(unchanged=3)  # it is retired once
    assert checked(session).different == 0


def test_an_item_that_returns_is_published_with_its_card(
    session: Session, learner: Learner, files: Files, load: Callable[[Files], Loaded]
) -> None:
    whole = dict(files)
    before = card(session, learner, named(session, "b").id)
    files["rivers.toml"] = deck("rivers", item("a", tags='"water"'))
    assert load(files).retired == 2
    assert load(whole) == Loaded(unchanged=4, returned=2)
    assert named(session, "b").state == "published"
    assert contents_of(session, "rivers") == ["a", "b", "c"]
    assert card(session, learner, named(session, "b").id) == before


def test_an_item_that_moved_takes_its_card_along(
    session: Session, learner: Learner, files: Files, load: Callable[[Files], Loaded]
) -> None:
    files["rivers.toml"] = deck("rivers", item("a", tags='"water"'), item("c", fact="ab"))
    files["lakes.toml"] = deck("lakes", item("d", tags='"water"'), item("b", fact="alone"), position=2)
    assert load(files) == Loaded(unchanged=4)
    moved = named(session, "b")
    assert (contents_of(session, "rivers"), contents_of(session, "lakes")) == (["a", "c"], ["d", "b"])
    stored = session.execute(select(Card.deck_id, Card.fact_id)).one()
    assert tuple(stored) == (moved.deck_id, moved.fact_id)
    assert moved.fact_id != named(session, "c").fact_id
    assert checked(session).different == 0


def test_an_item_on_another_fact_takes_its_card_along(
    session: Session, learner: Learner, files: Files, load: Callable[[Files], Loaded]
) -> None:
    files["rivers.toml"] = files["rivers.toml"].replace('id = "b"\nfact = "ab"', 'id = "b"\nfact = "alone"')
    load(files)
    assert session.scalars(select(Card.fact_id)).all() == [named(session, "b").fact_id]
    assert named(session, "b").fact_id != named(session, "c").fact_id


def test_a_deck_in_another_order(session: Session, files: Files, load: Callable[[Files], Loaded]) -> None:
    load(files)
    files["rivers.toml"] = deck(
        "rivers", item("c", fact="ab"), item("a", tags='"water"'), item("b", fact="ab")
    )
    assert load(files) == Loaded(unchanged=4)
    assert contents_of(session, "rivers") == ["c", "a", "b"]


def test_items_added_before_those_met_are_asked(
    session: Session, learner: Learner, files: Files, load: Callable[[Files], Loaded]
) -> None:
    """A new item at the top of a deck whose items have all been met."""
    for key in ("a", "c"):
        answer(session, learner, named(session, key).id, Chosen(("Danube",)))
    items = item("a", tags='"water"'), item("b", fact="ab"), item("c", fact="ab")
    files["rivers.toml"] = deck("rivers", item("first"), *items)
    load(files)
    served = next_question(session, learner, waiting(session, learner, now=NOW), now=NOW)
    assert served is not None
    assert served.item_id == named(session, "first").id


def test_a_deck_that_left_holds_nothing_more_and_what_it_held_is_asked_elsewhere(
    session: Session, learner: Learner, files: Files, load: Callable[[Files], Loaded]
) -> None:
    del files["rivers.toml"]
    lakes = [item("d", tags='"water"'), item("a", tags='"water"'), item("c", fact="ab")]
    files["lakes.toml"] = deck("lakes", *lakes)
    assert load(files) == Loaded(unchanged=3, retired=1)
    assert contents_of(session, "rivers") == []
    assert contents_of(session, "lakes") == ["d", "a", "c"]
    assert checked(session).different == 0


def test_titles_and_sources_follow_the_bank(
    session: Session, files: Files, load: Callable[[Files], Loaded]
) -> None:
    load(files)
    files["sources.toml"] = SOURCES.replace("An atlas", "The atlas").replace('["1"]', '["1", "3"]')
    files["rivers.toml"] = files["rivers.toml"].replace('title = "Rivers"', 'title = "All rivers"')
    load(files)
    assert session.scalars(select(Deck.title).where(Deck.slug == "rivers")).one() == "All rivers"
    source = session.scalars(select(Source)).one()
    assert (source.title, source.boilerplate) == ("The atlas of rivers", "1,3")


# --- teachers' decks -------------------------------------------------------------------------------


def test_teachers_decks_are_left_alone(
    session: Session, files: Files, load: Callable[[Files], Loaded]
) -> None:
    teacher = factories.add_account(session, role="teacher")
    own = factories.add_deck(session, [flip()], slug="own", owner=teacher)
    load(files)
    load(files)
    assert contents_of(session, "own") == ["own-1"]
    assert named(session, "own-1").state == "published"
    assert own.title == "Own"


def test_a_bank_and_a_teacher_may_name_a_deck_alike(
    session: Session, files: Files, load: Callable[[Files], Loaded]
) -> None:
    teacher = factories.add_account(session, role="teacher")
    own = create_deck(session, teacher, title="Lakes", summary="", now=NOW)
    session.commit()
    load(files)
    decks = session.scalars(select(Deck).where(Deck.title == "Lakes").order_by(Deck.slug)).all()
    assert [(deck.slug, deck.owner_id) for deck in decks] == [("lakes", None), (own.slug, teacher.id)]
    assert decks[1].id == own.id


def test_a_bank_does_not_take_over_a_teachers_item(
    session: Session, files: Files, load: Callable[[Files], Loaded]
) -> None:
    teacher = factories.add_account(session, role="teacher")
    own = factories.add_deck(session, [], slug="own", owner=teacher)
    factories.add_item(session, own, flip(), key="d")
    session.commit()
    with pytest.raises(Conflict, match="“d”"):
        load(files)


# --- files that cannot be read ---------------------------------------------------------------------


def write(folder: Path, files: Files) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_folder_is_read_as_its_files_say(tmp_path: Path, files: Files) -> None:
    (tmp_path / "notes.md").write_bytes(b"\xff not a bank's file")
    assert read_bank(write(tmp_path, files)) == load_bank(files)


def test_a_byte_order_mark_is_forgiven(tmp_path: Path, files: Files) -> None:
    """Some editors put one at the top of every file they save as UTF-8."""
    write(tmp_path, files)
    (tmp_path / "lakes.toml").write_bytes(b"\xef\xbb\xbf" + files["lakes.toml"].encode())
    assert read_bank(tmp_path) == load_bank(files)


@pytest.mark.parametrize("name", ["absent", "a-file"])
def test_what_is_no_folder_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").write_text("")
    with pytest.raises(InvalidBank, match=rf"no folder .*{name}"):
        read_bank(tmp_path / name)


def test_a_folder_without_a_bank_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidBank, match=r"no \.toml file"):
        read_bank(tmp_path)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path, files: Files) -> None:
    write(tmp_path, files)
    (tmp_path / "lakes.toml").write_bytes(
        files["lakes.toml"].replace("Lakes", "Lacs salés").encode("latin-1")
    )
    with pytest.raises(InvalidBank, match=r"lakes\.toml can't be read") as raised:
        read_bank(tmp_path)
    assert "is not UTF-8" in raised.value.problems[0].message


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, files: Files) -> None:
    write(tmp_path, files)
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(InvalidBank, match=r"folder\.toml can't be read"):
        read_bank(tmp_path)


BROKEN = {
    "no TOML": "[deck\n",
    "unknown source": deck("x", item("x").replace("atlas", "almanac")),
    "same id": deck("x", item("a")),
    "same slug": deck("rivers", item("x")),
    "unsound": deck("x", item("x").replace('"Elbe", "Loire"', '"Danube", "Loire"')),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_changes_nothing(
    session: Session, tmp_path: Path, files: Files, load: Callable[[Files], Loaded], name: str
) -> None:
    load(files)
    before = everything(session)
    write(
        tmp_path, files | {"x.toml": BROKEN[name], "rivers.toml": files["rivers.toml"].replace("is", "was")}
    )
    with pytest.raises(InvalidBank, match=r"x\.toml"):
        load_into_database(session, read_bank(tmp_path), now=NOW)
    assert everything(session) == before


def together(session: Session) -> set[tuple[str, str]]:
    """The pairs that are kept apart, by the bank's ids."""
    keys = {each.id: each.key for each in session.scalars(select(Item))}
    return {(keys[row.item_id], keys[row.other_id]) for row in session.scalars(select(ItemApart))}


def test_items_that_name_each_other_are_kept_apart_both_ways_round(
    session: Session, files: Files, load: Callable[[Files], Loaded]
) -> None:
    apart = item("a", tags='"water"', more='apart = ["b"]')
    files["rivers.toml"] = deck("rivers", apart, item("b", fact="ab"), item("c", fact="ab"))
    load(files)
    assert together(session) == {("a", "b"), ("b", "a")}
    files["rivers.toml"] = deck("rivers", item("a", tags='"water"'), item("b", fact="ab"))
    load(files)
    assert together(session) == set()


def test_items_that_give_each_other_away_are_kept_apart_over_all_decks(
    session: Session, files: Files, load: Callable[[Files], Loaded]
) -> None:
    plain = [
        item(f"i{n}").replace("Which river is meant by", "What is sold by the month in") for n in range(20)
    ]
    asked = item("ask", key="Rhine").replace("Which river is meant by ask", "Which river do barges climb")
    teller = item("tell", key="Ulm").replace("Which river is meant by tell", "How do barges leave the Rhine")
    files["rivers.toml"] = deck("rivers", *plain, asked)
    files["lakes.toml"] = deck("lakes", teller, item("d", tags='"water"'), position=2)
    load(files)
    assert together(session) == {("ask", "tell"), ("tell", "ask")}


def test_an_item_is_not_new_on_the_day_of_one_that_it_is_kept_apart_from(
    session: Session, learner: Learner, files: Files, load: Callable[[Files], Loaded]
) -> None:
    files["rivers.toml"] = deck("rivers", item("a", tags='"water"', more='apart = ["b", "d"]'), item("b"))
    load(files)
    study(session, learner, session.scalars(select(Deck).where(Deck.slug == "lakes")).one(), 2)
    answer(session, learner, named(session, "a").id, Chosen(("Danube",)))
    today = waiting(session, learner, now=NOW)
    assert next_question(session, learner, today, now=NOW) is None
    tomorrow = NOW + timedelta(days=1)
    served = next_question(session, learner, waiting(session, learner, now=tomorrow), now=tomorrow)
    assert served is not None


def test_evidence_keeps_its_role_and_its_words(
    session: Session, files: Files, load: Callable[[Files], Loaded]
) -> None:
    cited = 'digest = "0123456789ab", role = "also", words = "2-3"'
    files["lakes.toml"] = files["lakes.toml"].replace('digest = "0123456789ab"', cited)
    assert load(files).changed == 0
    evidence = session.scalars(select(Evidence).where(Evidence.role == "also")).one()
    assert evidence.words == "2-3"
    assert load(files).unchanged == 4

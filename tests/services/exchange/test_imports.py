"""Questions of files in decks: added once, changed when the file changes, never doubled."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from quizapp.domain.exchange.bundle import Entry, medium
from quizapp.domain.exchange.bundle import Item as Brought
from quizapp.domain.exchange.file_format import FileFormat, Options
from quizapp.domain.exchange.formats.gift import Gift
from quizapp.domain.exchange.formats.own_toml import OwnToml
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.services.exchange.exports import bundle_of
from quizapp.services.exchange.imports import Stored, store
from quizapp.services.exchange.media import Media
from quizapp.services.library.editor import create_deck, draft_of, save_item
from quizapp.services.library.items import Citation
from quizapp.storage.accounts.tables import Account
from quizapp.storage.library.tables import Deck, DeckItem, Item, ItemVersion, Picture, VersionPicture
from tests import factories
from tests.factories import NOW

GIFT = Gift()
QUIZ = "// [id:one] [tag:Two Words]\nWho? {=Ann ~Bob ~Cy}\n\nWhere? {=here =there}\n\nEssay {}\n"


@pytest.fixture
def teacher(session: Session) -> Account:
    return factories.add_account(session, role="teacher", name="Ada", name_key="ada")


@pytest.fixture
def deck(session: Session, teacher: Account) -> Deck:
    return create_deck(session, teacher, title="Rivers", summary="", now=NOW)


def bring(session: Session, deck: Deck, teacher: Account, text: str, format: FileFormat = GIFT) -> Stored:
    records = format.read(io.BytesIO(text.encode()), Options())
    entries = (record for record in records if isinstance(record, Entry))
    done = store(session, deck, entries, author=teacher, now=NOW, media=Media())
    session.expire_all()
    return done


def items(session: Session, deck: Deck) -> list[Item]:
    query = select(Item).join(DeckItem, DeckItem.item_id == Item.id).where(DeckItem.deck_id == deck.id)
    return list(session.scalars(query.order_by(DeckItem.position)))


def test_new_questions_stand_in_the_deck_in_their_order(
    session: Session, deck: Deck, teacher: Account
) -> None:
    done = bring(session, deck, teacher, QUIZ)
    assert (done.new, done.changed, done.unchanged, done.refused) == (2, 0, 0, 1)
    first, second = items(session, deck)
    assert first.version is not None
    assert second.version is not None
    assert (first.version.content.stem, first.version.tags) == ("Who?", "two-words")
    assert (second.version.kind, second.state) == ("short_answer", "published")
    assert first.fact_id != second.fact_id


def test_the_same_file_again_changes_nothing(session: Session, deck: Deck, teacher: Account) -> None:
    bring(session, deck, teacher, QUIZ)
    done = bring(session, deck, teacher, QUIZ)
    assert (done.new, done.changed, done.unchanged) == (0, 0, 2)
    assert len(items(session, deck)) == 2


def test_what_the_file_says_otherwise_becomes_a_version(
    session: Session, deck: Deck, teacher: Account
) -> None:
    bring(session, deck, teacher, QUIZ)
    changed = QUIZ.replace("Who?", "Who then?").replace("=there", "=over there")
    done = bring(session, deck, teacher, changed)
    assert (done.new, done.changed, done.unchanged) == (0, 2, 0)
    first, second = items(session, deck)
    assert first.version is not None
    assert second.version is not None
    assert (first.version.content.stem, first.version.number, first.version.change) == (
        "Who then?",
        2,
        "wording",
    )
    assert (second.version.number, second.version.change) == (2, "key")


def test_an_edit_made_here_stays_until_the_file_says_something_else(
    session: Session, deck: Deck, teacher: Account
) -> None:
    bring(session, deck, teacher, QUIZ)
    item = items(session, deck)[1]
    assert item.version is not None
    draft = draft_of(session, item.version)
    wording = type(draft.content)(
        **{**{n: getattr(draft.content, n) for n in draft.content.__struct_fields__}, "hint": "Look."}
    )
    save_item(
        session, item, type(draft)(content=wording), base=item.version_id, fact="", author=teacher, now=NOW
    )
    assert bring(session, deck, teacher, QUIZ).unchanged == 2
    assert items(session, deck)[1].version.content.hint == "Look."  # type: ignore[union-attr]


def test_equal_questions_of_one_file_are_two(session: Session, deck: Deck, teacher: Account) -> None:
    twice = "Who? {=Ann}\n\nWho? {=Bob}\n"
    assert bring(session, deck, teacher, twice).new == 2
    assert bring(session, deck, teacher, twice).unchanged == 2


def test_another_deck_takes_the_file_again(session: Session, deck: Deck, teacher: Account) -> None:
    bring(session, deck, teacher, QUIZ)
    other = create_deck(session, teacher, title="Lakes", summary="", now=NOW)
    assert bring(session, other, teacher, QUIZ).new == 2


def test_a_question_that_was_moved_is_left_alone(session: Session, deck: Deck, teacher: Account) -> None:
    bring(session, deck, teacher, QUIZ)
    other = create_deck(session, teacher, title="Lakes", summary="", now=NOW)
    items(session, deck)[0].deck_id = other.id
    session.flush()
    assert bring(session, deck, teacher, QUIZ.replace("Who?", "Who then?")).unchanged == 2


def test_a_deck_written_out_and_brought_in_again_is_the_same_deck(
    session: Session, deck: Deck, teacher: Account
) -> None:
    bring(session, deck, teacher, QUIZ)
    text = Gift().write(bundle_of(session, deck)).data.decode()
    assert "[id:one]" in text
    done = bring(session, deck, teacher, text)
    assert (done.new, len(items(session, deck))) == (0, 2)


def test_a_question_written_here_is_known_by_its_own_key(session: Session, teacher: Account) -> None:
    deck = factories.add_deck(session, [factories.choice()], owner=teacher)
    text = Gift().write(bundle_of(session, deck)).data.decode()
    assert bring(session, deck, teacher, text.replace("Danube", "Don")).changed == 1
    assert bring(session, deck, teacher, text.replace("Danube", "Don")).unchanged == 1
    assert session.scalar(select(func.count()).select_from(ItemVersion)) == 2


def png() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (4, 3), "teal").save(drawn, "PNG")
    return drawn.getvalue()


def test_pictures_come_along_once_and_what_is_none_is_left_out(
    session: Session, deck: Deck, teacher: Account
) -> None:
    map_, broken = medium("map.png", png()), medium("song.mp3", b"no picture")
    stem = (
        f"Where is ![a *map*](picture:{map_.key}) this ![x](picture:{broken.key}) ![y](picture:{'0' * 32})?"
    )
    entries = [
        Entry(place="1", title="", item=Brought(content=ShortAnswer(stem=stem, key=key))) for key in "ab"
    ]
    media = Media()
    records = [map_, medium("unused.png", png() + b" "), broken, *entries]
    done = store(session, deck, media.taking(records), author=teacher, now=NOW, media=media)
    (picture,) = session.scalars(select(Picture)).all()
    assert (done.new, done.pictures_left_out, picture.width) == (2, 2, 4)
    for item in items(session, deck):
        assert item.version is not None
        assert item.version.content.stem == f"Where is ![a *map*](picture:{picture.id}) this x y?"
    assert len(session.scalars(select(VersionPicture)).all()) == 2
    assert bundle_of(session, deck).media[picture.id].data == picture.body
    again = store(session, deck, Media().taking(records), author=teacher, now=NOW, media=Media())
    assert (again.new, again.unchanged) == (0, 2)


def test_pictures_beyond_what_a_teacher_may_bring_are_left_out(
    session: Session, deck: Deck, teacher: Account
) -> None:
    shown = medium("map.png", png())
    entry = Entry(
        place="1", title="", item=Brought(content=ShortAnswer(stem=f"![m](picture:{shown.key})?", key="a"))
    )
    media = Media()
    given = media.taking([shown, entry])
    done = store(session, deck, given, author=teacher, now=NOW, media=media, most_pictures=1)
    assert (done.new, done.pictures_left_out) == (1, 1)


def test_a_deck_in_our_own_format_keeps_what_its_questions_are_based_on(
    session: Session, teacher: Account
) -> None:
    source = factories.add_source(session)
    cited = (Citation(source.id, 2, 1, "0123456789ab", "also", "1-2"),)
    deck = factories.add_deck(session, [factories.choice()], owner=teacher, evidence=cited)
    text = OwnToml().write(bundle_of(session, deck)).data.decode()
    assert bring(session, deck, teacher, text, OwnToml()).unchanged == 1
    changed = text.replace("Which river flows", "What river flows")
    assert bring(session, deck, teacher, changed, OwnToml()).changed == 1
    copy = create_deck(session, teacher, title="Copy", summary="", now=NOW)
    assert bring(session, copy, teacher, text.replace("atlas", "elsewhere"), OwnToml()).new == 1
    other = create_deck(session, teacher, title="Other", summary="", now=NOW)
    assert bring(session, other, teacher, text, OwnToml()).new == 1
    held = [
        [draft_of(session, item.version).evidence for item in items(session, each) if item.version]
        for each in (deck, copy, other)
    ]
    assert held == [[cited], [()], [cited]]


def test_what_a_format_cannot_hold_stays_with_the_question(session: Session, teacher: Account) -> None:
    source = factories.add_source(session)
    cited = (Citation(source.id, 2, 1, "0123456789ab"),)
    deck = factories.add_deck(session, [factories.choice()], owner=teacher, evidence=cited, facts=["t.x"])
    before = items(session, deck)[0].fact_id
    text = Gift().write(bundle_of(session, deck)).data.decode().replace("Danube", "Don")
    assert bring(session, deck, teacher, text).changed == 1
    item = items(session, deck)[0]
    assert item.version is not None
    assert draft_of(session, item.version).evidence == cited
    assert item.fact_id == before


def test_a_hundred_questions_cost_hardly_more_statements_than_ten(session: Session, teacher: Account) -> None:
    counted: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *given: counted.append(given[2]))

    def statements(number: int) -> int:
        deck = create_deck(session, teacher, title=f"Deck {number}", summary="", now=NOW)
        text = "\n\n".join(f"Question {each}? {{=a{each} ~b ~c}}" for each in range(number))
        counted.clear()
        bring(session, deck, teacher, text)
        return len(counted)

    few, many = statements(10), statements(100)
    assert many <= few + 2

import string

from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.exchange.bank.dump import dump_toml
from quizapp.domain.exchange.bank.load import load_bank
from quizapp.domain.library.bank import BankItem, DeckRecord, Examples, Waiver
from quizapp.domain.library.kinds import KINDS, kind_of
from quizapp.domain.library.kinds.base import Format
from quizapp.domain.sources.evidence import EvidenceRef, Role

SOURCES = '[[sources]]\nslug = "atlas"\nfile = "atlas.txt"\nparagraphs = 99\n'
DECK = DeckRecord(
    position=7,
    slug="deck",
    title='The "deck"',
    summary="Über alles\tgesagt.",
    source="atlas",
    file="deck.toml",
)
CONTENTS = [example.content for kind in KINDS for example in kind.examples]

SLUGS = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=6)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(str.strip)
TYPED = st.lists(st.lists(TEXTS, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple)
REFERENCES = st.builds(
    EvidenceRef,
    st.just("atlas"),
    st.integers(1, 99),
    st.integers(1, 9),
    st.text("0123456789abcdef", min_size=12, max_size=12),
    st.sampled_from(Role),
    st.sampled_from(["", "2-7"]),
)
WAIVERS = st.builds(Waiver, rule=st.sampled_from(["key-longest", "undated-event"]), reason=TEXTS)


@st.composite
def decks(draw):
    built = []
    for position, identity in enumerate(draw(st.lists(SLUGS, max_size=4, unique=True)), start=1):
        content = draw(st.sampled_from(CONTENTS))
        allowed = kind_of(content).formats(content)
        built.append(
            BankItem(
                id=identity,
                fact=draw(st.just(identity) | SLUGS),
                deck="deck",
                position=position,
                content=content,
                tags=tuple(draw(st.lists(TEXTS, max_size=2))),
                evidence=tuple(draw(st.lists(REFERENCES, max_size=2))),
                formats=tuple(draw(st.sampled_from([(), allowed, allowed[:1]]))),
                waive=tuple(draw(st.lists(WAIVERS, max_size=2))),
                examples=draw(st.builds(Examples, right=TYPED, wrong=TYPED)),
                file="deck.toml",
            )
        )
    return tuple(built)


def without_line(item):
    return {name: getattr(item, name) for name in item.__struct_fields__ if name != "line"}


@settings(max_examples=60, deadline=None)
@given(decks())
def test_what_is_dumped_is_loaded_equal(items):
    bank = load_bank({"deck.toml": dump_toml(DECK, items), "sources.toml": SOURCES})
    assert bank.decks == (DECK,)
    assert [without_line(item) for item in bank.items] == [without_line(item) for item in items]


def test_what_stands_at_its_default_is_left_out(bank_item):
    text = dump_toml(
        DeckRecord(slug="capitals", title="Capitals"), [bank_item(evidence=(), formats=(Format.CHOOSE,))]
    )
    assert text.startswith(
        '[deck]\nslug = "capitals"\ntitle = "Capitals"\n\n[[items]]\nid = "peru-capital"\nkind = '
    )
    assert [line.split(" = ")[0] for line in text.splitlines()[5:]] == [
        "id",
        "kind",
        "stem",
        "rationale",
        "key",
        "distractors",
        "formats",
    ]


def test_a_long_list_has_a_line_for_each_entry(bank_item):
    options = [
        "a city by the sea, north of Lima",
        "a city by the sea, south of Lima",
        "a city high in the mountains",
    ]
    text = dump_toml(DECK, [bank_item(distractors=options)])
    assert f'distractors = [\n  "{options[0]}",\n  "{options[1]}",\n' in text

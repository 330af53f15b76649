import pytest

from quizapp.domain.exchange.bank.checks import cross_check
from quizapp.domain.exchange.bank.items import UnreadContent
from quizapp.domain.library.bank import Bank, DeckRecord, SourceRecord, ThemeRecord, Waiver
from quizapp.domain.library.kinds.base import Format
from quizapp.domain.sources.evidence import EvidenceRef

ATLAS = SourceRecord(slug="atlas", file="atlas.txt", paragraphs=4, boilerplate=(1,))
DECK = DeckRecord(slug="capitals", title="Capitals", file="capitals.toml")


@pytest.fixture
def check(bank_item):
    def run(*items, sources=(ATLAS,), decks=(DECK,), themes=()):
        built = tuple(
            bank_item(**{"evidence": (), "file": "capitals.toml", "line": 7, **fields}) for fields in items
        )
        return [
            p.message for p in cross_check(Bank(sources=sources, decks=decks, themes=themes, items=built))
        ]

    return run


def test_a_sound_bank_has_no_problems(check):
    theme = ThemeRecord(slug="andes", title="Andes", tag="andes")
    cited = (EvidenceRef("atlas", 2, 1, ""), EvidenceRef("atlas", 4, 1, ""))
    waived = (Waiver(rule="key-longest", reason="…"),)
    item = {"tags": ("andes",), "evidence": cited, "formats": (Format.CHOOSE,), "waive": waived}
    assert check(item, themes=(theme,), decks=(DeckRecord(slug="x", title="X", source="atlas"),)) == []


def test_an_id_is_used_once(check):
    assert check({}, {"line": 20}) == [
        "capitals.toml, line 20, item peru-capital, id: “peru-capital” is taken already (capitals.toml, line 7, item)."
    ]


def test_items_without_an_id_are_not_told_twice(check):
    assert check({"id": ""}, {"id": ""}) == []


def test_an_item_is_kept_apart_from_other_items_of_the_bank(check):
    other = {"id": "chile-capital", "line": 20}
    assert check({"apart": ("chile-capital",)}, other) == []
    (message,) = check({"apart": ("chile-capitol",)}, other)
    assert message.endswith(
        "apart: “chile-capitol” isn’t another item of the bank. Did you mean “chile-capital”?"
    )
    assert len(check({"apart": ("peru-capital",)}, other)) == 1


def test_a_source_is_listed_once(check):
    assert check(sources=(ATLAS, ATLAS)) == [
        "sources.toml, source atlas, slug: “atlas” is taken already (sources.toml, source)."
    ]


def test_decks_and_themes_share_their_slugs(check):
    theme = ThemeRecord(slug="capitals", title="Capitals", tag="andes")
    (message,) = check({"tags": ("andes",)}, themes=(theme,))
    assert message == "themes.toml, theme capitals, slug: “capitals” is taken already (capitals.toml, deck)."


def test_a_theme_has_items(check):
    theme = ThemeRecord(slug="mountains", title="Mountains", tag="ande")
    assert check({"tags": ("andes",)}, themes=(theme,)) == [
        "themes.toml, theme mountains, tag: no item has the tag “ande”. Did you mean “andes”?"
    ]


def test_a_deck_is_about_a_known_source(check):
    assert check(decks=(DeckRecord(slug="x", title="X", source="atlsa", file="x.toml"),)) == [
        "x.toml, deck, source: “atlsa” is not in sources.toml. Did you mean “atlas”?"
    ]


@pytest.mark.parametrize(
    ("ref", "message"),
    [
        (EvidenceRef("globe", 2, 1, ""), "“globe” is not in sources.toml."),
        (EvidenceRef("atlas", 5, 1, ""), "atlas has 4 paragraphs, so there is no paragraph 5."),
        (EvidenceRef("atlas", 1, 1, ""), "paragraph 1 of atlas is not content. Cite another."),
    ],
)
def test_evidence_points_at_content_of_a_known_source(check, ref, message):
    assert check({"evidence": (ref,)}) == [f"capitals.toml, line 7, item peru-capital, evidence: {message}"]


def test_what_could_not_be_read_is_not_told_twice(check, bank_item):
    assert check({"evidence": (EvidenceRef("", 1, 1, ""),), "waive": (Waiver(rule="", reason=""),)}) == []
    item = bank_item(formats=(Format.TYPE,), evidence=())
    unread = type(item)(
        **{f: getattr(item, f) for f in item.__struct_fields__} | {"content": UnreadContent(stem="")}
    )
    assert list(cross_check(Bank(items=(unread,)))) == []


def test_a_format_is_one_the_item_can_be_asked_in(check):
    (message,) = check({"formats": (Format.CHOOSE, Format.TYPE)})
    assert message.endswith("formats: this item can’t be asked as “type”. It can be asked as: choose.")


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("key-longst", "“key-longst” is not a rule. Did you mean “key-longest”?"),
        ("unused-waiver", "“unused-waiver” is not a rule."),
        ("no-evidence", "“no-evidence” is an error and cannot be waived; only warnings can."),
    ],
)
def test_only_known_warnings_can_be_waived(check, rule, message):
    (found,) = check({"waive": (Waiver(rule=rule, reason="…"),)})
    assert found.endswith(f"waive: {message}")

import pytest

from quizapp.domain.errors import InvalidBank
from quizapp.domain.exchange.bank.load import load_bank
from quizapp.domain.library.kinds.base import Format
from quizapp.domain.sources.evidence import EvidenceRef, Role

SOURCES = """
[[sources]]
slug = "atlas"
title = "An atlas"
published = "2024-05-17"
file = "atlas.txt"
paragraphs = 9
boilerplate = ["1-2", "9"]
"""
THEMES = """
[[themes]]
slug = "south-america"
title = "South America"
tag = "andes"
"""
DECK = """\
[deck]
slug = "capitals"
title = "Capitals"
summary = "Where governments sit."
source = "atlas"

[[items]]
id = "peru-capital"
fact = "peru"
kind = "single_choice"
stem = "Which city is the capital of Peru?"
key = "Lima"
distractors = ["Quito", "Cusco"]
rationale = "Lima."
tags = ["andes"]
evidence = [{ source = "atlas", paragraph = 3, sentence = 1, digest = "0123456789ab" }]
formats = ["choose"]
waive = [{ rule = "rationale-repeats", reason = "It is a plain fact." }]
examples = { right = ["Lima", ["Lima", "Quito"]], wrong = [] }

[[items]]
id = "peru-capital-card"
fact = "peru"
kind = "flip_card"
stem = \"\"\"
[[items]]
What is the capital of Peru?\"\"\"
answer = "Lima"
"""
BANK = {"sources.toml": SOURCES, "themes.toml": THEMES, "capitals.toml": DECK}


def problems(**changed):
    """The messages for the bank with some files changed (None: without the file)."""
    files = {**BANK, **{f"{name}.toml": text for name, text in changed.items()}}
    with pytest.raises(InvalidBank) as caught:
        load_bank({name: text for name, text in files.items() if text is not None})
    assert all(problem.message in str(caught.value) for problem in caught.value.problems)
    return [problem.message for problem in caught.value.problems]


def deck(*replacements):
    text = DECK
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_a_bank_is_read_with_all_its_parts():
    bank = load_bank(BANK)
    (source,) = bank.sources
    assert (source.slug, source.title, source.author, source.published) == (
        "atlas",
        "An atlas",
        "",
        "2024-05-17",
    )
    assert (source.paragraphs, source.boilerplate) == (9, (1, 2, 9))
    (theme,) = bank.themes
    assert (theme.slug, theme.tag, theme.summary) == ("south-america", "andes", "")
    (record,) = bank.decks
    assert (record.slug, record.source, record.file) == ("capitals", "atlas", "capitals.toml")
    choice, card = bank.items
    assert (choice.id, choice.fact, choice.deck, choice.position, choice.line) == (
        "peru-capital",
        "peru",
        "capitals",
        1,
        7,
    )
    assert choice.evidence == (EvidenceRef("atlas", 3, 1, "0123456789ab"),)
    assert choice.formats == (Format.CHOOSE,)
    assert [waiver.rule for waiver in choice.waive] == ["rationale-repeats"]
    assert choice.examples.right == (("Lima",), ("Lima", "Quito"))
    assert choice.content.distractors == ("Quito", "Cusco")
    assert (card.position, card.line, card.file) == (2, 21, "capitals.toml")
    assert card.content.stem == "[[items]]\nWhat is the capital of Peru?"


def test_evidence_says_what_it_is_and_which_words_matter():
    text = deck(('digest = "0123456789ab" }', 'digest = "0123456789ab", role = "compare", words = "2-7" }'))
    (ref,) = load_bank({**BANK, "capitals.toml": text}).items[0].evidence
    assert (ref.role, ref.words) == (Role.COMPARE, "2-7")


def test_an_item_names_those_that_it_must_not_meet():
    text = deck(('formats = ["choose"]', 'formats = ["choose"]\napart = ["peru-capital-card"]'))
    assert load_bank({**BANK, "capitals.toml": text}).items[0].apart == ("peru-capital-card",)


def test_a_source_has_a_name_if_it_is_given_one():
    named = SOURCES.replace('slug = "atlas"', 'slug = "atlas"\nname = "the atlas"')
    assert load_bank({**BANK, "sources.toml": named}).sources[0].name == "the atlas"
    assert load_bank(BANK).sources[0].name == ""


def test_a_fact_is_named_for_its_item_unless_told():
    bank = load_bank({**BANK, "capitals.toml": deck(('fact = "peru"\n', ""))})
    assert bank.items[0].fact == "peru-capital"


def test_a_deck_or_a_theme_has_its_items():
    bank = load_bank(BANK)
    assert [item.id for item in bank.items_of("capitals")] == ["peru-capital", "peru-capital-card"]
    assert [item.id for item in bank.items_of("south-america")] == ["peru-capital"]
    assert not list(bank.items_of("nowhere"))


def test_an_empty_folder_is_an_empty_bank():
    assert load_bank({}).items == ()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[deck]\nslug = ", 2),
        ("[deck]\n\nslug = peru\n", 3),
        ('[deck]\nslug = """\n', 3),
        (f"a = {'9' * 5000}", 1),
    ],
)
def test_a_syntax_error_names_file_and_line(text, line):
    (message,) = problems(capitals=text)
    assert message.startswith(f"capitals.toml, line {line}: this is not valid TOML: ")


def test_a_text_nested_beyond_reason_is_refused_like_any_other():
    assert "not valid TOML" in problems(capitals="a = " + "[" * 100_000)[0]


def test_all_problems_of_all_files_are_told_at_once():
    found = problems(
        sources=SOURCES.replace('file = "atlas.txt"\n', ""),
        themes=THEMES.replace('title = "South America"\n', ""),
        capitals=deck(
            ('title = "Capitals"', "title = 5"), ('key = "Lima"\n', ""), ('answer = "Lima"', "answer = 1")
        ),
    )
    assert found == [
        "capitals.toml, deck, title: must be a text.",
        "capitals.toml, line 7, item peru-capital, key: is missing; this kind needs it.",
        "capitals.toml, line 20, item peru-capital-card, answer: must be a text, not a whole number.",
        "sources.toml, line 2, source atlas, file: is required.",
        "themes.toml, line 2, theme south-america, title: is required.",
    ]


def test_the_summary_counts():
    with pytest.raises(
        InvalidBank, match=r"^One problem in the question bank:\ncapitals\.toml, deck, slug: is req"
    ):
        load_bank({"capitals.toml": "[deck]\ntitle = 'x'"})
    with pytest.raises(InvalidBank, match=r"^2 problems in the question bank:"):
        load_bank({"capitals.toml": ""})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (
            ("tags = [", "tag = ["),
            "item peru-capital, tag: is not a key that belongs here. Did you mean “tags”?",
        ),
        (
            ("distractors", "distractor"),
            "distractor: is not a key that belongs here. Did you mean “distractors”?",
        ),
        (("summary", "zzz"), "deck, zzz: is not a key that belongs here."),
        (("[deck]", "colour = 'red'\n[deck]"), "capitals.toml, colour: is not a key that belongs here."),
        (
            ("sentence = 1", "sentense = 1, sentence = 1"),
            "sentense: is not a key that belongs here. Did you mean “sent",
        ),
        ((', reason = "It is a plain fact."', ""), "waive 1, reason: is required."),
        (('reason = "It is a plain fact."', 'reason = " "'), "waive 1, reason: must not be empty."),
        (("paragraph = 3", 'paragraph = "3"'), "evidence 1, paragraph: must be a whole number."),
        (("paragraph = 3", "paragraph = true"), "evidence 1, paragraph: must be a whole number."),
        (("paragraph = 3", "paragraph = 0"), "evidence 1, paragraph: must be 1 or more."),
        (
            ('digest = "0123456789ab"', 'digest = "0123456789ab", role = "prove"'),
            "evidence 1, role: “prove” is not a role. Did you mean “proves”? There are: proves, also, compare.",
        ),
        (
            ('digest = "0123456789ab"', 'digest = "0123456789ab", words = "9-3"'),
            "evidence 1, words: “9-3” must be a first and a last word of the sentence, such as 7-12.",
        ),
        (('tags = ["andes"]', 'tags = "andes"'), "item peru-capital, tags: must be a list."),
        (('tags = ["andes"]', 'tags = ["andes", ""]'), "tags: must be a list of texts, none of them empty."),
        (('tags = ["andes"]', 'tags = ["andes"]\nhint = 5'), "hint: must be a text, not a whole number."),
        (("waive = [{", 'waive = ["x", {'), "waive: must be a list of tables { … }."),
        (
            ("wrong = []", "wrong = [1]"),
            "examples, wrong: must be a list of texts, or of lists with one text for",
        ),
        (("wrong = []", 'wrong = "x"'), "examples, wrong: must be a list."),
        (
            ("wrong = []", "rong = []"),
            "examples, rong: is not a key that belongs here. Did you mean “wrong”?",
        ),
        (
            ('id = "peru-capital"', 'id = "Peru capital"'),
            "id: “Peru capital” may hold only a–z, 0–9 and single hyphens",
        ),
        (
            ('formats = ["choose"]', 'formats = ["chose"]'),
            "formats: “chose” is not a format. Did you mean “choose”?",
        ),
        (
            ('kind = "single_choice"', 'kind = "singel_choice"'),
            "“singel_choice” is not a kind. Did you mean “single_",
        ),
        (('kind = "single_choice"\n', ""), "item peru-capital, kind: is required."),
        (('"Quito", "Cusco"', '""'), "item peru-capital, distractors: "),
    ],
)
def test_a_mistake_is_told_with_its_place(changed, message):
    found = problems(capitals=deck(changed))
    assert any(message in problem for problem in found), found


def test_an_unknown_kind_is_one_problem_whatever_its_keys():
    assert len(problems(capitals=deck(('kind = "single_choice"', 'kind = "essay"')))) == 1


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        (("paragraphs = 9", "paragraphs = 0"), "paragraphs: must be 1 or more."),
        (('"2024-05-17"', '"17 May"'), "published: “17 May” must be a date such as 2024-05-17, or empty."),
        (('"1-2"', '"2-1"'), "boilerplate: “2-1” must be a paragraph or a range such as 3-5, at most 9."),
        (('"1-2"', '"0"'), "boilerplate: “0” must be"),
        (('"9"', '"9-10"'), "boilerplate: “9-10” must be"),
        (('"9"', '"x"'), "boilerplate: “x” must be"),
        (('slug = "atlas"', ""), "sources.toml, line 2, source, slug: is required."),
    ],
)
def test_a_mistake_in_a_source_is_told(changed, message):
    assert any(message in problem for problem in problems(sources=SOURCES.replace(*changed)))


def test_tables_written_without_headers_are_placed_at_the_files_first_line():
    text = "[deck]\nslug='s'\ntitle='t'\n"
    (message,) = problems(themes="themes = [{ slug = 'x', title = 'X', tag = 'andes', tga = '' }]", more=text)
    assert message.startswith("themes.toml, line 1, theme x, tga: ")


def test_decks_are_offered_in_the_order_of_their_positions():
    heads = {"a": "position = 2\n", "b": "", "c": "position = 1\n"}
    files = {f"{slug}.toml": f'[deck]\nslug = "{slug}"\ntitle = "T"\n{head}' for slug, head in heads.items()}
    assert [deck.slug for deck in load_bank(files).decks] == ["c", "a", "b"]

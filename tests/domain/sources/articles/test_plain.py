import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp import paths
from quizapp.domain.sources.articles.blocks import BlockKind, Why
from quizapp.domain.sources.articles.plain import extract_markdown, extract_text, is_markdown
from quizapp.domain.sources.articles.wrapping import unwrapped
from quizapp.domain.sources.passages import paragraphs

LONG = "The harbour master had a dog that could tell the tide by the sound of the bell, and never was wrong."
WRAPPED = "The harbour master had a dog that could tell the tide\nby the sound of the bell across the bay, and it never\nwas wrong."


def kept(text):
    return [block.text for block in extract_text(text).blocks if block.kept]


def test_each_line_is_a_block_unless_lines_were_broken_by_hand():
    assert unwrapped(f"\ufeff{LONG}\n{LONG}\r\n\r\nend") == [LONG, LONG, "end"]
    assert unwrapped(f"{WRAPPED}\n\n- one\n- two") == [WRAPPED.replace("\n", " "), "- one", "- two"]
    assert unwrapped("Two roads\nof one length") == ["Two roads", "of one length"]


def test_a_title_said_twice_a_standfirst_a_caption_and_a_name_are_told_from_the_text():
    found = extract_text(
        f"A ferry returns.\nA ferry returns\nIslanders wait at the quay of Brennick\nThe boat at dawn. Photo: Oskar Lind\n"
        f"Ines Vallgren\n{LONG}\nA vote by hand\n{LONG} Again.\n* one thing\nMore information"
    )
    assert (found.title, found.author, found.language) == ("A ferry returns", "Ines Vallgren", "en")
    assert [block.why for block in found.blocks] == [
        Why.TITLE, Why.TITLE, Why.OUTSIDE, Why.CAPTION, Why.BYLINE, None, None, None, None, Why.RELATED,
    ]  # fmt: skip
    assert [block.kind for block in found.blocks[5:9]] == [
        BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM,
    ]  # fmt: skip


def test_a_trail_gives_the_title():
    found = extract_text(f"BLOG > A ferry returns\nThe first evening\n{LONG}")
    assert (found.title, found.text.splitlines()[0]) == ("A ferry returns", "The first evening")


def test_a_byline_gives_the_author():
    assert extract_text(f"A ferry\nBy Ada Lind\n{LONG}").author == "Ada Lind"
    assert extract_text(f"A ferry\nEarly Years\n{LONG}").author == "", "nothing says that this is a name"


@pytest.mark.parametrize("text", [LONG, f"{LONG}\n{LONG} More.", "- one\n- two", "By Ada Lind\ntext", ""])
def test_no_title_is_made_up(text):
    assert extract_text(text).title == ""


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text):
    assert all(block.text for block in extract_text(text).blocks)
    extract_markdown(text)


def test_markdown_with_and_without_front_matter():
    found = extract_markdown(
        f"---\ntitle: 'A ferry'\ndate: 2021-05-03\nlang: en\n---\n# A ferry\n\n{LONG}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    )
    assert (found.title, found.published, found.language) == ("A ferry", "2021-05-03", "en")
    assert found.text == f"{LONG}\na | b\n1 | 2"
    assert extract_markdown(f"# Dog\n\n{LONG}").title == "Dog"
    assert extract_markdown("<script>x</script>").text == "<script>x</script>"


@pytest.mark.articles
def test_the_articles_own_boilerplate_is_recognised(articles):
    """Against the paragraph numbers that the bank calls boilerplate, written by hand."""
    for source in tomllib.loads((paths.BANK / "sources.toml").read_text("utf-8"))["sources"]:
        text = (articles / source["file"]).read_text("utf-8")
        found = extract_text(text)
        assert [block.text for block in found.blocks] == [
            " ".join(each.text.split()) for each in paragraphs(text)
        ]
        wanted = set()
        for part in source["boilerplate"]:
            first, _, last = part.partition("-")
            wanted |= set(range(int(first), int(last or first) + 1))
        struck = {number for number, block in enumerate(found.blocks, start=1) if not block.kept}
        assert struck == wanted, source["slug"]


def test_markdown_is_told_by_its_headings():
    assert is_markdown("# One\n\ntext")
    assert is_markdown("text\n\n## Two\n\ntext\n\n## Three")
    assert not is_markdown("text\n\n## Two")
    assert not is_markdown("#tag and # 1 of them")


def test_a_date_under_the_title_fills_the_field():
    found = extract_text(
        "Wicks and lamps\nPublished 8 November 2023\nThe river ran high, and the mill stood still."
    )
    assert (found.title, found.published) == ("Wicks and lamps", "2023-11-08")
    assert found.text == "The river ran high, and the mill stood still."


def test_lines_to_write_on_are_no_text():
    found = extract_text(
        "Name: ____ Date: ____\n\nThe charter was sealed in 1215.\n\nQ1 ____\n\nThe ____ was sealed."
    )
    assert found.text == "The charter was sealed in 1215.\nThe ____ was sealed."

"""Every kind through every format that claims it comes back with the same meaning, or the report says what is lost."""

from __future__ import annotations

import io

import pytest
from hypothesis import example as tried
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.exchange.bundle import Bundle, Entry, Item, Outcome
from quizapp.domain.exchange.file_format import FileFormat, Likelihood, Options, Peek
from quizapp.domain.library.kinds import KINDS, kind_of
from quizapp.domain.library.kinds.base import Content, Example
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.services.exchange.formats import FORMATS, recognised, writers

BOTH = list(writers())
ONE_GAP = Cloze(stem="The {{Danube|Donau|not: Danubee}} ends in the Black Sea.")
EXAMPLES = [example for kind in KINDS for example in kind.examples]


def written(format: FileFormat, *contents: Content) -> tuple[tuple[Entry, ...], list[Entry], bytes]:
    """(the report of writing, what is read back, the file)."""
    items = tuple(Item(content=content, id=f"q{number}") for number, content in enumerate(contents))
    done = format.write(Bundle(title="Rivers", items=items))
    kept = [entry for entry in done.entries if entry.item is not None]
    reader = format if format.reads else recognised(io.BytesIO(done.data), "")
    records = reader.read(io.BytesIO(done.data), Options(name=f"x{format.endings[0]}")) if kept else iter(())
    return done.entries, [record for record in records if isinstance(record, Entry)], done.data


def same_meaning(example: Example[Content], back: Content) -> bool:
    """Whether the examples' answers are graded as before."""
    kind = kind_of(example.content)
    if kind is not kind_of(back):
        return False
    responses = (*example.right, *example.wrong, *example.partly)
    return all(kind.grade(example.content, each).score == kind.grade(back, each).score for each in responses)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{kind_of(example.content).name}")
@pytest.mark.parametrize("format", BOTH, ids=lambda each: each.name)
def test_an_example_comes_back_or_its_loss_is_reported(format: FileFormat, example: Example[Content]) -> None:
    (report,), back, _ = written(format, example.content)
    if kind_of(example.content).name not in format.writes:
        assert report.outcome is Outcome.REFUSED
    if report.outcome is Outcome.REFUSED:
        assert report.notes
        return
    (entry,) = back
    assert entry.item is not None, entry
    if report.outcome is Outcome.EXACT:
        assert entry.outcome is Outcome.EXACT, entry
        assert same_meaning(example, entry.item.content)
        assert entry.item.content.stem == example.content.stem
        assert entry.item.content.rationale == example.content.rationale
    else:
        assert kind_of(entry.item.content).outline(entry.item.content).keys


@pytest.mark.parametrize("format", BOTH, ids=lambda each: each.name)
def test_every_kind_that_is_claimed_gets_through_at_least_once(format: FileFormat) -> None:
    entries, _, _ = written(format, *(example.content for example in EXAMPLES), ONE_GAP)
    through = {kind_of(entry.item.content).name for entry in entries if entry.item is not None}
    assert through == format.writes


@pytest.mark.parametrize("format", BOTH, ids=lambda each: each.name)
def test_what_a_gap_refuses_comes_back_or_is_named(format: FileFormat) -> None:
    (entry,), back_again, _ = written(format, ONE_GAP)
    if entry.item is None:
        return  # the format has no gaps, and says so
    (back,) = back_again
    assert back.item is not None
    if entry.outcome is Outcome.EXACT:
        assert back.item.content.stem == ONE_GAP.stem
    else:
        assert entry.notes


@pytest.mark.parametrize("format", BOTH, ids=lambda each: each.name)
def test_what_is_written_is_known_again_by_its_look(format: FileFormat) -> None:
    data = written(format, *(example.content for example in EXAMPLES))[2]
    peek = Peek(name=f"x{format.endings[0]}", head=data)
    if not data.startswith(b"PK"):
        assert format.sniff(peek) > Likelihood.NO


# What no text may do: look like the format's own signs. Typed answers have no markup.
TEXTS = st.text(st.sampled_from("ab1 ~=#{}:\\\"'<>&;,|*_-–\t()[]$%/é漢"), min_size=1, max_size=20).map(
    lambda text: " ".join(text.split())
)


@st.composite
def contents(draw) -> Content:
    """An example's content with other texts, as long as its kind finds it sound."""
    example = draw(st.sampled_from(EXAMPLES)).content
    kind = kind_of(example)
    fields = {"stem": draw(TEXTS), "rationale": draw(TEXTS | st.just(""))}
    if kind.name == "single_choice":
        fields |= {
            "key": draw(TEXTS),
            "distractors": tuple(draw(st.lists(TEXTS, min_size=2, max_size=3))),
            "feedback": (),
        }
    if kind.name == "short_answer":
        fields |= {"key": draw(TEXTS), "accept": (), "refuse": (), "distractors": ()}
    if kind.name == "flip_card":
        fields |= {"answer": draw(TEXTS)}
    if kind.name == "cloze":
        fields.pop("stem")
    made = type(example)(**{**{name: getattr(example, name) for name in example.__struct_fields__}, **fields})
    return example if kind.problems(made) else made


@pytest.mark.parametrize("format", BOTH, ids=lambda each: each.name)
@tried(some=[ShortAnswer(stem="1", key="1*")])
@tried(some=[ShortAnswer(stem="Q", key="1*", rationale="1*")])
@tried(some=[SingleChoice(stem="'=", key="'=", distractors=("1", "11"))])
@given(some=st.lists(contents(), min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_any_text_comes_back_as_it_was(format: FileFormat, some: list[Content]) -> None:
    report, back, data = written(format, *some)
    kept = [entry for entry in report if entry.item is not None]
    assert len(back) == len(kept), data
    for before, after in zip(kept, back, strict=True):
        if before.outcome is Outcome.EXACT:
            assert after.item is not None, (after, data)
            assert kind_of(after.item.content).outline(after.item.content) == kind_of(
                before.item.content
            ).outline(before.item.content)
            assert after.item.content.stem == before.item.content.stem
            assert after.item.content.rationale == before.item.content.rationale


def test_every_format_is_named_once_and_says_what_it_is() -> None:
    names = [each.name for each in FORMATS]
    assert len(set(names)) == len(names)
    assert all(each.title and each.endings and (each.reads or each.writes) for each in FORMATS)

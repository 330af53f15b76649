"""What every question kind owes: walks the registry and names whatever is missing."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.errors import Invalid, InvalidContent, MalformedResponse
from quizapp.domain.library import kinds
from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.asking.gaps import Gap, GappedText, dump, parse
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
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.numeric import Numeric
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.presenting import shuffled
from quizapp.domain.library.kinds.responses import form_fields, read_response
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.domain.library.kinds.writing.fields import COMMON_FIELDS_AFTER, COMMON_FIELDS_BEFORE

ROOT = Path(__file__).parents[2]
COMMON_FIELDS = {field.name for field in (*COMMON_FIELDS_BEFORE, *COMMON_FIELDS_AFTER)}
EXAMPLES = [(kind, example) for kind in KINDS for example in kind.examples]
SEEDS = ("", "a", "b", "2f6c0e3c")

every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
every_example = pytest.mark.parametrize(
    ("kind", "example"),
    EXAMPLES,
    ids=[f"{kind.name}: {example.content.stem[:30]}" for kind, example in EXAMPLES],
)


# --- names and places ---------------------------------------------------------------------------


def test_names_and_titles_are_unique() -> None:
    for names in ([kind.name for kind in KINDS], [kind.title for kind in KINDS]):
        assert len(set(names)) == len(KINDS)


@every_kind
def test_the_name_is_snake_case_and_the_contents_tag(kind: Kind[Any]) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", kind.name)
    assert kind.content_type.__struct_config__.tag == kind.name
    assert kind.content_type.__struct_config__.tag_field == "kind"
    assert kind.title
    assert kind.summary.endswith(".")


@every_kind
def test_it_is_found_by_name_and_by_content(kind: Kind[Any]) -> None:
    assert kinds.kind_named(kind.name) is kind
    assert all(kinds.kind_of(example.content) is kind for example in kind.examples)


@every_kind
@pytest.mark.parametrize("template", ["ask.html", "result.html"])
def test_it_has_its_templates(kind: Kind[Any], template: str) -> None:
    assert (ROOT / "templates" / "library" / "kinds" / kind.name / template).is_file()


@every_kind
def test_its_docs_page_names_every_field(kind: Kind[Any]) -> None:
    page = (ROOT / "docs" / "kinds" / f"{kind.name}.md").read_text()
    written = page + (ROOT / "docs" / "kinds" / "README.md").read_text()
    for name in kind.content_type.__struct_fields__:
        assert f"`{name}`" in (written if name in COMMON_FIELDS else page), name
    assert f"{kind.name}.md" in (ROOT / "docs" / "kinds" / "README.md").read_text()


@every_kind
def test_the_examples_of_its_docs_page_are_sound(kind: Kind[Any]) -> None:
    page = (ROOT / "docs" / "kinds" / f"{kind.name}.md").read_text()
    tables = [
        tomllib.loads(text, parse_float=Decimal) for text in re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    ]
    items = [item for table in tables for item in table.get("items", [table])]
    assert items
    for item in items:
        known = {"kind", *kind.content_type.__struct_fields__}
        content = kinds.content_from({name: value for name, value in item.items() if name in known})
        assert kinds.kind_of(content) is kind
        assert kind.problems(content) == ()


@every_kind
def test_its_form_fields_are_the_contents_own(kind: Kind[Any]) -> None:
    names = [field.name for field in kind.fields]
    assert len(set(names)) == len(names)
    assert set(names) == set(kind.content_type.__struct_fields__) - COMMON_FIELDS
    required = {field.name for field in msgspec.structs.fields(kind.content_type) if field.required}
    assert {field.name for field in kind.fields if field.required} <= set(names)
    flags = {field.name for field in kind.fields if field.widget == "flag"}  # always answered: yes or no
    assert required - flags - COMMON_FIELDS <= {field.name for field in kind.fields if field.required}


# --- examples -----------------------------------------------------------------------------------


@every_kind
def test_it_has_two_examples_with_right_and_wrong_answers(kind: Kind[Any]) -> None:
    assert len(kind.examples) >= 2
    assert all(example.right and example.wrong for example in kind.examples)
    assert any(example.malformed for example in kind.examples)


@every_example
def test_examples_are_sound(kind: Kind[Any], example: Example[Any]) -> None:
    assert kind.problems(example.content) == ()
    formats = kind.formats(example.content)
    assert formats
    assert len(set(formats)) == len(formats)
    assert kind.outline(example.content).keys


@every_example
def test_examples_are_graded_as_they_say(kind: Kind[Any], example: Example[Any]) -> None:
    for response in example.right:
        assert kind.grade(example.content, response).right, response
    for response in example.wrong:
        assert kind.grade(example.content, response).score == 0, response
    for response in example.partly:
        assert kind.grade(example.content, response).partly, response


@every_example
def test_giving_up_is_graded_nought(kind: Kind[Any], example: Example[Any]) -> None:
    assert kind.grade(example.content, GaveUp()).score == 0


@every_example
def test_malformed_submissions_are_refused(kind: Kind[Any], example: Example[Any]) -> None:
    for fields in example.malformed:
        refusals = 0
        for format in kind.formats(example.content):
            try:
                response = read_response(kind.prompt(example.content, format, "s"), fields)
                assert response is None or kind.grade(example.content, response)
            except (MalformedResponse, Invalid):
                refusals += 1
        assert refusals, fields


def _stripped(response: Response) -> Response:
    return Typed(tuple(text.strip() for text in response.texts)) if isinstance(response, Typed) else response


@every_example
def test_responses_survive_the_form_in_a_format_that_fits(kind: Kind[Any], example: Example[Any]) -> None:
    for response in (*example.right, *example.wrong, *example.partly):
        fitting = 0
        for format in kind.formats(example.content):
            for seed in SEEDS:
                prompt = kind.prompt(example.content, format, seed)
                try:
                    fields = form_fields(prompt, response)
                except MalformedResponse:
                    continue
                fitting += read_response(prompt, fields) == _stripped(response)
        assert fitting, response


# --- storing ------------------------------------------------------------------------------------


@every_example
def test_contents_survive_storage(kind: Kind[Any], example: Example[Any]) -> None:
    text = kinds.encode_content(example.content)
    assert kinds.decode_content(text) == example.content
    assert kinds.decode_content(text.encode()) == example.content
    assert kinds.content_from(msgspec.json.decode(text)) == example.content


@every_example
def test_responses_and_grades_survive_storage(kind: Kind[Any], example: Example[Any]) -> None:
    for response in (*example.right, *example.wrong, *example.partly):
        assert kinds.decode_response(kinds.encode_response(response)) == response
        grade = kind.grade(example.content, response)
        assert kinds.decode_grade(kinds.encode_grade(grade)) == grade


@every_kind
def test_unknown_and_missing_fields_are_named(kind: Kind[Any]) -> None:
    with pytest.raises(InvalidContent) as caught:
        kinds.content_from({"kind": kind.name, "sten": "?"})
    named = {problem.field: problem.message for problem in caught.value.problems}
    assert "Did you mean “stem”?" in named["sten"]
    assert "missing" in named["stem"]


# --- prompts ------------------------------------------------------------------------------------


@every_example
def test_prompts_follow_from_content_format_and_seed(kind: Kind[Any], example: Example[Any]) -> None:
    for format in kind.formats(example.content):
        prompt = kind.prompt(example.content, format, "s")
        assert prompt == kind.prompt(example.content, format, "s")
        assert (prompt.kind, prompt.format) == (kind.name, format)
        assert prompt.has_hint == bool(example.content.hint)
        assert not prompt.pieces or len(prompt.pieces) == len(prompt.controls) + 1
        names = [control.name for control in prompt.controls]
        assert names
        assert len(set(names)) == len(names)


@every_example
def test_prompts_hold_no_key_rationale_or_hint(kind: Kind[Any], example: Example[Any]) -> None:
    content = example.content
    outline = kind.outline(content)
    for format in kind.formats(content):
        shown = msgspec.json.encode(kind.prompt(content, format, "s")).decode()
        hidden = [content.rationale, content.hint]
        if format in {Format.TYPE, Format.FLIP}:
            hidden += [*outline.keys, *outline.accept]
        for text in filter(None, hidden):
            assert msgspec.json.encode(text).decode()[1:-1] not in shown, text


def _other_keys(content: Content) -> list[Content]:  # noqa: PLR0911 - one case for each kind
    """Contents that differ from this one in what is right alone."""
    replace: Callable[..., Content] = msgspec.structs.replace
    match content:
        case SingleChoice():
            options = (content.key, *content.distractors)
            return [replace(content, key=o, distractors=tuple(set(options) - {o})) for o in options]
        case MultipleChoice():
            options = (*content.keys, *content.distractors)
            return [
                replace(content, keys=options[:i], distractors=options[i:]) for i in range(1, len(options))
            ] + [replace(content, keys=options[i:], distractors=options[:i]) for i in range(1, len(options))]
        case TrueFalse():
            return [replace(content, key=not content.key)]
        case Ordering():
            return [replace(content, sequence=content.sequence[::-1])] + [
                replace(content, sequence=content.sequence[i:] + content.sequence[:i]) for i in (1, 2)
            ]
        case Matching():
            lefts, rights = zip(*content.pairs, strict=True)
            turned = [tuple(zip(lefts, rights[i:] + rights[:i], strict=True)) for i in (1, 2)]
            return [replace(content, pairs=pairs) for pairs in (*turned, content.pairs[::-1])]
        case ShortAnswer(key=key, distractors=(first, *others)):
            return [replace(content, key=first, distractors=(key, *others), accept=(), refuse=())]
        case Numeric(value=Decimal() as value, distractors=(first, *others)):
            return [replace(content, value=Decimal(first), distractors=(str(value), *others))]
        case Cloze(stem=stem) if "~" in stem:
            pieces, gaps = parse(stem)
            turned_gaps = [Gap(gap.distractors[0], (), (gap.key, *gap.distractors[1:])) for gap in gaps]
            return [replace(content, stem=dump(GappedText(pieces, tuple(turned_gaps))))]
        case _:
            return []


def _draws_a_key(content: Content, other: Content, seed: str) -> bool:
    if not isinstance(content, Ordering) or not isinstance(other, Ordering):
        return False
    return shuffled(content.sequence, seed) in {content.sequence, other.sequence}


@every_example
def test_contents_with_other_keys_give_the_same_bytes(kind: Kind[Any], example: Example[Any]) -> None:
    for other in _other_keys(example.content):
        for format in kind.formats(example.content):
            for seed in SEEDS:
                if _draws_a_key(example.content, other, seed):
                    continue  # the one order that no page may show: it would be the answer
                prompts = [kind.prompt(content, format, seed) for content in (example.content, other)]
                assert msgspec.json.encode(prompts[0]) == msgspec.json.encode(prompts[1])


def test_other_keys_are_tried_for_every_kind_but_the_flip_card() -> None:
    tried = {kind.name for kind, example in EXAMPLES if _other_keys(example.content)}
    assert tried == {kind.name for kind in KINDS} - {"flip_card"}


@every_example
def test_headlines_show_no_more_than_prompts(kind: Kind[Any], example: Example[Any]) -> None:
    headline = kind.headline(example.content)
    assert headline
    if Format.TYPE in kind.formats(example.content):
        assert not any(key in headline for key in kind.outline(example.content).keys)


# --- grades -------------------------------------------------------------------------------------


def _texts(content: Content) -> list[str]:
    found = re.findall(r'"((?:[^"\\]|\\.)*)"', kinds.encode_content(content))
    return [msgspec.json.decode(f'"{text}"') for text in found]


def _responses(texts: list[str]) -> st.SearchStrategy[Response]:
    text = st.sampled_from(texts) | st.text(max_size=20)
    several = st.lists(text, max_size=9).map(tuple)
    return st.one_of(
        several.map(Chosen),
        several.map(Typed),
        several.map(Arranged),
        st.lists(st.tuples(text, text), max_size=9).map(lambda pairs: Matched(tuple(pairs))),
        st.integers(1, 4).map(Rated),
        st.just(GaveUp()),
    )


@every_example
@given(data=st.data())
@settings(max_examples=60)
def test_every_response_is_graded_or_refused(
    kind: Kind[Any], example: Example[Any], data: st.DataObject
) -> None:
    response = data.draw(_responses(_texts(example.content)))
    try:
        grade = kind.grade(example.content, response)
    except MalformedResponse:
        return
    assert 0 <= grade.score <= 1
    assert grade == kind.grade(example.content, response)
    assert (grade.rating is not None) == isinstance(response, Rated)
    assert all(0 <= part.score <= 1 for part in grade.parts)


@every_example
def test_whatever_its_own_prompts_yield_is_graded(kind: Kind[Any], example: Example[Any]) -> None:
    for response in (*example.right, *example.wrong, *example.partly):
        assert kind.grade(example.content, response).parts


@every_example
def test_chance_is_a_probability(kind: Kind[Any], example: Example[Any]) -> None:
    for format in kind.formats(example.content):
        chance = kind.chance(example.content, format)
        assert 0 <= chance <= 1
        assert (chance == 0) == (format is Format.FLIP)


# They write questions of certain kinds, and check those they have written.
MAKERS = {
    f"domain/drafting/{name}.py"
    for name in ("agreement", "clause_questions", "figure_questions", "name_questions", "gaps", "proof")
}


def test_nothing_outside_the_registry_asks_which_kind_it_has_before_it() -> None:
    """Whatever differs between kinds is an attribute or a method of theirs."""
    registry = ROOT / "quizapp" / "domain" / "library" / "kinds"
    names = {kind.name for kind in KINDS}
    modules = {type(kind).__module__ for kind in KINDS}
    found = set()
    for path in (ROOT / "quizapp").rglob("*.py"):
        if registry in path.parents or "versions" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Constant) and node.value in names
            if named or (isinstance(node, ast.ImportFrom) and node.module in modules):
                found.add(str(path.relative_to(ROOT / "quizapp")))
    translators = ("domain/exchange/conversion/", "domain/exchange/formats/", "services/exchange/formats/")
    assert {name for name in found - MAKERS if not name.startswith(translators)} == set()

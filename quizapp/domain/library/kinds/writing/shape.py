"""From a mapping (a bank file's table, a form, an import) to a content: names and types only.

Whether the content is sound is the kind's own question (`Kind.problems`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_type_hints

import msgspec

from quizapp.domain.errors import InvalidContent, Problem
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import C, Content

TAG = "kind"

_MISFIT = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<given>[^`]+)`")
_ENTRY = re.compile(r"\[(?P<position>[0-9]+)\]")
_WORDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "decimal": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
}


def content_of(content_type: type[C], written: Mapping[str, Any]) -> C:
    """The content in a mapping without its tag. Lists serve as tuples, whole numbers as decimals;
    nothing else is converted. Raises InvalidContent with every problem found."""
    problems = [*_unknown(content_type, written), *_missing(content_type, written)]
    values: dict[str, Any] = {}
    hints = get_type_hints(content_type)
    for name in content_type.__struct_fields__:
        if name in written:
            try:
                values[name] = msgspec.convert(written[name], hints[name])
            except msgspec.ValidationError as error:
                problems.append(Problem(name, _in_words(str(error))))
    if problems:
        raise InvalidContent("; ".join(f"{name}: {message}" for name, message in problems), tuple(problems))
    return content_type(**values)


def nearest(word: str, known: Iterable[str]) -> str:
    """“ Did you mean “x”?” where a known word is spelt almost like it, else nothing."""
    close = get_close_matches(word, sorted(known), n=1)
    return _(" Did you mean “{word}”?").format(word=close[0]) if close else ""


def _unknown(content_type: type[Content], written: Mapping[str, Any]) -> Iterator[Problem]:
    known = content_type.__struct_fields__
    for name in written:
        if name not in known:
            options = ", ".join(sorted(known))
            yield Problem(
                str(name), f"is not a field of this kind.{nearest(str(name), known)} It has: {options}."
            )


def _missing(content_type: type[Content], written: Mapping[str, Any]) -> Iterator[Problem]:
    for field in msgspec.structs.fields(content_type):
        if field.required and field.name not in written:
            yield Problem(field.name, "is missing; this kind needs it.")


def _in_words(error: str) -> str:
    """“entry 2: must be a text, not a whole number.” for a message of msgspec's."""
    places = [str(int(match["position"]) + 1) for match in _ENTRY.finditer(error)]
    where = f"entry {'.'.join(places)}: " if places else ""
    if match := _MISFIT.search(error):
        wanted = " or ".join(_WORDS.get(word, word) for word in match["wanted"].split(" | "))
        return f"{where}must be {wanted}, not {_WORDS.get(match['given'], match['given'])}."
    return f"{where}cannot be read: {error.split(' - at ', maxsplit=1)[0]}."

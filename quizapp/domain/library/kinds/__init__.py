"""Question kinds: each a module of its own, and the one tuple that lists them.

A new kind is a module here, its line in `KINDS`, its templates (`templates/library/kinds/<name>/`), its
page (`docs/kinds/<name>.md`) and its test; the contract test names whatever is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

import msgspec

from quizapp.domain.errors import InvalidContent, Missing, Problem
from quizapp.domain.library.kinds.base import Content, Grade, Kind, Response
from quizapp.domain.library.kinds.cloze import ClozeKind
from quizapp.domain.library.kinds.flip_card import FlipCardKind
from quizapp.domain.library.kinds.matching import MatchingKind
from quizapp.domain.library.kinds.multiple_choice import MultipleChoiceKind
from quizapp.domain.library.kinds.numeric import NumericKind
from quizapp.domain.library.kinds.ordering import OrderingKind
from quizapp.domain.library.kinds.short_answer import ShortAnswerKind
from quizapp.domain.library.kinds.single_choice import SingleChoiceKind
from quizapp.domain.library.kinds.true_false import TrueFalseKind
from quizapp.domain.library.kinds.writing.shape import TAG, content_of, nearest

KINDS: tuple[Kind[Any], ...] = (
    SingleChoiceKind(),
    MultipleChoiceKind(),
    TrueFalseKind(),
    ShortAnswerKind(),
    NumericKind(),
    ClozeKind(),
    OrderingKind(),
    MatchingKind(),
    FlipCardKind(),
)

_BY_NAME = {kind.name: kind for kind in KINDS}
_BY_CONTENT = {kind.content_type: kind for kind in KINDS}

# Sorted names and no white space: equal contents are stored as equal texts. Decimals become texts.
_ENCODER = msgspec.json.Encoder(order="sorted", decimal_format="string")
_CONTENT: msgspec.json.Decoder[Content] = msgspec.json.Decoder(
    reduce(or_, (kind.content_type for kind in KINDS))
)
_RESPONSE: msgspec.json.Decoder[Response] = msgspec.json.Decoder(Response)
_GRADE = msgspec.json.Decoder(Grade)


def kind_named(name: str) -> Kind[Any]:
    """Raises Missing for an unknown name."""
    if name not in _BY_NAME:
        raise Missing(f"There is no question kind “{name}”.{nearest(name, tuple(_BY_NAME))}")
    return _BY_NAME[name]


def kind_of(content: Content) -> Kind[Any]:
    """The kind whose content this is."""
    return _BY_CONTENT[type(content)]


def content_from(written: Mapping[str, Any]) -> Content:
    """The content in a mapping with the field `kind`. Raises InvalidContent: the problems name
    unknown and missing fields and those of another type. Soundness is not checked here."""
    name = str(written.get(TAG, ""))
    if name not in _BY_NAME:
        message = f"“{name}” is not a kind.{nearest(name, tuple(_BY_NAME))} There are: {', '.join(_BY_NAME)}."
        raise InvalidContent(message, (Problem(TAG, message),))
    fields = {field: value for field, value in written.items() if field != TAG}
    content: Content = content_of(_BY_NAME[name].content_type, fields)
    return content


def encode_content(content: Content) -> str:
    """Stable JSON with the field `kind`; fields at their default are left out."""
    return _ENCODER.encode(content).decode()


def decode_content(text: bytes | str) -> Content:
    """The content that `encode_content` wrote. Raises InvalidContent for anything else."""
    try:
        return _CONTENT.decode(text)
    except msgspec.MsgspecError as error:
        raise InvalidContent(f"This stored question cannot be read: {error}.") from error


def encode_response(response: Response) -> str:
    """Stable JSON."""
    return _ENCODER.encode(response).decode()


def decode_response(text: bytes | str) -> Response:
    """The response that `encode_response` wrote; raises msgspec's errors for anything else."""
    return _RESPONSE.decode(text)


def encode_grade(grade: Grade) -> str:
    """Stable JSON."""
    return _ENCODER.encode(grade).decode()


def decode_grade(text: bytes | str) -> Grade:
    """The grade that `encode_grade` wrote; raises msgspec's errors for anything else."""
    return _GRADE.decode(text)

"""From submitted form fields to a response and back, by the prompt's controls and not by kind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from quizapp.domain.errors import Invalid, MalformedResponse, Problem
from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import (
    Arranged,
    Arrangement,
    Choices,
    Chosen,
    Control,
    GaveUp,
    Matched,
    Pairing,
    Prompt,
    Rated,
    Response,
    SelfRating,
    TextEntry,
    Typed,
)

GIVE_UP = "give_up"  # the name of the “I don’t know” button
AS_IT_STANDS = "stands"  # behind an arrangement's name: the order shown is meant as the answer
LONGEST_TEXT = 1_000  # characters

_WHOLE = re.compile(r"[0-9]{1,4}")

Fields = Mapping[str, Sequence[str]]


def read_response(prompt: Prompt, fields: Fields) -> Response | None:
    """The response in submitted fields, or None where nothing was answered.

    Field names by control: Choices, TextEntry, SelfRating `<name>`; Arrangement and Pairing
    `<name>-0` … `<name>-n`, one for each shown (left) entry. A prompt with pieces (a cloze) or
    with several controls yields `Typed`, one text a control, "" where a gap was left. Other
    fields are not looked at.

    Raises MalformedResponse for what no page of ours sends, Invalid for what a person may send
    by mistake (a rank given twice, an entry left unmatched).
    """
    if GIVE_UP in fields:
        return GaveUp()
    if prompt.pieces or len(prompt.controls) != 1:
        texts = tuple(_gap(control, fields) for control in prompt.controls)
        return Typed(texts) if any(texts) else None
    return _read(prompt.controls[0], fields)


def form_fields(prompt: Prompt, response: Response) -> dict[str, list[str]]:
    """The fields that `read_response` turns into this response; raises MalformedResponse where
    the response does not fit the prompt (another kind, an option that is not shown)."""
    match response:
        case GaveUp():
            return {GIVE_UP: ["1"]}
        case Typed(texts) if prompt.pieces or len(prompt.controls) != 1:
            if len(texts) != len(prompt.controls):
                raise _misfit(f"{len(texts)} texts for {len(prompt.controls)} gaps")
            fields: dict[str, list[str]] = {}
            for control, text in zip(prompt.controls, texts, strict=True):
                fields.update(_write_gap(control, text))
            return fields
        case _ if len(prompt.controls) == 1 and not prompt.pieces:
            return _write(prompt.controls[0], response)
        case _:
            raise _misfit(f"“{type(response).__name__}” for {len(prompt.controls)} gaps")


# --- reading ---------------------------------------------------------------------------------


def _read(control: Control, fields: Fields) -> Response | None:
    match control:
        case Choices():
            chosen = _positions(control, fields)
            return Chosen(tuple(sorted(control.options[i] for i in chosen))) if chosen else None
        case TextEntry():
            text = _text(control.name, fields)
            return Typed((text,)) if text else None
        case Arrangement():
            return _read_arrangement(control, fields)
        case Pairing():
            return _read_pairing(control, fields)
    value = _single(control.name, fields)
    return Rated(_whole(control.name, value, 1, 4)) if value else None


def _gap(control: Control, fields: Fields) -> str:
    """What is in one gap of several: a typed text or the option chosen; "" where left."""
    match control:
        case TextEntry():
            return _text(control.name, fields)
        case Choices(options=options, many=False):
            chosen = _positions(control, fields)
            return options[chosen[0]] if chosen else ""
        case _:
            raise _misfit(f"“{type(control).__name__}” cannot stand in a gap")


def _positions(control: Choices, fields: Fields) -> tuple[int, ...]:
    """The positions chosen, from 0; more than one only where many may be chosen."""
    values = [value for value in fields.get(control.name, ()) if value]
    if len(values) > 1 and not control.many:
        raise _misfit(f"{len(values)} options where one may be chosen")
    positions = tuple(_whole(control.name, value, 0, len(control.options) - 1) for value in values)
    if len(set(positions)) < len(positions):
        raise _misfit("the same option twice")
    return positions


def _read_arrangement(control: Arrangement, fields: Fields) -> Arranged | None:
    values = [_single(f"{control.name}-{i}", fields) for i in range(len(control.entries))]
    if not any(values):
        return Arranged(control.entries) if _single(f"{control.name}-{AS_IT_STANDS}", fields) else None
    if not all(values):
        raise _invalid(control.name, _("Give every entry a place."))
    ranks = [_whole(control.name, value, 1, len(values)) for value in values]
    if twice := sorted({rank for rank in ranks if ranks.count(rank) > 1}):
        raise _invalid(
            control.name, _("Use each place once: several entries have {place}.").format(place=twice[0])
        )
    return Arranged(tuple(entry for _, entry in sorted(zip(ranks, control.entries, strict=True))))


def _read_pairing(control: Pairing, fields: Fields) -> Matched | None:
    values = [_single(f"{control.name}-{i}", fields) for i in range(len(control.left))]
    if not any(values):
        return None
    if not all(values):
        raise _invalid(control.name, _("Match every entry."))
    positions = [_whole(control.name, value, 0, len(control.right) - 1) for value in values]
    if not control.reuse and (twice := sorted(i for i in set(positions) if positions.count(i) > 1)):
        raise _invalid(
            control.name,
            _("Use each answer once: “{answer}” is used twice.").format(answer=control.right[twice[0]]),
        )
    rights = (control.right[i] for i in positions)
    return Matched(tuple(sorted(zip(control.left, rights, strict=True))))


def _single(name: str, fields: Fields) -> str:
    """The one value of a field, "" where it is absent."""
    values = fields.get(name, ())
    if len(values) > 1:
        raise _misfit(f"{len(values)} values for “{name}”, which takes one")
    return values[0] if values else ""


def _whole(name: str, value: str, low: int, high: int) -> int:
    if not _WHOLE.fullmatch(value):
        raise _misfit(f"“{value[:20]}” for “{name}” is not a whole number")
    if not low <= int(value) <= high:
        raise _misfit(f"{value} for “{name}” lies outside {low}–{high}")
    return int(value)


def _text(name: str, fields: Fields) -> str:
    text = _single(name, fields)
    if len(text) > LONGEST_TEXT:
        raise MalformedResponse(
            _(
                "An answer can have {longest_text:,} characters, and this one has {length:,}. Shorten it."
            ).format(longest_text=LONGEST_TEXT, length=len(text))
        )
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise MalformedResponse(
            _("The answer contains characters that can’t be stored. Type it instead of pasting it.")
        )
    return text.strip()


# --- writing ---------------------------------------------------------------------------------


def _write(control: Control, response: Response) -> dict[str, list[str]]:
    match control, response:
        case Choices(name, _, options), Chosen(chosen):
            return {name: [_position(options, text) for text in chosen]}
        case TextEntry(name), Typed((text,)):
            return {name: [text]}
        case Arrangement(name, _, entries), Arranged(arranged):
            return {
                f"{name}-{_position(entries, text)}": [str(i)] for i, text in enumerate(arranged, start=1)
            }
        case Pairing(name, _, left, right), Matched(pairs):
            return {f"{name}-{_position(left, a)}": [_position(right, b)] for a, b in pairs}
        case SelfRating(name), Rated(rating):
            return {name: [str(rating)]}
        case _:
            raise _misfit(f"“{type(response).__name__}” for “{type(control).__name__}”")


def _write_gap(control: Control, text: str) -> dict[str, list[str]]:
    match control:
        case TextEntry(name):
            return {name: [text]}
        case Choices(name, _, options):
            return {name: [_position(options, text) if text else ""]}
        case _:
            raise _misfit(f"“{type(control).__name__}” cannot stand in a gap")


def _position(shown: Sequence[str], text: str) -> str:
    if text not in shown:
        raise _misfit(f"“{text[:40]}” is not among what was shown")
    return str(shown.index(text))


# --- errors ----------------------------------------------------------------------------------


def _misfit(what: str) -> MalformedResponse:
    return MalformedResponse(
        _(
            "The answer doesn’t fit the question: {what}. Nothing was saved. Reload the page and answer "
            "again."
        ).format(what=what)
    )


def _invalid(field: str, message: str) -> Invalid:
    return Invalid(message, (Problem(field, message),))


def in_words(response: Response) -> tuple[str, ...]:
    """A response as a person would read it back, an entry a line."""
    match response:
        case Chosen(options):
            return options
        case Typed(texts):
            return tuple(text or _("(left empty)") for text in texts)
        case Arranged(entries):
            return tuple(f"{place}. {entry}" for place, entry in enumerate(entries, start=1))
        case Matched(pairs):
            return tuple(f"{left} – {right}" for left, right in pairs)
        case Rated(rating):
            return (str(rating),)
    return ("I don’t know",)

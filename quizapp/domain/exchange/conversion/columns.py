"""Anybody's table as questions: what each column holds is found by its head, or said by whoever brings it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Literal, NamedTuple

from quizapp.domain.exchange.bundle import Entry, Item
from quizapp.domain.exchange.conversion import own_rows
from quizapp.domain.exchange.conversion.answers import (
    Answer,
    Figures,
    Head,
    Shaped,
    choice,
    entry,
    figure,
    numeric,
    refused,
    short_answer,
    true_false,
)
from quizapp.domain.exchange.conversion.literal import letters, lines
from quizapp.domain.exchange.file_format import TableShape
from quizapp.domain.language.text import fold_for_search
from quizapp.domain.library.kinds.flip_card import FlipCard

Row = tuple[str, tuple[str, ...]]  # (place, cells)
COLUMNS = (
    *("question", "answer", "accept", "option", "wrong"),
    *("hint", "explanation", "tags", "deck", "id", "kind"),
)

_SAMPLE = 60  # letters of a cell
_ASIDE = frozenset({"", "-"})  # columns that make no question
_NUMBERS = 1  # a first column of bare numbers without a head counts the rows
MOST_COLUMNS = 200
_LOOKED_AT = 30  # rows in which the heads may stand
_HEADS: tuple[tuple[str, str], ...] = (
    ("option", r"(answer|option|choice|antwort|respuesta|reponse)s? ?-? ?([0-9]{1,2}|[a-j])\b.*|[a-h]"),
    ("wrong", r"(wrong|incorrect|distractor|false).*"),
    (
        "accept",
        r"(also (right|accepted?)|accept(ed)?( answers?)?|alternatives?|alternate.*|synonyms?|variants?)",
    ),
    (
        "question",
        r"questions?|question text|terms?|front|prompts?|stem|words?|frage|pregunta|expression|vorderseite",
    ),
    ("question", r"question - .*"),
    (
        "answer",
        r"(right|correct) (answer|option|choice).*|answers?|definitions?|back|key|solutions?|correct",
    ),
    ("answer", r"translations?|meanings?"),
    ("answer", r"(antwort|respuesta|reponse|ruckseite|definicion)"),
    ("hint", r"hints?|hinweis|pista"),
    ("explanation", r"(explanations?|rationale|why|feedback|general feedback|comments?|notes?|erklarung)"),
    ("tags", r"(tags?|labels?|keywords?|topics?|subject)"),
    ("deck", r"(decks?|sets?|categor(y|ies)|chapter|unit|lesson)"),
    ("id", r"(id|guid|identifier|uid)"),
    ("kind", r"(kind|type|question type|art|typ)"),
    ("-", r"time limit.*|zeitlimit.*|points?|nr|no|number|#|difficulty"),  # no part of a question
)
_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_LETTERS = "abcdefghij"
_KINDS = {
    "flip_card": r"flip ?card|card|flashcard|basic|flip",
    "short_answer": r"short ?answer|type|typed|type answer|fill in.*|text|open",
    "numeric": r"numeric(al)?|number|figure",
    "true_false": r"true ?(/|or|-)? ?false|tf|boolean",
    "single_choice": r"single choice|multiple choice|mc|mcq|quiz|choice|checkbox",
    "multiple_choice": r"multiple (answers?|response|select)|multi ?select|checkboxes",
}
_TRUTH = {"true": True, "t": True, "yes": True, "false": False, "f": False, "no": False}


class Heads(NamedTuple):
    """What the columns hold, by their place (a name of COLUMNS, of our own sheet, or ""). row: how many rows
    are before the data. own: whether it is our own sheet."""

    columns: tuple[str, ...]
    row: int
    own: bool = False


def heads_of(rows: Sequence[Sequence[str]]) -> Heads | None:
    """The row of heads, found by its text; None where there is none."""
    for at, row in enumerate(rows[:_LOOKED_AT]):
        folded = [fold_for_search(cell) for cell in row]
        if set(folded) >= own_rows.NEEDED:
            return Heads(tuple(name if name in own_rows.HEADS else "" for name in folded), at + 1, own=True)
        named = tuple(map(_column, folded))
        if "question" in named and {"answer", "option"} & set(named):
            return Heads(named, at + 1)
    return None


def _column(folded: str) -> str:
    return next((name for name, pattern in _HEADS if re.fullmatch(pattern, folded)), "")


def guessed(width: int) -> tuple[str, ...]:
    """What columns without heads are taken for."""
    return ("question", "answer", *[""] * (width - 2))[: max(2, width)]


def entries(
    rows: Iterable[Row], *, columns: Sequence[str] = (), ask: Literal["", "card", "typed"] = ""
) -> Iterator[Entry]:
    """An entry for each row that holds anything. columns: as someone has said they are; () to find out."""
    flowing = iter(rows)
    first = list(islice(flowing, _LOOKED_AT))
    found = heads_of([cells for _, cells in first])
    skipped = found.row if found else 0
    width = max((len(cells) for _, cells in first), default=0)
    named = tuple(columns) or (found.columns if found else guessed(width))
    own = found is not None and found.own and not columns
    for place, cells in (row for part in (first[skipped:], flowing) for row in part):
        if any(cell.strip() and name not in _ASIDE for name, cell in zip(named, cells, strict=False)):
            yield _own(named, cells, place) if own else _entry(named, cells, place, ask)


def shape_of(rows: Iterable[Row], separator: str, columns: Sequence[str]) -> TableShape:
    """How `entries` takes these rows."""
    first = [cells for _, cells in islice(rows, _LOOKED_AT)]
    found = heads_of(first)
    width = max(map(len, first), default=0)
    named = tuple(columns) or (found.columns if found else guessed(width))
    sample = next((cells for cells in first[found.row if found else 0 :] if any(cells)), ())
    if found and found.own and not columns:
        return TableShape(separator=separator)  # each of our own columns says what it is
    return TableShape(
        separator=separator,
        columns=(*named, *[""] * (width - len(named)))[: min(width, MOST_COLUMNS)],
        samples=tuple(cell[:_SAMPLE] for cell in (*sample, *[""] * (width - len(sample)))[:MOST_COLUMNS]),
    )


def _own(named: Sequence[str], cells: Sequence[str], place: str) -> Entry:
    return own_rows.entry_of({name: cell for name, cell in zip(named, cells, strict=False) if name}, place)


def _entry(named: Sequence[str], cells: Sequence[str], place: str, ask: str) -> Entry:
    held: dict[str, list[str]] = {}
    notes: list[str] = []
    if len(cells) > MOST_COLUMNS:
        return entry(place, "", refused(f"It has more than {MOST_COLUMNS} columns. Is the separator right?"))
    for at, cell in enumerate(cells):
        name = named[at] if at < len(named) else ""
        if name == "-" or (not name and cell.strip().isdecimal() and at < _NUMBERS):
            continue
        if name:
            held.setdefault(name, []).append(cell.strip())
        elif cell.strip():
            notes.append(f"Column {at + 1} was left out: nothing says what it holds.")
    one = {name: next(filter(None, texts), "") for name, texts in held.items()}
    head = Head(
        lines(one.get("question", "")),
        "\n\n".join(lines(text) for text in held.get("explanation", ()) if text),
        letters(one.get("hint", "")),
        tuple(notes),
    )
    shaped = _content(head, one, held, ask)
    title = " ".join(one.get("question", "").split())[:80]
    if shaped.content is None:
        return entry(place, title, shaped)
    item = Item(
        content=shaped.content,
        id=one.get("id", ""),
        deck=tuple(part.strip() for part in one.get("deck", "").split("::") if part.strip()),
        tags=tuple(tag for text in held.get("tags", ()) for tag in re.split(r"\s*[,;]\s*", text) if tag),
    )
    return entry(place, title, shaped, item)


def _content(head: Head, one: Mapping[str, str], held: Mapping[str, list[str]], ask: str) -> Shaped:
    answer = one.get("answer", "")
    kind = _kind(one.get("kind", "")) or ("short_answer" if ask == "typed" else "")
    options = held.get("option", [])
    if not head.stem.strip():
        return refused("The cell with the question is empty.")
    if any(options):
        return _offered(head, options, answer, kind)
    return _given(head, answer, held, kind) if answer else refused("The cell with the answer is empty.")


def _given(head: Head, answer: str, held: Mapping[str, list[str]], kind: str) -> Shaped:
    """An answer that is there in full."""
    wrong = [text for cell in held.get("wrong", ()) for text in _SEVERAL.split(cell) if text]
    accepted = [text for cell in held.get("accept", ()) for text in _SEVERAL.split(cell) if text]
    if wrong:
        right = _SEVERAL.split(answer) if kind == "multiple_choice" else [answer]
        given = [*(Answer(letters(text)) for text in right), *(Answer(letters(text), 0.0) for text in wrong)]
        shaped = choice(head, given, many=kind == "multiple_choice")
    elif kind == "true_false" and answer.casefold() in _TRUTH:
        shaped = true_false(head, _TRUTH[answer.casefold()])
    elif kind == "numeric" and (value := figure(answer)) is not None:
        shaped = numeric(head, [Figures(value=value)])
    elif accepted or kind in {"short_answer", "numeric"}:
        forms = dict.fromkeys(text for text in (*_SEVERAL.split(answer), *accepted) if text)
        shaped = short_answer(head, [Answer(text.replace("*", r"\*")) for text in forms])
    else:
        card = FlipCard(stem=head.stem, rationale=head.rationale, hint=head.hint, answer=lines(answer))
        shaped = Shaped(card, head.notes)
    return shaped


def _kind(written: str) -> str:
    folded = fold_for_search(written).replace("_", " ")
    return next((name for name, pattern in _KINDS.items() if re.fullmatch(pattern, folded)), "")


def _offered(head: Head, options: Sequence[str], answer: str, kind: str) -> Shaped:
    """Options in columns of their own; the answer names them by number, by letter or as they are."""
    right = _chosen(options, answer)
    if not right:
        said = (
            f"“{answer[:60]}” names none of the options" if answer else "Nothing says which option is right"
        )
        return refused(f"{said}; write its number, its letter or its text.")
    given = [Answer(letters(text), 1.0 if at in right else 0.0) for at, text in enumerate(options) if text]
    return choice(head, given, many=len(right) > 1 or kind == "multiple_choice")


def _chosen(options: Sequence[str], answer: str) -> set[int]:
    texts = {fold_for_search(text): at for at, text in enumerate(options) if text}
    whole = fold_for_search(answer)
    if whole in texts:
        return {texts[whole]}
    found: set[int] = set()
    for part in re.split(r"\s*[,;|\n]\s*|\s+(?=[0-9a-jA-J]\b)", answer.strip()):
        folded = fold_for_search(part).rstrip(".)")
        number = re.fullmatch(r"(?:option |answer )?([0-9]{1,2})(?:\.0)?", folded)
        if folded in texts:
            at = texts[folded]
        elif number:
            at = int(number[1]) - 1
        elif len(folded) == 1 and folded in _LETTERS:
            at = _LETTERS.index(folded)
        else:
            return set()
        if not 0 <= at < len(options) or not options[at]:
            return set()
        found.add(at)
    return found

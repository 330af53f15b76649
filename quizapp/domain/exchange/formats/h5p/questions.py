"""Each content type of H5P that asks something, as questions of ours or refused by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from quizapp.domain.exchange.bundle import Entry, Item
from quizapp.domain.exchange.conversion import answers as shape
from quizapp.domain.exchange.conversion.answers import Answer, Head, Shaped, refused
from quizapp.domain.exchange.conversion.html import from_html
from quizapp.domain.library.kinds.asking.gaps import Gap
from quizapp.domain.library.kinds.flip_card import FlipCard

_BLANK = re.compile(r"\*(?P<within>[^*\n]+)\*")
_TAG = re.compile(r"<[^<>]*>")
_SIGN = "\uf8f2"  # stands for a gap while HTML is read


class Package(NamedTuple):
    """What questions of one package share. address: the key of the picture at a path, "" for none."""

    deck: str
    address: Callable[[str], str]


def entries_of(place: str, library: str, params: dict[str, Any], package: Package) -> Iterator[Entry]:
    """The entries of one content of a type in READERS."""
    title = _plain(str(params.get("question") or params.get("text") or params.get("title") or library))[:80]
    found = READERS[library]
    if isinstance(found, str):
        yield shape.entry(place, title, refused(found))
        return
    several = list(found(params, package))
    for number, shaped in enumerate(several, start=1):
        where = f"{place}, part {number}" if len(several) > 1 else place
        known = (
            Item(content=shaped.content, deck=(package.deck,) if package.deck else ())
            if shaped.content
            else None
        )
        yield shape.entry(where, "" if shaped.content else title, shaped, known)
    if not several:
        yield shape.entry(place, title, refused("Nothing is asked in it."))


def _choice(params: dict[str, Any], package: Package) -> Iterator[Shaped]:
    stem, notes = _stem(params, package)
    given: list[Answer] = []
    for each in _dicts(params.get("answers")):
        text = from_html(str(each.get("text", "")), inline=True)
        tips = each.get("tipsAndFeedback")
        said = tips if isinstance(tips, dict) else {}
        feedback = from_html(str(said.get("chosenFeedback") or "")).markdown
        if _plain(str(said.get("notChosenFeedback") or "")) or _plain(str(said.get("tip") or "")):
            notes.append("Tips, and feedback for what was not chosen, were left out.")
        notes += text.notes
        given.append(Answer(text.markdown, float(bool(each.get("correct"))), feedback))
    behaviour = params.get("behaviour")
    sort = str(behaviour.get("type", "auto")) if isinstance(behaviour, dict) else "auto"
    many = sort == "multi" or (sort != "single" and sum(answer.weight for answer in given) > 1)
    yield shape.choice(Head(stem, notes=tuple(dict.fromkeys(notes))), given, many=many)


def _verdict(params: dict[str, Any], package: Package) -> Iterator[Shaped]:
    stem, notes = _stem(params, package)
    key = str(params.get("correct", "")).casefold()
    if key not in {"true", "false"}:
        yield refused("Nothing says whether it is true.")
        return
    behaviour = params.get("behaviour")
    said = behaviour if isinstance(behaviour, dict) else {}
    right = from_html(str(said.get("feedbackOnCorrect") or "")).markdown
    wrong = from_html(str(said.get("feedbackOnWrong") or "")).markdown
    true, false = (right, wrong) if key == "true" else (wrong, right)
    head = Head(stem, notes=tuple(notes))
    yield shape.true_false(head, key == "true", if_true=true, if_false=false)


def _blanks(params: dict[str, Any], package: Package) -> Iterator[Shaped]:
    """A text with gaps for each paragraph of the question that has any."""
    about = from_html(str(params.get("text") or ""))
    behaviour = params.get("behaviour")
    strict = isinstance(behaviour, dict) and behaviour.get("caseSensitive") is True
    written = params.get("questions")
    for html in map(str, written) if isinstance(written, list) else ():
        yield _gapped(html, about.markdown, package, words=(), strict=strict)


def _dragged(params: dict[str, Any], package: Package) -> Iterator[Shaped]:
    """Words to drag into a text: every other word is a wrong option of a gap."""
    about = from_html(str(params.get("taskDescription") or ""))
    text = str(params.get("textField") or "").replace("\n", "<br>")
    spare = [
        _within(found["within"])[0][0] for found in _BLANK.finditer(str(params.get("distractors") or ""))
    ]
    own = [_within(found["within"])[0][0] for found in _BLANK.finditer(text)]
    yield _gapped(text, about.markdown, package, words=(*own, *spare), strict=False)


def _gapped(html: str, about: str, package: Package, *, words: tuple[str, ...], strict: bool) -> Shaped:
    found = [_within(match["within"]) for match in _BLANK.finditer(html)]
    if not found:
        return refused("It has no gaps.")
    read = from_html(_BLANK.sub(_SIGN, html), address=package.address)
    pieces = read.markdown.split(_SIGN)
    if len(pieces) != len(found) + 1:
        return refused("A gap stands in a part of the text that is not shown here.")
    notes = [*read.notes]
    if any(tip for _, tip in found):
        notes.append("The tips of single gaps were left out.")
    if strict:
        notes.append("That capitals count was left out.")
    gaps = [
        Gap(forms[0], tuple(forms[1:]), tuple(dict.fromkeys(word for word in words if word not in forms)))
        for forms, _ in found
    ]
    gaps = [gap if len(gap.distractors) >= 2 else gap._replace(distractors=()) for gap in gaps]
    first = f"{about}\n\n{pieces[0]}" if about.strip() else pieces[0]
    return shape.cloze(Head("", notes=tuple(notes)), (first, *pieces[1:]), gaps)


def _within(text: str) -> tuple[list[str], str]:
    """(the forms of a gap, its tip): `one/other:tip`."""
    forms, _, tip = text.partition(":")
    return [_plain(form) for form in forms.split("/") if form.strip()] or [_plain(text)], tip.strip()


def _set(params: dict[str, Any], _package: Package) -> Iterator[Shaped]:
    """A single choice set: of each question the first answer is right."""
    for each in _dicts(params.get("choices")):
        texts = each.get("answers")
        given = (
            [from_html(str(text), inline=True).markdown for text in texts] if isinstance(texts, list) else []
        )
        answers = [Answer(text, float(not at)) for at, text in enumerate(given)]
        yield shape.choice(Head(from_html(str(each.get("question", ""))).markdown), answers, many=False)


def _cards(params: dict[str, Any], package: Package) -> Iterator[Shaped]:
    """Dialog cards are turned over; the answers of flashcards are typed."""
    for each in _dicts(params.get("dialogs")):
        front = from_html(str(each.get("text", "")), address=package.address)
        back = from_html(str(each.get("answer", "")), address=package.address)
        stem = f"{front.markdown}{_picture(each.get('image'), package)}".strip()
        yield Shaped(FlipCard(stem=stem, answer=back.markdown), (*front.notes, *back.notes))
    for each in _dicts(params.get("cards")):
        stem = (
            f"{from_html(str(each.get('text', ''))).markdown}{_picture(each.get('image'), package)}".strip()
        )
        forms = [_plain(form) for form in str(each.get("answer", "")).split("/")]
        yield shape.short_answer(Head(stem), [Answer(form.replace("*", r"\*")) for form in forms if form])


def _stem(params: dict[str, Any], package: Package) -> tuple[str, list[str]]:
    read = from_html(str(params.get("question", "")), address=package.address)
    media = params.get("media")
    kind = media.get("type") if isinstance(media, dict) else None
    notes = list(read.notes)
    shown = ""
    if isinstance(kind, dict) and isinstance(kind.get("params"), dict):
        library, params = str(kind.get("library", "")), kind["params"]
        if library.startswith("H5P.Image"):
            shown = _picture(params.get("file"), package, str(params.get("alt") or ""))
        elif library:
            notes.append(f"Its {library.partition(' ')[0].removeprefix('H5P.').casefold()} was left out.")
    return f"{read.markdown}{shown}", notes


def _picture(file: Any, package: Package, alt: str = "") -> str:
    key = package.address(str(file.get("path", ""))) if isinstance(file, dict) else ""
    said = re.sub(r"[\[\]\\]", "", alt)
    return f"\n\n![{said}](picture:{key})" if key else ""


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def _plain(html: str) -> str:
    return " ".join(_TAG.sub(" ", html).replace("&nbsp;", " ").replace("&amp;", "&").split())


READERS: dict[str, Callable[[dict[str, Any], Package], Iterator[Shaped]] | str] = {
    "H5P.MultiChoice": _choice,
    "H5P.TrueFalse": _verdict,
    "H5P.Blanks": _blanks,
    "H5P.DragText": _dragged,
    "H5P.SingleChoiceSet": _set,
    "H5P.Dialogcards": _cards,
    "H5P.Flashcards": _cards,
    "H5P.Essay": "It is an essay: a free text, which cannot be graded here.",
    "H5P.MarkTheWords": "Words of a text are to be marked, which is not possible here.",
    "H5P.DragQuestion": "Things are to be dragged onto a picture, which is not possible here.",
    "H5P.Summary": "Statements are chosen one after another (a summary), which is not possible here.",
    "H5P.ImageHotspotQuestion": "A place in a picture is to be found, which is not possible here.",
    "H5P.ImageMultipleHotspotQuestion": "Places in a picture are to be found, which is not possible here.",
    "H5P.MultiMediaChoice": "Pictures are to be chosen from, which is not possible here.",
    "H5P.SortParagraphs": "Paragraphs are to be sorted, which is not possible here.",
    "H5P.FreeTextQuestion": "It is a free text, which cannot be graded here.",
    "H5P.ArithmeticQuiz": "Its questions are made up while it runs, so there are none in it.",
    "H5P.MemoryGame": "It is a game, which is not possible here.",
    "H5P.SpeakTheWords": "Its answer is spoken, which is not possible here.",
    "H5P.FindTheWords": "It is a game, which is not possible here.",
    "H5P.Crossword": "It is a game, which is not possible here.",
}

"""What a block is by what stands around it: led by a label, said before, in another language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from quizapp.domain.sources.articles.blocks import BlockKind, Why
from quizapp.domain.sources.articles.choosing import headed, is_prose
from quizapp.domain.sources.articles.languages import language_of
from quizapp.domain.sources.articles.segmenting import Piece
from quizapp.domain.sources.articles.wording import leads_elsewhere, presents_author, why_of_words
from quizapp.domain.sources.articles.wrapping import ENDED

_WORD = re.compile(r"\w+")
FEW, COPY = 5, 0.4  # repetitions that are no manual's habit; share of a text that is a second copy
LONG = 20  # words of a paragraph that no text says twice
FOREIGN = 0.3  # largest share of a text that can be foreign to it


def words_key(text: str) -> str:
    """A text without case, punctuation and “Re:”, to find it said twice."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return " ".join(words[1:] if words[:1] == ["re"] else words)


def strike_led(pieces: Sequence[Piece]) -> None:
    """Strike what a label announces: the links under “Related”, the talk under “Comments”."""
    everything = sum(len(piece.text) for piece in pieces if piece.why is None and is_prose(piece))
    for heading, section in list(headed(pieces)):
        why = _announced(heading.text)
        if why is None or heading.why is not None or heading.level == 1:
            continue
        prose = sum(len(piece.text) for piece in section if is_prose(piece))
        about = why is Why.BYLINE and prose < FOREIGN * everything
        if why is Why.COMMENT or about or prose <= 0.5 * sum(len(piece.text) for piece in section):
            for piece in (heading, *section):
                piece.why = why
    for piece in pieces:
        if piece.why is None and leads_elsewhere(piece.text) and (piece.link_share > 0.3 or _is_label(piece)):
            piece.why = Why.RELATED
            _strike_links_after(pieces, piece)


def _strike_links_after(pieces: Sequence[Piece], label: Piece) -> None:
    for piece in pieces[pieces.index(label) + 1 :]:
        if piece.why is not None or piece.link_share < 0.7 or piece.level:
            return
        piece.why = Why.RELATED


def _announced(text: str) -> Why | None:
    if leads_elsewhere(text):
        return Why.RELATED
    if presents_author(text):
        return Why.BYLINE
    why = why_of_words(text)
    return why if why in {Why.COMMENT, Why.SUBSCRIPTION, Why.SHARE, Why.ADVERTISEMENT} else None


def _is_label(piece: Piece) -> bool:
    """A few words with no end of a sentence, not a heading of the article's own."""
    words = piece.text.split()
    return len(words) <= 6 and not piece.text.endswith(ENDED[:-2]) and not piece.level


def strike_advertised(pieces: Sequence[Piece]) -> None:
    """Strike the rest of an element that opens with the label of an advertisement."""
    label: Piece | None = None
    for piece in pieces:
        if piece.why is Why.ADVERTISEMENT:
            label = piece
        elif (
            label is not None and piece.element is label.element and piece.why is None and not is_prose(piece)
        ):
            piece.why = Why.ADVERTISEMENT


def strike_repeated(pieces: Sequence[Piece]) -> None:
    """Strike a page's second copy of its text, and a long paragraph that another element shows once more.

    Tables and code repeat themselves; so do poems, songs, recipes, laws and manuals: what is short, or said
    more than twice, or beside its first time, is the text's own.
    """
    seen: dict[str, Piece] = {}
    again: list[Piece] = []
    kept = [piece for piece in pieces if piece.why is None]
    for piece in kept:
        key = words_key(piece.text)
        if piece.kind in {BlockKind.TABLE_ROW, BlockKind.CODE}:
            continue
        if len(key.split()) < (8 if piece.kind is BlockKind.LIST_ITEM else 4):
            continue
        if key in seen:
            again.append(piece)
        seen.setdefault(key, piece)
    count = Counter(words_key(piece.text) for piece in again)
    share = sum(len(piece.text) for piece in again) / max(1, sum(len(piece.text) for piece in kept))
    prose = sum(map(is_prose, again)) >= 0.5 * len(again)
    copied = share > COPY and prose and len(count) > 1 and max(count.values()) == 1
    for piece in again:
        key = words_key(piece.text)
        next_to_it = kept.index(piece) == kept.index(seen[key]) + 1
        once = len(again) <= FEW and count[key] == 1
        if copied or (once and _is_shown_again(piece, seen[key], next_to_it=next_to_it)):
            piece.why = Why.DUPLICATE


def _is_shown_again(piece: Piece, first: Piece, *, next_to_it: bool) -> bool:
    """Whether a long paragraph stands once more right behind the first or elsewhere on the page, a heading on
    another level, or a post within another one’s quotation."""
    beside = piece.element is first.element or piece.element.parent is first.element.parent
    if first.level and piece.level:
        return first.level != piece.level or piece.text[:3].casefold() == "re:"
    if BlockKind.QUOTE in {piece.kind, first.kind} and piece.kind is not first.kind:
        return True
    return (next_to_it or not beside) and len(piece.text.split()) >= LONG


def strike_foreign(pieces: Sequence[Piece]) -> str:
    """Strike the few blocks in another language than all the others, quotations excepted; returns
    the language of the text, "" where it cannot be told."""
    found = Counter[str]()
    spoken = {id(piece): language_of(piece.text) for piece in pieces if piece.why is None}
    for piece in pieces:
        if piece.why is None:
            found[spoken[id(piece)]] += len(piece.text)
    main = max((language for language in found if language), key=lambda each: found[each], default="")
    foreign = sum(size for language, size in found.items() if language not in {"", main})
    if foreign > FOREIGN * sum(found.values()):
        return main
    for piece in pieces:
        if piece.why is None and spoken[id(piece)] not in {"", main} and _may_be_notice(piece):
            piece.why = Why.LANGUAGE
    return main


def _may_be_notice(piece: Piece) -> bool:
    quoted = piece.text[:1] in "“„«\"'‘" and piece.text.rstrip(".")[-1:] in "”“»\"'’"
    text_like = piece.kind in {BlockKind.PARAGRAPH, BlockKind.HEADING}
    return text_like and not quoted and len(piece.text) >= 25 and len(_WORD.findall(piece.text)) <= 70


def strike_dangling(pieces: Sequence[Piece]) -> None:
    """Strike a heading whose whole section has been struck."""
    for place, piece in enumerate(pieces):
        if piece.why is None and piece.level > 1:
            after = next((each for each in pieces[place + 1 :] if each.why is None), None)
            following = pieces[place + 1] if place + 1 < len(pieces) else None
            empty = after is None or 0 < after.level <= piece.level
            if empty and following is not None and following.why not in {None, Why.CAPTION, Why.OUTSIDE}:
                piece.why = following.why


def strike_labels_between(pieces: Sequence[Piece]) -> None:
    """Strike labels in a text without markup that stand among what is struck: its head (a line that
    is no sentence, over a caption) and its tail (“More information” among notices)."""
    prose = [place for place, piece in enumerate(pieces) if piece.why is None and is_prose(piece)]
    if not prose:
        return
    head, tail = range(prose[0]), range(prose[-1] + 1, len(pieces))
    for zone, longest in ((head, 40), (tail, 8)):
        struck = [place for place in zone if pieces[place].why is not None]
        for place in zone:
            piece = pieces[place]
            between = any(other > place for other in struck) or (zone is tail and bool(struck))
            bare = (
                piece.kind is not BlockKind.LIST_ITEM
                and not piece.text.endswith(ENDED)
                and len(piece.text.split()) <= longest
            )
            if piece.why is None and between and bare:
                piece.why = Why.OUTSIDE

"""Which part of a page is the article: the element that most of the running text is in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from quizapp.domain.sources.articles.blocks import BlockKind, Why, folded
from quizapp.domain.sources.articles.segmenting import Element, Piece

DESCEND = 0.75  # share of an element's weight that one child must hold to stand for it
PARTS = 0.88  # the same on a page that does not say that it is an article
DEEPER = 0.92  # the same within what the page itself names as its article or main part
BODY = 200  # characters of what a page calls its article’s text, from which it is believed
AROUND = 1.2  # how much more an element may weigh that is taken for the root's surroundings
OTHER, LINKED = 0.25, 0.05  # weight of a character that is not running text, and of one in a link
_ENDS = re.compile(r"[.!?…؟](?:[\"'”’)\]»]*)(?:\s|$)|[。！？।۔။።]")
_UNENDED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff]{20}")  # Thai, Lao, Khmer: no sign ends a sentence
_DENSE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3]")  # a character says as much as two letters
_LANDMARKS = frozenset({"article", "main"})
_REPEATED = frozenset(
    {Why.SIDE, Why.COMMENT, Why.BYLINE, Why.RELATED, Why.SHARE, Why.ADVERTISEMENT, Why.CAPTION}
)
_FRAMES = frozenset(
    {Why.FORM, Why.SIDE, Why.BYLINE, Why.NAVIGATION, Why.SHARE, Why.ADVERTISEMENT, Why.RELATED}
)


def is_prose(piece: Piece) -> bool:
    """Running text: long enough, with an end of a sentence, and not a list of links."""
    long = len(piece.text) >= 60 or len(_DENSE.findall(piece.text)) >= 30
    return long and piece.link_share < 0.35 and bool(_ENDS.search(piece.text) or _UNENDED.search(piece.text))


def _is_sentence(piece: Piece) -> bool:
    """A standfirst, a short last word: few words, but a whole sentence and no link."""
    return len(piece.text.split()) > 5 and piece.link_share < 0.35 and bool(_ENDS.search(piece.text))


def weight(piece: Piece) -> float:
    """What a piece says for the element it is in being the article."""
    if is_prose(piece):
        return float(len(piece.text))
    return OTHER * max(0, len(piece.text) - piece.linked) + LINKED * min(len(piece.text), piece.linked)


def settle_marks(pieces: Sequence[Piece], *, talk: bool) -> bool:
    """Give each piece the reason of the innermost marked element it is in, unless the mark must
    be wrong: no one puts nearly all of a page's text into its footer.

    talk: the page is a forum or a set of questions and answers, so what looks like comments is it.
    Returns whether it is one, be it for nearly all its text standing in comments.
    """
    totals: dict[Why | None, float] = {}
    marked: dict[Element, float] = {}
    for piece in pieces:
        elements = [element for element in piece.ancestors() if element.why is not None]
        size = weight(piece) if is_prose(piece) else 0.0
        for element in elements:
            marked[element] = marked.get(element, 0.0) + size
        why = elements[-1].why if elements else None
        totals[why] = totals.get(why, 0.0) + size
    everything = sum(totals.values())
    body = stated_body(pieces)
    frames = set() if body is None else {each for each in body.above() if each.why in _FRAMES}
    for element, size in marked.items():
        if element in frames or (size > 0.5 * everything and everything - size < 0.35 * size):
            element.why = None
    wrong = {Why.COMMENT} if talk else set()
    below = {Why.COMMENT} if body is not None and not talk else set()  # a text of its own, and talk of it
    for why in sorted(_REPEATED & totals.keys() - below, key=lambda each: -totals[each]):
        if totals[why] > 4 * sum(totals.get(each, 0.0) for each in {None, *wrong} - {why}):
            wrong.add(why)
    for element in marked:
        if element.why in wrong:
            element.why = None
    for piece in pieces:
        piece.why = next((element.why for element in piece.ancestors() if element.why is not None), None)
    return Why.COMMENT in wrong


def stated_body(pieces: Sequence[Piece]) -> Element | None:
    """The one element that the page itself calls its article's text, or its one article with the
    page's heading within; None where there is none, or several."""
    return _only(pieces, lambda each: each.body) or _only(pieces, _is_headed_article)


def _only(pieces: Sequence[Piece], fits: Callable[[Element], bool]) -> Element | None:
    """The outermost element that fits, where no other that fits holds much text."""
    known: dict[Element, bool] = {}
    sizes: dict[Element, float] = {}
    for piece in pieces:
        outermost = None
        for element in piece.ancestors():
            if element not in known:
                known[element] = fits(element)
            outermost = element if known[element] else outermost
        if outermost is not None:
            sizes[outermost] = sizes.get(outermost, 0.0) + len(piece.text) - piece.linked
    best = max(sizes, key=lambda element: sizes[element], default=None)
    if best is None or sizes[best] < BODY or sum(sizes.values()) > 1.25 * sizes[best]:
        return None
    return best


def _is_headed_article(element: Element) -> bool:
    """An article element with a main heading that the document's title repeats."""
    heading = element.tag.find("h1") if element.tag.name == "article" else None
    if heading is None:
        return False
    title = [*element.tag.parents][-1].find("title")
    words, known = (
        {*folded(tag.get_text()).casefold().split()} if tag else set() for tag in (heading, title)
    )
    return len(words & known) > max(1, 0.6 * len(words))


def choose_root(pieces: Sequence[Piece], *, parts: bool = False) -> Element | None:
    """The element that holds the article; None where nothing has any weight."""
    weights = _weights(pieces)
    if not any(weights.values()):
        return None
    children: dict[Element, list[Element]] = {}
    for element in weights:
        if element.parent is not None:
            children.setdefault(element.parent, []).append(element)
    prose = {element for piece in pieces if is_prose(piece) for element in piece.ancestors()}
    (root,) = (element for element in weights if element.parent is None)
    landmark = stated_body([piece for piece in pieces if piece.why is None]) or _landmark(
        weights, weights[root]
    )
    root, share = (root, PARTS if parts else DESCEND) if landmark is None else (landmark, DEEPER)
    while True:
        best = max(children.get(root, ()), key=lambda child: weights[child], default=None)
        if best is None or weights[best] < share * weights[root] or best not in children:
            return root
        if best.kind is not BlockKind.PARAGRAPH or best.tag.name == "p":
            return root
        if any(child in prose and _is_peer(child, best, children) for child in children[root]):
            return root
        root = best


def _is_peer(child: Element, best: Element, children: dict[Element, list[Element]]) -> bool:
    """Whether a child with running text belongs with the best: a paragraph beside it, or its like."""
    alike = child.tag.name == best.tag.name and child.tag.get("class") == best.tag.get("class")
    return child is not best and (child not in children or (alike and bool(best.tag.get("class"))))


def _weights(pieces: Sequence[Piece]) -> dict[Element, float]:
    """What the pieces that are still kept weigh, for each element they are in."""
    weights: dict[Element, float] = {}
    for piece in pieces:
        if piece.why is None:
            size = weight(piece)
            for element in piece.ancestors():
                weights[element] = weights.get(element, 0.0) + size
    return weights


def _landmark(weights: dict[Element, float], total: float) -> Element | None:
    """The element that the page itself names as its article or main part, where it holds enough."""
    named = [element for element in weights if _is_landmark(element) and weights[element] >= 0.4 * total]
    return max(named, key=lambda element: (element.tag.name != "main", weights[element]), default=None)


def _is_landmark(element: Element) -> bool:
    return (
        element.tag.name in _LANDMARKS
        or element.tag.get("role") == "main"
        or element.tag.get("itemprop") == "articleBody"
    )


def cut_outside(pieces: Sequence[Piece], root: Element) -> None:
    """Strike what stands outside the root. What leads to it within the same article, a title or a
    standfirst above, running text above or below, stays."""
    frame = _frame(root, _weights(pieces))
    within = [root in piece.ancestors() for piece in pieces]
    first = within.index(True)
    for place, piece in enumerate(pieces):
        if piece.why is not None or within[place]:
            continue
        near = frame in piece.ancestors()
        head = place < first and piece.level in {1, 2, 3} and piece.link_share < 0.5
        if not (near and (is_prose(piece) or head or _is_sentence(piece))):
            piece.why = Why.NAVIGATION if piece.link_share > 0.6 else Why.OUTSIDE


def _frame(root: Element, weights: dict[Element, float]) -> Element:
    """The landmark around the root; where there is none, the widest element that is hardly more."""
    element: Element | None = root
    widest = root
    while element is not None:
        if _is_landmark(element):
            return element
        if weights.get(element, 0.0) <= AROUND * weights.get(root, 0.0):
            widest = element
        element = element.parent
    return widest


def cut_link_lists(pieces: Sequence[Piece]) -> None:
    """Strike runs of links at the article's edges: trails and contents before, other pages behind.

    Within the article a list of links may be what it is about.
    """
    kept = [piece for piece in pieces if piece.why is None]
    prose = [place for place, piece in enumerate(kept) if is_prose(piece)]
    if not prose:
        return
    head, tail = kept[: prose[0]], kept[prose[-1] + 1 :]
    links = [(each, Why.NAVIGATION) for each in head if _is_link(each)]
    answered = {id(each) for each, after in pairwise(tail) if each.text.endswith("?") and not _is_link(after)}
    links += [(each, Why.RELATED) for each in tail if _is_link(each) and id(each) not in answered]
    if sum(len(each.text) for each, _ in links) > 0.6 * sum(len(each.text) for each in kept):
        return  # an index: the links are what it is for
    for piece, why in links:
        piece.why = why


def _is_link(piece: Piece) -> bool:
    return piece.link_share > 0.7 and piece.kind is not BlockKind.HEADING


def headed(pieces: Iterable[Piece]) -> Iterable[tuple[Piece, list[Piece]]]:
    """Each heading among kept pieces with all that follows it up to the next of its rank or above."""
    kept = [piece for piece in pieces if piece.why is None]
    starts = [place for place, piece in enumerate(kept) if piece.level]
    for place in starts:
        level = kept[place].level
        end = next((other for other in starts if other > place and kept[other].level <= level), len(kept))
        yield kept[place], kept[place + 1 : end]

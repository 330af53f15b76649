"""From an HTML tree to pieces of text in order, each knowing the element it is in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from quizapp.domain.sources.articles.blocks import BlockKind, Why, folded
from quizapp.domain.sources.articles.marks import is_body, is_wall, names_of, why_of
from quizapp.domain.sources.articles.raised import formula, is_note_mark, lowered, position, raised
from quizapp.domain.sources.articles.wrapping import unwrapped

SILENT = frozenset(
    "head title script style template noscript svg iframe object embed canvas video audio map input select "
    "rt rp textarea datalist option optgroup meta link param source track progress meter area".split()
)
_HEADS = frozenset("title meta link base script style noscript template".split())
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rp rt ruby "
    "s samp small span strike strong sub sup time tt u var wbr br picture math".split()
)
_KINDS = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary"), BlockKind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
    "blockquote": BlockKind.QUOTE,
    "pre": BlockKind.CODE,
    "tr": BlockKind.TABLE_ROW,
}
_PARTED = frozenset({"a", "span", "time"})
_ANCHORS = frozenset({"", "#", "¶", "§", "🔗", "[edit]"})
_MOVED = {"sup": raised, "sub": lowered}
_ENDS = (*'.!?:;…”"»。！？',)
_WRAPPED = 40  # characters of a line from which one expects it to end a sentence if it is not wrapped


@dataclass(slots=True, eq=False)
class Element:
    """A block-level element: its place in the tree, and what its names say of its content."""

    tag: Tag
    parent: Element | None
    kind: BlockKind
    why: Why | None = None
    body: bool = False  # the page calls it its article's text

    def above(self) -> Iterator[Element]:
        """It and the elements it is in, from the innermost."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


@dataclass(slots=True, eq=False)
class Piece:
    """A run of text between two ends of blocks. linked: characters that are in links."""

    text: str
    kind: BlockKind
    element: Element
    linked: int = 0
    level: int = 0
    why: Why | None = None

    @property
    def link_share(self) -> float:
        """How much of the text is links, 0 to 1."""
        return min(1.0, self.linked / max(1, len(self.text)))

    def ancestors(self) -> Iterator[Element]:
        """The elements it is in, from the innermost."""
        return self.element.above()


@dataclass(slots=True)
class _Walk:
    """Where the walk through the tree is, and the text gathered since the last end of a block."""

    element: Element
    found: list[Piece] = field(default_factory=list)
    lines: list[tuple[str, int]] = field(default_factory=list)  # ended by a line break: text, linked
    texts: list[str] = field(default_factory=list)
    linked: int = 0
    link_depth: int = 0
    rows: int = 0
    data_tables: dict[int, bool] = field(default_factory=dict)

    def say(self, text: str) -> None:
        self.texts.append(text)
        if self.link_depth:
            self.linked += len(text.strip())

    def line_break(self) -> None:
        line = "".join(self.texts)
        self.texts.clear()
        if not line.strip() and self.lines and self.element.kind is not BlockKind.CODE and not self.rows:
            self.flush()  # the second of two
        elif self.rows:
            self.texts.extend((line, " "))
        else:
            self.lines.append((line, self.linked))
            self.linked = 0

    def flush(self) -> None:
        """End a block. Its lines are blocks of their own, unless they are a text wrapped by hand."""
        lines = [*self.lines, ("".join(self.texts), self.linked)]
        if self.element.kind is BlockKind.CODE:
            lines = _of_code(lines)
        elif any(
            len(folded(line)) >= _WRAPPED and not line.rstrip().endswith(_ENDS) for line, _ in lines[:-1]
        ):
            lines = [(" ".join(line for line, _ in lines), sum(linked for _, linked in lines))]
        name = self.element.tag.name
        for line, linked in lines:
            if words := folded(line):
                level = int(name[1]) if name in _LEVELS else 0
                self.found.append(Piece(words, self.element.kind, self.element, linked, level))
        self.lines.clear()
        self.texts.clear()
        self.linked = 0


def _of_code(lines: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The lines of preformatted text; prose that was wrapped by hand in paragraphs. What was linked is spread
    over them."""
    text = "\n".join(line for line, _ in lines)
    share = sum(linked for _, linked in lines) / max(1, len(text))
    return [(part, round(share * len(part))) for part in unwrapped(text)]


_LEVELS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def pieces_of(soup: BeautifulSoup) -> list[Piece]:
    """The text of a page in order; what a browser never shows as text is left out."""
    root = _shown(soup)
    walk = _Walk(Element(root, None, BlockKind.PARAGRAPH))
    todo: list[tuple[Tag, Iterator[object]]] = [(root, iter(root.children))]
    while todo:  # no recursion: pages nest deeper than Python does
        tag, children = todo[-1]
        child = next(children, None)
        if child is None:
            todo.pop()
            if todo:
                _leave(walk, tag)
        elif isinstance(child, Tag):
            if _enter(walk, child):
                todo.append((child, iter(child.children)))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            walk.say(str(child))
    walk.flush()
    return walk.found


def _shown(soup: BeautifulSoup) -> Tag:
    """The body, with what the parser left in the head since the page leaves the body's tag out."""
    if soup.body is None or soup.head is None:
        return soup.body or soup
    for tag in reversed(soup.head.find_all(True, recursive=False)):
        if tag.name not in _HEADS:
            soup.body.insert(0, tag.extract())
    return soup.body


def _enter(walk: _Walk, tag: Tag) -> bool:
    """Go into an element; False where it holds no text to be read."""
    name = tag.name
    if name in SILENT or _unread(tag, walk.element) or _is_mark(tag, walk):
        return False
    if name == "br":
        walk.line_break()
        return False
    if _inline(walk, name):
        return _enter_inline(walk, tag)
    if name in {"td", "th"} and walk.rows:
        if any(text.strip() for text in walk.texts):
            walk.texts.append(" | ")
        return True
    walk.flush()
    if name == "tr" and _is_data_row(walk, tag):
        walk.rows += 1
    kind = _kind(name, walk)
    stated = is_wall(tag) and any(each.body for each in walk.element.above())
    walk.element = Element(tag, walk.element, kind, None if stated else why_of(tag), is_body(tag))
    return True


def _enter_inline(walk: _Walk, tag: Tag) -> bool:
    name, moved = tag.name, _MOVED.get(position(tag))
    if name == "math" or moved:
        walk.say(moved(tag.get_text()) if moved else formula(tag))
        return False
    if name in _PARTED and isinstance(tag.previous_sibling, Tag) and walk.element.kind is not BlockKind.CODE:
        walk.texts.append(" ")  # side by side, parted by their style alone
    if name == "a":
        walk.link_depth += _leads_away(walk, tag)
    elif name not in INLINE:
        walk.texts.append(" ")
    return True


def _leads_away(walk: _Walk, link: Tag) -> bool:
    """Whether a link leads anywhere: a heading may be a link to itself."""
    return not (walk.element.kind is BlockKind.HEADING and str(link.get("href") or "#").startswith("#"))


def _leave(walk: _Walk, tag: Tag) -> None:
    if walk.element.tag is not tag:
        if tag.name == "a":
            walk.link_depth -= _leads_away(walk, tag)
        return
    walk.flush()
    if tag.name == "tr" and walk.rows and walk.element.kind is BlockKind.TABLE_ROW:
        walk.rows -= 1
    assert walk.element.parent is not None
    walk.element = walk.element.parent


def _inline(walk: _Walk, name: str) -> bool:
    if name in INLINE:
        return True
    if name == "button":
        return walk.element.kind is BlockKind.HEADING
    return bool(walk.rows) and name not in {"tr", "td", "th"}  # a cell's paragraphs stay in their row


def _kind(name: str, walk: _Walk) -> BlockKind:
    if name == "tr":
        return BlockKind.TABLE_ROW if walk.rows else BlockKind.PARAGRAPH
    inherited = walk.element.kind
    if name in {"p", "div", "section"} and inherited is BlockKind.HEADING:
        return inherited
    if name in {"table", "tbody", "thead", "td", "th"}:
        return BlockKind.PARAGRAPH
    return _KINDS.get(name, inherited)


def _is_mark(tag: Tag, walk: _Walk) -> bool:
    return tag.name in INLINE and is_note_mark(tag, "".join(walk.texts[-3:]))


def _unread(tag: Tag, element: Element) -> bool:
    """What no one reads as part of a text: anchors, edit links, buttons, words for machines."""
    if tag.name == "button":
        return element.kind is not BlockKind.HEADING and not _is_asked(tag)
    if tag.name not in INLINE or not tag.attrs:
        return False
    if tag.name == "a":
        return folded(tag.get_text()) in _ANCHORS
    if tag.find("math") is not None:
        return False  # hidden from those who see its picture
    return why_of(tag) is Why.HIDDEN or "editsection" in names_of(tag)


def _is_asked(button: Tag) -> bool:
    """A question whose answer a click shows."""
    text = folded(button.get_text(" "))
    return text.endswith(("?", "？", "؟", ";")) and len(text.split()) > 2


def _is_data_row(walk: _Walk, row: Tag) -> bool:
    """Whether a row belongs to a table of data and not to a page laid out as a table."""
    table = row.find_parent("table")
    if table is None:
        return False
    if id(table) not in walk.data_tables:
        walk.data_tables[id(table)] = _is_data(table)
    cells = row.find_all(("td", "th"), recursive=False)
    return (
        walk.data_tables[id(table)] and len(cells) > 1 and all(len(cell.get_text()) < 600 for cell in cells)
    )


def _is_data(table: Tag) -> bool:
    if (
        table.get("role") == "presentation"
        or table.find(("table", "h1", "h2", "article", "form")) is not None
    ):
        return False
    return len(table.find_all(("p", "div"))) < 4 * len(table.find_all("tr"))

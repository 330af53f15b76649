"""HTML from other programs as our Markdown: what cannot come is named, and nothing of it is ever run."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import NamedTuple

from quizapp.domain.exchange.conversion.literal import letters, unblocked

Address = Callable[[str], str]

_BLOCKS = frozenset(
    "p div section article header footer figure figcaption blockquote ul ol li dl dt dd table tr pre hr "
    "h1 h2 h3 h4 h5 h6 center address form fieldset details summary".split()
)
_MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "s": "~~", "del": "~~", "strike": "~~"}
_MARKS |= {"u": "*", "ins": "*", "mark": "*", "cite": "*", "dfn": "*", "var": "*"}
_UNDERLINED = frozenset({"u", "ins", "mark"})
_TAKEN = frozenset({"sub", "sup", "math", "code", "tt", "kbd", "samp"})  # written otherwise as a whole
_HIDDEN = frozenset(
    {"script", "style", "template", "noscript", "head", "title", "object", "svg", "annotation-xml"}
)
_LEFT_OUT = {
    "audio": "a sound",
    "video": "a film",
    "iframe": "an embedded page",
    "object": "an embedded object",
}
_LEFT_OUT |= {"embed": "an embedded object", "script": "a script", "svg": "a drawing", "canvas": "a drawing"}
_VOID = frozenset("img br hr input embed source track wbr col area base link meta param".split())
_RAISED = str.maketrans("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_LOOKS_LIKE = re.compile(
    r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z]{2,31});|<!--"
)
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s\\<>()]+", re.IGNORECASE)
_DOCTYPE = re.compile(r"<!DOCTYPE[^>]*>", re.IGNORECASE)
_CDATA = re.compile(r"<!\[CDATA\[(?P<text>.*?)\]\]>", re.DOTALL)
_DECLARATION = re.compile(r"<!(?!--)")
_DOLLARS = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_DEEPEST = 200  # tags in one another


class Text(NamedTuple):
    """Markdown, and a sentence for each thing that has not come along."""

    markdown: str
    notes: tuple[str, ...] = ()


def is_html(text: str) -> bool:
    """Whether a text that may be either holds tags or named letters."""
    return _LOOKS_LIKE.search(text) is not None


def from_html(html: str, *, inline: bool = False, address: Address | None = None) -> Text:
    """Markdown that shows what the HTML shows. inline: an option, one line.

    address: the key of the medium that a picture's address means, "" where there is none.
    """
    if "<" not in html and "&" not in html and "$$" not in html:
        rows = (
            [unblocked(letters(" ".join(html.split())))] if not inline else [letters(" ".join(html.split()))]
        )
        return Text(rows[0])
    reader = _Reader(inline=inline, address=address)
    reader.feed(_declared(_CONTROLS.sub("", html)))
    reader.close()
    return Text(reader.markdown(), tuple(dict.fromkeys(reader.notes)))


def _declared(html: str) -> str:
    """HTML without declarations, of which the parser takes some for faults of its own."""
    html = _CDATA.sub(lambda found: found["text"], _DOCTYPE.sub("", html))
    return _DECLARATION.sub("&lt;!", html)


class _Reader(HTMLParser):
    """Writes Markdown while the tags go by. Never nests: what is open is in a list."""

    def __init__(self, *, inline: bool, address: Address | None) -> None:
        super().__init__(convert_charrefs=True)
        self.inline, self.address = inline, address
        self.notes: list[str] = []
        self.rows: list[str] = []  # blocks that are done
        self.line = ""  # the block being written
        self.open: list[str] = []
        self.links: list[str] = []
        self.lists: list[int] = []  # 0 for bullets, else the next number
        self.prefix = ""
        self.cells: list[list[str]] | None = None
        self.taken: list[tuple[str, str]] = []  # (tag, line before): text gathered to be written another way

    # --- tags ---

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEFT_OUT:
            self.notes.append(f"{_LEFT_OUT[tag].capitalize()} was left out.")
        if tag in _BLOCKS:
            self._block(tag)
        if tag in _TAKEN and not self._hidden() and len(self.open) < _DEEPEST:
            self.taken.append((tag, self.line))
            self.line = ""
        self._begin(tag, {name: value or "" for name, value in attrs})
        if tag not in _VOID and len(self.open) < _DEEPEST:
            self.open.append(tag)

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        match tag:
            case "br":
                self._break()
            case "img":
                self._picture(attributes)
            case "a":
                self.links.append(attributes.get("href", ""))
                self.line += "["
            case "input" | "select" | "textarea" | "button":
                self.notes.append("A field of a form was left out.")
            case "hr" if not self.inline:
                self.rows.append("---")
            case _ if tag in _MARKS and not self._hidden() and not self._verbatim():
                if tag in _UNDERLINED:
                    self.notes.append("Underlined or marked words are in italics.")
                self.line += "\x01" + _MARKS[tag]

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.open:
            return
        last = ""
        while last != tag:
            last = self.open.pop()
            self._close(last)

    def _close(self, tag: str) -> None:
        if self.taken and self.taken[-1][0] == tag:
            _, before = self.taken.pop()
            self.line = before + self._written(tag, self.line)
        elif tag == "a" and self.links:
            self._link(self.links.pop())
        elif tag in _MARKS and not self._hidden() and not self._verbatim():
            self.line += _MARKS[tag] + "\x02"
        elif tag in {"td", "th"} and self.cells is not None:
            self.cells[-1].append(self._done().replace("|", "\\|"))
        if tag in _BLOCKS:
            self._end_block(tag)

    def _block(self, tag: str) -> None:
        if tag == "table" and not self.inline:
            self._flush()
            self.cells = []
        elif tag == "tr" and self.cells is not None:
            self.cells.append([])
        else:
            self._part()
        match tag:
            case "ul" | "ol":
                self.lists.append(0 if tag == "ul" else 1)
            case "li" if not self.inline:
                indent = "    " * max(0, len(self.lists) - 1)
                number = self.lists[-1] if self.lists else 0
                self.prefix = f"{indent}{f'{number}.' if number else '-'} "
                if number:
                    self.lists[-1] += 1
            case "blockquote" if not self.inline:
                self.prefix = "> "
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if not self.inline:
                self.prefix = "#" * int(tag[1]) + " "

    def _end_block(self, tag: str) -> None:
        if tag == "table" and self.cells is not None:
            rows, self.cells = [row for row in self.cells if row], None
            width = max(map(len, rows), default=0)
            written = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
            self.rows.append("\n".join([*written[:1], "|" + " --- |" * width, *written[1:]]) if rows else "")
        else:
            self._part(code=tag == "pre")
        if tag in {"ul", "ol"} and self.lists:
            self.lists.pop()

    # --- text ---

    def handle_data(self, data: str) -> None:
        if self._hidden():
            return
        if self._verbatim():
            self.line += data
            return
        pieces = _DOLLARS.split(data)
        for at, piece in enumerate(pieces):
            self.line += f"\\[{piece.strip()}\\]" if at % 2 else letters(re.sub(r"\s+", " ", piece))

    def _hidden(self) -> bool:
        return any(tag in _HIDDEN for tag in self.open)

    def _verbatim(self) -> bool:
        return "pre" in self.open or any(tag in _TAKEN for tag, _ in self.taken)

    def _break(self) -> None:
        if "pre" in self.open:
            self.line += "\n"
        elif self.inline or self.cells is not None or self.taken:
            self.line += " "
        else:
            self.line = self.line.rstrip() + "  \n"

    def _picture(self, attributes: dict[str, str]) -> None:
        source = attributes.get("src", "")
        said = " ".join(re.sub(r"[\[\]\\]", "", attributes.get("alt", "")).split())
        key = self.address(source) if self.address else ""
        if key:
            self.line += f"![{said}](picture:{key})"
            return
        name = source.rpartition("/")[2][:60] if not source.startswith("data:") else "within the text"
        self.notes.append(f"The picture “{name}” was left out: it is not in the file.")
        self.line += letters(said)

    def _link(self, target: str) -> None:
        before, _, label = self.line.rpartition("[")
        label = label.strip()
        safe = _SAFE.fullmatch(target.strip())
        self.line = before + (f"[{label}]({target.strip()})" if safe and label else label)

    def _written(self, tag: str, text: str) -> str:
        folded = " ".join(text.split())
        if not folded:
            return ""
        if tag == "math":
            self.notes.append("A formula in MathML was taken as its plain letters.")
            return letters(folded)
        if tag in {"sub", "sup"}:
            table = _RAISED if tag == "sup" else _LOWERED
            if all(ord(letter) in table for letter in folded):
                return folded.translate(table)
            sign = "^" if tag == "sup" else "_"
            return (
                rf"\({sign}{{\text{{{folded}}}}}\)"
                if not re.search(r"[\\{}$&#%_^~]", folded)
                else letters(folded)
            )
        if "pre" in self.open:
            return text
        fence = "``" if "`" in folded else "`"
        return f"{fence}{folded}{fence}"

    # --- blocks ---

    def _done(self) -> str:
        line, self.line = self.line, ""
        return _tidy(line)

    def _part(self, *, code: bool = False) -> None:
        """What follows stands apart from the line before, if only by a space."""
        if "pre" in self.open:
            self.line += "\n"
        elif self.cells is not None or self.taken:
            self.line += " "
        else:
            self._flush(code=code)

    def _flush(self, *, code: bool = False) -> None:
        if code and not self.inline:
            text, self.line = self.line.strip("\n"), ""
            if text.strip():
                self.rows.append(f"```\n{text}\n```")
            return
        line = self._done()
        if not line:
            return
        if self.inline:
            self.rows.append(line)
            return
        first = line if self.prefix else "\n".join(map(unblocked, line.split("\n")))
        self.rows.append(self.prefix + first)
        self.prefix = ""

    def markdown(self) -> str:
        """All that has gone by."""
        while self.open:
            self._close(self.open.pop())
        self._flush()
        rows = [row for row in self.rows if row.strip()]
        if self.inline:
            return " ".join(" ".join(rows).split())
        written = ""
        for before, row in zip(["", *rows], rows, strict=False):
            listed = _is_entry(before) and _is_entry(row)
            written += ("\n" if listed else "\n\n") * bool(written) + row
        return written


def _is_entry(row: str) -> bool:
    return re.match(r"\s*(?:-|[0-9]+\.) ", row) is not None


def _tidy(line: str) -> str:
    """A line whose marks are at words: “** bold **” is none in Markdown. \\x01 is before a mark that
    opens, \\x02 behind one that closes."""
    line = re.sub(r"\x01(\*\*|\*|~~)(\s*)", "\\2\x01\\1", line)
    line = re.sub(r"(\s*)(\*\*|\*|~~)\x02", "\\2\x02\\1", line)
    previous = None
    while previous != line:  # a mark with nothing in it goes
        previous = line
        line = re.sub(r"\x01(\*\*|\*|~~)(\s*)\1\x02", r"\2", line)
    line = line.replace("\x01", "").replace("\x02", "")
    line = re.sub(r"[ \t]+(?=\S)", " ", line)
    return re.sub(r" *\n *", "  \n", line).strip()

"""XML as trees, read piece by piece: no entities, nothing fetched, bounded in depth and in size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers import expat

from quizapp.domain.errors import Invalid

CHUNK = 1 << 16
DEEPEST = 300
MOST_NODES = 500_000  # in one question, or one document that is read whole


class Node:
    """An element. tag: without its namespace; parts: texts and elements in order; line: where it opens.

    attributes: also, as “?name”, what a processing instruction of that name says right within it.
    """

    __slots__ = ("attributes", "line", "parts", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag, self.attributes, self.line = tag, attributes, line
        self.parts: list[str | Node] = []

    def nodes(self, *tags: str) -> Iterator[Node]:
        """The elements right below; of these tags, where any is named."""
        for part in self.parts:
            if isinstance(part, Node) and (not tags or part.tag in tags):
                yield part

    def node(self, *path: str) -> Node | None:
        """The first element at the end of a path."""
        found: Node | None = self
        for tag in path:
            found = next(found.nodes(tag), None) if found is not None else None
        return found

    def below(self, *tags: str) -> Iterator[Node]:
        """All elements of these tags at any depth, in the order of the document."""
        waiting = list(self.nodes())[::-1]
        while waiting:
            node = waiting.pop()
            if not tags or node.tag in tags:
                yield node
            waiting.extend(list(node.nodes())[::-1])

    def text(self, *path: str) -> str:
        """All text in the element at the end of a path, "" where there is none."""
        found = self.node(*path)
        texts: list[str] = []
        waiting: list[str | Node] = found.parts[::-1] if found is not None else []
        while waiting:
            part = waiting.pop()
            if isinstance(part, str):
                texts.append(part)
            else:
                waiting.extend(part.parts[::-1])
        return "".join(texts)

    def attribute(self, name: str) -> str:
        """Empty where it has none of this name."""
        return self.attributes.get(name, "")


def whole(file: BinaryIO) -> Node:
    """A document's root. Raises Invalid for what is no sound XML."""
    reader = _Reader(whole=True)
    done = list(reader.read(file))
    assert not done  # elements are given out one by one only where the document is not kept
    assert reader.root is not None
    return reader.root


def elements(file: BinaryIO) -> Iterator[tuple[str, Node]]:
    """(the root's tag, an element) for each right below the root, as soon as it has been read."""
    reader = _Reader(whole=False)
    for node in reader.read(file):
        assert reader.root is not None
        yield reader.root.tag, node


class _Reader:
    def __init__(self, *, whole: bool) -> None:
        self.whole = whole
        self.root: Node | None = None
        self.open: list[Node] = []
        self.done: list[Node] = []
        self.count = 0
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.ProcessingInstructionHandler = self._instruction
        parser.EntityDeclHandler = self._entity

    def read(self, file: BinaryIO) -> Iterator[Node]:
        try:
            while chunk := file.read(CHUNK):
                self.parser.Parse(chunk, False)
                yield from self._taken()
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise Invalid(
                f"Line {error.lineno} is no sound XML ({reason}). Export the file again, then import that."
            ) from None
        except (LookupError, ValueError) as error:  # an encoding that does not exist, or is none of letters
            raise Invalid(f"The file’s encoding can’t be read ({error}). Save it as UTF-8.") from None
        yield from self._taken()

    def _taken(self) -> list[Node]:
        done, self.done = self.done, []
        return done

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MOST_NODES or len(self.open) >= DEEPEST:
            raise Invalid("This XML is nested too deeply or too large to be a question.")
        plain = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        node = Node(tag.rpartition(":")[2], plain, self.parser.CurrentLineNumber)
        if not self.open:
            self.root = node
        elif self.whole or len(self.open) > 1:
            self.open[-1].parts.append(node)
        self.open.append(node)

    def _end(self, _tag: str) -> None:
        node = self.open.pop()
        if len(self.open) == 1 and not self.whole:
            self.done.append(node)
            self.count = 0

    def _text(self, text: str) -> None:
        if self.open and (self.whole or len(self.open) > 1):
            self.open[-1].parts.append(text)

    def _instruction(self, name: str, said: str) -> None:
        if self.open:
            self.open[-1].attributes[f"?{name}"] = said

    def _entity(self, *_declared: object) -> None:
        raise Invalid("This XML declares entities, which are not read.")

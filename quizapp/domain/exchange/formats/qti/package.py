"""The documents of a package in their order, and the pictures that they show."""

from __future__ import annotations

import io
import posixpath
from typing import NamedTuple
from urllib.parse import unquote

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Medium, medium
from quizapp.domain.exchange.conversion.archives import Archive
from quizapp.domain.exchange.conversion.trees import Node, whole
from quizapp.domain.library.kinds.base import Difficulty

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".avif", ".tif", ".tiff")
MANIFEST = "imsmanifest.xml"
DIFFICULTIES: dict[str, Difficulty] = {  # as LOM says it; the first of each is the one that is written
    "easy": "easy",
    "difficult": "hard",
    "very easy": "easy",
    "very difficult": "hard",
}
CANVAS = "$IMS-CC-FILEBASE$"  # stands for the folder of files in Canvas's texts
_BESIDE = "non_cc_assessments/"  # where Canvas keeps the whole of a quiz, beside a plainer copy


class Document(NamedTuple):
    """A file that may hold questions. tags, difficulty: as the manifest says of it."""

    name: str
    tags: tuple[str, ...] = ()
    difficulty: Difficulty = ""


def documents(archive: Archive) -> list[Document]:
    """The XML files that may hold questions: as the manifest lists them, then the others by name."""
    names = archive.names()
    readable = [name for name in names if name.endswith((".xml", ".xml.qti", ".qti"))]
    manifest = next((name for name in readable if posixpath.basename(name) == MANIFEST), "")
    listed = _listed(archive, manifest) if manifest else {}
    order = {name: place for place, name in enumerate(listed)}
    whole_quizzes = {
        posixpath.basename(name).removesuffix(".xml.qti") for name in readable if name.startswith(_BESIDE)
    }
    wanted = [
        name
        for name in readable
        if name != manifest
        and (name.startswith(_BESIDE) or posixpath.dirname(name).rpartition("/")[2] not in whole_quizzes)
    ]
    wanted.sort(key=lambda name: (order.get(name, len(order)), name))
    return [listed.get(name, Document(name)) for name in wanted]


def _listed(archive: Archive, manifest: str) -> dict[str, Document]:
    """What the manifest lists, by name in its order."""
    try:
        root = whole(io.BytesIO(archive.read(manifest)))
    except Invalid:
        return {}
    folder = posixpath.dirname(manifest)
    listed: dict[str, Document] = {}
    for node in root.below("file", "resource"):
        if node.attribute("href"):
            name = _joined(folder, node.attribute("href"))
            document = _described(node, name) if node.tag == "resource" else Document(name)
            listed.setdefault(name, document)
    return listed


def _described(resource: Node, name: str) -> Document:
    words = (" ".join(node.text().split()) for node in resource.below("keyword"))
    said = (each.text("value").strip() for each in resource.below("difficulty"))
    hard: Difficulty = next((DIFFICULTIES[each] for each in said if each in DIFFICULTIES), "")
    return Document(name, tuple(dict.fromkeys(word for word in words if word)), hard)


def _joined(folder: str, href: str) -> str:
    return posixpath.normpath(posixpath.join(folder, unquote(href)))


class Pictures:
    """The pictures of one document; without a package there are none."""

    def __init__(self, archive: Archive | None = None, name: str = "") -> None:
        self._archive, self._folder = archive, posixpath.dirname(name)
        self._names = frozenset(archive.names()) if archive is not None else frozenset()
        self._keys: dict[str, str] = {}
        self._waiting: list[Medium] = []

    def address(self, source: str) -> str:
        """The key of a picture, "" where the package has none of this name."""
        name = unquote(source.partition("?")[0])
        if CANVAS in name:
            inner = name.partition(CANVAS)[2].lstrip("/")
            places = [inner, f"web_resources/{inner}"]
        else:
            places = [_joined(self._folder, name), name.lstrip("/")]
        found = next((place for place in places if place in self._names), "")
        if not found or not found.casefold().endswith(PICTURES) or self._archive is None:
            return ""
        if found not in self._keys:
            picture = medium(posixpath.basename(found), self._archive.read(found))
            self._keys[found] = picture.key
            self._waiting.append(picture)
        return self._keys[found]

    def shown(self) -> list[Medium]:
        """The pictures that have been asked for since the last time."""
        waiting, self._waiting = self._waiting, []
        return waiting

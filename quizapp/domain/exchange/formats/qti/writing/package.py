"""Writing packages of QTI 2.1 and 3.0: a document for each question, a test of them all, and the manifest."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from quizapp.domain.exchange.bundle import Bundle, Entry, Item, Written
from quizapp.domain.exchange.conversion.losses import left_out
from quizapp.domain.exchange.file_format import FileFormat
from quizapp.domain.exchange.formats.qti.package import DIFFICULTIES, MANIFEST
from quizapp.domain.exchange.formats.qti.writing.kinds import WRITES, written_item
from quizapp.domain.exchange.formats.qti.writing.parts import WrittenItem
from quizapp.domain.exchange.formats.qti.writing.versions import V2_1, V3_0, Version, element, text
from quizapp.domain.exchange.formats.qti.writing.xhtml import FOLDER

_LOM = "http://ltsc.ieee.org/xsd/LOM"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_DAY = (1980, 1, 1, 0, 0, 0)  # of every file in the package, so that the same deck gives the same bytes
_TEST = "test"


class _QtiPackage(FileFormat):
    """A package that is read back by the format `qti`."""

    version: Version
    endings = (".zip",)
    reads = False
    writes = WRITES
    media_type = "application/zip"

    def write(self, bundle: Bundle) -> Written:
        return _written(bundle, self.version)


class Qti21(_QtiPackage):
    """What most programs read."""

    name = "qti21"
    title = "QTI 2.1"
    version = V2_1


class Qti30(_QtiPackage):
    """The newest form."""

    name = "qti30"
    title = "QTI 3.0"
    version = V3_0


def _written(bundle: Bundle, version: Version) -> Written:
    files: dict[str, bytes] = {}
    entries: list[Entry] = []
    resources: list[str] = []
    for item in bundle.items:
        made = written_item(item, version, bundle.media)
        if isinstance(made, str):
            entries.append(left_out(item, "", made))
            continue
        name = f"item-{len(resources) + 1}"
        files[f"{name}.xml"] = made.document.encode()
        files |= {f"{FOLDER}{key}.webp": bundle.media[key].data for key in made.pictures}
        resources.append(_resource(version, name, item, made))
        entries.append(left_out(item, f"{name}.xml", *made.lost, kept=True))
    names = [f"item-{number}" for number in range(1, len(resources) + 1)]
    files[f"{_TEST}.xml"] = _test(version, bundle.title, names).encode()
    manifest = _manifest(version, names, resources)
    return Written(data=_zipped({MANIFEST: manifest.encode(), **files}), entries=tuple(entries))


def _manifest(version: Version, names: Iterable[str], resources: Iterable[str]) -> str:
    schema, number = version.schema
    about = element("metadata", element("schema", schema), element("schemaversion", number))
    test = element(
        "resource",
        element("file", href=f"{_TEST}.xml"),
        *(element("dependency", identifierref=name) for name in names),
        identifier=_TEST,
        type=version.test_type,
        href=f"{_TEST}.xml",
    )
    parts = (about, element("organizations"), element("resources", test, *resources))
    return f"{_HEAD}{element('manifest', *parts, xmlns=version.package, identifier='manifest')}\n"


def _resource(version: Version, name: str, item: Item, made: WrittenItem) -> str:
    """An item in the manifest, with its tags and how hard its author thinks it is."""
    files = (f"{name}.xml", *(f"{FOLDER}{key}.webp" for key in made.pictures))
    return element(
        "resource",
        _about(item),
        *(element("file", href=file) for file in files),
        identifier=name,
        type=version.item_type,
        href=f"{name}.xml",
    )


def _about(item: Item) -> str:
    keywords = [element("keyword", element("string", text(tag))) for tag in item.tags]
    hard = next((each for each, ours in DIFFICULTIES.items() if ours and ours == item.content.difficulty), "")
    parts = [element("general", *keywords)] if keywords else []
    if hard:
        value = element("difficulty", element("source", "LOMv1.0"), element("value", hard))
        parts.append(element("educational", value))
    return element("metadata", element("lom", *parts, xmlns=_LOM)) if parts else ""


def _test(version: Version, title: str, names: Iterable[str]) -> str:
    """The questions in their order."""
    items = (version.element("assessmentItemRef", identifier=name, href=f"{name}.xml") for name in names)
    section = version.element("assessmentSection", *items, identifier="section", title=title, visible="true")
    part = version.element(
        "testPart", section, identifier="part", navigationMode="nonlinear", submissionMode="individual"
    )
    test = version.element("assessmentTest", part, xmlns=version.namespace, identifier=_TEST, title=title)
    return f"{_HEAD}{test}\n"


def _zipped(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, _DAY), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()

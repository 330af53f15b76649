"""Hostile files: each is refused with a sentence, in bounded time and memory, and nothing is stored."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from quizapp.domain.errors import Invalid
from quizapp.domain.exchange.bundle import Entry
from quizapp.domain.exchange.file_format import Options
from quizapp.domain.language.markup import block
from quizapp.services.exchange.reader.isolated import as_file, reading

MEGABYTE = 1_000_000


def packed(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return data.getvalue()


def linked(names: tuple[str, ...]) -> bytes:
    """A package of which the last entry is a link to a file of the server."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o120777 if name == names[-1] else 0o100644) << 16
            archive.writestr(entry, "/etc/passwd")
    return data.getvalue()


def bomb() -> bytes:
    """A thousand megabytes in one."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("h5p.json", "{}")
        with archive.open("content/content.json", "w") as entry:
            for _ in range(400):
                entry.write(b" " * MEGABYTE)
    return data.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "zip bomb": bomb,
    "half a zip": lambda: packed({"xl/workbook.xml": b"x" * 1000})[:-40],
    "a workbook that is none": lambda: packed({"xl/workbook.xml": b"<a/>"}),
    "nested JSON": lambda: packed({"h5p.json": b"{}", "content/content.json": b"[" * MEGABYTE}),
    "entities": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
        b'<quiz><question type="truefalse"><name><text>&b;</text></name></question></quiz>'
    ),
    "an entity of the system": lambda: (
        b'<!DOCTYPE quiz [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz><question>&x;</question></quiz>'
    ),
    "nested XML": lambda: b"<quiz>" + b"<question>" * MEGABYTE,
    "nested TOML": lambda: b"[deck]\nx = " + b"[" * MEGABYTE,
    "a line without end": lambda: b"$CATEGORY: x\n\n" + b"x" * (3 * MEGABYTE),
    "no text": lambda: bytes(range(256)) * 100,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence(name: str) -> None:
    said = ""
    with as_file(HOSTILE[name]()) as file:
        try:
            with reading(file, Options()) as records:
                assert [record for record in records if isinstance(record, Entry) and record.item] == []
        except Invalid as error:
            said = str(error)
    assert said[-1:] in {".", "?"}
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "names",
    [
        ("imsmanifest.xml", "item.xml"),
        ("h5p.json", "content/content.json"),
        ("media", "collection.anki2"),
    ],
)
def test_a_link_to_a_file_of_the_server_is_refused(names: tuple[str, ...]) -> None:
    said = "links to other files"
    with (
        as_file(linked(names)) as file,
        pytest.raises(Invalid, match=said),
        reading(file, Options()) as records,
    ):
        list(records)


def test_names_that_lead_elsewhere_lead_nowhere() -> None:
    content = b'{"questions": [{"library": "H5P.TrueFalse 1", "params": {"question": "<img src=\\"../../etc/passwd.png\\">It is.", "correct": "true"}}]}'
    data = packed({"h5p.json": b"{}", "content/content.json": content, "content/../../etc/passwd.png": b"x"})
    with as_file(data) as file, reading(file, Options()) as records:
        (entry,) = [record for record in records if isinstance(record, Entry)]
    assert entry.item is not None
    assert "It is." in entry.item.content.stem


def test_many_open_quotes_and_braces_take_no_time() -> None:
    for text in (b'"a,' * 100_000, b'"' * 100_000 + b",\n", b"{" * 50_000 + b",=\n\n" * 5_000):
        with as_file(text) as file, reading(file, Options(), format="csv") as records:
            for _ in records:
                pass
    with as_file(b"A {=b\n\n" * 5_000) as file, reading(file, Options(), format="gift") as records:
        assert sum(1 for _ in records) == 5_000


def test_scripts_in_fields_become_words_or_nothing() -> None:
    text = b'[html]<p onclick="x()">Who?<script>alert(1)</script><img src=x onerror=y></p> {=[html]<b>Ann</b> ~Bob ~Cy}'
    with as_file(text) as file, reading(file, Options(), format="gift") as records:
        (entry,) = [record for record in records if isinstance(record, Entry)]
    assert entry.item is not None
    assert "A script was left out." in entry.notes
    assert "alert" not in entry.item.content.stem
    assert "onerror" not in block(entry.item.content.stem)

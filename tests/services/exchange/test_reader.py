"""Files are read in a process of their own: what is evil or broken ends there, with one sentence."""

from __future__ import annotations

import io
import zipfile

import pytest

from quizapp.domain.errors import Invalid, Missing
from quizapp.domain.exchange.bundle import Entry
from quizapp.domain.exchange.file_format import Options
from quizapp.services.exchange.formats import format_named, look, recognised
from quizapp.services.exchange.reader import isolated
from quizapp.services.exchange.reader.child import DAMAGED, run
from quizapp.services.exchange.reader.isolated import as_file, reading
from quizapp.services.exchange.reader.messages import Found, Halted, Task


def read(data: bytes, *, name: str = "", format: str = "") -> tuple[str, list[Entry]]:
    with as_file(data) as file, reading(file, Options(name=name), format=format) as records:
        return records.format, [record for record in records if isinstance(record, Entry)]


def test_records_come_from_another_process_as_they_were_read() -> None:
    format, (first, second) = read(b"Who? {=Ann ~Bob ~Cy}\n\nHow long? {#8.50:0.1}\n")
    assert format == "gift"
    assert first.item is not None
    assert second.item is not None
    assert [type(entry.item.content).__name__ for entry in (first, second) if entry.item] == [
        "SingleChoice",
        "Numeric",
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "It’s empty"),
        (b"\x00\x01\x02", "could not be told"),
        (b"::a:: What? {T}\n\n\xff", "UTF-8"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence):
        read(data)


def test_what_was_read_before_a_fault_has_come() -> None:
    with as_file(b"A? {T}\n\n\xff {T}") as file, reading(file, Options(), format="gift") as records:
        assert isinstance(next(records), Entry)
        with pytest.raises(Invalid, match="Line 3"):
            next(records)


def test_a_reader_that_is_stopped_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "LEAST_SECONDS", 0)
    with pytest.raises(Invalid, match="took too long"):
        read(b"A? {T}")


def test_a_file_that_is_too_large_is_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "MOST_BYTES", 3)
    with pytest.raises(Invalid, match="larger than"):
        read(b"A? {T}")


def test_anyone_who_stops_listening_ends_the_reader() -> None:
    many = b"\n\n".join(b"Question %d? {T}" % number for number in range(20_000))
    with as_file(many) as file, reading(file, Options(), format="gift") as records:
        next(records)
    assert list(records) == []


def test_a_fault_of_a_library_is_told_as_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken(io.BytesIO):
        def readline(self, *_: object) -> bytes:
            raise ZeroDivisionError

    messages = list(run(Broken(b"x"), Task(format="gift")))
    assert messages == [Found("gift"), Halted(DAMAGED)]


def test_an_archive_is_looked_into() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("imsmanifest.xml", "<x/>")
    assert look(packed_at_start(packed), "x.zip").inside == ("imsmanifest.xml",)
    assert look(io.BytesIO(b"PK\x03\x04 broken"), "x.zip").inside == ()


def packed_at_start(file: io.BytesIO) -> io.BytesIO:
    file.seek(0)
    return file


def test_formats_are_found_by_name_and_by_look() -> None:
    assert recognised(io.BytesIO(b"a,b\nc,d\n"), "words.csv").name == "csv"
    assert format_named("gift").name == "gift"
    with pytest.raises(Missing, match="There is no format"):
        format_named("tea leaves")

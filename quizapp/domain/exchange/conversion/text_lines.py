"""Lines of a text file, one at a time; what is no text is refused in a sentence."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from quizapp.domain.errors import Invalid

LONGEST_LINE = 1_000_000  # bytes


def utf8_lines(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """(number from 1, line without its end) of a UTF-8 file. Raises Invalid, naming the line, for others."""
    for number, raw in _lines(file):
        if number == 1 and raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise Invalid("This file is UTF-16. Save it as UTF-8, then import it again.")
        line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
        if b"\0" in line:
            raise Invalid(f"Line {number} is no text. Choose a text file saved as UTF-8.")
        try:
            yield number, line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise Invalid(
                f"Line {number} holds a letter that is not UTF-8 (byte {error.start + 1}). "
                "Save the file as UTF-8."
            ) from None


def text_of(file: BinaryIO, *, most: int) -> str:
    """The whole of a text file of at most `most` bytes: UTF-8, UTF-16 with its mark, else Windows' western
    letters. Raises Invalid for what is larger or no text."""
    data = file.read(most + 1)
    if len(data) > most:
        raise Invalid(f"This text is larger than {most // 1_000_000} MB. Divide it and import the parts.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace").removeprefix("\ufeff")
    if b"\0" in data:
        raise Invalid("This file is no text. Choose a text file saved as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Invalid(f"Line {number} is longer than a million letters. Is this the right file?")
        if b"\r" in line.rstrip(b"\r\n"):  # a Macintosh of old
            for part in line.splitlines():
                yield number, part
                number += 1
            number -= 1
            continue
        yield number, line

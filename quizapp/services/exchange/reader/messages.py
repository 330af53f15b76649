"""What passes between the server and the reader of a file."""

from __future__ import annotations

import msgspec

from quizapp.domain.exchange.bundle import Entry, Medium
from quizapp.domain.exchange.file_format import Options, TableShape


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """How to read the file at the reader's standard input. format: a name, "" to find out."""

    format: str = ""
    options: Options = Options()
    seconds: int = 20


class Found(msgspec.Struct, frozen=True, tag="found"):
    """The first message: which format it is, and of a table how it is taken."""

    format: str
    shape: TableShape | None = None


class Halted(msgspec.Struct, frozen=True, tag="halted"):
    """The last message where the file cannot be read, or not to its end."""

    message: str


Message = Found | Entry | Medium | Halted
DECODER: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(Message)

"""No one's slow line holds anyone else: slow senders, given-up requests, idle lines."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from urllib3 import encode_multipart_formdata

from tests.durability.client import FORM, Client, Seen
from tests.serving import Server

GUARD = 300.0  # seconds; against hanging, no measure
HEAD = "{} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
Line = Callable[[bytes], socket.socket]


class Impatient(Client):
    """A client that tries once: what is not answered fails."""

    def request(self, method: str, path: str, body: str | bytes = "", media: str = FORM) -> Seen:
        self.connection = HTTPConnection("127.0.0.1", self.port, timeout=GUARD)
        try:
            return self._once(method, path, body, media)
        finally:
            self.connection.close()

    def twin(self) -> Impatient:
        """The same person in another window."""
        other = Impatient(self.port)
        other.cookies = dict(self.cookies)
        return other

    def send(self, page: Seen, action: str, **values: str) -> Seen:
        """Send the page's form of this action, with these values."""
        return self.request("POST", action, urlencode(fields_of(page, action) | values))

    def upload(self, page: Seen, action: str, name: str, file: bytes, **values: str) -> Seen:
        """Send the page's form of this action with a file in the field of this name."""
        return self.request("POST", action, *with_file(fields_of(page, action) | values, name, file))


def fields_of(page: Seen, action: str) -> dict[str, str]:
    """What is in the inputs of the page's form of this action."""
    form = BeautifulSoup(page.html, "html.parser").find("form", attrs={"action": action})
    assert isinstance(form, Tag), page.html
    return {str(each["name"]): str(each.get("value", "")) for each in form.select("input[name]")}


def with_file(fields: dict[str, str], name: str, file: bytes) -> tuple[bytes, str]:
    """A form with a file, as browsers send it: its bytes and their media type."""
    return encode_multipart_formdata({**fields, name: ("file.html", file)})


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    made = Server(tmp_path_factory.mktemp("slow") / "data", workers=2)
    yield made.start()
    made.kill()


@pytest.fixture
def line(serving: Server) -> Iterator[Line]:
    """Opens a line to the server and says something on it; all are closed in the end."""
    with ExitStack() as lines:

        def opened(said: bytes) -> socket.socket:
            made = socket.create_connection(("127.0.0.1", serving.port), GUARD)
            lines.enter_context(made)
            made.sendall(said)
            return made

        yield opened


def unfinished(method: str, length: int, sent: int, path: str = "/sign-in") -> bytes:
    return (HEAD.format(f"{method} {path}") + f"Content-Length: {length}\r\n\r\n").encode() + b"a" * sent


def is_open(line: socket.socket) -> bool:
    """Whether nothing has been said on the line, nor has it been closed."""
    line.setblocking(False)
    try:
        line.recv(1)
    except BlockingIOError:
        return True
    finally:
        line.settimeout(GUARD)
    return False


def served(server: Server) -> None:
    """Both workers answer, and an answer of a new learner is stored."""
    for _ in range(6):  # on connections of their own: either worker may take them
        connection = HTTPConnection("127.0.0.1", server.port, timeout=GUARD)
        connection.request("GET", "/healthz", headers={"Connection": "close"})
        assert connection.getresponse().status == 200
        connection.close()
    learner = Impatient(server.port)
    learner.begin()
    assert learner.answer()


SLOW = {
    "a body that begins": unfinished("POST", 1_000, 10),
    "a body that never comes": unfinished("POST", 1_000, 0),
    "a long one": unfinished("POST", 50_000, 20_000),
    "one in chunks": (HEAD.format("POST /sign-in") + "Transfer-Encoding: chunked\r\n\r\n5\r\nabc").encode(),
    "the body of a GET": unfinished("GET", 1_000, 10, "/"),
    "an unknown method": unfinished("PUT", 1_000, 10, "/nowhere"),
    "a head that never ends": b"POST /sign-in HTTP/1.1\r\nHost: loc",
}


@pytest.mark.parametrize("said", SLOW)
def test_eight_slow_senders_hold_no_one(said: str, serving: Server, line: Line) -> None:
    slow = [line(SLOW[said]) for _ in range(8)]
    served(serving)
    assert all(map(is_open, slow)), "they were still sending"


def test_a_sender_that_has_fallen_silent_is_told_and_its_line_closed(serving: Server, line: Line) -> None:
    said = b""
    silent = line(unfinished("POST", 1_000, 10))
    while part := silent.recv(4096):
        said += part
    assert said.startswith(b"HTTP/1.1 408 ")
    assert b"Nothing was saved" in said


def test_requests_that_are_given_up_leave_nothing_behind(serving: Server, line: Line) -> None:
    preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"
    for said in (unfinished("POST", 1_000, 10), preface, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"):
        for _ in range(20):
            line(said).close()
        served(serving)


def test_http_2_is_not_spoken(serving: Server, line: Line) -> None:
    opened = line(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0")
    while part := opened.recv(4096):
        assert part.startswith(b"HTTP/1.1 4")


def test_hundreds_of_idle_lines_hold_no_one(serving: Server, line: Line) -> None:
    idle = [line(b"") for _ in range(250)]
    kept = [line(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n") for _ in range(50)]
    served(serving)
    assert all(map(is_open, idle))
    assert all(each.recv(15) == b"HTTP/1.1 200 OK" for each in kept)


def test_an_honest_slow_line_is_served(serving: Server, line: Line) -> None:
    """A form comes in small pieces with pauses; what it says is read as a whole."""
    body = urlencode({"name": "x" * 3_000}).encode()
    slow = line(unfinished("POST", len(body), 0))
    for start in range(0, len(body), 300):
        slow.sendall(body[start : start + 300])
        served_one = HTTPConnection("127.0.0.1", serving.port, timeout=GUARD)  # the pause: others are served
        served_one.request("GET", "/healthz")
        assert served_one.getresponse().status == 200
        served_one.close()
    answer = slow.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 400 "), "it lacks its token, and was read to find that out"
    assert b"This page has expired" in answer


def test_what_is_too_large_for_a_visitor_is_refused_before_it_is_sent(line: Line) -> None:
    for path, status in (("/sign-in", b"413"), ("/teach/articles/add", b"404"), ("/nowhere", b"413")):
        answer = line(unfinished("POST", 8_000_000, 0, path)).recv(65_536)
        assert answer.startswith(b"HTTP/1.1 " + status), (path, answer[:60])


def test_refusals_are_in_the_log_as_it_comes(serving: Server) -> None:
    learner = Impatient(serving.port)
    learner.begin()
    assert learner.request("GET", "/teach/").status == 404
    assert "INFO quizapp: refused: GET authoring.decks {} to account " in serving.output


def test_a_stop_waits_for_no_abandoned_request(tmp_path: Path) -> None:
    server = Server(tmp_path / "data", workers=2).start()
    lines = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(12)]
    for said, each in zip([*SLOW.values(), b""] * 2, lines, strict=False):
        each.sendall(said)
    served(server)
    assert server.stop() == 0
    for each in lines:
        each.close()

"""Fetching from real servers on this machine. Only the guard's rule on which address may be reached is
another in most tests, since the real one refuses this machine (which has tests of its own)."""

from __future__ import annotations

import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from quizapp.domain.errors import Invalid
from quizapp.services.sources import retrieval
from quizapp.services.sources.retrieval import Guard, fetch, resolve

PAGE = b"<html><p>The harbour master had a dog.</p></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers by path; keeps what it was asked."""

    asked: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        type(self).asked.append((self.path, dict(self.headers)))
        answer = getattr(self, f"at_{self.path.strip('/').partition('?')[0].partition('/')[0]}", None)
        if answer is None:
            self.reply(200, PAGE)
        else:
            answer()

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in {"content_type": "text/html; charset=utf-8", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass

    def at_missing(self) -> None:
        self.reply(404)

    def at_broken(self) -> None:
        self.reply(500)

    def at_forbidden(self) -> None:
        self.reply(403)

    def at_picture(self) -> None:
        self.reply(200, b"x", content_type="image/png")

    def at_onward(self) -> None:
        self.reply(302, location="/found/a.txt?x=1")

    def at_around(self) -> None:
        self.reply(301, location="/around")

    def at_inward(self) -> None:
        self.reply(307, location=f"http://127.0.0.1:{self.server.server_address[1]}/")

    def at_file(self) -> None:
        self.reply(302, location="file:///etc/passwd")

    def at_metadata(self) -> None:
        self.reply(302, location="http://169.254.169.254/latest/meta-data/")

    def at_packed(self) -> None:
        self.reply(200, gzip.compress(PAGE), content_encoding="gzip")

    def at_bomb(self) -> None:
        self.reply(200, gzip.compress(b"0" * 200_000_000, 9), content_encoding="gzip")

    def at_endless(self) -> None:
        self.reply(200)
        with __import__("contextlib").suppress(OSError):
            while True:
                self.wfile.write(b"x" * 100_000)

    def at_drip(self) -> None:
        self.reply(200)
        self.drip(b"x")

    def at_slowhead(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        self.drip(b"X-A: b\r\n")

    def at_silent(self) -> None:
        self.closing.wait()

    def at_cut(self) -> None:
        self.reply(200, b"x", content_length="1000")

    def at_garbage(self) -> None:
        self.wfile.write(b"\0\1\2\3\r\n\r\n")

    def drip(self, drop: bytes) -> None:
        with __import__("contextlib").suppress(OSError):
            while not self.closing.wait(0.05):
                self.wfile.write(drop)
                self.wfile.flush()


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[tuple[int, list[tuple[str, dict[str, str]]]]]:
    """A server on this machine: its port, and what it was asked."""

    class Own(Handler):
        asked: list[tuple[str, dict[str, str]]] = []  # noqa: RUF012 one list for each server
        closing = threading.Event()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Own)
    server.daemon_threads = True
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server.server_address[1], Own.asked
    finally:
        Own.closing.set()
        server.shutdown()
        server.server_close()


@pytest.fixture
def site() -> Iterator[tuple[int, list[tuple[str, dict[str, str]]]]]:
    with serving() as found:
        yield found


def guard(
    may_reach: Callable[[str, int], bool] = lambda _address, _port: True, seconds: float = 10.0
) -> Guard:
    return Guard(resolve=lambda _host, _port: ["127.0.0.1"], may_reach=may_reach, seconds=seconds)


def test_a_page_comes_with_what_the_server_says_of_it(site):
    port, asked = site
    found = fetch(f"http://pages.example:{port}/news/a.html?b=c", guard())
    assert (found.data, found.media, found.charset, found.name) == (PAGE, "text/html", "utf-8", "a.html")
    assert found.address == f"http://pages.example:{port}/news/a.html?b=c"
    path, headers = asked[0]
    assert path == "/news/a.html?b=c"
    assert headers["Host"] == f"pages.example:{port}"
    assert {"Cookie", "Authorization", "Referer"} & headers.keys() == set()


def test_a_redirect_is_followed_and_the_last_address_told(site):
    port, _ = site
    assert (
        fetch(f"http://pages.example:{port}/onward", guard()).address
        == f"http://pages.example:{port}/found/a.txt?x=1"
    )


def test_packed_pages_are_unpacked(site):
    assert fetch(f"http://pages.example:{site[0]}/packed", guard()).data == PAGE


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("missing", "no page at this link"), ("broken", "error .500."), ("forbidden", "doesn’t let"), ("picture", "not an article"),
        ("around", "Too many redirects"), ("file", "begin with https"), ("bomb", "larger than 10 MB"), ("endless", "larger than 10 MB"),
        ("cut", "doesn’t respond"), ("garbage", "doesn’t respond"),
    ],
)  # fmt: skip
def test_what_is_not_to_be_had_is_told_in_words(site, path, words):
    with pytest.raises(Invalid, match=words):
        fetch(f"http://pages.example:{site[0]}/{path}", guard(seconds=120))


@pytest.mark.parametrize("path", ["drip", "slowhead", "silent"])
def test_one_clock_runs_for_all_of_it(site, path):
    """The server goes on for ever: only the clock ends it."""
    with pytest.raises(Invalid, match="longer than"):
        fetch(f"http://pages.example:{site[0]}/{path}", guard(seconds=0.5))


def test_a_resolver_that_never_answers_is_not_waited_for():
    over = threading.Event()
    slow = Guard(resolve=lambda _host, _port: over.wait() and [], may_reach=lambda *_: True, seconds=0.2)
    try:
        with pytest.raises(Invalid, match="longer than"):
            fetch("http://pages.example/", slow)
    finally:
        over.set()


def test_no_one_listening_and_no_such_name():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Invalid, match="doesn’t respond"):
        fetch(f"http://pages.example:{port}/", guard())

    def unknown(_host: str, _port: int) -> list[str]:
        raise socket.gaierror

    with pytest.raises(Invalid, match="No site with this name"):
        fetch("http://pages.example/", Guard(resolve=unknown))
    with pytest.raises(Invalid, match="No site with this name"):
        fetch("http://pages.example/", Guard(resolve=lambda *_: []))


# --- where it must not go ---------------------------------------------------------------------------

SPELLINGS = """
127.0.0.1 127.0.0.1. 127.1 127.0.1 0 0.0.0.0 2130706433 0x7f000001 0x7f.0.0.1 0177.0.0.1 017700000001 127.0.0.01 localhost
LOCALHOST localhost. [::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [0:0:0:0:0:0:0:1] ①②⑦.⓪.⓪.① 127。0。0。1
[64:ff9b::7f00:1] [2002:7f00:1::] 169.254.169.254 10.0.0.1 [fe80::1]
""".split()


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_this_machine_or_its_network_is_fetched(site, host):
    """By the system's own resolver and the real rule; the server would note any request."""
    port, asked = site
    for address in (f"http://{host}/", f"http://{host}:8080/"):
        with pytest.raises(Invalid):
            fetch(address, Guard(may_reach=lambda found, _port: retrieval.is_public(found)))
    with pytest.raises(Invalid):
        fetch(f"http://{host}:{port}/", Guard(may_reach=lambda found, _port: retrieval.is_public(found)))
    assert asked == []


def test_there_are_enough_spellings():
    assert len(SPELLINGS) >= 22


def test_the_real_guard_keeps_to_the_ports_of_the_web():
    assert retrieval.may_reach("93.184.216.34", 443)
    assert not retrieval.may_reach("93.184.216.34", 22)
    assert not retrieval.may_reach("127.0.0.1", 80)
    assert "127.0.0.1" in resolve("127.0.0.1", 80)


@pytest.mark.parametrize("path", ["inward", "metadata"])
def test_a_redirect_into_the_network_is_refused_before_anything_is_asked_there(site, path):
    port, asked = site
    names = {"pages.example": ["93.184.216.34"]}

    def by_name(host: str, _port: int) -> list[str]:
        return names.get(host, [host])

    outside = {"93.184.216.34"}

    class Rule:
        """Public addresses only; the one public server of this test is on this machine."""

        def __call__(self, address: str, _port: int) -> bool:
            return address in outside or retrieval.is_public(address)

    standing_in = Guard(
        resolve=lambda host, number: ["127.0.0.1"] if host == "pages.example" else by_name(host, number),
        may_reach=_only_first(Rule()),
    )
    with pytest.raises(Invalid, match="doesn’t lead to a public page"):
        fetch(f"http://pages.example:{port}/{path}", standing_in)
    assert [path for path, _ in asked] == [f"/{path}"]


def _only_first(rule: Callable[[str, int], bool]) -> Callable[[str, int], bool]:
    """Let the first address pass, as a public one would; judge all others by the rule."""
    seen: list[str] = []

    def judge(address: str, port: int) -> bool:
        seen.append(address)
        return len(seen) == 1 or rule(address, port)

    return judge


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    mixed = Guard(resolve=lambda *_: ["93.184.216.34", "10.0.0.1"])
    with pytest.raises(Invalid, match="doesn’t lead to a public page"):
        fetch("http://pages.example/", mixed)


def test_a_name_that_changes_its_mind_is_asked_once_and_the_judged_address_is_used(site):
    port, asked = site
    answers = [["127.0.0.1"], ["127.0.0.2"], ["10.0.0.1"]]
    judged: list[str] = []

    def changing(_host: str, _port: int) -> list[str]:
        return answers.pop(0)

    def judge(address: str, _port: int) -> bool:
        judged.append(address)
        return True

    fetch(f"http://pages.example:{port}/", Guard(resolve=changing, may_reach=judge))
    assert judged == ["127.0.0.1"]
    assert len(answers) == 2
    assert len(asked) == 1


def test_proxies_of_the_environment_are_not_used(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert fetch(f"http://pages.example:{site[0]}/", guard()).data == PAGE


# --- https ---------------------------------------------------------------------------------------------


def certificate(folder: Path, name: str) -> Path:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - timedelta(days=1))
        .not_valid_after(today + timedelta(days=9))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    encoding = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(encoding)
    )
    return path


def test_https_asks_by_name_at_the_judged_address_and_checks_the_certificate(tmp_path):
    pem = certificate(tmp_path, "pages.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    named: list[str | None] = []
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    trusting = Guard(
        resolve=lambda *_: ["127.0.0.1"],
        may_reach=lambda *_: True,
        context=lambda: ssl.create_default_context(cafile=str(pem)),
    )
    with serving(context) as (port, asked):
        assert fetch(f"https://pages.example:{port}/", trusting).data == PAGE
        assert named[0] == "pages.example"
        with pytest.raises(Invalid, match="certificate"):
            fetch(f"https://other.example:{port}/", trusting)
        with pytest.raises(Invalid, match="certificate"):
            fetch(f"https://pages.example:{port}/", guard())
        assert len(asked) == 1

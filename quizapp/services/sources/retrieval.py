"""Fetching a page for a teacher without being led into the network the server is in.

The name is resolved once, every address it has is judged, and the connection goes to an address that
was judged, so that a name that changes its mind between the two gains nothing. Each redirect begins
again. No cookies, no credentials, no proxy of the environment; one clock for all of it.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from queue import Empty, Queue
from urllib.parse import urljoin, urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util.ssl_match_hostname import CertificateError

from quizapp.domain.errors import Invalid
from quizapp.domain.language.links import Link, is_public, parse_link
from quizapp.domain.language.translation import _, marked

MOST_REDIRECTS = 3
SECONDS = 10.0
MOST_BYTES = 10_000_000  # decoded
CHUNK = 1 << 16
OPEN_PORTS = frozenset({80, 443, 8080, 8443})
TYPES = frozenset(
    {
        "", "text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown",
        "application/pdf", "application/epub+zip", "application/octet-stream",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)  # fmt: skip
HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; Quizapp)",
    "Accept": "text/html, application/xhtml+xml, application/pdf, text/plain, */*;q=0.1",
    "Accept-Encoding": "gzip",
    "Connection": "close",
}
CLOSED = marked(
    "This link doesn’t lead to a public page, so it can’t be read from here. Open it in your browser and "
    "paste the text instead."
)
TOO_SLOW = marked("The page took longer than {seconds} seconds. Try again, or open it and paste the text.")
TOO_LARGE = marked("The page is larger than {most} MB. Open it in your browser and paste the text instead.")
_REASONS = {
    401: marked("The page asks for a password. Open it in your browser and paste the text instead."),
    403: marked(
        "The site doesn’t let this server read the page. Open it in your browser and paste the text instead."
    ),
    404: marked("There’s no page at this link. Check it in your browser."),
    410: marked("This page no longer exists."),
    429: marked("The site is limiting our requests. Try again later, or paste the text."),
    451: marked(
        "This page can’t be shown in the server’s country. Open it in your browser and paste the text."
    ),
}


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A page as it came. address: where it was found in the end; name: the file's, if the link has one."""

    data: bytes
    address: str
    name: str
    media: str
    charset: str


class Closed(Invalid):
    """The link does not lead to where the guard lets the server go."""


class TooLarge(Invalid):
    """More came than is wanted."""


def resolve(host: str, port: int) -> Sequence[str]:
    """Every address of a name, as the system's resolver says; raises OSError where it knows none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def may_reach(address: str, port: int) -> bool:
    """Whether the server may connect there."""
    return is_public(address) and port in OPEN_PORTS


@dataclass(frozen=True, kw_only=True)
class Guard:
    """How names are resolved and which addresses may be reached; tests put their own in."""

    resolve: Callable[[str, int], Sequence[str]] = resolve
    may_reach: Callable[[str, int], bool] = may_reach
    context: Callable[[], ssl.SSLContext] = ssl.create_default_context
    seconds: float = SECONDS


ANYWHERE = Guard(may_reach=lambda _address, _port: True)  # what whoever runs the site names in its settings


def fetch(link: str, guard: Guard | None = None) -> Fetched:
    """The page at a link. Raises Invalid, in words for a person, for whatever keeps it from being read."""
    guard = guard or Guard()
    end = time.monotonic() + guard.seconds
    wanted = parse_link(link)
    for _hop in range(MOST_REDIRECTS + 1):
        with _opened(wanted, guard, end) as response:
            onward = (
                response.headers.get("Location") if response.status in {301, 302, 303, 307, 308} else None
            )
            if onward is None:
                return _read(response, wanted, end)
        wanted = parse_link(urljoin(wanted.address, onward))
    raise Invalid(_("Too many redirects. Open it in your browser and paste the text instead."))


def send(
    link: str, body: bytes | None, headers: Mapping[str, str], guard: Guard, *, most: int
) -> tuple[int, bytes]:
    """Send something to a link, or ask it (None): the answer's status and its bytes, wherever it would lead
    on to. Raises Closed, TooLarge (more than `most` bytes) or Invalid (no answer, or not in time)."""
    end = time.monotonic() + guard.seconds
    method = "GET" if body is None else "POST"
    with _opened(parse_link(link), guard, end, method, body, headers) as response:
        return response.status, _within(response, most, end)


def _checked_address(link: Link, guard: Guard, end: float) -> str:
    """An address of the link's host; refused where any of them is not to be reached."""
    found: Queue[Sequence[str] | OSError | UnicodeError] = Queue()

    def ask() -> None:
        try:
            found.put(guard.resolve(link.host, link.port))
        except (OSError, UnicodeError) as error:
            found.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        addresses = found.get(timeout=max(0.0, end - time.monotonic()))
    except Empty:
        raise Invalid(_too_slow()) from None
    if isinstance(addresses, Exception) or not addresses:
        raise Invalid(_("No site with this name was found. Check the link."))
    if not all(guard.may_reach(address, link.port) for address in addresses):
        raise Closed(_(CLOSED))
    return addresses[0]


@contextlib.contextmanager
def _opened(
    link: Link,
    guard: Guard,
    end: float,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] = HEADERS,
) -> Iterator[BaseHTTPResponse]:
    """The response at a link, from an address that was judged; closed when the time is over."""
    address = _checked_address(link, guard, end)
    left = max(0.01, end - time.monotonic())
    connection: HTTPConnection
    if link.scheme == "https":
        connection = HTTPSConnection(
            address, link.port, timeout=left, ssl_context=guard.context(),
            server_hostname=link.host, assert_hostname=link.host, cert_reqs="CERT_REQUIRED",
        )  # fmt: skip
    else:
        connection = HTTPConnection(address, link.port, timeout=left)
    watch = threading.Timer(left, _hang_up, [connection])
    watch.daemon = True
    watch.start()
    try:
        sent = {"Host": link.authority, **headers}
        connection.request(method, link.target, body=body, headers=sent, preload_content=False)
        yield connection.getresponse()
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        raise Invalid(_reason(error, end)) from None
    finally:
        watch.cancel()
        connection.close()


def _hang_up(connection: HTTPConnection) -> None:
    """Cut a connection off whatever it is waiting for."""
    if connection.sock is not None:
        with contextlib.suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _too_slow() -> str:
    return _(TOO_SLOW).format(seconds=round(SECONDS))


def _reason(error: Exception, end: float) -> str:
    if time.monotonic() >= end - 0.05 or isinstance(error, TimeoutError):
        return _too_slow()
    if isinstance(error, ssl.SSLError | CertificateError) or "certificate" in str(error).casefold():
        return _(
            "The site’s security certificate isn’t valid. Open it in your browser and paste the text instead."
        )
    return _("The site doesn’t respond. Check the link, or try again later.")


def _read(response: BaseHTTPResponse, link: Link, end: float) -> Fetched:
    if response.status != 200:
        raise Invalid(
            _(_REASONS[response.status])
            if response.status in _REASONS
            else _("The site answered with an error ({status}). Try again later.").format(
                status=response.status
            )
        )
    stated = response.headers.get("Content-Type", "")
    media = stated.partition(";")[0].strip().casefold()
    if media not in TYPES:
        raise Invalid(_("This link leads to a file, not an article ({media}).").format(media=media[:60]))
    data = _within(response, MOST_BYTES, end)
    charset = next(
        (part.partition("=")[2].strip("\"' ") for part in stated.split(";") if "charset=" in part.casefold()),
        "",
    )
    name = urlsplit(link.address).path.rpartition("/")[2]
    return Fetched(data=data, address=link.address, name=name, media=media, charset=charset)


def _within(response: BaseHTTPResponse, most: int, end: float) -> bytes:
    """What comes, in time and not too much of it."""
    parts, size = [], 0
    while chunk := response.read1(CHUNK, decode_content=True):
        size += len(chunk)
        if size > most:
            raise TooLarge(_(TOO_LARGE).format(most=MOST_BYTES // 1_000_000))
        if time.monotonic() > end:
            raise Invalid(_too_slow())
        parts.append(chunk)
    if time.monotonic() >= end:  # cut off by the watch: what came is not all of it
        raise Invalid(_too_slow())
    return b"".join(parts)

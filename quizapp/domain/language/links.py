"""Addresses on the web that a server may be asked to fetch: how they are written, and where they lead.

What a name means is decided by the resolver alone; every address it gives is then judged by
`is_public`. A rule about spellings would miss one: 127.1, 0x7f000001 and ①②⑦.0.0.1 are one machine.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from quizapp.domain.errors import Invalid
from quizapp.domain.language.translation import _

LONGEST = 2_000  # characters of a link
PORTS = {"http": 80, "https": 443}
_REFUSED = re.compile(r"[\x00-\x20\x7f\\]")
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
# IANA's special-purpose registry, and what no page of the web is in (RFC 6890 and successors).
_CLOSED = tuple(
    ip_network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    )
)  # fmt: skip
_GLOBAL_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")


class Link(NamedTuple):
    """A link taken apart. host: as a resolver takes it; target: path and query as a server takes them."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """The Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> str:
        """The link in one piece."""
        return f"{self.scheme}://{self.authority}{self.target}"


def parse_link(text: str) -> Link:
    """A link as someone types or pastes it; raises Invalid saying what to do about it."""
    text = text.strip()
    if len(text) > LONGEST:
        raise Invalid(_("This link is too long. Paste the article’s text instead."))
    if "://" not in text and re.match(r"[\w.-]+\.\w{2,}(?:[/?#]|$)", text):
        text = f"https://{text}"
    if _REFUSED.search(text):
        raise Invalid(_("This isn’t a single link. Copy it again from the browser’s address bar."))
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Invalid(_("This link isn’t valid. Copy it again from the browser’s address bar.")) from None
    if parts.scheme not in PORTS:
        raise Invalid(_("Links begin with https:// or http://."))
    if not host or parts.username is not None or parts.password is not None:
        raise Invalid(
            _(
                "This link doesn’t name a page, or it contains a user name. Copy it again from the browser’s "
                "address bar."
            )
        )
    try:
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise Invalid(_("The site’s name in this link isn’t valid. Copy the link again.")) from None
    target = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    return Link(parts.scheme, host, PORTS[parts.scheme] if port is None else port, target)


def is_public(address: str) -> bool:
    """Whether an address (as digits) lies in the public internet: not in this machine, a private, link-local,
    shared or reserved network, nor wrapped in IPv6 in any way."""
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found in _NAT64:
        found = IPv4Address(int(found) & 0xFFFFFFFF)  # how a network without IPv4 reaches IPv4
    if isinstance(found, IPv6Address) and found not in _GLOBAL_UNICAST:
        return False
    return not any(found in closed for closed in _CLOSED if closed.version == found.version)

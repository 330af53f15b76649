import pytest

from quizapp.domain.errors import Invalid
from quizapp.domain.language.links import Link, is_public, parse_link

CLOSED = """
127.0.0.1 127.8.9.1 0.0.0.0 0.1.2.3 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 100.127.255.254
192.0.0.8 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 192.88.99.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 fe80::1 fe80::1%eth0 fec0::1 fc00::1 fd12:3456::1 ff02::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::127.0.0.1 ::ffff:0:127.0.0.1
64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::7f00:1 2002:7f00:1:: 2002:a00:1:: 2001:0:7f00:1:: 2001:db8::1 3fff::1 5f00::1 100::1
4000::1 localhost 127.1 2130706433
""".split()
PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "172.32.0.1",
    "2606:2800:220:1:248:1893:25c8:1946",
    "2a00:1450:4001:81b::200e",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("address", CLOSED)
def test_addresses_that_no_public_page_has(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_public_internet(address):
    assert is_public(address)


def test_there_are_enough_of_them():
    assert len(CLOSED) >= 35


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://heron.example/a/b?c=d#e", Link("https", "heron.example", 443, "/a/b?c=d")),
        (" heron.example/a ", Link("https", "heron.example", 443, "/a")),
        ("HTTP://Heron.Example:8080", Link("http", "heron.example", 8080, "/")),
        ("https://höhe.example/weiß", Link("https", "xn--hhe-sna.example", 443, "/wei%C3%9F")),
        ("http://[2606:2800::1]/", Link("http", "2606:2800::1", 80, "/")),
        ("https://a.example/%20x", Link("https", "a.example", 443, "/%20x")),
    ],
)
def test_links_are_read_as_people_paste_them(text, link):
    assert parse_link(text) == link


def test_a_link_is_put_together_again():
    assert parse_link("http://[2606:2800::1]:8080/a?b").address == "http://[2606:2800::1]:8080/a?b"
    assert parse_link("https://heron.example").authority == "heron.example"


@pytest.mark.parametrize(
    "text",
    [
        "", "heron", "file:///etc/passwd", "ftp://heron.example/", "gopher://heron.example", "javascript:alert(1)", "data:text/html,x",
        "http://", "http:///a", "http://user@heron.example/", "http://user:pass@heron.example/", "http://heron.example@127.0.0.1/",
        "http://heron.example\\@127.0.0.1/", "http://a.example/\nb", "http://a .example", "http://[::1", "http://a.example:99999/",
        "http://a.example:x/", "http://" + "a" * 64 + ".example/", "http://.example/", "https://a.example/" + "x" * 2000, "http://a..example",
    ],
)  # fmt: skip
def test_what_is_no_link_to_a_page_is_told_in_words(text):
    with pytest.raises(Invalid, match=r"[lL]ink|site"):
        parse_link(text)

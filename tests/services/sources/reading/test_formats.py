"""Every kind of file, the good and the hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.errors import Invalid
from quizapp.domain.sources.articles.blocks import BlockKind, Why
from quizapp.services.sources.reading.decoding import decoded
from quizapp.services.sources.reading.formats import read_file
from quizapp.services.sources.reading.limits import MOST_BYTES, MOST_ENTRIES
from tests.documents import WORD, archive, docx, epub, pdf, set_lines
from tests.domain.sources.articles.scoring import word_f1

PAGES = Path(__file__).parents[3] / "domain" / "sources" / "articles" / "pages"
LONG = "The harbour master had a dog that could tell the tide by the sound of the bell, and never was wrong."
MARSH = (PAGES / "print_view.txt").read_text("utf-8")
ROOM = (PAGES / "more" / "react_soup.txt").read_text("utf-8")


def test_a_pdf_in_two_columns_with_heads_feet_and_broken_words():
    pages = []
    for number, half in enumerate((MARSH.splitlines()[:3], MARSH.splitlines()[3:])):
        text = "\n".join(half)
        left = set_lines(text, 38, x=60, y=740)
        rows = [
            (x, y, size, f"{line[:-3]}-" if line.endswith("begun") else line) for x, y, size, line in left
        ]
        middle = len(rows) // 2
        top = rows[middle][1] if rows[middle:] else 0
        second = [(320, y + 740 - top, size, line) for _, y, size, line in rows[middle:]]
        head = [(60, 800, 9, "The Saltings Weekly"), (60, 40, 9, f"- {number + 1} -")]
        title = [(60, 770, 20, "Beekeepers of the salt marsh")] if not number else []
        pages.append([*head, *title, *rows[:middle], *second])
    found = read_file(pdf(pages, extra=b"/Info << /Author (Cornelis Wouters) >>"), "marsh.pdf")
    assert word_f1(MARSH, found.text) >= 0.98
    assert (found.title, found.author, found.language) == (
        "Beekeepers of the salt marsh",
        "Cornelis Wouters",
        "en",
    )
    assert {block.text for block in found.blocks if block.why is Why.FOOTER} == {
        "The Saltings Weekly",
        "- 1 -",
        "- 2 -",
    }
    assert (
        len([block for block in found.blocks if block.kept]) >= len(MARSH.splitlines()) - 1
    )  # a heading before a page break


def test_a_word_file_with_caption_table_and_subscription_notice():
    lines = ROOM.splitlines()
    blocks = [("Title", "The archive under the swimming pool"), ("", "By Nadia Okafor"), *(("", line) for line in lines[:2]),
              ("Caption", "The lower basin, drained for repairs"), ("Heading1", lines[2]), *(("", line) for line in lines[3:]),
              ("row", "Year\tMetres"), ("row", "1963\t60"), ("", "Sign up for our newsletter and get a letter every week.")]  # fmt: skip
    found = read_file(docx(blocks, author="Nadia O."), "room.docx")
    assert word_f1(f"{ROOM}\nYear Metres\n1963 60", found.text) >= 0.98
    assert (found.title, found.author) == ("The archive under the swimming pool", "Nadia Okafor")
    assert {block.why for block in found.blocks if not block.kept} == {
        Why.TITLE,
        Why.BYLINE,
        Why.CAPTION,
        Why.SUBSCRIPTION,
    }
    assert BlockKind.TABLE_ROW in {block.kind for block in found.blocks}


def test_a_word_files_properties_name_its_author():
    assert read_file(docx([("", LONG)], author="Ada & Ben")).author == "Ada & Ben"
    without = docx([("", LONG)])
    assert read_file(without).author == ""


def test_a_book_is_its_chapters_in_reading_order():
    data = epub(
        [f"<h1>One</h1><p>{LONG}</p>", f"<h1>Two</h1><p>{LONG} Again.</p>"],
        title="Bells",
        author="Ada Lind",
        date="2021-05-03",
    )
    found = read_file(data, "bells.epub")
    assert (found.title, found.author, found.published, found.language) == (
        "Bells",
        "Ada Lind",
        "2021-05-03",
        "en",
    )
    assert found.text.splitlines()[-2:] == ["Two", f"{LONG} Again."]
    assert "Contents of this book" not in found.text
    assert read_file(epub([f"<p>{LONG}</p>"], folder="")).text == LONG


@pytest.mark.parametrize(
    ("name", "data", "text"),
    [
        ("a.txt", f"Title here\n{LONG}".encode(), LONG),
        ("a.md", f"# Title here\n\n{LONG}".encode(), LONG),
        ("a.html", f"<nav>Menu</nav><p>{LONG}</p>".encode(), LONG),
        ("", f"<!DOCTYPE html><nav>Menu</nav><p>{LONG}</p>".encode(), LONG),
        ("a.txt", f"{LONG} Größe, día, naïve.".encode("cp1252"), f"{LONG} Größe, día, naïve."),
        ("a.txt", f"{LONG} Größe".encode("utf-16"), f"{LONG} Größe"),
        ("a.txt", b"\xef\xbb\xbf" + LONG.encode(), LONG),
        ("a.html", f'<meta charset="windows-1251"><p>{LONG} Маяк.</p>'.encode("cp1251"), f"{LONG} Маяк."),
    ],
)
def test_texts_in_many_encodings(name, data, text):
    assert read_file(data, name).text == text


def test_a_servers_word_on_the_encoding_goes_first():
    assert decoded("Größe".encode("latin-1"), stated="latin-1") == "Größe"
    with pytest.raises(Invalid, match="isn’t text"):
        decoded(b"ab\0cd")
    assert decoded("Größe".encode(), stated="no-such-charset") == "Größe"
    assert decoded("Größe".encode("latin-1"), stated="ascii").startswith("Gr")
    russian = "Маяк на острове снова зажгли, и свет его виден далеко. " * 4
    assert decoded(russian.encode("cp1251")) == russian


def test_markdown_by_what_the_server_says():
    assert read_file(f"# T\n\n{LONG}".encode(), media="text/markdown").title == "T"


def encrypted_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(pdf([[(72, 700, 11, LONG)]]))))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def lying_zip(size: int) -> bytes:
    """An archive that claims an entry is small."""
    data = bytearray(archive({"word/document.xml": b"0" * size}))
    place = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, place + 24, 10)
    return bytes(data)


def locked_zip() -> bytes:
    data = bytearray(docx([("", LONG)]))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            data[place + offset] |= 1
    return bytes(data)


def many_entries() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for number in range(MOST_ENTRIES + 1):
            made.writestr(str(number), b"")
    return out.getvalue()


DTD = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
HOSTILE = {
    "empty": (b" \n", "a.txt", "empty"),
    "binary": (bytes(range(256)) * 10, "a.txt", "isn’t text"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 100, "a.png", "isn’t text"),
    "old Word": (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "a.doc", "Save it as .docx"),
    "no PDF": (b"hello", "a.pdf", "don’t match its name"),
    "cut PDF": (pdf([[(72, 700, 11, LONG)]])[:300], "a.pdf", "damaged|no text"),
    "PDF of nothing": (b"%PDF-1.4\n%%EOF", "a.pdf", "damaged"),
    "scanned PDF": (pdf([[]]), "a.pdf", "pictures of pages"),
    "locked PDF": (encrypted_pdf(), "a.pdf", "locked with a password"),
    "long PDF": (pdf([[]] * 501), "a.pdf", "501 pages"),
    "Word with a document type under another name": (
        docx([("", LONG)], more={"word/anything.dat": f"{DTD}<x>&b;</x>"}), "a.docx", "damaged"
    ),
    "Word with a document type in capitals": (
        docx([("", LONG)], more={"word/More.XML": f"{DTD}<x>&b;</x>"}), "a.docx", "damaged"
    ),
    "Word with a document type in wide letters": (
        docx([("", LONG)], more={"word/wide": f"\ufeff {DTD}<x>&b;</x>".encode("utf-16")}), "a.docx", "damaged"
    ),
    "zip of nothing": (b"PK\x03\x04" + b"\0" * 50, "a.docx", "damaged"),
    "another zip": (archive({"x.txt": "x"}), "a.zip", "can’t be read"),
    "many entries": (many_entries(), "a.docx", "once unpacked"),
    "bomb": (archive({"word/document.xml": b"0" * 30_000_000}), "a.docx", "once unpacked"),
    "lying size": (lying_zip(30_000), "a.docx", "damaged"),
    "locked Word": (locked_zip(), "a.docx", "locked with a password"),
    "entities in Word": (docx([], more={"word/document.xml": f"{DTD}<x>&b;</x>"}), "a.docx", "damaged"),
    "broken Word": (docx([], more={"word/document.xml": "<w:document"}), "a.docx", "damaged"),
    "strange Word": (docx([], more={"word/document.xml": "<x/>"}), "a.docx", "damaged"),
    "empty Word": (docx([]), "a.docx", "no text in this file"),
    "entities in EPUB": (archive({"META-INF/container.xml": f"{DTD}<x>&b;</x>"}), "a.epub", "damaged"),
    "EPUB to nowhere": (archive({"META-INF/container.xml": "<x><rootfile full-path='../../etc/passwd'/></x>"}), "a.epub", "damaged"),
    "EPUB without a book": (archive({"META-INF/container.xml": "<x/>"}), "a.epub", "damaged"),
    "EPUB of no chapters": (epub([]), "a.epub", "no text in this file"),
    "too large": (b"a" * (MOST_BYTES + 1), "a.txt", "larger than 20 MB"),
    "too long": (b"word. " * 400_000, "a.txt", "too long"),
    "only tags": (b"<html><script>x</script></html>", "a.html", "no text in this file"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_read_is_told_in_words(case):
    data, name, words = HOSTILE[case]
    with pytest.raises(Invalid, match=words):
        read_file(data, name)


GOOD = {
    "a.pdf": pdf([[(72, 700, 11, LONG)]]),
    "a.docx": docx([("", LONG)]),
    "a.epub": epub([f"<p>{LONG}</p>"]),
}


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(GOOD)), st.integers(0, 4000), st.binary(min_size=1, max_size=6), st.booleans())
def test_a_damaged_file_is_read_or_refused(name, place, damage, cut):
    data = GOOD[name]
    place %= len(data)
    damaged = data[:place] if cut else data[:place] + damage + data[place + len(damage) :]
    try:
        found = read_file(damaged, name)
    except Invalid:
        return
    assert found.blocks


PROSE = "The clerk’s log — is “whole”, and it cost €5 to mend it. "


@pytest.mark.parametrize(
    ("label", "encoding", "text"),
    [
        ("iso-8859-1", "cp1252", PROSE * 3),
        ("latin1", "cp1252", PROSE * 3),
        ("us-ascii", "cp1252", PROSE * 3),
        ("gb2312", "gb18030", "镕基来到了上海，人们在街上欢迎他。" * 5),
        ("shift_jis", "cp932", "①番の㈱山田は東京にある。みんなが知っている。" * 5),
        ("euc-kr", "cp949", "뷁이라는 글자가 여기에 있다. 모두가 그것을 안다. " * 4),
        ("iso-8859-9", "cp1254", "Şehir büyük ve güzeldir; “köprü” eskidir. " * 3),
        ("windows-1251", "cp1251", "Город большой и красивый, а мост старый. " * 3),
    ],
)
def test_charsets_are_read_as_browsers_read_them(label, encoding, text):
    page = f"<html><head><meta charset='{label}'></head><body><p>{text}</p></body></html>"
    by_meta = read_file(page.encode(encoding), "a.html")
    by_header = read_file(page.replace(label, "x-none").encode(encoding), "a.html", charset=label.upper())
    for found in (by_meta, by_header):
        assert found.text == text.strip()


def test_a_bad_byte_or_two_spoil_no_page():
    text = "Der Weg führt über die Brücke zur Mühle, und dort wächst ein großer Baum. " * 4
    data = text.encode().replace("größer".encode(), b"x")
    spoilt = data[:100] + b"\xff" + data[100:]
    found = read_file(b"<p>" + spoilt + b"</p>", "a.html")
    assert found.text.count("führt") == 4
    assert not [character for character in found.text if "\x80" <= character < "\xa0"]


def test_a_charset_behind_a_long_script_is_found():
    text = "Город большой и красивый, а мост старый. " * 3
    page = f"<head><script>{'x = 1;' * 900}</script><meta charset='windows-1251'></head><p>{text}</p>"
    assert read_file(page.encode("cp1251"), "a.html").text == text.strip()


def test_ligatures_of_a_pdf_are_letters():
    from quizapp.services.sources.reading.pdf import LIGATURES

    assert "o\ufb03cers \ufb01led".translate(LIGATURES) == "officers filed"


def test_hidden_text_of_a_word_file_stays_out():
    def run(text, hidden=""):
        return f"<w:r><w:rPr><w:b/>{hidden}</w:rPr><w:t>{text}</w:t></w:r>"

    body = run("The mill stands on the hill.") + run(" The answer is 42.", "<w:vanish/>") + run(" It turns.")
    document = f'<w:document xmlns:w="{WORD}"><w:body><w:p>{body}</w:p></w:body></w:document>'
    found = read_file(docx([], more={"word/document.xml": document}), "a.docx")
    assert found.text == "The mill stands on the hill. It turns."


def test_pasted_markdown_is_read_as_markdown():
    text = (
        "# The Great Charter\n\nThe charter was sealed at a meadow beside the river in the summer of 1215.\n"
    )
    found = read_file(text.encode(), "pasted.txt")
    assert found.title == "The Great Charter"
    assert "#" not in found.text
    plain = "The charter was sealed.\n\nIt is # 1 of all the charters that were sealed beside the river."
    assert "#" in read_file(plain.encode(), "pasted.txt").text


OPF = '<!DOCTYPE package PUBLIC "+//ISBN 0-9673008-1-9//DTD OEB 1.2 Package//EN" "http://openebook.org/oebpkg12.dtd">'


def test_a_book_may_name_the_type_of_its_package_and_declare_nothing():
    assert read_file(epub([f"<p>{LONG}</p>"], doctype=OPF), "a.epub").text == LONG
    with pytest.raises(Invalid, match="damaged"):
        read_file(epub([f"<p>{LONG}</p>"], doctype=DTD), "a.epub")


def test_of_a_pdf_that_takes_too_long_the_first_pages_are_read(monkeypatch):
    from quizapp.services.sources.reading import pdf as reader

    data = pdf([[(72, 700, 11, LONG)], [(72, 700, 11, LONG.upper())]])
    assert not [block for block in read_file(data, "a.pdf").blocks if block.why is Why.UNREAD]
    monkeypatch.setattr(reader, "MOST_SECONDS_OF_PAGES", -1)
    found = read_file(data, "a.pdf")
    assert LONG.upper() not in found.text
    assert "Only the first 1 of 2 pages" in found.blocks[-1].text
    assert found.blocks[-1].why is Why.UNREAD


def test_what_a_browser_prints_around_a_page_is_no_text():
    lines = [(72, 700 - 20 * number, 11, f"{number}. {LONG[:60]}") for number in range(8)]
    head, foot = (72, 780, 8, "11/28/26, 6:17 PM The Treaty"), (72, 30, 8, "file:///home/treaty.html 1/1")
    found = read_file(pdf([[head, *lines, foot]]), "a.pdf")
    assert "6:17" not in found.text
    assert "file:" not in found.text

"""Small files made by hand: a PDF with text at given places, a Word file, an EPUB."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding /WinAnsiEncoding >>"


def pdf(pages: Sequence[Sequence[tuple[float, float, float, str]]], *, extra: bytes = b"") -> bytes:
    """A PDF whose pages hold (x, y, size, text) each; `extra` goes into its trailer."""
    objects: list[bytes] = [FONT]
    kids = []
    for page in pages:
        shown = b"".join(
            b"BT /F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (size, x, y, _quoted(text))
            for x, y, size, text in page
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent PARENT 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 1 0 R >> >> >>" % len(objects)
        )
    objects.append(
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    )
    parent = b"%d" % len(objects)
    objects.append(b"<< /Type /Catalog /Pages %s 0 R >>" % parent)
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content.replace(b"PARENT", parent)))
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer << /Size %d /Root %d 0 R %s >>\n" % (len(objects) + 1, len(objects), extra))
    out.write(b"startxref\n%d\n%%%%EOF" % table)
    return out.getvalue()


def _quoted(text: str) -> bytes:
    return text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")


def set_lines(
    text: str, width: int, *, x: int, y: int, size: int = 11
) -> list[tuple[float, float, float, str]]:
    """A text's paragraphs as lines of at most `width` characters, a wider gap between paragraphs."""
    placed: list[tuple[float, float, float, str]] = []
    for paragraph in text.splitlines():
        line = ""
        for word in [*paragraph.split(), ""]:
            if not word or len(line) + len(word) + 1 > width:
                placed.append((x, y, size, line))
                y -= 13
                line = word
            else:
                line = f"{line} {word}".strip()
        y -= 9
    return placed


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx(
    blocks: Sequence[tuple[str, str]], *, author: str = "", more: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A Word file of (style, text): the style is “”, a name like “Heading1”, or “row” with cells by tabs."""
    body = "".join(_word_block(style, text) for style, text in blocks)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
        for style, name in (("Title", "Title"), ("Heading1", "heading 1"), ("Heading2", "heading 2"), ("Caption", "caption"), ("Quote", "Quote"))
    )  # fmt: skip
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Target="word/document.xml" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Target="styles.xml" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>',
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{styles}</w:styles>',
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{escape(author)}</dc:creator></cp:coreProperties>',
    }  # fmt: skip
    return archive({**files, **(more or {})})


def _word_block(style: str, text: str) -> str:
    if style == "row":
        cells = "".join(
            f"<w:tc><w:p><w:r><w:t>{escape(cell)}</w:t></w:r></w:p></w:tc>" for cell in text.split("\t")
        )
        return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def epub(
    chapters: Sequence[str],
    *,
    title: str = "",
    author: str = "",
    date: str = "",
    folder: str = "OEBPS/",
    doctype: str = "",
) -> bytes:
    """A book whose chapters are given as the HTML of their bodies. doctype: of its package."""
    names = [f"chapter {number}.xhtml" for number in range(len(chapters))]
    items = "".join(f'<item id="c{n}" href="{name.replace(" ", "%20")}"/>' for n, name in enumerate(names))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(names)))
    package = (
        f'{doctype}<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(author)}</dc:creator><dc:date>{date}</dc:date>"
        f'<dc:language>en-GB</dc:language></metadata><manifest><item id="nav" properties="nav" href="nav.xhtml"/>{items}'
        f'</manifest><spine><itemref idref="nav"/>{spine}<itemref idref="lost"/></spine></package>'
    )
    pages = {
        f"{folder}{name}": f"<html><body>{body}</body></html>"
        for name, body in zip(names, chapters, strict=True)
    }
    return archive({
        "META-INF/container.xml": f'<container><rootfiles><rootfile full-path="{folder}book.opf"/></rootfiles></container>',
        f"{folder}book.opf": package, f"{folder}nav.xhtml": "<html><body><p>Contents of this book</p></body></html>", **pages,
    })  # fmt: skip


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """A zip file, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()

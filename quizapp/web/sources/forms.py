"""The forms of articles: three ways to bring one, and what is known of it with its blocks."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired

from quizapp.domain.errors import Invalid, Malformed
from quizapp.domain.language.translation import _, marked
from quizapp.domain.sources.articles.blocks import Block, BlockKind, Extracted, Why
from quizapp.services.sources import articles

LONGEST_PASTE = 2_000_000  # characters


class AddForm(FlaskForm):  # type: ignore[misc]
    """An article as a teacher has it: pasted, in a file, or at a link."""

    text = TextAreaField(
        marked("Paste the article"),
        description=marked(
            "Copied from a web page or a document. You can correct the result before it’s saved."
        ),
    )
    markup = HiddenField()  # what the clipboard holds beside the text
    file = FileField(
        marked("Or choose a file"), description=marked("Text, HTML, Markdown, PDF, Word (.docx) or EPUB.")
    )
    link = StringField(
        marked("Or give its link"), description=marked("A public page that opens without a password.")
    )

    def refuse(self, field: str, message: str) -> None:
        """Put a problem beside its field."""
        self[field].errors = [message]

    def took(self, text: str) -> None:
        """Keep what was pasted in the box, also where it came as a page's markup."""
        self.text.data = text


class ArticleForm(FlaskForm):  # type: ignore[misc]
    """What is known of an article. blocks: its blocks as JSON, which ones are kept is in `keep`."""

    title = StringField(marked("Title"), [InputRequired()])
    author = StringField(marked("Author"))
    publisher = StringField(marked("Publisher"))
    published = StringField(marked("Date"), description=marked("As 2024-05-17, or a year."))
    language = StringField(marked("Language"), description=marked("A code: en, es, de …"))
    edited = TextAreaField(
        marked("The text"),
        description=marked(
            "Each line is a paragraph: break a line to split one, delete the break to join two. Excluded "
            "parts stay out."
        ),
    )
    address = HiddenField()
    blocks = HiddenField()

    @classmethod
    def of(cls, found: Extracted, address: str, title: str = "") -> ArticleForm:
        """The form as an extraction fills it."""
        form = cls(
            formdata=None,
            title=found.title or title,
            author=found.author,
            publisher=found.publisher,
            published=found.published,
            language=found.language,
            address=address,
        )
        form.hold(found.blocks)
        return form

    def hold(self, blocks: Sequence[Block]) -> None:
        """Carry these blocks on to the next page."""
        rows = [(block.text, block.kind.value, block.why.value if block.why else "") for block in blocks]
        self.blocks.data = msgspec.json.encode(rows).decode()

    def open_for_editing(self, blocks: Sequence[Block]) -> None:
        """Show the included parts as a text that can be changed."""
        self.edited.data = "\n".join(block.text for block in blocks if block.kept)

    def chosen(self, kept: Sequence[str]) -> list[Block]:
        """The blocks with the choice made on the page: numbers of those kept, as the form sends them."""
        try:
            rows = msgspec.json.decode(self.blocks.data or "", type=list[tuple[str, BlockKind, str]])
            whys = [Why(why) if why else None for _, _, why in rows]
        except (msgspec.DecodeError, ValueError):
            raise Malformed(_("This form is incomplete. Add the article again; nothing was saved.")) from None
        keep = set(kept)
        return [
            Block(text, kind, kept=str(number) in keep, why=why)
            for number, ((text, kind, _), why) in enumerate(zip(rows, whys, strict=True))
        ]

    @property
    def about(self) -> articles.About:
        """What the fields say."""
        names = ("title", "author", "publisher", "published", "language", "address")
        return articles.About(**{name: self[name].data or "" for name in names})

    def refuse(self, error: Invalid) -> None:
        """Put each problem beside its field; the text's as a whole above the form."""
        for problem in error.problems:
            if problem.field in self and problem.field not in {"blocks", "address"}:
                self[problem.field].errors = [problem.message]
            else:
                self.form_errors.append(problem.message)


def stored(blocks: Sequence[Block]) -> list[articles.Block]:
    """Blocks as the service takes them."""
    return [
        articles.Block(block.text, block.kept, "" if block.kept or block.why is None else block.why.value)
        for block in blocks
    ]

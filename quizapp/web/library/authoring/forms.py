"""The teacher's forms: a deck's head, and an item of any kind, built from the kind's fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import msgspec
from wtforms import (
    FieldList,
    FileField,
    Form,
    FormField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds import kind_named
from quizapp.domain.library.kinds.base import Format, Kind
from quizapp.domain.library.kinds.writing.fields import COMMON_FIELDS_AFTER, COMMON_FIELDS_BEFORE, FieldSpec
from quizapp.services.library.editor import (
    LONGEST_FACT,
    LONGEST_FOLDER,
    LONGEST_NOTE,
    LONGEST_SUMMARY,
    LONGEST_TITLE,
)
from quizapp.web.frame.parts.whole_numbers import WholeNumberField
from quizapp.web.library.authoring.fields.rows import RowsField
from quizapp.web.library.authoring.fields.texts import LineField, MarkdownField, TagsField
from quizapp.web.library.authoring.fields.widgets import OPTIONS, fields_for

MOST_EVIDENCE = 12
LONGEST_TAGS = 300
LONGEST_PICTURE_TEXT = 300

FORMAT_WORDS = {
    Format.FLIP: marked("Turn the card over and rate yourself"),
    Format.CHOOSE: marked("Choose among options"),
    Format.TYPE: marked("Type the answer"),
    Format.ARRANGE: marked("Put in order"),
    Format.MATCH: marked("Match pairs"),
}


class DeckForm(Form):  # type: ignore[misc]
    """A deck's head."""

    title = LineField(
        marked("Title"),
        [InputRequired(marked("Give the deck a title."))],
        longest=LONGEST_TITLE,
        description=marked("Students see this in their list."),
    )
    summary = MarkdownField(
        marked("Summary"),
        longest=LONGEST_SUMMARY,
        description=marked("What students will know after this deck, in one sentence."),
    )


class DeckHeadForm(DeckForm):
    """The head of a deck that is there."""

    folder = LineField(
        marked("Folder"),
        longest=LONGEST_FOLDER,
        description=marked("Groups your decks in lists: a subject, a year. Leave empty for none."),
    )
    review = SelectField(
        marked("Who approves new questions"),
        choices=[
            SelectChoice("off", marked("No one: everyone who can edit the deck can publish")),
            SelectChoice("others", marked("Another teacher, unless they’re yours")),
            SelectChoice("all", marked("Another teacher, yours too")),
        ],
        description=marked(
            "Students get a question once it’s approved. It needs another teacher who sees the deck."
        ),
    )


class EvidenceForm(Form):  # type: ignore[misc]
    """One sentence cited. `known` remembers the digest a place was cited by: “slug 3 1 digest”."""

    source = StringField(marked("Article"))
    paragraph = WholeNumberField(
        marked("Paragraph"), [Optional(), NumberRange(1, 100_000, marked("Paragraphs are counted from 1."))]
    )
    sentence = WholeNumberField(
        marked("Sentence"), [Optional(), NumberRange(1, 100_000, marked("Sentences are counted from 1."))]
    )
    text = MarkdownField(marked("Or paste the sentence"))
    known = HiddenField()

    @property
    def blank(self) -> bool:
        """Whether nothing is cited: no one has filled in anything, or the article was removed."""
        if self.source.data or self.text.data:
            return False
        numbers = (self.paragraph, self.sentence)
        typed = any(field.data is not None or field.errors for field in numbers)
        return bool(self.known.data) or not typed

    @property
    def place(self) -> str:
        """ "slug 3 1": what `known` must begin with to hold still."""
        return f"{self.source.data} {self.paragraph.data} {self.sentence.data} "

    @property
    def written(self) -> str:
        """The citation in one line, for comparing versions."""
        return _("{data}, paragraph {data2}, sentence {data3}").format(
            data=self.source.data, data2=self.paragraph.data, data3=self.sentence.data
        )


class AboutForm(Form):  # type: ignore[misc]
    """What goes with an item beside its content."""

    formats = SelectMultipleField(
        marked("Ask it as"),
        choices=[format.value for format in FORMAT_WORDS],
        description=marked("Easier formats come first; harder ones follow after a correct answer."),
    )
    tags = TagsField(
        marked("Tags"),
        longest=LONGEST_TAGS,
        description=marked("Separate with commas: trade, people and places."),
    )
    fact = LineField(
        marked("Fact"),
        longest=LONGEST_FACT,
        description=marked(
            "A name for the fact being tested, the same for all questions on it: they are then "
            "never asked on the same day."
        ),
    )
    evidence = FieldList(FormField(EvidenceForm), min_entries=1, max_entries=MOST_EVIDENCE)
    picture = FileField(
        marked("Picture"),
        description=marked("PNG, JPEG, WebP or GIF. It’s stored without location and date."),
    )
    picture_text = LineField(
        marked("What it shows"),
        longest=LONGEST_PICTURE_TEXT,
        description=marked("Read aloud to students who can’t see it. Don’t give the answer away."),
    )
    note = LineField(
        marked("What changed"),
        longest=LONGEST_NOTE,
        description=marked("For the version history; students don’t see it."),
    )


def specs_of(kind: Kind[Any]) -> tuple[FieldSpec, ...]:
    """All fields of a kind's form, in order."""
    return (*COMMON_FIELDS_BEFORE, *kind.fields, *COMMON_FIELDS_AFTER)


def formats_of(kind: Kind[Any]) -> tuple[Format, ...]:
    """Every format that some content of this kind can be asked in."""
    found = (format for example in kind.examples for format in kind.formats(example.content))
    return tuple(sorted(set(found), key=list(Format).index))


def content_form(kind: Kind[Any]) -> type[Any]:
    """The class of the form for a kind's content; a field is named like the content's attribute, that of its
    options OPTIONS."""
    return _content_form(kind.name)


@cache
def _content_form(name: str) -> type[Any]:
    fields = fields_for(specs_of(kind_named(name)))
    return type(f"{name.title().replace('_', '')}Form", (Form,), fields)


def _filled(kind: Kind[Any], values: dict[str, Any]) -> Any:
    """The form of a kind's content with these values by attribute."""
    return content_form(kind)(data={**values, OPTIONS: values}, prefix="content-")


def blank_content(kind: Kind[Any]) -> dict[str, Any]:
    """What a new item's form shows: the content's defaults."""
    values: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind.content_type):
        if field.default is not msgspec.NODEFAULT:
            values[field.name] = field.default
        elif field.default_factory is not msgspec.NODEFAULT:
            values[field.name] = field.default_factory()
    return values


class ItemForm:
    """The whole form of an item: its content, and what goes with it.

    Names of content fields begin with “content-”, so that they cannot clash with the others, nor
    with the ids of a question shown beside the form.
    """

    def __init__(self, kind: Kind[Any], content: Any, about: Any) -> None:
        self.kind, self.content, self.about = kind, content, about
        self.formats = formats_of(kind)
        self.busy = False  # all places that read pictures are taken

    @classmethod
    def blank(cls, kind: Kind[Any], evidence: Sequence[dict[str, Any]] = ()) -> ItemForm:
        content = _filled(kind, blank_content(kind))
        about = AboutForm(data={"formats": [f.value for f in formats_of(kind)], "evidence": evidence})
        return cls(kind, content, about)

    @classmethod
    def submitted(cls, kind: Kind[Any], formdata: Any) -> ItemForm:
        """The form as it came in; already validated field by field."""
        form = cls(kind, content_form(kind)(formdata, prefix="content-"), AboutForm(formdata))
        form.content.validate()
        form.about.validate()
        return form

    @classmethod
    def stored(
        cls,
        kind: Kind[Any],
        content: Any,
        *,
        formats: str,
        tags: str,
        evidence: Sequence[dict[str, Any]],
        fact: str = "",
    ) -> ItemForm:
        """The form of a version, from its columns."""
        about = AboutForm(
            data={
                "formats": formats.split(",") if formats else [f.value for f in formats_of(kind)],
                "tags": tuple(tag for tag in tags.split(",") if tag),
                "fact": fact,
                "evidence": evidence,
            }
        )
        return cls(kind, _filled(kind, msgspec.structs.asdict(content)), about)

    @property
    def citations(self) -> tuple[EvidenceForm, ...]:
        """The rows of evidence."""
        return tuple(entry.form for entry in self.about.evidence)

    @property
    def format_choices(self) -> tuple[tuple[str, str, bool], ...]:
        """(value, words, ticked) of every format this kind knows; empty where there is but one."""
        ticked = set(self.about.formats.data or ())
        several = self.formats if len(self.formats) > 1 else ()
        return tuple((format.value, _(FORMAT_WORDS[format]), format.value in ticked) for format in several)

    def add_citation(self) -> None:
        """One more empty row of evidence."""
        if len(self.about.evidence) < MOST_EVIDENCE:
            self.about.evidence.append_entry()

    def fields(self) -> Iterator[Any]:
        """The content's fields in the order of the form."""
        return iter(self.content)

    def values(self) -> dict[str, Any]:
        """What the fields say, by the content's attributes."""
        found: dict[str, Any] = {}
        for field in self.fields():
            found |= field.values() if isinstance(field, RowsField) else {field.short_name: field.data}
        return found

    def field_of(self, attribute: str) -> Any:
        """The field that holds an attribute of the content; None where none does."""
        for field in self.fields():
            if attribute in (field.holds if isinstance(field, RowsField) else (field.short_name,)):
                return field
        return None

    def texts(self) -> dict[str, str]:
        """Every value by its label, as text: what versions are compared by."""
        found: dict[str, str] = {}
        for field in self.fields():
            found |= field.texts() if isinstance(field, RowsField) else {field.label.text: field.written}
        if self.format_choices:
            found[_("Ask it as")] = "\n".join(words for _, words, ticked in self.format_choices if ticked)
        found[_("Tags")] = self.about.tags.written
        found[_("Evidence")] = "\n".join(row.written for row in self.citations if not row.blank)
        return found

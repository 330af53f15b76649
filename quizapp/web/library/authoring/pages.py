"""The teacher's pages: decks, a deck's items, the item editor with its preview, and versions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from quizapp.domain.language.translation import _
from quizapp.domain.library.kinds.base import Kind
from quizapp.web.frame.page import FormPage, Page
from quizapp.web.frame.parts.differences import Change
from quizapp.web.library.authoring.filters import Filter
from quizapp.web.library.authoring.forms import DeckForm, ItemForm
from quizapp.web.library.authoring.preview.previewing import Preview


@dataclass(frozen=True, kw_only=True)
class DeckRow:
    """A deck in the teacher's list. owner: another teacher's name, "" for none that is known."""

    slug: str
    title: str
    summary: str
    published: int
    retired: int
    owner: str = ""
    editable: bool = False
    public: bool = False
    department: bool = False
    folder: str = ""
    archived: bool = False


@dataclass(frozen=True, kw_only=True)
class DecksPage(Page):
    """The teacher's own decks by folder, those archived, those of colleagues, and those that ship with the
    site. queued: entries in their queue; words: what is looked for; by: the order; total: own decks,
    whatever is looked for."""

    template: ClassVar[str] = "library/authoring/decks.html"
    own: tuple[tuple[str, tuple[DeckRow, ...]], ...]
    archived: tuple[DeckRow, ...]
    others: tuple[DeckRow, ...]
    shipped: tuple[DeckRow, ...]
    queued: int = 0
    words: str = ""
    by: str = "new"
    total: int = 0

    @property
    def title(self) -> str:
        return _("Teach")


@dataclass(frozen=True, kw_only=True)
class DeckFormPage(FormPage):
    """A deck's head, new (slug "") or to be changed."""

    template: ClassVar[str] = "library/authoring/deck_form.html"
    form: DeckForm
    slug: str = ""
    archived: bool = False
    met: bool = True  # by anyone, so that it is archived rather than deleted

    @property
    def title(self) -> str:
        return _("Settings of the deck") if self.slug else _("New deck")


@dataclass(frozen=True, kw_only=True)
class ItemRow:
    """An item in its deck's list. first, last: of the whole deck, so that there is nowhere to move; state:
    draft, in_review, published or retired."""

    id: int
    headline: str
    kind: str
    published: bool
    state: str = "published"
    tags: tuple[str, ...] = ()
    keys: str = ""
    share: str = ""  # how many first answers were right
    changed: str = ""
    first: bool = False
    last: bool = False


@dataclass(frozen=True, kw_only=True)
class DeckPage(Page):
    """A deck's items in order. owner: whose it is, "" for a shipped one; origin_title: of the deck that this
    is a copy of, origin_slug "" where that is gone or not to be seen; targets: other
    decks to move questions to; number: of the page, from 1; total: items in the deck, whatever the filter."""

    template: ClassVar[str] = "library/authoring/deck.html"
    slug: str
    deck_title: str
    summary: str
    owned: bool
    archived: bool
    sources: tuple[tuple[str, str], ...]  # (slug, title) of the articles that its questions cite
    editable: bool
    owner: str
    public: bool
    origin_title: str
    origin_slug: str
    items: tuple[ItemRow, ...]
    total: int
    filter: Filter = field(default_factory=Filter)
    targets: tuple[tuple[str, str], ...] = ()
    number: int = 1
    more: bool = False

    @property
    def title(self) -> str:
        return self.deck_title


@dataclass(frozen=True, kw_only=True)
class KindCard:
    """A kind to choose from, with an example of it."""

    name: str
    title: str
    summary: str
    stem: str
    answer: str


@dataclass(frozen=True, kw_only=True)
class KindsPage(Page):
    """Choosing the kind of a new item. evidence: what to carry along in the links."""

    template: ClassVar[str] = "library/authoring/kinds.html"
    slug: str
    deck_title: str
    kinds: tuple[KindCard, ...]
    evidence: dict[str, str]

    @property
    def title(self) -> str:
        return _("New question")


@dataclass(frozen=True, kw_only=True)
class Clash:
    """What someone else has saved while this form was open, and how this form differs from it."""

    author: str
    at: datetime
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class Asking:
    """What sort of change is it? choices: (value, name, what it does, whether it is the first guess)."""

    choices: tuple[tuple[str, str, str, bool], ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True)
class EditorPage(Page):
    """The form of an item beside its preview.

    item_id None: a new item, known by `key`. base: id of the version the form was made from.
    """

    template: ClassVar[str] = "library/authoring/editor.html"
    form: ItemForm
    kind: Kind[Any]
    slug: str
    deck_title: str
    preview: Preview | None
    sources: tuple[tuple[str, str], ...]  # (slug, name) of what can be cited
    facts: tuple[str, ...]
    item_id: int | None = None
    key: str = ""
    base: int | None = None
    number: int = 0  # of that version
    published: bool = True
    state: str = "published"
    approval: bool = False  # another teacher has to approve what this one publishes
    chosen: tuple[str, ...] = ()  # sentences that the question is to are based on, while there is no preview
    article: str = ""  # that a new deck is called after; it is made when the question is saved
    suggesting: bool = False  # what is written is sent to anyone who may change the question
    deletable: bool = False  # a draft that leaves nothing behind
    refused: bool = False  # came back from an attempt to save
    clash: Clash | None = None
    asking: Asking | None = None  # before it is saved
    tried: str = ""  # answers to try, one a line

    @property
    def status(self) -> int:
        if self.clash:
            return 409
        if self.form.busy:
            return 503
        return 422 if self.refused else 200

    @property
    def title(self) -> str:
        if self.clash:
            return _("Changed in the meantime")
        if self.suggesting:
            return _("Suggest an edit")
        if self.asking:
            return _("What kind of change is this?")
        return (
            _("Edit question")
            if self.item_id
            else _("New question: {kind}").format(kind=_(self.kind.title).lower())
        )


@dataclass(frozen=True, kw_only=True)
class PreviewPage(Page):
    """The preview alone, for the editor's script."""

    template: ClassVar[str] = "library/authoring/_preview.html"
    preview: Preview

    @property
    def title(self) -> str:
        return _("Preview")


@dataclass(frozen=True, kw_only=True)
class VersionRow:
    """One version and how it differs from the one before; of the first, all that it says."""

    id: int
    number: int
    author: str
    at: datetime  # in the viewer's zone
    note: str
    changes: tuple[Change, ...]
    first: bool
    current: bool
    change: str = ""  # what it changed, in the author's words: Wording, Meaning, Answer key
    key_changed: bool = False
    regrade: int = 0  # the regrade that carried it through past answers


@dataclass(frozen=True, kw_only=True)
class VersionsPage(Page):
    """An item's versions, newest first."""

    template: ClassVar[str] = "library/authoring/versions.html"
    item_id: int
    base: int | None
    headline: str
    slug: str
    deck_title: str
    versions: tuple[VersionRow, ...]

    @property
    def title(self) -> str:
        return _("Versions")


@dataclass(frozen=True, kw_only=True)
class RestorePage(Page):
    """An old version about to be restored to an item that has been answered."""

    template: ClassVar[str] = "library/authoring/restore.html"
    item_id: int
    base: int | None
    restore: int
    number: int
    headline: str
    slug: str
    deck_title: str
    asking: Asking

    @property
    def title(self) -> str:
        return _("Restore version {number}?").format(number=self.number)

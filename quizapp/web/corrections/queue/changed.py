"""The queue's section of changed sources: questions whose cited sentence is another one now, or gone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from flask import url_for
from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.language.differences import steps
from quizapp.domain.language.translation import _, marked
from quizapp.domain.library.kinds import kind_of
from quizapp.services.library.citations import source_name
from quizapp.storage.library import changed_evidence as queries
from quizapp.storage.library.changed_evidence import ChangedEvidence
from quizapp.web.corrections.queue.section import Button, Desk, Entry, Said, Section
from quizapp.web.frame.parts.differences import Change

BADGES = {"changed": marked("Changed"), "gone": marked("Gone")}


def entries(session: Session, desk: Desk, limit: int, offset: int) -> Sequence[Entry]:
    """What waits, article by article. Two queries."""
    rows = queries.changed_rows(session, desk.decks, limit, offset)
    words = queries.kept_words(session, [row.evidence_id for row in rows]) if rows else {}
    return [_entry(row, words.get(row.evidence_id, row.exact)) for row in rows]


def _entry(row: ChangedEvidence, before: str) -> Entry:
    where = _("{article}, paragraph {paragraph}").format(
        article=source_name(row) or row.source_slug, paragraph=row.paragraph
    )
    gone = row.standing == "gone"
    keys = [markup.plain(key) for key in kind_of(row.content).outline(row.content).keys]
    said = [
        Said(where if not gone else _("No longer in {where}").format(where=where), before if gone else ""),
        Said(_("The question’s answer"), ", ".join(keys)),
    ]
    if any(_touched(key, before, row.now or "") for key in keys) and not gone:
        said.append(
            Said(_("The words of the answer or beside it have changed. Read both before you keep it."))
        )
    return Entry(
        title=markup.plain(kind_of(row.content).headline(row.content)),
        href=_href(row),
        deck_slug=row.slug,
        deck_title=row.deck_title,
        at=row.created_at,
        badge=_(BADGES[row.standing]),
        said=tuple(said),
        changes=(Change(_("The sentence"), steps(before, row.now or "")),) if not gone else (),
        actions=tuple(_actions(row)),
    )


def _touched(key: str, before: str, now: str) -> bool:
    """Whether a sentence no longer says a key, or says it between other words: “fewer than 90” for “90”."""
    pattern = re.compile(rf"(?:\S+\s+){{0,2}}\S*{re.escape(key)}\S*(?:\s+\S+)?", re.IGNORECASE)
    old, new = pattern.search(before), pattern.search(now)
    return old is not None and (new is None or old[0].casefold() != new[0].casefold())


def _href(row: ChangedEvidence) -> str:
    """Where it is mended: in the editor, with the sentence as it is now; a shipped one only by its bank."""
    if row.owner_id is None:
        return url_for("library.source", slug=row.source_slug, _anchor=f"p{row.paragraph}")
    return url_for("authoring.edit_item", item_id=row.item_id, evidence="now")


def _actions(row: ChangedEvidence) -> Sequence[Button]:
    href = url_for("queue.settle_source", anchor_id=row.id)
    keep = Button(label=_("Use the new sentence"), href=href, fields=(("outcome", "kept"),))
    holds = _("Keep it as it is") if row.standing == "changed" else _("Still correct")
    found = [keep] if row.standing == "changed" else []
    found.append(Button(label=holds, href=href, fields=(("outcome", "dismissed"),)))
    if row.owner_id is not None:
        editor = url_for("authoring.edit_item", item_id=row.item_id, evidence="now", _anchor="evidence")
        found.append(Button(label=_("Choose another sentence"), href=editor, leads=True))
        found.append(Button(label=_("Archive the question"), href=href, fields=(("outcome", "retired"),)))
    return found


CHANGED = Section(
    name="sources",
    title=marked("Changed articles"),
    about=marked(
        "When an article’s text is replaced, questions whose sentence has changed or gone "
        "appear here; students are told that they are being checked."
    ),
    count=queries.count_changed,
    entries=entries,
)

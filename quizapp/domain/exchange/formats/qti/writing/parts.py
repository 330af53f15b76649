"""The parts of a written item that all kinds share: its document, its texts and its options."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from quizapp.domain.exchange.bundle import Item, Medium
from quizapp.domain.exchange.formats.qti.names import OWN, written_identifier
from quizapp.domain.exchange.formats.qti.texts import PLACE
from quizapp.domain.exchange.formats.qti.writing import scoring
from quizapp.domain.exchange.formats.qti.writing.scoring import EXPLANATION, FEEDBACK, SHOWN
from quizapp.domain.exchange.formats.qti.writing.versions import Version
from quizapp.domain.exchange.formats.qti.writing.xhtml import pictures, source, xhtml
from quizapp.domain.language.markup import plain
from quizapp.domain.library.kinds import kind_of


class WrittenItem(NamedTuple):
    """An item as a document. pictures: the keys of those that it shows; lost: what has no place in it."""

    document: str
    pictures: tuple[str, ...]
    lost: tuple[str, ...]


class Made(NamedTuple):
    """What a kind gives. feedback: its response’s cardinality where options have any; most: full marks."""

    declarations: str
    body: str
    score: str
    feedback: str = ""
    most: int = 1


class Writer:
    """Writes one item's parts. shown: the keys of its pictures; lost: what could not be written."""

    def __init__(self, version: Version, media: Mapping[str, Medium]) -> None:
        self.version, self.media = version, media
        self.lost: list[str] = []
        self.shown: list[str] = []

    def item(self, item: Item, made: Made) -> WrittenItem:
        content, version = item.content, self.version
        explained = bool(content.rationale.strip())
        if content.hint.strip():
            self.lost.append("The hint was left out: QTI has none.")
        said = ""
        if explained:
            text_of = self.text(content.rationale)
            held = version.element("contentBody", text_of) if version.dashed else text_of
            said = version.element(
                "modalFeedback", held, outcomeIdentifier=EXPLANATION, identifier=SHOWN, showHide="show"
            )
        document = version.element(
            "assessmentItem",
            made.declarations,
            scoring.outcomes(version, made.most, feedback=made.feedback, explained=explained),
            made.body,
            scoring.processing(version, made.score, feedback=bool(made.feedback), explained=explained),
            said,
            xmlns=version.namespace,
            identifier=written_identifier(item.id),
            title=plain(kind_of(content).headline(content))[:80],
            adaptive="false",
            timeDependent="false",
            toolName=OWN,
        )
        return WrittenItem(
            f'<?xml version="1.0" encoding="UTF-8"?>\n{document}\n',
            tuple(dict.fromkeys(self.shown)),
            tuple(dict.fromkeys(self.lost)),
        )

    # --- texts ---

    def html(self, markdown: str, *, inline: bool = False) -> str:
        html, lost = xhtml(markdown, inline=inline)
        self.lost += lost
        for key in pictures(html):
            if key in self.media:
                self.shown.append(key)
            else:
                self.lost.append("A picture was left out: it is no longer there.")
        return html

    def text(self, markdown: str, *, inline: bool = False) -> str:
        """A text as XHTML, with its Markdown before it where that is needed."""
        html = self.html(markdown, inline=inline)
        return source(html, markdown, inline=inline) + html

    def body(self, html: str, markdown: str, fields: Sequence[str], *, mark: str = "") -> str:
        """The body, its fields where PLACE stands. mark: its class, by which our reader knows it again."""
        first, *rest = (source(html, markdown) + html).split(PLACE)
        filled = first + "".join(field + piece for field, piece in zip(fields, rest, strict=True))
        return self.version.element("itemBody", filled, **({"class_": mark} if mark else {}))

    def asked(self, stem: str, interaction: str) -> str:
        """A body whose interaction stands below its text."""
        return self.version.element("itemBody", self.text(stem), interaction)

    def options(self, tag: str, options: Mapping[str, str], feedback: Mapping[str, str], **more: str) -> str:
        """Options by their identifier. feedback: by an option's text."""
        return "".join(
            self.version.element(
                tag,
                self.text(option, inline=True),
                self._said(name, feedback.get(option, "")),
                identifier=name,
                **more,
            )
            for name, option in options.items()
        )

    def _said(self, name: str, feedback: str) -> str:
        if not feedback.strip():
            return ""
        html = self.html(feedback, inline=True)
        return self.version.element(
            "feedbackInline",
            source(html, feedback) + html,
            outcomeIdentifier=FEEDBACK,
            identifier=name,
            showHide="show",
        )

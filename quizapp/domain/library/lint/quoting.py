"""The rule on quotation marks: they stand only round words that a cited article writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from quizapp.domain.language.translation import _
from quizapp.domain.language.words import folded
from quizapp.domain.library.lint.base import ArticleRule, Articles, Complaint, LintItem, Severity
from quizapp.domain.sources.passages import Paragraph

_QUOTATION = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»|„([^“]+)“")


def _unquoted(item: LintItem, articles: Articles) -> Iterator[Complaint]:
    cited = {ref.source for ref in item.evidence} & articles.keys()
    if not cited or {ref.source for ref in item.evidence} - articles.keys():
        return  # what cannot be looked up everywhere cannot be missed
    texts = [f" {_text(articles[slug])} " for slug in sorted(cited)]
    for field, text in item.texts:
        for found in _QUOTATION.finditer(text):
            said = next(group for group in found.groups() if group)
            if folded(said) and not any(f" {folded(said)} " in known for known in texts):
                yield Complaint(
                    field,
                    _(
                        "“{said}” is in quotation marks, but not in any article cited. Quote exactly "
                        "what it says, or remove the marks."
                    ).format(said=said),
                )


def _text(paragraphs: Sequence[Paragraph]) -> str:
    return folded(" ".join(sentence.text for part in paragraphs for sentence in part.sentences))


RULES = (
    ArticleRule(
        "quotation-not-found",
        Severity.ERROR,
        "Words in quotation marks are found like this in an article that the item cites.",
        _unquoted,
    ),
)

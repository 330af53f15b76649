"""Names people sign in with: which of them look alike and so cannot be beside each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from quizapp.domain.language.text import fold_for_search

LONGEST_KEY = 200  # characters
SHORTEST_WORD = 3  # letters of a name's word that is removed by itself

# Letters of other scripts by the Latin ones that they look like, as small or as capital letters
# (after Unicode UTS #39; where the two differ, the capital form decides for Cyrillic, in which
# whole names can be typed in look-alikes, and the small form for Greek).
_CYRILLIC = dict(zip("авекмнорстухіјѕԁһԛԝѵӏґ", "abekmhopctyxijsdhqwvlr", strict=True))
_GREEK = dict(zip("αβεικνορτυχωγη", "abeikvoptuxwyn", strict=True))
_OTHERS = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŀ": "l", "ɑ": "a", "ɡ": "g", "օ": "o", "ս": "u"}
_LATIN = str.maketrans(_CYRILLIC | _GREEK | _OTHERS)
_PASSED_OVER = str.maketrans("", "", " ._-'’‘`·")


def name_key(name: str) -> str:
    """The same for names that a reader could take for one another: case, accents, spaces, stops,
    hyphens, invisible characters and letters of look-alike scripts make no difference.

    "" for a name of nothing but these.
    """
    return fold_for_search(name).translate(_LATIN).translate(_PASSED_OVER)[:LONGEST_KEY]


def without_names(text: str, names: Sequence[str]) -> str:
    """The text with “…” wherever one of these names stands, however it is spelt: case, accents, and signs and
    spaces between its words make no difference. A single word of a name goes too, with initials before it,
    where it is written with a capital."""
    letters, places = _folded(text)
    gone: set[int] = set()
    for name in names:
        words = re.findall(r"\w+", _folded(name)[0])
        whole = r"[\W_]*".join(map(re.escape, words))
        for match in re.finditer(whole, letters) if whole else ():
            gone.update(places[match.start() : match.end()])
        for word in words if len(words) > 1 else ():
            for match in re.finditer(rf"\b(?:\w\.\s*)*{re.escape(word)}\b", letters):
                if len(word) >= SHORTEST_WORD and text[places[match.start()]].isupper():
                    gone.update(places[match.start() : match.end()])
    kept = ("\0" if place in gone else letter for place, letter in enumerate(text))
    return re.sub("\0+", "…", "".join(kept))


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without case and accents, and for each of its letters where it is in the text."""
    found = [
        (letter, place)
        for place, each in enumerate(text)
        for letter in unicodedata.normalize("NFKD", each).casefold()
        if not unicodedata.combining(letter)
    ]
    return "".join(letter for letter, _ in found), [place for _, place in found]

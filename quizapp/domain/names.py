"""Names people sign in with: which of them look alike and so cannot stand beside each other."""

from __future__ import annotations

from quizapp.domain.text import fold_for_search

LONGEST_KEY = 200  # characters

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

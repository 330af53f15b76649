"""Where sentences end, in many scripts: marks, closing quotation marks, marks of notes, abbreviations.

A run of marks is tried from its beginning only and never given up in part, and a few words back and forth are
looked at, never the whole paragraph: a long one costs as much per sentence as a short one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_NOTES = r"(?:\[(?:\d{1,3}|[a-z]|note \d{1,3})\]|[⁰¹²³⁴⁵⁶⁷⁸⁹]|[*†‡](?=\s))*+"
_LATIN = (
    r"(?P<latin>(?<![.!?…])[.!?…]++)(?:[\"'”’“‘)\]»«›‹]|[ \u00a0\u202f](?=[»](?:\s|$))[»])*+"
    + _NOTES
    + r"(?=\s)"
)
_DENSE = r"[。！？｡]++[」』”’）\]》〉】\"']*+"  # Chinese, Japanese: no space follows
_OTHERS = r"[।॥؟۔։።။។]++[\"'”’)\]»]*+" + _NOTES + r"(?=\s|\w)"  # Indic scripts, Arabic, Urdu, Armenian …
_GREEK = r"(?<=[\u0370-\u03ff\u1f00-\u1fff]);(?=\s)"  # the Greek question mark
_END = re.compile(f"{_LATIN}|{_DENSE}|{_OTHERS}|{_GREEK}")
_OPENS = re.compile(r"[\"'“‘„(\[«»¿¡]*[\w]")
_OPENING = frozenset("\"'“‘„([«»¿¡")
_GOES_ON = frozenset("とっがをはもので、，")  # Japanese: “…。」と言った” goes on behind the quotation
MOST_DIGITS = 2  # of the number of a list’s entry
LOOKED_BACK = 200  # characters: longer than any abbreviation or row of initials

# A full stop behind one of these does not end a sentence.
_TITLES = frozenset(
    "mr mrs ms mx dr prof sen rep gov gen col maj lt sgt capt cpt cmdr adm st ste mt hon rev fr sr sra srta "
    "dª dn mme mlle mm dott avv ing sig av bd vs ca approx cf al ff seq e.g i.e z.b d.h u.a bzw usw str nr "
    "calif ariz fla wash mass conn mich minn penn tenn jan feb mar apr jun jul aug sep sept oct nov dec ud "
    "см напр им г ул тыс млн".split()
)
_NUMBERED = frozenset(
    "no nos n° nº fig figs vol sec ch p pp art arts par nr st eq ed est".split()
)  # before a number
# Behind these it ends one where a word follows that opens a sentence.
_EITHER = frozenset("inc ltd co corp jr sr etc a.m p.m u.s u.k u.n d.c ph.d b.c a.d bros llc plc".split())
_INITIALS = re.compile(r"(?:^|[\s(“‘\"'])(?:[^\W\d_]\.)*[^\W\d_]\.$")
_OPENERS = frozenset(
    "the a an he she it they we i you this that these those there here nobody somebody everybody nothing "
    "in on at but and however then when while after before if as for from his her its their our my your "
    "not no one what who where why how all both each many most some such so yet "
    "did do does is are was were have has had can could will would should".split()
)
_HOURS, _ADDRESSES = frozenset({"a.m", "p.m"}), frozenset("mr mrs ms dr prof".split())
FEWEST_BEFORE = 4  # words of a sentence that ends in an hour: “At 5 a.m. Mr. Lee rose” goes on
_GERMAN_MONTHS = frozenset(
    "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert "
    "januar februar marts maj juni juli oktober december".split()
)


def ends(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence but the last ends, and where the text goes on behind it."""
    for match in _END.finditer(text):
        onward = _past(text, match.end(), str.isspace)
        if onward < len(text) and _ends_sentence(text, match, onward):
            yield match.end(), onward


def _ends_sentence(text: str, match: re.Match[str], onward: int) -> bool:
    marks = match["latin"]
    if marks is None:
        closed = match.group()[-1] in "」』”’"
        return not (closed and text[onward] in _GOES_ON)
    if not _OPENS.match(text, onward):
        return False
    opener = _past(text, onward, _OPENING.__contains__)
    following = re.match(r"[\w’']*", text[opener : opener + 40])
    word = following[0] if following else ""
    if word[:1].islower() and not word[1:2].isupper():  # “iPad sales rose.”
        return False
    return marks != "." or not _is_abbreviated(text, match.start(), word, text[onward])


def _is_abbreviated(text: str, stop: int, word: str, opener: str) -> bool:
    """Whether the full stop belongs to what is before it. word: the one behind it; opener: its mark."""
    back = max(0, stop - LOOKED_BACK)
    before = text[back:stop].rsplit(None, 1)
    last = before[-1].lstrip("\"'“‘([«„").casefold() if before else ""
    if last.isdigit() and len(last) <= 2 and word in _GERMAN_MONTHS:
        return True
    if last in _NUMBERED and (word[:1].isdigit() or last not in {"no", "art", "ed", "ch", "sec", "est"}):
        return True
    if last in _TITLES:
        return True
    if last.isdigit():
        return len(last) <= MOST_DIGITS and not text[:stop].strip().removesuffix(last)  # “1. The first …”
    opens = word.casefold() in _OPENERS and opener != "("
    if last in _HOURS and word.casefold() in _ADDRESSES:
        opens = len(re.split(r"[.!?] (?=[A-Z])", text[back:stop])[-1].split()) > FEWEST_BEFORE
    return not opens and (last in _EITHER or bool(_INITIALS.search(text, back, stop + 1)))


def _past(text: str, start: int, skipped: Callable[[str], bool]) -> int:
    """The first place from `start` on whose character is not skipped."""
    while start < len(text) and skipped(text[start]):
        start += 1
    return start

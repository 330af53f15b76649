"""Texts as people read them: the same letters however they are encoded, and folded for comparing."""

from __future__ import annotations

import re
import unicodedata

from quizapp.domain.language.translation import _


def fold_for_search(text: str) -> str:
    """Case, accents and invisible differences folded: for search columns and names that must differ."""
    return visible(without_accents(without_case(visible(text))))


def unstorable(text: str, longest: int) -> str:
    """What keeps a text from being stored and how to mend it; "" where nothing does."""
    if len(text) > longest:
        return _("Shorten this to {longest:,} characters; it has {length:,}.").format(
            longest=longest, length=len(text)
        )
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        return _("Some characters can’t be stored (NUL or half a character). Type the text again.")
    return ""


# --- folding -------------------------------------------------------------------------------------

_LOOKALIKES = str.maketrans(
    dict.fromkeys("−‐‑‒–—―⸺⸻﹘﹣－〜", "-") | dict.fromkeys("’‘‚‛ʼʻ´`′", "'") | dict.fromkeys("“”„‟«»″", '"')
)
_DASHES = re.compile(r"(?<![\s])(?<!^)-{2,}|-{2,}(?![^\W_])")  # “--help” keeps both


def visible(text: str) -> str:
    if text.isascii():  # nothing composed and nothing invisible: most of what is typed
        return " ".join(_DASHES.sub("-", text.replace("`", "'")).split())
    text = unicodedata.normalize("NFC", text).translate(_LOOKALIKES)  # NFKC would split “´” in two
    text = unicodedata.normalize("NFKC", text).translate(_LOOKALIKES)
    text = "".join(character for character in text if not _is_invisible(character))
    return " ".join(_DASHES.sub("-", unicodedata.normalize("NFC", text)).split())


# Letters and marks that show nothing (Unicode's Default_Ignorable_Code_Point) but are not of category
# Cf: fillers, selectors of variants; and the Braille cell without dots.
_BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]"
)


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or _BLANK.match(character) is not None


def without_case(text: str) -> str:
    """Casefolded, but “ß” is left: that it equals “ss” is a matter of accents."""
    return "ß".join(part.casefold() for part in text.replace("ẞ", "ß").split("ß"))


_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
    | {
        "ẞ": "SS",
        "Æ": "Ae",
        "Œ": "Oe",
        "Ø": "O",
        "Ł": "L",
        "Đ": "D",
        "Ð": "D",
        "Þ": "Th",
        "Ħ": "H",
    }
)


def without_accents(text: str) -> str:
    if text.isascii():
        return text
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not _is_accent(letter))
    return unicodedata.normalize("NFC", "".join(letters)).translate(_LETTERS)


def _is_accent(character: str) -> bool:
    """Marks above, below and across letters, Hebrew points, Arabic vowels; not the vowels of Indic
    scripts nor the voicing marks of Japanese, which make another letter."""
    combining = unicodedata.combining(character)
    return combining == 1 or 10 <= combining <= 36 or combining >= 200


# --- shares: a space at which no line breaks before the sign -----------------------------------------

_SIGN = "\N{NO-BREAK SPACE}%"


def percent(share: float) -> str:
    """ "82 %" of 0.82."""
    return f"{round(100 * share)}{_SIGN}"


def percents(low: int, high: int) -> str:
    """ "45–90 %", in percent; one number where both are the same."""
    return f"{low}{_SIGN}" if low == high else f"{low}–{high}{_SIGN}"

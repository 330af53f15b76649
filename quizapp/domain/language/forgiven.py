"""What grading lets pass in a typed answer."""

from __future__ import annotations

from enum import StrEnum


class Forgiven(StrEnum):
    """What grading let pass in a typed answer; the result page says it in words."""

    CASE = "case"
    SPACING = "spacing"
    ACCENTS = "accents"
    HYPHENS = "hyphens"
    PUNCTUATION = "punctuation"
    ARTICLE = "article"  # a leading a/an/the, the “to” of a verb
    ORDINAL = "ordinal"  # 4th / fourth
    SLIP = "slip"  # one letter, on a word of five letters or more
    NUMBER_FORMAT = "number format"
    UNIT_FORMAT = "unit format"
    OTHER_UNIT = "other unit"  # minutes for seconds
    TOLERANCE = "tolerance"
    DATE_FORMAT = "date format"  # of a date or a time of day
    NOTATION = "notation"  # sqrt(2) for √2, x**2 for x², katakana for hiragana
    NAME_FORMAT = "name format"  # a surname alone, a title, initials
    WORD_ORDER = "word order"
    OTHER_WORDS = "other words"  # the question's own, a plural, more precision

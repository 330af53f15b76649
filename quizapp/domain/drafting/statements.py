"""What a sentence says, in fewer of its words: main clauses and relative clauses as statements of
their own, insertions and trailing clauses left out.

A statement's words are in the sentence in the same order (but for a phrase of time that may move to
the front), so that it can be checked against it. What cannot be taken apart safely is left whole.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import pairwise

from quizapp.domain.drafting.sentences.verbs import AUXILIARIES, CLEARLY_FINITE, FINITE

FEWEST_WORDS, MOST_WORDS = 5, 32

_BRACKETS = re.compile(r" ?[(\[][^()\[\]]*[)\]]")
_DASHED = re.compile(r" ?[—–] ?[^—–]+?[—–] | [—–-] [^—–]+? [—–-] ")
_DASH_TAIL = re.compile(r" ?— .*$| [–-] .*$")
_CONNECTOR = re.compile(
    r"^(?:However|Also|In addition|Overall|Meanwhile|Moreover|Furthermore|Nevertheless|Instead|Indeed|In turn"
    r"|At the same time|On the other hand|For example|For instance|In fact|Still|Today|Yesterday|Now|Recently"
    r"|Earlier in the day|Earlier|Later|Later that year|As a result|Consequently|Therefore|Thus|Last week"
    r"|This week|This month|Since then|That year|Of course|Finally|On \w+day), ?"
)
_ASIDE = re.compile(
    r",? (?:however|meanwhile|moreover|of course|in turn|on the other hand|for example|for instance|in fact|"
    r"therefore|too),(?= )"
)
_PASSING = re.compile(
    r"(?:,? (?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?: (?:morning|evening|night|afternoon))?"
    r"|(?:earlier )?(?:this|last) (?:week|month|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)|yesterday"
    r"|recently|now)"
    r"(?=[ ,]|$))"
)
_ALSO = re.compile(r"\b(?:also|then|thus|therefore|however|moreover|still|even) (?=[a-z])")
_SUBORDINATE = re.compile(
    r"(?:although|though|while|since|after|before|because|when|where|as|if|unless|until|despite|with|without"
    r"|during|following|amid|amidst|against|in|on|at|by|from|for|over|under|among|unlike|like|through|throughout|near"
    r"|to|within|once|according|instead|rather|thanks|due|given|between|of|just|only|especially|particularly"
    r"|including|such|up|down|but to|not|so|based|rising|beginning|starting|[a-z]+ing)\b",
    re.IGNORECASE,
)
_NEEDED = re.compile(
    r"(?:for|to|with|without|if|unless|unlike|like|according|until|by|among|on the|in the)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r"(?:who|which|whose|where|whom|when|that)\b")
_APPOSITION = re.compile(
    r"(?:an?|the|its|his|her|their|one of|then|now|once|then-|son|daughter|aged|born|too)\b"
    r"|\d|[a-z]+ed\b|[A-Z]"
)
_CONJUNCTION = re.compile(r"(?:and|but|or|nor|yet|so)\b")
_TIME = re.compile(
    r" (?P<time>(?:in|since|by|until) (?:early |late |mid-|the spring of |the summer of |the autumn of )?"
    r"(?:[A-Z][a-z]+ )?(?:1[0-9]|20)\d\d"
    r"|on (?:\d\d? [A-Z][a-z]+|[A-Z][a-z]+ \d\d?,?)(?: \d{4})?)(?=$| [a-z])"
)
_LEAD = re.compile(
    r"(?P<who>According to [^,]+, )"
    r"|(?P<time>(?:In|Since|By|Until|On|Between)(?: (?:early|late|the (?:spring|summer|autumn|winter) of))?"
    r" (?:\d\d? )?(?:[A-Z][a-z]+ )?(?:\d\d?, )?(?:1[0-9]|20)\d\d(?: and (?:1[0-9]|20)\d\d)?),? (?=\w)"
)
_SHORT_QUOTE = re.compile(  # of at most four words
    r"“(?:[\w'’-]+ ){0,3}[\w'’-]+”|\"(?:[\w'’-]+ ){0,3}[\w'’-]+\""
    r"|(?<!\w)[‘'](?:[\w-]+ ){0,3}[\w-]+[’'](?!\w)"
)
_QUOTES = re.compile(r"[“”\"«»‘]|(?<!\w)'")
_ENDS_IN_AIR = re.compile(
    r",?(?: (?:and|or|but|particularly|especially|including|such as|even|only|just))+,?$"
)


def statements(sentence: str, names: Collection[str] = ()) -> tuple[str, ...]:
    """Ways to say what a sentence says, without a full stop, the plainest first; questions, commands and
    quotations give none. Each begins with a capital. names: with
    which one may begin behind a phrase of time."""
    text = _tidied(sentence)
    if not text or text[-1] in "?!" or ":" in text:
        return ()
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    found = [*_from_parts(_parts(rest)), rest]
    if lead and lead["who"]:
        found = [f"{lead.group()}{each}" for each in found]
    elif lead:
        time = lead["time"]
        found = [f"{time}, {each}" for each in found] + [
            f"{each} {time[:1].lower()}{time[1:]}" for each in found[:1]
        ]
    varied = [each for one in found for each in (one, *_shortened(one, names))]
    plain = (_capital(_ENDS_IN_AIR.sub("", _ALSO.sub("", each).strip(" ,;."))) for each in varied)
    return tuple(
        each
        for each in dict.fromkeys(plain)
        if FEWEST_WORDS <= len(each.split()) <= MOST_WORDS and not _QUOTES.search(_SHORT_QUOTE.sub("", each))
    )


def _tidied(sentence: str) -> str:
    text = re.sub(r"([,.])([”\"’])", r"\2\1", " ".join(sentence.split())).removesuffix(".")
    text = _DASHED.sub(" ", _BRACKETS.sub("", text))
    text = _DASH_TAIL.sub("", text)
    text = _CONNECTOR.sub("", text)
    text = _PASSING.sub("", _ASIDE.sub("", text))
    return text.strip(" ,;")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- clauses -----------------------------------------------------------------------------------


def _parts(text: str) -> list[str]:
    return [part for part in re.split(r"(?<!\d), |, (?!\d)|; | — ", text) if part]


def _words(part: str) -> list[str]:
    return [word.strip(".’'") for word in part.split()]


def _has_verb(part: str) -> bool:
    """Whether a finite verb is in it, past its first word."""
    words = _words(part)
    return any(word in CLEARLY_FINITE for word in words[1:]) or any(
        word in FINITE and before[:1].isupper() for before, word in pairwise(words)
    )


def _begins_with_verb(part: str) -> bool:
    words = _words(part)
    return words[0] in FINITE or (
        len(words) > 1 and words[0] in {"also", "then", "later"} and words[1] in FINITE
    )


def _from_parts(parts: list[str]) -> Iterator[str]:
    while len(parts) > 1 and _SUBORDINATE.match(parts[0]) and not _NEEDED.match(parts[0]):
        parts = parts[1:]  # “In the end, …”
        while len(parts) > 1 and (_CONJUNCTION.match(parts[0]) or _SUBORDINATE.match(parts[0])):
            parts = parts[1:]
    if _SUBORDINATE.match(parts[0]) or _RELATIVE.match(parts[0]) or _CONJUNCTION.match(parts[0]):
        return
    if _has_verb(parts[0]):
        subject = subject_of(parts[0])
        yield from _main(parts[0], parts[1:])
        yield from _relatives(parts, subject)
        return
    for index, part in enumerate(parts[1:], start=1):
        if _begins_with_verb(part) and all(map(_can_go, parts[1:index])):
            yield from _main(f"{parts[0]} {part}", parts[index + 1 :])
            yield from _relatives([parts[0], *parts[1:index]], parts[0])
            return


def _main(clause: str, rest: list[str]) -> Iterator[str]:
    """The main clause, if all that follows can go; lists cannot."""
    if _is_list(rest):
        return
    if all(_can_go(part) or _CONJUNCTION.match(part) for part in rest):
        yield clause
    for part in rest:
        conjoined = _CONJUNCTION.match(part)
        if conjoined and conjoined.group() in {"and", "but"}:
            yield from _conjoined(clause, part[conjoined.end() :].strip())


def _conjoined(clause: str, part: str) -> Iterator[str]:
    """“…, and the town grew” as a statement of its own; “…, and grew” with the first subject."""
    words = _words(part)
    if not words:
        return
    if words[0] in FINITE and words[0] not in AUXILIARIES:
        subject = subject_of(clause)
        if subject:
            yield f"{subject} {part}"
    elif _has_verb(part) and not _SUBORDINATE.match(part):
        yield part


def subject_of(clause: str) -> str:
    """What is before the first finite verb, where that is short and plain."""
    words = clause.split()
    for index, word in enumerate(words[1:], start=1):
        plain = word.strip(".’'")
        if plain in CLEARLY_FINITE or (plain in FINITE and words[index - 1][:1].isupper()):
            return " ".join(words[:index]) if index <= 8 else ""
    return ""


def _relatives(parts: list[str], subject: str) -> Iterator[str]:
    """“X, who built Y” → “X built Y”; “praised trade, which rose” → “trade rose”."""
    for before, part in pairwise(parts):
        found = re.match(r"(who|which) (?=\w)", part)
        if not found or not _begins_with_verb(part[found.end() :]):
            continue
        name = _last_name(before)
        if found[1] == "who" and name:
            yield f"{name} {part[found.end() :]}"
        elif before == subject or (found[1] == "which" and name == before):
            yield f"{before} {part[found.end() :]}"
        elif found[1] == "which" and (thing := _object(before)):
            yield f"{thing} {part[found.end() :]}"


_NAME_AT_END = re.compile(
    r"(?:^| )((?:[A-Z][\w.’'-]*)(?: (?:(?:of|de|von|der|van|la|del|bin)(?: the)? )?[A-Z][\w.’'-]*)*)$"
)


def _last_name(part: str) -> str:
    found = _NAME_AT_END.search(part)
    return found[1] if found else ""


_NO_OBJECT = frozenset("to that by in on at for as with from".split())


def _object(part: str) -> str:
    """What is behind the only verb of a clause: a short phrase without another clause in it."""
    words = part.split()
    verbs = [index for index, word in enumerate(words[1:], start=1) if word in FINITE]
    if len(verbs) != 1:
        return ""
    thing = words[verbs[0] + 1 :]
    if not 1 < len(thing) <= 7 or thing[0] in _NO_OBJECT:
        return ""
    return " ".join(thing)


def _can_go(part: str) -> bool:
    """Whether a part between or behind the main clause may be left out without harm."""
    return bool(_RELATIVE.match(part) or _SUBORDINATE.match(part) or _APPOSITION.match(part))


def _is_list(parts: list[str]) -> bool:
    """“…, oil, and timber”: the last of several begins with “and” and has no verb."""
    return any(
        re.match(r"(?:and|or|as well as)\b", part)
        and not _has_verb(part)
        and not _begins_with_verb(part.split(" ", 1)[-1])
        for part in parts
    )


# --- shorter still -----------------------------------------------------------------------------


def _shortened(statement: str, names: Collection[str]) -> Iterator[str]:
    """The time moved to the front, and what is left without the last one or two phrases."""
    fronted = _fronted(statement, names)
    if fronted:
        yield fronted
    for text in (statement, fronted):
        shorter = _without_ending(text)
        if shorter:
            yield shorter
            yield _without_ending(shorter)


def _fronted(statement: str, names: Collection[str]) -> str:
    """“In 1932, the bridge opened”; "" where the time may belong to a phrase and not to the whole."""
    time = _TIME.search(statement)
    if (
        not time
        or time.end() != len(statement)
        or re.search(
            r"\b(?:that|who|which|what|how|whether|where|why|as|since|because|when|and|to|for)\b", statement
        )
    ):
        return ""
    rest = statement[: time.start()]
    if _lowered(rest) == rest and not rest.startswith(tuple(f"{name} " for name in names)):
        return ""  # a word that has its capital from its place alone
    verbs = [word for word in _words(rest) if word in CLEARLY_FINITE - AUXILIARIES]
    return f"{_capital(time['time'].rstrip(','))}, {_lowered(rest)}" if len(verbs) <= 1 else ""


def _without_ending(text: str) -> str:
    """The statement without its last phrase of place or time, where a whole clause is left."""
    found = _LAST_PHRASE.search(text)
    head = text[: found.start()] if found else ""
    last = head.rpartition(" ")[2]
    if _SPAN_AT_END.search(head):
        return ""  # “five months after the peace” is no duration
    if not _has_verb(head) or last in FINITE or last.endswith(("ed", "ing", "en")) or last in _INCOMPLETE:
        return ""
    return head


_LAST_PHRASE = re.compile(
    r" (?:in|at|near|during|after|before|across|throughout|within|on (?=\d|[A-Z]))"
    r"(?:(?! (?:in|at|near|during|after|before|across|throughout|within|on) )[^,;“”])*$"
)
_SPAN_AT_END = re.compile(
    r"\b(?:seconds|minutes|hours|days?|weeks?|months?|years?|decades|centuries|miles|kilomet(?:re|er)s|metres|meters)$"
)
_INCOMPLETE = frozenset(
    "is are was were be been to and or of same well much many more less as not such interest role part "
    "success first last place the a an its his her their born said".split()
)


def _lowered(text: str) -> str:
    """A first word that is only the sentence's takes a small letter."""
    first = text.split(" ", 1)[0]
    return (
        text[:1].lower() + text[1:]
        if first
        in {
            "The",
            "A",
            "An",
            "Its",
            "His",
            "Her",
            "Their",
            "One",
            "Two",
            "Three",
            "Four",
            "Five",
            "Six",
            "Seven",
            "Eight",
            "Nine",
            "Ten",
            "More",
            "About",
            "Over",
            "Around",
            "Some",
            "All",
            "Most",
        }
        else text
    )

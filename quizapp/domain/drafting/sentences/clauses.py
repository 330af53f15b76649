"""What a parsed sentence says in fewer words: its main clause without insertions, or nothing where leaving
them out, or what it points back to, could make it say something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from quizapp.domain.drafting.sentences.grammar import Parsed, Word
from quizapp.domain.library.lint.language import RELATIVE_DATES

FEWEST_WORDS, MOST_WORDS = 6, 28

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
SUBJECTS = ("nsubj", "nsubjpass")
_AUXILIARIES = ("aux", "auxpass")
_CONNECTORS = frozenset(
    "however also meanwhile moreover furthermore nevertheless indeed overall consequently therefore thus "
    "finally "
    "additionally still instead similarly likewise then later earlier subsequently eventually and but yet so "
    "interestingly notably surprisingly accordingly hence nonetheless fortunately unfortunately".split()
)
# What carries a condition, a doubt or an exception stays, and what stands in an insertion with it, too.
_TURNS = re.compile(
    r"\b(?:not|n't|n’t|no|never|nor|none|if|unless|except|only|without|reportedly|allegedly|perhaps|probably|"
    r"according|claims?|claimed|(?-i:may)|might|could|would|supposedly|until|but)\b",
    re.IGNORECASE,
)
PASSES = re.compile(
    r"\b(?:now|today|tonight|currently|next|previous|recent|recently|latest|so far|ago|yesterday|"
    r"tomorrow|nowadays|at present|this "
    r"(?:week|month|year|morning|afternoon|season)|(?:last|next) (?:week|month|year|night|season)|upcoming|"
    r"yet|earlier|later|meanwhile|soon|still|again|even|just|instead|otherwise|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|here|there|above|below|following|aforementioned)\b",
    re.IGNORECASE,
)
_PASSING = re.compile(
    r"(?:yesterday|today|tonight|earlier|recently|later|overnight|also|then|last (?:night|week|month|year)|"
    r"this (?:morning|afternoon|evening|week|month|year)|earlier (?:today|this week)|"
    r"(?:on |late |early )*(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"(?: (?:morning|night|afternoon|evening))?)"
)
_POINTS = frozenset(
    "this that these those such another other others both latter former same respective said "
    "similar further different certain".split()
)
_OF_US = frozenset("i me my we us our you your mine ours yours myself ourselves yourself".split())
_PERSONS = frozenset("he she him her his hers himself herself".split())
_KNOWN = frozenset(
    "world sun moon earth sea weather internet public future past time century air sky ground ocean equator "
    "universe government end beginning rest number majority first second third north south east west united "
    "war people law bible church state body brain heart blood letter name term word".split()
)
_MODIFIED = ("prep", "relcl", "acl", "poss", "nummod", "appos")


class Clause(NamedTuple):
    """A main clause. kept: its words; subject: the head of its subject; verb: its root; bare: how many things
    it speaks of as known though nothing in it says which."""

    parsed: Parsed
    verb: int
    subject: int
    kept: frozenset[int]
    bare: int
    person: str = ""  # whom its subject, a pronoun, stands for
    names: frozenset[int] = frozenset()  # where names begin

    @property
    def text(self) -> str:
        """The clause as a statement, without a full stop."""
        text = self.parsed.said(self.kept).strip(" ,;:.–—-")
        return text[:1].upper() + text[1:]

    def words_of(self, place: int) -> frozenset[int]:
        """The kept words of a phrase."""
        return self.parsed.subtree(place) & self.kept


def clause_of(parsed: Parsed, people: Collection[str] = (), *, known: bool = False) -> Clause | None:
    """The main clause, where it stands on its own. people: forms of the names of persons; known: what its
    subject, “he” or “she”, stands for is known."""
    root = parsed.root
    if root is None or not _is_plain(parsed.text):
        return None
    subjects = parsed.below(root, *SUBJECTS)
    if len(subjects) != 1 or subjects[0] > root or not is_finite(parsed, root):
        return None
    kept = parsed.subtree(root)
    for place in _left_out(parsed, root, kept):
        kept -= parsed.subtree(place)
    kept = frozenset(_without_marks(parsed, kept))
    if not {subjects[0], root} <= kept or not FEWEST_WORDS <= _count(parsed, kept) <= MOST_WORDS:
        return None
    if any(_lost_its_subject(parsed, place, kept) for place in kept - {root}):
        return None
    bare = _bare(parsed, kept, subjects[0])
    clause = Clause(parsed, root, subjects[0], kept, bare)
    return clause if bare <= 1 and _stands(clause, people, known=known) else None


def _lost_its_subject(parsed: Parsed, place: int, kept: Collection[int]) -> bool:
    """Whether a finite verb stands there whose subject is gone: then the sentence was taken apart wrongly."""
    word = parsed.words[place]
    if word.tag not in {"VBD", "VBZ", "VBP"} or word.dep in {"aux", "auxpass", "conj", "relcl", "csubj"}:
        return False
    return not any(each in kept for each in parsed.below(place, *SUBJECTS, "expl"))


def _count(parsed: Parsed, kept: Collection[int]) -> int:
    return sum(parsed.words[place].text[0].isalnum() for place in kept)


def _is_plain(text: str) -> bool:
    """Neither a question nor speech nor a list, and nothing broken in it."""
    return (
        not re.search(r"[?!“”\"«»\[\]{}=|/…]|:(?!\d)|\.\.\.| '|``|''", _SHORT_QUOTE.sub("", text))
        and text.count("(") == text.count(")")
        and text.rstrip().endswith(".")
        and (text[:1].isupper() or text[:1].isdigit())
    )


_SHORT_QUOTE = re.compile(r"[“\"](?:[\w’'-]+ ){0,3}[\w’'-]+[”\"]")


def is_finite(parsed: Parsed, verb: int) -> bool:
    """Whether a verb tells what is or was, and not what will or may be."""
    tags = {parsed.words[each].tag for each in parsed.below(verb, *_AUXILIARIES)}
    if tags & {"MD"} or "TO" in tags:
        return False  # will, may, could: no fact yet
    return parsed.words[verb].tag in _FINITE or bool(tags & _FINITE)


def _left_out(parsed: Parsed, root: int, kept: frozenset[int]) -> Iterator[int]:
    """The heads of what the clause is told without."""
    for place in sorted(kept - {root}):
        phrase = parsed.subtree(place)
        told = parsed.said(phrase)
        word, first, last = parsed.words[place], min(phrase), max(phrase)
        if word.dep in _ADVERBIAL and _PASSING.fullmatch(told.casefold()):
            yield place  # “yesterday”, “on Monday”: the event is told without its day
        elif (
            place < 2
            and word.dep in _ADVERBIAL
            and word.head == root
            and (told.casefold() in _CONNECTORS or _is_comment(parsed, place))
        ):
            yield place
        elif first and last - first + 1 == len(phrase) and _is_apart(parsed, first, last):
            if not _TURNS.search(told) and _is_insertion(parsed, place, root):
                yield place
        elif word.dep == "conj" and word.head == root and word.tag in _FINITE and place > root:
            yield place


def _is_comment(parsed: Parsed, place: int) -> bool:
    """“Significantly, …”"""
    word, after = parsed.words[place], parsed.words[place + 1].text
    return place == 0 and word.text.endswith("ly") and after == "," and not _TURNS.search(word.text)


_CLOSING = frozenset({")", "”", '"', "%", "°"})
_ADVERBIAL = frozenset({"npadvmod", "advmod", "prep", "cc"})
_MARKS = frozenset({",", "(", ")", "—", "–", ";", ".", "-"})


def _is_apart(parsed: Parsed, first: int, last: int) -> bool:
    """Whether marks stand on both sides."""
    before, after = (
        parsed.words[first - 1].text,
        parsed.words[last + 1].text if last + 1 < len(parsed.words) else ".",
    )
    return before in _MARKS and after in _MARKS


def _is_insertion(parsed: Parsed, place: int, root: int) -> bool:
    word = parsed.words[place]
    if word.dep in {"appos", "relcl", "acl"}:
        return True
    if word.dep == "advcl" and word.head == root and place > root:
        return word.tag in {"VBG", "VBN"} or mark_of(parsed, place) in {
            "while",
            "although",
            "though",
            "whereas",
        }
    return word.dep == "conj" and word.head == root and word.tag in _FINITE | {"VBN"}


def mark_of(parsed: Parsed, place: int) -> str:
    """The word that joins a clause to another: “because”, “while”."""
    return next((parsed.words[each].text.casefold() for each in parsed.below(place, "mark")), "")


def _is_left_over(word: Word) -> bool:
    """Whether nothing can end with it: a comma, a conjunction or preposition that lost what it led to."""
    stop = not word.text[-1].isalnum() and word.text not in _CLOSING
    return stop or word.dep in {"cc", "prep", "mark"}


def _without_marks(parsed: Parsed, kept: frozenset[int]) -> Iterator[int]:
    """Commas, brackets and connecting words that lost what they stood beside are left out."""
    places = sorted(kept)
    while places and _is_left_over(parsed.words[places[-1]]):
        places.pop()
    for index, place in enumerate(places):
        word = parsed.words[place]
        before = places[index - 1] if index else None
        after = places[index + 1] if index + 1 < len(places) else None
        gone = before is None or after is None or before != place - 1 or after != place + 1
        mark = word.text in {",", ";", "—", "–", "-", "(", ")"}
        if not (gone and (mark or (word.dep == "cc" and after != place + 1))):
            yield place


def _stands(clause: Clause, people: Collection[str], *, known: bool) -> bool:
    """Whether it needs no sentence before it and will be as true in a year."""
    parsed, text = clause.parsed, clause.text
    broken = text.count("(") != text.count(")") or any(each in text for each in ("  ", " ,", "( "))
    if broken or RELATIVE_DATES.search(text) or PASSES.search(text):
        return False
    subject = parsed.words[clause.subject]
    if not known and subject.tag in {"PRP", "DT", "EX", "WP", "WDT", "CD", "JJ", "VBG"}:
        return False
    for place in sorted(clause.kept):
        word = parsed.words[place]
        small = word.text.casefold()
        if word.tag in {"PRP", "PRP$"} and not _refers(clause, place, people, known=known):
            return False
        points = small in _POINTS and word.tag in {"DT", "JJ", "NN", "NNS", "PDT"} and word.dep != "mark"
        if points or small in _OF_US:
            return False
    return True


def _refers(clause: Clause, place: int, people: Collection[str], *, known: bool) -> bool:
    """Whether what a pronoun stands for is named before it in the clause."""
    parsed = clause.parsed
    word = parsed.words[place].text.casefold()
    if known and word in _PERSONS:
        return True
    if place < clause.subject:
        return False
    before = parsed.text[: parsed.words[place].start]
    if word in _PERSONS:
        return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", before) for name in people)
    if word in {"it", "its", "itself"}:
        return parsed.words[clause.subject].tag in {"NN", "NNP"} and word != "it"
    return word in {"their", "themselves"} and parsed.words[clause.subject].tag in {"NNS", "NNPS"}


def _bare(parsed: Parsed, kept: frozenset[int], subject: int) -> int:
    """Things with “the” that nothing says more of; 9 where the subject is one."""
    count = 0
    for place in kept:
        word = parsed.words[place]
        if word.tag not in {"NN", "NNS"} or not any(
            parsed.words[each].text.casefold() == "the" for each in parsed.below(place, "det")
        ):
            continue
        if word.text.casefold() in _KNOWN or _told(parsed, place, kept):
            continue
        count += 9 if place == subject else 1
    return count


def _told(parsed: Parsed, place: int, kept: frozenset[int]) -> bool:
    """Whether words of its own say which thing is meant."""
    if any(each in kept for each in parsed.below(place, *_MODIFIED)):
        return True
    beside = [parsed.words[each] for each in parsed.below(place, "amod", "compound", "nmod")]
    return any(each.tag in {"NNP", "NNPS", "JJS", "CD"} or each.text[0].isupper() for each in beside)


PERSONAL_PRONOUNS = frozenset({"He", "She"})


def referents(reading: Sequence[tuple[Parsed, str, bool]]) -> list[str]:
    """Whom “He” or “She” at the front of each sentence stands for, "" where that is not certain. reading: of
    the sentences in order, the name of the only person in each that is its subject ("" for none), and whether
    it begins a paragraph.

    Certain is: the sentence before, of the same paragraph, has this person as its subject, and names no
    other; or it begins with the same pronoun, whose person is known.
    """
    found: list[str] = []
    last, pronoun = "", ""
    for parsed, subject, opens in reading:
        if opens:
            last, pronoun = "", ""
        first = parsed.words[0].text if parsed.words else ""
        if first in PERSONAL_PRONOUNS:
            last = last if pronoun in {"", first} else ""
            pronoun = first
            found.append(last)
            if subject == MIXED:
                last = ""
        else:
            found.append("")
            last, pronoun = ("" if subject == MIXED else subject), ""
    return found


MIXED = "?"  # several persons are named

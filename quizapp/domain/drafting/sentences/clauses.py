"""What a parsed sentence says in fewer words: its clauses without insertions, or nothing where leaving them
out, or what they point back to, could make them say something else."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from quizapp.domain.drafting.sentences import lexicon
from quizapp.domain.drafting.sentences.grammar import SUBJECTS, Clause, Parsed
from quizapp.domain.drafting.sentences.pointing import MOST_BARE, PASSES, bare_things, stands
from quizapp.domain.drafting.sentences.trimming import (
    FINITE_TAGS,
    is_ahead,
    is_reported,
    is_saying,
    is_torn,
    left_out,
    lost_its_subject,
    without_marks,
)
from quizapp.domain.library.lint.language import RELATIVE_DATES

FEWEST_WORDS, MOST_WORDS = 4, 28

_AUXILIARIES = ("aux", "auxpass")


def clauses_of(
    parsed: Parsed,
    people: Collection[str] = (),
    *,
    known: Collection[str] = (),
    anew: bool = False,
    rules: bool = False,
) -> tuple[Clause, ...]:
    """The clauses that are on their own: the main clause, those joined to it with “and”, what someone is
    reported to have said, what is said of a thing in passing, an instruction. people: forms of the names of
    persons; known: words of the title; again: whether the subject is a name in the place of a pronoun; rules:
    whether the article is made of what must and may be."""
    root = parsed.root
    if root is None or not _is_plain(parsed.text):
        return ()
    clauses = (
        clause
        for verb, lead in _verbs(parsed, root)
        if is_finite(parsed, verb) or (rules and is_rule(parsed, verb)) or _is_command(parsed, verb, root)
        for clause in _of_verb(parsed, root, verb, lead, known)
    )
    return (
        *(each for each in clauses if each.bare <= MOST_BARE and stands(each, people, anew=anew)),
        *(
            each
            for each in _in_passing(parsed, people, known)
            if each.bare <= MOST_BARE and stands(each, people)
        ),
    )


def _is_meant(parsed: Parsed, head: int, relative: str, people: Collection[str]) -> bool:
    """Whether nothing but the word before “which” or “who” can be meant by it: “a builder from Geneva, who”
    and “the way from Brenz to Leath, which” leave that open."""
    word = parsed.words[head]
    person = any(name.endswith(word.text) for name in people) or word.text in people
    above = parsed.words[word.head]
    if (relative == "who") != person or word.dep == "appos":
        return False
    return word.dep != "pobj" or parsed.words[above.head].tag[:2] == "VB"


def _in_passing(parsed: Parsed, people: Collection[str], known: Collection[str]) -> Iterator[Clause]:
    """“The bridge, which was built in 1932, …” as a clause of its own."""
    for verb, word in enumerate(parsed.words):
        head = word.head
        subjects = parsed.below(verb, *SUBJECTS)
        if word.dep != "relcl" or len(subjects) != 1 or not is_finite(parsed, verb):
            continue
        relative = subjects[0]
        phrase = parsed.subtree(head) - parsed.subtree(verb)
        said = {each for each in phrase if parsed.words[each].text != ","}
        plain = (
            parsed.words[relative].text.casefold() in {"which", "who"}
            and parsed.words[relative - 1].text == ","
        )
        if (
            not plain
            or max(said) >= relative - 1
            or parsed.words[head].tag not in {"NN", "NNP", "NNS", "NNPS"}
        ):
            continue
        if any(parsed.words[each].dep in {"conj", "cc", "appos", "relcl"} for each in said):
            continue
        if not _is_meant(parsed, head, parsed.words[relative].text.casefold(), people):
            continue
        told = parsed.subtree(verb)
        for place in left_out(parsed, verb, told):
            told -= parsed.subtree(place)
        kept = frozenset(without_marks(parsed, frozenset(said) | (told - {relative})))
        if verb in kept and FEWEST_WORDS <= _count(parsed, kept) <= MOST_WORDS:
            bare = bare_things(parsed, kept, head, known)
            yield Clause(parsed, verb, head, kept, bare, kept, phrase=frozenset(said))


def _verbs(parsed: Parsed, root: int) -> Iterator[tuple[int, str]]:
    """The verbs of the clauses, and whose words each is."""
    reported = next((each for each in range(len(parsed.words)) if is_reported(parsed, each)), None)
    if reported is not None:
        if (lead := _source(parsed, reported)) and parsed.words[reported].head == root:
            yield root, lead
        return
    subjects = parsed.below(root, *SUBJECTS)
    saying = is_saying(parsed, root)
    said = parsed.below(root, "ccomp") if saying else ()
    if lead := _source(parsed, root) if saying else "":
        for each in said:
            yield each, lead
    if not any(subjects and each < subjects[0] for each in said):
        yield root, ""
    for each in parsed.below(root, "conj", "ccomp"):
        if parsed.words[each].dep == "conj" or is_ahead(parsed, each, root):
            yield each, ""
            for further in parsed.below(each, "conj"):
                yield further, ""


def _source(parsed: Parsed, verb: int) -> str:
    """“According to the council, ” of “the council said”; "" where no one is named."""
    subjects = parsed.below(verb, *SUBJECTS)
    if len(subjects) != 1 or parsed.words[subjects[0]].tag in {"PRP", "DT", "WP", "EX"}:
        return ""
    if parsed.below(verb, "neg", "aux"):
        return ""
    phrase = parsed.subtree(subjects[0])
    for place in parsed.below(subjects[0], "appos", "relcl", "acl"):
        phrase -= parsed.subtree(place)
    told = parsed.said(phrase).strip(" ,")
    if not told or "," in told or len(told.split()) > LONGEST_SOURCE or PASSES.search(told):
        return ""
    first = parsed.words[min(phrase)]
    if first.text.casefold() in {"a", "an"}:
        return ""
    small = first.tag in {"DT", "NN", "NNS", "CD"} or (
        first.tag == "JJ" and not lexicon.is_adjective(first.text)
    )
    return f"According to {told[:1].lower() + told[1:] if small else told}, "


LONGEST_SOURCE = 8  # words


def _of_verb(parsed: Parsed, root: int, verb: int, lead: str, known: Collection[str]) -> Iterator[Clause]:
    subject = _subject_of(parsed, root, verb)
    if subject is None:
        return
    whole = parsed.subtree(verb)
    left = tuple(left_out(parsed, verb, whole))
    scope = _without(parsed, whole, left) - _joining(parsed, verb)
    if subject not in whole:
        phrase = parsed.subtree(subject)
        scope |= _without(parsed, phrase, left_out(parsed, root, phrase))
    kept = frozenset(without_marks(parsed, scope))
    if not {subject, verb} <= kept or not FEWEST_WORDS <= _count(parsed, kept) <= MOST_WORDS:
        return
    if any(lost_its_subject(parsed, place, kept) for place in kept - {verb}) or is_torn(parsed, kept, verb):
        return
    if verb != root and not lead:
        first = min(parsed.below(root, *SUBJECTS) or (0,))
        scope = scope.union(*(parsed.subtree(each) for each in parsed.below(root) if each < first))
    bare = bare_things(parsed, kept, subject, known)
    phrase = parsed.subtree(subject) & kept
    clause = Clause(parsed, verb, subject, kept, bare, scope, lead, phrase=phrase)
    passing = any(RELATIVE_DATES.search(parsed.said(parsed.subtree(each))) for each in left)
    if not (passing and _COMPARED.search(clause.text)):
        yield clause


def _subject_of(parsed: Parsed, root: int, verb: int) -> int | None:
    """The subject of a verb, its own or that of the verb before “and”; the verb itself of an instruction."""
    subjects = parsed.below(verb, *SUBJECTS)
    if not subjects and _is_command(parsed, verb, root):
        return verb
    if not subjects and verb != root and parsed.words[verb].tag in FINITE_TAGS:
        before = verb - 1
        while before > root and parsed.words[before].tag == "RB":
            before -= 1
        if parsed.words[before].tag == "CC":  # “The town grew and then built a bridge”
            subjects = parsed.below(root, *SUBJECTS)
    return subjects[0] if len(subjects) == 1 and subjects[0] < verb else None


def _without(parsed: Parsed, words: frozenset[int], heads: Iterable[int]) -> frozenset[int]:
    return words.difference(*map(parsed.subtree, heads))


def _joining(parsed: Parsed, verb: int) -> frozenset[int]:
    """“that” in front of what someone said."""
    return frozenset(
        each for each in parsed.below(verb, "mark") if parsed.words[each].text.casefold() == "that"
    )


_COMPARED = re.compile(
    r"\b(?:more|less|fewer|higher|lower) than\b|\b(?:compared|highest|lowest|record|up from|down from)\b"
)


def _is_command(parsed: Parsed, verb: int, root: int) -> bool:
    """“Bake the bread for 25 minutes”, “… and let it cool for an hour”."""
    if parsed.words[verb].dep == "conj" and parsed.words[verb].tag == "VB":
        return _is_command(parsed, root, root)
    word = parsed.words[verb]
    return (
        verb == root
        and word.tag == "VB"
        and not parsed.below(verb, "aux")
        and min(parsed.subtree(verb)) == verb
    )


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
    if parsed.words[verb].lemma == "be" and parsed.below(verb, "xcomp"):
        return False  # “was to be built”
    return parsed.words[verb].tag in FINITE_TAGS or bool(tags & FINITE_TAGS)


def is_rule(parsed: Parsed, verb: int) -> bool:
    """“A landlord must …”"""
    told = {parsed.words[each].text.casefold() for each in parsed.below(verb, "aux")}
    return parsed.words[verb].tag in {"VB", "VBN"} and bool(told & {"must", "may", "shall", "can"})

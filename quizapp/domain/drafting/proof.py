"""A second look at a draft, against the whole article and apart from the rules that made it: nothing is
offered whose key, accepted form or wrong answer the article does not bear out, or that lost a doubt."""

from __future__ import annotations

import re

from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.sentences import lexicon
from quizapp.domain.drafting.sentences.names import Entity
from quizapp.domain.drafting.sentences.reading import Reading, place
from quizapp.domain.drafting.sentences.verbs import CLEARLY_FINITE, FINITE
from quizapp.domain.language import markup
from quizapp.domain.language.words import content_words, folded
from quizapp.domain.library.kinds.asking.figures import Numeric
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.domain.library.lint.base import LintItem

ALIKE = 0.7  # of a question’s content words that another sentence holds, from which it may answer it, too
LIKE = 0.5  # from which it may make a wrong answer right

_TURNS = re.compile(
    r"\b(?:not|cannot|never|no|nor|none|neither|nobody|nothing|hardly|barely|rarely|seldom|fails?|failed|"
    r"denied|denies|"
    r"refused|(?-i:may)|might|could|would|should|perhaps|probably|possibly|reportedly|allegedly|apparently|supposedly|"
    r"according|alleged|rumou?red|believed|thought|suspected|expected|planned|plans|hopes?|hoped|if|unless|except|"
    r"claims?|claimed|estimated|estimates|proposed|legend|tradition|" + lexicon.SAYING + r")\b|n[’']t\b",
    re.IGNORECASE,
)
_CHANGES = re.compile(
    r"\b(?:rose|fell|rise|fall|dropped|gained|lost|jumped|climbed|slipped|slid|added|shed|closed|opened|ended|up|down|"
    r"declined|increased|decreased|surged|traded|grew)\b"
)
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_OF_MARKETS = re.compile(r"\b(?:points|cents|pence|basis points|percentage points)\b")
_TELLING_WITHOUT = re.compile(
    r"\b(?:told|informed|asked|reminded|assured|warned)(?: the| his| her| its| their)?(?: [\w’'-]+){1,2}"
    r"(?: (?:on|in|at) [\w ,]+)?$",
)
_LONGER = re.compile(r"(?:^|[^.\w])[A-Z][\w’'-]+ (?:of|de|del|von|and)(?: the)? $")
_NAME_RIGHT_AFTER = re.compile(r"(?:[’']s)? (?:of (?:the )?)?[A-Z][a-z]|-\w")
_ABOUT = re.compile(r" (?:on|upon|for|to) [A-Z]")
# “North”, “University”, “Congress”: a part of a name, or no name at all.
_NO_NAMES = frozenset({*lexicon.HEADS, *"North South East West Republic Kingdom Liberation Articles".split()})
# “the 2010 constitution”, “the B-1 bomber”: what says which, and no one’s answer.
_BEFORE_A_NOUN = re.compile(
    r" (?!(?:of|in|on|at|by|for|to|from|with|and|or|but|as|after|before|during|until|since|when|while|who|"
    r"which|that|"
    r"where|near|under|over|into|through|between|against|because|than|if|so)\b)[a-z]+(?<!ly)\b"
)


def holds(reading: Reading, proposal: Proposal) -> bool:
    """Whether nothing in the article speaks against a draft."""
    item = LintItem(proposal.content)
    asked = markup.plain(item.filled_stem if isinstance(proposal.content, Cloze) else item.stem)
    return (
        not _stands_for_another_word(proposal)
        and _keeps_its_doubts(proposal, asked)
        and (not reading.english or _is_told(reading, proposal, asked))
        and _asks_for_a_whole(reading, proposal)
        and not _is_one_of_many(proposal, asked)
        and _forms_hold(reading, proposal, item)
        and not any(_may_be_right(reading, proposal, item, wrong, asked) for wrong in item.distractors)
        and _has_one_answer(reading, proposal, item, asked)
    )


def _stands_for_another_word(proposal: Proposal) -> bool:
    """Whether a gap is for a name that stands here for “she” or “the tunnel”."""
    answer = proposal.answer
    return isinstance(proposal.content, Cloze) and answer not in proposal.sentence.text


def _keeps_its_doubts(proposal: Proposal, asked: str) -> bool:
    """Every “not”, “may”, “said” of the sentence is in the draft, too."""
    if proposal.form == "speaker":
        return True
    said = f"{asked} {proposal.answer}" if proposal.form in {"why", "what"} else asked
    kept = [match.group().casefold() for match in _TURNS.finditer(said)]
    if "According to " in said:
        kept += lexicon.SAYING.split("|")
    return all(
        match.group().casefold() in kept
        for match in _TURNS.finditer(proposal.scope or proposal.sentence.text)
    )


def _is_told(reading: Reading, proposal: Proposal, asked: str) -> bool:
    """Whether a statement has a verb of its own, its object, and a date where it tells of a change."""
    if isinstance(proposal.content, (Cloze, TrueFalse)) or asked.startswith("Fill in"):
        found = asked.split()
        verbs = [place for place, word in enumerate(found) if word.strip(",.’") in (CLEARLY_FINITE | FINITE)]
        if not verbs and not reading.grammar:
            return False
        if (
            verbs
            and not reading.grammar
            and all(found[place - 1] in {"that", "which", "who"} for place in verbs if place)
        ):
            return False
    if _TELLING_WITHOUT.search(asked.rstrip(".?")):
        return False
    if proposal.form in {"figure", "true", "false"}:
        figure = proposal.answer if isinstance(proposal.content, TrueFalse) else asked
        change = _CHANGES.search(asked) and not _YEAR.search(asked) and re.search(r"\d|____", figure)
        if change or _OF_MARKETS.search(asked):
            return False
    return True


def _asks_for_a_whole(reading: Reading, proposal: Proposal) -> bool:
    """Whether the answer is a whole name and not a part of one (“Congress of ____”, “____ Statehouse”)."""
    text, answer = proposal.sentence.text, proposal.answer
    title = re.search(rf"[A-Z]\w+ (?:in|on|at|to|for) {re.escape(answer)}(?!\w)", text)
    within_title = title and sum(each.text.count(title.group()) for each in reading.sentences) > 1
    which = answer.isdigit() and re.search(rf"\b(?:an?|the) {answer} [a-z]", text, re.IGNORECASE)
    if within_title or which:
        return False  # “An American in Paris”, “the 1875 treaty”
    if (
        isinstance(proposal.content, Numeric)
        or not answer[:1].isupper()
        or proposal.form in {"speaker", "why", "what"}
    ):
        return True
    if answer in _NO_NAMES or lexicon.is_adjective(answer.split()[-1].removesuffix("s")):
        return False
    for found in re.finditer(rf"(?<!\w){re.escape(answer)}(?!\w)", text):
        before, after = text[: found.start()], text[found.end() :]
        noun = _BEFORE_A_NOUN.match(after)
        called = " " not in answer and before.endswith("the ") and _ABOUT.match(after)
        determined = noun and re.search(r"\b(?:an?|the) $", before, re.IGNORECASE)
        if called or (determined and noun and noun.group().strip() not in FINITE):
            return False  # “the Discourse on Servitude”, “the B-1 bomber”
        if not (_LONGER.search(before) or _NAME_RIGHT_AFTER.match(after)):
            return not (before.endswith("-") or (proposal.swapped and _LONGER.search(before)))
    return answer not in text


def _forms_hold(reading: Reading, proposal: Proposal, item: LintItem) -> bool:
    """Whether each accepted form names what the key names: no other thing that the article speaks of."""
    keys = [*item.keys]
    entity = _entity(reading, proposal.answer)
    if entity is None:
        return True
    for form in map(markup.plain, item.outline.accept):
        if any(form in names and entity.name in names for names in lexicon.SAME):
            continue
        other = _entity(reading, form)
        if other is not None and other.name != entity.name:
            return False
        nested = any(_within(form, key) or _within(key, form) for key in keys if key != form)
        if nested and entity.sort != "person" and folded(form).removeprefix("the ") not in map(folded, keys):
            return False
    return True


def _is_one_of_many(proposal: Proposal, asked: str) -> bool:
    """“____ is a member of the United Nations”: so are others."""
    if proposal.form not in {"gap", "who", "true", "false"} or isinstance(proposal.content, Numeric):
        return False
    subject = rf"(?:(?:The )?{re.escape(proposal.answer)}|Who|Which \w+)"
    return bool(
        re.search(
            rf"(?:^|, ){subject}(?: has| have)? (?:is|are|was|were|been|remains?) (?:\w+ly )?{_ANY}", asked
        )
    )


_ANY = r"(?:an?|one|among|part|member|in|at|on|located|situated|known|home|bounded|divided|also|not)\b"


def _entity(reading: Reading, name: str) -> Entity | None:
    return next((each for each in reading.entities() if name == each.name or name in each.forms), None)


def _within(one: str, other: str) -> bool:
    return f" {folded(one)} " in f" {folded(other)} "


def _may_be_right(reading: Reading, proposal: Proposal, item: LintItem, wrong: str, asked: str) -> bool:
    """Whether a wrong answer names the same as the key, or a sentence says something like this of it."""
    if isinstance(proposal.content, Numeric) or wrong[:1].isdigit() or wrong[:1] in "$€£":
        return wrong in proposal.sentence.text
    own = content_words(" ".join((*item.keys, *item.outline.accept)))
    if own & content_words(wrong):
        return True
    other = _entity(reading, wrong)
    names = other.forms if other is not None else {wrong}
    about = content_words(asked) - own - content_words(wrong)
    return any(
        any(_within(name, sentence.text) for name in names)
        and len(about & content_words(sentence.text)) >= LIKE * len(about)
        for sentence in reading.sentences
    )


def _has_one_answer(reading: Reading, proposal: Proposal, item: LintItem, asked: str) -> bool:
    """Whether no other sentence says nearly the same with another answer."""
    own = content_words(" ".join(item.keys)) | content_words(proposal.answer)
    about = content_words(asked) - own
    dated = _YEAR.fullmatch(proposal.answer) is not None
    for sentence in reading.sentences:
        if place(sentence) == place(proposal.sentence) or (dated and not _YEAR.search(sentence.text)):
            continue
        there = content_words(sentence.text)
        if len(about & there) >= ALIKE * len(about) and not own & there:
            return False
    return True

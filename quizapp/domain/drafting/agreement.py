"""Whether a sentence's grammar bears out a draft that rules made of it."""

from __future__ import annotations

from quizapp.domain.drafting.clause_questions import is_one_of_two, is_whole
from quizapp.domain.drafting.proposals import Proposal
from quizapp.domain.drafting.sentences.clauses import PASSES, SUBJECTS, is_finite
from quizapp.domain.drafting.sentences.grammar import Parsed
from quizapp.domain.language import markup
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.lint.base import LintItem


def agrees(parsed: Parsed, proposal: Proposal) -> bool:
    """Whether the draft keeps the main verb and its subject, tells of no plan, and asks for a whole name."""
    item = LintItem(proposal.content)
    asked = markup.plain(item.filled_stem if isinstance(proposal.content, Cloze) else item.stem)
    root = parsed.root
    if root is None or not is_finite(parsed, root) or PASSES.search(asked):
        return False
    subjects = parsed.below(root, *SUBJECTS)
    verb = parsed.words[root]
    told = {*asked.replace("’", " ").replace("'", " ").strip(".?").replace(",", " ").split()}
    told |= {*proposal.answer.replace("’", " ").split()}
    named = proposal.form == "figure" or all(parsed.words[each].text in told for each in subjects)
    if len(subjects) != 1 or not {verb.text, verb.lemma} & told or not named:
        return False
    return _asks_for_a_name(parsed, proposal.answer)


def _asks_for_a_name(parsed: Parsed, answer: str) -> bool:
    if not answer[:1].isupper() or any(letter.isdigit() for letter in answer):
        return True
    start = parsed.text.find(answer)
    places = parsed.within(start, start + len(answer)) if start >= 0 else ()
    return bool(places) and is_whole(parsed, places) and not is_one_of_two(parsed, places)

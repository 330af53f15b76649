"""From articles to drafts, the best first."""

from collections import Counter

import pytest

from quizapp.domain.drafting.drafting import OWN_WORDS, drafts, findings
from quizapp.domain.library.kinds import kind_of
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.lint.base import Severity
from quizapp.domain.library.lint.runner import lint_item
from quizapp.domain.sources.evidence import EvidenceRef
from quizapp.domain.sources.passages import paragraphs

NAMES = ("bridge", "owl", "painter")


@pytest.mark.parametrize("name", NAMES)
def test_every_draft_is_sound_and_breaks_no_rule_of_the_linter(text, drafts_of, name):
    for draft in drafts_of(name):
        at = draft.sentence
        ref = EvidenceRef("a", at.paragraph, at.sentence, at.digest)
        found = lint_item(draft.content, evidence=(ref,), articles={"a": text(name)}, waived=OWN_WORDS)
        assert kind_of(draft.content).problems(draft.content) == ()
        assert not [finding for finding in found if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("name", NAMES)
def test_drafts_come_best_first_and_ask_for_one_thing_once(drafts_of, name):
    found = drafts_of(name)
    assert [draft.score for draft in found] == sorted((draft.score for draft in found), reverse=True)
    asked = [draft.fact for draft in found if draft.form not in {"true", "false"}]
    assert len(set(asked)) == len(asked)
    assert max(Counter(draft.sentence.digest for draft in found).values()) <= 2
    assert len({draft.digest for draft in found}) == len(found) >= 9
    assert len({draft.form for draft in found[:8]}) >= 4


def test_the_same_article_gives_the_same_drafts(text, drafts_of):
    assert drafts(text("owl")) == drafts_of("owl")


def test_a_passage_is_drafted_with_the_names_of_the_whole_article(text, drafts_of):
    some = drafts(text("bridge"), among={4})
    assert some
    assert {draft.sentence.paragraph for draft in some} == {4}


def test_boilerplate_is_not_asked(text):
    assert all(draft.sentence.paragraph != 4 for draft in drafts(text("bridge"), boilerplate={4}))


def test_what_cannot_be_stored_is_not_proposed(stems):
    assert not [
        stem
        for stem in stems(f"Norbau in Leath paid {'7' * 38} euros for the old bridge.")
        if "figure" in stem
    ]


def test_an_empty_article_gives_none():
    assert drafts(paragraphs("")) == ()


@pytest.mark.articles
def test_the_articles_give_drafts_that_pass_their_own_checks(articles):
    from quizapp.domain.drafting.checks import check

    for file in articles.glob("*.txt"):
        if file.name[0].isdigit():
            parts = paragraphs(file.read_text("utf-8"))
            found = drafts(parts)
            assert found
            assert not [draft for draft in found if check(draft.content, draft.sentence.text, parts)]


def test_advice_on_a_draft_names_the_article_in_words():
    [part] = paragraphs("The king met the barons at Runnymede on a meadow beside the river in June.")
    content = ShortAnswer(
        stem="Who met the barons at Runnymede on a meadow beside the river?", key="The king"
    )
    messages = [found.message for found in findings(content, part.sentences[0], (part,))]
    assert any("is word for word in the article." in message for message in messages), messages

from quizapp.domain.library.lint.runner import lint_item_of
from quizapp.domain.library.lint.sourcing import RULES
from quizapp.domain.sources.evidence import EvidenceRef, Role
from quizapp.domain.sources.passages import digest, paragraphs

ARTICLES = {"atlas": paragraphs("Lima is the capital. It lies by the sea.\nQuito lies high.")}


def stale(bank_item, *evidence):
    (rule,) = (rule for rule in RULES if rule.name == "evidence-stale")
    return [message for _, message in rule.check(lint_item_of(bank_item(evidence=evidence)), ARTICLES)]


def cite(text, paragraph, sentence, source="atlas"):
    return EvidenceRef(source, paragraph, sentence, digest(text))


def test_an_item_cites_evidence(complaints):
    assert complaints("no-evidence", evidence=())
    assert not complaints("no-evidence")


def test_a_digest_is_well_formed(complaints):
    assert "“12AB”" in complaints("evidence-digest", evidence=(EvidenceRef("atlas", 1, 1, "12AB"),))[0]
    assert not complaints("evidence-digest")


def test_a_sentence_is_cited_once(complaints):
    once = (cite("x", 1, 1), cite("x", 1, 2), cite("x", 2, 1))
    assert not complaints("evidence-repeated", evidence=once)
    assert len(complaints("evidence-repeated", evidence=(*once, once[1]))) == 1


def test_a_sentence_stands_where_the_item_says(bank_item):
    assert stale(bank_item, cite("Lima is the capital.", 1, 1), cite("Quito lies high.", 2, 1)) == []


def test_a_sentence_that_moved_is_found(bank_item):
    (message,) = stale(bank_item, cite("Quito lies high.", 1, 2))
    assert "paragraph 2, sentence 1" in message


def test_a_sentence_that_is_gone_is_told(bank_item):
    (message,) = stale(bank_item, cite("Quito lies low.", 2, 1))
    assert message == (
        "atlas, paragraph 2, sentence 1: the sentence that was cited is no longer in the article. Cite it again."
    )


def test_articles_that_are_not_at_hand_are_left_out(bank_item):
    assert stale(bank_item, cite("Anything.", 1, 1, source="globe")) == []


def test_the_passage_shown_first_proves_the_key(complaints):
    contrast = EvidenceRef("atlas", 1, 2, "0123456789ab", Role.COMPARE)
    proof = EvidenceRef("atlas", 1, 1, "0123456789ac")
    assert complaints("proof-first", evidence=(contrast, proof))
    assert not complaints("proof-first", evidence=(proof, contrast))
    assert not complaints("proof-first", evidence=())


def words_marked(bank_item, words, source="atlas"):
    (rule,) = (rule for rule in RULES if rule.name == "evidence-words")
    ref = EvidenceRef(source, 1, 1, digest("Lima is the capital."), words=words)
    return [message for _, message in rule.check(lint_item_of(bank_item(evidence=(ref,))), ARTICLES)]


def test_marked_words_are_words_of_the_sentence(bank_item):
    assert words_marked(bank_item, "3-4") == []
    assert words_marked(bank_item, "") == []
    assert words_marked(bank_item, "3-5") == [
        "atlas, paragraph 1, sentence 1 has 4 words, so there’s no 5th to mark."
    ]
    assert words_marked(bank_item, "3-5", "a text that is not here") == []


def key_unmarked(bank_item, *evidence, **fields):
    (rule,) = (rule for rule in RULES if rule.name == "key-unmarked")
    item = lint_item_of(bank_item(evidence=evidence, **fields))
    return [message for _, message in rule.check(item, ARTICLES)]


def marking(words, role=Role.PROVES, source="atlas"):
    return EvidenceRef(source, 1, 1, digest("Lima is the capital."), role, words)


def test_the_words_marked_include_the_key(bank_item):
    assert key_unmarked(bank_item, marking("1-2")) == []
    assert key_unmarked(bank_item, marking("")) == []
    assert key_unmarked(bank_item, marking("2-4")) == [
        "atlas, paragraph 1, sentence 1 has “Lima” outside the words marked. Mark the answer, too."
    ]


def test_a_mark_that_stops_within_the_key_is_found(bank_item):
    short = {"key": "The capital", "distractors": ["The port", "The fort", "The market"]}
    assert len(key_unmarked(bank_item, marking("1-3"), **short)) == 1
    assert key_unmarked(bank_item, marking("3-4"), **short) == []


def test_a_key_that_another_passage_marks_is_marked(bank_item):
    assert key_unmarked(bank_item, marking("2-4"), marking("1-1", Role.ALSO)) == []
    assert len(key_unmarked(bank_item, marking("2-4"), marking("1-1", Role.COMPARE))) == 1


def test_a_key_in_other_words_or_in_no_text_at_hand_is_left_to_a_reader(bank_item):
    assert key_unmarked(bank_item, marking("2-4"), key="The city of Lima") == []
    assert key_unmarked(bank_item, marking("2-4", source="globe")) == []
    assert key_unmarked(bank_item, marking("2-4", Role.COMPARE)) == []

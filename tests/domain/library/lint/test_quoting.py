import pytest

from quizapp.domain.library.lint.quoting import RULES
from quizapp.domain.library.lint.runner import lint_item_of
from quizapp.domain.sources.evidence import EvidenceRef
from quizapp.domain.sources.passages import paragraphs

ARTICLES = {
    "atlas": paragraphs("Lima is a “city of kings”. It lies by the sea."),
    "diary": paragraphs("Lima was grey."),
}


def unquoted(bank_item, *sources, **fields):
    evidence = tuple(EvidenceRef(source, 1, 1, "0123456789ab") for source in sources)
    item = lint_item_of(bank_item(evidence=evidence, **fields))
    return [(field, message) for field, message in RULES[0].check(item, ARTICLES)]


def test_words_that_no_cited_article_writes_stand_in_no_quotation_marks(bank_item):
    ((field, message),) = unquoted(bank_item, "atlas", rationale="It is a “city of queens” by the sea.")
    assert field == "rationale"
    assert "“city of queens”" in message


@pytest.mark.parametrize(
    "rationale",
    [
        "It is the “City of Kings”.",
        'It is the "city of kings".',
        "It “lies by the sea”.",
        "It lies by the sea, “…” and so on.",
        "It is a city of queens.",
    ],
)
def test_words_that_are_written_there_may_be_quoted(bank_item, rationale):
    assert not unquoted(bank_item, "atlas", rationale=rationale)


def test_another_article_that_is_not_cited_does_not_help(bank_item):
    assert unquoted(bank_item, "atlas", stem="Which city was “grey”?")
    assert not unquoted(bank_item, "atlas", "diary", stem="Which city was “grey”?")


def test_what_cannot_be_looked_up_is_not_missed(bank_item):
    assert not unquoted(bank_item, stem="Which city is “grey”?")
    assert not unquoted(bank_item, "atlas", "elsewhere", stem="Which city is “grey”?")

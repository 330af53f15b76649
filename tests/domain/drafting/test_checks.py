"""What a draft must prove, and how it is told what is missing."""

from decimal import Decimal

import pytest

from quizapp.domain.drafting.checks import check
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.numeric import Numeric
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse
from quizapp.domain.sources.passages import paragraphs

QUOTE = "In 1932, Mayor Ada Brook opened the first bridge in Leath, which cost 4.2 million euros."
TEXT = paragraphs(
    f"Brook came to Leath with Tom Hill. {QUOTE} Halden opened its first bridge in 1931.\n\nMany years went by."
)


def parts(content, quote=QUOTE, **more):
    return [refusal.part for refusal in check(content, quote, TEXT, **more)]


def asks(stem="Who opened the first bridge in Leath in 1932?", key="Ada Brook", **fields):
    return ShortAnswer(stem=stem, key=key, **fields)


@pytest.mark.parametrize(
    "content",
    [
        asks(),
        asks(key="Brook"),
        asks(key="Mayor A. Brook", accept=("Ada Brook",)),
        asks("How much did the first bridge in Leath cost?", "4,200,000 euros"),
        FlipCard(stem="Who opened the first bridge in Leath?", answer="Ada Brook"),
        SingleChoice(
            stem="Who opened the bridge in Leath?", key="Ada Brook", distractors=("Tom Hill", "Lia Moss")
        ),
        Numeric(stem="What did the first bridge in Leath cost?", value=Decimal("4.2"), unit="million euros"),
        Numeric(stem="What did the first bridge in Leath cost?", value=Decimal(4200000), unit="euros"),
        Numeric(
            stem="What did the bridge in Leath cost?", low=Decimal(4), high=Decimal(5), unit="million euros"
        ),
        Cloze(stem="In {{1932}}, Ada Brook opened the first bridge in Leath."),
        Cloze(stem="Ada Brook opened the first bridge in {{Leath}} in 1932."),
        TrueFalse(stem="Ada Brook opened the first bridge in Leath.", key=True),
        TrueFalse(stem="In 1932, Ada Brook opened the first bridge in Halden.", key=False),
        TrueFalse(stem="The first bridge in Leath cost 5 million euros.", key=False),
    ],
)
def test_a_draft_that_its_sentence_proves_passes(content):
    assert check(content, QUOTE, TEXT) == ()


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (asks(key="Tom Hill"), "key"),
        (asks(key="Lia Moss"), "key"),
        (asks("How much did the bridge in Leath cost?", "5 million euros"), "key"),
        (asks("Who opened the first bridge in Leath in 1933?"), "stem"),
        (asks("Which animals sleep under old trees in winter?"), "stem"),
        (
            Numeric(stem="What did the first bridge in Leath cost?", value=Decimal(42), unit="million euros"),
            "key",
        ),
        (
            Numeric(
                stem="What did the bridge in Leath cost?",
                low=Decimal(5),
                high=Decimal(9),
                unit="million euros",
            ),
            "key",
        ),
        (Cloze(stem="Ada Brook closed the first bridge in {{Leath}}."), "statement"),
        (Cloze(stem="Leath opened the first {{Brook}} in Ada."), "statement"),
        (TrueFalse(stem="Ada Brook opened the first bridge in Halden.", key=True), "statement"),
        (TrueFalse(stem="Ada Brook opened the first harbour school quickly.", key=True), "statement"),
        (TrueFalse(stem="Ada Brook opened the first bridge in Leath.", key=False), "statement"),
        (TrueFalse(stem="Tom Hill opened the first bridge in Halden.", key=False), "statement"),
        (
            TrueFalse(
                stem="Brook opened seven small harbours near some old grey northern mills far outside.",
                key=False,
            ),
            "statement",
        ),
        (
            SingleChoice(
                stem="Who opened the bridge in Leath?", key="Ada Brook", distractors=("Brook", "Lia Moss")
            ),
            "distractors",
        ),
        (
            SingleChoice(
                stem="Who opened the bridge in 1932?", key="Ada Brook", distractors=("Leath", "Lia Moss")
            ),
            "distractors",
        ),
        (
            SingleChoice(
                stem="Where was the first bridge opened?", key="Leath", distractors=("Halden", "Rome")
            ),
            "distractors",
        ),
        (Cloze(stem="Ada Brook opened the first bridge in {{Leath~Mayor~Rome}}."), "distractors"),
    ],
)
def test_a_draft_is_refused_for_what_it_lacks(content, part):
    assert parts(content) == [part]


@pytest.mark.parametrize("quote", ["", "the bridge", "Ada Brook closed the bridge in Leath."])
def test_the_quotation_must_stand_in_the_article(quote):
    assert parts(asks(), quote) == ["quote"]


def test_a_twin_is_named():
    (refusal,) = check(asks(), QUOTE, TEXT, twins=["Who opened Leath’s bridge?"])
    assert refusal.part == "duplicate"
    assert "Who opened Leath’s bridge?" in refusal.message
    assert parts(asks(), "no such words at all", twins=["Who?"]) == ["quote", "duplicate"]


def test_every_refusal_says_what_to_do():
    for content in (asks(key="Lia Moss"), TrueFalse(stem="Rain fell on Halden.", key=True)):
        for refusal in check(content, QUOTE, TEXT):
            assert any(
                word in refusal.message for word in ("Quote", "Put", "Take", "Copy", "Keep", "Mend", "Change")
            )


def test_every_draft_of_the_rules_passes(text, drafts_of):
    for name in ("bridge", "owl", "painter"):
        for draft in drafts_of(name):
            assert check(draft.content, draft.sentence.text, text(name)) == ()

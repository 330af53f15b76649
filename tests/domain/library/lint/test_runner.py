import pytest

from quizapp.domain.library.bank import Bank, DeckRecord, SourceRecord, ThemeRecord, Waiver
from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.lint.base import Severity
from quizapp.domain.library.lint.runner import Finding, lint_bank, lint_item
from quizapp.domain.sources.evidence import EvidenceRef
from quizapp.domain.sources.passages import digest, paragraphs

SENTENCE = "Lima is the seat of the government and the largest city of Peru."
ARTICLES = {"atlas": paragraphs(SENTENCE)}
CITED = (EvidenceRef("atlas", 1, 1, digest(SENTENCE)),)


def names(findings):
    return [finding.rule for finding in findings]


def test_a_good_item_is_found_good(bank_item):
    item = bank_item(evidence=CITED)
    assert lint_item(item.content, item.tags, item.evidence, articles=ARTICLES) == ()


def test_an_item_in_the_editor_is_judged_errors_first(bank_item):
    item = bank_item(rationale="", evidence=())
    assert lint_item(item.content) == (
        Finding(
            "no-evidence",
            Severity.ERROR,
            "evidence",
            "No sentence is cited. Give the source, paragraph and sentence it is based on.",
        ),
        Finding(
            "rationale-missing",
            Severity.WARNING,
            "rationale",
            "Say in one to three sentences why the key is right.",
        ),
    )
    assert names(lint_item(item.content, waived=["no-evidence"])) == ["rationale-missing"]


def test_an_item_in_the_editor_is_compared_with_the_articles(bank_item):
    item = bank_item(rationale=SENTENCE, evidence=(EvidenceRef("atlas", 1, 2, CITED[0].digest),))
    found = lint_item(item.content, (), item.evidence, articles=ARTICLES)
    assert names(found) == ["evidence-stale", "nine-words"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_example_of_every_kind_can_be_judged(kind):
    for example in kind.examples:
        assert "no-evidence" in names(lint_item(example.content, articles=ARTICLES))


def test_a_banks_findings_name_item_file_and_line_errors_first(bank_item):
    items = (
        bank_item(id="b", fact="b", rationale="", file="z.toml", line=30),
        bank_item(id="c", fact="c", stem="What is **Peru** known for?", rationale="", file="z.toml", line=4),
        bank_item(id="a", fact="a", stem="Who rules?", evidence=(), file="z.toml", line=90),
    )
    found = [(f.rule, f.item, f.file, f.line) for f in lint_bank(Bank(items=items))]
    assert found == [
        ("no-evidence", "a", "z.toml", 90),
        ("rationale-missing", "c", "z.toml", 4),
        ("rationale-missing", "b", "z.toml", 30),
    ]


def test_items_are_judged_beside_one_another(bank_item):
    twins = (bank_item(id="one", fact="a"), bank_item(id="two", fact="b"))
    assert [(f.rule, f.item) for f in lint_bank(Bank(items=twins))] == [("near-duplicate-stems", "two")]


def test_a_waived_warning_is_silent(bank_item):
    waiver = Waiver(rule="near-duplicate-stems", reason="…")
    twins = (bank_item(id="one", fact="a"), bank_item(id="two", fact="b", waive=(waiver,)))
    assert lint_bank(Bank(items=twins)) == ()


def test_a_waiver_that_waives_nothing_is_told(bank_item):
    item = bank_item(waive=(Waiver(rule="key-longest", reason="…"),))
    (finding,) = lint_bank(Bank(items=(item,)))
    assert (finding.rule, finding.item, finding.field) == ("unused-waiver", "peru-capital", "waive")


def test_a_waiver_of_a_rule_on_articles_is_judged_beside_the_articles_alone(bank_item):
    waiver = Waiver(rule="key-unmarked", reason="…")
    marked, short = ((EvidenceRef("atlas", 1, 1, digest(SENTENCE), words=w),) for w in ("1-3", "2-3"))
    needed = Bank(items=(bank_item(evidence=short, waive=(waiver,)),))
    assert lint_bank(needed) == lint_bank(needed, ARTICLES) == ()
    idle = Bank(items=(bank_item(evidence=marked, waive=(waiver,)),))
    assert lint_bank(idle) == ()
    assert names(lint_bank(idle, ARTICLES)) == ["unused-waiver"]


def test_an_article_word_for_word_in_a_summary_is_told():
    bank = Bank(
        sources=(SourceRecord(slug="atlas", file="a.txt", paragraphs=1, about=SENTENCE, title=SENTENCE),),
        decks=(DeckRecord(slug="d", title="D", summary=SENTENCE, file="d.toml"),),
        themes=(ThemeRecord(slug="t", title="T", summary="Lima and Peru.", tag="t"),),
    )
    found = lint_bank(bank, ARTICLES)
    assert [(f.rule, f.file, f.item) for f in found] == [
        ("nine-words", "d.toml", ""),
        ("nine-words", "sources.toml", ""),
    ]


@pytest.mark.parametrize("count", [30])
def test_what_a_whole_bank_is_about_is_no_cue(bank_item, count):
    options = {"key": "More copper trade", "distractors": ["More ships", "More rain"]}
    items = tuple(
        bank_item(
            id=f"i{n}",
            fact=f"i{n}",
            stem=f"What did trade bring to the village {'qrst'[n % 4] * (n + 3)}?",
            **options,
        )
        for n in range(count)
    )
    assert "key-echo" not in names(lint_bank(Bank(items=items)))
    assert "key-echo" in names(lint_bank(Bank(items=items[:3])))

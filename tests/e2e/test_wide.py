"""Questions of every kind with long words, addresses, tables, code and wide formulas fit a phone."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from playwright.sync_api import BrowserContext, expect

from quizapp.domain.library.kinds.base import Content
from quizapp.domain.library.kinds.cloze import Cloze
from quizapp.domain.library.kinds.flip_card import FlipCard
from quizapp.domain.library.kinds.matching import Matching
from quizapp.domain.library.kinds.multiple_choice import MultipleChoice
from quizapp.domain.library.kinds.numeric import Numeric
from quizapp.domain.library.kinds.ordering import Ordering
from quizapp.domain.library.kinds.short_answer import ShortAnswer
from quizapp.domain.library.kinds.single_choice import SingleChoice
from quizapp.domain.library.kinds.true_false import TrueFalse
from tests.e2e.conftest import Watch
from tests.e2e.learner import listens
from tests.e2e.looking import look
from tests.e2e.site import Site

WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
ADDRESS = "https://example.org/" + "a-long-path/" * 7
CODE = (
    "```\nfor each_long_name in another_long_name.of_a_method(with_an_argument, and_another_argument):\n```"
)
TABLE = "| one | two | three | four | five |\n|---|---|---|---|---|\n" + f"| {WORD[:20]} " * 5 + "|"
FORMULA = r"\(" + "+".join(f"x_{{{n}}}^{{{n}}}" for n in range(24)) + r"\)"
STEM = f"What is {WORD}? {ADDRESS}\n\n{CODE}\n\n{TABLE}\n\n{FORMULA}"
OTHERS = (f"{WORD}a", ADDRESS, FORMULA)

WIDE: tuple[Content, ...] = (
    FlipCard(stem=STEM, answer=STEM),
    TrueFalse(stem=STEM, key=True, rationale=STEM),
    SingleChoice(stem=STEM, key=WORD, distractors=OTHERS, rationale=STEM),
    MultipleChoice(stem=STEM, keys=(WORD,), distractors=OTHERS, hint=WORD),
    ShortAnswer(stem=STEM, key=WORD, rationale=STEM),
    Numeric(stem=STEM, value=Decimal(5), unit="kilograms per square metre of snow", rationale=STEM),
    Cloze(stem=f"So long is {WORD} as {{{{{WORD}a}}}}, {ADDRESS} and {FORMULA}."),
    Ordering(stem=STEM, sequence=(WORD, *OTHERS), first=WORD),
    Matching(stem=STEM, pairs=((WORD, "a"), (ADDRESS, WORD), ("c", ADDRESS))),
    Matching(stem=STEM, pairs=((WORD, r"\(x\)"), (ADDRESS, WORD), ("c", FORMULA))),
)


def test_no_question_and_no_answer_is_wider_than_a_phone(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    items = site.new_deck("wide", *WIDE)
    context: Any = new_context(viewport={"width": 320, "height": 640})
    context.add_cookies(site.guest(deck="wide"))
    page = context.new_page()
    for item, content in zip(items, WIDE, strict=True):
        page.goto(f"/study/?item={item}")
        look(page)
        if isinstance(content, FlipCard):
            page.locator("form.question [data-primary], form [data-primary]").first.click()
            expect(page.locator(".ratings")).to_be_visible()
        else:
            page.locator("[data-key='0']").click()
            expect(page.locator("h1.verdict")).to_be_visible()
        look(page)


def test_formulas_to_match_are_shown_and_chosen_by_keyboard(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    pairs = (("one", r"\(x^1\)"), ("two", r"\(x^2\)"), ("three", r"\(x^3\)"))
    (item,) = site.new_deck("formulas", Matching(stem="Match.", pairs=pairs))
    context: Any = new_context()
    context.add_cookies(site.guest(deck="formulas"))
    page = context.new_page()
    page.goto(f"/study/?item={item}")
    groups = page.locator(".pair-options")
    expect(groups).to_have_count(3)
    expect(page.locator(".rights")).to_be_hidden()  # every row has its own choices
    listens(page)
    for place in range(3):
        expect(groups.nth(place).locator("label math-formula")).to_have_count(3)
        groups.nth(place).locator("input").first.focus()
        page.keyboard.press("Space")
        for _ in range(place):
            page.keyboard.press("ArrowDown")
    look(page)
    page.locator("[data-primary]").first.click()
    expect(page.locator("h1.verdict")).to_be_visible()

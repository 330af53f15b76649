"""A learner at the browser who can know the answers, and who can answer by the keyboard alone."""

from __future__ import annotations

from typing import Any

from itsdangerous import URLSafeSerializer
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from quizapp.domain.language import markup
from quizapp.domain.library.kinds.base import (
    Arranged,
    Chosen,
    Format,
    GaveUp,
    Matched,
    Rated,
    Response,
    Typed,
)
from quizapp.storage.library.tables import ItemVersion
from tests.e2e.knowing import right_answer

QUESTION, VERDICT, DONE = "form[data-question]", "h1.verdict", ".finish"
FAR = 80  # presses of Tab within which everything on a page is reached
# The page's script has come, and so long ago that keys mean something.
LISTENS = "study-session:defined:not([data-quiet]), body:not(:has(study-session))"


def listens(page: Page) -> None:
    """Wait until keys mean something on this page."""
    page.locator(LISTENS).first.wait_for(state="attached")


class Learner:
    """Someone who studies on this page; `engine` is where the answers stand that they know."""

    def __init__(self, page: Page, engine: Engine) -> None:
        self.page, self.engine = page, engine

    # --- reading -----------------------------------------------------------------------------

    @property
    def item(self) -> int:
        """The item that is asked now."""
        return int(self._serving[0])

    @property
    def _serving(self) -> Any:
        sealed = self.page.locator("input[name=serving]").first.get_attribute("value")
        return URLSafeSerializer("").loads_unsafe(sealed)[1]  # what it names is no secret

    @property
    def content(self) -> Any:
        """The content of the question that is asked now."""
        with Session(self.engine) as session:
            return session.scalar(select(ItemVersion.content).where(ItemVersion.id == self._serving[1]))

    def knows(self) -> Response:
        """The right answer to the question that is asked now."""
        choose = self.page.locator("label.option").count() > 0
        return right_answer(self.content, Format.CHOOSE if choose else Format.TYPE)

    def errs(self) -> Response:
        """A wrong answer to the question that is asked now."""
        match self.knows():
            case Chosen(keys):
                shown = self.page.locator("label.option > span").all_inner_texts()
                return Chosen(tuple(option for option in shown if option not in map(plain, keys))[:1])
            case Typed(texts) if self.page.locator("select").count():
                offered = self.page.locator("select").first.locator("option").all_inner_texts()
                wrong = next(option for option in offered[1:] if option != texts[0])
                return Typed((wrong, *texts[1:]))
            case Typed(texts):
                return Typed(("zebra",) * len(texts))
            case Arranged(entries):
                return Arranged(entries[::-1])
            case Matched(pairs):
                rights = [right for _, right in pairs]
                turned = zip(pairs, [*rights[1:], rights[0]], strict=True)
                return Matched(tuple((left, right) for (left, _), right in turned))
            case _:
                return Rated(1)

    def finished(self) -> bool:
        """Whether nothing waits any more, once something is on the page to be told by."""
        self.page.locator(f"{QUESTION}, {DONE}").first.wait_for()
        return self.page.locator(DONE).count() > 0

    def told(self, words: str) -> None:
        """These words are on the page, and a screen reader hears them."""
        expect(self.page.locator("main").get_by_text(words)).to_be_visible()
        expect(self.page.locator("study-session > [role=status]")).to_contain_text(words)

    # --- doing, by keys only -------------------------------------------------------------------

    def press(self, key: str, times: int = 1) -> None:
        listens(self.page)
        for _ in range(times):
            self.page.keyboard.press(key)

    def to(self, place: Locator) -> None:
        """Go there with Tab."""
        for _ in range(FAR):
            if place.evaluate("element => element === document.activeElement"):
                return
            self.press("Tab")
        raise AssertionError(f"{place} is not reached with Tab")

    def answer(self, response: Response) -> None:
        """Give this answer and wait for the verdict."""
        page = self.page
        page.locator(QUESTION).first.wait_for()
        listens(page)  # a key that is pressed earlier is no one's
        match response:
            case Rated(rating):
                self.press("Enter")
                page.locator(".ratings").wait_for()
                self.press(str(rating))
                page.locator(".ratings").wait_for(state="detached")
                return
            case GaveUp() if page.locator("[data-key='0']").count():
                if page.locator("input[type=text]").count():
                    self.to(page.locator("[data-key='0']"))
                    self.press("Enter")
                else:
                    self.press("0")
            case GaveUp():
                self.answer(Rated(1))
                return
            case Chosen(options):
                shown = page.locator("label.option > span").all_inner_texts()
                for option in options:
                    self.press(str(shown.index(plain(option)) + 1))
                self.press("Enter")
            case Typed(texts):
                self._type(texts)
            case Arranged(entries):
                self._arrange([plain(entry) for entry in entries])
            case Matched(pairs):
                self._match({plain(left): plain(right) for left, right in pairs})
        page.locator(VERDICT).wait_for()

    def next(self) -> None:
        """On from the feedback; a rated card has gone on by itself."""
        if self.page.locator(VERDICT).count() == 0:
            return
        expect(self.page.locator("a[data-primary]")).to_be_focused()
        self.press("Enter")
        self.page.locator(VERDICT).wait_for(state="detached")

    def _type(self, texts: tuple[str, ...]) -> None:
        controls = self.page.locator(f"{QUESTION} :is(select, input[type=text])").all()
        for control, text in zip(controls, texts, strict=True):
            self.to(control)
            if control.evaluate("element => element.tagName") == "SELECT":
                self._choose(control, text)
            else:
                self.page.keyboard.type(text)
        self._check()

    def _match(self, pairs: dict[str, str]) -> None:
        rights = self.page.locator(".rights button > span").all_inner_texts()
        for left in self.page.locator(".pair .left > span:first-child").all_inner_texts():
            self.press(str(rights.index(pairs[left]) + 1))
        self._check()

    def _arrange(self, entries: list[str]) -> None:
        moved = False
        for place, entry in enumerate(entries):
            shown = self.page.locator("arrange-list .entry-text").all_inner_texts()
            if steps := shown.index(entry) - place:
                self.to(self.page.get_by_role("button", name=f"Move up: {entry}", exact=True))
                self.press("Enter", steps)
                moved = True
        if not moved:
            self.to(self.page.get_by_role("checkbox", name="It’s right as it is"))
            self.press("Space")
        self._check()

    def _choose(self, control: Locator, text: str) -> None:
        self.press("ArrowDown", control.locator("option").all_inner_texts().index(text))

    def _check(self) -> None:
        self.to(self.page.locator(f"{QUESTION} [data-primary]"))
        self.press("Enter")


def plain(text: str) -> str:
    """A text of an item as it reads on the page."""
    return " ".join(markup.plain(text).split())

"""Six minutes on a phone: nothing is answered by accident, few taps, and what came of an answer stays."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from quizapp.domain.library.kinds.base import Format
from tests.e2e.learner import QUESTION, VERDICT, listens
from tests.e2e.site import Site
from tests.world import POSED

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


class Thumb:
    """Taps, and counts the taps."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def tap(self, target: Locator) -> None:
        listens(self.page)
        self.taps += 1
        target.tap()


@pytest.fixture
def phone(new_context: Callable[..., BrowserContext], site: Site) -> Page:
    context = new_context(**PHONE)
    context.add_cookies(site.guest(deck="short"))
    page = context.new_page()
    page.goto("/study/")
    return page


def ask(page: Page, site: Site, kind: str, format: Format) -> None:
    posed = next(posed for posed in POSED if posed.kind.name == kind and posed.format is format)
    page.goto(f"/study/?item={site.items[posed.key]}")
    page.locator(QUESTION).wait_for()


def test_taps_and_keys_in_the_first_moments_of_a_page_do_nothing(phone: Page, site: Site) -> None:
    me = site.learner_of(phone.context.cookies())
    listens(phone)
    phone.get_by_text("True", exact=True).tap()
    phone.locator(VERDICT).wait_for()
    # All in one breath: press Next, and press all over the page that comes.
    pressed = phone.evaluate(
        """() => new Promise(done => {
          const session = document.querySelector("study-session");
          const seen = new MutationObserver(() => {
            if (document.querySelector("h1.verdict")) return;
            seen.disconnect();
            let count = 0;
            for (const each of document.querySelectorAll("main button, main a:not([data-leave]), main label")) { each.click(); count++; }
            for (const key of ["Enter", " ", "0", "1", "u"]) document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
            document.querySelector("form[data-question]").requestSubmit(document.querySelector("[name=give_up]"));
            done(count);
          });
          const wait = new MutationObserver(() => { if (!session.hasAttribute("data-quiet")) { wait.disconnect(); seen.observe(session, { childList: true, subtree: true }); document.querySelector("a[data-primary]").click(); } });
          wait.observe(session, { attributes: true });
          session.toggleAttribute("data-looked");
        })"""
    )
    assert pressed >= 4
    expect(phone.locator(QUESTION)).to_be_visible()
    listens(phone)
    assert site.answers(me) == 1
    assert phone.locator(QUESTION).locator("input:checked").count() == 0
    phone.get_by_text("True", exact=True).tap()  # and afterwards the page listens
    expect(phone.locator(VERDICT)).to_be_visible()
    assert site.answers(me) == 2


def test_nothing_that_gives_up_stands_where_next_stood(phone: Page) -> None:
    thumb = Thumb(phone)
    thumb.tap(phone.get_by_text("True", exact=True))
    way_on = phone.locator("a[data-primary]").bounding_box()
    thumb.tap(phone.locator("a[data-primary]"))
    phone.locator(QUESTION).wait_for()
    gives_up = phone.locator("[name=give_up]").bounding_box()
    assert way_on
    assert gives_up
    assert (
        gives_up["x"] + gives_up["width"] <= way_on["x"] + 1
        or gives_up["y"] >= way_on["y"] + way_on["height"]
    )


def test_how_many_taps_each_kind_takes(phone: Page, site: Site) -> None:
    thumb = Thumb(phone)
    ask(phone, site, "single_choice", Format.CHOOSE)
    thumb.tap(phone.locator("label.option").first)
    expect(phone.locator(VERDICT)).to_be_visible()
    thumb.tap(phone.locator("a[data-primary]"))
    expect(phone.locator(VERDICT)).to_have_count(0)
    assert thumb.taps == 2

    thumb = Thumb(phone)
    ask(phone, site, "flip_card", Format.FLIP)
    thumb.tap(phone.get_by_role("button", name="Show answer"))
    thumb.tap(phone.get_by_role("button", name="Good"))
    expect(phone.locator("main").get_by_text("Remembered. Back")).to_be_visible()
    expect(phone.locator(QUESTION)).to_be_visible()
    assert thumb.taps == 2

    thumb = Thumb(phone)
    ask(phone, site, "matching", Format.MATCH)
    pairs = phone.locator(".pair").count()
    for place in range(pairs):
        thumb.tap(phone.locator(".pair .left").nth(place))
        thumb.tap(phone.locator(".rights button").nth(place))
    thumb.tap(phone.get_by_role("button", name="Check"))
    expect(phone.locator(VERDICT)).to_be_visible()
    thumb.tap(phone.locator("a[data-primary]"))
    assert thumb.taps == 2 * pairs + 2
    phone.go_back()


def test_one_tap_is_a_setting_and_undo_takes_it_back(phone: Page, site: Site) -> None:
    me = site.learner_of(phone.context.cookies())
    thumb = Thumb(phone)
    thumb.tap(phone.get_by_text("False", exact=True))
    expect(phone.locator(VERDICT)).to_have_text("Incorrect")
    thumb.tap(phone.get_by_role("button", name="Undo"))
    expect(phone.locator("main").get_by_text("no longer counts")).to_be_visible()
    assert site.answers(me) == 0
    phone.goto("/settings")
    phone.get_by_label("Answer with one tap").select_option("never")
    phone.get_by_role("button", name="Save").tap()
    expect(phone.get_by_text("Saved.")).to_be_visible()
    phone.goto("/study/")
    thumb.tap(phone.get_by_text("True", exact=True))
    expect(phone.get_by_label("True")).to_be_checked()
    assert site.answers(me) == 0
    thumb.tap(phone.get_by_role("button", name="Check"))
    expect(phone.locator(VERDICT)).to_have_text("Correct")


def test_what_came_of_an_answer_is_found_again_by_reload_back_and_from_the_article(
    phone: Page, site: Site
) -> None:
    me = site.learner_of(phone.context.cookies())
    with site.engine.connect() as connection:
        cited = connection.exec_driver_sql(
            "SELECT item.id FROM item JOIN evidence ON evidence.version_id = item.version_id "
            "JOIN item_version ON item_version.id = item.version_id WHERE item_version.kind = 'true_false' LIMIT 1"
        ).scalar()
    phone.goto(f"/study/?item={cited}")
    Thumb(phone).tap(phone.locator("label.option").first)
    verdict = phone.locator(VERDICT).inner_text()
    UUID(phone.url.split("/feedback/")[1].split("?")[0])
    phone.reload()
    expect(phone.locator(VERDICT)).to_have_text(verdict)
    listens(phone)
    phone.locator(".passage figcaption a").first.click()
    expect(phone.get_by_role("link", name="Back to your question")).to_be_visible()
    phone.get_by_role("link", name="Back to your question").click()
    expect(phone.locator(VERDICT)).to_have_text(verdict)
    phone.go_back()
    phone.go_back()
    expect(phone.locator(VERDICT)).to_have_text(verdict)
    expect(phone.get_by_text("Report a problem")).to_be_visible()
    assert site.answers(me) == 1


def test_on_a_slow_line_a_press_is_seen_at_once_and_told_and_next_is_there_already(
    phone: Page, site: Site
) -> None:
    held: list[Route] = []
    phone.route("**/study/answer", lambda route: held.append(route))  # noqa: PLW0108 - playwright marks it
    listens(phone)
    phone.get_by_text("True", exact=True).tap()
    expect(phone.locator("study-session[data-busy]")).to_be_attached()
    assert phone.evaluate(
        "getComputedStyle(document.querySelector('study-session'), '::before').animationDelay || '0s'"
    ) in {"0.06s", "0s", "1ms"}
    expect(phone.locator(".under-way")).to_have_text("Sending…")
    expect(phone.locator("study-session > [role=status]")).to_have_text("Sending…")
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    with phone.expect_response(
        lambda response: response.url.endswith("/study/?deck=short") or response.url.endswith("/study/")
    ):
        held[0].continue_()
    phone.locator(VERDICT).wait_for()
    phone.route("**/study/**", lambda route: route.abort())  # from here on nothing comes through
    listens(phone)
    phone.locator("a[data-primary]").tap()
    expect(phone.locator(QUESTION)).to_be_visible()

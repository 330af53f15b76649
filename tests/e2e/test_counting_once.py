"""Whatever a learner or their connection does, an answer counts once, and what is undone counts no more."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from quizapp.domain.library.kinds.base import Chosen
from tests.e2e.conftest import Watch
from tests.e2e.learner import VERDICT, Learner
from tests.e2e.site import Site

TRUE = Chosen(("True",))


@pytest.fixture
def context(studying: Learner) -> BrowserContext:
    return studying.page.context


@pytest.fixture
def me(context: BrowserContext, site: Site) -> int:
    return site.learner_of(context.cookies())


def heading(page: Page) -> str:
    return " ".join(page.locator("h1").inner_text().split())


def test_two_tabs_that_answer_the_same_item_count_once_and_the_second_is_told(
    studying: Learner, me: int, site: Site
) -> None:
    second = Learner(studying.page.context.new_page(), site.engine)
    second.page.goto(studying.page.url)
    assert second.item == studying.item
    studying.answer(TRUE)
    second.answer(Chosen(("False",)))
    second.told("already answered this question")
    expect(studying.page.get_by_text("already answered this question")).to_have_count(0)
    assert heading(second.page) == "Correct", "the first answer is the one that is shown"
    assert site.answers(me) == 1


def test_u_takes_the_last_answer_back_and_asks_the_item_again(studying: Learner, me: int, site: Site) -> None:
    item = studying.item
    studying.answer(TRUE)
    studying.press("u")
    studying.told("no longer counts")
    assert studying.item == item
    assert site.answers(me) == 0
    studying.answer(TRUE)
    assert site.answers(me) == 1


def test_u_on_the_next_question_takes_the_answer_before_back(studying: Learner, me: int, site: Site) -> None:
    item = studying.item
    studying.answer(TRUE)
    studying.next()
    assert studying.item != item
    studying.press("u")
    studying.told("no longer counts")
    assert studying.item == item
    assert site.answers(me) == 0


def test_the_very_last_answer_of_the_day_can_be_undone(studying: Learner, me: int, site: Site) -> None:
    while not studying.finished():
        last = studying.item
        studying.answer(TRUE)
        studying.next()
    assert heading(studying.page) == "Done for today"
    assert site.answers(me) == 3
    studying.press("u")
    studying.told("no longer counts")
    assert studying.item == last
    assert site.answers(me) == 2
    studying.answer(TRUE)
    studying.next()
    assert studying.finished()
    assert site.answers(me) == 3


def test_without_a_connection_the_answer_is_kept_sent_again_and_counted_once(
    studying: Learner, me: int, site: Site, context: BrowserContext, watch: Watch
) -> None:
    watch.expected.append("net::ERR_INTERNET_DISCONNECTED")
    page = studying.page
    context.set_offline(True)
    studying.press("1")
    studying.press("Enter")
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("Not sent yet: no connection. Your answer is kept")
    assert site.answers(me) == 0
    context.set_offline(False)
    expect(page.locator(VERDICT)).to_be_visible()
    expect(notice).to_have_count(0)
    assert site.answers(me) == 1


def test_an_answer_whose_reply_is_lost_is_sent_again_and_counted_once(
    studying: Learner, me: int, site: Site, watch: Watch
) -> None:
    watch.expected.append("net::ERR_CONNECTION_RESET")
    page, sent = studying.page, []

    def lose_the_first_reply(route: Route) -> None:
        sent.append(route.request.post_data)
        reply = route.fetch()
        if len(sent) == 1:
            route.abort("connectionreset")
        else:
            route.fulfill(response=reply)

    page.route("**/study/answer", lose_the_first_reply)
    studying.answer(TRUE)
    assert len(sent) == 2
    assert sent[0] == sent[1]
    assert site.answers(me) == 1


def test_a_busy_server_is_asked_again(studying: Learner, me: int, site: Site, watch: Watch) -> None:
    watch.expected.append("503")
    tries: list[str] = []

    def refuse_twice(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) < 3:
            route.fulfill(status=503, body="busy")
        else:
            route.continue_()

    studying.page.route("**/study/answer", refuse_twice)
    studying.press("1")
    studying.press("Enter")
    expect(studying.page.get_by_role("alert")).to_contain_text("too busy")
    studying.page.get_by_role("button", name="Try now").click()
    expect(studying.page.locator(VERDICT)).to_be_visible()
    assert len(tries) == 3
    assert site.answers(me) == 1


def test_a_double_click_counts_once(studying: Learner, me: int, site: Site) -> None:
    page = studying.page
    page.get_by_label("True").check()
    page.get_by_role("button", name="Check").dblclick()
    expect(page.locator(VERDICT)).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert site.answers(me) == 1


def test_reloading_and_going_back_never_count_an_answer_again(studying: Learner, me: int, site: Site) -> None:
    page = studying.page
    studying.answer(TRUE)
    page.reload()
    assert heading(page) == "Correct", "feedback has an address: reloading shows it again"
    studying.next()
    studying.answer(TRUE)
    studying.next()
    page.go_back()
    assert "/study/" not in page.url, "the session is one step: Back leaves it"
    page.go_forward()
    assert not studying.finished()
    assert site.answers(me) == 2


def test_without_scripts_reloading_and_going_back_never_count_an_answer_again(
    studying: Learner, me: int, site: Site, new_context: object, context: BrowserContext
) -> None:
    page = new_context(java_script_enabled=False, storage_state=context.storage_state()).new_page()  # type: ignore[operator]
    page.goto(studying.page.url)
    stem = page.locator("#stem").inner_text()
    page.get_by_label("True").check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(VERDICT)).to_be_visible()
    page.reload()
    assert heading(page) == "Correct"
    page.go_back()
    if page.locator("#stem").inner_text() == stem:  # the page as it was, from the browser's memory
        page.get_by_label("False").check()
        page.get_by_role("button", name="Check").click()
        expect(page.get_by_text("already answered this question")).to_be_visible()
    assert site.answers(me) == 1

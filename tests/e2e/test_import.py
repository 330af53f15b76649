"""A teacher brings a list from Quizlet and a file with two bad questions, sees what would come, and takes a deck out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from playwright.sync_api import BrowserContext, expect
from sqlalchemy.orm import Session

from quizapp.services.accounts import accounts
from tests import world
from tests.e2e.conftest import Watch
from tests.e2e.looking import look
from tests.e2e.site import Site

QUIZLET = "la casa\tthe house\nel perro\tthe dog; the hound\nbuenos días\tgood morning\n"
GIFT = (
    "// [id:g1]\nWhich gas do plants take in? {=carbon dioxide ~oxygen#They give it off. ~nitrogen}\n\n"
    "Describe a leaf. {}\n\nHow many? {#many}\n\n"
    "Match. {=Peru -> Lima =Chile -> Santiago =Ecuador -> Quito}\n\n"
    "Plants are {=green ~%50%greenish ~blue} mostly.\n"
)


def test_lists_and_files_are_seen_before_they_come(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    with Session(site.engine) as session, session.begin():
        vera = accounts.by_name(session, "Ms Vera")
        assert vera is not None
        world.add_deck(session, "import", owner_id=vera.id, now=datetime.now(UTC))
    context = new_context()
    context.add_cookies(site.teacher())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/teach/decks/import")
    page.get_by_role("link", name="Import questions").click()
    look(page)
    page.get_by_label("Or paste a list").fill(QUIZLET)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("3 questions come as they are")).to_be_visible()
    page.get_by_label("Two columns become").select_option("typed")
    page.get_by_role("button", name="Read it again").click()
    expect(page.get_by_text("Short answer").first).to_be_visible()
    page.get_by_text("As students see it").nth(1).click()
    expect(page.get_by_text("the hound", exact=True)).to_be_visible()
    look(page)
    page.get_by_role("button", name="Import selected questions").click()
    expect(page.get_by_text("3 questions added, 0 updated, 0 unchanged.")).to_be_visible()

    page.get_by_role("link", name="Import").click()
    page.get_by_label("Choose a file").set_input_files(
        {"name": "leaves.gift", "mimeType": "text/plain", "buffer": GIFT.encode()}
    )
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("2 questions; each says why")).to_be_visible()
    expect(page.get_by_text("“many” is no figure")).to_be_visible()
    page.get_by_text("As students see it").first.click()
    look(page)
    page.get_by_label("Import: Match.").uncheck()
    page.get_by_role("button", name="Import selected questions").click()
    expect(page.get_by_text("2 questions added")).to_be_visible()

    page.get_by_role("link", name="Export").click()
    look(page)
    with page.expect_download() as saved:
        page.get_by_role("link", name="GIFT (Moodle)").click()
    assert saved.value.suggested_filename == "import.gift"


def test_a_learner_imports_into_a_deck_of_their_own(
    new_context: Callable[..., BrowserContext], site: Site, watch: Watch
) -> None:
    cookies = site.guest(deck=None)
    with Session(site.engine) as session, session.begin():
        world.add_deck(session, "of-my-own", owner_id=site.learner_of(cookies), now=datetime.now(UTC))
    context = new_context()
    context.add_cookies(cookies)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/own/decks/of-my-own")
    look(page)
    page.get_by_role("link", name="Import questions").click()
    look(page)
    page.get_by_label("Or paste a list").fill(QUIZLET)
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("3 questions come as they are")).to_be_visible()
    look(page)
    page.get_by_role("button", name="Import selected questions").click()
    expect(page.get_by_text("3 questions added")).to_be_visible()
    expect(page.get_by_role("heading", name="la casa")).to_be_visible()

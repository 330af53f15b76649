"""Pictures pasted and dragged into the editor's texts: described, uploaded, and said where they can't be."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.e2e.looking import look
from tests.e2e.site import Site

GIVE = """(text, { event, name, type, data }) => {
  const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
  const given = new DataTransfer();
  given.items.add(new File([bytes], name, { type }));
  const options = { bubbles: true, cancelable: true };
  text.dispatchEvent(event === "paste"
    ? new ClipboardEvent("paste", { ...options, clipboardData: given })
    : new DragEvent("drop", { ...options, dataTransfer: given }));
}"""


@pytest.fixture
def desk(new_context: Callable[..., BrowserContext], site: Site) -> Page:
    """A page of the teacher who owns the deck `every`."""
    context = new_context()
    context.add_cookies(site.teacher())
    return context.new_page()


def png() -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(packed, "PNG")
    return packed.getvalue()


def give(text: Locator, event: str, data: bytes, name: str = "map.png", kind: str = "image/png") -> None:
    packed = base64.b64encode(data).decode()
    text.evaluate(GIVE, {"event": event, "name": name, "type": kind, "data": packed})


def test_a_pasted_picture_is_described_and_stands_where_it_was_pasted(desk: Page) -> None:
    desk.goto("/teach/decks/every/add/flip_card")
    stem, answer = desk.get_by_label("Question"), desk.get_by_label("Answer", exact=True)
    stem.fill("Which lake is this? ")
    stem.press("End")
    give(stem, "paste", png())
    asked = desk.get_by_role("dialog", name="What does the picture show?")
    asked.get_by_role("button", name="Add the picture").click()
    expect(asked.get_by_role("alert")).to_contain_text("Describe the picture")
    asked.get_by_role("textbox").fill("A map of a lake")
    asked.get_by_role("button", name="Add the picture").click()
    expect(asked).to_be_hidden()
    assert stem.input_value().startswith("Which lake is this? ![A map of a lake](picture:")
    give(answer, "drop", png())
    asked.get_by_role("textbox").fill("The same lake")
    asked.get_by_role("textbox").press("Enter")
    expect(asked).to_be_hidden()
    assert answer.input_value().startswith("![The same lake](picture:")
    expect(desk.locator("[data-shown] img").first).to_be_visible()
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_text("Students will see it")).to_be_visible()


def test_what_is_no_picture_is_said_and_nothing_written_is_lost(desk: Page) -> None:
    desk.goto("/teach/decks/every/add/flip_card")
    stem = desk.get_by_label("Question")
    stem.fill("Which lake is this?")
    asked = desk.get_by_role("dialog", name="What does the picture show?")
    give(stem, "drop", b"%PDF-1.7", "map.pdf", "application/pdf")
    expect(asked.get_by_role("alert")).to_contain_text("Only pictures can be added here")
    look(desk)
    asked.get_by_role("button", name="Cancel").click()
    give(stem, "paste", b"no picture at all")
    asked.get_by_role("textbox").fill("A map of a lake")
    asked.get_by_role("button", name="Add the picture").click()
    expect(asked.get_by_role("alert")).to_contain_text("picture")
    expect(asked.get_by_role("alert")).not_to_contain_text("Adding")
    asked.get_by_role("button", name="Cancel").click()
    expect(stem).to_have_value("Which lake is this?")

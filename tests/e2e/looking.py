"""What every page promises, whatever stands on it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
DARK = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}  # what the colours can change
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
INK = "getComputedStyle(document.body).color"
TOO_WIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > page.clientWidth + 1);
  return [`${page.scrollWidth} px`, ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 150))];
}"""


def look(page: Page) -> None:
    """Hold the page, as it is now, to what every page promises."""
    for scheme, options in (("light", None), ("dark", DARK)):
        page.emulate_media(color_scheme=scheme)
        found = AXE.run(page, options=options) if options else AXE.run(page)
        assert not found.violations_count, f"{page.url}, {scheme}:\n{found.generate_report()}"
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(NARROW)
    wide = page.evaluate(TOO_WIDE)
    assert not wide, f"{page.url} is wider than {NARROW['width']} px: {wide}"
    page.set_viewport_size(WIDE)
    assert page.locator("h1").count() == 1, f"{page.url} has not one heading"
    assert page.title().endswith("Quizapp"), page.title()

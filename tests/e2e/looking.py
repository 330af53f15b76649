"""What every page promises, whatever is on it."""

from __future__ import annotations

import itertools
import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import Page

AXE, AXE_AGAIN = Axe(), Axe(axe_script="0")  # the script stays in the page that it was given to
DARK = {"resultTypes": ["violations"], "runOnly": ["color-contrast"]}  # what the colours can change
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
INK = "getComputedStyle(document.body).color"
TOO_WIDE = """() => {
  const page = document.documentElement;
  if (page.scrollWidth <= page.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > page.clientWidth + 1);
  return [`${page.scrollWidth} px`, ...wide.slice(0, 5).map((element) => element.outerHTML.slice(0, 150))];
}"""
# All that axe judges, but for the words: elements, what they are called and described by, their state and style.
SKETCH = """() => [...document.querySelectorAll("*")].map((element) => [
  element.tagName, element.className, element.type || "", Boolean(element.textContent.trim()), element.style.cssText,
  [...element.attributes].map((each) =>
    /^(role|aria-|alt|lang|autocomplete|tabindex|scope)/.test(each.name) && !/describedby|labelledby|controls|label$/.test(each.name)
      ? `${each.name}=${each.value}` : each.name),
].join()).join("\\n")"""
JUDGED: set[str] = set()  # sketches of pages in which axe has found nothing


def look(page: Page) -> None:
    """Hold the page, as it is now, to what every page promises."""
    sketch = page.evaluate(SKETCH)
    if sketch not in JUDGED:
        for scheme, axe, options in (("light", AXE, DEFAULT_OPTIONS), ("dark", AXE_AGAIN, DARK)):
            page.emulate_media(color_scheme=scheme)
            found = axe.run(page, options=options)
            assert not found.violations_count, f"{page.url}, {scheme}:\n{found.generate_report()}"
        page.emulate_media(color_scheme="light")
        JUDGED.add(sketch)
    page.set_viewport_size(NARROW)
    wide = page.evaluate(TOO_WIDE)
    assert not wide, f"{page.url} is wider than {NARROW['width']} px: {wide}"
    page.set_viewport_size(WIDE)
    assert page.locator("h1").count() == 1, f"{page.url} has not one heading"
    assert page.title().endswith("Quizapp"), page.title()
    if folder := os.environ.get("QUIZAPP_TEST_PICTURES"):
        picture(page, Path(folder))


def picture(page: Page, folder: Path) -> None:
    """Keep how the page looks on a phone and on a desk, light and dark, for someone to look at."""
    folder.mkdir(parents=True, exist_ok=True)
    path = page.url.partition("//")[2].partition("/")[2].partition("?")[0]
    name = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-")[:60] or "home"
    number = next(each for each in itertools.count() if not any(folder.glob(f"{name}.{each}.*")))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=folder / f"{name}.{number}.{width}.{scheme}.png", full_page=True)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)

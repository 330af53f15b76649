"""Questions shown several times on one page: ids made unique, and nothing that submits or grabs keys."""

from __future__ import annotations

from bs4 import BeautifulSoup
from bs4.element import Tag
from markupsafe import Markup

REFERENCES = ("for", "aria-describedby", "aria-labelledby", "aria-controls")
DROPPED = ("autofocus", "data-focus", "data-key", "data-primary", "aria-keyshortcuts", "data-announce")


def isolated(html: str, prefix: str) -> Markup:
    """The same markup with `prefix` before every id, reference and name; buttons only push."""
    page = BeautifulSoup(html, "html.parser")
    for tag in page.find_all(True):
        if isinstance(tag, Tag):
            _isolate(tag, prefix)
    return Markup(str(page))  # noqa: S704 what came in was rendered by our own templates


def _isolate(tag: Tag, prefix: str) -> None:
    for name in ("id", "name"):
        if tag.get(name):
            tag[name] = f"{prefix}{tag[name]}"
    for name in REFERENCES:
        references = tag.get_attribute_list(name)
        if references and references[0]:
            tag[name] = " ".join(f"{prefix}{part}" for value in references for part in str(value).split())
    for name in DROPPED:
        del tag[name]
    if tag.name == "button":
        tag["type"] = "button"

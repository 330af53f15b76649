"""What a page states of itself: title, author, publisher, date, language; nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from bs4 import BeautifulSoup, Tag

from quizapp.domain.sources.articles.blocks import folded
from quizapp.domain.sources.articles.dates import before_date, iso_date
from quizapp.domain.sources.articles.marks import names_of

LONGEST = 300  # characters of a title or a name
_SITE = re.compile(r"\s+(?:[|–—»·•]|-|::)\s+")
_ARTICLE = ("Article", "Posting", "Report", "WebPage", "Recipe", "Product", "HowTo", "Review")
_ENGINES = re.compile(
    r"discourse|phpbb|vbulletin|mybb|xenforo|smf\b|simple machines|flarum|nodebb|vanilla forums|invision|woltlab|fluxbb|punbb",
    re.IGNORECASE,
)
_TALKED = re.compile(
    r"://(?:forums?|boards?|community|discuss|answers)\.[^/]+/.*\d|/(?:forums?/.*\d|threads?/|topics?/[^/]*\d|viewtopic|showthread|questions/\d|t/[^/]+/\d|r/\w+/comments/)",
    re.IGNORECASE,
)
_THREAD = frozenset(
    "viewtopic showthread threadview questionpage commentspage singletopic forumtopic threadpage topicpage".split()
)
_BY = re.compile(
    r"^\W*(?:written |reported |story |posted )?(?:by|von|por|par|di|da|door|автор:?)\s+", re.IGNORECASE
)
_DATES = (
    "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created",
    "pubdate", "publishdate", "publish-date", "publication_date", "sailthru.date", "parsely-pub-date", "og:published_time",
    "citation_publication_date", "citation_date", "article.published",
)  # fmt: skip
_AUTHORS = (
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "article:author",
    "byl",
)
_PUBLISHERS = (
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "application-name",
    "publisher",
)


class Stated(NamedTuple):
    """What a page says of itself; "" where it says nothing."""

    title: str
    author: str
    publisher: str
    published: str
    language: str
    talk: bool = False  # a forum, or questions and answers
    article: bool = False  # says that it is an article
    shop: bool = False  # says that it offers a product
    body: str = ""  # the article's text, as data for other programs


def stated_in(soup: BeautifulSoup) -> Stated:
    """Read JSON-LD first, then meta elements, then what is in marked elements."""
    data = list(_linked_data(soup))
    article = next((each for each in data if _is_of(each, _ARTICLE)), {})
    metas = _metas(soup)
    return Stated(
        title=_title(soup, metas, article),
        author=_author(soup, metas, article),
        publisher=_name(article.get("publisher")) or _first(metas, _PUBLISHERS),
        published=_published(soup, metas, article),
        language=_language(soup, metas),
        talk=_is_talk(soup, metas, data),
        shop="product" in metas.get("og:type", "") or any(_is_of(each, ("Product",)) for each in data),
        body=next((each["articleBody"] for each in data if isinstance(each.get("articleBody"), str)), ""),
        article=metas.get("og:type") == "article" or any(_is_of(each, _ARTICLE[:3]) for each in data),
    )


def _is_talk(soup: BeautifulSoup, metas: dict[str, str], data: list[dict[str, Any]]) -> bool:
    """Whether a page is a thread of a forum: by its data, its program, its address or its body's names.
    A list of frequent questions is none."""
    kinds = {str(each.get("@type")) for each in data} | {
        str(tag.get("itemtype")).rpartition("/")[2] for tag in soup.find_all(itemtype=True)
    }
    if kinds & {"DiscussionForumPosting", "QAPage"} or ("Question" in kinds and "FAQPage" not in kinds):
        return True
    link = soup.find("link", rel="canonical")
    address = metas.get("og:url") or (str(link.get("href") or "") if link is not None else "")
    names = " ".join(names_of(tag) for tag in (soup.html, soup.body) if tag is not None)
    return bool(
        _ENGINES.search(metas.get("generator", ""))
        or _TALKED.search(address)
        or any(re.sub(r"section|template|[-_]", "", name.casefold()) in _THREAD for name in names.split())
    )


def without_site(title: str) -> str:
    """A document's title without the name of its site: the longest of its parts."""
    return max(_SITE.split(title), key=len).strip() if title else ""


def without_by(name: str) -> str:
    """A byline without “By”, and without what follows the name on its line."""
    return before_date(re.split(r"\s+[|·•–—]\s+", _BY.sub("", name))[0]).strip(" .,")


def _linked_data(soup: BeautifulSoup) -> Iterator[dict[str, Any]]:
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            found = json.loads(script.string or "")
        except (ValueError, RecursionError):
            continue
        todo, seen = [found], 0
        while todo and seen < 500:
            seen += 1
            each = todo.pop(0)
            if isinstance(each, list):
                todo = each + todo
            elif isinstance(each, dict):
                yield each
                todo.extend(each[name] for name in ("@graph", "mainEntity") if name in each)


def _is_of(data: dict[str, Any], names: tuple[str, ...]) -> bool:
    kinds = data.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(str(kind).endswith(names) for kind in kinds)


def _metas(soup: BeautifulSoup) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in soup.find_all("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = meta.get("content")
        if isinstance(name, str) and isinstance(content, str) and content.strip():
            found.setdefault(name.strip().casefold(), folded(content)[:LONGEST])
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    found = (metas[name] for name in names if name in metas)
    return next((text for text in found if not text.startswith(("http:", "https:", "@"))), "")


def _text(tag: Tag | None) -> str:
    return folded(tag.get_text(" "))[:LONGEST] if tag is not None else ""


def _title(soup: BeautifulSoup, metas: dict[str, str], article: dict[str, Any]) -> str:
    whole = _text(soup.title)
    site = _name(article.get("publisher")) or _first(metas, _PUBLISHERS)
    headings = [
        text
        for tag in soup.find_all("h1", limit=12)
        if (text := _text(tag)) and not (text.casefold() == site.casefold() or _is_logo(tag, text, whole))
    ]
    shared = metas.get("og:title") or metas.get("twitter:title") or ""
    headline = article.get("headline")
    headline = folded(headline)[:LONGEST] if isinstance(headline, str) else ""
    for heading in headings:  # a heading that the document's own title repeats
        if heading.casefold() in f"{whole} {shared} {headline}".casefold():
            return heading
    return (
        headline
        or without_site(shared)
        or (headings[0] if headings and (len(headings) == 1 or not whole) else "")
        or without_site(whole)
    )


def _is_logo(heading: Tag, text: str, whole: str) -> bool:
    """Whether a heading is the site's name: it leads to the site's first page, and is not the whole title."""
    link = heading.find("a")
    home = link is not None and re.fullmatch(
        r"(?:https?://[^/]+)?/?(?:index\.\w+)?", str(link.get("href") or "x")
    )
    parts = [part.strip() for part in _SITE.split(whole)]
    return bool(home) and _text(link) == text and (len(parts) > 1 or text.casefold() != whole.casefold())


def _author(soup: BeautifulSoup, metas: dict[str, str], article: dict[str, Any]) -> str:
    authors = article.get("author")
    authors = authors if isinstance(authors, list) else [authors]
    names = [name for name in map(_name, authors) if name]
    if names:
        return ", ".join(dict.fromkeys(names))[:LONGEST]
    return without_by(_first(metas, _AUTHORS)) or _marked_author(soup)


def _marked_author(soup: BeautifulSoup) -> str:
    marked = soup.select("[itemprop~=author], [rel~=author]")
    tag = marked[0] if marked else None
    inner = tag.select_one("[itemprop~=name]") if tag is not None else None
    name = without_by(_text(inner or tag))
    return name if 0 < len(name.split()) <= 6 else ""


def _name(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return folded(value)[:LONGEST] if isinstance(value, str) and not value.startswith("http") else ""


def _published(soup: BeautifulSoup, metas: dict[str, str], article: dict[str, Any]) -> str:
    stated = [str(article.get("datePublished") or ""), *(metas.get(name, "") for name in _DATES)]
    marked = soup.select("[itemprop~=datePublished], time[pubdate], time.published, time.entry-date")
    stated.extend(str(tag.get("datetime") or tag.get("content") or _text(tag)) for tag in marked)
    dates = [found for found in map(iso_date, stated) if found]
    if dates:
        return dates[0]
    times = soup.select("article time[datetime], main time[datetime]") or soup.select("time[datetime]")
    return iso_date(str(times[0].get("datetime"))) if times else ""


def _language(soup: BeautifulSoup, metas: dict[str, str]) -> str:
    stated = str(soup.html.get("lang") or soup.html.get("xml:lang") or "") if soup.html else ""
    stated = stated or metas.get("content-language", "") or metas.get("og:locale", "")
    return re.split(r"[-_,;\s]", stated.strip())[0].casefold()[:8]

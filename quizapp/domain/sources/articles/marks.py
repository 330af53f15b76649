"""What names and roles of HTML elements say about what is in them."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from bs4 import Tag

from quizapp.domain.sources.articles.blocks import Why

_BY_TAG = {
    "nav": Why.NAVIGATION,
    "menu": Why.NAVIGATION,
    "footer": Why.FOOTER,
    "aside": Why.SIDE,
    "figcaption": Why.CAPTION,
    "figure": Why.CAPTION,
    "form": Why.FORM,
    "fieldset": Why.FORM,
    "dialog": Why.NOTICE,
    "address": Why.BYLINE,
}
_BY_ROLE = {
    "navigation": Why.NAVIGATION,
    "menu": Why.NAVIGATION,
    "menubar": Why.NAVIGATION,
    "toolbar": Why.NAVIGATION,
    "banner": Why.NAVIGATION,
    "search": Why.FORM,
    "contentinfo": Why.FOOTER,
    "complementary": Why.SIDE,
    "dialog": Why.NOTICE,
    "alertdialog": Why.NOTICE,
    "doc-footnote": Why.REFERENCES,
    "doc-endnote": Why.REFERENCES,
    "doc-endnotes": Why.REFERENCES,
}
# What books (EPUB) say of an element’s part in the whole.
_BOOK_PARTS = frozenset("footnote footnotes endnote endnotes rearnote rearnotes".split())
# The note itself, to which a mark in the text leads; “fnref1” is the mark.
_NOTE = re.compile(
    r"_?(?:fn|ftn|footnote|endnote|cite_note|sdfootnote|sdendnote)[-_:.]?(?!.*(?:ref|anc)).*\d.*",
    re.IGNORECASE,
)
# Words of class names and ids; two that stand side by side count as one word too (read-also: readalso).
_WORDS = {
    Why.COOKIES: "cookie cookies cookiebot consent gdpr rgpd onetrust cookiebanner datenschutz truste "
    "didomi usercentrics klaro borlabs cmplz iubenda osano termly ccwindow ccbanner spmessage qccmp cmpbox",
    Why.SUBSCRIPTION: "newsletter newsletters subscribe subscription subscriptions signup paywall regwall optin "
    "mailinglist mailchimp infolettre boletin rassegna meteredcontent piano",
    Why.COMMENT: "comment comments commentlist commentsarea disqus respond commentaires kommentare comentarios "
    "commenti discussion reviews livefyre",
    Why.RELATED: "related relatedposts relatedarticles recommended recommendations recommendation recirc "
    "recirculation outbrain taboola trending mostread mostpopular popular inlinerelated readalso readmore "
    "seealso lireaussi alsoread morestories morefrom upnext furtherreading youmaylike ymal teasers morelinks linksblock topiclist taglist",
    Why.SHARE: "share sharing sharebar sharetools sharedaddy addtoany addthis sharethis social socials "
    "socialmedia partage partager teilen compartir",
    Why.FOOTER: "footer colophon siteinfo sitefooter pagefooter copyright foot fuss legal imprint pie",
    Why.SIDE: "sidebar sidebars widget widgets widgetarea rightrail leftrail rail sidecolumn sidecol",
    Why.ADVERTISEMENT: "ad ads advert adverts advertisement advertising adsense adslot sponsor sponsored promo "
    "promos promotion dfp googleads publicidad werbung anzeige",
    Why.CAPTION: "caption captions captiontext wpcaption imagecaption photocaption credit credits photocredit "
    "imagecredit figcaption bildunterschrift",
    Why.BYLINE: "byline bylines dateline postmeta entrymeta articlemeta metadata timestamp postedon authorbox "
    "authorbio aboutauthor postprofile signature readtime readingtime autor auteur autore author authors "
    "userinfo usercard votecell celluser commentauthor commentmeta commentdate commentinfo commentheader messagename usertitle poster postauthor postuser "
    "attribution articleinfo postinfo pubdate lastupdated bio posttags tags taglist tagscloud catlinks",
    Why.NAVIGATION: "nav navbar navbox navigation navlinks sitenav mainnav subnav navmenu menu menus megamenu "
    "submenu breadcrumb breadcrumbs crumbs ariane pagination pager paging skiplink skiplinks skip topbar masthead "
    "toc tableofcontents tocbox siteheader globalheader pageheader sitemap noprint jumpto jumplink editsection "
    "languageswitcher hatnote jumpbox onlinelist whoisonline actionbar toolbar backtotop postnavigation linklist quicklinks",
    Why.FORM: "searchform searchbox loginform login signin",
    Why.NOTICE: "modal popup popover lightbox interstitial tooltip toast noscript alertbar",
    Why.HIDDEN: "visuallyhidden sronly screenreader screenreadertext srtext hidden",
    Why.REFERENCES: "reflist references footnotes endnotes rearnotes footnotelist",
}
_WHY_OF_WORD = {word: why for why, words in _WORDS.items() for word in words.split()}
_WEAK = frozenset(
    {"legal", "author", "authors", "meta", "promo", "skip", "pie", "hidden", "piano", "references"}
)
# `has-sidebar`, `menu-open`: about the page, not about this element; `elementor-widget`, `wrapper_widget`,
# `widget-span`: what builders of pages call each of their parts; `overflow-hidden`: not hidden.
_BEFORE = frozenset(
    "has no with without is not hide js elementor wrapper siteorigin so fusion overflow backface sm md lg xl".split()
)
_AFTER = frozenset(
    "open opened closed enabled disabled visible active present off layout span type card cards score union".split()
)
# What pages call the element that holds an article’s text, two words side by side counting as one.
_BODIES = frozenset(
    "articlebody articlecontent articletext entrycontent entrybody postcontent postbody posttext storybody "
    "storycontent storytext newscontent newsbody newstext maincontent contentbody".split()
)
_OPENED = frozenset(
    "accordion collapse collapsible collapsed toggle expand expandable faq answer tab tabs tabpanel panel "
    "details reveal spoiler".split()
)
_NAMES = ("class", "id", "data-testid", "data-component")
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")
_SHOWN = re.compile(
    r"(?<!\S)(?:(?:sm|md|lg|xl|2xl):|d-(?:sm|md|lg|xl)-)(?:block|flex|grid|inline|table|contents)"
)
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNNAMED = frozenset({"html", "body", "main", "article", "h1", "title"})


def why_of(tag: Tag) -> Why | None:
    """What a tag, its role, its names or its being invisible say; None where they say nothing."""
    role = attribute(tag, "role").casefold()
    if role == "main":
        return None
    if _is_note(tag):
        return Why.REFERENCES
    return _invisible(tag) or _BY_ROLE.get(role) or _by_tag(tag) or _by_names(tag)


def _is_note(tag: Tag) -> bool:
    """A note at the foot or the end, by what its book or its own name says of it."""
    if _BOOK_PARTS & {*attribute(tag, "epub:type").split()}:
        return True
    return tag.name in {"li", "p", "div", "aside", "dd"} and bool(_NOTE.fullmatch(attribute(tag, "id")))


_WALLS = frozenset("paywall regwall meteredcontent piano".split())


def is_wall(tag: Tag) -> bool:
    """Whether a tag says that what it holds is for subscribers. Within an article’s text it is the text: so
    sites are told to mark it for search engines."""
    return not _WALLS.isdisjoint(_words(attribute(tag, "class")))


def is_body(tag: Tag) -> bool:
    """Whether a tag says that it holds an article's text."""
    if "articleBody" in attribute(tag, "itemprop").split():
        return True
    words = _words(attribute(tag, "class")) if tag.name not in _UNNAMED else []
    return any(first + second in _BODIES for first, second in pairwise(words)) or bool(_BODIES & {*words})


def names_of(tag: Tag) -> str:
    """Class names and id of an element, as one text."""
    return " ".join(attribute(tag, name) for name in _NAMES)


def attribute(tag: Tag, name: str) -> str:
    """An attribute as one text, "" where there is none."""
    value = tag.get(name) or ""
    return value if isinstance(value, str) else " ".join(value)


def _by_tag(tag: Tag) -> Why | None:
    if tag.name == "header" and tag.find_parent(("article", "main")) is None and tag.find("h1") is None:
        return Why.NAVIGATION
    if tag.name == "form" and tag.find(_is_control) is None:
        return None  # a frame with nothing to fill in
    if tag.name == "figure" and tag.find(("table", "pre", "blockquote")) is not None:
        return None
    return _BY_TAG.get(tag.name)


def _is_control(tag: Tag) -> bool:
    """What someone fills in: buttons and hidden fields alone make no form."""
    typed = attribute(tag, "type").casefold() not in {"hidden", "submit", "button", "image"}
    return tag.name in {"select", "textarea", "label"} or (tag.name == "input" and typed)


def _invisible(tag: Tag) -> Why | None:
    style = attribute(tag, "style")
    hidden = tag.has_attr("hidden") or attribute(tag, "aria-hidden").casefold() == "true"
    if not (hidden or (style and _INVISIBLE.search(style))):
        return None
    return None if _opens(tag) else Why.HIDDEN


def _opens(tag: Tag) -> bool:
    """Whether a click shows it: an answer in a list of questions, a tab."""
    around = [each for each in (tag, tag.parent, tag.parent and tag.parent.parent) if each is not None]
    return attribute(tag, "role") == "tabpanel" or any(_OPENED & {*_words(names_of(each))} for each in around)


def _by_names(tag: Tag) -> Why | None:
    if tag.name in _UNNAMED:
        return None
    names = names_of(tag)
    why = _why_of_names(names)
    if why is Why.HIDDEN and (_SHOWN.search(names) or _opens(tag)):
        return None  # hidden on small screens only, or until a click
    return why


@lru_cache(maxsize=4096)
def _why_of_names(names: str) -> Why | None:
    for name in names.split():
        words = _words(name)
        for place, word in enumerate(words):
            joined = word + words[place + 1] if place + 1 < len(words) else ""
            why = _WHY_OF_WORD.get(joined) or _WHY_OF_WORD.get(word)
            if why is None or (word in _WEAK and len(words) > 2 and joined not in _WHY_OF_WORD):
                continue
            around = (words[place - 1] if place else "", words[place + 1] if place + 1 < len(words) else "")
            if around[0] not in _BEFORE and around[1] not in _AFTER:
                return why
    return None


def _words(names: str) -> list[str]:
    return [part.casefold() for part in _PART.findall(names)]

"""What a block's own words say of it: notices, credits, bylines, labels, in several languages.

The rules look for the words that every site uses for these things, and at the shape of the block
(short, no sentence, only names); none is made for one site.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from quizapp.domain.sources.articles.blocks import Why

_WORD = re.compile(r"\w+")


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_COOKIE = _any(
    r"\bcookies?\b", r"\bкуки\b", r"クッキー", r"\bour (?:\d+ )?partners (?:store|process|use|and)\b",
    r"\bwir und unsere (?:\d+ )?partner\b", r"\bnous et nos (?:\d+ )?partenaires\b", r"\bnosotros y nuestros (?:\d+ )?socios\b",
    r"\bnoi e i nostri (?:\d+ )?partner\b",
)  # fmt: skip
_COOKIE_TALK = _any(
    r"\b(?:accept|consent|preferences|agree|partners|personali[sz]e|settings|policy|necessary|browser)",
    r"\b(?:akzeptier|zustimm|stimmen sie|verwend|datenschutz|notwendig)",
    r"\b(?:acept|consent|utiliz|navega|privacidad|política)",
    r"\b(?:accepte|utilis|confidentialité|navigation|paramètre)",
    r"\b(?:accett|utilizz|informativa|aceita|toestemming|gebruik|zgod)",
)
_SUBSCRIBE = _any(
    r"\bsubscri(?:be|ber|bers|ption|ptions|bing)\b", r"\bsign(?:ed|ing)? up\b", r"\bnewsletters?\b", r"\bmailing list\b",
    r"\bunlimited access\b", r"\bfree articles?\b", r"\balready a (?:member|subscriber)\b", r"\bsupport (?:us|our journalism)\b",
    r"\bdonat(?:e|ion)\b", r"\bin(?:to)? your inbox\b", r"\blog ?in\b", r"\bpremium\b", r"\bjoin (?:us|our|the)\b",
    r"\bsuscri(?:b|p)", r"\bsuscr[ií]b", r"\bbolet[ií]n", r"\bcuenta\b", r"\bsesión\b", r"\bdispositivo\b",
    r"\babonn", r"\binfolettre\b", r"\blettre d.information\b", r"\bidentifiez-vous\b", r"\bcompte\b",
    r"\banmelde", r"\babo\b", r"\bkonto\b", r"\biscri(?:vi|zion)", r"\babbona", r"\bassin(?:e|ante|atura)\b", r"\bconta\b",
    r"\binschrijv", r"\baanmeld", r"\bподпи(?:ш|с)", r"\bрассылк", r"\bprenumer", r"\bsubskry",
    r"\bfacebook\b", r"\binstagram\b", r"\btwitter\b", r"\bwhatsapp\b", r"\bstory ideas\b",
)  # fmt: skip
_ASKS = re.compile(
    r"^\W*(?:please |now )?(?:subscribe|sign up|join (?:us|our|the)|get (?:the|our|more|unlimited)|register|log in|"
    r"follow .{2,40} on |(?:send|share) (?:us )?your |support (?:us|our)|donate|become a|follow us|like us|download (?:our|the) app|suscr[ií]b|abonne|abonnieren|"
    r"jetzt |iscriviti|assine|inscreva|recib|recevez|inscrivez|meld je|подпи(?:ш|с)|already a (?:subscriber|member)|"
    r"you(?:'ve|’ve| have) (?:read|reached|\d+)|you must (?:be )?log(?:ged)? ?in)",
    re.IGNORECASE,
)
_CREDIT = _any(
    r"^\W*(?:photos?|photograph|images?|pictures?|illustration|graphic|credit|fotos?|bild|imagen|crédit|foto di)\s?"
    r"(?:credit|by|courtesy|von|de|:|/)",
    r"(?-i:\b(?:Photos?|PHOTOS?|Images?|IMAGE|Pictures?|Illustration|Credit|CREDIT|Courtesy|Fotos?|FOTO|Bild|Imagen|"
    r"Crédit|Photograph))\s?[:/]\s?[^.]{2,60}\.?$",
    r"(?:photo|image|picture|illustration|foto|photograph)s? (?:by|courtesy of|via|von) [^.,]{2,50}\)?\.?$",
    r"\b(?:via|/)\s?(?:reuters|afp|ap|epa|efe|dpa|tass|getty|shutterstock|alamy|unsplash)\b[^.]{0,40}$",
    r"\b(?:reuters|afp|ap photo|ap images|epa|efe|dpa|tass|getty images|getty|shutterstock|alamy|istock)\s?"
    r"(?:/|via|\)\W*$)",
    r"\b(?:getty images|shutterstock|unsplash|wikimedia commons)\)?\.?$",
    r"\((?:[^()]*\b)?(?:reuters|afp|ap|epa|efe|dpa|getty|photo|foto|image)\b[^()]*\)\.?$",
)
_DATELINE = re.compile(
    r"^[A-ZÀ-Þ][\w .,/’'-]{1,60}\([A-Z][\w/ ]{1,20}\)\s*[-–—]"
)  # “LAKE TOWN (Reuters) – …”
_COPYRIGHT = _any(
    r"^\W*(?:©|\(c\)|copyright\b)",
    r"\ball rights reserved\b",
    r"^\W*powered by\b",
    r"\balle rechte vorbehalten\b",
)
_RELATED = _any(
    r"(?:related|recommended|trending|further reading|read(?:ing)? (?:more|next|also)|more (?:from|on|about|stories|information|news)|"
    r"you (?:may|might) also|also (?:read|on|in)|don.t miss|most (?:read|popular|viewed)|popular (?:posts|now)|"
    r"editor.s? picks?|keep reading|continue reading|next (?:story|article|post)|previous (?:story|article|post)|archived in|"
    r"filed under|posted in|tagged|topics|tags|in this section|lire aussi|à lire|lea también|le puede interesar|más información|"
    r"leggi anche|leia (?:também|mais)|lees ook|mehr zum|lesen sie auch|auch interessant|читайте также|recomenda|recommand|"
    r"empfohlen|similar (?:posts|articles)|what to read)(?:\b|\s|:|$)",
)
_SHARE = frozenset(
    "share this on via to facebook twitter x tweet whatsapp telegram linkedin pinterest pin reddit email e mail print "
    "copy link save bluesky threads mastodon messenger pocket flipboard like follow us click opens in new window and "
    "instagram youtube tiktok compartir partager teilen condividi compartilhar flipboard article story page post a "
    "friend the printable version i".split()
)
_SHARE_CUE = frozenset(
    "share facebook twitter tweet whatsapp telegram linkedin pinterest reddit email print copy compartir partager "
    "teilen condividi compartilhar mail printable".split()
)
_ADVERT = re.compile(
    r"^\W*(?:advertisement|ads?|sponsored|advert|anzeige|werbung|publicidad|publicité|pubblicità|publicidade|реклама|"
    r"story continues below(?: advertisement)?|article continues below|scroll to continue|advertising)\b.{0,20}$",
    re.IGNORECASE,
)
_COMMENTS = re.compile(
    r"^\W*(?:\d+ )?(?:comments?|thoughts? on|responses? to|replies|leave a (?:comment|reply)|post a comment|join the "
    r"conversation|add a comment|kommentare?|comentarios|commentaires?|комментари[ияй])\b.{0,80}$",
    re.IGNORECASE,
)
_NAVIGATION = re.compile(
    r"^\W*(?:skip to|back to|jump to|go to|return to|(?:table of )?contents$|on this page|menu$|search$|home$|loading|"
    r"close(?: window)?\b|print(?: this)? page|show more|load more|view (?:all|more)|see all|all rights|next$|previous$|"
    r"older (?:posts|notes)|newer posts|(?:reply(?: with quote)?|quote|permalink|parent|report(?: post)?|flag|upvote|downvote|antworten|zitieren|"
    r"répondre|responder|citar|rispondi|beantwoorden|ответить)$|please enable javascript|you are visitor|last (?:updated|edited|modified) )",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^\W*(?:written |reported |words |story |text |posted |edited |published )?(?:by|von|par|por|di|da|door|автор:?)\s+"
    r"(?:our (?:own )?\w+ )?(?-i:[A-ZÀ-ÞА-Я])",
    re.IGNORECASE,
)
_JOINING = frozenset(
    "and und et y e en de van von der la le du our own reporter correspondent staff in".split()
)
_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|"
    "october|november|december|januar|februar|märz|mai|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|"
    "junio|julio|agosto|septiembre|octubre|noviembre|diciembre|janvier|février|mars|avril|juin|juillet|août|"
    "septembre|octobre|novembre|décembre|января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|"
    "ноября|декабря|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre"
)
_DATE_WORDS = re.compile(
    rf"^(?:{_MONTHS}|mon|tue|wed|thu|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|"
    r"dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|at|on|am|pm|um|uhr|le|de|del|of|th|st|nd|rd|published|"
    r"updated|posted|modified|last|date|first|publié|mis|à|jour|el|the|min|mins|minute|minutes|read|ago|hours?|days?|"
    r"gmt|utc|cet|cest|est|edt|pst|pdt|bst|et|z|t|h|il|a|p|m|time|reading|since|\d+(?:st|nd|rd|th)?)$",
    re.IGNORECASE,
)
_WRITER = re.compile(
    r"^\W*(?:about the (?:authors?|writers?)|(?:über|zu) (?:den|die) autor|zur person|à propos (?:de l.|des )auteur|"
    r"sobre (?:el|la|o|a|los) autor|l.autore|over de auteur)",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^\W*(?:(?:asked|answered|viewed|edited|modified|posted|joined|posts|replies|views|likes|reputation|registered|"
    r"last (?:seen|active|post))\b:?|\d+ (?:hours?|minutes?|days?|weeks?|months?|years?) ago\b).{0,80}$(?<![.!?])",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"\s*[›»]\s*|\s+(?:>|→|/|::)\s+")


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _is_cookie(text: str, words: list[str]) -> bool:
    return len(words) <= 120 and bool(_COOKIE.search(text) and _COOKIE_TALK.search(text))


def _is_subscription(text: str, words: list[str]) -> bool:
    cues = {found.casefold()[:6] for found in _SUBSCRIBE.findall(text)}
    asks = bool(_ASKS.match(text))
    return len(words) <= 60 and bool(cues) and (asks or (len(cues) > 1 and len(words) <= 45))


def _is_credit(text: str, words: list[str]) -> bool:
    return len(words) <= 60 and bool(_CREDIT.search(text)) and not _DATELINE.match(text)


def _is_footer(text: str, words: list[str]) -> bool:
    return len(words) <= 40 and bool(_COPYRIGHT.search(text))


def _is_share(text: str, words: list[str]) -> bool:  # noqa: ARG001 the rules have one shape
    return len(words) <= 25 and not set(words) - _SHARE and bool(set(words) & _SHARE_CUE)


def _is_dated(text: str, words: list[str]) -> bool:
    if len(words) > 14 or not words or not any(character.isdigit() for character in text):
        return False
    figures = sum(word[0].isdigit() for word in words)
    return figures < len(words) and all(_DATE_WORDS.match(word) for word in words)


def _is_byline(text: str, words: list[str]) -> bool:
    if _is_dated(text, words) or (len(words) <= 12 and _COUNTED.match(text)):
        return True
    if len(words) > 16 or not (found := _BY.match(text)):
        return False
    rest = text[found.end() - 1 :].rstrip(".")
    shortened = rf"\b(?:[A-ZÀ-Þ]|(?i:{_MONTHS})|\d{{1,2}})\."
    return "." not in re.sub(shortened, "", rest) and all(
        word[0].isupper() or word.casefold() in _JOINING or _DATE_WORDS.match(word)
        for word in _WORD.findall(rest)
    )


def is_signed(text: str) -> bool:
    """Whether a line names its author: “By …”."""
    return bool(_BY.match(text)) and _is_byline(text, _words(text))


def is_crumbs(text: str) -> bool:
    """A trail of sections: “Home > News > Title”."""
    parts = _CRUMBS.split(text)
    if len(parts) < 2 or text.endswith((".", "!", "?", ";", ":")) or "www." in text or "://" in text:
        return False
    return all(0 < len(part.split()) <= 16 for part in parts) and len(parts[0].split()) <= 3


def last_crumb(text: str) -> str:
    """What a trail of sections leads to."""
    return _CRUMBS.split(text)[-1].strip()


_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:")  # as Markdown writes the notes themselves


# “Name: ____ Date: ____”, “Q1 ____”: labels with room to write.
_FORM_LINE = re.compile(r"(?:(?:[^\W_]{1,14}[ .)]{0,2}){1,3}:? ?_{3,}[ ,;.]*)+$")


def _is_separator(text: str, words: list[str]) -> bool:  # noqa: ARG001
    return not words


_RULES: tuple[tuple[Why, Callable[[str, list[str]], bool]], ...] = (
    (Why.SEPARATOR, _is_separator),
    (Why.FORM, lambda text, words: bool(_FORM_LINE.match(text))),  # noqa: ARG005
    (Why.REFERENCES, lambda text, words: bool(_NOTE.match(text))),  # noqa: ARG005
    (Why.COOKIES, _is_cookie),
    (Why.SHARE, _is_share),
    (Why.SUBSCRIPTION, _is_subscription),
    (Why.CAPTION, _is_credit),
    (Why.FOOTER, _is_footer),
    (Why.ADVERTISEMENT, lambda text, words: len(words) <= 8 and bool(_ADVERT.match(text))),
    (Why.COMMENT, lambda text, words: len(words) <= 16 and bool(_COMMENTS.match(text))),
    (Why.NAVIGATION, lambda text, words: len(words) <= 12 and bool(_NAVIGATION.match(text))),
    (Why.BYLINE, _is_byline),
)


# A notice speaks to its reader, of itself or of the page.
_SPEAKS = re.compile(
    r"\b(?:you|your|yours|we|our|us|this (?:web ?)?(?:site|page|post|article|story|content)|websites?|closed|moderated|"
    r"disabled|please|sie|ihre?[mnrs]?|wir|unsere?[mnrs]?|dein\w*|vous|vos|votre|nous|nos|notre|usted\w*|eres|puedes|tus?|te|tienes|nosotros|"
    r"nuestr\w+|voi|vostr\w+|noi|nostr\w+|você\w*|noss\w+|uw|onze|вы|вас|ваш\w*|мы|наш\w*)\b|©|\(c\)|\brights reserved",
    re.IGNORECASE,
)
_LABELS = re.compile(
    r"^\W*(?:last (?:updated|edited|modified)|copyright (?:\W|\d|by\b)|powered by \w+\W*$|(?:story|article) continues|"
    r"scroll|leave an?|post an?|join|add an?|show|load|view|see|go to|skip|jump|return to)\b",
    re.IGNORECASE,
)
_ONLY_LIKE_SENTENCES = frozenset({Why.SEPARATOR, Why.SHARE, Why.BYLINE, Why.REFERENCES})
FEWEST_TOLD = 4  # words of a sentence


def _tells(text: str, words: list[str]) -> bool:
    """Whether a block is a plain sentence of a text: ended as one, not written as a title, speaking to nobody.
    Then what it speaks of (cookies, comments, an agency) strikes it only with a second witness, such as the
    name of its element."""
    capitals = sum(word[:1].isupper() for word in text.split())
    return (
        len(words) >= FEWEST_TOLD
        and bool(re.search(r"[.!?…][\"”’»)]*$", text))
        and not re.search(r"\)\W*$|^\W*[a-zà-ÿ]", text)
        and capitals <= 0.6 * len(words)
        and not (_SPEAKS.search(text) or _LABELS.match(text) or _ASKS.match(text))
    )


def why_of_words(text: str) -> Why | None:
    """What a block is by its words; None where they may well be the article's."""
    words = _words(text)
    why = next((why for why, rule in _RULES if rule(text, words)), None)
    if why is None or why in _ONLY_LIKE_SENTENCES or not _tells(text, words):
        return why
    return why if why is Why.CAPTION and _LABELLED.match(text) else None


_LABELLED = re.compile(
    r"^\W*(?:photos?|photograph|images?|pictures?|illustration|graphic|credit|fotos?|bild|imagen|crédit)\s?"
    r"(?:credit|by|courtesy|:|/)|.*(?:/|via )\s?(?:reuters|afp|ap|epa|efe|dpa|tass|getty\w*)|.*\b(?:getty images|shutterstock|"
    r"unsplash|wikimedia commons)\W*$|.*[.)] (?:photos?|images?|pictures?|credit|fotos?)\s?[:/]",
    re.IGNORECASE | re.DOTALL,
)


def presents_author(text: str) -> bool:
    """The heading of a few words on who wrote the text."""
    return len(text) <= 60 and bool(_WRITER.match(text))


def leads_elsewhere(text: str) -> bool:
    """A label above, or a line with, links to other pages: “Read more”, “Related: …”."""
    return len(text) <= 160 and bool(_RELATED.match(text.lstrip("•·–—*▶>» ")))


def is_person(text: str) -> bool:
    """Two to four capitalised words and nothing else: how a byline without “by” looks."""
    parts = text.split()
    return 2 <= len(parts) <= 4 and all(_NAME.fullmatch(part) for part in parts)


_NAME = re.compile(r"[A-ZÀ-ÞА-ЯЁ](?:[a-zà-ÿа-яё]+|\.)(?:-[A-ZÀ-ÞА-ЯЁ][a-zà-ÿа-яё]+)?")

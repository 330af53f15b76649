import pytest

from quizapp.domain.sources.articles.blocks import Why
from quizapp.domain.sources.articles.wording import (
    is_crumbs,
    is_person,
    is_signed,
    last_crumb,
    leads_elsewhere,
    why_of_words,
)

LINES = {
    Why.SEPARATOR: ["***", "— · —"],
    Why.COOKIES: ["We use cookies to improve your visit. Accept all?", "Diese Seite verwendet Cookies. Datenschutz",
        "We and our 84 partners store and read information on your device, with your consent."],
    Why.SUBSCRIPTION: [
        "Sign up for our newsletter", "Suscríbete a nuestro boletín", "Abonnez-vous à notre infolettre",
        "You’ve read 3 of 5 free articles this month.", "You must log in or register to reply here.", "Already a subscriber? Log in", "Подпишитесь на нашу рассылку",
    ],
    Why.CAPTION: [
        "Photo: Ada Lind", "The mayor at work (Ada Lind via REUTERS)", "A boat at dawn. Photo by Ada Lind", "Getty Images",
        "Rain over the bay, AFP / Lind", "Imagen: Ada Lind",
    ],
    Why.FOOTER: ["© 2021 The Heron", "The Heron 1999. All rights reserved.", "Powered by Gravel"],
    Why.SHARE: ["Share this: Facebook Twitter", "Copy link", "Partager : Facebook E-mail"],
    Why.ADVERTISEMENT: ["Advertisement", "Anzeige"],
    Why.COMMENT: ["214 comments", "Leave a reply", "Комментарии"],
    Why.NAVIGATION: ["Skip to content", "Back to top", "Table of contents", "Reply", "Permalink"],
    Why.BYLINE: [
        "By Agnes Thew", "Von Mirjam Gstöttner", "By our own reporter A. B. Thew", "Par Bérénice Caumont, le 3 novembre 2022",
        "Published 3 May 2021, 10:15", "Saturday, 14 June 2003", "5 min read",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("why", "line"), [(why, line) for why, lines in LINES.items() for line in lines])
def test_a_line_is_known_by_its_words(why, line):
    assert why_of_words(line) is why


@pytest.mark.parametrize(
    "line",
    [
        "The newsletter of the guild was first printed in 1702.",
        "By 23 votes to 22 the members chose to pay.",
        "By the sea they built a tower. It fell.",
        "He took a photo of the cookie jar.",
        "Shares of the company fell by nine per cent.",
        "1984",
        "In May 1968 the printers stopped.",
        "Cookies are baked at 180 degrees.",
        "She asked the reader to subscribe to nothing.",
        "LAKE TOWN (Reuters) - A play about a lake won four prizes on Sunday.",
    ],
)
def test_the_articles_own_lines_are_left_alone(line):
    assert why_of_words(line) is None


def test_trails_of_sections():
    assert is_crumbs("Home > News > A ferry returns")
    assert not is_crumbs("The Gull / quiet, on the pier / www.gull.example")
    assert last_crumb("BLOG > A ferry returns") == "A ferry returns"
    assert not is_crumbs("He said that 3 > 2.")
    assert not is_crumbs("No trail here")
    assert not is_crumbs("> quoted")


def test_labels_that_lead_elsewhere():
    assert leads_elsewhere("Read more")
    assert leads_elsewhere("• Lea también: otra cosa")
    assert not leads_elsewhere("Reading is fun")
    assert not leads_elsewhere("Related to the heron, the egret is white. " * 5)


def test_names_and_signatures():
    assert is_person("Ines Vallgren")
    assert is_person("A. Thew-Quill")
    assert not is_person("Vallgren")
    assert not is_person("The end of time")
    assert is_signed("By Agnes Thew")
    assert not is_signed("14 June 2003")
    assert not is_signed("By train they came to the town of the nine bells")

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


@pytest.mark.parametrize(
    "text",
    [
        "The Environmental Protection Agency (EPA) said on Monday that the river was clean enough to swim in.",
        "Patients with acute flaccid paralysis (AFP) were tested in the same week.",
        "Under the contract, a data processing agreement (DPA) must be signed before any record is handed over.",
        "(Reuters) — The council asked the mill for its books, two people said.",
        "He asked the grocer for credit: ten pounds until Friday.",
        "Every language uses the same image: a river that carries words away.",
        "Twitter and Facebook deleted 4,000 accounts that spread rumours about the vaccine.",
        "The magazine lost half its subscribers when it put its newsletter behind a wall.",
        "Das Konto des Vereins wuchs, und auch das Abo der Zeitschrift wurde bezahlt.",
        "Most browsers today block third-party cookies by default, and advertisers are looking for other ways.",
        "Comments by the minister angered the opposition in both houses.",
        "Responses to the survey came from nine countries.",
        "Back to the river went the men of the lower town.",
        "Loading a ship of that size took eleven days.",
        "Ads paid for the paper.",
        "Advertising began in 1902.",
        "Powered by steam, the first tram ran in 1888.",
        "Copyright in a letter belongs to the person who wrote it.",
    ],
)
def test_words_alone_strike_no_sentence(text):
    assert why_of_words(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Photo: Ann Lee/Getty Images",
        "The harbour at dawn. (Reuters)",
        "Ships lie in the harbour of Leath. Photo: Ann Lee.",
        "Comments (12)",
        "Comments on this post are closed.",
        "Sign up for our newsletter and get the news in your inbox every morning.",
        "This site uses cookies and analytics to work better in every browser.",
        "Back to top",
        "Powered by WordPress",
        "Copyright 2020 by the Leath Courier. All rights reserved.",
        "Advertisement",
        "Last updated on 5 May 2020 at noon.",
    ],
)
def test_notices_are_struck_for_their_words(text):
    assert why_of_words(text) is not None

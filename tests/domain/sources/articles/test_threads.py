"""Threads of forums, as the common programs lay them out: what people wrote is kept, who and when is not."""

import pytest

from quizapp.domain.sources.articles import extract

POSTS = [
    ("marta_w", "The pump in the cellar makes a knocking noise whenever the tank is nearly empty."),
    ("oldpipe", "I replaced the valve last spring and it was quiet until the first frost came."),
    ("Jon Reed", "Thanks, that was it!"),
    ("kiln", "Bleed the line at the highest point and wait for an hour before you start it again."),
]
TEXTS = [text for _, text in POSTS]
FRAME = "<title>A knocking pump - Pump Talk</title>{head}<body class='{names}'><nav><a href=/>Boards</a></nav>{posts}<footer>Terms</footer>"


def page(post, head="", names=""):
    posts = "".join(post.format(who=who, text=text, number=n) for n, (who, text) in enumerate(POSTS, 1))
    return FRAME.format(head=head, names=names, posts=f"<div><h1>A knocking pump</h1>{posts}</div>")


COMMENTS = "<div class=comment-item><div class=comment-author>{who}</div><div class=comment-body><p>{text}</p></div><button>Reply</button></div>"
CELLS = """<article class="message message--post"><div class="message-cell message-cell--user"><section class="message-user">
<h4 class="message-name">{who}</h4><h5 class="userTitle">Well-known member</h5></section></div><div class="message-userContent">
<article class="message-body">{text}</article></div><footer class="message-footer">kiln and 2 others</footer></article>"""
SMALL = """<div class=comment><p class=tagline><a href=#>[–]</a> <a href=#>{who}</a> {number} points 2 years ago</p><form class=usertext>
<input type=hidden name=id><div class=md><p>{text}</p></div></form><ul><li><a href=#>permalink</a><li><a href=#>report</a></ul></div>"""
ROWS = """<table><tr><td class=default><div><span><a href=#>{who}</a> <a href=#>{number} hours ago</a> | <a href=#>parent</a></span></div>
<div class=comment><div class=text>{text}</div><div class=reply><p><u><a href=#>reply</a></u></div></div></table>"""


@pytest.mark.parametrize(
    ("post", "head", "names"),
    [
        (COMMENTS, '<link rel=canonical href="https://pumps.example/forum/threads/knocking.123/">', ""),
        (COMMENTS, '<meta name=generator content="Flarum 1.8">', ""),
        (COMMENTS, "", "nojs section-viewtopic"),
        (COMMENTS, "<i itemtype='https://schema.org/DiscussionForumPosting'></i>", ""),
        (CELLS, "", "template-thread_view"),
        (SMALL, "", "comments-page"),
        (ROWS, "", ""),
    ],
    ids=["address", "program", "body", "data", "cells", "small", "rows"],
)
def test_a_thread_is_what_people_wrote_in_it(post, head, names):
    found = extract(page(post, head, names))
    assert [line for line in found.text.splitlines() if line != "A knocking pump"] == TEXTS
    assert found.several


ARTICLE = "".join(f"<p>{n} {TEXTS[3]}</p>" for n in range(4))
BELOW = "<div class=comments>{}</div>".format("".join(f"<p>{n} {TEXTS[1]}</p>" for n in range(6)))


def test_comments_below_an_article_are_no_thread():
    for head in ("", '<link rel=canonical href="https://pumps.example/news/forum-of-pump-makers-2023/">'):
        found = extract(f"{head}<article><h1>Pumps</h1>{ARTICLE}</article>{BELOW}")
        assert (len(found.text.splitlines()), found.several) == (4, False)


def test_frequent_questions_make_no_thread_of_an_article():
    data = '{"@type": "FAQPage", "mainEntity": [{"@type": "Question", "name": "Why?"}]}'
    page = f"<script type='application/ld+json'>{data}</script><article>{ARTICLE}</article>{BELOW}"
    assert len(extract(page).text.splitlines()) == 4


def test_much_talk_below_a_short_article_is_no_thread_either():
    article = f"<article><h1>Pumps of the lake</h1><div class=entry-content>{ARTICLE}</div></article>"
    found = extract(f"<title>Pumps of the lake</title>{article}{BELOW * 12}")
    assert (len(found.text.splitlines()), found.several) == (4, False)


@pytest.mark.parametrize("count", ["12", "#2", "+3", "−1"])
def test_votes_and_numbers_that_stand_alone_are_no_text(count):
    data = '<script type=\'application/ld+json\'>{"@type": "QAPage"}</script>'
    posts = "".join(f"<div>{count}</div><div><p>{text}</p></div>" for text in TEXTS)
    assert extract(data + posts).text.splitlines() == TEXTS

import pytest
from bs4 import BeautifulSoup

from quizapp.domain.sources.articles.blocks import Why
from quizapp.domain.sources.articles.choosing import (
    choose_root,
    cut_link_lists,
    cut_outside,
    headed,
    is_prose,
    settle_marks,
)
from quizapp.domain.sources.articles.segmenting import pieces_of

LONG = "The harbour master had a dog that could tell the tide by the sound of the bell, and never was wrong. "


def pieces(html):
    return pieces_of(BeautifulSoup(html, "lxml"))


def root_of(html):
    return choose_root(pieces(html)).tag.get("id")


def test_running_text_is_long_ends_a_sentence_and_is_no_list_of_links():
    long, short, open_, links = pieces(
        f"<p>{LONG}</p><p>Short.</p><p>{LONG.replace('.', ' ').strip()}</p><p><a href=x>{LONG}</a></p>"
    )
    assert [is_prose(each) for each in (long, short, open_, links)] == [True, False, False, False]


def test_the_element_with_most_running_text_is_chosen():
    assert (
        root_of(f"<div id=a><div id=b><p>{LONG * 3}</p><p>{LONG}</p></div><div id=c>few words</div></div>")
        == "b"
    )


def test_two_equal_parts_are_chosen_together():
    assert root_of(f"<div id=a><div id=b><p>{LONG}</p></div><div id=c><p>{LONG}</p></div></div>") == "a"


def test_what_the_page_calls_its_article_is_chosen_though_there_is_as_much_beside():
    html = f"<div><div><p>{LONG * 2}</p></div><article id=a><p>{LONG}</p><p>{LONG}</p></article></div>"
    assert root_of(html) == "a"


def test_a_list_is_not_taken_for_its_longest_item():
    assert root_of(f"<div id=a><ul id=l><li><div id=b><p>{LONG * 9}</p></div><li>two</ul></div>") == "l"


def test_a_page_without_text_has_no_root():
    assert choose_root(pieces("")) is None
    assert choose_root([]) is None


def test_what_stands_outside_is_struck_but_a_head_and_sentences_beside_within_the_same_article():
    found = pieces(
        f"<p>Menu of sorts</p><p><a href=x>link to elsewhere</a></p><article><h1>Title</h1><p>A standfirst of six whole words.</p><p>tag</p>"
        f"<div><p>{LONG * 9}</p><p>{LONG}</p></div><p>Small print</p></article>"
    )
    root = next(piece for piece in found if is_prose(piece)).element.parent
    cut_outside(found, root)
    assert [piece.why for piece in found] == [
        Why.OUTSIDE, Why.NAVIGATION, None, None, Why.OUTSIDE, None, None, Why.OUTSIDE,
    ]  # fmt: skip


def test_without_a_landmark_the_parent_is_the_frame():
    found = pieces(f"<body><h1>T</h1><div><p>{LONG}</p></div></body>")
    cut_outside(found, found[1].element.parent)
    assert [piece.why for piece in found] == [None, None]
    found = pieces(LONG)
    cut_outside(found, list(found[0].ancestors())[-1])
    assert found[0].why is None


def test_marks_hold_unless_nearly_all_of_the_text_bears_them():
    found = pieces(f"<p>{LONG * 5}</p><footer><p>{LONG}</p></footer>")
    settle_marks(found, talk=False)
    assert [piece.why for piece in found] == [None, Why.FOOTER]
    found = pieces(f"<footer><p>{LONG * 5}</p></footer><p>few</p>")
    settle_marks(found, talk=False)
    assert [piece.why for piece in found] == [None, None]


def test_comments_are_the_text_of_a_forum():
    html = f"<p>{LONG * 5}</p><div class=comments><p>{LONG}</p></div>"
    for talk, why in ((False, Why.COMMENT), (True, None)):
        found = pieces(html)
        settle_marks(found, talk=talk)
        assert found[1].why is why
    found = pieces(
        f"<p>{LONG}</p><div class=comment><p>{LONG * 3}</p></div><nav>x</nav><div class=comment><p>{LONG * 3}</p></div>"
    )
    settle_marks(found, talk=False)
    assert [piece.why for piece in found] == [None, None, Why.NAVIGATION, None]


def test_links_at_the_edges_lead_elsewhere_those_within_stay():
    found = pieces(
        f"<ul><li><a href=1>first</a></ul><p>{LONG}</p><ul><li><a href=2>second</a></ul><p>{LONG}</p><ul><li><a href=3>third</a></ul>"
    )
    cut_link_lists(found)
    assert [piece.why for piece in found] == [Why.NAVIGATION, None, None, None, Why.RELATED]


def test_an_index_keeps_its_links_and_so_does_a_page_without_running_text():
    index = "".join(
        f"<li><a href={n}>The story of the number {n} and what became of it</a>" for n in range(9)
    )
    for html in (f"<p>{LONG}</p><ul>{index}</ul>", f"<ul>{index}</ul>"):
        found = pieces(html)
        cut_link_lists(found)
        assert {piece.why for piece in found} == {None}


def test_a_heading_leads_to_the_next_of_its_rank():
    found = pieces("<h2>A</h2><p>1</p><h3>B</h3><p>2</p><h2>C</h2>")
    assert [(head.text, [piece.text for piece in section]) for head, section in headed(found)] == [
        ("A", ["1", "B", "2"]), ("B", ["2"]), ("C", []),
    ]  # fmt: skip


def test_paragraphs_beside_the_heaviest_part_belong_to_it_and_so_do_its_like():
    assert root_of(f"<div id=a><p>{LONG}</p><div id=b><p>{LONG * 9}</p><p>x</p></div></div>") == "a"
    html = f"<div id=a><div class=s><p>{LONG}</p></div><div class=s id=b><p>{LONG * 9}</p></div></div>"
    assert root_of(html) == "a"


def test_without_a_landmark_the_surroundings_reach_as_far_as_they_weigh_little():
    side = "<div>" + "menu of words " * 40 + "</div>"
    found = pieces(f"<body>{side}<div><h1>Title</h1><div><p>{LONG * 3}</p></div></div></body>")
    root = next(piece for piece in found if is_prose(piece)).element.parent
    cut_outside(found, root)
    assert [piece.why for piece in found] == [Why.OUTSIDE, None, None]


OTHERS = "".join(f"<div class=card><p>{n} {LONG * 3}</p><p>{n} {LONG}</p></div>" for n in range(6))


def kept(html):
    found = pieces(html)
    settle_marks(found, talk=False)
    cut_outside(found, choose_root(found))
    return [piece.text for piece in found if piece.why is None]


def test_what_the_page_calls_its_text_is_believed_though_others_weigh_more():
    html = f"<div><div class=entry-content><p>{LONG * 3}</p></div></div><div>{OTHERS}</div>"
    assert kept(html) == [(LONG * 3).strip()]
    microdata = html.replace("class=entry-content", 'itemprop="articleBody"')
    assert kept(microdata) == [(LONG * 3).strip()]


def test_but_not_where_it_calls_several_so():
    two = f"<div class=post-content><p>{LONG * 3}</p></div><div class=post-content><p>{LONG * 2}</p></div>"
    assert len(kept(f"<div>{two}</div>")) == 2


def test_the_one_article_headed_by_the_title_is_believed():
    article = f"<article><h1>The tide of March (members)</h1><p>{LONG * 3}</p></article>"
    page = f"<title>The tide of March | The Gull</title><div>{article}<div>{OTHERS}</div></div>"
    assert kept(page)[-1] == (LONG * 3).strip()
    assert len(kept(page.replace("The tide of March |", "Nothing of the kind:"))) > 2


def test_names_around_what_the_page_calls_its_text_are_about_the_frame():
    verse = "".join(f"<div>a line of verse {n}</div>" for n in range(12))
    page = (
        f"<div class='widget Blog'><div class=post-body>{verse}</div></div><div class=widget>{OTHERS}</div>"
    )
    assert len(kept(page)) == 12


def test_a_name_that_nearly_all_the_text_bears_is_no_byline():
    cards = "".join(f"<div class=post-meta><h2>News {n}</h2><p>{n} {LONG}</p></div>" for n in range(5))
    assert len(kept(f"<main>{cards}<p>{LONG}</p></main>")) == 11
    few = f"<main><div class=post-meta><p>{LONG}</p></div><p>{LONG * 2}</p></main>"
    assert kept(few) == [(LONG * 2).strip()]


def test_a_column_set_beside_a_side_column_is_none():
    page = f"<div class='row fixed-sidebar-layout--300'><p>{LONG}</p></div><div><p>{LONG * 2}</p></div>"
    assert len(kept(f"<main>{page}</main>")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "港の主人は犬を飼っていて、その犬は鐘の音で潮の満ち引きを知り、決して間違えることがありませんでした。「本当に」と彼は言った。",
        "เจ้าของท่าเรือมีสุนัขตัวหนึ่งซึ่งรู้เวลาน้ำขึ้นน้ำลงจากเสียงระฆัง และไม่เคยผิดพลาดเลยแม้แต่ครั้งเดียว",
        "ဆိပ်ကမ်းပိုင်ရှင်မှာ ခေါင်းလောင်းသံနဲ့ ဒီရေကို သိတဲ့ ခွေးတစ်ကောင် ရှိတယ်၊ ဘယ်တော့မှ မမှားဖူးဘူး။",
        "बंदरगाह के मालिक के पास एक कुत्ता था जो घंटी की आवाज़ से ज्वार को पहचान लेता था और कभी गलत नहीं होता था।",
    ],
)
def test_running_text_is_told_in_other_scripts(text):
    (piece,) = pieces(f"<p>{text}</p>")
    assert is_prose(piece)

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.domain.sources.articles import extract
from quizapp.domain.sources.articles.blocks import BlockKind, Why
from tests.counting import calls

LONG = "The harbour master had a dog that could tell the tide by the sound of the bell, and never was wrong."


def whys(html):
    return {block.text: block.why for block in extract(html).blocks}


def test_the_title_above_an_article_is_struck_and_kept_as_a_field():
    found = extract(f"<title>Heron: A ferry returns</title><b>A ferry returns</b><p>{LONG}</p>")
    assert (found.title, found.text) == ("A ferry returns", LONG)


@pytest.mark.parametrize(
    "head",
    [
        "<meta property=og:type content=product>",
        '<script type=\'application/ld+json\'>{"@type": "Product"}</script>',
    ],
)
def test_in_a_shop_the_title_is_part_of_the_text(head):
    assert whys(f"{head}<h1>A bell</h1><p>{LONG}</p>")["A bell"] is None


def test_on_a_page_of_small_parts_so_is_it():
    parts = "".join(f"<h2>Part {n}</h2><p>{n} {LONG}</p>" for n in range(3))
    assert whys(f"<h1>Bells</h1><h2>What we do</h2>{parts}")["Bells"] is None
    assert whys(f"<meta name=author content='Ada Lind'><h1>Bells</h1><h2>x</h2>{parts}")["Bells"] is Why.TITLE


def test_a_byline_names_the_author():
    assert extract(f"<p>Par Ada Lind, le 3 mai 2021</p><p>{LONG}</p>").author == "Ada Lind"


def test_a_trail_with_links_is_navigation_a_comparison_is_not():
    found = whys(f"<p><a href=1>Home</a> › Here</p><p>{LONG}</p><p>a › b</p><pre>Share: x</pre>")
    assert found == {"Home › Here": Why.NAVIGATION, LONG: None, "a › b": None, "Share: x": None}


def test_the_text_is_what_is_kept_a_line_a_block():
    found = extract(f"<p>{LONG}</p><ul><li>one</ul><p>© 2021 x</p>")
    assert found.text == f"{LONG}\none"
    assert [block.kind for block in found.blocks][1] is BlockKind.LIST_ITEM


@pytest.mark.parametrize(
    "html", ["", "\0", "<", "<html></html>", "<?xml version='1.0'?><html/>", "<p>", "<table><tr>"]
)
def test_a_page_without_text_gives_no_blocks(html):
    assert extract(html).text in {"", "<"}


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["<p>", "</p>", "<div class=nav>", "</div>", "<li>", "<br>", "<h2>", f"{LONG} ", "few words", "<a href=x>",
                                 "</a>", "<table><tr><td>", "</table>", "Related", "© 2020", "<article>", "</article>"]), max_size=25))  # fmt: skip
def test_any_arrangement_of_markup_is_read_without_losing_a_word(parts):
    blocks = extract("".join(parts)).blocks
    words = " ".join(block.text for block in blocks)
    assert words.count("few words") == parts.count("few words")


def test_a_page_about_cookies_is_not_struck_whole():
    notice = (
        "We use cookies, and this page says which ones and how you may accept or refuse each of them here."
    )
    assert extract(f"<p>{notice}</p><p>© 2021 x</p>").text == notice


def test_a_text_that_the_page_states_but_does_not_show_is_taken():
    text = "\\n\\n".join(f"{n} {LONG}" for n in range(8))
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{text}"}}</script>'
    found = extract(f"{data}<p>Please wait while the article is being fetched for you.</p>")
    assert found.text.splitlines() == [f"{n} {LONG}" for n in range(8)]
    assert found.blocks[0].why is Why.OUTSIDE


def test_but_not_where_the_page_shows_it():
    shown = "".join(f"<p>{n} {LONG}</p>" for n in range(8))
    text = " ".join(f"{n} {LONG}" for n in range(8))
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{text}"}}</script>'
    assert len(extract(data + shown).blocks) == 8


@pytest.mark.parametrize("body", ["null", "[1, 2]", '"short"', '{"a": 1}'])
def test_a_stated_text_that_is_none_is_passed_over(body):
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": {body}}}</script>'
    assert extract(f"{data}<p>{LONG}</p>").text == LONG


def test_a_page_of_many_parts_is_kept_whole():
    cards = "".join(f"<div class=col><h3>Part {n}</h3><div>{n} {LONG}</div></div>" for n in range(6))
    faq = "<div class=faq><h2>Questions</h2><button>How soon can you come?</button><div>In most cases within two days of your call, and often on the same day.</div><button>Do you come on Sundays?</button><div>Yes, on every single day of the year, at no higher price.</div></div>"
    page = f"<div><div class=hero><h1>Care that comes to you</h1><div>We look after people at home, by day and by night.</div></div><div class=row>{cards}</div>{faq}</div><footer>Lake Road 1</footer>"
    lines = extract(page).text.splitlines()
    assert lines[:2] == ["Care that comes to you", "We look after people at home, by day and by night."]
    assert lines[-5::2] == [
        "Questions",
        lines[-3],
        "Yes, on every single day of the year, at no higher price.",
    ]
    assert lines[-4::2] == ["How soon can you come?", "Do you come on Sundays?"]


@pytest.mark.parametrize(
    "names",
    [
        "elementor-element elementor-widget elementor-widget-text-editor",
        "hs_cos_wrapper hs_cos_wrapper_widget",
        "span12 widget-span widget-type-rich_text",
        "card overflow-hidden",
        "hidden md:block",
        "d-none d-md-flex md:hidden",
        "credit-card-offer",
        "hero-overlay",
    ],
)
def test_what_builders_of_pages_call_their_parts_says_nothing(names):
    parts = "".join(f"<div class='{names}'><p>{n} {LONG}</p></div>" for n in range(2))
    assert len(extract(f"<main>{parts}<div><p>{LONG * 3}</p></div></main>").text.splitlines()) == 3
    assert (
        len(extract(f"<main><div class=hidden><p>{LONG}</p></div><p>{LONG * 3}</p></main>").text.splitlines())
        == 1
    )


def test_a_page_whose_body_is_not_marked_is_read_whole():
    page = f"<title>x</title><main><p>{LONG}</p></main><div>menu</div>"
    assert extract(page).text == LONG


def test_a_page_of_twice_the_length_takes_twice_the_work():
    def page(paragraphs):
        return f"<article>{''.join(f'<p>{n} {LONG}' for n in range(paragraphs))}</article>"

    assert calls(lambda: extract(page(600))) < 3 * calls(lambda: extract(page(300)))
    assert len(extract(page(3_000)).blocks) == 3_000


@pytest.mark.parametrize(
    "item",
    [
        "<dt><button>Is it {n} o’clock?</button><dd class=hidden id=faq-{n}>{n} {LONG}",
        "<div class=accordion><div><a href=#x>Is it {n} o’clock?</a></div><div class=body style='display:none'>{n} o’clock it is.</div></div>",
    ],
)
def test_answers_that_a_click_shows_are_kept_with_their_questions(item):
    items = "".join(item.format(n=n, LONG=LONG) for n in range(4))
    lines = extract(f"<main><h1>Questions of time</h1><p>{LONG}</p><dl>{items}</dl></main>").text.splitlines()
    assert lines[-8::2] == [f"Is it {n} o’clock?" for n in range(4)]


def test_a_paywall_within_the_articles_text_is_its_text():
    told = "The mill stood on the hill above the river, and everybody in the valley brought corn to it. " * 2
    page = (
        f"<article><h1>Log</h1><div itemprop='articleBody'><p>{told}</p><p>Then {told}</p><div class='paywall'>"
        f"<p>At last {told}</p><p>Subscribe to read on. Already a subscriber? Log in.</p></div></div></article>"
    )
    blocks = extract(page).blocks
    assert [block.kept for block in blocks if "mill" in block.text] == [True] * 3
    assert [block.why for block in blocks if block.text.startswith("Subscribe")] == ["subscription notice"]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ann Lee March 3, 2019", "Ann Lee"),
        ("By ANN LEE Mar. 3, 2019", "ANN LEE"),
        ("Von Ann Lee 3. März 2019", "Ann Lee"),
    ],
)
def test_a_line_above_the_text_gives_author_and_date(line, author):
    found = extract(f"<h1>Wicks</h1><p>{line}</p><p>{LONG}</p><p>By Tom Hill May 4, 2020</p>")
    assert (found.author, found.published, found.text) == (author, "2019-03-03", LONG)


@pytest.mark.parametrize(
    "body",
    [
        f"<noscript><p>{LONG}</p></noscript>",
        f"<div><template shadowrootmode=open><p>{LONG}</p></template></div>",
    ],
)
def test_text_that_is_shown_only_without_scripts_or_in_a_shadow_is_read(body):
    assert extract(f"<body>{body}</body>").text == LONG


def test_beside_much_text_no_one_reads_what_is_shown_without_scripts():
    pages = "".join(f"<p>{LONG} ({number})</p>" for number in range(8))
    assert (
        "scripts on" not in extract(f"<article>{pages}</article><noscript>Turn scripts on.</noscript>").text
    )


def test_of_a_formula_the_source_is_read_and_not_its_drawing():
    formula = "<span class=MathJax><span>A</span></span><script type='math/tex'>A=r^2</script>"
    found = extract(
        f"<p>The area is {formula} as is known. {LONG}</p><p>Or <script type='math/tex'>B</script> it is, and {LONG}</p>"
    )
    assert found.text.startswith("The area is A=r^2 as is known.")
    assert "Or B it is" in found.text

from quizapp.domain.sources.articles import extract
from quizapp.services.sources.reading import second_opinion
from quizapp.services.sources.reading.second_opinion import with_second_opinion

LONG = [
    f"The {name} of the harbour had a dog that could tell the {thing} by its sound, and it never once was wrong about it."
    for name, thing in (
        ("master", "tide"),
        ("cook", "soup"),
        ("painter", "wind"),
        ("priest", "bell"),
        ("smith", "iron"),
    )
]


def test_what_was_struck_for_its_place_is_brought_back_where_much_is_missing():
    html = f"<html><body><article><p>{LONG[0]}</p><div class='sidebar'>{''.join(f'<p>{each}</p>' for each in LONG[1:])}</div></article></body></html>"
    ours = extract(html)
    assert ours.text == LONG[0] or len(ours.text.splitlines()) == 5
    assert with_second_opinion(html, ours).text.splitlines() == LONG


def test_where_both_agree_ours_stands():
    html = f"<article><p>{LONG[0]}</p><p>{LONG[1]}</p></article><nav>Menu</nav>"
    ours = extract(html)
    assert with_second_opinion(html, ours) is ours


def test_an_opinion_that_fails_is_none(monkeypatch):
    def broken(*_, **__):
        raise RecursionError

    monkeypatch.setattr(second_opinion.trafilatura, "extract", broken)
    ours = extract(f"<p>{LONG[0]}</p>")
    assert with_second_opinion("<p>", ours) is ours


def test_what_its_own_words_give_away_stays_struck():
    notice = "This site uses cookies; by staying you agree to their use and to our policy, as set out on its own page."
    html = f"<html><body><article><p>{LONG[0]}</p><div class='sidebar'><p>{notice}</p>{''.join(f'<p>{each}</p>' for each in LONG[1:])}</div></article></body></html>"
    assert notice not in with_second_opinion(html, extract(html)).text


def test_a_title_shown_again_is_not_brought_back():
    title = "The dogs of the old harbour"
    html = f"<title>{title}</title><body><article><h1>{title}</h1><p>{LONG[0]}</p><div class='sidebar'><h2>{title}</h2>{''.join(f'<p>{each}</p>' for each in LONG[1:])}</div></article>"
    assert title not in with_second_opinion(html, extract(html)).text.splitlines()


def story(first, last):
    return "".join(f"<p>{LONG[n % 5]} That was told for the {n}th time.</p>" for n in range(first, last))


GALLERY = "".join(
    f"<li><h3>View {n}</h3><p>In the {n}th year of the pier a crowd of people came, and they all went home again by boat.</p></li>"
    for n in range(9)
)


def test_what_no_answer_keeps_beside_a_whole_article_is_struck(monkeypatch):
    html = f"<article><h1>The dogs of the harbour</h1>{story(0, 12)}<div>{GALLERY}</div></article>"
    ours, answer = extract(html), extract(f"<article>{story(0, 12)}</article>").text
    assert len(ours.text.splitlines()) > 20
    monkeypatch.setattr(second_opinion, "_answer", lambda *_, **__: answer)
    found = with_second_opinion(html, ours)
    assert found.text == answer
    assert [block.text for block in found.blocks] == [block.text for block in ours.blocks]


def test_but_not_in_a_thread(monkeypatch):
    head = '<meta name="generator" content="phpBB 3.3">'
    html = f"{head}<article><h1>The dogs of the harbour</h1>{story(0, 12)}<div>{GALLERY}</div></article>"
    ours = extract(html)
    monkeypatch.setattr(
        second_opinion, "_answer", lambda *_, **__: extract(f"<article>{story(0, 12)}</article>").text
    )
    assert with_second_opinion(html, ours) is ours

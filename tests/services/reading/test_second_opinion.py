from quizapp.domain.articles import extract
from quizapp.services.reading import second_opinion
from quizapp.services.reading.second_opinion import with_second_opinion

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

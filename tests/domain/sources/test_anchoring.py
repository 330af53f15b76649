"""Whatever is done to an article, every cited sentence is found, or told to be changed or gone."""

import random

from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.sources.anchoring import Held, reanchor
from quizapp.domain.sources.passages import numbered
from quizapp.domain.sources.quotes import Quote, quotes
from tests.counting import calls

RIVERS = (
    "The Danube rises in the Black Forest. It is 2,850 kilometres long.",
    "Ten countries share the Danube. No other river in the world crosses so many borders.",
    "The Elbe ends in the North Sea. Hamburg lies on it.",
)
WORDS = "river lake sea town bridge border salt fish boat mill flood ice trade map north south".split()


def held(parts):
    """Every sentence of an article, cited."""
    words = quotes(parts)
    return [
        Held(s.paragraph, s.sentence, s.digest, words[s.paragraph, s.sentence])
        for part in parts
        for s in part.sentences
    ]


def fates(before, after):
    """By cited place: standing and the place now."""
    old, new = numbered(before), numbered(after)
    cited = held(old)
    return {
        (each.paragraph, each.sentence): (fate.standing, *(fate.where[:2] if fate.where else ()))
        for each, fate in zip(cited, reanchor(cited, new, old), strict=True)
    }


def replaced(text, old, new):
    return tuple(part.replace(old, new) for part in text)


def test_nothing_done_leaves_all_intact():
    assert {fate[0] for fate in fates(RIVERS, RIVERS).values()} == {"intact"}


def test_a_paragraph_put_in_moves_what_stands_behind_it():
    found = fates(RIVERS, (RIVERS[0], "A new one.", *RIVERS[1:]))
    assert found[1, 2] == ("intact", 1, 2)
    assert found[2, 1] == ("moved", 3, 1)


def struck_out(before, after, struck, aside=()):
    """As `fates`, with paragraphs that are excluded now, and such as were before."""
    old, new = numbered(before), numbered(after)
    cited = [each._replace(aside=each.paragraph in aside) for each in held(old)]
    return {
        (each.paragraph, each.sentence): (fate.standing, *(fate.where[:2] if fate.where else ()))
        for each, fate in zip(cited, reanchor(cited, new, old, struck), strict=True)
    }


def test_nothing_becomes_what_is_excluded():
    corrected = replaced(RIVERS, "2,850", "2,888")
    assert struck_out(RIVERS, corrected, {1})[1, 2] == ("gone",)
    assert struck_out(RIVERS, corrected, {2})[1, 2] == ("changed", 1, 2)


def test_a_sentence_that_is_left_in_a_teaser_alone_is_gone_there_and_followed_elsewhere():
    teaser = ("Ten countries share the Danube.", RIVERS[0], RIVERS[2])
    assert struck_out(RIVERS, teaser, {1})[2, 1] == ("gone",)
    both = (*teaser, RIVERS[1])
    assert struck_out(RIVERS, both, {1})[2, 1] == ("moved", 4, 1)


def test_what_stands_where_it_stood_and_what_was_aside_before_is_found_though_excluded():
    assert struck_out(RIVERS, RIVERS, {2})[2, 1] == ("intact", 2, 1)
    later = (RIVERS[0], "A new one.", *RIVERS[1:])
    assert struck_out(RIVERS, later, {3}, aside={2})[2, 1] == ("moved", 3, 1)
    assert struck_out(RIVERS, later, {3})[2, 1] == ("gone",)


def test_a_figure_corrected_is_a_changed_sentence():
    assert fates(RIVERS, replaced(RIVERS, "2,850", "2,888"))[1, 2] == ("changed", 1, 2)


def test_a_sentence_reworded_in_its_place_is_changed():
    after = replaced(RIVERS, "Ten countries share the Danube.", "The Danube flows through ten countries.")
    assert fates(RIVERS, after)[2, 1] == ("changed", 2, 1)


def test_a_sentence_reworded_and_moved_is_found():
    after = (RIVERS[0], RIVERS[2], "No other river crosses as many borders in the world. That is a record.")
    assert fates(RIVERS, after)[2, 2] == ("changed", 3, 1)


def test_a_sentence_removed_is_gone_even_if_a_like_one_stood_there_before():
    before = ("The Elbe is long.", "The Oder is long.", "The Loire is long.")
    assert fates(before, before[1:])[1, 1] == ("gone",)


def test_another_sentence_in_its_place_is_not_what_it_became():
    after = replaced(RIVERS, "Hamburg lies on it.", "Geese winter there.")
    assert fates(RIVERS, after)[3, 2] == ("gone",)


def test_of_twins_the_one_in_the_same_surroundings_is_it():
    before = ("Rivers. It is long. So is the Oder.", "Roads. It is long. So is the A7.")
    after = ("Begin.", before[1], before[0])
    found = fates(before, after)
    assert found[1, 2] == ("moved", 3, 2)
    assert found[2, 2] == ("moved", 2, 2) or found[2, 2] == ("intact", 2, 2)


def test_of_likely_sentences_the_one_in_the_same_surroundings_is_it():
    before = ("Rivers. It is 5 km long. So is the Oder.", "Roads. It is 7 km long. So is the A7.")
    after = ("Roads. It is 8 km long. So is the A7.", "Rivers. It is 6 km long. So is the Oder.")
    assert fates(before, after)[1, 2] == ("changed", 2, 2)


def test_a_sentence_known_by_its_digest_alone_is_found_or_gone():
    old, new = numbered(RIVERS), numbered(replaced(RIVERS, "2,850", "2,888"))
    nameless = [each._replace(quote=None) for each in held(old)]
    assert [fate.standing for fate in reanchor(nameless, new)] == ["intact", "gone", *["intact"] * 4]


def test_without_the_text_as_it_was_any_sentence_may_be_what_one_has_become():
    old = numbered(("The Elbe is long.",))
    [fate] = reanchor(held(old), numbered(("The Oder is long.",)))
    assert fate.standing == "changed"


def test_in_an_empty_text_all_is_gone():
    assert set(fates(RIVERS, ()).values()) == {("gone",)}
    assert reanchor([], numbered(RIVERS)) == ()


# --- properties ----------------------------------------------------------------------------------

SENTENCE = st.lists(st.sampled_from(WORDS), min_size=4, max_size=9).map(
    lambda words: " ".join(words).capitalize() + "."
)
ARTICLE = st.lists(st.lists(SENTENCE, min_size=1, max_size=4), min_size=1, max_size=6)


@st.composite
def edits(draw):
    """An article and what some edits make of it: paragraphs in, out, swapped, doubled; words changed."""
    before = draw(ARTICLE)
    after = [list(part) for part in before]
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(after) - 1)) if after else 0
        match draw(st.sampled_from(("in", "out", "swap", "double", "word"))):
            case "in":
                after.insert(place, draw(st.lists(SENTENCE, min_size=1, max_size=3)))
            case "out":
                del after[place : place + 1]
            case "swap" if len(after) > 1:
                after[place], after[place - 1] = after[place - 1], after[place]
            case "double":
                after.insert(place, list(after[place]) if after else [draw(SENTENCE)])
            case "word" if after:
                sentence = draw(st.integers(0, len(after[place]) - 1))
                words = after[place][sentence].rstrip(".").split()
                words[draw(st.integers(1, len(words) - 1))] = "zebra"
                after[place][sentence] = " ".join(words) + "."
    return [" ".join(part) for part in before], [" ".join(part) for part in after]


@given(edits())
def test_a_sentence_is_changed_or_gone_only_where_it_stands_nowhere(texts):
    before, after = texts
    old, new = numbered(before), numbered(after)
    there = {s.digest: s for part in new for s in part.sentences}
    cited = held(old)
    for each, fate in zip(cited, reanchor(cited, new, old), strict=True):
        assert (fate.standing in {"intact", "moved"}) == (each.digest in there)
        if fate.standing in {"intact", "moved"}:
            assert fate.where.digest == each.digest
            assert (fate.standing == "intact") == (fate.where[:2] == each[:2])
        elif fate.standing == "changed":
            assert fate.where.digest not in {s.digest for part in old for s in part.sentences}


@given(edits())
def test_the_same_comes_out_twice_and_whatever_else_is_cited(texts):
    before, after = texts
    old, new = numbered(before), numbered(after)
    cited = held(old)
    together = reanchor(cited, new, old)
    assert reanchor(cited, new, old) == together
    assert tuple(reanchor([each], new, old)[0] for each in cited) == together


@given(ARTICLE, st.randoms(use_true_random=False))
def test_one_word_changed_in_an_article_of_unlike_sentences_is_told_as_changed(article, chance):
    texts = [
        f"{' '.join(part)} Number {number * 7919} of the {WORDS[number]} records is {number * 104729}."
        for number, part in enumerate(article)
    ]
    place = chance.randrange(len(texts))
    after = list(texts)
    after[place] = after[place].replace("records is", "records was")
    last = len(numbered(texts)[place].sentences)
    assert fates(texts, after)[place + 1, last] == ("changed", place + 1, last)


def test_twice_the_citations_in_twice_the_sentences_take_twice_the_work():
    few, many, hardly_edited = reanchoring(50, 1.0), reanchoring(100, 1.0), reanchoring(100, 0.1)
    assert calls(many) < 3 * calls(few), "not each with each"
    assert calls(hardly_edited) < calls(many) / 2
    assert not [fate for work in (many, hardly_edited) for fate in work() if fate.standing == "gone"]


def reanchoring(paragraphs, edited):
    """Finds every sentence again of so many paragraphs of five, of which this share was edited."""
    chance = random.Random(7)
    vocabulary = [f"{word}{number}" for word in WORDS for number in range(60)]

    def sentence():
        return " ".join([*chance.choices(vocabulary, k=12), *chance.choices(WORDS, k=10)]).capitalize() + "."

    before = [" ".join(sentence() for _ in range(5)) for _ in range(paragraphs)]
    after = [
        part.replace(" north ", " zebra ").replace(" sea ", " zoo ").replace(" map ", " gnu ")
        if chance.random() < edited
        else part
        for part in before
    ]
    old, new = numbered(before), numbered(after)
    cited = held(old)
    return lambda: reanchor(cited, new, old)


def test_a_sentence_set_in_other_marks_is_the_same():
    straight = numbered(
        ['The clerk wasn\'t there, so the "log" stayed shut. He left - at once.', "He came back."]
    )
    curly = numbered(
        ["He came back.", "The clerk wasn’t there, so the “log” stayed shut. He left – at once."]
    )
    fates = reanchor(held(straight), curly, straight)
    assert [fate.standing for fate in fates] == ["moved"] * 3
    bare = [each._replace(quote=None) for each in held(straight)]
    assert [fate.standing for fate in reanchor(bare, curly, straight)] == ["moved"] * 3
    assert [fate.standing for fate in reanchor(bare[:1], curly)] == ["gone"]
    changed = numbered(["The clerk was there, so the “log” stayed shut. He left – at once.", "He came back."])
    assert [fate.standing for fate in reanchor(held(straight), changed, straight)] == [
        "changed",
        "intact",
        "intact",
    ]


def test_a_sentence_that_was_cut_otherwise_is_found():
    text = numbered(
        [
            "The mill is old.[1] It was built in 1640.[2] See Sec. 4.2 for more. It is here.",
            "The mill is old.",
        ]
    )
    glued = [Held(1, 1, "0" * 12, Quote("The mill is old.[1] It was built in 1640.[2]"))]
    assert reanchor(glued, text)[0].where == text[0].sentences[0]
    other = [Held(2, 1, "2" * 12, Quote("The mill is old. It burned down in the great fire of the harbour."))]
    assert reanchor(other, text)[0].standing != "intact"

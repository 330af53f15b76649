"""What is read of an article."""

from quizapp.domain.drafting.sentences import reading
from quizapp.domain.sources.passages import paragraphs


def read(text, **options):
    return reading.read(paragraphs(text), **options)


def test_headings_captions_credits_boilerplate_and_repetitions_are_left_out():
    text = (
        "A bridge for Leath\n\nLeath Opens A Bridge Over The Marn.\n\nPhoto: the bridge of Leath was opened here.\n\n"
        "Leath opened a bridge over the Marn.\n\nLeath opened a bridge over the Marn.\n\n"
        "The council of Leath sells this page.\n\nToo short."
    )
    found = read(text, boilerplate={6})
    assert [sentence.paragraph for sentence in found.sentences] == [4]


def test_a_language_is_told_by_its_everyday_words():
    assert read("The bridge was opened by the mayor of the town.").english
    german = read("Die Brücke wurde vom Bürgermeister der Stadt feierlich eröffnet.")
    assert not german.english
    assert german.sentences


def test_a_sentence_of_another_language_in_an_english_article_is_left_out():
    found = read(
        "The bridge was opened by the mayor of the town. Puedes consultar aquí las condiciones de uso."
    )
    assert len(found.sentences) == 1


def test_the_people():
    found = read("Mayor Ada Brook came to the town. They left with Brook at noon.")
    assert found.people == {"Ada Brook", "Brook"}

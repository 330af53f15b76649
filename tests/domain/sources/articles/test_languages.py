import pytest

from quizapp.domain.sources.articles.languages import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry that left in the morning was not seen again.", "en"),
        ("¿Por qué quieres cerrar la puerta?", "es"),
        ("Le bateau est parti dans la nuit avec les moutons.", "fr"),
        ("Der Turm wollte nicht und die Leute lachten über ihn.", "de"),
        ("Il battello è partito con le pecore e non è tornato.", "it"),
        ("O barco não voltou e as ovelhas também não.", "pt"),
        ("Het schip is niet op tijd van de kade gegaan.", "nl"),
        ("Båten som var på väg till ön har inte kommit.", "sv"),
        ("Statek nie wrócił do portu, ale nikt się o to nie martwi.", "pl"),
        ("Пароход ушёл утром и не вернулся.", "ru"),
        ("船は朝に出て、戻らなかった。", "ja"),
        ("船早上走了没有回来", "zh"),
        ("Kraków Wien Paris", ""),
        ("of", ""),
        ("1234 5678", ""),
        ("", ""),
    ],
)
def test_common_words_and_scripts_tell_the_language(text, language):
    assert language_of(text) == language

"""Which language a text is in, by its commonest words; silent where it cannot tell."""

from __future__ import annotations

import re

_COMMON = {
    "en": "the of and to in is that it was for on are with as his they at be this have from or had by but what "
    "we you your which their said if will each about how up out them then she many some so these would",
    "es": "el la los las de que y en un una por con para su se del al es lo como más pero sus este está si ya tu "
    "te también fue desde sin sobre ser quieres tus puedes",
    "fr": "le la les de des et en un une du que est pour qui dans par pas sur au avec ce il sont plus son nous "
    "vous votre ou à cette être notre aux vos",
    "de": "der die das und ist in zu den mit von sich des auf für nicht ein eine dem im es auch als an werden aus "
    "er hat dass sie nach wird bei wir oder ihre einer sind",
    "it": "il di che la e in un per è una con del da non si le dei al come più nel della alla ma sono gli anche "
    "questo tuo ha i nostra tua",
    "pt": "o de que e do da em um para com não uma os no se na por mais as dos como mas ao das sua ou quando "
    "muito nos já você seu está são",
    "nl": "de het een en van ik te dat die in is niet op aan met als voor hij er maar om dan zou wat mijn zo of "
    "ook naar heeft deze bij wordt je uw",
    "sv": "och att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när "
    "eller ditt du",
    "pl": "i w nie na się że z do to jest jak o co po ale za od tak już być by może oraz tylko lub twój przez",
}
_SCRIPTS = {
    "ru": re.compile(r"[а-яё]", re.IGNORECASE),
    "el": re.compile(r"[α-ωά-ώ]", re.IGNORECASE),
    "ar": re.compile(r"[\u0621-\u064a]"),
    "he": re.compile(r"[\u05d0-\u05ea]"),
    "ja": re.compile(r"[\u3041-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7a3]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "hi": re.compile(r"[\u0904-\u0939]"),
}
_WORDS_OF = {language: frozenset(words.split()) for language, words in _COMMON.items()}
_SIGNS = {"es": re.compile(r"[¿¡ñ]"), "de": re.compile(r"[ßäöü]"), "pt": re.compile(r"[ãõ]")}
_WORD = re.compile(r"[^\W\d_]+")
MOST_READ = 4_000  # characters


def language_of(text: str) -> str:
    """A language's code; "" where too few words are known or two languages are level."""
    text = text[:MOST_READ]
    letters = sum(map(str.isalpha, text))
    for language, script in _SCRIPTS.items():
        if letters and len(script.findall(text)) > 0.4 * letters:
            return language
    words = [word.casefold() for word in _WORD.findall(text)]
    counts = {language: sum(word in known for word in words) for language, known in _WORDS_OF.items()}
    for language, sign in _SIGNS.items():
        counts[language] += len(sign.findall(text))
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < 2 or best == second or best < len(words) * 0.12:
        return ""
    return max(counts, key=lambda language: counts[language])

"""The language of each reply: the first that the browser asks for and a catalogue exists of, else English."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.extract import extract_from_dir
from flask import Flask, request
from werkzeug.datastructures import LanguageAccept

from quizapp import paths
from quizapp.domain.language.translation import ENGLISH, Language, gettext, language_code, ngettext, speak


def install(app: Flask, folder: Path) -> None:
    """Bind the language before each request, and let templates translate."""
    languages = {language.code: language for language in (ENGLISH, *catalogues(folder))}

    @app.before_request
    def bind() -> None:
        speak(languages[choose(request.accept_languages.values(), languages)])

    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.filters["translated"] = gettext  # what was only marked, or comes from a form
    app.jinja_env.globals["language_code"] = language_code
    said_by_scripts = script_texts(paths.STATIC / "js") if len(languages) > 1 else ()
    app.jinja_env.globals["script_words"] = lambda: script_words(said_by_scripts)


def script_texts(folder: Path) -> tuple[str, ...]:
    """The texts that the scripts in a folder say: what they give to `_`."""
    found = extract_from_dir(str(folder), [("**.js", "javascript")], keywords={"_": None})
    return tuple(
        sorted({message for _file, _line, message, _comments, _context in found if isinstance(message, str)})
    )


def script_words(texts: Iterable[str]) -> str:
    """What `static/js/words.js` reads: JSON of each text that this language says in another way, or ""."""
    said = {text: gettext(text) for text in texts}
    other = {text: words for text, words in said.items() if words != text}
    return json.dumps(other, ensure_ascii=False) if other else ""


def choose(asked: Iterable[str], codes: Collection[str]) -> str:
    """The first of the languages asked for that is there; “en-GB” finds “en”, and “pt” finds “pt-BR”."""
    found = (LanguageAccept([(code, 1)]).best_match(codes) for code in asked)
    return next((code for code in found if code), ENGLISH.code)


def catalogues(folder: Path) -> list[Language]:
    """The compiled catalogues in a folder, `<code>/LC_MESSAGES/messages.mo`, in order of their codes."""
    found = []
    for path in sorted(folder.glob("*/LC_MESSAGES/messages.mo")):
        with path.open("rb") as file:
            found.append(Language(path.parents[1].name.replace("_", "-"), GNUTranslations(file)))
    return found

"""A catalogue makes its language available to the browsers that ask for it; templates translate and still escape."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, render_template_string

from quizapp.domain.language.translation import ENGLISH, _, language_code, speak
from quizapp.web.frame.http import language

PLAIN = "Results of %(name)s"
COUNTED = ("%(count)s answer by %(name)s", "%(count)s answers by %(name)s")


@pytest.fixture
def translated(tmp_path: Path) -> Iterator[Flask]:
    """An app with a catalogue of Brazilian Portuguese."""
    catalogue = Catalog(locale="pt_BR")
    catalogue.add(PLAIN, "Resultados de %(name)s", flags=["python-format"])
    catalogue.add(COUNTED, ("%(count)s resposta de %(name)s", "%(count)s respostas de %(name)s"))
    catalogue.add("No connection.", "Sem conexão.")  # said by a script
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    path = tmp_path / "pt_BR" / "LC_MESSAGES" / "messages.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(compiled.getvalue())
    app = Flask("tried")
    language.install(app, tmp_path)
    app.add_url_rule("/", view_func=lambda: f"{language_code()}: {_(PLAIN)}")
    yield app
    speak(ENGLISH)


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        ("pt-BR,en;q=0.5", "pt-BR"),
        ("pt;q=0.9,de", "pt-BR"),
        ("de", "en"),
        ("en-GB,pt-BR;q=0.1", "en"),
        ("", "en"),
    ],
)
def test_the_browser_chooses_among_the_catalogues(translated: Flask, asked: str, spoken: str) -> None:
    said = translated.test_client().get("/", headers={"Accept-Language": asked}).text
    assert said == {"en": "en: Results of %(name)s", "pt-BR": "pt-BR: Resultados de %(name)s"}[spoken]


def test_the_next_request_does_not_inherit_the_language(translated: Flask) -> None:
    client = translated.test_client()
    assert client.get("/", headers={"Accept-Language": "pt-BR"}).text.startswith("pt-BR")
    assert client.get("/").text.startswith("en")


def test_templates_translate_count_and_escape_once(translated: Flask) -> None:
    source = (
        "{% autoescape true %}{% trans name=who %}Results of {{ name }}{% endtrans %}|"
        "{% trans count=2, name=who %}{{ count }} answer by {{ name }}{% pluralize %}{{ count }} answers by {{ name }}"
        "{% endtrans %}|{{ _('Results of %(name)s', name=who) }}{% endautoescape %}"
    )
    with translated.test_request_context(headers={"Accept-Language": "pt-BR"}):
        translated.preprocess_request()
        said = render_template_string(source, who="<b> & %s")
    name = "&lt;b&gt; &amp; %s"
    assert said == f"Resultados de {name}|2 respostas de {name}|Resultados de {name}"


def test_line_breaks_of_a_template_are_no_part_of_its_message(translated: Flask) -> None:
    with translated.test_request_context(headers={"Accept-Language": "pt-BR"}):
        translated.preprocess_request()
        source = "{% trans name='Ana' %}\n  Results\n  of {{ name }}\n{% endtrans %}"
        assert render_template_string(source) == "Resultados de Ana"


def test_a_page_brings_the_texts_of_its_scripts(translated: Flask) -> None:
    def words(language: str) -> str:
        with translated.test_request_context(headers={"Accept-Language": language}):
            translated.preprocess_request()
            return render_template_string("{{ script_words() }}")

    assert words("en") == ""
    assert json.loads(unescape(words("pt-BR"))) == {"No connection.": "Sem conexão."}


def test_without_catalogues_everyone_gets_english(app: Flask) -> None:
    reply = app.test_client().get("/sign-in", headers={"Accept-Language": "de"})
    assert '<html lang="en">' in reply.text

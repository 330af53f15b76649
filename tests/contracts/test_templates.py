"""Templates hold no script and no style, load nothing from elsewhere, and name only what exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from jinja2 import nodes

from quizapp import paths
from quizapp.domain.library.kinds import KINDS

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted(paths.TEMPLATES.rglob("*.html"))
NAMES = [path.relative_to(paths.TEMPLATES).as_posix() for path in TEMPLATES]
# What others wrote and we only carry (KaTeX) is watched in the browser instead: tests/e2e.
SHEETS, SCRIPTS = (
    sorted(path for path in paths.STATIC.rglob(pattern) if "vendor" not in path.parts)
    for pattern in ("*.css", "*.js")
)
# What puts the token into a form; creating() adds an id of its own to it.
CARRYING = ("csrf()", "csrf_token()", "creating()", "hidden_tag")

every_template = pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)


def without_comments(source: str) -> str:
    return re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)


@every_template
def test_no_script_or_style_is_in_a_template(path: Path) -> None:
    source = without_comments(path.read_text("utf-8"))
    for script in re.findall(r"<script\b([^>]*)>(.*?)</script>", source, re.DOTALL):
        assert "src=" in script[0]
        assert not script[1].strip()
    assert "<style" not in source
    assert not re.search(r"""\sstyle\s*=\s*["'{]""", source), "a style attribute"
    assert not re.search(r"""\son[a-z]+\s*=\s*["'{]""", source), "an event handler"
    assert "javascript:" not in source


@every_template
def test_nothing_is_loaded_from_another_host(path: Path) -> None:
    source = without_comments(path.read_text("utf-8"))
    source = source.replace("http://www.w3.org/2000/svg", "")  # a namespace's name, never fetched
    assert not re.search(r"(?i)\bhttps?:", source)
    assert not re.search(r"""(?:src|href|action|poster|data)\s*=\s*["']//""", source)


@pytest.mark.parametrize("path", [*SHEETS, *SCRIPTS], ids=lambda path: path.name)
def test_static_files_load_nothing_from_another_host(path: Path) -> None:
    source = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    source = re.sub(r"(?m)(^|\s)//.*$", "", source).replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(?i)https?:|url\(\s*['\"]?//|@import", source)
    for found in re.findall(r"url\(\s*['\"]?([^'\")]+)", source):
        if not found.startswith(("data:", "#", "%23")):
            assert (path.parent / found.partition("#")[0]).is_file(), found


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_run_no_text_as_code_and_set_no_style(path: Path) -> None:
    source = path.read_text("utf-8")
    for word in (
        "eval(",
        "new Function",
        "document.write",
        "insertAdjacentHTML",
        'setAttribute("style',
        ".cssText",
    ):
        assert word not in source, word


@every_template
def test_nothing_is_marked_safe_by_hand(path: Path) -> None:
    source = without_comments(path.read_text("utf-8"))
    if path.name == "icons.html":  # paths that are in the macro itself
        source = source.replace("{{ paths[name]|safe }}", "")
    assert not re.search(r"\|\s*safe\b|autoescape\s+false|Markup\(", source)


@every_template
def test_attributes_stand_in_quotes(path: Path) -> None:
    """An unquoted attribute lets a value with a space add attributes of its own."""
    assert not re.search(r"<[a-z][^<>]*\s[a-z-]+=\{\{", without_comments(path.read_text("utf-8")))


def test_the_id_of_a_form_that_makes_something_comes_with_a_token() -> None:
    macros = (paths.TEMPLATES / "frame/macros/forms.html").read_text("utf-8")
    macro = re.search(r"macro creating\(\) -%}(.*?)endmacro", macros, re.DOTALL)
    assert macro is not None
    assert "csrf()" in macro[1]


@every_template
def test_every_form_that_stores_carries_a_token(path: Path) -> None:
    source = without_comments(path.read_text("utf-8"))
    for form in re.findall(r"<form\b.*?</form>", source, re.DOTALL):
        if re.search(r'method="post"', form.partition(">")[0]):
            assert any(token in form for token in CARRYING)
        else:
            assert 'method="get"' in form.partition(">")[0] or 'role="search"' in form


def test_every_name_in_a_template_exists(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    for name in NAMES:
        source = (paths.TEMPLATES / name).read_text("utf-8")
        tree = app.jinja_env.parse(source)
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.args and isinstance(call.args[0], nodes.Const):
                first = call.args[0].value
                if call.node.name == "url_for":
                    assert first in endpoints, (name, first)
                if call.node.name == "static":
                    assert (paths.STATIC / first).is_file(), (name, first)
        for reference in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            if isinstance(reference.template, nodes.Const):  # type: ignore[attr-defined]
                assert reference.template.value in NAMES, (name, reference.template.value)  # type: ignore[attr-defined]


def test_every_template_compiles_and_is_used(app: Flask) -> None:
    used = {"frame/base.html"}
    for name in NAMES:
        app.jinja_env.get_template(name)
        tree = app.jinja_env.parse((paths.TEMPLATES / name).read_text("utf-8"))
        for reference in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            if isinstance(reference.template, nodes.Const):  # type: ignore[attr-defined]
                used.add(reference.template.value)  # type: ignore[attr-defined]
    named = {
        path
        for path in NAMES
        if any(f'"{path}"' in each.read_text("utf-8") for each in (ROOT / "quizapp").rglob("*.py"))
    }
    kinds = {kind.name for kind in KINDS}
    by_kind = {name for name in NAMES if kinds & {*Path(name).parts, Path(name).stem}}
    assert set(NAMES) - used - named - by_kind == set()


def test_every_static_file_is_used() -> None:
    naming = (*TEMPLATES, *SCRIPTS, *paths.STATIC.rglob("*.css"))
    sources = "".join(path.read_text("utf-8") for path in naming)
    unused = [
        path.relative_to(paths.STATIC).as_posix()
        for path in sorted(paths.STATIC.rglob("*"))
        if path.is_file()
        and path.suffix in {".css", ".js", ".svg", ".woff2", ".png"}
        and path.name not in sources
    ]
    assert unused == []


def test_the_checks_see_what_they_look_for(tmp_path: Path) -> None:
    """Each of these would be found."""
    planted = {
        test_no_script_or_style_is_in_a_template: (
            "<script>x</script>", "<style>x</style>", '<p style="x">', '<p onclick="x">', '<a href="javascript:x">',
        ),
        test_nothing_is_loaded_from_another_host: (
            '<img src="https://evil.example/x.png">', '<link href="//evil.example/x.css">',
        ),
        test_nothing_is_marked_safe_by_hand: ("{{ x|safe }}", "{% autoescape false %}x{% endautoescape %}"),
        test_attributes_stand_in_quotes: ("<a href={{ x }}>",),
        test_every_form_that_stores_carries_a_token: ('<form method="post"><button></button></form>',),
    }  # fmt: skip
    for check, sources in planted.items():
        for source in sources:
            (tmp_path / "planted.html").write_text(source)
            with pytest.raises(AssertionError):
                check(tmp_path / "planted.html")


def test_every_page_names_its_language_and_has_one_heading(app: Flask, questions: dict[str, int]) -> None:
    for path in ("/", "/sign-in", "/sign-up", "/decks/", "/no-such-page"):
        soup = BeautifulSoup(app.test_client().get(path).text, "html.parser")
        assert soup.html["lang"] == "en"
        assert len(soup.find_all("h1")) == 1, path
        assert soup.title.get_text().endswith("· Quizapp")

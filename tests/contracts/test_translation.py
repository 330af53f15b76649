"""Every text that a person reads in the browser can be translated: none bypasses gettext."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from flask import Flask
from jinja2 import nodes

from quizapp import paths
from quizapp.domain.audit.actions import Action
from quizapp.domain.library.changes import CHANGES
from quizapp.domain.library.kinds import KINDS
from quizapp.domain.library.kinds.writing.fields import COMMON_FIELDS_AFTER, COMMON_FIELDS_BEFORE
from quizapp.domain.sources.articles.blocks import Why

ROOT = Path(__file__).parents[2]
KEYS = {"Enter", "Escape", "Tab"}  # of a keyboard
SCRIPTS = sorted((paths.STATIC / "js").rglob("*.js"))
TEMPLATES = sorted(paths.TEMPLATES.rglob("*.html"))
NAMES = [path.relative_to(paths.TEMPLATES).as_posix() for path in TEMPLATES]
MARKERS = {"_", "gettext", "ngettext", "marked"}

# Text of a template that stays as it is in every language.
UNTRANSLATED = re.compile(r"Quizapp|&[a-z]+;")
SPOKEN_ATTRIBUTES = re.compile(
    r"""\b(?:aria-label|aria-description|title|placeholder|alt)="((?:\{\{.*?\}\}|\{%.*?%\}|[^"])*)\"""",
    re.DOTALL,
)
TAG = re.compile(r"<(?=[a-zA-Z/!])(?:\{\{.*?\}\}|\{%.*?%\}|[^<>])*?>", re.DOTALL)
PROSE = re.compile(r"[^\W\d_]{2}[,;:.”’]{0,2} [“‘]?[^\W\d_]{2}|^[A-Z][a-z]+[a-z’ -]*[.?!]?$")
SENTENCE = re.compile(r"[^\W\d_] [^\W\d_].*[.?!]$", re.DOTALL)  # the domain also holds lists of words
SAID = re.compile(r"^[A-Z“][^<>]* [a-z]|^[A-Z][a-z]+[.!?…]?$|[a-z] [^<>=#\[]*[a-z][.?!]$")  # by a script
STYLES = re.compile(
    r"(button|quiet| primary)( quiet| danger| large)*|<[a-z].*/>", re.DOTALL
)  # classes of a button, paths of an icon

FLOORS = ("web", "services", "domain")

# Their modules with words that no page shows, or that are kept as they are; each with the reason.
UNMARKED = {
    "quizapp/web/sources/intake.py": "the name of a type",
    "quizapp/web/site/clock_watch.py": "for the log and the list of failures",
    "quizapp/web/frame/sign_in.py": "a cookie’s attribute",
    "quizapp/web/frame/links.py": "the name of a salt",
    "quizapp/web/frame/http/static_files.py": "for developers and machines",
    "quizapp/web/frame/http/sent_twice.py": "the name of a salt",
    "quizapp/web/frame/http/hosts.py": "said before the app: plain text without a language",
    "quizapp/web/frame/http/gateway.py": "said before or after the app: plain text without a language",
    "quizapp/web/classes/assignments/doors.py": "the name of a type",
    "quizapp/web/accounts/forms.py": "limits are written into the text when the module loads",
    "quizapp/web/classes/forms.py": "a limit is written into the text when the module loads",
    "quizapp/web/frame/http/sign_in_origin.py": "keys of budgets",
    "quizapp/web/privacy/caretaker.py": "for the log",
    "quizapp/web/privacy/forms.py": "limits are written into the text when the module loads",
    "quizapp/web/privacy/routes.py": "names of browsers and systems",
    "quizapp/web/site/health/routes.py": "for machines that watch the server",
    "quizapp/web/site/metrics/exposition.py": "for machines that watch the server",
    "quizapp/web/site/health/write_check.py": "for machines that watch the server",
    "quizapp/web/study/progress/forms.py": "limits are written into the text when the module loads",
    "quizapp/web/accounts/provider/asking.py": "for the log",
    "quizapp/services/accounts/provider.py": "for the log and the command line",
    "quizapp/services/privacy/retention.py": "for the command line and the log",
    "quizapp/services/site/archive.py": "for the command line",
    "quizapp/services/site/backups.py": "for the command line",
    "quizapp/services/site/database_copy.py": "for the command line",
    "quizapp/services/site/doctor.py": "for the command line",
    "quizapp/services/site/restore.py": "for the command line",
    "quizapp/services/sources/reading/word.py": "rules for a library",
    "quizapp/services/sources/shipped_texts.py": "for the command line",
    "quizapp/services/study/rebuild.py": "for the command line",
    "quizapp/domain/drafting/figure_questions.py": "questions, which are in the article’s language",
    "quizapp/domain/drafting/gaps.py": "questions, which are in the article’s language",
    "quizapp/domain/drafting/models.py": "what a model is asked",
    "quizapp/domain/drafting/sentences/figures.py": "questions, which are in the article’s language",
    "quizapp/domain/drafting/speech.py": "questions, which are in the article’s language",
    "quizapp/domain/exchange/": "for those who write files of questions",
    "quizapp/services/exchange/": "for those who write files of questions",
    "quizapp/domain/library/kinds/__init__.py": "for those who write the bank’s files",
    "quizapp/domain/library/kinds/writing/shape.py": "for those who write the bank’s files",
    "quizapp/domain/library/trials.py": "for the command line",
}
# Single texts that are the same in every language, or that are stored in English.
KEPT = {
    "Accept", "Authorization", "Connection", "From", "Host", "Location", "SET NULL", "Subject", "To",
    "Mozilla/5.0 (compatible; Quizapp)", "text/html, application/xhtml+xml, application/pdf, text/plain, */*;q=0.1",
    "Quizapp", "Passkey", "a password that nobody has",
    "to view", "to edit",  # details of the log
    "text/csv; charset=utf-8", "Imported again",  # a note of versions
    "Copied from version {}",
    "Google Classroom", "Microsoft Teams",
    "Drafted by rule", "Drafted by a model, checked by you", "Suggested", "Suggested by {}",  # notes of versions
}  # fmt: skip
QUIET_CALLS = {
    "debug", "info", "warning", "error", "exception", "critical", "compile", "text", "Thread",
    "RuntimeError", "ValueError", "TypeError", "AssertionError", "NotImplementedError", "add_url_rule",
    "ItemRule", "ArticleRule", "BankRule", "WholeRule", "Rule",  # what a rule is, for its page in the docs
    "literal", "lock_text", "exec_driver_sql", "generate_registration_options",
}  # fmt: skip


def unmarked_texts(source: str) -> list[str]:
    """What is in a template as bare text, in an element or in an attribute that is read out."""
    source = re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{%[-+]? *trans\b.*?\{%[-+]? *endtrans *[-+]?%\}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{% block main_class %\}.*?\{% endblock %\}", "", source)
    found = [
        re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", value, flags=re.DOTALL)
        for value in SPOKEN_ATTRIBUTES.findall(source)
    ]
    source = re.sub(r"<(code|kbd)\b[^>]*>.*?</\1>", "", source, flags=re.DOTALL)
    bare = TAG.sub("\0", source)
    found += re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "\0", bare, flags=re.DOTALL).split("\0")
    return [text.strip() for text in found if re.search(r"[^\W\d_]", UNTRANSLATED.sub("", text))]


def unmarked_strings(tree: nodes.Node) -> Iterator[str]:
    """Strings of a template's expressions that read like a text, and that no marker holds."""
    for node in tree.iter_child_nodes():
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in MARKERS:
            yield from unmarked_strings(nodes.List([each.value for each in node.kwargs]))
        elif isinstance(node, nodes.Include | nodes.FromImport | nodes.Extends | nodes.Dict):
            if isinstance(node, nodes.Dict):
                yield from unmarked_strings(nodes.List([each.value for each in node.items]))
        elif isinstance(node, nodes.Compare):
            continue
        elif isinstance(node, nodes.Const):
            if isinstance(node.value, str) and PROSE.search(node.value) and not STYLES.fullmatch(node.value):
                yield node.value
        else:
            yield from unmarked_strings(node)


@pytest.mark.parametrize("path", TEMPLATES, ids=NAMES)
def test_no_text_of_a_template_bypasses_translation(path: Path, app: Flask) -> None:
    source = path.read_text("utf-8")
    assert unmarked_texts(source) == []
    assert list(unmarked_strings(app.jinja_env.parse(source))) == []


EXAMPLES = {kind.content_type.__name__ for kind in KINDS}


def prose_in(node: ast.AST, reads: re.Pattern[str] = PROSE) -> Iterator[str]:
    """Strings of a module that read like a text, and that no marker holds."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in MARKERS | QUIET_CALLS | EXAMPLES:
            return
    if isinstance(node, ast.Compare):
        return
    if isinstance(node, ast.Constant | ast.JoinedStr):
        parts = [node] if isinstance(node, ast.Constant) else node.values
        text = "".join(str(each.value) if isinstance(each, ast.Constant) else "{}" for each in parts)
        words = isinstance(node, ast.JoinedStr) or isinstance(node.value, str)
        if words and text not in KEPT and reads.search(text):
            yield text
        return
    decorators = getattr(node, "decorator_list", [])
    for child in ast.iter_child_nodes(node):
        if child not in decorators:
            yield from prose_in(child, reads)


def test_no_text_of_a_page_a_form_or_an_error_bypasses_translation() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): texts
        for floor in FLOORS
        for path in sorted((ROOT / "quizapp" / floor).rglob("*.py"))
        if (
            texts := list(
                prose_in(ast.parse(path.read_text("utf-8")), SENTENCE if floor == "domain" else PROSE)
            )
        )
    }
    left_out = {path: next((each for each in UNMARKED if path.startswith(each)), "") for path in found}
    assert {path: found[path] for path, reason in left_out.items() if not reason} == {}
    assert UNMARKED.keys() == set(left_out.values()), "no longer needed on the list"


def unmarked_in_script(source: str) -> list[str]:
    """Texts of a script that read like one for people, and that are not given to `_`."""
    source = re.sub(r"^\s*//.*$|\s//.*$", "", source, flags=re.MULTILINE)
    source = re.sub(r"\b_\(\s*\"(?:[^\"\\]|\\.)*\"", "", source)
    texts = re.findall(r"\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`", source)
    return [text for pair in texts for text in pair if SAID.search(text) and text not in KEYS]


@pytest.mark.parametrize("path", SCRIPTS, ids=[path.name for path in SCRIPTS])
def test_no_text_of_a_script_bypasses_translation(path: Path) -> None:
    assert unmarked_in_script(path.read_text("utf-8")) == []


def test_what_the_domain_names_for_people_is_extracted(messages: set[str]) -> None:
    """The code that shows these calls `_` on them."""
    fields = [
        field for kind in KINDS for field in (*COMMON_FIELDS_BEFORE, *kind.fields, *COMMON_FIELDS_AFTER)
    ]
    named = {
        *(text for kind in KINDS for text in (kind.title, kind.summary)),
        *(text for field in fields for text in (field.label, field.help) if text),
        *(text for change in CHANGES.values() for text in change),
        *(action.value for action in Action),
        *(why.value for why in Why),
    }
    assert named - messages == set()


def test_the_checks_see_what_they_look_for(app: Flask) -> None:
    for source in ("<p>Hello</p>", '<p title="Close it">', "{{ x }} items", "{% if x %}open{% endif %}"):
        assert unmarked_texts(source), source
    for source in ("{{ 'Try again' if x }}", "{{ notice('Saved.') }}", "{{ 'by ' ~ _('x', name='To you') }}"):
        assert list(unmarked_strings(app.jinja_env.parse(source))), source
    for source in ('flash("Not saved yet.")', 'x = f"{n} questions left"', 'title = "Settings"'):
        assert list(prose_in(ast.parse(source))), source
    for source in ('say("Not saved yet.");', "x = `Not sent: ${why}.`;", 'label.append("Undo");'):
        assert unmarked_in_script(source), source
    for source in ('say(_("Not saved yet."));', 'button.className = "button quiet"; // “Not saved.”'):
        assert unmarked_in_script(source) == []
    for source in ("<p>{% trans %}Hello{% endtrans %} {{ name }} · 3</p>", "<kbd>Enter</kbd>"):
        assert unmarked_texts(source) == []
    for source in ('flash(_("Not saved yet."))', 'log.info("one more")', '"""A docstring."""'):
        assert list(prose_in(ast.parse(source))) == []


def test_a_function_that_translates_binds_no_underscore_of_its_own() -> None:
    """`for _ in …` would make every `_("…")` of that function fail."""
    for path in (ROOT / "quizapp").rglob("*.py"):
        for function in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(function, ast.FunctionDef):
                own = [node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == "_"]
                loops = {
                    name
                    for each in ast.walk(function)
                    if isinstance(each, ast.comprehension)  # it has a scope of its own
                    for name in ast.walk(each.target)
                }
                bound = [node for node in own if isinstance(node.ctx, ast.Store) and node not in loops]
                called = [node for node in own if isinstance(node.ctx, ast.Load)]
                arguments = function.args
                bound += [each for each in (*arguments.args, *arguments.kwonlyargs) if each.arg == "_"]
                assert not (bound and called), f"{path}: {function.name}"


def extracted() -> list[tuple[str, str]]:
    """Each message with the file it is from."""
    options = {"templates/**.html": {"trimmed": "true", "newstyle_gettext": "true", "silent": "false"}}
    methods = [
        ("quizapp/**.py", "python"),
        ("templates/**.html", "jinja2"),
        ("static/js/**.js", "javascript"),
    ]
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None}
    return [
        (name, text)
        for name, _line, message, _comments, _context in extract_from_dir(
            str(ROOT), methods, options, keywords=keywords
        )
        for text in ([message] if isinstance(message, str) else message)
    ]


@pytest.fixture(scope="module")
def messages() -> set[str]:
    """Every message that a translator gets."""
    return {text for _name, text in extracted()}


def test_every_message_is_extracted_and_names_its_values() -> None:
    """A translator can move a named value to another place; a bare %s or {} could not be moved."""
    found = extracted()
    assert len(found) > 1_500
    assert [each for each in found if re.search(r"(?<!%)%[sd]|\{\}|\{value\d*\}", each[1])] == []
    assert [each for each in found if each[1] != each[1].strip("\n")] == []

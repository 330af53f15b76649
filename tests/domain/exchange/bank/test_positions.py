import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.exchange.bank.positions import header_lines

PIECES = {
    "header": "[[items]]",
    "spaced": "  [[ items ]]  # of this deck",
    "comment": "# [[items]]",
    "text": "a = \"[[items]] \\\" # '''\"",
    "literal": 'b = \'[[items]] """\'',
    "long": 'c = """\n[[items]]\n\\""" # x\n[[items]]\n"""',
    "long literal": "d = '''\n[[items]]\n\"\"\"\n'''",
    "quoted end": 'e = """He said "[[items]]""""',
    "list": 'f = [\n  ["items"],\n]',
    "empty": "",
}


@given(st.lists(st.sampled_from(sorted(PIECES)), max_size=12))
def test_there_is_one_line_for_each_table_that_tomllib_finds(names):
    lines, expected = [], []
    for number, name in enumerate(names):
        if name in {"header", "spaced"}:
            expected.append("\n".join(lines).count("\n") + 2 if lines else 1)
        key = f"key{number}"
        lines.append(
            PIECES[name].replace(PIECES[name][:1], key, 1) if " = " in PIECES[name] else PIECES[name]
        )
    text = "\n".join(lines)
    found = header_lines(text, "items")
    assert list(found) == expected
    assert len(tomllib.loads(text).get("items", [])) == len(found)


@pytest.mark.parametrize("unclosed", ['a = """\n[[items]]', "a = '''\n[[items]]"])
def test_a_string_that_is_never_closed_hides_all_that_follows(unclosed):
    assert header_lines(f"[[items]]\n{unclosed}", "items") == (1,)


def test_lines_may_end_as_on_windows():
    assert header_lines("[deck]\r\n\r\n[[items]]\r\nid = 1\r\n[[items]]\r\n", "items") == (3, 5)


def test_other_tables_do_not_count():
    assert header_lines("[[themes]]\n[[items.parts]]\n[items]\n", "items") == ()

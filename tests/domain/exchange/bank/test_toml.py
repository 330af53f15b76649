from decimal import Decimal

import pytest

from quizapp.domain.exchange.bank.toml import table_lines, written


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (False, "false"),
        (12, "12"),
        (Decimal("240.10"), "240.10"),
        (Decimal("1E+3"), "1000"),
        ('a\x00\x7f"\\\n\té', '"a\\u0000\\u007f\\"\\\\\\n\\té"'),
        ((("a", "b"), ()), '[["a", "b"], []]'),
        ({"a": 1, "b": "x"}, '{ a = 1, b = "x" }'),
    ],
)
def test_values_are_written_as_toml(value, expected):
    assert written(value) == expected


def test_a_list_too_long_for_a_line_is_broken():
    entry = "x" * 60
    assert list(table_lines({"short": [1], "long": [entry, entry], "text": entry * 2})) == [
        "short = [1]",
        f'long = [\n  "{entry}",\n  "{entry}",\n]',
        f'text = "{entry * 2}"',
    ]

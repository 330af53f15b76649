"""Numbers as people type them: spellings that mean the same, spellings that mean nothing, limits."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.language import numbers
from tests.counting import calls

SPELLINGS = {
    "240.1": [
        "240.1", "240,1", " 240.1 ", "240.1.", "+240.1", "240.10", "２４０．１", "240\u200b.1", "0240.1", "“240.1”",
        "about 240.1", "approximately 240.1", "approx. 240.1", "in 240.1", "the year 240.1", "240.1+", "over 240.1", "more than 240.1", "~240.1",
        "2.401e2", "2.401×10^2", "2.401×10²", "2.401 x 10**2", "24010×10⁻²", "two hundred and forty point one",
        "٢٤٠٫١", "240 1/10",
    ],
    "240100000000": [
        "240.1bn", "240.1 billion", "240,1 billion", "240.1 Billion", "240.1e9", "2.401×10^11", "2.401×10¹¹",
        "240100000000", "240,100,000,000", "240 100 000 000", "240.100.000.000", "240'100'000'000", "240’100’000’000",
        "240\u00a0100\u202f000 000", "240,100 million", "240.1 thousand million", "0.2401 trillion", "0.2401tn",
        "two hundred forty point one billion", "240.1 b", "2,40,10,00,00,000",
    ],
    "1234.5": ["1234.5", "1 234,5", "1'234.5", "1,234.5", "1.234,5", "1234,5", "1 234.5", "1'234,5", "1.2345k"],
    "-5": ["-5", "−5", "–5", "minus 5", "negative 5", "minus five", "- 5", "-5.0"],
    "0.5": ["½", "1/2", "0.5", ".5", ",5", "0,5", "half", "a half", "one half", "1⁄2", "5e-1"],
    "1.5": ["1½", "1 1/2", "1 ½", "1-1/2", "1,5", "one and a half", "1 and a half", "3/2", "three halves"],
    "0.75": ["¾", "three quarters", "three-quarters", "3/4"],
    "0.25": ["a quarter", "one quarter", "¼"],
    "1750000": ["one and three quarters million", "1¾ million", "1.75m"],
    "500000": ["half a million", "half million", "0.5m", "five hundred thousand", "5 lakh", "500k"],
    "12000": ["twelve thousand", "12 thousand", "12k", "12,000", "12 Thousand", "twelve-thousand", "12 tsd"],
    "75": ["seventy-five", "seventy five", "75", "Seventy–Five"],
    "506": ["five hundred and six", "five hundred six"],
    "2300045": ["two million three hundred thousand and forty-five"],
    "2400": ["twenty-four hundred"],
    "100": ["a hundred", "one hundred", "1 hundred", "10^2", "10²"],
    "12": ["a dozen", "12", "a dozen.", "one dozen"],
    "0": ["zero", "0", "-0", "0.0"],
}  # fmt: skip

UNITS = {
    "240100000000 dollar": [
        "$240.1 billion",
        "$ 240.1bn",
        "240.1 billion dollars",
        "about $240.1bn",
        "240.1bn $",
    ],
    "240100000000 USD": [
        "US$240.1 billion",
        "USD 240.1 billion",
        "$240.1 billion USD",
        "240.1bn U.S. dollars",
    ],
    "5 %": ["5%", "5 %", "5 percent", "5 per cent", "5 pct", "five percent", "5％", "5 percent of voters"],
    "5000000 EUR": ["€5m", "5m €", "EUR 5 million", "5 million euros", "5 mn euro"],
    "-5 dollar": ["-$5", "$-5", "−5 dollars"],
    "5 ¥": ["¥5", "5¥"],
    "5 CNY": ["5 yuan", "RMB 5", "5 renminbi"],
    "5 GBP": ["£5", "5 pounds sterling"],
    "5 hour^-1 · kilometre^1": ["5 km/h", "5 kilometres per hour"],
    "5 dollar/barrel": ["$5 per barrel", "5 dollars per barrel"],
    "5 metre^2": ["5 m²", "5m2", "5 square meters"],
    "12 month": ["12-month", "12 months", "twelve months"],
    "5 °C": ["5 °C", "5℃", "5 degrees Celsius", "5ºC"],
    "5 person": ["5 people", "five persons"],
    "1 china policy": ["One China policy"],
}

NONSENSE = """a|a b|a quiz|May|third|the third|4th|2nd|2023-24|10-12|1.2.3|1,2,3|12 34|5 or 6|five or six|one two|
nineteen ninety-three|twenty twelve|thirty forty|two hundred and hundred|5 thousand thousand thousand thousand|-|$|USD|over|1/0|5/6/7|$5 euros|$5 people|m|million
|5 and six|240 in 2023|10:30|1e61|1e-61|1e999999999|10^999|zero zero|ten two|hundred|five point x|1 2/0
|12.05.2024|0,123,456|1,2345,678|1,234.567.8|5 (five)|5 5|5^2|⅟|and five|a third of 5|e|e5|²|1,234 567 890""".replace(
    "\n", ""
).split("|")


def test_table_holds_at_least_sixty_spellings():
    assert sum(map(len, [*SPELLINGS.values(), *UNITS.values()])) >= 60


@pytest.mark.parametrize(("value", "text"), [(v, t) for v, ts in SPELLINGS.items() for t in ts])
def test_spellings_of_one_number_are_read_alike(value, text):
    assert Decimal(value) in [q.value for q in numbers.readings(text) if not q.unit]


@pytest.mark.parametrize(("wanted", "text"), [(v, t) for v, ts in UNITS.items() for t in ts])
def test_units_before_and_behind_are_read(wanted, text):
    value, unit = wanted.split(" ", 1)
    quantity = numbers.parse(text)
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (Decimal(value), unit)


@pytest.mark.parametrize("text", ["", *NONSENSE])
def test_other_texts_are_no_quantity(text):
    assert numbers.parse(text) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [("1,234", ["1234", "1.234"]), ("1.234", ["1.234", "1234"]), ("0.123", ["0.123"]), ("1,23", ["1.23"])],
)
def test_ambiguous_separators_give_both_readings(text, values):
    assert [q.value for q in numbers.readings(text)] == [Decimal(v) for v in values]


def test_m_is_million_or_metres():
    assert [(q.value, q.unit) for q in numbers.readings("5 m")] == [(5_000_000, ""), (5, "metre")]


@pytest.mark.parametrize(
    ("text", "scale"),
    [("5", 1), ("5 bn", 10**9), ("5 thousand million", 10**9), ("five thousand", 1000), ("five", 1)],
)
def test_a_quantity_tells_the_scale_that_was_typed(text, scale):
    quantity = numbers.parse(text)
    assert quantity
    assert quantity.scale == scale


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1,234.5", True),
        ("1234", True),
        ("240,1", False),
        ("0,123", False),
        ("½", False),
        ("5e1", False),
        ("ten", False),
    ],
)
def test_plain_english_digits_are_told_from_other_spellings(text, plain):
    quantity = numbers.parse(text)
    assert quantity
    assert quantity.plain is plain


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("billion US dollars", (Decimal(10**9), "USD")),
        ("m", (Decimal(1), "metre")),
        ("million", (Decimal(10**6), "")),
        ("", (Decimal(1), "")),
        ("5 apples", None),
        ("three", None),
    ],
)
def test_names_of_units_are_read(text, unit):
    assert numbers.parse_unit(text) == unit


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("240.1", "240.1"),
        ("2023", "2023"),
        ("12000", "12,000"),
        ("-1E+5", "-100,000"),
        ("1E+99", "1E+99"),
        ("NaN", "NaN"),
    ],
)
def test_numbers_are_spelled_in_plain_english(value, text):
    assert numbers.spell(Decimal(value)) == text


@given(st.decimals(min_value=-(10**20), max_value=10**20, allow_nan=False, places=4))
def test_a_spelled_number_is_read_back(value):
    assert value in [q.value for q in numbers.readings(numbers.spell(value))]


@given(st.text(alphabet="0123456789.,' -+/^e×x½²$€%kmabnoe\u00a0", max_size=60) | st.text(max_size=300))
def test_any_text_is_read_or_refused(text):
    assert all(q.value.is_finite() for q in numbers.readings(text))


@pytest.mark.parametrize(
    "text",
    [
        "9" * 5000, "1" * 41, "1." + "1" * 40, "1/" + "1" * 50, "1e" + "9" * 190, "1 " * 100, "1," * 100, "one " * 50,
        "about " * 33, "9" * 1_000_000, "½" * 200, "ﷺ" * 200, "e\u0301" * 500_000, "a " * 100 + "1",
    ],
)  # fmt: skip
def test_long_texts_are_refused_at_once(text):
    assert numbers.parse(text) is None
    assert calls(lambda: numbers.parse(text)) < 100 * min(len(text), 200), (
        "a grammar that goes wrong takes millions"
    )


@pytest.mark.parametrize(
    ("answer", "key", "fits"),
    [("42,195", "42.195", True), ("5,000", "5", False), ("1,500", "1.5", False), ("5.000", "5", True)],
)
def test_a_decimal_comma_before_three_digits_needs_a_key_with_three_decimals(answer, key, fits):
    readings = numbers.readings(answer)
    assert any(read.value == Decimal(key) and read.fits(Decimal(key)) for read in readings) is fits

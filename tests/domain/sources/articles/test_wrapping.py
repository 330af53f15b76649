"""Lines broken to fit a screen."""

from quizapp.domain.sources.articles import extract

PROSE = (
    "The river ran high in March, and the mill stood\nstill for a week, as the miller had said. It was\ncold."
)


def texts(body):
    return [block.text for block in extract(f"<html><body>{body}</body></html>").blocks if block.kept]


def test_prose_in_a_preformatted_block_has_paragraphs_and_no_lines():
    assert texts(f"<pre>{PROSE}\n\nThe second paragraph is here.</pre>") == [
        PROSE.replace("\n", " "),
        "The second paragraph is here.",
    ]


def test_a_program_keeps_its_lines():
    assert texts("<p>It runs so on all the machines that we have.</p><pre>a = 1\nb = 2\nprint(a)</pre>")[
        1:
    ] == [
        "a = 1",
        "b = 2",
        "print(a)",
    ]

"""Word-level F1 of the article found in a page, beside trafilatura on the same pages.

    python bench/extraction.py [FOLDER …]

A folder holds `page.html` beside `page.txt`, or `html/*.html.gz` beside `ground-truth/*.json` with a
`main_content` (as the Web Content Extraction Benchmark has it). Without one: the pages of the tests.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import mean

import trafilatura

from quizapp.domain.sources.articles import extract
from quizapp.services.sources.reading.formats import read_text

PAGES = Path(__file__).parents[1] / "tests" / "domain" / "sources" / "articles" / "pages"
_WORD = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]|\w+")  # of Chinese and Japanese, each character
WAYS: dict[str, Callable[[str], str]] = {
    "own rules": lambda html: extract(html).text,
    "with second opinion": lambda html: read_text(html, markup=True).text,
    "trafilatura": lambda html: trafilatura.extract(html) or "",
    "trafilatura, recall": lambda html: (
        trafilatura.extract(html, include_comments=False, favor_recall=True) or ""
    ),
    "trafilatura, precision": lambda html: (
        trafilatura.extract(html, include_comments=False, favor_precision=True) or ""
    ),
}


def scores(wanted: str, found: str) -> tuple[float, float, float]:
    """Precision, recall and F1 over words, each as often as it occurs."""
    want, have = (Counter(word.casefold() for word in _WORD.findall(text)) for text in (wanted, found))
    both = (want & have).total()
    return (
        both / max(1, have.total()),
        both / max(1, want.total()),
        2 * both / max(1, have.total() + want.total()),
    )


def pages(folder: Path) -> Iterator[tuple[str, str, str]]:
    for path in sorted(folder.rglob("*.html")):
        if path.with_suffix(".txt").exists():
            yield path.stem, path.read_text("utf-8"), path.with_suffix(".txt").read_text("utf-8")
    for path in sorted((folder / "html").glob("*.html.gz")):
        name = path.name.removesuffix(".html.gz")
        truth = json.loads((folder / "ground-truth" / f"{name}.json").read_text("utf-8"))
        yield (
            name,
            gzip.decompress(path.read_bytes()).decode("utf-8", "replace"),
            truth["ground_truth"]["main_content"],
        )


def main(folders: list[Path]) -> None:
    found = [each for folder in folders for each in pages(folder)]
    for way, run in WAYS.items():
        began = time.perf_counter()
        results = [scores(wanted, run(html)) for _, html, wanted in found]
        seconds = (time.perf_counter() - began) / len(found)
        precision, recall, f1 = (mean(values) for values in zip(*results, strict=True))
        worst = sorted((round(each[2], 2), name) for each, (name, _, _) in zip(results, found, strict=True))[
            :3
        ]
        print(
            f"{way:22} F1 {f1:.3f}  precision {precision:.3f}  recall {recall:.3f}"
            f"  {seconds * 1000:.0f} ms  {worst}"
        )
    print(f"{len(found)} pages")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [PAGES])

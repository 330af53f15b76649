"""How many drafts articles give, by rules alone and with the parser, of each form.

    python bench/drafting.py FOLDER …

A folder holds articles as text files, a paragraph a line. `bench/README.md` holds what a person judged.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from statistics import median

from quizapp.domain.drafting.drafting import drafts
from quizapp.domain.sources.passages import paragraphs
from quizapp.services.drafting.parser import parser


def main(folders: list[Path]) -> None:
    """Print the figures of each way."""
    texts = [
        paragraphs(path.read_text("utf-8")) for folder in folders for path in sorted(folder.glob("*.txt"))
    ]
    sentences = sum(len(part.sentences) for text in texts for part in text)
    print(f"{len(texts)} articles, {sentences} sentences")
    for way, parse in (("rules", None), ("parser", parser())):
        found = [drafts(text, parse=parse) for text in texts]
        forms = Counter(draft.form for each in found for draft in each)
        shown = ", ".join(f"{form} {count}" for form, count in forms.most_common())
        share = 100 * forms.total() / max(1, sentences)
        print(f"{way:7} median {median(map(len, found))}, {share:.1f} of 100 sentences: {shown}")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])

"""How many drafts articles give, by rules alone and with the parser, of each form.

    python bench/drafting.py FOLDER …

A folder holds articles as text files, a paragraph a line; one of at most nine words in front is its title.
Then come the counts of drafts that were read one by one (`drafts_judged.tsv`), each set unseen until then.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from quizapp.domain.drafting.drafting import drafts
from quizapp.domain.sources.passages import Paragraph, paragraphs
from quizapp.services.drafting.parser import parser

JUDGED = Path(__file__).with_name("drafts_judged.tsv")
VERDICTS = ("as they are", "after an edit", "bad")
LONGEST_TITLE = 9  # words


def main(folders: list[Path]) -> None:
    """Print the figures of each way."""
    texts = [
        paragraphs(path.read_text("utf-8")) for folder in folders for path in sorted(folder.glob("*.txt"))
    ]
    sentences = sum(len(part.sentences) for text in texts for part in text)
    print(f"{len(texts)} articles, {sentences} sentences")
    for way, parse in (("rules", None), ("parser", parser())):
        found = [drafts(text, parse=parse, title=title_of(text)) for text in texts]
        forms = Counter(draft.form for each in found for draft in each)
        shown = ", ".join(f"{form} {count}" for form, count in forms.most_common())
        share = 100 * forms.total() / max(1, sentences)
        print(f"{way:7} median {median(map(len, found))}, {share:.1f} of 100 sentences: {shown}")

    print()
    for line in csv.DictReader(JUDGED.read_text("utf-8").splitlines(), delimiter="\t"):
        judged = int(line["judged"])
        shares = ", ".join(f"{name} {line[name]} ({int(line[name]) / judged:.0%})" for name in VERDICTS)
        print(f"{line['when']}  {line['articles']} articles, {line['what']}: median {line['median']};"
              f" of {judged} read: {shares}, false {line['false']}; {line['what was wrong']}")  # fmt: skip


def title_of(text: Sequence[Paragraph]) -> str:
    """The first paragraph, where it is a short one."""
    return text[0].text if len(text) > 1 and len(text[0].text.split()) <= LONGEST_TITLE else ""


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])

"""Sentences told apart: rules of the kind that splitters publish as golden, in examples of our own.

    python bench/sentences.py

Each line of an example is one sentence; joined by a space (or by nothing, in scripts without one) they must
come apart again. Prints the share of examples that do, by language, and those that do not; and the share of
sentencex, a well-kept splitter of many languages.
"""

from __future__ import annotations

import sentencex

from quizapp.domain.sources.passages import split_sentences

UNSPACED = frozenset({"zh", "ja"})
EXAMPLES = {
    "en": [
        "The boat left.\nNobody was on it.",
        "Dr. Lee met Mrs. Orr at 5 p.m. on Friday.",
        "The train left at 5 p.m.\nNobody was on board.",
        "He joined Brook Inc.\nShe stayed.",
        "They live in the U.S.\nThey work there.",
        "The U.S. Army left.",
        "J. R. Smith came.\nHe sat down.",
        "World War I.\nThe treaty followed.",
        "She said no.\nThen she left.",
        "See fig. 3 and No. 5 on pp. 5–9.",
        "It grew by 3.5 percent in Jan. 2020.",
        "“Are you there?” she asked.",
        "He said, “I am here.”\nThen he slept.",
        "The mill is old.[12]\nIt was built in 1640.[13]",
        "What?!\nYou again!",
        "iPhone sales fell.\niPad sales rose.",
        "Mt. Kenya is high.\nIt is cold.",
        "FRESNO, Calif. (AP) — A bridge fell.",
        "Berg et al. [2011] measured it.",
        "He waited … and left.",
        "Visit example.org today.\nIt is free.",
        "The price is $3.50.\nIt was $3.",
        "Who rang?\nNobody did.",
        "What a storm!\nThe pier is gone.",
        "The keeper was Hanna K. Voss.",
        "Please read p. 41 again.",
        "Did Tom and co. sail on Sunday?",
        "They signed with Brook, Hill & Co. at noon.",
        "Ask Tom and co.\nThey will know.",
        "They signed with Brook, Hill & Co.\nIt was a Monday.",
        "St. Olaf’s stands on 5th st. near the quay.",
        "That is Brook Jr.’s boat.",
        "She flew to the U.S.A. last May.",
        "I live in the E.U.\nWhere do you live?",
        "I live in the U.S.\nHow about you?",
        "He works for the U.S. Navy in Norfolk.",
        "We lived in the U.S. for ten years.",
        "At 5 a.m. Mr. Hill rose.\nHe left at 6 P.M.\nMr. Hill then slept.",
        "He owes £200.00.\nIt is a debt.",
        "She taught law (she had been a judge for years.) at the college.",
        "Write to ann.lee@example.org today.",
        "See https://example.org/a.b.html for more.",
        "He turned and said, 'It is done.' and left.",
        "She smiled, “This is it.” she said.",
        "She smiled, “This is it.”\nShe shut the book.",
        "Well!!\nThere you are.",
        "What??\nWho said so?",
        "No!?\nIs that so?",
        "You and I.\nDid you meet Karl I. Mann there?",
        "It lies at N°. 1026.253.",
        "She works for Yahoo! in Leath.",
        "He never meant it....\nShe left the room.",
        "He was … well, tired.",
        "The habit . . . was lost in 1900.",
        "He cited it [. . .] at length.\nNobody minded.",
        "Prof. Lee and Gen. Hill met Sen. Orr.",
        "It weighs approx. 40 kg, i.e. little.",
        "The firm (est. 1902) closed.\nIts owner left.",
        "He lives at 12 Hill Rd. in Leath.",
        "“Stop!” he cried.\nNobody did.",
        "“Why?”\n“Because it rains.”",
        "Version 2.1.3 came out.\nIt is better.",
        "The temperature fell to −4.5 °C.\nThe lake froze.",
        "She has a Ph.D. in physics.",
        "He was born c. 1450 and died ca. 1502.",
        "The vote was 5 vs. 4.\nIt passed.",
        "Gov. Lee (D., Ohio) spoke.\nFew came.",
    ],
    "de": [
        "Er sagte: „Ich bleibe hier.“\nDann schlief er ein.",
        "Das war am 23. Mai so.\nDann ging er.",
        "Dr. Weber kam z.B. um 5 Uhr.\nEr blieb.",
        "Im 19. Jahrhundert war das anders.\nHeute nicht.",
    ],
    "fr": ["Elle a dit : « Je reste ici. »\nPuis elle dort.", "Mme. Dupont est là.\nM. Lee aussi.",
        "Où es-tu ?\nJe suis ici !"],
    "es": ["La Sra. Ruiz vino.\n¿Dónde está?\n¡Aquí!", "El Dr. Paz llegó.\nLuego se fue."],
    "it": ["Il Dott. Rossi è qui.\nLei no.", "«Vieni.»\nPoi tacque."],
    "ru": ["Он живёт в г. Москве.\nОна нет.", "— Где ты?\nЯ здесь!", "Он пришёл.\nПотом ушёл."],
    "el": ["Πού είσαι;\nΕδώ είμαι.", "Ήρθε.\nΜετά έφυγε!"],
    "zh": ["今天下雨了。\n我们留在家里！\n你呢？", "他说：“我来了。”\n然后他走了。"],
    "ja": ["昨日は雨だった。\n「帰ろう。」\nそして寝た。", "「帰ろう。」と言った。\nそして寝た。"],
    "ko": ["오늘 비가 왔다.\n우리는 집에 있었다."],
    "hi": ["आज बारिश हुई।\nहम घर पर रहे।", "तुम कहाँ हो?\nमैं यहाँ हूँ।"],
    "ar": ["هل جاء؟\nنعم جاء.\nثم ذهب."],
    "ur": ["وہ آیا۔\nپھر چلا گیا۔"],
    "hy": ["Այսօր անձրև եկավ։\nՄենք տանը մնացինք։"],
    "am": ["ዛሬ ዘነበ።\nቤት ቀረን።"],
    "my": ["သူ လာသည်။\nသူ သွားသည်။"],
}  # fmt: skip


def right(language: str, example: str) -> bool:
    """Whether an example comes apart as it should."""
    wanted = example.split("\n")
    text = ("" if language in UNSPACED else " ").join(wanted)
    return [sentence.text for sentence in split_sentences(text)] == wanted


def by_peer(language: str, example: str) -> bool:
    """Whether the peer takes it apart as it should."""
    wanted = example.split("\n")
    text = ("" if language in UNSPACED else " ").join(wanted)
    return [part.strip() for part in sentencex.segment(language, text) if part.strip()] == wanted


def main() -> None:
    """Print the figures."""
    total = peers = 0
    for language, examples in EXAMPLES.items():
        wrong = [example for example in examples if not right(language, example)]
        peer = sum(by_peer(language, example) for example in examples)
        total, peers = total + len(examples) - len(wrong), peers + peer
        print(f"{language}  {len(examples) - len(wrong)} of {len(examples)}, peer {peer}", *map(repr, wrong))
    print(f"all {total} of {sum(map(len, EXAMPLES.values()))}, peer {peers}")


if __name__ == "__main__":
    main()

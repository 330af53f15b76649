"""Sentences of many scripts come apart where a reader ends them."""

import pytest

from quizapp.domain.sources.passages import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        "The mill is old.[12]|It was built in 1640.[13][14]|It turns.",
        "It ran dry.¹²|Then it rained.",
        "Here arr[0] is the first.",
        "He joined Brook Inc.|She stayed.",
        "Brook Inc. Leath paid.",
        "They left at 5 p.m.|Nobody saw it.",
        "They left at 5 p.m. (Leath time) in rain.",
        "She said no.|Then she left.",
        "See no. 5 and Sec. 4.2 on pp. Five.",
        "He fought in World War I.|The treaty followed.",
        "J. R. Smith came.",
        "The U.S. Army left.|iPhone sales fell.|iPad sales rose.",
        "Mt. Kenya is high, Capt. Hall.",
        "FRESNO, Calif. (AP) — A bridge fell.",
        "Er sagte: „Ich bleibe.“|Dann schlief er.",
        "Das war am 23. Mai so.|Um 23.|Dann ging er.",
        "Elle a dit : « Je reste. »|Puis elle dort.",
        "Er ging.|»Ich bleibe«, sagte sie.",
        "Πού είσαι;|Εδώ είμαι.",
        "One; two; three.",
        "They live in the E.U.|Did you know?",
        "At 5 a.m. Mr. Hill rose.|He left the harbour at 6 p.m.|Mr. Hill slept.",
        "The vote was 5 vs. 4.|Leath won.",
        "1. The first entry.|It follows.",
        "It lies at N°. 1026 (est. 1902) now.",
        "हम घर पर रहे।|तुम कहाँ हो?|यहाँ।",
        "هل جاء؟|نعم جاء.|ثم ذهب.",
        "Այսօր անձրև եկավ։|Մենք տանը մնացինք։",
        "Он живёт в г. Москве.|Она нет.",
        "오늘 비가 왔다.|우리는 집에 있었다.",
        "He left. — and came.",
        "He came. *",
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences):
    wanted = sentences.split("|")
    assert [each.text for each in split_sentences(" ".join(wanted))] == wanted


@pytest.mark.parametrize(
    "sentences",
    [
        "今天下雨了。|我们留在家里！|你呢？",
        "昨日は雨だった。|「帰ろう。」|そして寝た。",
        "「帰ろう。」と言った。|そして寝た。",
    ],
)
def test_no_space_is_needed_where_none_is_written(sentences):
    wanted = sentences.split("|")
    assert [each.text for each in split_sentences("".join(wanted))] == wanted

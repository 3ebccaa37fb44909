"""Code pages by how letters sit: short tables, other languages, and what a file says of itself."""

import pytest

from atalaya.inspection.code_pages import detect_code_page
from atalaya.inspection.letters import (
    accented_words,
    alphabet,
    bound,
    places_of,
    score,
    share_known,
    stands_well,
    worth,
)
from atalaya.inspection.text import decode

WEST = ("cp1252", "cp850", "mac_roman")
SHORT = (
    "lugar;total\nJOSÉ;1\n",
    "lugar;total\nSOLOLÁ;1\nTOLIMÁN;2\n",
    "lugar;total\nBOGOTÁ;1\nCHOCÓ;2\n",
    "lugar;total\nSEÑORA;1\n",
    "lugar;total\nMARÍA;1\n",
    "Índice;Número\n1;2\n",
    "Índice de precios;país\n1;México\n",
    "¿qué día?;¡atención!\n1;2\n",
    "año\n2020\n",
    "mes;preço\nMarço;1\n",
    "situação;ações\nnão;1\n",
    "grado;sección\n9ª.;3º\n",
    "temperatura máxima;°C\n25;1\n",
    "código;descripción\n1;«Único», público\n",
)


@pytest.mark.parametrize("codec", WEST)
@pytest.mark.parametrize("text", SHORT)
def test_a_letter_or_two_are_enough(text: str, codec: str) -> None:
    decoded = decode(text.encode(codec))
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize(
    ("codec", "text"),
    [
        (
            "cp1250",
            "Talianske ministerstvo dopravy informovalo, že pobrežnú stráž ohrozovali zbraňami muži, ktorí prišli",
        ),
        ("iso8859_2", "A Művelődés Háza havi programja és a zenés műsor, vagy egy új előadás az iskola nélkül"),
        ("cp1250", "Zażółć gęślą jaźń, ale nie od razu, bo jest to tylko przykład dla czytelników"),
        ("cp1254", "Bu bir örnek ve çok güzel bir gün için yazılmış olan şiir ne kadar da iyi"),
        ("cp1251", "Иван пошёл в магазин и купил хлеб, молоко и сыр для всей семьи"),
        ("koi8_r", "Иван пошёл в магазин и купил хлеб, молоко и сыр для всей семьи"),
        ("cp1253", "Η Αθήνα είναι η πρωτεύουσα της Ελλάδας και μεγάλη πόλη"),
        ("cp932", "これは日本語の文章です。今日は天気がいいので散歩に行きます"),
        ("cp949", "이것은 한국어 문장입니다. 오늘은 날씨가 좋아서 산책을 갑니다"),
        ("gb18030", "这是一个中文句子,今天天气很好我们去公园,人们都在那里"),
        ("cp1252", "Über die Brücke führt eine Straße, die nicht für größere Wagen ist, und das wäre schön"),
        ("cp1252", "Hän ei ole täällä, ja se on hyvä, sillä hän tulee myöhemmin kun sää on lämmin"),
    ],
)
def test_other_languages(codec: str, text: str) -> None:
    decoded = decode((text + "\n").encode(codec) * 3)
    assert decoded is not None
    assert decoded.text == (text + "\n") * 3


def test_what_the_markup_declares_wins_where_letters_sit_nearly_as_well() -> None:
    text = '<?xml version="1.0" encoding="iso-8859-2"?><a>Művelődés</a>'
    assert detect_code_page(text.encode("iso8859_2"))[0] != "iso8859_2"
    assert detect_code_page(text.encode("iso8859_2"), "iso8859_2")[0] == "iso8859_2"


def test_what_the_markup_declares_loses_where_letters_do_not_fit() -> None:
    data = '<?xml version="1.0" encoding="koi8-r"?><a>Región, año, educación, público, niños</a>'.encode("cp1252")
    assert detect_code_page(data, "koi8_r")[0] == "cp1252"


@pytest.mark.parametrize(
    ("before", "letter", "after", "well"),
    [
        ("", "á", "r", True), ("Qu", "é", ";", True), ("PER", "Ú", ";", True), ("PER", "é", ";", False),
        ("regi", "Ã", "n", False),
        ("R", "Ì", "o", False), ("9", "ª", ".", True), ("a", "‡", "r", False), (" ", "¿", "q", True), ("d", "’", "u", True),
    ],
)  # fmt: skip
def test_how_letters_stand(before: str, letter: str, after: str, well: bool) -> None:
    assert stands_well(before, letter, after) is well


@pytest.mark.parametrize("codec", [*WEST, "cp1251", "cp1253"])
def test_no_score_exceeds_its_bound(codec: str) -> None:
    places = places_of("".join(SHORT).encode("cp1252"), 1_000)
    histogram: dict[int, int] = {}
    for place, number in places.items():
        histogram[place[1]] = histogram.get(place[1], 0) + number
    assert score(places, codec, "áéíóú") <= bound(histogram, codec, "áéíóú") + 1e-9


def test_letters_of_the_alphabet_are_worth_more_than_foreign_ones() -> None:
    known = alphabet("óí", "óíê")
    assert known["ó"] > known["í"] > known["ê"]
    assert known["Ó"] < known["ó"]
    assert worth(b"a\xf3a", "cp1252", "óí", "óíê") > worth(b"a\xeaa", "cp1252", "óí", "óíê")


def test_known_words_are_found_in_the_right_code_page_only() -> None:
    accented = accented_words("Población;año".encode("cp850"), 10)
    assert (share_known(accented, "cp850"), share_known(accented, "cp1252")) == (1, 0)

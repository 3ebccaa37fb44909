"""The page about files: whole, safe, light and legible, whatever the files and their names hold."""

import io
import re
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from atalaya.inspection.findings import Dialect, Inspection
from atalaya.inspection.inspector import inspect_bytes, inspect_file
from atalaya.publish.inspected.file import FileView, dialect_phrases, file_view
from atalaya.publish.inspected.page import render_page
from atalaya.publish.inspected.speech import speech
from tests.publish.reading import Page

HOSTILE = '"><img src=x onerror=alert(1)><script>alert(1)</script>{{ 7*7 }}{%x%}\u202e\u2067\x07'
TABLE = "Informe anual\n\nsector;monto;año\n" + "".join(
    f"{('salud', 'agua', 'vías')[n % 3]};{n * 7 % 50};{2015 + n % 4}\n" for n in range(60)
)
TABLE += "Fuente: registro propio\n"


def viewed(name: str, inspection: Inspection, language: str = "es", *, values: bool = False) -> FileView:
    return file_view(speech(language), name, inspection, values=values)


def page_of(*files: FileView, language: str = "es") -> Page:
    text = render_page(speech(language), files)
    page = Page(text)
    assert page.open == []
    for tag, attributes in page.tags:
        assert tag not in ("script", "iframe", "object", "embed", "form", "link", "img", "base"), tag
        assert not [name for name in attributes if name.startswith("on") or name == "src"]
        assert (attributes.get("href") or "#").startswith("#")
        assert tag != "th" or "scope" in attributes
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in page.tags:
        pointed = [(attributes.get("href") or "")[1:], *(attributes.get("aria-labelledby") or "").split()]
        assert all(each in ids for each in pointed if each)
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    return page


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, TABLE)
    return stream.getvalue()


def test_a_table_is_told_whole() -> None:
    page = page_of(viewed("gasto.csv", inspect_bytes(TABLE.encode("cp1252"), url="gasto.csv")))
    assert ("html", {"lang": "es"}) in page.tags
    for words in (
        "gasto.csv", "formato abierto", "legible por máquinas", "hasta 3 de 5 estrellas", "Para la cuarta estrella",
        "Codificación cp1252", "separador «;»", "título: fila 1", "encabezado: fila 3", "datos: filas 4 a 63", "notas: fila 64",
        "Celdas A3:C63.", "60 filas, 3 columnas", "agua 20", "de 0 a 49, mediana", "de 2015 a 2018, mediana",
        "No se encontró nada malo", "atalaya repair gasto.csv", "encabezado: texto sobre columnas de valores",
    ):  # fmt: skip
        assert words in page.words, words


def test_the_same_in_english() -> None:
    page = page_of(viewed("gasto.csv", inspect_bytes(TABLE.encode(), url="gasto.csv"), "en"), language="en")
    assert ("html", {"lang": "en"}) in page.tags
    for words in ("open format", "up to 3 of 5 stars", "Cells A3:C63.", "data: rows 4 to 63", "from 2015 to 2018"):
        assert words in page.words, words


def test_what_is_missing_is_told_by_how_it_is_said() -> None:
    cells = ["N/D"] * 3 + [""] * 2 + ["9999"] * 4 + [str(n % 30) for n in range(40)]
    text = "lugar,casos\n" + "".join(f"l{n},{cell}\n" for n, cell in enumerate(cells))
    words = page_of(viewed("a.csv", inspect_bytes(text.encode(), url="a.csv"))).words
    for said in ("2 vacías", "3 con «N/D»", "4 con «9999»", "44 de 49"):
        assert said in words, said


def test_defects_come_with_place_and_remedy() -> None:
    data = TABLE.encode() + b"una;fila;con;m\xe1s\n"
    page = page_of(viewed("a.csv", inspect_bytes(data, url="a.csv")))
    assert "Filas de distinto largo Dónde: la tabla. 2 de 62 filas no tienen 3 celdas; filas 64, 65." in page.words
    assert "Dos codificaciones en un mismo archivo Dónde: el byte" in page.words
    assert page.words.count("Qué hacer:") == 2


def test_defects_inside_tables_name_their_cells_and_show_an_example_to_who_holds_the_file() -> None:
    text = "lugar;monto;fecha\n" + "".join(f"l{n};{-5 if n == 30 else n + 1};2020-01-01\n" for n in range(60))
    found = inspect_bytes(text.encode(), url="a.csv")
    assert {each.id for each in found.tables[0].defects} == {"negative_values"}
    words = page_of(viewed("a.csv", found)).words
    assert "Valores negativos donde casi todos son positivos Dónde: tabla." in words
    assert "1 de 60 valores de la columna B son negativos; los demás, cero o más. Celdas: B32" in words
    assert "Qué hacer: Corrija los valores" in words
    assert "Por ejemplo:" not in words
    assert "Por ejemplo: -5" in page_of(viewed("a.csv", found, values=True)).words


def test_a_name_that_promises_another_format() -> None:
    words = page_of(viewed("datos.xls", inspect_bytes(TABLE.encode(), url="datos.xls"))).words
    assert "su nombre termina en .xls, como los del formato Excel 97-2003; los bytes son del formato CSV" in words
    assert "Un nombre de otro formato" not in page_of(viewed("a.txt", inspect_bytes(TABLE.encode(), url="a.csv"))).words


def test_a_page_in_place_of_a_file_is_told_in_the_words_of_the_check() -> None:
    body = b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"
    words = page_of(viewed("datos.csv", inspect_bytes(body, url="datos.csv"))).words
    assert "Llegó una página o un mensaje que dice que en esta dirección no hay nada" in words
    assert "Una página web en lugar de los datos" in words


def test_values_are_held_back_and_shown_to_who_holds_the_file() -> None:
    text = "nombre,monto\n" + "".join(f"Persona Inventada{n % 25},{n}\n" for n in range(50))
    found = inspect_bytes(text.encode(), url="a.csv")
    assert "Persona Inventada" not in page_of(viewed("a.csv", found)).words
    held = page_of(viewed("a.csv", found, values=True)).words
    assert "Persona Inventada11 2" in held
    assert "No se muestra ningún valor" not in held


@pytest.mark.parametrize("language", ["es", "en"])
def test_hostile_names_and_values_stay_text(language: str) -> None:
    header = f'"{HOSTILE.replace(chr(34), chr(34) * 2)}",{"n" * 5000},\n'
    rows = "".join(f'"{HOSTILE.replace(chr(34), chr(34) * 2)}",{n},"{HOSTILE[2:40]}"\n' for n in range(30))
    for found in (
        inspect_bytes((header + rows).encode("utf-8"), url="a.csv"),
        inspect_bytes(zipped(HOSTILE, HOSTILE[::-1])),
    ):
        text = render_page(speech(language), [viewed(HOSTILE, found, language, values=True)])
        assert "<script" not in text
        assert "<img" not in text
        assert "\u202e" not in text
        assert "\x07" not in text
        page_of(viewed(HOSTILE, found, language, values=True), language=language)


def test_several_files_on_one_page() -> None:
    files = [viewed(name, inspect_bytes(TABLE.encode(), url=name)) for name in ("uno.csv", "dos.csv")]
    page = page_of(*files, viewed("tres.zip", inspect_bytes(zipped("a.csv", "b.csv"))))
    assert "Qué son de verdad 3 archivos" in page.words
    assert page.words.count("60 filas, 3 columnas") == 4


@pytest.mark.parametrize("columns", [30, 3000])
def test_a_wide_table_stays_light(columns: int) -> None:
    header = ";".join(f"Columna con un nombre bastante largo {n}" for n in range(columns))
    rows = "".join(";".join(str(n * row % 97) for n in range(columns)) + "\n" for row in range(40))
    text = render_page(
        speech("es"), [viewed("ancha.csv", inspect_bytes(f"{header}\n{rows}".encode(), url="ancha.csv"))]
    )
    assert len(text.encode()) < 100_000
    Page(text)


@pytest.mark.parametrize("body", [b"", b"\0" * 50, b"%PDF-1.4\n", b"PK\x03\x04", b"{", b"<a>", b"a", b"\xff\xfe"])
def test_any_bytes_have_a_page(body: bytes) -> None:
    page_of(viewed("a.csv", inspect_bytes(body, url="a.csv")))


def test_two_renderings_are_the_same_bytes() -> None:
    one, two = (render_page(speech("es"), [viewed("a.csv", inspect_bytes(TABLE.encode()))]) for _ in range(2))
    assert one == two


def test_contrast_is_enough() -> None:
    """Texts against every surface that they stand on, in both colour schemes (WCAG 2.1, 1.4.3)."""
    style = (
        render_page(speech("es"), [viewed("a.csv", inspect_bytes(b""))])
        .partition("<style>")[2]
        .partition("</style>")[0]
    )
    schemes = re.findall(r":root{([^}]*)}", style)
    assert len(schemes) == 2
    for scheme in schemes:
        colours = dict(re.findall(r"--(\w+):(#\w+)", scheme))
        for ink in ("ink", "soft", "link", "bad", "good"):
            for surface in ("paper", "card", "note"):
                assert contrast(colours[ink], colours[surface]) >= 4.5, (ink, surface)
        assert contrast(colours["ink"], colours["pale"]) >= 4.5
        for drawn in ("mid", "deep"):
            assert contrast(colours[drawn], colours["paper"]) >= 3


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_dialects_in_words() -> None:
    say = speech("es")
    assert dialect_phrases(say, Dialect(delimiter="\t", quote=None, escape="\\", line_end="\r\n", skip_initial_space=True)) == (
        "separador «tabulador»", "sin comillas", "escape «\\»", "un espacio después de cada separador", "fin de línea «\\r\\n»",
    )  # fmt: skip


@pytest.mark.real
def test_real_files_have_light_pages(corpora: Path) -> None:
    paths = sorted(each for each in (corpora / "guatemala").iterdir() if each.suffix in (".xlsx", ".csv", ".pdf"))
    assert len(paths) > 20
    for path in paths[::4]:
        view = viewed(path.name, inspect_file(path))
        page_of(view)
        assert len(render_page(speech("es"), [view]).encode()) < 100_000, path.name

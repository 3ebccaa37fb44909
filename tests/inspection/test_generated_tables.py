"""Tables of many kinds, written in many dialects under titles and above notes, are read back whole."""

import csv
import io
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from atalaya.inspection.dialect import detect_dialect
from atalaya.inspection.inspector import inspect_bytes
from atalaya.inspection.records import lines, read_rows

WORDS = st.sampled_from(
    [
        "agua",
        "salud",
        "Región Norte",
        "Hospital General",
        "niñez",
        "San Juan, Sur",
        "compra; directa",
        "O'Higgins",
        "año",
    ]
)
COLUMNS = {
    "entero": st.integers(0, 99_999).map(str),
    "coma": st.integers(1, 9_999_999).map(lambda number: f"{number // 100},{number % 100:02}"),
    "punto": st.integers(1, 9_999_999).map(lambda number: f"{number / 100:.2f}"),
    "fecha": st.dates().map(lambda day: f"{day:%d/%m/}{day.year:04}"),
    "iso": st.datetimes().map(lambda time: time.replace(microsecond=0).isoformat(" ")),
    "dinero": st.integers(1, 9_999_999).map(lambda number: f"Q{number:,}.50"),
    "código": st.integers(0, 9_999).map(lambda number: f"GT-{number:04}"),
    "texto": st.tuples(WORDS, WORDS).map(" ".join),
}
TYPED = ("entero", "coma", "punto", "fecha", "dinero")
TITLES = ("Ministerio de Salud Pública", "Cuadro 1. Casos, por departamento", "Informe; mensual", "Cifras preliminares")
NOTES = ("Fuente: censo, con datos propios", "Nota: cifras preliminares")


@dataclass(frozen=True)
class Written:
    """A table and how it is written."""

    header: list[str]
    rows: list[list[str]]
    titles: int
    notes: int
    blank: bool
    padded: bool
    delimiter: str
    quote: str
    quoting: int
    end: str

    def text(self) -> str:
        """The whole file."""
        above = [[title] for title in TITLES[: self.titles]] + ([[]] if self.titles and self.blank else [])
        below = ([[]] if self.notes and self.blank else []) + [[note] for note in NOTES[: self.notes]]
        rows = [*above, self.header, *self.rows, *below]
        if self.padded:
            rows = [row + [""] * (len(self.header) - len(row)) for row in rows]
        out = io.StringIO(newline="")
        writer = csv.writer(
            out, delimiter=self.delimiter, quotechar=self.quote, quoting=self.quoting, lineterminator=self.end
        )
        writer.writerows(rows)
        return out.getvalue()


@st.composite
def written(draw: st.DrawFn, most_titles: int = 0, most_notes: int = 0) -> Written:
    kinds = [*draw(st.lists(st.sampled_from(TYPED), min_size=2, max_size=3))]
    kinds += draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=5))
    kinds = draw(st.permutations(kinds))
    rows = draw(st.lists(st.tuples(*(COLUMNS[kind] for kind in kinds)).map(list), min_size=4, max_size=12))
    return Written(
        header=[f"{kind} {place}" for place, kind in enumerate(kinds, 1)],
        rows=rows,
        titles=draw(st.integers(0, most_titles)),
        notes=draw(st.integers(0, most_notes)),
        blank=draw(st.booleans()),
        padded=draw(st.booleans()),
        delimiter=draw(st.sampled_from([",", ";", "\t", "|"])),
        quote=draw(st.sampled_from(['"', "'"])),
        quoting=draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])),
        end=draw(st.sampled_from(["\n", "\r\n", "\r"])),
    )


@settings(max_examples=150)
@given(written())
def test_a_table_in_any_dialect_reads_back(table: Written) -> None:
    text = table.text()
    guess = detect_dialect(text)
    assert guess is not None
    assert guess.dialect.delimiter == table.delimiter
    assert guess.dialect.line_end == table.end
    assert list(read_rows(lines(text), guess.dialect)) == [table.header, *table.rows]


@settings(max_examples=150)
@given(written(most_titles=4, most_notes=2))
def test_titles_above_and_notes_below_any_table_are_told_from_it(table: Written) -> None:
    inspection = inspect_bytes(table.text().encode(), url="https://example.org/tabla.csv")
    (found,) = inspection.tables
    above = table.titles + (1 if table.titles and table.blank else 0)
    assert (found.header_row, found.first_data_row, found.rows) == (above + 1, above + 2, len(table.rows))
    assert [column.name for column in found.columns] == table.header
    assert found.ragged == 0


@settings(max_examples=60)
@given(written(), written(), st.booleans())
def test_two_tables_under_each_other_are_two(first: Written, second: Written, titled: bool) -> None:
    between = "Cuadro 2\n" if titled else ""
    end = "\n"
    texts = [Written(**{**vars(each), "delimiter": ";", "quote": '"', "end": end}).text() for each in (first, second)]
    inspection = inspect_bytes(f"{texts[0]}\n{between}{texts[1]}".encode(), url="https://example.org/tabla.csv")
    assert [table.rows for table in inspection.tables] == [len(first.rows), len(second.rows)]
    assert inspection.tables[1].header_row == len(first.rows) + 3 + titled

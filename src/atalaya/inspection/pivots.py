"""What pivot tables leave in a sheet: the words that programs put into them, which show that rows are sums and not data."""

from collections.abc import Iterator

from atalaya.inspection.tables import Profile

_NAMES = frozenset(
    {
        "row labels", "column labels", "etiquetas de fila", "etiquetas de columna", "rótulos de fila", "rótulos de columna",
        "rótulos de linha", "rótulos de coluna", "étiquettes de lignes", "étiquettes de colonnes",
    }
)  # fmt: skip
"""Names that Excel gives to the first column and to the columns of a pivot table, in lower case; no person writes them."""
_TOTALS = frozenset(
    {"grand total", "total general", "total geral", "total général", "total résultat", "total resultado"}
)
"""What programs write into the last row and the last column; people write it too, so it counts only beside a name."""
_BLANKS = frozenset({"(blank)", "(en blanco)", "(vacías)", "(em branco)", "(vazio)", "(vide)"})
"""What stands for a missing value in them."""


def find_pivot(profile: Profile) -> str | None:
    """How a table shows that it is left of a pivot table, None for other tables."""
    words = {text.strip().lower() for text in _around(profile)}
    named = sorted(words & _NAMES)
    first = profile.frame.columns[0] if profile.frame.columns else None
    texts = [] if first is None else [text for text in first.texts if text]
    totals = {text for text in texts if text.strip().lower() in _TOTALS}
    blanks = {text for text in texts if text.strip().lower() in _BLANKS}
    in_names = any(column.name.strip().lower() in _TOTALS for column in profile.table.columns)
    if not named and not (blanks and totals and in_names):
        return None
    rows = [] if first is None else [profile.frame.numbers[row] for row in first.rows_of(totals | blanks, 5)]
    pivot = (
        f"it is left of a pivot table ({', '.join(f'“{name}”' for name in named)})"
        if named
        else "it is left of a pivot table"
    )
    rests = f"; rows of sums or blanks: {', '.join(map(str, rows))}" if rows else ""
    return f"{pivot}: its rows are sums, not data{rests}"


def _around(profile: Profile) -> Iterator[str]:
    """The names of the columns and the texts of the titles above them."""
    for column in profile.table.columns:
        yield column.name
        yield from column.name.split("  ")
    for _, texts in profile.frame.titles:
        yield from texts

"""A plan as tables that people edit in a spreadsheet, and back: nothing is lost on the way, and a bad row changes nothing.

A list is one item a line; a line `…` says that there are more than are known. `[absent]` is what the document is known not to
have, `[stand-in] …` a text whose words are not known; an empty cell is not known. A text that begins with a mark of ours or of
spreadsheets (`=`, `+`, `-`, `@`, `[`, `\\`) is written after a `\\`.
"""

from atalaya.commitments.exchange.reading import Import, RowProblem, plan_from
from atalaya.commitments.exchange.sheets import SHEETS, Cell, Table, columns_of
from atalaya.commitments.exchange.writing import tables_of

__all__ = ["SHEETS", "Cell", "Import", "RowProblem", "Table", "columns_of", "plan_from", "tables_of"]

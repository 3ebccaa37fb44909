"""The bytes of the documents of sample sites: text, tables and pictures of paper, small and always the same for a plan."""

import textwrap
from collections.abc import Callable, Mapping

from atalaya.samples.files import containers, text
from atalaya.samples.sites import paper, tables
from atalaya.samples.sites.plan import Item, Planted, SitePlan
from atalaya.samples.sites.wording import duty_words, site_texts, spelled
from atalaya.samples.tables import Rows

_WIDTH = 84
"""Letters of a line of a page of text: what fits on paper at twelve points."""


def body_of(site: SitePlan, planted: Planted, item: Item) -> bytes:
    """The bytes of a document of a site."""
    said = "" if item.period is None else spelled(item.period, "of")
    table = tables.build(planted.duty.key, item.period, site.institution.domain, item.path)
    lines = _lines(site, planted, said, table)
    return _WRITERS[item.form](f"{planted.name} {said}".strip(), lines, table)


def _lines(site: SitePlan, planted: Planted, said: str, table: Rows) -> tuple[str, ...]:
    texts = site_texts()
    period = [texts["period_line"].format(period=said)] if said else []
    words = duty_words()[planted.duty.key]
    rows = [" | ".join(str(cell) for cell in row) for row in (table.columns, *table.rows)]
    if planted.statement:
        return (site.institution.name, planted.statement, texts["invented"])
    return (site.institution.name, *period, words["about"], *rows, texts["invented"])


def _pdf(title: str, lines: tuple[str, ...], _table: Rows) -> bytes:
    return containers.document(tuple(part for line in (title, *lines) for part in textwrap.wrap(line, _WIDTH)))


_WRITERS: Mapping[str, Callable[[str, tuple[str, ...], Rows], bytes]] = {
    "csv": lambda _title, _lines, table: text.delimited(table).encode(),
    "docx": lambda title, lines, _table: paper.word_document(title, lines),
    "pdf": _pdf,
    "scan": lambda title, lines, _table: paper.scan("\n".join((title, *lines))),
    "xlsx": lambda _title, _lines, table: containers.workbook(table),
}

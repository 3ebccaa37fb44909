"""The page: what files are, as one HTML file without scripts and without anything from outside."""

import shlex
from collections.abc import Sequence

from markupsafe import Markup

from atalaya.publish.bars import bar
from atalaya.publish.inspected.columns import ColumnView
from atalaya.publish.inspected.drawings import histogram_drawing, table_drawing
from atalaya.publish.inspected.file import FileView
from atalaya.publish.inspected.speech import Speech
from atalaya.publish.inspected.stars import MOST, machine_text, next_text, open_text, stars_text
from atalaya.publish.templates import render
from atalaya.version import __version__

FULL = 50
"""Columns of a page that are shown with drawing and commonest values; a page of them weighs less than 100 kB."""
BRIEF = 150
"""Further columns that are shown with their name and meaning only."""
MEMBERS = 60
FAULTS = 60
TABLES = 40
CELLS = 12
"""What is listed of one file, or of one defect; the rest is counted."""


def render_page(speech: Speech, files: Sequence[FileView]) -> str:
    """One page of one file or of several, in the language of the speech."""
    budget = {"full": FULL, "brief": BRIEF}
    return render(
        "inspection",
        "page.html",
        w=speech.words,
        t=speech.say,
        n=speech.count,
        num=speech.whole,
        files=files,
        version=__version__,
        sheet=table_drawing,
        hist=histogram_drawing,
        filled=_filled,
        share=_share,
        weight=_weight,
        command_name=lambda view: shlex.quote(view.name.rpartition("/")[2] or view.name),
        split=lambda columns: _split(columns, budget),
        most_stars=MOST,
        open_text=lambda view: open_text(speech, view.openness),
        machine_text=lambda view: machine_text(speech, view.openness),
        stars_text=lambda view: stars_text(speech, view.openness),
        next_text=lambda view: next_text(speech, view.openness),
        limits={"members": MEMBERS, "faults": FAULTS, "tables": TABLES, "cells": CELLS},
    )


def _split(
    columns: Sequence[ColumnView], budget: dict[str, int]
) -> tuple[Sequence[ColumnView], Sequence[ColumnView], int]:
    """The columns of a table that are shown in full, those shown in brief, and how many more there are."""
    full = columns[: budget["full"]]
    brief = columns[len(full) :][: budget["brief"]]
    budget["full"] -= len(full)
    budget["brief"] -= len(brief)
    return full, brief, len(columns) - len(full) - len(brief)


def _filled(column: ColumnView) -> Markup:
    """How full a column is, as a bar."""
    share = _share(column)
    return bar(share, share, share, (0.0, 1.0)) if share is not None else Markup("")


def _share(column: ColumnView) -> float | None:
    """The share of filled cells; never 1 where a cell is empty, nor 0 where one is filled."""
    if not column.rows:
        return None
    share = column.filled / column.rows
    return share if share in (0.0, 1.0) else min(max(share, 0.01), 0.99)


def _weight(count: int, top: Sequence[tuple[str, int]]) -> int:
    """The length of the bar of a common value, in percent of that of the commonest."""
    return max(round(100 * count / max(number for _, number in top)), 1)

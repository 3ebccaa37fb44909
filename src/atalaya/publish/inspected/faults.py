"""What is wrong with a file, as people read it: what it is called, where it is, what was found, and what to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from atalaya.catalogue.vocabularies.formats import agrees, find_format, format_of_extension
from atalaya.checks.check import remedy_of
from atalaya.checks.resource import answer_genuine
from atalaya.inspection.defects.cells import CellDefect
from atalaya.inspection.defects.registry import kind_of
from atalaya.inspection.findings import Defect, Inspection
from atalaya.inspection.soft_failures.registry import CODE as SOFT_FAILURE
from atalaya.publish.inspected.sentences import told
from atalaya.publish.inspected.speech import Speech
from atalaya.translations import translate

NAMED_OTHERWISE = "named_otherwise"
"""The code of the defect of a name that promises another format."""

EXAMPLE_LIMIT = 60
"""Characters that are shown of a cell that is wrong."""

_CHECKS = "checks"
"""The gettext catalogue of the texts of checks."""

TITLES: Mapping[str, str] = {
    "bomb": "It asks for more than is read",
    "broken_encoding": "Letters that cannot be read",
    "empty_file": "The file is empty",
    "external_links": "It depends on other workbooks",
    "formulas_without_results": "Formulas without results",
    "header_only": "A header without rows",
    "html_instead_of_data": "A web page in place of the data",
    "merged_cells": "Merged cells in the data",
    "missing_part": "Part of it is missing",
    "mixed_encodings": "Two encodings in one file",
    "not_unpacked": "Packed in a way that few programs unpack",
    "page_as_data": "A web page under the name of another format",
    "parts_disagree": "Its parts do not agree",
    "password_protected": "Protected with a password",
    "pivot_table": "What is left of a pivot table",
    "placeholder": "A table that only says that there is no data",
    "ragged_rows": "Rows of different lengths",
    "schema_only": "A list of fields without data",
    "too_large": "Too large to be read whole",
    "truncated": "Cut off before its end",
    "unclosed_quote": "A quotation mark that is never closed",
    "unreadable": "It cannot be read",
}
"""Codes of defects of files, and what they are called."""

REMEDIES: Mapping[str, str] = {
    "bomb": "Publish it in parts, or in a format that is not packed so many times; a file of data needs no entities of its own.",
    "broken_encoding": "Export it again from the program that made it, choosing UTF-8.",
    "empty_file": "Export and upload it again, and open the published address to see that it holds the data.",
    "external_links": "Paste the results as values before publishing, so that the file stands alone.",
    "formulas_without_results": "Open it with a spreadsheet program, let it compute and save it, or paste the results as values.",
    "header_only": "Upload the table with its rows, or say in the description that there is nothing to report.",
    "html_instead_of_data": "Publish the file itself at this address, not the page that leads to it.",
    "merged_cells": "Unmerge the cells and write the value in every row that it is for.",
    "missing_part": "Publish all the files of the set together, in one ZIP file, or the map as GeoPackage or GeoJSON.",
    "mixed_encodings": "Bring the parts to UTF-8 before they are joined, or export everything at once.",
    "not_unpacked": "Pack it as an ordinary ZIP file, which every system opens.",
    "page_as_data": "Save the table as CSV or as a workbook; changing the ending of the name is not enough.",
    "parts_disagree": "Export the set again at once, so that each place has its attributes.",
    "password_protected": "Remove the password: open data must open for everybody.",
    "pivot_table": "Publish the table that the pivot table was made from.",
    "placeholder": "Publish the data, or say in the description that there are none and since when.",
    "ragged_rows": "Give each row as many cells as the header has; put texts that hold the delimiter in quotation marks.",
    "schema_only": "Publish the data too, and the list of fields beside them as their dictionary.",
    "too_large": "Publish it in parts, by year or by region, or as Parquet.",
    "truncated": "Export and upload it again; compare the size of the published file with that of the original.",
    "unclosed_quote": "Close or double the quotation mark in the row named, and export with all texts in quotation marks.",
    "unreadable": "Open it with the program of its format, save it again and replace the published file.",
}
"""What the publisher can do about each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One defect in the reader's language; `code` is stable. `cells` are the first of `count` addresses such as `C14`, `example`
    the texts of one of them, for who holds the file."""

    code: str
    title: str
    place: str
    detail: str
    remedy: str
    cells: tuple[str, ...] = ()
    count: int = 0
    example: tuple[str, ...] = ()


def fault_of(speech: Speech, defect: Defect) -> Fault:
    """A defect of a file as people read it; one whose code is not known here keeps its code as its name."""
    if defect.code == SOFT_FAILURE:
        return _soft_failure(speech, defect)
    title, remedy = TITLES.get(defect.code), REMEDIES.get(defect.code)
    return Fault(
        code=defect.code,
        title=speech.say(title) if title is not None else defect.code,
        place=_place(speech, defect.place),
        detail=told(speech, defect.detail),
        remedy=speech.say(remedy) if remedy is not None else "",
    )


def fault_inside(speech: Speech, defect: CellDefect, table: str) -> Fault:
    """A defect inside a table of this name as people read it."""
    kind = kind_of(defect.id)
    return Fault(
        code=defect.id,
        title=speech.say(kind.title),
        place=speech.say("table {name}", name=speech.name(table)) if table else speech.say("table"),
        detail=told(speech, defect.detail),
        remedy=speech.say(kind.remedy, **kind.thresholds),
        cells=defect.cells,
        count=defect.count,
        example=tuple(speech.name(text, EXAMPLE_LIMIT) for text in defect.example if text),
    )


def named_otherwise(speech: Speech, name: str, inspection: Inspection) -> tuple[Fault, ...]:
    """The defect of a file whose name ends as those of another format do; none where the name says nothing, or a page or message
    came in place of the file."""
    ending = name.rpartition("/")[2].rpartition(".")[2].lower() if "." in name.rpartition("/")[2] else ""
    claimed, found = find_format(format_of_extension(ending)), find_format(inspection.format)
    said = {"html_instead_of_data", "page_as_data", SOFT_FAILURE} & {each.code for each in inspection.defects}
    if claimed is None or found is None or said or agrees((claimed.id,), found.id):
        return ()
    titles = {"claimed": speech.words.pick(claimed.title), "found": speech.words.pick(found.title)}
    return (
        Fault(
            code=NAMED_OTHERWISE,
            title=speech.say("A name of another format"),
            place=_place(speech, "file"),
            detail=speech.say(
                "its name ends in .{ending}, as those of the format {claimed} do; the bytes are of the format {found}",
                ending=speech.name(ending, 12),
                **titles,
            ),
            remedy=speech.say(
                "Save it in the format that its name promises, or give it the ending of the format that it is in."
            ),
        ),
    )


def _soft_failure(speech: Speech, defect: Defect) -> Fault:
    """A page or message in place of the file, in the words of the check that judges it."""
    text = answer_genuine.CHECK.reasons.get(defect.place, defect.place)
    return Fault(
        code=defect.code,
        title=translate(text, speech.language, _CHECKS),
        place=_place(speech, "file"),
        detail=told(speech, defect.detail),
        remedy=remedy_of(answer_genuine.CHECK, speech.language),
    )


def _place(speech: Speech, place: str) -> str:
    """Where a defect is; of a member of a container, behind the member's name."""
    member, _, inside = place.rpartition(": ")
    said = told(speech, inside)
    return f"{speech.name(member)}: {said}" if member else speech.name(said)

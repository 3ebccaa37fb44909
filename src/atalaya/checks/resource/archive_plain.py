"""An archive holds its data files directly: no archives inside it, no programs, no names that lead outside, not only
leftovers."""

import re

from atalaya.catalogue.vocabularies.formats import format_of_extension, is_a
from atalaya.checks.cases import ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import (
    SET_ASIDE_FIELDS,
    SET_ASIDE_REASONS,
    STATE_FIELDS,
    TRUE_FIELDS,
    is_broken,
    is_container,
    set_aside,
)
from atalaya.checks.example_cases import broken, inspection, resource_case, resource_in
from atalaya.checks.outcomes import Outcome, Verdict, not_applicable, unknown
from atalaya.inspection.findings import Inspection, Member

CLOSED = ("rar", "seven_zip", "iso")
"""Archives that are recognised and not opened here."""

NOT_ARCHIVES = ("ole2", "warc")
"""Containers that are no archives of files."""

_LEFTOVER = re.compile(r"(?:^|/)(?:__macosx/|\._|\.ds_store$|thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
"""What operating systems and office programs leave behind in folders."""

_OUTSIDE = re.compile(r"^(?:/|\\|[a-z]:)|(?:^|[/\\])\.\.(?:[/\\]|$)", re.IGNORECASE)
"""Names that would be unpacked outside of the folder that was chosen (CWE-22)."""

_PROGRAM = re.compile(r"\.(?:exe|dll|msi|bat|cmd|scr|vbs|ps1|jar|apk|lnk)$", re.IGNORECASE)


def rule(case: ResourceCase) -> Outcome:
    """The outcome of one resource; `passed` of `applied` counts files of the archive."""
    outcome = set_aside(case)
    if outcome is not None or case.inspection is None:
        return outcome or unknown("not_read")
    found = case.inspection
    if not is_container(found.format) or found.format in NOT_ARCHIVES:
        return not_applicable("no_archive")
    if found.format in CLOSED:
        return unknown("not_opened", format=found.format)
    if not found.members:
        return unknown("broken") if is_broken(case) else unknown("nothing_listed")
    return _judge(found)


def _judge(found: Inspection) -> Outcome:
    members = [member for member in found.members if not _LEFTOVER.search(member.path)]
    if not members:
        return Outcome(Verdict.FAIL, "leftovers", {"files": len(found.members)}, 0, len(found.members))
    faults = {
        "outside": sum(_OUTSIDE.search(member.path) is not None for member in members),
        "programs": sum(_is_program(member) for member in members),
        "archives": sum(_is_archive(member) for member in members),
    }
    bad = sum(_OUTSIDE.search(m.path) is not None or _is_program(m) or _is_archive(m) for m in members)
    reason = next((name for name, number in faults.items() if number), "ok")
    verdict = Verdict.FAIL if bad else Verdict.PASS
    return Outcome(verdict, reason, {"files": len(members), **faults}, len(members) - bad, len(members))


def _is_program(member: Member) -> bool:
    return member.format == "executable" or _PROGRAM.search(member.path) is not None


def _is_archive(member: Member) -> bool:
    """Archives by their bytes; by their names where the bytes were not looked at. A zipped shapefile or workbook is
    no archive."""
    if member.format is not None:
        return is_container(member.format) and member.format not in NOT_ARCHIVES
    ending = format_of_extension(member.path.rpartition(".")[2]) if "." in member.path else None
    return is_container(ending) and not is_a(ending or "", "ole2")


def _holding(*paths: str, **formats: str) -> ResourceCase:
    members = tuple(Member(path=path, size=10, format=formats.get(path.rpartition(".")[2])) for path in paths)
    return resource_case(inspection=inspection("zip", members=members))


CHECK = Check(
    id="archive_plain",
    version=2,
    level=Level.RESOURCE,
    dimension=Dimension.FORMAT,
    title="The archive holds its files directly",
    text="An archive (ZIP, tar, gzip) holds the data files themselves: no archives inside the archive, no programs, "
    "no names that lead out "
    "of the folder, and not only what an operating system left behind.",
    remedy="Pack the data files again, straight into one archive, without other archives and programs; or publish "
    "each file by itself.",
    effort=Effort.LOW,
    fields=(*SET_ASIDE_FIELDS, *TRUE_FIELDS, *STATE_FIELDS, "inspection.members.path"),
    reasons={
        **SET_ASIDE_REASONS,
        "ok": "The archive holds its {files} files directly.",
        "archives": "Of {files} files in the archive, {archives} are archives themselves.",
        "programs": "Of {files} files in the archive, {programs} are programs.",
        "outside": "Of {files} files in the archive, {outside} have names that lead out of the folder.",
        "leftovers": "The archive holds only leftovers of an operating system ({files} files).",
        "no_archive": "The file is no archive.",
        "not_opened": "Archives of this format ({format}) are not opened here.",
        "broken": "The archive is damaged and cannot be opened.",
        "nothing_listed": "The files of the archive could not be listed.",
    },
    formats=("format",),
    rule=rule,
    examples=(
        Example(
            _holding("datos.csv", "leame.txt", "__MACOSX/._datos.csv", csv="csv"), Verdict.PASS, "ok", "data and a note"
        ),
        Example(_holding("2023.zip", "2024.zip", zip="zip"), Verdict.FAIL, "archives", "archives inside an archive"),
        Example(_holding("datos.csv", "visor.exe", csv="csv"), Verdict.FAIL, "programs", "a program beside the data"),
        Example(_holding("../../etc/datos.csv", csv="csv"), Verdict.FAIL, "outside", "a name that leads outside"),
        Example(_holding("__MACOSX/._a", ".DS_Store"), Verdict.FAIL, "leftovers", "nothing but leftovers"),
        Example(resource_in("rar"), Verdict.UNKNOWN, "not_opened", "an archive that we do not open"),
        Example(resource_case(inspection=broken("zip")), Verdict.UNKNOWN, "broken", "half an archive"),
        Example(resource_in("zip"), Verdict.UNKNOWN, "nothing_listed", "an archive without a list"),
        Example(resource_case(inspection=None), Verdict.UNKNOWN, "not_read", "the file did not come"),
        Example(resource_case(), Verdict.NOT_APPLICABLE, "no_archive", "a CSV"),
        Example(resource_in("xml", format="WMS", media_type=None), Verdict.NOT_APPLICABLE, "service", "a map service"),
        Example(resource_in("csv", derived=True), Verdict.NOT_APPLICABLE, "derived", "a link that the reader made"),
    ),
)

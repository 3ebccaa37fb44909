"""Workbooks of Excel and OpenDocument: every sheet as a table, hidden ones too, from where its first value stands."""

from dataclasses import replace

from atalaya.inspection.findings import Defect
from atalaya.inspection.material import Findings, Material
from atalaya.inspection.messages import Messages
from atalaya.inspection.tables import Profile, gather, profile_rows
from atalaya.inspection.workbooks import opened

_DETAILS = {
    "password_protected": "the workbook is encrypted",
    "bomb": "the sheet spans more cells than are read",
}


def read_spreadsheet(material: Material) -> Findings:
    """Every sheet that holds a value. In a file in which one workbook took all it may, the others are not opened."""
    if material.spending.reader_died:
        told = "not opened: another workbook in the same file took all the time or memory that it may"
        return Findings(defects=(Defect(code="bomb", place="file", detail=told),))
    with opened(material.data, material.limits) as messages:
        profiles, defects = _collect(messages, material)
    if not messages.ended:
        defects.append(_death(material, messages.spent))
        material.spending.reader_died = messages.spent
    if not profiles and not defects:
        defects.append(Defect(code="empty_file", place="file", detail="no sheet of the workbook holds a value"))
    read = gather(profiles)
    return replace(read, defects=(*defects, *read.defects))


def _collect(messages: Messages, material: Material) -> tuple[list[Profile], list[Defect]]:
    profiles: list[Profile] = []
    defects: list[Defect] = []
    while (message := messages.next()) is not None:
        match message:
            case ("sheet", str(name), bool(visible), int(first)):
                profile = profile_rows(messages.rows(), name, material.limits, first_row=first)
                if profile is not None:
                    profiles.append(profile if visible else _hidden(profile))
            case ("fault", str(code), str(sheet), str(word)):
                defects.append(_fault(code, sheet, word, material))
    return profiles, defects


def _hidden(profile: Profile) -> Profile:
    return replace(profile, table=replace(profile.table, reason=f"{profile.table.reason}; the sheet is hidden"))


def _fault(code: str, sheet: str, word: str, material: Material) -> Defect:
    place = f"sheet {sheet}" if sheet else "file"
    if code != "unreadable":
        return Defect(code=code, place=place, detail=_DETAILS[code])
    cut = not sheet and any(defect.code == "truncated" for defect in material.sniffed.defects)
    return Defect(code="truncated" if cut else code, place=place, detail=f"it cannot be read: {word}")


def _death(material: Material, spent: bool) -> Defect:
    """The process died: at a limit, which is ours and makes the workbook a bomb to us, or by a fault of the reader."""
    if not spent:
        return Defect(code="unreadable", place="file", detail="opening the workbook broke the reader")
    limits = material.limits
    detail = f"opening the workbook took more than {limits.memory >> 20} MB or {limits.seconds} s"
    return Defect(code="bomb", place="file", detail=detail)

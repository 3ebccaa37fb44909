"""What a ZIP file is: an Office or OpenDocument file, a map, a timetable, or an archive of others; told by its members' names."""

import io
import re
import zipfile
import zlib
from collections.abc import Sequence

from atalaya.inspection.findings import Defect
from atalaya.inspection.kinds import words
from atalaya.inspection.limits import Limits
from atalaya.inspection.material import Sniffed

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ENTRY = b"PK\x01\x02"
"""What every entry of a directory starts with (APPNOTE.TXT §4.3.12)."""

_MIMETYPES = {
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.graphics": "odg",
    "application/epub+zip": "epub",
}
_MANIFEST = "META-INF/manifest.xml"
_SHAPE_PARTS = words("shp shx dbf prj sbn sbx cpg qpj qix xml txt pdf html htm lyr md ain aih fbn fbx ixs mxs atx")
_TIMETABLE = frozenset({"stops.txt", "routes.txt", "trips.txt", "stop_times.txt"})
_OFFICE_FOLDERS = ("xl/worksheets/", "xl/workbook.", "word/document.", "ppt/slides/")
_OFFICE_PARTS = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/vbaproject.bin", "xlsm"),
    ("xl/workbook", "xlsx"),
    ("xl/worksheets/", "xlsx"),
    ("word/", "docx"),
    ("ppt/", "pptx"),
    ("visio/", "visio"),
    ("report/layout", "power_bi_file"),
    ("datamodel", "power_bi_file"),
)


def sniff_zip(data: bytes, limits: Limits) -> Sniffed:
    """The kind of a ZIP file; one whose directory is missing is told by the names of its first entries.

    So is one whose directory is beyond the limit: the library takes half a kilobyte for every entry before it says anything.
    """
    entries = data.count(_ENTRY)
    if entries > limits.directory:
        detail = f"its directory lists {entries} entries; archives of more than {limits.directory} are not opened"
        crowd = Defect(code="bomb", place="file", detail=detail)
        reason = "ZIP signature and the names of its first entries"
        return Sniffed(format=_kind(_local_names(data), None), reason=reason, defects=(crowd,))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = tuple(info.filename for info in archive.infolist())
            mimetype = _mimetype(archive, names)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, IndexError, OverflowError) as error:
        names = _local_names(data)
        cut = Defect(
            code="truncated",
            place="file",
            detail=f"the directory of the ZIP file cannot be read: {type(error).__name__}",
        )
        return Sniffed(
            format=_kind(names, None), reason="ZIP signature and the names of its first entries", defects=(cut,)
        )
    return Sniffed(format=_kind(names, mimetype), reason="ZIP file, told by the names of its members")


def _mimetype(archive: zipfile.ZipFile, names: Sequence[str]) -> str | None:
    """OpenDocument and EPUB state their type in a first member of that name; where it was lost, their manifest has it too."""
    stated = _head(archive, "mimetype", 200) if "mimetype" in names else None
    if stated is None and _MANIFEST in names and "content.xml" in names:
        found = re.search(r'media-type="(application/vnd\.oasis[^"]+)"', _head(archive, _MANIFEST, 4_096) or "")
        stated = found.group(1) if found else None
    return stated


def _head(archive: zipfile.ZipFile, name: str, size: int) -> str | None:
    try:
        with archive.open(name) as stream:
            return stream.read(size).decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, OSError, RuntimeError, zlib.error, NotImplementedError, EOFError):
        return None


def _kind(names: Sequence[str], mimetype: str | None) -> str:
    if mimetype is not None:
        stated = _MIMETYPES.get(mimetype.removesuffix("-template"))
        if stated:
            return stated
    lower = [name.replace("\\", "/").lower() for name in names]
    if "[content_types].xml" in lower or any(name.startswith(_OFFICE_FOLDERS) for name in lower):
        for part, found in _OFFICE_PARTS:
            if any(name.startswith(part) for name in lower):
                return found
    files = [name for name in lower if not name.endswith("/") and "__macosx/" not in name]
    return _kind_of_files(files)


def _kind_of_files(files: Sequence[str]) -> str:
    bare = {name.rsplit("/", 1)[-1] for name in files}
    endings = {name.rsplit(".", 1)[-1] for name in bare if "." in name}
    if "androidmanifest.xml" in bare and "classes.dex" in bare:
        return "android_app"
    if any(re.search(r"\.gdb/[^/]+\.gdbtable$", name) for name in files):
        return "file_geodatabase"
    if any(name.endswith(".iwa") for name in files) and any("tables/" in name for name in files):
        return "numbers"
    if bare >= _TIMETABLE:
        return "gtfs"
    if "datapackage.json" in files:
        return "data_package"
    if "shp" in endings and "dbf" in endings and endings <= _SHAPE_PARTS:
        return "shapefile"
    if any("/" not in name and name.endswith(".qgs") for name in files):
        return "qgz"
    if any("/" not in name and name.endswith(".twb") for name in files):
        return "tableau_workbook"
    if "doc.kml" in files or (endings and endings <= {"kml", "png", "jpg", "jpeg", "gif", "dae"} and "kml" in endings):
        return "kmz"
    return "zip"


def _local_names(data: bytes) -> tuple[str, ...]:
    """Names of the first entries, read from their own headers, for archives without a directory."""
    found = []
    for match in re.finditer(rb"PK\x03\x04.{22}(..)..", data[: 4 * 1024 * 1024], re.DOTALL):
        length = int.from_bytes(match.group(1), "little")
        found.append(data[match.end() : match.end() + length].decode("utf-8", "replace"))
        if len(found) >= 500:
            break
    return tuple(found)

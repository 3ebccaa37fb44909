"""Whether a file may be taken: what its bytes are, whether its name says the same, and what hides in it. Django-free.

It runs in a process of its own (`worker`), since it reads what strangers send.
"""

import tempfile
import zipfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from atalaya.catalogue.vocabularies.formats import find_format, format_of_extension
from atalaya.inspection.findings import Inspection
from atalaya.inspection.inspector import HOSTILE, inspect_file
from atalaya.inspection.limits import DEFAULT
from atalaya.inspection.ole2 import SIGNATURE as COMPOUND
from atalaya.portal.files.hidden import in_compound, in_office, in_pdf, second_kind
from atalaya.portal.files.names import cleaned
from atalaya.portal.files.purposes import ARCHIVES, PICTURES, TABLES, Purpose
from atalaya.portal.files.refusals import Refusal

MEMBERS = 200
"""Files of an archive: all of them are looked at, so there are not too many."""
UNPACKED = 300_000_000
RATIO = 200
"""Unpacked over packed size above which an archive of more than a megabyte is a bomb; tables of text reach 20 to 50."""
RATIO_FROM = 1_000_000
LIMITS = replace(
    DEFAULT, nesting=2, unpacked=UNPACKED, unpacked_inside=UNPACKED, inspected_members=MEMBERS, described=False, memory=1 << 30,
    seconds=40, ratio=RATIO,
)  # fmt: skip

_OFFICE = frozenset({"xlsx", "xlsm", "xlsb", "docx", "pptx", "ods", "odt", "odp"})
_PROGRAMS = frozenset(
    {
        "executable",
        "android_app",
        "html",
        "mhtml",
        "svg",
        "javascript",
        "css",
        "source_code",
        "xslt",
        "rdfa",
        "cabinet",
        "iso",
    }
)
_PACKED = ARCHIVES | {"gzip", "bzip2", "xz", "zstd", "lz4", "compress", "tar", "seven_zip", "rar", "cabinet", "iso"}
_DEFECTS = {
    "bomb": "bomb",
    "empty_file": "empty",
    "not_unpacked": "bomb",
    "password_protected": "password",
    "too_large": "bomb",
    "truncated": "broken",
    "unreadable": "broken",
}
"""Code of a defect of the file → that of the refusal."""
_FAMILIES = (
    frozenset({"csv", "tsv", "txt", "fixed_width"}),
    frozenset({"json", "jsonl", "geojson", "topojson", "jsonld", "statistics"}),
    frozenset({"zip", "shapefile", "gtfs", "data_package"}),
)
"""Kinds that one ending may stand for: a table of one column is a text, and a map in JSON is JSON."""
_TEXTS = frozenset({"csv", "tsv", "txt", "json", "jsonl", "geojson", "xml", "kml"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A file that may be taken: its kind (an id of `catalogue.vocabularies.formats`), its media type and its name."""

    kind: str
    media_type: str
    name: str


def judge(path: Path, name: str, purpose: Purpose) -> Verdict:
    """What a file is. Raises Refusal where it may not be taken, whatever its bytes are; OSError where it cannot be opened."""
    name = cleaned(name)
    said = format_of_extension(name.rpartition(".")[2]) or ""
    size = path.stat().st_size
    if size == 0:
        raise Refusal("empty")
    if size > purpose.largest:
        raise Refusal("too_large", {"size": f"{size / 1e6:.1f}", "most": purpose.largest // 1_000_000})
    try:
        return _judged(path, name, said, purpose.formats, 0)
    except Refusal:
        raise
    except HOSTILE as error:
        raise Refusal("broken") from error


def _judged(path: Path, name: str, said: str, taken: frozenset[str], depth: int) -> Verdict:
    with path.open("rb") as file:
        if file.read(4) in (b"PK\3\4", b"PK\5\6", b"PK\7\x08"):
            _not_a_bomb(path)
    found = inspect_file(path, url=name, limits=LIMITS)
    kind = found.format or ""
    _not_dangerous(path, found, kind)
    if kind not in taken and not _same(kind, said, taken):
        listed = {"kind": kind, "taken": ", ".join(sorted(taken))}
        raise Refusal("kind" if kind else "unknown", listed)
    if not _same(kind, said, taken | {said}) or (depth == 0 and said not in taken and kind not in taken):
        raise Refusal("disguised", {"said": name.rpartition(".")[2], "kind": kind})
    if second_kind(path, kind if kind in taken else said):
        raise Refusal("two_kinds", {"kind": kind})
    if kind in ARCHIVES:
        _members(path, depth)
    return Verdict(kind, _media_type(kind), name)


def _not_dangerous(path: Path, found: Inspection, kind: str) -> None:
    if kind in _PROGRAMS:
        raise Refusal("program")
    if kind in ("xlsm", "xlsb"):
        raise Refusal("macros")
    _nothing_hidden(path, kind)
    for defect in found.defects:
        if defect.code == "empty_file" and kind not in TABLES | {""}:
            continue  # a document of pictures alone has no text
        if defect.code in _DEFECTS and (defect.place == "file" or defect.code in ("password_protected", "bomb")):
            raise Refusal(_DEFECTS[defect.code])


def _same(kind: str, said: str, taken: frozenset[str]) -> bool:
    """Whether a name's ending and the bytes say the same, or one is the narrower of the other."""
    if not kind or (said not in taken and kind not in taken):
        return False
    if kind == said or any(kind in family and said in family for family in _FAMILIES):
        return True
    return said in _broader(kind) and said not in ARCHIVES


def _broader(kind: str) -> frozenset[str]:
    """Every kind that a file of a kind also is."""
    known = find_format(kind)
    above = known.broader if known is not None else ()
    return frozenset(above).union(*(_broader(each) for each in above))


def _nothing_hidden(path: Path, kind: str) -> None:
    code = None
    with path.open("rb") as file:
        old = file.read(8) == COMPOUND
    if old:
        code = in_compound(path.read_bytes())
    elif kind in _OFFICE:
        code = in_office(path)
    elif kind == "pdf":
        code = in_pdf(path.read_bytes())
    elif kind in _TEXTS:
        code = _unseen(path)
    if code:
        raise Refusal(code)


def _unseen(path: Path) -> str | None:
    """Zero bytes in a text, unless it is written in two bytes a letter."""
    with path.open("rb") as file:
        head = file.read(4)
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            return None
        file.seek(0)
        odd = any(b"\0" in piece for piece in iter(lambda: file.read(1 << 20), b""))
    return "broken" if odd else None


def _not_a_bomb(path: Path) -> None:
    """Judge an archive by its directory first, then by unpacking it: directories may lie."""
    size = path.stat().st_size
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if sum(info.file_size for info in infos) > max(min(UNPACKED, size * RATIO), RATIO_FROM):
            raise Refusal("bomb")
        if any(info.flag_bits & 1 for info in infos):
            raise Refusal("password")
        room = UNPACKED
        for info in infos:
            with archive.open(info) as stream:
                while piece := stream.read(1 << 18):
                    room -= len(piece)
                    if room < 0:
                        raise Refusal("bomb")


def _members(path: Path, depth: int) -> None:
    """Every file of an archive by the same rules; no archive in it."""
    if depth:
        raise Refusal("nested")
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory(prefix="atalaya-") as folder:
        files = [info for info in archive.infolist() if not info.is_dir()]
        if len(files) > MEMBERS:
            raise Refusal("many", {"most": MEMBERS})
        for number, info in enumerate(files):
            if info.filename.startswith(("/", "\\")) or ".." in info.filename.replace("\\", "/").split("/"):
                raise Refusal("name_path")
            name = info.filename.replace("\\", "/").rpartition("/")[2]
            place = Path(folder) / f"{number}"
            try:
                place.write_bytes(archive.read(info))
            except (zipfile.BadZipFile, zlib.error, EOFError) as error:
                raise Refusal("broken") from error
            _member(place, name)
            place.unlink()


def _member(place: Path, name: str) -> None:
    ending = name.rpartition(".")[2].lower()
    cleaned(name if "." in name.strip(".") else f"{name.strip('.')}.txt")
    if place.stat().st_size == 0:
        return
    found = inspect_file(place, url=name, limits=LIMITS)
    kind = found.format or ""
    if kind in _PACKED:
        raise Refusal("nested")
    _not_dangerous(
        place, replace(found, defects=tuple(each for each in found.defects if each.code != "empty_file")), kind
    )
    said = format_of_extension(ending) or ""
    if kind in _OFFICE | PICTURES | {"pdf"} and kind != said:
        raise Refusal("disguised", {"said": ending, "kind": kind})
    if kind and second_kind(place, kind):
        raise Refusal("two_kinds", {"kind": kind})


def _media_type(kind: str) -> str:
    known = find_format(kind)
    return known.media_types[0] if known is not None and known.media_types else "application/octet-stream"

"""What findings are about, as people know it: titles, addresses and hosts of their subjects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from atalaya.history.read import Sealed
from atalaya.history.remedies import remedy_for
from atalaya.store.tables import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The subject of a finding. `title` is by language (or under `und`), empty where there is none; `row` is the outcome."""

    id: str
    title: Mapping[str, str]
    source_id: str
    record_id: str | None
    resource_id: str | None
    table: str | None
    address: str
    row: Row

    @property
    def host(self) -> str:
        """The host of its address; empty where it has none."""
        try:
            return urlsplit(self.address).hostname or ""
        except ValueError:
            return ""


def act_of(subject: Subject) -> tuple[str, str] | None:
    """The act that mends a finding together with others: its check, and the host or the source that it mends at once.

    None where each is mended by itself.
    """
    check = str(subject.row["check_id"])
    remedy = remedy_for(check)
    if remedy is None or remedy.act == "subject":
        return None
    reached = subject.source_id if remedy.act == "source" else subject.host
    return (check, reached) if reached else None


def subjects_of(observation: Sealed, findings: Sequence[Row]) -> dict[tuple[str, str], Subject]:
    """The subjects of some findings by check and subject id.

    The title is that of the dataset, or of the source where the finding is of a catalogue; the address is that of the resource,
    else the page of the dataset, else the address of the source.
    """
    records = _by_id(observation, "records", "record_id", findings, ("record_id", "title", "landing_page"))
    files = _by_id(observation, "distributions", "resource_id", findings, ("resource_id", "download_url", "access_url"))
    sources = {str(row["source_id"]): row for row in observation.rows("sources", columns=("source_id", "title", "url"))}
    return {(str(row["check_id"]), str(row["subject_id"])): _subject(row, records, files, sources) for row in findings}


def _subject(row: Row, records: Mapping[str, Row], files: Mapping[str, Row], sources: Mapping[str, Row]) -> Subject:
    record = records.get(str(row["record_id"]), {})
    file = files.get(str(row["resource_id"]), {})
    source = sources.get(str(row["source_id"]), {})
    places: Iterable[object] = (
        file.get("download_url"),
        file.get("access_url"),
        record.get("landing_page"),
        source.get("url"),
    )
    title = record.get("title") if record else source.get("title")
    return Subject(
        id=str(row["subject_id"]),
        title={str(key): str(text) for key, text in title.items() if text} if isinstance(title, Mapping) else {},
        source_id=str(row["source_id"]),
        record_id=_text(row["record_id"]),
        resource_id=_text(row["resource_id"]),
        table=_text(row["table"]),
        address=next((str(place) for place in places if place), ""),
        row=row,
    )


def _by_id(
    observation: Sealed, table: str, key: str, findings: Sequence[Row], columns: tuple[str, ...]
) -> dict[str, Row]:
    ids = sorted({str(row[key]) for row in findings if row[key] is not None})
    rows = observation.rows(table, f"{key} IN (SELECT unnest(?::VARCHAR[]))", [ids], columns=columns)
    return {str(row[key]): row for row in rows}


def _text(value: object) -> str | None:
    return None if value is None else str(value)

"""What the commands on duties print for people."""

from collections.abc import Mapping, Sequence
from datetime import date

from rich.console import Console
from rich.table import Table

from atalaya.cli.output import plain, visible
from atalaya.duties.sentences import label, reason_sentence, standing_title
from atalaya.duties.verdicts import Standing
from atalaya.history.duties import DutyLine
from atalaya.publish.duties.matrix import counted

STYLES: Mapping[str, str] = {
    Standing.CURRENT: "green",
    Standing.LATE: "yellow",
    Standing.NOT_OPEN: "yellow",
    Standing.HEADING_ONLY: "red",
    Standing.MISSING: "red",
    Standing.JUSTIFIED: "cyan",
    Standing.UNKNOWN: "dim",
}


def print_status(
    out: Console, head: Mapping[str, object], lines: Sequence[DutyLine], language: str, *, periods: bool
) -> None:
    """The matrix of an institution, duty by duty, each with its reason and its evidence."""
    out.print(f"[bold]{plain(head['name'])}[/] {plain(head['institution'])}")
    out.print(f"{plain(head['observation'])}  {plain(head['as_of'])}  {plain(head['site'])}")
    said = (f"{standing_title(standing, language)} {count}" for standing, count in counted(lines).items())
    out.print(" · ".join(said), markup=False)
    law = ""
    for line in lines:
        if line.term("law", language) != law:
            law = line.term("law", language)
            out.print(f"\n[bold]{plain(law)}[/]")
        _print_line(out, line, language, periods=periods)


def _print_line(out: Console, line: DutyLine, language: str, *, periods: bool) -> None:
    whole = line.whole
    style = STYLES[whole["standing"]]
    place = f"{line.term('article', language)}.{line.term('numeral', language)}"
    title = standing_title(whole["standing"], language)
    out.print(f"{plain(place):>6}  [{style}]{plain(title)}[/]  {plain(line.named(language))}")
    sentence = whole["justification"] or reason_sentence(whole["reason"], whole["days_late"], language)
    out.print(f"        {visible(sentence)}", markup=False)
    if whole["gaps"]:
        out.print(f"        {label('gaps', language)}: {', '.join(whole['gaps'])}", markup=False)
    for evidence in whole["evidence"]:
        seen = [
            f"{label(name.replace('_', ' '), language)} {evidence[name]}"
            for name in ("first_seen", "last_seen")
            if name in evidence
        ]
        kept = [f"sha256 {evidence['sha256'][:12]}"] if evidence.get("sha256") else []
        parts = [visible(part) for part in (evidence["url"], evidence.get("text"), *seen, *kept) if part]
        out.print("        · " + "  ".join(parts), markup=False)
    out.print(f"        {label('rule', language)}: {whole['rule']}", markup=False)
    for period in line.periods if periods else ():
        said = reason_sentence(period["reason"], period["days_late"], language)
        standing = standing_title(period["standing"], language)
        out.print(f"        {period['period']:<10} {standing}: {visible(said)}", markup=False)


def print_duties(out: Console, rows: Sequence[Mapping[str, object]]) -> None:
    """The duties of a law."""
    if not rows:
        out.print("No duty.")
        return
    columns = [name for place, name in enumerate(rows[0]) if place not in (1, 5)]
    table = Table(*columns, box=None)
    for row in rows:
        table.add_row(*(plain(row[name]) for name in columns))
    out.print(table)
    out.print(f"{len(rows)} duties.")


def print_due(out: Console, rows: Sequence[Mapping[str, object]], first: date, last: date, undated: int) -> None:
    """What falls due."""
    if rows:
        table = Table(*rows[0], box=None)
        for row in rows:
            table.add_row(*map(plain, row.values()))
        out.print(table)
    out.print(f"{len(rows)} due from {first} to {last}.")
    if undated:
        out.print(
            f"{undated} further duties have no day of their own: they fall due after a change, or before an event."
        )

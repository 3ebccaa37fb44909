"""How well answers that are not the file are told from the file, on held-out lists of labelled bodies.

    python -m benchmarks.soft_failures [--only NAME]

Every body is inspected under a neutral address and judged by the check `answer_genuine` for the declared format. It counts as
told when the check fails it, or when it withholds its verdict for what a filter sends to programs. Precision: of the bodies told,
the share labelled so. Recall: of the bodies labelled so, the share told. The figures are told, not judged: the lists are
measured, never tuned to.
"""

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml
from rich.console import Console
from rich.table import Table

from atalaya.catalogue.records import Distribution
from atalaya.checks.contents import HIDDEN
from atalaya.checks.example_cases import probe, resource_case
from atalaya.checks.outcomes import Outcome, Verdict
from atalaya.checks.resource.answer_genuine import CHECK
from atalaya.inspection.inspector import inspect_bytes

LABELS = Path(__file__).with_name("labels")
COLLECTIONS: Final[Sequence[str]] = ("soft-failures", "soft-failures-2")
"""The held-out lists, each a folder of `LABELS`, in the order they were written."""

ADDRESS = "https://datos.example.org/descargas/archivo"

REASONS: Final[Mapping[str, frozenset[str]]] = {
    "captcha": frozenset({"captcha"}),
    "consent": frozenset({"consent"}),
    "default_page": frozenset({"default_page"}),
    "directory_listing": frozenset({"directory_listing"}),
    "error_document": frozenset({"error_answer", "server_error"}),
    "home": frozenset({"home"}),
    "js_shell": frozenset({"javascript_shell"}),
    "login": frozenset({"login"}),
    "maintenance": frozenset({"maintenance"}),
    "ogc_exception": frozenset({"map_exception"}),
    "parked": frozenset({"parked"}),
    "redirect_stub": frozenset({"redirect_page"}),
    "soft_404": frozenset({"not_found"}),
    "subscription_cancelled": frozenset({"subscription"}),
    "waf": frozenset({"blocked"}),
}
"""Labelled kind → the reasons of the check that say the same."""


@dataclass(frozen=True, slots=True)
class Label:
    """One body. `declared` is the format of the catalogue, `kind` a key of `REASONS` or None for what is genuine."""

    id: str
    declared: str | None
    served_type: str
    kind: str | None
    language: str
    note: str
    body: str


@dataclass(frozen=True, slots=True)
class Result:
    """A label and what the check said of its body."""

    label: Label
    outcome: Outcome

    @property
    def told(self) -> bool:
        """Whether the body was told to be something else than the resource."""
        hidden = self.outcome.verdict is Verdict.UNKNOWN and self.outcome.reason in HIDDEN
        return hidden or self.outcome.verdict is Verdict.FAIL

    @property
    def named(self) -> bool:
        """Whether the kind told is the labelled one."""
        return self.told and self.outcome.reason in REASONS.get(self.label.kind or "", frozenset())


def label_files(collection: str) -> list[Path]:
    """The files of a list, a name of `COLLECTIONS`, sorted."""
    return sorted((LABELS / collection).glob("*.yml"))


def read_labels(collection: str) -> list[Label]:
    """The labels of all files of a list, in the order of the files. Raises TypeError for a field that is not known."""
    rows: list[dict[str, Any]] = []
    for path in label_files(collection):
        rows.extend(yaml.safe_load(path.read_text(encoding="utf-8")))
    return [Label(**row) for row in rows]


def judged(label: Label) -> Result:
    """What the check says of the body, as if it had come from where the catalogue points."""
    address = f"{ADDRESS}.{label.declared.lower()}" if label.declared else ADDRESS
    data = label.body.encode()
    case = resource_case(
        distribution=Distribution(download_url=address, format=label.declared),
        probe=probe(url=address, final_url=address, size=len(data), media_type=label.served_type),
        inspection=inspect_bytes(data, url=address, media_type=label.served_type),
    )
    return Result(label, CHECK.rule(case))


def share(right: int, total: int) -> str:
    """A share with its counts.

    >>> share(3, 4)
    '0.750 (3 of 4)'
    """
    return f"{right / total:.3f} ({right} of {total})" if total else "none"


def by_kind(results: Iterable[Result]) -> Table:
    """How many of every kind were told, and how many of those by the labelled kind."""
    table = Table("kind", "told", "kind told is the labelled one")
    grouped: dict[str, list[Result]] = {}
    for result in results:
        grouped.setdefault(result.label.kind or "", []).append(result)
    for kind, group in sorted(grouped.items()):
        told = [result for result in group if result.told]
        table.add_row(kind, share(len(told), len(group)), share(sum(r.named for r in told), len(told)))
    return table


def print_results(results: Sequence[Result], out: Console) -> None:
    """The figures, then what was missed, falsely told, and told by another kind."""
    labelled = [result for result in results if result.label.kind]
    told = [result for result in results if result.told]
    hits = [result for result in told if result.label.kind]
    out.print(f"{len(results)} bodies, {len(labelled)} of them not the resource")
    out.print(f"precision {share(len(hits), len(told))}, recall {share(len(hits), len(labelled))}")
    out.print(by_kind(labelled))
    listed = {
        "missed": [result for result in labelled if not result.told],
        "false alarm": [result for result in told if not result.label.kind],
        "other kind": [result for result in hits if not result.named],
    }
    for name, group in listed.items():
        for result in group:
            out.print(f"{name}: {result.label.id} ({result.outcome.verdict}, {result.outcome.reason})", markup=False)


def main() -> None:
    """Measure every list once, or the one named, and print."""
    parser = argparse.ArgumentParser(description="Measure how well answers that are not the file are told.")
    parser.add_argument("--only", choices=COLLECTIONS, help="measure this list alone")
    only = parser.parse_args().only
    out = Console(width=120)
    for collection in [only] if only else COLLECTIONS:
        out.rule(collection)
        print_results([judged(label) for label in read_labels(collection)], out)


if __name__ == "__main__":
    main()

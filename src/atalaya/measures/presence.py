"""`publishes@1`: does the institution publish any dataset?

1 when at least one dataset is attributed to it. 0 when none is and every source that could hold its data was read whole.
Otherwise unknown: what was not read may hold them. An institution that no declared source could hold is unknown too,
because nobody looked. Where a source that could hold its data has records that nobody was given yet, 0 stands, but its upper
bound is 1: a person may still give one to it.
"""

from collections.abc import Iterable

from atalaya.measures.facts import CheckRule, Counts, Facts, Family, Row, share

MEASURE = "publishes@1"

READ = "complete"
"""The only state of a source that lets absence be concluded: partial, failed, held, unreachable and later do not."""


def could_hold(source: Row, institution: str) -> bool:
    """Whether a source could hold data of an institution: its own, one it covers, or any where neither is declared."""
    covers = source.get("covers") or ()
    covered = [str(item) for item in covers] if isinstance(covers, list | tuple) else []
    if source.get("institution_id") == institution or institution in covered:
        return True
    return source.get("institution_id") is None and not covered


def unread(facts: Facts, institution: str) -> tuple[str, ...]:
    """The sources that could hold its data and were not read whole, as `source=state`, sorted."""
    return tuple(
        sorted(
            f"{source['source_id']}={source['state']}"
            for source in facts.sources
            if source["state"] != READ and could_hold(source, institution)
        )
    )


def waiting(facts: Facts, institution: str) -> tuple[tuple[str, int], ...]:
    """The sources that could hold its data and have unattributed records, with how many, sorted."""
    counts = facts.unattributed
    found = (str(source["source_id"]) for source in facts.sources if could_hold(source, institution))
    return tuple(sorted((source, counts[source]) for source in found if counts.get(source)))


def presence(facts: Facts, institution: str) -> tuple[bool | None, str]:
    """Whether an institution publishes (None: unknown), and the reason.

    Reasons: `datasets`, `no_datasets`, `no_source`, `sources_unread:` with the sources and their states, or
    `unattributed:` with the sources and how many of their records wait for an institution.
    """
    if facts.datasets[institution]:
        return True, "datasets"
    missed = unread(facts, institution)
    if missed:
        return None, "sources_unread:" + ",".join(missed)
    if not any(could_hold(source, institution) for source in facts.sources):
        return None, "no_source"
    open_records = waiting(facts, institution)
    if open_records:
        return False, "unattributed:" + ",".join(f"{source}={count}" for source, count in open_records)
    return False, "no_datasets"


def _ids(_checks: Iterable[CheckRule]) -> tuple[str, ...]:
    return (MEASURE,)


def _make(facts: Facts) -> list[dict[str, object]]:
    rows = []
    for institution in facts.institutions:
        publishes, reason = presence(facts, institution)
        counts = Counts(unknown=1) if publishes is None else Counts(passed=int(publishes), applied=1)
        row = share(MEASURE, institution, counts, reason)
        rows.append({**row, "high": 1.0} if reason.startswith("unattributed:") else row)
    return rows


FAMILY = Family(
    id="presence",
    text="Whether the institution publishes at least one dataset in the sources that were read.",
    measure_ids=_ids,
    make=_make,
)

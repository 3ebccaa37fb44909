"""No resource of the dataset is another one once more, by its address or by its bytes.

The same page as access address of several formats is counted once for each format: a page may lead to all of them.
Bytes are compared where they were read whole and are no error message.
"""

from collections.abc import Iterator

from atalaya.checks.cases import DatasetCase, ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import is_service, stands_in
from atalaya.checks.example_cases import ADDRESS, dataset_case, distribution, probe, resource_case
from atalaya.checks.outcomes import Evidence, Outcome, Verdict, not_applicable


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset; `passed` of `applied` counts resources."""
    listed = [each for each in case.resources if not each.distribution.derived]
    if len(listed) < 2:
        return not_applicable("single")
    repeats = {
        reason: _repeats(keys) for reason, keys in (("address", _addresses(listed)), ("content", _contents(listed)))
    }
    again = max(repeats.values())
    evidence: Evidence = {"resources": len(listed), "repeated": again}
    if not again:
        return Outcome(Verdict.PASS, "ok", evidence, len(listed), len(listed))
    reason = "address" if repeats["address"] else "content"
    return Outcome(Verdict.FAIL, reason, evidence, len(listed) - again, len(listed))


def _repeats(keys: Iterator[object]) -> int:
    """How many keys were there before."""
    found = list(keys)
    return len(found) - len(set(found))


def _addresses(resources: list[ResourceCase]) -> Iterator[object]:
    """Addresses without their scheme; a service is told by its title too, because one address serves many layers."""
    for resource in resources:
        listed = resource.distribution
        address = listed.download_url or listed.access_url
        if not address:
            continue
        bare = address.strip().partition("://")[2].rstrip("/") or address
        if not listed.download_url:
            yield bare, listed.format, listed.media_type, tuple(listed.title.values())
        elif is_service(listed):
            yield bare, tuple(listed.title.values())
        else:
            yield bare


def _contents(resources: list[ResourceCase]) -> Iterator[object]:
    for resource in resources:
        seen = resource.probe
        if seen is None or resource.inspection is None or not seen.sha256:
            continue
        if seen.whole and seen.size and not stands_in(resource):
            yield seen.sha256


_OTHER = "https://datos.example.org/presupuesto-copia.csv"


def _pair(first: ResourceCase, second: ResourceCase) -> DatasetCase:
    return dataset_case(resources=(first, second))


CHECK = Check(
    id="resources_distinct",
    version=1,
    level=Level.DATASET,
    dimension=Dimension.CONTENT,
    title="No resource is listed twice",
    text="No two resources of the dataset have the same address to download from or the same bytes.",
    remedy="Remove the resource that repeats another one. If another file was meant, correct its address or upload it.",
    effort=Effort.LOW,
    fields=(
        "resources",
        "resources.dataset",
        "resources.distribution",
        "resources.distribution.access_url",
        "resources.distribution.derived",
        "resources.distribution.download_url",
        "resources.distribution.format",
        "resources.distribution.media_type",
        "resources.distribution.title",
        "resources.inspection",
        "resources.inspection.defects.code",
        "resources.inspection.format",
        "resources.inspection.tables",
        "resources.inspection.tables.rows",
        "resources.probe",
        "resources.probe.sha256",
        "resources.probe.size",
        "resources.probe.whole",
    ),
    reasons={
        "ok": "All {resources} resources are different.",
        "single": "There are no two resources to compare.",
        "address": "{repeated} of {resources} resources have the address of another one.",
        "content": "{repeated} of {resources} resources hold the same bytes as another one.",
    },
    rule=rule,
    examples=(
        Example(
            _pair(
                resource_case(),
                resource_case(distribution=distribution(download_url=_OTHER), probe=probe(url=_OTHER, sha256="1" * 64)),
            ),
            Verdict.PASS,
            "ok",
            "two files",
        ),
        Example(
            _pair(
                resource_case(distribution=distribution(download_url=None, access_url=ADDRESS), probe=None),
                resource_case(
                    distribution=distribution(download_url=None, access_url=ADDRESS, format="JSON"), probe=None
                ),
            ),
            Verdict.PASS,
            "ok",
            "one page that leads to two formats",
        ),
        Example(dataset_case(), Verdict.NOT_APPLICABLE, "single", "one resource"),
        Example(
            _pair(resource_case(), resource_case(distribution=distribution(download_url=ADDRESS + "/"))),
            Verdict.FAIL,
            "address",
            "the same address again",
        ),
        Example(
            _pair(
                resource_case(), resource_case(distribution=distribution(download_url=_OTHER), probe=probe(url=_OTHER))
            ),
            Verdict.FAIL,
            "content",
            "the same file under another name",
        ),
    ),
)

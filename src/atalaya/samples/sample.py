"""Writes a whole sample country into a folder: pack, sites, two days of replay, labels and a summary. Same seed, same bytes."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path

from atalaya.clock import stamp
from atalaya.exceptions import StoreError
from atalaya.samples.folder import write_lines, write_yaml
from atalaya.samples.labels import Label, country_labels
from atalaya.samples.packing import write_pack
from atalaya.samples.plan import AS_OF, CODE, DAYS, CountryPlan
from atalaya.samples.planning import make_plan
from atalaya.samples.records import listed_records
from atalaya.samples.replaying import write_replays
from atalaya.samples.sites.composing import compose_sites
from atalaya.samples.sites.law import duties
from atalaya.samples.sites.plan import SitePlan
from atalaya.samples.sites.truths import Truth, site_truths

FORMAT = 1
"""Version of the layout of `sample.yml`, `labels.jsonl`, `attributions.jsonl` and `duty_labels.jsonl`."""


def write_sample(folder: Path, seed: int) -> dict[str, object]:
    """Write the sample country of `seed` and give what `sample.yml` says of it.

    Raises StoreError when the folder exists and is not empty: files of another seed must not mix.
    """
    if folder.exists() and any(folder.iterdir()):
        raise StoreError(f"the folder {folder} is not empty; name a new one")
    country = make_plan(seed)
    sites = compose_sites(seed, country.institutions, duties())
    write_pack(folder / "country", country, sites)
    routes = list(write_replays(folder, country, sites))
    labels = country_labels(country)
    write_lines(folder / "labels.jsonl", (_row(label) for label in labels))
    write_lines(folder / "attributions.jsonl", _attributions(country))
    truths = site_truths(sites)
    write_lines(folder / "duty_labels.jsonl", (asdict(truth) for truth in truths))
    summary = _summary(country, labels, routes) | _of_sites(sites, truths)
    write_yaml(folder / "sample.yml", summary)
    return summary


def _row(label: Label) -> dict[str, object]:
    return {
        "day": label.day,
        "check_id": label.check_id,
        "subject_id": label.subject_id,
        "verdict": label.verdict.value,
        "defect": label.defect,
        "note": label.note,
    }


def _attributions(country: CountryPlan) -> list[dict[str, object]]:
    """To which institution every record belongs, null where nobody can tell; one row for each record, by id."""
    found = {
        identified.record_id: (source.id, plan.institution)
        for day in DAYS
        for source in country.sources
        for plan, identified in zip(source.listed(day), listed_records(source, day), strict=True)
    }
    return [
        {"record_id": key, "source_id": source, "institution_id": None if slug is None else f"{CODE}:{slug}"}
        for key, (source, slug) in sorted(found.items())
    ]


def _summary(country: CountryPlan, labels: tuple[Label, ...], routes: list[int]) -> dict[str, object]:
    datasets = [dataset for source in country.sources for dataset in source.datasets]
    resources = [resource for dataset in datasets for resource in dataset.resources]
    verdicts = Counter((label.check_id, label.verdict.value) for label in labels)
    return {
        "format": FORMAT,
        "seed": country.seed,
        "country": "country",
        "as_of": [stamp(AS_OF[day]) for day in DAYS],
        "days": [f"day-{day}" for day in DAYS],
        "counts": {
            "institutions": len(country.institutions),
            "sources": len(country.sources),
            "datasets": len(datasets),
            "resources": len(resources),
            "routes": routes,
            "labels": len(labels),
            "listed": [_listed(country, day) for day in DAYS],
            "defective_datasets": sum(dataset.defect is not None for dataset in datasets),
            "defective_resources": sum(
                any(resource.defects) or resource.host.certificate is not None for resource in resources
            ),
        },
        "roles": {plan.slug: plan.role for plan in country.institutions},
        "sources": {source.slug: len(source.datasets) for source in country.sources},
        "verdicts": {
            check: {verdict: verdicts[check, verdict] for name, verdict in sorted(verdicts) if name == check}
            for check in sorted({check for check, _ in verdicts})
        },
    }


def _of_sites(sites: tuple[SitePlan, ...], truths: tuple[Truth, ...]) -> dict[str, object]:
    """The characters of the sites, and how many duties stand how on the first day."""
    standings = Counter(truth.standing for truth in truths if truth.day == DAYS[0] and truth.period is None)
    return {
        "sites": {site.institution.slug: site.character for site in sites},
        "duties": {standing: standings[standing] for standing in sorted(standings)},
    }


def _listed(country: CountryPlan, day: int) -> dict[str, int]:
    plans = [dataset for source in country.sources for dataset in source.listed(day)]
    return {"datasets": len(plans), "resources": sum(len(plan.resources) for plan in plans)}

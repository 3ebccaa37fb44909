"""The dataset reaches three of the five stars of open data, counted on what was really read.

One star: an open licence, in any format. Two: data as data, not as a picture of them. Three: in an open format. Four:
things are named by URIs (RDF). The fifth, links to the data of others, is not judged here, so that four is the most
that this check gives. The best resource counts, as in the scheme itself (T. Berners-Lee, Linked Data, 2010).
"""

from atalaya.catalogue.vocabularies.access_rights import AccessRights, read_access_rights
from atalaya.catalogue.vocabularies.formats import star_level
from atalaya.checks.cases import DatasetCase, ResourceCase
from atalaya.checks.check import Check, Dimension, Effort, Example, Level
from atalaya.checks.contents import true_formats
from atalaya.checks.dataset import data_downloadable, licence_open
from atalaya.checks.example_cases import dataset_case, resource_case, resource_in
from atalaya.checks.outcomes import Outcome, Verdict, failed, not_applicable, passed, unknown
from atalaya.checks.resource import data_present, reachable

LEAST_STARS = 3
"""Stars that pass: national open-data policies ask for three or four."""

MOST_STARS = 4


def rule(case: DatasetCase) -> Outcome:
    """The outcome of one dataset."""
    if read_access_rights(case.dataset.access_rights) is AccessRights.NON_PUBLIC:
        return not_applicable("not_public")
    licence = licence_open.rule(case).verdict
    if licence is Verdict.FAIL:
        return failed("no_open_licence", stars=0)
    if not case.resources:
        return failed("no_resources", stars=0)
    read = [stars for each in case.resources if (stars := stars_of(each)) is not None]
    best = max(read, default=0)
    unread = len(case.resources) - len(read)
    if best < LEAST_STARS and not unread:
        return failed("too_few", stars=best)
    if licence is Verdict.UNKNOWN:
        return unknown("licence_unclear", form=best)
    return passed("ok", stars=best) if best >= LEAST_STARS else unknown("not_read", form=best, unread=unread)


def stars_of(resource: ResourceCase) -> int | None:
    """The stars that the bytes of a resource reach under an open licence; 0 without data, None where that is
    undecided."""
    inspected = resource.inspection
    if inspected is None:
        return None if data_downloadable.is_undecided(resource) else 0
    if data_present.rule(resource).verdict is Verdict.FAIL:
        return 0
    levels = [star_level(each) for each in true_formats(inspected)]
    return max(levels) if levels else None


CHECK = Check(
    id="five_stars",
    version=2,
    level=Level.DATASET,
    dimension=Dimension.OPENNESS,
    title="The dataset has at least {least} stars",
    text="Under an open licence, at least one resource is structured data in an open format: {least} of the five stars "
    "of open data. Stars are counted on the bytes that were read, at most {most}, because links to the data of others "
    "are not judged yet.",
    remedy="State an open licence and publish the data as CSV, JSON, GeoJSON or XML. For the fourth star, publish them "
    "also as RDF, with an address for every thing they speak of.",
    effort=Effort.MEDIUM,
    thresholds={"least": LEAST_STARS, "most": MOST_STARS},
    fields=(
        "dataset.access_rights",
        *licence_open.CHECK.fields,
        "resources",
        "resources.inspection",
        *(f"resources.{path}" for path in data_present.CHECK.fields),
        *(f"resources.{path}" for path in reachable.CHECK.fields),
    ),
    reasons={
        "ok": "The best resource has {stars} stars.",
        "not_public": "The record declares that the dataset is not public.",
        "no_open_licence": "Without an open licence there is no star.",
        "no_resources": "The dataset has no resources.",
        "too_few": "The best resource has {stars} stars; {least} are needed.",
        "licence_unclear": "The files would have {form} stars, but it is not known whether the licence is open.",
        "not_read": "The best resource read has {form} stars, and {unread} could not be read.",
    },
    rule=rule,
    examples=(
        Example(dataset_case(), Verdict.PASS, "ok", "a CSV under an open licence: three stars"),
        Example(
            dataset_case(resources=(resource_in("turtle", format="TTL", media_type=None),)),
            Verdict.PASS,
            "ok",
            "RDF: four stars",
        ),
        Example(dataset_case(resources=(resource_in("xlsx"),)), Verdict.FAIL, "too_few", "Excel only: two stars"),
        Example(dataset_case(licence="CC BY-NC 4.0"), Verdict.FAIL, "no_open_licence", "a limited licence: no star"),
        Example(dataset_case(resources=()), Verdict.FAIL, "no_resources", "nothing to count"),
        Example(
            dataset_case(licence="Términos del portal"),
            Verdict.UNKNOWN,
            "licence_unclear",
            "terms that nobody recognises",
        ),
        Example(
            dataset_case(resources=(resource_in("pdf"), resource_case(inspection=None))),
            Verdict.UNKNOWN,
            "not_read",
            "the other resource may be better",
        ),
        Example(
            dataset_case(access_rights="non-public"),
            Verdict.NOT_APPLICABLE,
            "not_public",
            "an inventory may list what is not public",
        ),
    ),
)

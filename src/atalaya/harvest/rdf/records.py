"""A graph of DCAT-AP as records: which subjects are datasets, their distributions, and every value in a stable order.

Triples have no order, so texts, themes, distributions and datasets are sorted: the same graph written in another order
gives the same records.
"""

from collections.abc import Iterable

import pyoxigraph as ox

from atalaya.catalogue.records import Dataset, Distribution, Reading
from atalaya.harvest import values
from atalaya.harvest.rdf.graph import Graph, Node, Subject
from atalaya.harvest.rdf.ledger import IGNORED_CLASSES, Taker
from atalaya.harvest.rdf.profile import Conformance
from atalaya.harvest.rdf.terms import ADMS, DC, DCAT, DCT, FOAF, HYDRA, OWL, RDF_TYPE, RDFS, SCHEMA, SKOS, SPDX
from atalaya.harvest.rdf.values import (
    agent,
    byte_size,
    checksum,
    contact,
    frequency,
    identifier,
    iri_or_label,
    label_of,
    media_and_format,
    periods,
    place_names,
    plain,
    rights,
    text,
    words,
)

DATASET_CLASSES = (f"{DCAT}Dataset", f"{DCAT}DatasetSeries")
DISTRIBUTION_CLASSES = (f"{DCAT}Distribution", f"{DCAT}Download", f"{DCAT}Feed", f"{DCAT}WebService")
"""`Download`, `Feed` and `WebService` were subclasses of `Distribution` in DCAT's drafts before 2014 and are still served."""

NOT_DESCRIBED = "named as a dataset but described nowhere"
"""Said of a dataset that a catalogue names; another page may describe it."""

NEXT = (f"{HYDRA}next", f"{HYDRA}nextPage")


def read_records(graph: Graph) -> Reading:
    """All datasets of a graph. Every subject that is called a dataset becomes one or a problem."""
    taker = Taker(graph)
    for note in graph.notes:
        taker.ledger.problem("document", note)
    subjects = _dataset_subjects(taker)
    conformance = Conformance(graph.triples)
    datasets = sorted(
        (_dataset(taker, subject, conformance.broken_by(subject)) for subject in subjects), key=_dataset_order
    )
    _report_orphans(taker, subjects)
    total, next_page = _paging(taker)
    taker.close()
    return Reading(
        datasets=tuple(datasets),
        fields=taker.ledger.fields,
        problems=taker.ledger.problems,
        declared_total=total,
        next_url=next_page,
    )


def names_datasets(graph: Graph) -> bool:
    """Whether anything in the graph is a catalogue, a dataset or a page of one."""
    wanted = {*DATASET_CLASSES, f"{DCAT}Catalog"}
    return any(
        wanted & graph.types(subject) or f"{DCAT}dataset" in predicates for subject, predicates in graph.triples.items()
    )


def _dataset_subjects(taker: Taker) -> list[Subject]:
    """Subjects with a class of dataset, and those that a catalogue names, where the graph says anything about them."""
    graph = taker.graph
    found: dict[Subject, None] = {}
    for subject in list(graph.triples):
        if graph.types(subject) & set(DATASET_CLASSES):
            found[subject] = None
    for subject in list(graph.triples):
        for item in taker.take(subject, f"{DCAT}dataset"):
            if isinstance(item, ox.Literal):
                taker.ledger.problem(f"dcat:dataset {item.value[:120]}", "a text where a dataset belongs")
            else:
                found[item] = None
    described = []
    for subject in found:
        types = graph.types(subject)
        if set(graph.triples.get(subject, {})) <= {RDF_TYPE}:
            taker.ledger.problem(f"dataset {_name(subject)}", NOT_DESCRIBED)
        elif types and not types & set(DATASET_CLASSES) and types <= set(IGNORED_CLASSES):
            taker.ledger.problem(f"dataset {_name(subject)}", "named as a dataset, described as something else")
        else:
            described.append(subject)
    return described


def described_addresses(graph: Graph) -> set[str]:
    """Addresses of subjects of which the graph says more than their class."""
    return {
        _name(subject)
        for subject, predicates in graph.triples.items()
        if isinstance(subject, ox.NamedNode) and set(predicates) != {RDF_TYPE}
    }


def _name(subject: Subject) -> str:
    return values.clean(subject.value)[:300] if isinstance(subject, ox.NamedNode) else "without an address"


def _dataset(taker: Taker, subject: Subject, broken: tuple[str, ...] | None) -> Dataset:
    licences = taker.take(subject, f"{DCT}license", f"{DC}license", f"{SCHEMA}license")
    return Dataset(
        native_id=identifier(taker, subject),
        title=text(taker, subject, f"{DCT}title", f"{DC}title", f"{SCHEMA}name", f"{RDFS}label", f"{SKOS}prefLabel"),
        description=text(
            taker, subject, f"{DCT}description", f"{DC}description", f"{DCT}abstract", f"{SCHEMA}description"
        ),
        keywords=words(taker, taker.take(subject, f"{DCAT}keyword", f"{DC}subject")),
        themes=words(taker, taker.every(subject, f"{DCAT}theme", f"{DCT}subject")),
        publisher=agent(taker, taker.take(subject, f"{DCT}publisher", f"{DC}publisher", f"{SCHEMA}publisher")),
        creator=agent(taker, taker.take(subject, f"{DCT}creator", f"{DC}creator"), bodies_only=True),
        contact=contact(taker, taker.take(subject, f"{DCAT}contactPoint", f"{ADMS}contactPoint")),
        licence=iri_or_label(taker, licences),
        licence_title=label_of(taker, licences),
        access_rights=iri_or_label(taker, taker.take(subject, f"{DCT}accessRights", f"{DCAT}accessRights")),
        rights=rights(taker, taker.take(subject, f"{DCT}rights", f"{DC}rights")),
        issued=plain(taker.take(subject, f"{DCT}issued", f"{SCHEMA}datePublished")),
        modified=plain(taker.take(subject, f"{DCT}modified", f"{SCHEMA}dateModified", f"{DCT}updated")),
        frequency=frequency(taker, taker.take(subject, f"{DCT}accrualPeriodicity")),
        spatial=place_names(taker, taker.take(subject, f"{DCT}spatial", f"{DC}coverage")),
        temporal=periods(taker, taker.take(subject, f"{DCT}temporal")),
        languages=words(taker, taker.take(subject, f"{DCT}language", f"{DC}language")),
        landing_page=_address(taker, subject, f"{DCAT}landingPage", f"{FOAF}homepage"),
        version=plain(taker.take(subject, f"{DCAT}version", f"{OWL}versionInfo", f"{SCHEMA}version")),
        conforms_to=words(taker, taker.take(subject, f"{DCT}conformsTo")),
        profile_violations=broken,
        distributions=_distributions(taker, subject),
    )


def _distributions(taker: Taker, subject: Subject) -> tuple[Distribution, ...]:
    """Every distribution that the dataset names, once each; one that is only named keeps its address as identifier."""
    read = []
    for item in dict.fromkeys(taker.take(subject, f"{DCAT}distribution", f"{DCAT}Distribution")):
        if isinstance(item, ox.Literal):
            read.append(_named_by_text(taker, item))
            continue
        if not taker.graph.triples.get(item):
            taker.ledger.problem(f"distribution {_name(item)}", "named by its dataset but not described")
        read.append(_distribution(taker, item))
    return tuple(sorted(read, key=_distribution_order))


def _named_by_text(taker: Taker, item: ox.Literal) -> Distribution:
    url = values.clean(item.value).strip()
    if not values.is_web(url):
        taker.ledger.problem(f"distribution {url[:120]}", "a text where a distribution belongs")
    return Distribution(access_url=url if values.is_web(url) else None)


def _distribution(taker: Taker, subject: Subject) -> Distribution:
    declared, media_type = media_and_format(taker, subject)
    return Distribution(
        native_id=identifier(taker, subject),
        title=text(taker, subject, f"{DCT}title", f"{DC}title", f"{RDFS}label", f"{SCHEMA}name"),
        description=text(taker, subject, f"{DCT}description", f"{DC}description"),
        access_url=_address(taker, subject, f"{DCAT}accessURL"),
        download_url=_address(taker, subject, f"{DCAT}downloadURL"),
        format=declared,
        media_type=media_type,
        byte_size=byte_size(taker, taker.take(subject, f"{DCAT}byteSize", f"{DCAT}size")),
        licence=iri_or_label(taker, taker.take(subject, f"{DCT}license", f"{DC}license")),
        rights=rights(taker, taker.take(subject, f"{DCT}rights", f"{DCT}accessRights", f"{DCAT}accessRights")),
        issued=plain(taker.take(subject, f"{DCT}issued")),
        modified=plain(taker.take(subject, f"{DCT}modified")),
        checksum=checksum(taker, taker.take(subject, f"{SPDX}checksum")),
        conforms_to=words(taker, taker.take(subject, f"{DCT}conformsTo")),
        languages=words(taker, taker.take(subject, f"{DCT}language", f"{DC}language")),
    )


def _address(taker: Taker, subject: Subject, *predicates: str) -> str | None:
    """The first address in order; web addresses go before others, mail addresses are dropped."""
    said = sorted({values.clean(item.value).strip() for item in _valued(taker.take(subject, *predicates))})
    usable = [item for item in said if item and not values.is_mail(item)]
    if said and not usable:
        taker.ledger.unreadable(predicates[0].rpartition("#")[2], "no address of the web")
    if len(usable) > 1:
        taker.ledger.unreadable(predicates[0].rpartition("#")[2], "several addresses; the first by name is read")
    return next((item for item in usable if values.is_web(item)), usable[0] if usable else None)


def _valued(items: Iterable[Node]) -> list[ox.NamedNode | ox.Literal]:
    return [item for item in items if isinstance(item, ox.NamedNode | ox.Literal)]


def _report_orphans(taker: Taker, subjects: list[Subject]) -> None:
    """List distributions that no dataset names; samples of a dataset are named, so they are none."""
    graph = taker.graph
    named = {
        item
        for predicates in graph.triples.values()
        for predicate, objects in predicates.items()
        if predicate != RDF_TYPE
        for item in objects
        if not isinstance(item, ox.Literal)
    }
    for subject in graph.triples:
        if graph.types(subject) & set(DISTRIBUTION_CLASSES) and subject not in named and subject not in subjects:
            taker.ledger.problem(f"distribution {_name(subject)}", "no dataset of this document names it")


def _paging(taker: Taker) -> tuple[int | None, str | None]:
    """What Hydra says: how many items there are and which page comes next."""
    totals: list[int | None] = []
    nexts: list[str] = []
    for subject in list(taker.graph.triples):
        totals.extend(byte_size(taker, [item]) for item in taker.take(subject, f"{HYDRA}totalItems"))
        nexts.extend(item.value.strip() for item in _valued(taker.every(subject, *NEXT)))
    known = [total for total in totals if total is not None]
    return (max(known) if known else None), min((item for item in nexts if item), default=None)


def _dataset_order(dataset: Dataset) -> tuple[str, str, str]:
    return (dataset.native_id or "", str(sorted(dataset.title.items())), repr(dataset))


def _distribution_order(distribution: Distribution) -> tuple[str, str, str]:
    return (distribution.native_id or "", distribution.url or "", repr(distribution))

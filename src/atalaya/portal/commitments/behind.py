"""What stands behind readings: who of several institutions spoke, and the documents with what became of their addresses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from atalaya.portal.commitments.models import Evidence, EvidenceLink, Reading
from atalaya.portal.observatory.models import Institution
from atalaya.portal.observatory.queries import names_of


@dataclass(frozen=True, slots=True)
class Behind:
    """The name of the institution that spoke, empty where none did, and each document with what the observatory found of its
    address; None where it was never asked."""

    institution: str
    proofs: tuple[tuple[Evidence, EvidenceLink | None], ...]


def behind(rows: Iterable[Reading]) -> Mapping[str, Behind]:
    """The id of each reading → what stands behind it; `rows` come with their evidence."""
    given = list(rows)
    urls = {proof.url for row in given for proof in row.evidence.all()}
    links = EvidenceLink.objects.in_bulk(sorted(urls)) if urls else {}
    spoke = {row.institution for row in given if row.institution}
    names = names_of(spoke) if spoke and Institution.is_there() else {}
    return {
        str(row.pk): Behind(
            str(names[row.institution].name) if row.institution in names else "",
            tuple((proof, links.get(proof.url)) for proof in row.evidence.all()),
        )
        for row in given
    }

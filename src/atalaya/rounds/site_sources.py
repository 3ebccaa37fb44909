"""The web sites of a round as sources: declared in the pack, or derived from what the register says of institutions."""

from dataclasses import replace

from atalaya.countries.pack import SITE, CountryPack, Institution, Source
from atalaya.harvest import values
from atalaya.harvest.site.frontier import Budget, Site
from atalaya.harvest.site.section import SectionWords
from atalaya.rounds.context import Round

SITES = "sites"
"""The setting of an observation in which the sites of all institutions are read."""


def with_sites(pack: CountryPack) -> CountryPack:
    """The pack with the site of every institution that states one as a source `<cc>:site-<slug>`; declared ones stay."""
    declared = {source.institution for source in pack.sources if source.protocol == SITE}
    found = [
        _source(body, pack)
        for body in pack.institutions
        if body.site and values.is_web(body.site) and body.id not in declared
    ]
    return replace(pack, sources=(*pack.sources, *found))


def _source(body: Institution, pack: CountryPack) -> Source:
    slug = body.id.partition(":")[2]
    return Source(
        id=f"{pack.code}:site-{slug}",
        title=dict.fromkeys(pack.languages, body.name),
        protocol=SITE,
        url=str(body.site),
        institution=body.id,
    )


def site_sources(round_: Round) -> tuple[Source, ...]:
    """The sites to read, by id."""
    found = (source for source in round_.pack.sources if source.state == "active" and source.protocol == SITE)
    return tuple(sorted(found, key=lambda source: source.id))


def site_of(round_: Round, source: Source) -> Site:
    """What is to be read of a source, and by which words its section of the law is known."""
    bodies = {body.id: body for body in round_.pack.institutions}
    body = bodies.get(source.institution or "")
    hosts = {values.host(source.url), *(body.domains if body is not None else ())}
    settings = round_.settings
    named = (name for law in round_.pack.laws for name in (*law.title.values(), *law.citation.law))
    return Site(
        source_id=source.id,
        home=source.url,
        domains=frozenset(host.lower().removeprefix("www.") for host in hosts if host),
        words=SectionWords.of(named),
        year=int(round_.as_of[:4]),
        languages=tuple(round_.pack.languages),
        budget=Budget(pages=settings.site_pages, documents=settings.site_documents, size=settings.site_bytes),
    )

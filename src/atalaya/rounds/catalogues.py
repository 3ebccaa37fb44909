"""Single catalogues as a pack: each address is a source of its own whose protocol is found out when it is harvested."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from atalaya.countries.pack import CountryPack, Group, Institution, Source
from atalaya.exceptions import SourceError
from atalaya.harvest.discovery import UNDISCOVERED
from atalaya.harvest.values import is_web


def pack_of_sources(urls: Sequence[str], *, local: bool = False) -> CountryPack:
    """A pack for single catalogues: each source is its own institution, named after its host.

    The pack depends on the addresses alone, so that a round can be resumed and continued whatever they answer. Raises
    SourceError for what is no address.
    """
    sources, institutions = [], []
    for url in dict.fromkeys(urls):
        slug, host = _slug(url)
        institution = Institution(id=f"web:{slug}", name=host, kind="catalogue")
        institutions.append(institution)
        sources.append(
            Source(
                id=f"web:{slug}", title={"": url}, protocol=UNDISCOVERED, url=url, institution=institution.id, local=local,
            )
        )  # fmt: skip
    name = " · ".join(institution.name for institution in institutions)
    code = "web-" + sha256("\n".join(sorted(dict.fromkeys(urls))).encode()).hexdigest()[:12]
    group = Group(id="catalogues", title={"es": "Catálogos", "en": "Catalogues"}, kinds=("catalogue",), headline=True)
    pack = CountryPack(
        code=code, name={"es": name, "en": name}, languages=("es", "en"), folder=Path(), sha256="", groups=(group,),
        institutions=tuple(institutions), divisions=(), sources=tuple(sources),
    )  # fmt: skip
    return replace(pack, sha256=sha256(repr(pack).encode()).hexdigest())


def _slug(url: str) -> tuple[str, str]:
    """A short name for a source, and its host."""
    try:
        host = urlsplit(url).hostname
    except ValueError as error:
        raise SourceError(
            f"{url!r} is not an address ({error}); give one such as https://datos.example/data.json"
        ) from error
    if not host or not is_web(url):
        raise SourceError(f"{url!r} is not a web address; give one such as https://datos.example/data.json")
    return f"{host.replace('.', '-')}-{sha256(url.encode()).hexdigest()[:8]}", host

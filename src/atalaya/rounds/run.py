"""Running a round from outside: builds what a round needs, runs it, and writes its reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from atalaya.clock import Clock
from atalaya.countries.pack import CountryPack, Group, Institution, Source
from atalaya.exceptions import SourceError
from atalaya.fetch.answers import Answer, Validator
from atalaya.fetch.client import Client
from atalaya.fetch.gate import Gate, Policy
from atalaya.fetch.resolve import read_resolve
from atalaya.harvest.registry import Discovery, discover
from atalaya.history.read import Sealed, open_parent, open_sealed
from atalaya.publish.gathering import write_reports
from atalaya.rounds.context import Progress, Round, silent
from atalaya.rounds.opening import Request, held, open_round
from atalaya.rounds.round import run_round
from atalaya.settings import Settings
from atalaya.store.archive import Archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Where and how to run: `clock` tells the moment of the observation, `pacing` the machine's time for politeness."""

    settings: Settings
    clock: Clock
    pacing: Clock
    resolve: Path | None = None
    progress: Progress = field(default=silent)


def _client(plan: Plan, validators: dict[str, Validator], rates: Mapping[str, float]) -> Client:
    home = plan.settings.home
    resolve = read_resolve(plan.resolve) if plan.resolve else None
    gate = Gate(home / "gate", plan.settings, plan.pacing)
    return Client(plan.settings, Archive(home / "archive"), gate, plan.pacing, resolve, validators, rates=rates)


async def observe(plan: Plan, request: Request) -> Sealed:
    """Run or resume one round and seal it; gives the sealed observation.

    Raises StoreError where a round cannot be opened, RoundAborted where our own side failed.
    """
    home = plan.settings.home
    folder, opening = open_round(home, plan.settings, request)
    previous = open_parent(home, opening.country, opening.parent)
    with held(folder) as ledger:
        async with _client(plan, validators_of(previous), request.pack.rates) as client:
            round_ = Round(
                opening=opening,
                folder=folder,
                home=home,
                pack=request.pack,
                settings=plan.settings,
                ledger=ledger,
                archive=Archive(home / "archive"),
                client=client,
                clock=plan.clock,
                previous=previous,
                progress=plan.progress,
            )
            await run_round(round_)
    observation = open_sealed(folder)
    write_reports(observation, previous, request.pack)
    return observation


def validators_of(previous: Sealed | None) -> dict[str, Validator]:
    """What the observation before knows of each address, so that unchanged bytes are not transferred again."""
    if previous is None:
        return {}
    return {
        str(row["url"]): Validator(
            sha256=str(row["sha256"]),
            etag=_text(row["etag"]),
            last_modified=_text(row["last_modified"]),
            final_url=_text(row["final_url"]),
            headers=headers if isinstance(headers := row["headers"], dict) else {},
        )
        for row in previous.rows("validators")
    }


def _text(value: object) -> str | None:
    return None if value is None else str(value)


async def pack_of_sources(plan: Plan, urls: Sequence[str], *, local: bool = False) -> CountryPack:
    """A pack for single catalogues: each source is its own institution, named after its host.

    Raises SourceError where no protocol answers at an address, with what each of them found.
    """
    policy = Policy(
        requests_per_second=plan.settings.requests_per_second, connections=1, obey_robots=False, local=local,
        body_limit=plan.settings.body_limit,
    )  # fmt: skip
    archive = Archive(plan.settings.home / "archive")
    sources, institutions = [], []
    async with _client(plan, {}, {}) as client:

        async def get(url: str) -> tuple[Answer, bytes | None]:
            answer = await client.fetch(url, policy)
            return answer, archive.read(answer.blob.sha256) if answer.blob else None

        for url in urls:
            slug, host = _slug(url)
            found = await discover(url, get)
            if found.protocol is None or found.url is None:
                raise SourceError(_nothing_found(url, found))
            institution = Institution(id=f"web:{slug}", name=host, kind="catalogue")
            institutions.append(institution)
            sources.append(
                Source(
                    id=f"web:{slug}", title={"": url}, protocol=found.protocol, url=found.url,
                    institution=institution.id, local=local,
                )
            )  # fmt: skip
    name = " · ".join(institution.name for institution in institutions)
    code = "web-" + sha256("\n".join(sorted(urls)).encode()).hexdigest()[:12]
    group = Group(id="catalogues", title={"es": "Catálogos", "en": "Catalogues"}, kinds=("catalogue",), headline=True)
    pack = CountryPack(
        code=code, name={"es": name, "en": name}, languages=("es", "en"), folder=Path(), sha256="", groups=(group,),
        institutions=tuple(institutions), divisions=(), sources=tuple(sources),
    )  # fmt: skip
    return replace(pack, sha256=sha256(repr(pack).encode()).hexdigest())


def _nothing_found(url: str, found: Discovery) -> str:
    """What every protocol heard, so that the user sees why none fits."""
    heard = "; ".join(
        f"{attempt.protocol}: " + ", ".join(f"{asked} gave {answer}" for asked, answer in attempt.answers)
        for attempt in found.attempts
    )
    return f"no protocol reads {url!r}. {heard}. Give the address of the catalogue itself, such as /data.json or /catalog.ttl"


def _slug(url: str) -> tuple[str, str]:
    """A short name for a source, and its host."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise SourceError(
            f"{url!r} is not an address ({error}); give one such as https://datos.example/data.json"
        ) from error
    if not host or parts.scheme not in ("http", "https"):
        raise SourceError(f"{url!r} is not a web address; give one such as https://datos.example/data.json")
    return f"{host.replace('.', '-')}-{sha256(url.encode()).hexdigest()[:8]}", host

"""Attributes a record to an institution: a person's decision first, then rules, then names, then addresses; never a guess.

The order, each step only where those before it say nothing:

1. `decision`: a person ruled on this publisher text of this source, else of every source (also: that it belongs to no
   institution);
2. `rule` of `attribution.yml` that names this source;
3. `source`: the source declares the institution that owns all its records;
4. `rule` that names no source;
5. `name`: the publisher's name or native id names exactly one institution (`matching.NAMED` says what counts as naming);
6. `domain`: the publisher's own address, else the landing page, stands under the domain of exactly one institution. The
   host of the source itself proves nothing, because a portal lists the records of many publishers under its own host.

What only resembles a name, names several institutions at once, or was ruled on in another source alone, is a suggestion for
a person and never an attribution.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

from atalaya.catalogue.folding import fold
from atalaya.catalogue.records import Agent, Dataset
from atalaya.countries.matching import (
    NAMED,
    SUGGESTIONS,
    Match,
    NameIndex,
    index_names,
    match_institutions,
)
from atalaya.countries.pack import AttributionRule, CountryPack, Institution, Source
from atalaya.countries.remembering import remembered

_SITE = re.compile(r"^(?:https?://|[^@\s/]+@)?((?:[a-z0-9-]+\.)+[a-z]{2,})/?$", re.IGNORECASE)

_PLACE = re.compile(r"[^/?#]*://[^/?#]+")
"""Scheme and host of an address: the same for thousands of files."""

METHODS = ("decision", "rule", "source", "name", "domain", "unattributed")
"""How a record came to its institution."""

DOMAIN_SCORE = 0.9
"""Score of an attribution by address: the address of a publisher tells as much as its name, and errs a little more often."""

HOST_HINT = 0.6
"""Score of a suggestion because files lie, or the contact writes, under an institution's domain."""

DECIDED_HINT = 0.88
"""Score of a suggestion because a person ruled so on the same text of another source; below what names (`NAMED`)."""

EVERYWHERE = "*"
"""The source id of a decision on a text of every source."""

COVERED_HINT = 0.5
"""Score of a suggestion because the source covers one institution alone."""

Decisions = Mapping[tuple[str, str], str | None]
"""(source id or `*`, publisher key) → institution id, or None where a person ruled that it is none of the register."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Which institution a record belongs to, by which of `METHODS`, how sure (0 to 1), and what else was thought of.

    `publisher_key` is what a decision on this record is filed under; `how` tells the way within the method.
    """

    institution_id: str | None
    method: str
    score: float
    suggestions: tuple[Match, ...]
    publisher_key: str
    how: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class AttributionIndex:
    """What attribution needs of a pack: built once by `index_attribution`."""

    names: NameIndex
    domains: Mapping[str, frozenset[str]]
    rules: tuple[AttributionRule, ...]
    matches: dict[Agent | None, tuple[Match, ...]] = field(default_factory=dict, repr=False)
    """What publishers were found to match, kept here so that it goes when the index goes."""


def index_attribution(pack: CountryPack) -> AttributionIndex:
    """Make a pack ready. The rules are ordered: more exact ways first, longer texts first, then as written."""
    order = {way: place for place, way in enumerate(("native_id", "uri", "exact", "folded", "contains"))}
    domains: dict[str, set[str]] = {}
    for body in pack.institutions:
        for domain in (*body.domains, *_hosts([body.site])):
            domains.setdefault(domain.removeprefix("www."), set()).add(body.id)
    return AttributionIndex(
        names=index_names(pack),
        domains={domain: frozenset(owners) for domain, owners in domains.items()},
        rules=tuple(sorted(pack.attribution, key=lambda rule: (order[rule.match], -len(rule.publisher)))),
    )


@lru_cache(maxsize=8192)
def publisher_key(publisher: Agent | None) -> str:
    """What decisions on a publisher are filed under: its name, else its native id, else its URI, folded; else empty.

    A text of marks alone folds to nothing and stands as it is, so that it is never taken for a publisher that is not stated.
    """
    if publisher is None:
        return ""
    texts = [text.strip() for text in (publisher.name, publisher.native_id, publisher.uri) if text and text.strip()]
    return next((fold(text) for text in texts if fold(text)), texts[0] if texts else "")


def attribute(
    dataset: Dataset,
    source: Source,
    index: AttributionIndex,
    decisions: Decisions | None = None,
    as_of: str | None = None,
) -> Attribution:
    """The institution of a dataset that a source lists.

    `as_of` is the ISO 8601 date of the observation: of several institutions that one text names, those not in being then
    are left out.
    """
    key = publisher_key(dataset.publisher)
    for ruled in _ruled_on(dataset.publisher, source, decisions or {}):
        return Attribution((decisions or {})[ruled], "decision", 1.0, (), key)
    rule = _first_rule(dataset.publisher, index.rules, source.id)
    if rule is not None:
        return Attribution(rule.institution, "rule", 1.0, (), key, rule.match)
    if source.institution is not None:
        return Attribution(source.institution, "source", 1.0, (), key)
    rule = _first_rule(dataset.publisher, index.rules, None)
    if rule is not None:
        return Attribution(rule.institution, "rule", 1.0, (), key, rule.match)
    publisher = dataset.publisher
    matches = remembered(index.matches, publisher, lambda: _publisher_matches(publisher, index.names))
    named = _settled([match for match in matches if match.named], source, as_of)
    if len(named) == 1:
        others = tuple(match for match in matches if match is not named[0])[:SUGGESTIONS]
        return Attribution(named[0].institution.id, "name", named[0].score, others, key, named[0].how)
    hints = [*_hints(dataset, source, index), *_decided_elsewhere(dataset.publisher, decisions or {}, index)]
    if not named:
        owner, host = _by_domain(dataset, source, index, as_of)
        if owner is not None:
            return Attribution(owner, "domain", DOMAIN_SCORE, _best([*matches, *hints]), key, host)
    return Attribution(None, "unattributed", 0.0, _best([*matches, *hints]), key)


def _ruled_on(publisher: Agent | None, source: Source, decisions: Decisions) -> tuple[tuple[str, str], ...]:
    """The decisions on the texts of a publisher: of this source first, key first; no text is ruled on everywhere."""
    texts = _texts(publisher)
    wanted = [(source.id, text) for text in texts] + [(EVERYWHERE, text) for text in texts if text]
    return tuple(pair for pair in wanted if pair in decisions)


def _texts(publisher: Agent | None) -> tuple[str, ...]:
    """The texts of a publisher that a decision may be filed under, its key first."""
    as_written = (publisher.name, publisher.native_id, publisher.uri) if publisher else ()
    return (publisher_key(publisher), *(text for text in as_written if text))


def _decided_elsewhere(publisher: Agent | None, decisions: Decisions, index: AttributionIndex) -> list[Match]:
    """What people ruled on the same texts of other sources: worth suggesting, and no more than that."""
    texts = {text for text in _texts(publisher) if text}
    ruled = {owner for (_, text), owner in decisions.items() if owner is not None and text in texts}
    known = index.names.institutions
    return [Match(known[owner], DECIDED_HINT, "decided_elsewhere") for owner in sorted(ruled) if owner in known]


def _first_rule(
    publisher: Agent | None, rules: Sequence[AttributionRule], source_id: str | None
) -> AttributionRule | None:
    if publisher is None:
        return None
    return next((rule for rule in rules if rule.source == source_id and _says(rule, publisher)), None)


def _says(rule: AttributionRule, publisher: Agent) -> bool:
    """Whether a rule speaks of this publisher."""
    name = publisher.name or ""
    if rule.match == "native_id":
        return publisher.native_id == rule.publisher
    if rule.match == "uri":
        return publisher.uri is not None and _same_address(publisher.uri, rule.publisher)
    if rule.match == "exact":
        return name.strip() == rule.publisher.strip()
    wanted = fold(rule.publisher)
    if rule.match == "folded":
        return fold(name) == wanted
    return f" {wanted} " in f" {fold(name)} "


def _same_address(one: str, other: str) -> bool:
    """Whether two URIs differ only in http or https and a slash at the end."""

    def plain(uri: str) -> str:
        return uri.strip().removeprefix("https://").removeprefix("http://").rstrip("/")

    return plain(one) == plain(other)


def _publisher_matches(publisher: Agent | None, names: NameIndex) -> tuple[Match, ...]:
    """Matches of the publisher's name; of its native id where the name names nobody."""
    if publisher is None:
        return ()
    by_name = match_institutions(publisher.name, names) if publisher.name else ()
    if any(match.named for match in by_name) or not publisher.native_id:
        return by_name
    by_id = match_institutions(publisher.native_id.replace("_", " "), names)
    return _best([*by_name, *by_id])


def _settled(named: list[Match], source: Source, as_of: str | None) -> list[Match]:
    """The best of the institutions that a text names; ties settled by being, then by what the source covers."""
    if not named:
        return []
    best = [match for match in named if match.score == named[0].score]
    best = [match for match in best if _in_being(match.institution, as_of)] or best
    return [match for match in best if match.institution.id in source.covers] or best


def _in_being(body: Institution, as_of: str | None) -> bool:
    if as_of is None:
        return True
    day = as_of[: len("2026-01-31")]
    return (body.valid_from or "") <= day <= (body.valid_to or "9999-12-31")


def _by_domain(
    dataset: Dataset, source: Source, index: AttributionIndex, as_of: str | None
) -> tuple[str | None, str | None]:
    """The institution of the publisher's address, else of the landing page, and the host that told it."""
    publisher = dataset.publisher
    own = [publisher.uri, _written_address(publisher.name)] if publisher else []
    for host in _hosts([*own, dataset.landing_page]):
        if _same_site(host, source):
            continue
        owners = [index.names.institutions[owner] for owner in _owners(host, index)]
        being = [body for body in owners if _in_being(body, as_of)] or owners
        if len(being) == 1:
            return being[0].id, host
    return None, None


def _written_address(name: str | None) -> str | None:
    """The address of a site where a publisher's name is one: `www.treasury.example`, `data@treasury.example`."""
    found = _SITE.match((name or "").strip())
    return f"https://{found[1]}" if found else None


def _hints(dataset: Dataset, source: Source, index: AttributionIndex) -> list[Match]:
    """Suggestions from where the files lie, from the contact's domain, and from what the source covers."""
    mail = dataset.contact.email_domain if dataset.contact else None
    addresses = [dataset.publisher.uri if dataset.publisher else None, dataset.landing_page]
    addresses += [distribution.url for distribution in dataset.distributions]
    hosts = [host for host in (*_hosts(addresses), *([mail.lower()] if mail else [])) if not _same_site(host, source)]
    hinted = {owner: HOST_HINT for host in hosts for owner in _owners(host, index)}
    if len(source.covers) == 1:
        hinted.setdefault(source.covers[0], COVERED_HINT)
    known = index.names.institutions
    return [
        Match(known[owner], score, "address" if score == HOST_HINT else "covered")
        for owner, score in hinted.items()
        if owner in known
    ]


def _best(matches: Iterable[Match]) -> tuple[Match, ...]:
    """The matches, each institution once by its best score, best first; at most `SUGGESTIONS` beyond those named."""
    best: dict[str, Match] = {}
    for match in matches:
        held = best.get(match.institution.id)
        if held is None or held.score < match.score:
            best[match.institution.id] = match
    ordered = sorted(best.values(), key=lambda match: (-match.score, match.institution.id))
    return tuple(match for place, match in enumerate(ordered) if match.score >= NAMED or place < SUGGESTIONS)


def _hosts(addresses: Iterable[str | None]) -> tuple[str, ...]:
    """The hosts of addresses, in order; what is no address tells nothing."""
    hosts: dict[str, None] = {}
    for address in addresses:
        if address:
            place = _PLACE.match(address)
            hosts[_host(address if place is None else place[0])] = None
    hosts.pop("", None)
    return tuple(hosts)


@lru_cache(maxsize=4096)
def _host(address: str) -> str:
    """The host of an address; empty where it has none."""
    try:
        return (urlsplit(address.strip()).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _owners(host: str, index: AttributionIndex) -> frozenset[str]:
    """The institutions of the longest domain that the host lies under."""
    labels = host.split(".")
    for start in range(len(labels) - 1):
        owners = index.domains.get(".".join(labels[start:]))
        if owners:
            return owners
    return frozenset()


def _same_site(host: str, source: Source) -> bool:
    return host in _hosts([source.url])

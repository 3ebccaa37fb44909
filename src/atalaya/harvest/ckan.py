"""CKAN and DKAN by their action API: search in pages, else the listing with resources, else every package by name.

Search asks for 1,000 packages a page, the most that CKAN gives by default (`ckan.search.rows_max`), ordered by id so that
edits between pages move nothing. A page that fails is asked again smaller; one package that breaks its page is passed over.
What search declares and does not give is looked for by name. A package that is gone (404) or closed (401, 403) when asked by
name is a problem; one that fails otherwise makes the harvest partial.
"""

import asyncio

from atalaya.countries.pack import Source
from atalaya.harvest import values
from atalaya.harvest.ckan_api import Endpoint, call, endpoints, is_absent, is_strained, names_a_file, result_of
from atalaya.harvest.ckan_gathering import Gathering, packages_in
from atalaya.harvest.protocol import Harvest, Place, Protocol
from atalaya.harvest.visits import Getter, Refusal, Trail, Visit, landed

PAGE_SIZE = 1_000
"""Packages asked a page: CKAN's own default limit of `package_search`."""
PAGES_LIMIT = 20_000
"""Pages of one listing, against a server that never ends."""
SHRINK = 10
"""How much smaller a page is asked again after it failed, and how many pages must succeed before it grows again."""
SKIPS_LIMIT = 3
"""Packages in a row that may fail alone before search is given up."""
SHOWS_AT_ONCE = 4
"""`package_show` requests in flight where the source declares no number of connections."""


async def harvest(source: Source, get: Getter) -> Harvest:
    """Harvest a CKAN or DKAN. What the source does wrong is in the result; nothing is raised for it."""
    gathering = Gathering(source, Trail(get))
    last = Refusal("no_datasets", f"{source.url} is no address under which an action API could live")
    for endpoint in endpoints(source.url):
        refusal = await _from_endpoint(endpoint, gathering)
        if refusal is None or gathering.items:
            if refusal is not None:
                gathering.worry(refusal)
            return gathering.harvest(PROTOCOL.id)
        last = refusal
        if not is_absent(refusal):
            break
    gathering.worry(last)
    return gathering.harvest(PROTOCOL.id)


def claims(visit: Visit) -> Refusal | None:
    """Why an answer is none of the action API; None where it holds packages or their names."""
    result = result_of(visit)
    if isinstance(result, Refusal):
        return result
    named = isinstance(result.value, list) and any(isinstance(item, str) for item in result.value)
    if named or packages_in(result.value) is not None:
        return None
    return Refusal("no_datasets", f"{landed(visit)} answered neither packages nor their names")


def places(first: Visit) -> tuple[Place, ...]:
    """The search and the list of names of every action API that may live at or above an address; none for a file's."""
    if names_a_file(first.url):
        return ()
    found: list[Place] = []
    for endpoint in endpoints(first.url):
        declared = first.url if endpoint.query else endpoint.base
        if endpoint.action is None or endpoint.action == "package_search":
            asks = (endpoint.url("package_search", rows=1), endpoint.url("package_list", limit=1))
            found.extend(Place(asked, declared) for asked in asks)
    return tuple(found)


async def _from_endpoint(endpoint: Endpoint, gathering: Gathering) -> Refusal | None:
    """Everything that one endpoint gives; None when it is all that it declares."""
    if endpoint.action is not None and endpoint.action != "package_search":
        return await _one_action(endpoint, gathering)
    refusal = await _search(endpoint, gathering)
    if refusal is None or endpoint.query:
        return refusal
    if gathering.items:
        by_name = await _by_name(endpoint, gathering)
        return refusal if by_name is not None or gathering.missing() else None
    if not is_absent(refusal) and refusal.reason != "http":
        return refusal
    listed = await _listing(endpoint, gathering)
    if listed is None:
        return None
    by_name = await _by_name(endpoint, gathering)
    return by_name if by_name is None or gathering.items else refusal


async def _one_action(endpoint: Endpoint, gathering: Gathering) -> Refusal | None:
    """A source declared as one action, such as `group_package_show?id=…` or `package_show?id=…`."""
    answer = await call(gathering.trail, endpoint.url(endpoint.action or ""))
    if isinstance(answer, Refusal):
        return answer
    packages = packages_in(answer.value)
    if packages is None:
        return Refusal("no_datasets", f"{answer.visit.url} answered no packages")
    gathering.envelope(answer.value if isinstance(answer.value, dict) and "results" in answer.value else None)
    gathering.add(packages)
    return None


async def _search(endpoint: Endpoint, gathering: Gathering) -> Refusal | None:
    """Page through `package_search`; gives why it cannot go on, None when all that it declares was read."""
    full = rows = gathering.source.page_size or PAGE_SIZE
    start = skips = calm = 0
    order = {} if any(name == "sort" for name, _ in endpoint.query) else {"sort": "id asc"}
    for _page in range(PAGES_LIMIT):
        answer = await call(gathering.trail, endpoint.url("package_search", **order, rows=rows, start=start))
        if isinstance(answer, Refusal):
            if order and start == 0 and answer.status in (400, 409):
                order = {}  # some copies of the API refuse the order
            elif is_strained(answer) and rows > 1:
                # Where nothing was given yet, one package tells soonest whether the search is dead or only overloaded.
                rows, calm = max(1, rows // SHRINK) if gathering.items else 1, 0
            elif is_strained(answer) and start > 0 and skips < SKIPS_LIMIT:
                gathering.ledger.problem(f"package_search start={start}", f"one package passed over: {answer.detail}")
                start, skips = start + 1, skips + 1
            else:
                return Refusal("page_failed", answer.detail) if start else answer
            if gathering.total is not None and start >= gathering.total:
                break
            continue
        given = _take_page(answer.value, answer.visit.url, gathering, start)
        if isinstance(given, Refusal):
            return given
        start, skips, calm = start + given, 0, calm + 1
        if not given or (gathering.total is not None and start >= gathering.total):
            break
        full = min(full, given) if given < rows else full
        if given < rows or calm >= SHRINK:
            rows, calm = min(full, rows * SHRINK), 0
    if gathering.missing():
        return Refusal("incomplete", f"{gathering.distinct} of {gathering.total} declared packages were given")
    return None


def _take_page(result: object, url: str, gathering: Gathering, start: int) -> int | Refusal:
    """Take one page of search: how many items it had (0 ends the paging), or why paging stops here."""
    packages = packages_in(result)
    if packages is None:
        return Refusal("no_datasets", f"{url} answered no list of packages")
    gathering.envelope(result)
    count = result.get("count") if isinstance(result, dict) else None
    total = count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None
    if gathering.total is not None and total is not None and total != gathering.total:
        change = f"the declared total went from {gathering.total} to {total} between pages"
        gathering.ledger.problem(f"package_search start={start}", change)
    gathering.total = gathering.total if total is None else total
    fresh = gathering.add(packages)
    if packages and not fresh:
        return 0 if gathering.total is None else Refusal("pages_repeat", f"{url} gave only packages of earlier pages")
    return len(packages)


async def _listing(endpoint: Endpoint, gathering: Gathering) -> Refusal | None:
    """Page through `current_package_list_with_resources`, which DKAN has and search has not; it declares no total."""
    size = gathering.source.page_size or PAGE_SIZE
    offset = 0
    for _page in range(PAGES_LIMIT):
        url = endpoint.url("current_package_list_with_resources", limit=size, offset=offset)
        answer = await call(gathering.trail, url)
        if isinstance(answer, Refusal):
            return Refusal("page_failed", answer.detail) if offset else answer
        packages = packages_in(answer.value)
        if packages is None:
            return Refusal("no_datasets", f"{url} answered no list of packages")
        known = gathering.distinct
        if not packages or (offset and not any(_is_new(item, gathering) for item in packages)):
            return None
        gathering.add(packages)
        if gathering.distinct == known:
            return None
        offset += len(packages)
    return Refusal("incomplete", f"{endpoint.base}: the listing does not end")


def _is_new(package: object, gathering: Gathering) -> bool:
    name = values.word(package.get("id") or package.get("name")) if isinstance(package, dict) else None
    return name is None or not gathering.has(name)


async def _by_name(endpoint: Endpoint, gathering: Gathering) -> Refusal | None:
    """Ask every package of `package_list` that was not seen yet; None when each was read or is a problem of its own."""
    names = await _names(endpoint, gathering)
    if isinstance(names, Refusal):
        return names
    wanted = [name for name in names if not gathering.has(name)]
    gathering.total = max(gathering.total or 0, len(names))
    at_once = gathering.source.connections or SHOWS_AT_ONCE
    failed: Refusal | None = None
    for place in range(0, len(wanted), at_once):
        batch = wanted[place : place + at_once]
        answers = await asyncio.gather(
            *(call(gathering.trail, endpoint.url("package_show", id=name)) for name in batch)
        )
        for name, answer in zip(batch, answers, strict=True):
            if not isinstance(answer, Refusal):
                gathering.add([answer.value])
                continue
            gathering.refused += 1
            gathering.ledger.problem(f"package_show {name}", answer.detail)
            if not (is_absent(answer) or answer.status in (401, 403)):
                failed = failed or Refusal("page_failed", answer.detail)
    if wanted and not gathering.items:
        return failed or Refusal("page_failed", f"none of the {len(wanted)} listed packages could be read")
    return failed


async def _names(endpoint: Endpoint, gathering: Gathering) -> list[str] | Refusal:
    """The names in `package_list`, in its order, each once; a server that ignores limits gives all at once."""
    size = gathering.source.page_size or PAGE_SIZE
    names: dict[str, None] = {}
    offset = 0
    for _page in range(PAGES_LIMIT):
        answer = await call(gathering.trail, endpoint.url("package_list", limit=size, offset=offset))
        if isinstance(answer, Refusal):
            if not offset:
                return answer
            if not is_absent(answer):
                gathering.worry(Refusal("page_failed", answer.detail))
            break
        if not isinstance(answer.value, list):
            return Refusal("no_datasets", f"{answer.visit.url} answered no list of names")
        given = values.words(answer.value)
        fresh = [name for name in given if name not in names]
        if len(given) < len(answer.value):
            gathering.ledger.unreadable("package_list[]", "not a name, or a name given twice")
        names.update(dict.fromkeys(fresh))
        offset += len(answer.value)
        if not fresh or len(answer.value) > size:
            break
    return list(names)


PROTOCOL = Protocol(
    id="ckan",
    title={"en": "CKAN action API", "es": "API de acciones de CKAN"},
    description={
        "en": "Packages and resources of a CKAN or DKAN portal, through its action API, version 3.",
        "es": "Conjuntos y recursos de un portal CKAN o DKAN, por su API de acciones, versión 3.",
    },
    documentation="https://docs.ckan.org/en/latest/api/",
    harvest=harvest,
    claims=claims,
    places=places,
    outdone_by=("datajson_ar",),
)

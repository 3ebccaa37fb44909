"""No page, file, API, feed, dump or log carries data of persons: a planted set is searched for in all of them."""

import io
import json
import logging
import re
import tempfile
import zipfile
from collections import deque
from collections.abc import Iterator
from html import unescape
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import duckdb
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import get_resolver, resolve

from atalaya.countries.reader import read_pack
from atalaya.history.read import Sealed
from atalaya.portal.database import serving_database
from atalaya.portal.migrating import migrate, portal_on
from atalaya.portal.observatory import models
from atalaya.publish.dumps.making import make_dump
from atalaya.publish.read_model import load
from tests.portal.api.test_routes import EVERY, PRIVATE, routes
from tests.portal.conftest import _promise, _with_a_law
from tests.portal.personal.planted import identity_of, mail_of, name_of, observed, planted, telephone_of

pytestmark = pytest.mark.slow

Country = tuple[Path, list[Sealed], io.StringIO]
"""The folder, the rounds, and everything that was logged from the first request on."""

ASIDE = ("/cuenta/", "/en/cuenta/", "/estatico/")
"""What the walk leaves out: pages for one person, and files of ours that hold nothing of the country."""

FEW = 3
"""Things of a kind whose English pages are asked for: they show the rows of the Spanish ones, which are all asked for."""

MOST = 4000
"""Addresses that are asked at most; the country has fewer."""


@pytest.fixture(scope="module")
def country() -> Iterator[Country]:
    """Two rounds over the planted country, loaded into a portal of their own."""
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with tempfile.TemporaryDirectory(prefix="atalaya-", ignore_cleanup_errors=True) as folder:
            pack, rounds = observed(Path(folder))
            with serving_database(Path(folder), "") as address:
                migrate(address, Path(folder))
                with psycopg.connect(address, autocommit=True) as writing:
                    load(writing, rounds, _with_a_law(read_pack(pack)))
                _promise(address, Path(folder))
                for each in rounds:
                    make_dump(Path(folder) / "home", each)
                with (
                    pytest.MonkeyPatch.context() as patch,
                    portal_on(address, Path(folder)),
                ):
                    patch.setattr(settings, "KEPT_ANSWERS", Path(folder) / "answers")
                    patch.setattr(settings, "ATALAYA_HOME", Path(folder) / "home")
                    yield Path(folder), rounds, told
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@pytest.fixture(scope="module")
def answers(country: Country) -> dict[str, str]:
    """Address → its answer as text, of every address of the portal that a link, a list or a table of routes leads to."""
    client, found = Client(raise_request_exception=False), {}
    waiting = deque(seeds())
    seen = set(waiting)
    while waiting and len(found) < MOST:
        place = waiting.popleft()
        answer = client.get(place)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code < 500, place
        text = "\n".join(text_of(body, answer.headers["Content-Type"]))
        found[place] = f"{answer.status_code} {answer.headers} {text}"
        for link in links(text, place):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    assert not waiting, "the walk did not end"
    return found


def things() -> dict[str, list[str]]:
    """Everything that addresses name, by the placeholder of the table of routes; empty where the country has none."""
    parts = list(models.Resource.objects.order_by("dataset", "place").values_list("dataset", "id"))
    return {
        "slug": list(models.Institution.objects.values_list("slug", flat=True)),
        "dataset": [dataset for dataset, _ in parts],
        "part": [part for _, part in parts],
        "name": list(models.Dataset.objects.values_list("name", flat=True)),
        "resource": [part for _, part in parts],
        "finding": list(models.Finding.objects.values_list("id", flat=True)),
        "rule": list(models.Rule.objects.filter(kind="check").values_list("id", flat=True)[:FEW]),
        "duty": list(models.Duty.objects.values_list("id", flat=True)[:FEW]),
        "source": list(models.Source.objects.values_list("id", flat=True)),
        "lost": list(models.Vanished.objects.values_list("id", flat=True)),
        "topic": list(models.Topic.objects.values_list("id", flat=True)),
        "sha256": list(models.Archived.objects.values_list("sha256", flat=True)),
        "edition": list(models.Edition.objects.values_list("observation", flat=True)),
        "international": [],
        "body": [],
        "published": [],
        "day": ["2026-01-06"],
        "observation": ["newest"],
    }


def seeds() -> Iterator[str]:
    """Every row of the table of routes with everything that it can name, and every list as a file."""
    every = things()
    for place, _, _ in EVERY.values():
        names = sorted(set(re.findall(r"\{(\w+)\}", place)))
        assert set(names) <= every.keys(), f"{place} names what the walk does not know: add it to `things`"
        if not names:
            yield f"/{place}"
            for form in ("csv", "xlsx", "json"):
                yield f"/{place}{'&' if '?' in place else '?'}formato={form}"
            continue
        rows = zip(*(cycle(every[name]) for name in names), strict=False) if all(every[name] for name in names) else ()
        most = max(len(every[name]) for name in names)
        for row in islice(rows, min(most, FEW) if place.startswith("en/") else most):
            yield "/" + place.format(**dict(zip(names, row, strict=True)))
    search = 'package_search?rows=1000&facet.field=["tags","organization"]'
    for action in ("package_list", search, "tag_list", "organization_list"):
        yield f"/api/3/action/{action}"
    for listed in ("datasets", "resources", "findings", "institutions", "changes", "vanished", "sources"):
        yield f"/api/v1/{listed}?limit=1000"
    for name in models.Dataset.objects.values_list("name", flat=True):
        yield f"/api/3/action/package_show?id={name}"


def links(text: str, place: str) -> Iterator[str]:
    """The addresses of the portal that an answer leads to, without the ways of sorting a list anew."""
    for found in re.findall(r'(?:href|src)="([^"]*)"|(http://testserver/[^\s"<>]*)', text):
        target = urldefrag(urljoin(place, unescape(found[0] or found[1]).removeprefix("http://testserver")))[0]
        parts = urlsplit(target)
        ours = not parts.scheme and not parts.netloc and not parts.path.startswith((*ASIDE, "/en/"))
        if ours and ("?" not in target or re.search(r"\?pagina=\d+$", target)):
            yield target


def text_of(body: bytes, kind: str) -> Iterator[str]:
    """All that a body says, whatever it is packed into."""
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            for name in packed.namelist():
                yield name
                yield from text_of(packed.read(name), "")
    elif body[:4] == b"PAR1":
        with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
            file.write(body)
            file.flush()
            yield "\n".join(str(row) for row in duckdb.read_parquet(file.name).fetchall())
    else:
        text = body.decode("utf-8", "replace")
        yield text
        if "json" in kind or text[:1] in "{[":
            yield from _told(text)


def _told(text: str) -> Iterator[str]:
    try:
        yield json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return


MARKS = re.compile(r"ficticia|29876|55557|5555 7|fiebre de|zona imaginaria")
"""What every planted value holds, so that most texts are looked at once only."""

SOUGHT = [(value, value.casefold(), value.replace(" ", "")) for value in planted()]


def leaks(text: str) -> list[str]:
    """The planted values that a text holds, however it is escaped, folded or spaced."""
    folded = re.sub(r"\s+", " ", unquote(unescape(text))).casefold()
    digits = re.sub(r"(?<=\d)[ .\-](?=\d)", "", folded)
    if not MARKS.search(folded) and not MARKS.search(digits):
        return []
    return [value for value, as_text, joined in SOUGHT if as_text in folded or (joined.isdigit() and joined in digits)]


def test_every_planted_value_has_a_mark() -> None:
    assert [value for value in planted() if not MARKS.search(value.casefold())] == []


def test_the_search_finds_what_is_hidden() -> None:
    mail = mail_of(0).replace("@", "&#64;")
    for text in (
        mail,
        identity_of(1),
        telephone_of(2).replace(" ", "-"),
        name_of(3).upper(),
        mail_of(4).replace("@", "%40"),
    ):
        assert leaks(f"x {text} y"), text
    assert leaks("nada de nadie 2026") == []


def test_the_country_was_read_with_its_persons(country: Country) -> None:
    """What is not seen cannot leak: the registers were inspected, judged and kept."""
    _, rounds, _ = country
    personal = list(rounds[0].rows("outcomes", "check_id = 'personal_data_absent' AND verdict = 'fail'"))
    assert personal
    assert len(list(rounds[0].rows("outcomes", "verdict = 'fail'"))) > 20
    assert list(rounds[0].rows("sites"))
    assert leaks("\n".join(str(row) for row in rounds[0].rows("records"))), "catalogues do hold persons"


def test_every_route_was_walked(country: Country, answers: dict[str, str]) -> None:
    every = things()
    walked = {resolve(urlsplit(place).path).route for place, told in answers.items() if told.startswith("200")}
    lacking = {
        route
        for route, (place, status, _) in EVERY.items()
        if status != 200 or not all(every[name] for name in re.findall(r"\{(\w+)\}", place))
    }
    public = {each for each in routes(get_resolver()) if not each.startswith(PRIVATE)}
    assert public - lacking - walked == set(), "give the walk what these name"
    assert len(lacking) < len(public) / 4


def test_no_answer_of_the_portal_holds_a_person(answers: dict[str, str]) -> None:
    found = {place: told[:5] for place, answer in answers.items() if (told := leaks(answer))}
    assert found == {}, f"{len(found)} of {len(answers)} answers"


def test_no_dump_holds_a_person(country: Country, tmp_path: Path) -> None:
    folder, rounds, _ = country
    made = make_dump(folder / "home", rounds[-1], tmp_path / "dump")
    found, looked = {}, 0
    for path in sorted(made.rglob("*")):
        if path.is_file():
            looked += 1
            text = "\n".join((path.name, *text_of(path.read_bytes(), "")))
            if told := leaks(text):
                found[path.name] = told[:5]
    assert looked > 20
    assert found == {}


def test_nothing_in_the_tables_of_the_read_model_holds_a_person(country: Country) -> None:
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'published'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT to_jsonb(row)::text FROM published."{table}" AS row')
            if told := leaks("\n".join(row[0] for row in cursor.fetchall())):
                found[table] = told[:5]
    assert found == {}


def test_no_log_holds_a_person(country: Country, answers: dict[str, Any]) -> None:
    folder, _, told = country
    assert "dos.small.example" in told.getvalue() or len(told.getvalue()) > 0
    logs = [path for path in folder.rglob("*.log") if "database" not in path.parts]
    assert leaks(told.getvalue()) == []
    assert leaks("\n".join(path.read_text(encoding="utf-8", errors="replace") for path in logs)) == []

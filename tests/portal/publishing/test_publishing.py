"""From a messy file to a published dataset with versions, and to its tombstone; and who may do and see what on the way."""

import asyncio
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client

from atalaya.harvest import dcat_rdf
from atalaya.harvest.protocol import COMPLETE
from atalaya.inspection.schemas.packages import read_package
from atalaya.portal.accounts import trail
from atalaya.portal.accounts.services import RefusedError
from atalaya.portal.observatory.models import Institution
from atalaya.portal.publishing import choices, decisions, services
from atalaya.portal.publishing.empty_tables import empty_table, schema_of, schemas_of
from atalaya.portal.publishing.models import Version
from atalaya.portal.publishing.services import lacking
from atalaya.portal.publishing.states import MOVES, STATES
from atalaya.repair.changes import DECISIONS, DOUBTS, TEXTS
from atalaya.translations import missing
from tests.portal.api.test_harvesting import get, source

UNO, DOS, ANALYST = (
    {"role": "focal_point", "institution": "zz:uno"},
    {"role": "focal_point", "institution": "zz:dos"},
    {"role": "analyst"},
)
MESSY = (
    "Informe de gasto;;\nMunicipio;Fecha;Monto\n"
    + "".join(f"Lugar {number};{number:02}/03/2024;Q 1,{number:03}.50\n" for number in range(1, 29))
    + "Otro;N/D;-\n"
)
NEXT = "Municipio,Fecha,Monto\n" + "".join(
    f"Lugar {number},2024-03-{number:02},1{number:03}.50\n" for number in range(1, 26)
)
PEOPLE = "nombre,dpi,correo,monto\n" + "".join(
    f"Persona Inventada {number},{1000000000000 + number},p{number}@correo-inventado.example,{number}\n"
    for number in range(40)
)
SAID = {
    "title": "Gasto por lugar en 2024", "description": "Lo que gastó cada lugar inventado durante marzo.",
    "contact": "datos@inventada.example", "licence": "CC-BY-4.0", "frequency": "MONTHLY", "theme": "ECON", "language": "es",
    "duties": [],
}  # fmt: skip
New = Callable[..., Any]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    kept, settings.ATALAYA_HOME = settings.ATALAYA_HOME, tmp_path
    yield tmp_path
    settings.ATALAYA_HOME = kept


def upload(text: str, name: str = "gasto.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode("cp1252"))


def begun(by: Any, text: str = MESSY, title: str = "Gasto por lugar") -> Version:
    return services.begin(by, "zz:uno", title, upload(text))


def ready(by: Any, version: Version) -> Version:
    if version.repaired_id:
        services.choose(by, version, "repaired")
    return services.submit(by, services.describe(by, version, SAID))


def published(by: Any, reviewer: Any, text: str = MESSY) -> Version:
    return decisions.accept(reviewer, ready(by, begun(by, text)))


def reading(client: Client, address: str) -> tuple[int, bytes]:
    answer = client.get(address)
    return answer.status_code, b"".join(answer.streaming_content) if answer.streaming else answer.content


def signed_in(new_client: New, person: Any) -> Client:
    client: Client = new_client()
    client.force_login(person)
    return client


def place(version: Version) -> str:
    return f"/publicado/{Institution.objects.get(id='zz:uno').slug}/{version.publication.slug}/"


def test_a_messy_file_is_published_repaired_versioned_and_taken_down(
    home: Path, new_person: New, new_client: New
) -> None:
    writer, analyst, visitor = new_person(UNO), new_person(ANALYST), new_client()
    draft = begun(writer)
    assert (draft.state, draft.choice, draft.personal) == ("draft", "", [])
    repair = draft.report["repair"]
    assert repair["cells"] > 50
    assert {"after": "2024-03-01", "before": "01/03/2024"}.items() <= _of_column(repair, "Fecha")[0].items()
    assert "choose" in " ".join(lacking(draft))
    first = published_again = decisions.accept(analyst, ready(writer, draft))
    where = place(first)
    assert visitor.get(where).status_code == 200
    newest = visitor.get(f"{where}ultima.csv")
    assert (newest.status_code, newest.headers["Location"].endswith(f"{where}1.csv")) == (302, True)
    status, body = reading(visitor, f"{where}1.csv")
    assert status == 200
    assert body.decode().splitlines()[:2] == ["Municipio,Fecha,Monto", "Lugar 1,2024-03-01,1001.50"]
    second = decisions.accept(analyst, ready(writer, services.continue_with(writer, first, upload(NEXT))))
    assert (second.number, second.title, second.changes["before"]) == (2, SAID["title"], 1)
    assert "Qué cambió desde la versión 1" in visitor.get(where).content.decode()
    assert reading(visitor, f"{where}1.csv") == (200, body)
    decisions.take_down(writer, second, "Las cifras eran de otro año.")
    assert visitor.get(f"{where}2.csv").status_code == 410
    assert "otro año" in visitor.get(f"{where}2.csv").json()["detail"]
    assert visitor.get(f"{where}ultima.csv").headers["Location"].endswith("1.csv")
    decisions.take_down(analyst, published_again, "La institución lo pidió por escrito.")
    page = visitor.get(where)
    assert page.status_code == 200
    assert "La institución lo pidió por escrito." in page.content.decode()
    for name in ("1.csv", "ultima.csv", "datapackage.json", "datapackage-1.json"):
        assert visitor.get(where + name).status_code == 410
    assert visitor.get(f"/archivos/{first.result.key}/").status_code == 404
    labels = [each.values["state"] for each in trail.entries("publishing.version") if each.row == first.pk]
    assert labels[0] == "taken_down"
    assert {"draft", "review", "published"} <= set(labels)


def _of_column(repair: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [each for table in repair["tables"] for each in table["sample"] if each["column"] == name]


def test_nobody_reviews_what_they_had_a_hand_in(home: Path, new_person: New) -> None:
    writer, second, other = new_person(UNO), new_person(UNO), new_person(DOS)
    draft = begun(writer)
    services.choose(second, draft, "repaired")
    sent = services.submit(writer, services.describe(writer, draft, SAID))
    for person in (writer, second, other, new_person()):
        with pytest.raises(RefusedError, match="somebody else"):
            decisions.accept(person, sent)
    back = decisions.give_back(new_person(UNO), sent, "Falta decir de qué año es.")
    assert (back.state, back.result) == ("draft", None)
    assert decisions.accept(new_person(UNO), services.submit(writer, back)).number == 1


def test_personal_data_stop_a_publication_until_a_ground_is_stated(
    home: Path, new_person: New, new_client: New
) -> None:
    writer = new_person(UNO)
    draft = begun(writer, PEOPLE)
    assert {each["column"] for each in draft.personal} == {"dpi"}
    told = json.dumps(draft.report)
    assert "correo-inventado" not in told
    assert "1000000000001" not in told
    page = signed_in(new_client, writer).get(f"/publicar/{draft.pk}/").content.decode()
    assert "correo-inventado" not in page
    draft = services.describe(writer, draft, SAID)
    if draft.repaired_id:
        draft = services.choose(writer, draft, "original")
    with pytest.raises(RefusedError, match="legal ground"):
        services.submit(writer, draft)
    with pytest.raises(RefusedError, match="article"):
        services.state_ground(writer, draft, "porque sí")
    with pytest.raises(RefusedError, match="speak for"):
        services.state_ground(new_person(ANALYST), draft, "Artículo 10, numeral 2, de la ley inventada.")
    clean = services.replace_file(writer, draft, upload(NEXT))
    assert clean.personal == []
    again = services.replace_file(writer, clean, upload(PEOPLE))
    again = services.choose(writer, again, "original")
    stated = services.state_ground(writer, again, "Artículo 10, numeral 2, de la ley inventada.")
    done = decisions.accept(new_person(ANALYST), services.submit(writer, stated))
    assert done.state == "published"
    assert "Artículo 10" in new_client().get(place(done)).content.decode()


def test_no_draft_is_seen_or_changed_by_another_institution(home: Path, new_person: New, new_client: New) -> None:
    writer = new_person(UNO)
    draft = begun(writer, title="Secreto todavía sin publicar")
    other, public, analyst = (signed_in(new_client, new_person(role)) for role in (DOS, None, ANALYST))
    addresses = [f"/publicar/{draft.pk}/", f"/publicar/{draft.pk}/archivo/", f"/archivos/{draft.original.key}/"]
    addresses.append(f"/archivos/{draft.repaired.key}/")
    for address in addresses:
        assert other.get(address).status_code == 404
        assert public.get(address).status_code in (403, 404)
        assert new_client().get(address).status_code in (302, 404)
        assert reading(analyst, address)[0] in (200, 403)
    for step in ({"step": "choose", "choice": "original"}, {"step": "describe", **SAID}, {"step": "submit"},
                 {"step": "ground", "words": "x" * 30}, {"step": "discard"}, {"step": "accept"}):  # fmt: skip
        assert other.post(addresses[0], step).status_code == 404
        assert public.post(addresses[0], step).status_code == 403
    assert other.post(addresses[1], {"file": upload(NEXT)}).status_code == 404
    assert analyst.post(addresses[1], {"file": upload(NEXT)}).status_code == 403
    assert analyst.post(addresses[0], {"step": "describe", **SAID}).status_code == 200
    for form in ("", "csv", "json"):
        assert "Secreto" not in reading(other, f"/publicar/?formato={form}")[1].decode()
        assert "Secreto" in reading(analyst, f"/publicar/?formato={form}")[1].decode()
        assert "Secreto" not in reading(new_client(), f"/publicado/?formato={form}")[1].decode()
    assert "Secreto" not in new_client().get("/buscar/?q=secreto").content.decode().replace('value="secreto"', "")
    assert "Secreto" not in reading(new_client(), "/publicado/catalogo.ttl")[1].decode()
    for name in ("", "1.csv", "ultima.csv", "datapackage.json"):
        assert new_client().get(place(draft) + name).status_code == 404
    before = Version.objects.get(pk=draft.pk)
    assert (before.state, before.title, before.choice, before.hands) == ("draft", draft.title, "", [writer.pk])
    with pytest.raises(RefusedError):
        services.begin(new_person(DOS), "zz:uno", "Ajeno", upload(NEXT))


def test_what_was_published_stays_as_it_is(home: Path, new_person: New) -> None:
    version = published(new_person(UNO), new_person(ANALYST), NEXT)
    for change in (
        lambda: Version.objects.filter(pk=version.pk).update(title="Otro título"),
        lambda: Version.objects.filter(pk=version.pk).update(state="draft"),
        lambda: Version.objects.filter(pk=version.pk).delete(),
        lambda: _sql("UPDATE publishing_version SET sha256 = 'x' WHERE id = %s", version.pk),
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            change()
    assert Version.objects.get(pk=version.pk).title == SAID["title"]


def _sql(text: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def test_two_versions_are_not_prepared_at_once(home: Path, new_person: New) -> None:
    writer = new_person(UNO)
    version = published(writer, new_person(ANALYST), NEXT)
    begun_one = services.continue_with(writer, version, upload(MESSY))
    with pytest.raises(RefusedError, match="in preparation already"):
        services.continue_with(writer, version, upload(MESSY))
    decisions.discard(writer, begun_one)
    assert services.continue_with(writer, version, upload(MESSY)).description == SAID["description"]


def test_machines_read_what_is_published(home: Path, new_person: New, new_client: New, site: str) -> None:
    version = published(new_person(UNO), new_person(ANALYST))
    status, body = reading(new_client(), f"{place(version)}datapackage.json")
    package = json.loads(body)
    assert (status, package["version"], package["licenses"][0]["name"]) == (200, "1", "CC-BY-4.0")
    resource = package["resources"][0]
    assert resource["hash"] == f"sha256:{version.sha256}"
    assert [each["type"] for each in resource["schema"]["fields"]] == ["string", "date", "number"]
    assert read_package(package, lambda _: body).problems == ()
    harvested = asyncio.run(dcat_rdf.harvest(source("dcat_rdf", f"{site}/publicado/catalogo.ttl"), get))
    assert (harvested.state, harvested.problems) == (COMPLETE, ())
    found = next(
        each for each in harvested.datasets if each.landing_page and each.landing_page.endswith(place(version))
    )
    assert found.title == {"es": SAID["title"]}
    assert found.distributions[0].url.endswith(f"{place(version)}1.csv")
    assert found.profile_violations == ()
    assert len(harvested.datasets) == len(
        {each.publication_id for each in services.published() if each.state == "published"}
    )


def test_a_form_leads_through_it(home: Path, new_person: New, new_client: New) -> None:
    client = signed_in(new_client, new_person(UNO))
    assert "Publicar un conjunto de datos nuevo" in client.get("/publicar/").content.decode()
    refused = client.post(
        "/publicar/nuevo/", {"institution": "zz:uno", "title": "Gasto", "file": upload("MZ", "a.exe")}
    )
    assert "es un programa" in refused.content.decode()
    stranger = client.post("/publicar/nuevo/", {"institution": "zz:dos", "title": "Gasto", "file": upload(NEXT)})
    assert stranger.status_code == 200
    done = client.post("/publicar/nuevo/", {"institution": "zz:uno", "title": "Gasto de todos", "file": upload(NEXT)})
    assert done.status_code == 302
    address = done.headers["Location"]
    assert "Antes de enviarlo a revisión" in client.get(address).content.decode()
    assert client.post(address, {"step": "describe", **SAID, "title": "x"}).status_code == 200
    assert client.post(address, {"step": "describe", **SAID}).status_code == 302
    text = client.get(address).content.decode()
    if "Publicar el archivo reparado" in text:
        client.post(address, {"step": "choose", "choice": "original"})
    assert client.post(address, {"step": "submit"}).status_code == 302
    assert "Usted participó en esta versión" in client.get(address).content.decode()
    assert "existe ese paso" in client.post(address, {"step": "none"}).content.decode()


def test_empty_tables_have_the_columns_of_their_schema(tmp_path: Path) -> None:
    found = schemas_of("gt")
    assert found
    for schema in found:
        assert schema_of(schema.id) == schema
        header = empty_table(schema, "csv", "es", tmp_path).decode("utf-8-sig").strip().split(",")
        assert header == [each.name for each in schema.schema.fields]
        assert empty_table(schema, "xlsx", "es", tmp_path).startswith(b"PK")
    assert schemas_of("../../etc") == ()
    assert schema_of("none") is None


def test_everything_that_is_said_is_said_in_spanish() -> None:
    said = [*STATES.values(), *(text for move in MOVES for text in (move.title, move.words) if text)]
    said += [text for text, _ in choices.LICENCES.values()] + [*choices.FREQUENCIES.values(), *choices.THEMES.values()]
    said += [*TEXTS.values(), *DECISIONS.values(), *DOUBTS.values(), *(name for name, _ in choices.LANGUAGES.values())]
    assert missing(tuple(said), "es", "publishing") == ()

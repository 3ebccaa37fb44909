"""Plans, what-ifs, calendars and municipalities: what they show is what the engine says, within the limits that are set."""

import io
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from django.test import Client

from atalaya.countries.pack import CountryPack
from atalaya.countries.reader import read_pack
from atalaya.duties.calendar import falling_due
from atalaya.history.improvement import improvement_plan
from atalaya.history.read import Sealed
from atalaya.indices.language.reading import read_shipped_index
from atalaya.portal.core import days
from atalaya.portal.observatory.models import Bound, Due, Expected, Finding, Institution, Mendable, Plan, Seat
from tests.portal.observatory.test_index_pages import rows

Rounds = tuple[Path, list[Sealed]]
INDEX = read_shipped_index("open-data-national/1")
STEPS = 25


def lawful(folder: Path) -> CountryPack:
    """The small country with the law that the portal under test was loaded with."""
    other = read_pack(Path(__file__).parents[2] / "fixtures" / "countries" / "zz")
    wanted = ("laws", "duties", "update_rules", "obliged_classes", "calendar")
    return replace(read_pack(folder), **{name: getattr(other, name) for name in wanted})


def bodies() -> list[Institution]:
    return list(Institution.objects.order_by("id"))


def test_a_plan_is_what_the_engine_plans(visitor: Client, two_small_rounds: Rounds) -> None:
    newest = two_small_rounds[1][-1]
    mending = 0
    for body in bodies():
        plan = improvement_plan(newest, INDEX, body.id, STEPS)
        told = rows(visitor, f"/instituciones/{body.slug}/plan/")
        assert [row["hallazgo"] for row in told] == [step.finding_id for step in plan.steps]
        assert [row["puntos"] for row in told] == pytest.approx([step.points for step in plan.steps])
        assert [row["puntaje_entonces"] for row in told] == pytest.approx([s.standing.score for s in plan.steps])
        stored = Plan.objects.get(unit=body.id)
        assert (stored.now["score"], stored.best["score"]) == (plan.now.score, plan.best.score)
        assert stored.reason == plan.reason
        mending += len(told)
    assert mending > 10


@pytest.mark.parametrize(("prefix", "said"), [("", "Qué hacer:"), ("en/", "What to do:")])
def test_a_plan_is_printed_for_everybody(visitor: Client, prefix: str, said: str) -> None:
    body = max(bodies(), key=lambda each: each.findings)
    answer = visitor.get(f"/{prefix}instituciones/{body.slug}/plan.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    made = answer.content
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.Root.Lang == ("en" if prefix else "es")
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert body.name in str(pdf.docinfo.Title)
    pages = pypdfium2.PdfDocument(made)
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    assert said in text
    assert body.name in " ".join(text.split())
    image = pages[0].render(scale=0.5).to_pil().convert("L")
    assert len(set(image.tobytes())) > 10  # something is drawn


def test_what_would_be_is_what_the_engine_computes(visitor: Client, two_small_rounds: Rounds) -> None:
    newest = two_small_rounds[1][-1]
    for body in bodies():
        mendable = list(Mendable.objects.filter(unit=body.id))
        every = "&".join(f"prueba={each.check_id}" for each in mendable)
        now, then = rows(visitor, f"/instituciones/{body.slug}/que-pasaria/?{every}")
        plan = improvement_plan(newest, INDEX, body.id, STEPS)
        if plan.steps and not plan.steps[0].at_least:
            assert (now["puntaje"], now["puntaje_minimo"], now["puesto"]) == (
                plan.now.score,
                plan.now.low,
                plan.now.rank,
            )
            assert (then["puntaje"], then["puntaje_maximo"]) == (plan.best.score, plan.best.high)
            assert (then["puesto"], then["puesto_peor"]) == (plan.best.rank, plan.best.rank_high)
        for each in mendable[:2]:
            _, alone = rows(visitor, f"/instituciones/{body.slug}/que-pasaria/?prueba={each.check_id}")
            assert alone["puntaje"] - now["puntaje"] == pytest.approx(each.points, abs=1e-9)


def test_single_findings_count_and_those_of_others_do_not(visitor: Client) -> None:
    mendable = next(each for each in Mendable.objects.order_by("-alone") if each.failing > 1)
    body = Institution.objects.get(id=mendable.unit)
    mine = Finding.objects.filter(institution=body.id, check_id=mendable.check_id).first()
    other = Finding.objects.exclude(institution=body.id).exclude(institution=None).first()
    address = f"/instituciones/{body.slug}/que-pasaria/"
    now, then = rows(visitor, f"{address}?hallazgo={mine.id}&hallazgo={mine.id}&hallazgo={other.id}")
    assert then["puntaje"] - now["puntaje"] == pytest.approx(mendable.alone, abs=1e-9)
    hostile = "&".join(f"hallazgo={'x' * 200}{number}" for number in range(150))
    assert rows(visitor, f"{address}?{hostile}&prueba=nadie") == rows(visitor, address)
    text = visitor.get(f"/en{address[0:]}?prueba={mendable.check_id}").content.decode()
    assert f'value="{mendable.check_id}" checked' in text


def test_a_calendar_has_what_the_law_and_the_records_say(
    visitor: Client, two_small_rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = date(2026, 1, 20)
    monkeypatch.setattr(days, "today", lambda: today)
    pack = lawful(two_small_rounds[0])
    found = 0
    for body in pack.institutions:
        slug = Institution.objects.get(id=body.id).slug
        told = rows(visitor, f"/instituciones/{slug}/calendario/?dias=120")
        duties = [(row["vence"], row["obligacion"], row["periodo"]) for row in told if row["clase"] == "obligacion"]
        dues = falling_due(pack, body, today, today + timedelta(days=120))
        assert sorted(duties) == sorted((each.day.isoformat(), each.duty_id, str(each.period)) for each in dues)
        data = [(row["vence"], row["conjunto"]) for row in told if row["clase"] == "datos"]
        last = today + timedelta(days=120)
        stored = Expected.objects.filter(institution=body.id, day__range=(today, last))
        assert sorted(data) == sorted((each.day.isoformat(), each.dataset) for each in stored)
        found += len(duties)
    assert found > 0
    everybody = rows(visitor, "/calendario/?dias=120")
    assert sum(row["clase"] == "obligacion" for row in everybody) == found
    assert all(
        Due.objects.filter(duty=row["obligacion"], period=row["periodo"]) for row in everybody if row["obligacion"]
    )


def test_a_calendar_is_new_every_day(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: date(2026, 1, 20))
    one = visitor.get("/calendario/")
    monkeypatch.setattr(days, "today", lambda: date(2026, 1, 21))
    other = visitor.get("/calendario/")
    assert one.headers["ETag"] != other.headers["ETag"]
    assert "20 de enero de 2026" in one.content.decode()
    assert "21 de enero de 2026" in other.content.decode()
    monkeypatch.setattr(days, "today", lambda: date(2031, 1, 1))
    assert "La observación es muy antigua para hoy" in visitor.get("/calendario/").content.decode()


@pytest.mark.parametrize(
    "query", ["desde=0001-01-01&dias=99999", "desde=9999-12-31&dias=366", "desde=x&dias=-1", "dias=٣"]
)
def test_days_that_are_none_break_no_calendar(visitor: Client, query: str) -> None:
    slug = bodies()[0].slug
    for address in ("/calendario/", f"/instituciones/{slug}/calendario/"):
        assert visitor.get(f"{address}?{query}").status_code == 200
        assert visitor.get(f"{address}?{query}&formato=csv").status_code == 200


def test_calendar_programs_can_subscribe(visitor: Client) -> None:
    unit = Bound.objects.filter(dated=True).first().institution
    slug = Institution.objects.get(id=unit).slug
    for address in ("/calendario.ics", f"/instituciones/{slug}/calendario.ics", "/en/calendario.ics"):
        answer = visitor.get(address)
        assert answer.headers["Content-Type"].startswith("text/calendar")
        lines = answer.content.split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR"
        assert lines[-2:] == [b"END:VCALENDAR", b""]
        assert all(len(line) <= 75 for line in lines)
        whole = re.sub(rb"\r\n ", b"", answer.content).decode()
        marks = re.findall(r"^UID:(.+)$", whole, re.M)
        assert len(marks) == len(set(marks)) == whole.count("BEGIN:VEVENT") > 0
        for address_of in re.findall(r"^URL:(.+)\r$", whole, re.M)[:3]:
            assert visitor.get(address_of.removeprefix("http://testserver")).status_code == 200


def test_a_municipality_is_chosen_without_a_script(visitor: Client) -> None:
    first = visitor.get("/mi-municipio/").content.decode()
    assert '<option value="A">Arriba</option>' in first
    below = visitor.get("/mi-municipio/?departamento=A").content.decode()
    assert '<a href="?municipio=A1">Enmedio</a>' in below
    body = Institution.objects.get(id=Seat.objects.get(division="A1").institution)
    page = visitor.get("/mi-municipio/?municipio=A1").content.decode()
    assert f'href="/instituciones/{body.slug}/"' in page
    assert "Enmedio" in page
    assert "Sus obligaciones legales" in page
    told = rows(visitor, "/mi-municipio/?departamento=A")
    assert [(row["division"], row["institucion"]) for row in told] == [("A1", body.id)]
    for hostile in ("%27", "x" * 3000, "%3Cscript%3E"):
        answer = visitor.get(f"/mi-municipio/?municipio={hostile}&departamento={hostile}")
        assert answer.status_code == 200
        assert "<script" not in answer.content.decode()

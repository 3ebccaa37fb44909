"""Letters in the portal: filled with the law, the institution and the day on which the answer is due."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import localdate

from atalaya.portal.observatory.models import Dataset, Duty, Institution, Letter, Vanished


def test_the_day_stands_in_the_address(visitor: Client) -> None:
    duty = Duty.objects.first()
    answer = visitor.get(f"/carta/?obligacion={duty.id}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/carta/?obligacion={duty.id}&fecha={localdate().isoformat()}"
    assert visitor.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("day", ["2026-13-01", "x", "0001-01-01", "9999-12-31", ""])
def test_days_that_no_letter_has_are_today(visitor: Client, day: str) -> None:
    answer = visitor.get(f"/carta/?obligacion={Duty.objects.first().id}&fecha={day}")
    assert answer.status_code == 302


def test_the_term_is_counted_by_the_working_days_of_the_country(visitor: Client) -> None:
    letter = Letter.objects.get(id="peto")
    # Five working days; Friday and Saturday are free in the invented country, and so is 26 July.
    assert letter.due(date(2026, 7, 20)) == date(2026, 7, 28)
    duty, slug = Duty.objects.first(), Institution.objects.order_by("id").first().slug
    text = visitor.get(f"/en/carta/?obligacion={duty.id}&institucion={slug}&fecha=2026-07-20").content.decode()
    assert "July 28, 2026" in text
    assert "article 3, letter a" in text
    assert "Openness Act (Leĝo 7)" in text
    assert "2024-02" in text  # the period that is missing between others
    assert "No aplica" in text  # how the duty stands


def test_without_an_institution_a_line_is_left_to_fill(visitor: Client) -> None:
    today = localdate().isoformat()
    text = visitor.get(f"/en/carta/?obligacion={Duty.objects.first().id}&fecha={today}").content.decode()
    assert "____" in text
    assert "I ask for the periods" not in text


def test_letters_about_datasets_name_them(visitor: Client) -> None:
    dataset, today = Dataset.objects.first(), localdate().isoformat()
    text = visitor.get(f"/carta/?conjunto={dataset.id}&fecha={today}").content.decode()
    assert f"I ask for “{dataset.title}”, at https://" in text  # the invented country has no Spanish


def test_files_say_what_the_page_says(visitor: Client) -> None:
    place = f"/carta/?obligacion={Duty.objects.first().id}&fecha={(localdate() - timedelta(days=3)).isoformat()}"
    text = visitor.get(f"{place}&formato=txt")
    assert text.headers["Content-Type"].startswith("text/plain")
    assert "Under Openness Act (Leĝo 7), article 3, letter a" in text.content.decode()
    document = visitor.get(f"{place}&formato=docx").content
    assert "article 3" in zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml").decode()


@pytest.mark.parametrize(
    "query", ["obligacion=none", "conjunto=none", "desaparecido=none", "obligacion={duty}&institucion=none"]
)
def test_what_is_not_there_has_no_letter(visitor: Client, query: str) -> None:
    today = localdate().isoformat()
    place = query.format(duty=Duty.objects.first().id)
    assert visitor.get(f"/carta/?{place}&fecha={today}").status_code == 404


def test_a_subject_without_a_template_says_so(visitor: Client) -> None:
    lost = Vanished.objects.first()
    answer = visitor.get(f"/carta/?desaparecido={lost.id}&fecha={localdate().isoformat()}")
    assert answer.status_code == 404
    assert "No hay carta para esto" in answer.content.decode()

"""The report: whole, safe and legible on any observation, in both languages."""

import json
import re
from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace

import pytest

from atalaya.checks.check import text_of
from atalaya.checks.outcomes import Verdict
from atalaya.checks.registry import by_id
from atalaya.publish.report import render_report
from atalaya.publish.sentences import explainer, rule_texts
from atalaya.publish.standing import standings, tables
from atalaya.publish.words import words
from tests.publish.reading import Page

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202e\u2067مرحبا RTL \u200f<b>",
    "{{ 7*7 }} {% raw %} {count} %s",
    "A" * 5000,
    "\x00\x08\ud800",
    "",
)


def _page(data, language="es", **more):
    text = render_report(data, language, **more)
    page = Page(text)
    assert page.open == []
    _assert_safe(page)
    _assert_linked(page)
    _assert_headed(page)
    return page


def _assert_safe(page):
    for tag, attributes in page.tags:
        assert tag not in ("script", "iframe", "object", "embed", "form", "link", "img", "base"), tag
        assert not [name for name in attributes if name.startswith("on")]
        assert "src" not in attributes
        target = attributes.get("href") or "#x"
        assert target.startswith(("#", "http://", "https://")), target


def _assert_linked(page):
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids)), sorted(i for i in ids if ids.count(i) > 1)
    for _, attributes in page.tags:
        target = attributes.get("href") or ""
        assert not target.startswith("#") or target[1:] in ids, target
        for label in (attributes.get("aria-labelledby") or "").split():
            assert label in ids


def _assert_headed(page):
    """One h1, no level skipped, a caption or a summary for every table, and landmarks."""
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    tags = [tag for tag, _ in page.tags]
    assert all(tags.count(landmark) == 1 for landmark in ("header", "nav", "main", "footer"))


@pytest.mark.parametrize(("language", "phrase"), [("es", "La cifra nacional"), ("en", "The national figure")])
def test_a_whole_country(build, differences, language, phrase):
    page = _page(build(differences=differences, sample=True), language)
    assert ("html", {"lang": language}) in page.tags
    assert phrase in page.words
    assert "Institución 013" in page.words


def test_small_enough_to_carry(build, differences):
    assert len(render_report(build(14, 120, unknown=0.1, differences=differences)).encode()) < 700_000
    many = render_report(build(60, 600, unknown=0.1, differences=differences))
    assert len(many.encode()) < 2_000_000


def test_two_renderings_are_the_same_bytes(build):
    assert render_report(build()) == render_report(build())


def test_names_best_worst_why_and_what_to_mend(build):
    data = build()
    found = standings(data)
    table = tables(data, found)[0]
    best, worst = table.best[0], table.worst[0]
    words = _page(data, "en").words
    assert re.search(rf"The best of Executive branch {best.name} {best.index.value:.1f}", words)
    assert re.search(rf"The worst of Executive branch {worst.name} 0.0 It publishes no dataset", words)
    assert "at least +11.5 points" in words
    gain, points = table.gains()[0]
    least = "at least " if gain.at_least else ""
    assert f"rises by {least}+{points:.1f} points. {gain.failing} failing cases." in words


def test_every_ranked_institution_shows_its_interval(build):
    data = build(unknown=0.2)
    page = _page(data, "en")
    for table in tables(data, standings(data)):
        for standing in table.ranked:
            if standing.index.open:
                assert f"{standing.index.low:.1f} – {standing.index.high:.1f}" in page.words


def test_findings_show_evidence_and_remedy(build):
    page = _page(build(), "en")
    assert "HTTP status 200 · sent as text/html · the bytes are html · 12.3 kB · sha256 abababababab…" in page.words
    assert "Remedy: Text of the check" in page.words
    assert any((a.get("href") or "").startswith("https://datos.example.org/rec") for _, a in page.tags)


def test_a_check_explains_its_findings(build):
    reasons = {"wrong": "The bytes are {found}, not what was said."}
    said = {"reasons": reasons, "thresholds": {}, "terms": {}, "formats": ()}
    checks = [SimpleNamespace(id=row["id"], version=row["version"], **said) for row in build().rules]
    assert "The bytes are html, not what was said." in _page(build(), "en", checks=checks).words


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"check_id": "c", "check_version": 1, "reason": "r", "verdict": "fail", "evidence": {"x": 3}}, "It is 3."),
        ({"check_id": "c", "check_version": 1, "reason": "r", "verdict": "fail", "evidence": '{"x": 3}'}, "It is 3."),
        ({"check_id": "c", "check_version": 2, "reason": "r", "verdict": "fail", "evidence": {"x": 3}}, None),
        ({"check_id": "c", "check_version": 1, "reason": "q", "verdict": "fail", "evidence": {"x": 3}}, None),
        ({"check_id": "c", "check_version": 1, "reason": "r", "verdict": "fail", "evidence": {}}, None),
        ({}, None),
    ],
)
def test_explaining_knows_its_limits(row, expected):
    check = SimpleNamespace(
        id="c", version=1, reasons={"r": "It is {x}."}, thresholds={}, terms={}, formats=frozenset()
    )
    assert explainer([check])(row, "en") == expected


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_titles(build, title):
    page = _page(build(5, 10, title=title))
    assert not re.search("A{200}", page.words)
    assert "\u202e" not in page.words
    assert "49" not in [word.strip() for word in page.words.split() if "7*7" in word]


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_everything_else(build, title):
    data = build(3, 6)
    rows = tuple({**row, "url": title, "media_type": title, "format": title, "failure": title} for row in data.findings)
    institutions = tuple({**row, "name": title, "acronym": title} for row in data.institutions)
    sources = tuple({**row, "title": title, "url": title, "reason": title} for row in data.sources)
    caveats = {"xx:portal": (title,)}
    _page(replace(data, findings=rows, institutions=institutions, sources=sources, caveats=caveats))


def test_empty_country(build):
    page = _page(build(0, 0), "en")
    assert "No institution is registered for this country" in page.words


def test_a_country_without_anything(build):
    data = build(0, 0, sources=(), measures=(), rules=(), groups=(), hashes={}, commands=(), manifest_sha256=None)
    assert "No source is declared" in _page(data, "en").words


def test_all_unknown(build):
    page = _page(build(6, 0, state="failed"), "en")
    assert "Nothing of Executive branch could be measured" in page.words
    assert "its data could be in what was not read: National portal (could not be read)" in page.words
    assert "First to mend" not in page.words


def test_one_institution(build):
    words = _page(build(1, 5), "en").words
    assert "This is the figure of Institución 000 , the only one in this observation." in words
    for phrase in ("The best of", "The worst of", "The only one measured", "rank 1 of 1", "Ranked by score"):
        assert phrase not in words
    alone = build(1, 5, unknown=0)
    same = [{**row, "value": 50.0} if row["level"] == "dimension" else row for row in alone.scores]
    assert "weakest in" not in _page(replace(alone, scores=tuple(same)), "en").words


def test_every_finding_can_be_reached(build):
    data = build(5, 20)
    page = _page(data, "en")
    for standing in standings(data).values():
        for row in standing.findings:
            assert any(attributes.get("href") == row["url"] for _, attributes in page.tags), row["url"]
    assert "atalaya observation findings xx-20260131 --institution xx:inst-000" in page.words


@pytest.mark.parametrize("language", ["es", "en"])
def test_unattributed_records_keep_every_no_open(build, language):
    data = build(unknown=0, orphans=3)
    words = _page(data, language).words
    said = {
        "es": ("3 registros aún no tienen institución y pueden ser", "su puntaje podría subir hasta 100"),
        "en": ("3 records have no institution yet, and they may belong", "its score could rise up to 100"),
    }[language]
    never = {"es": ("no tiene margen", "y no hay ninguno"), "en": ("has no margin", "and there is none.")}[language]
    for phrase in said:
        assert phrase in words
    for phrase in never:
        assert phrase not in words


def test_nothing_unknown_and_all_attributed_has_no_margin(build):
    assert "so the figure has no margin" in _page(build(unknown=0), "en").words


@pytest.mark.parametrize(
    ("language", "text"), [("es", "La fuente no dio ninguna respuesta."), ("en", "No answer came")]
)
def test_reasons_of_sources_are_in_words(build, language, text):
    data = build(3, 6)
    sources = tuple({**row, "state": "failed", "reason": "unreachable"} for row in data.sources)
    assert text in _page(replace(data, sources=sources), language).words


def test_numbers_of_sentences_are_written_as_the_country_writes_them():
    check = replace(by_id("current_declared"), thresholds={"tolerance": 1.5})
    row = {"check_id": "c", "check_version": 1, "reason": "r", "verdict": "fail", "evidence": {"x": 12345.5}}
    said = SimpleNamespace(
        id="c", version=1, reasons={"r": "{x} of {most}"}, thresholds={"most": 1.5}, terms={}, formats=frozenset()
    )
    assert explainer([said], "es")(row, "es") == "12.345,5 of 1,5"
    sealed = {"id": check.id, "version": check.version, "text": {"es": text_of(check, "es")}}
    assert "1,5" in str(rule_texts(sealed, [check], words("es", "es"))["text"])
    other = {**sealed, "text": {"es": "Otra cosa, 1.5"}}
    assert rule_texts(other, [check], words("es", "es"))["text"] == "Otra cosa, 1.5"


def test_moves_are_those_of_the_figures_shown(build, differences):
    scores = (
        {"unit_id": "xx:inst-000", "kind": "institution", "before": 10.04, "after": 10.16},
        {"unit_id": "xx:inst-001", "kind": "institution", "before": 10.01, "after": 10.04},
        {"unit_id": "executive", "kind": "group", "before": 40.0, "after": 41.0},
    )
    moved = ({"record_id": "r", "title": "Registro", "before": None, "after": "xx:inst-002"},)
    page = _page(build(differences=replace(differences, scores=scores, attributions=moved)), "en")
    assert "Institución 000 10.0 10.2 +0.2" in page.words
    assert "Institución 001 10.0 10.0" not in page.words
    assert re.search(r"Groups: the means of their institutions.* Executive branch 40.0 41.0 \+1.0", page.words)
    assert "Registro : no institution → Institución 002" in page.words


def test_weights_add_up(build):
    words = _page(build(), "en").words
    assert [words.count(f"· {part}") >= count for part, count in (("5/13", 1), ("3/13", 2), ("2/13", 1))] == [True] * 3
    assert words.count("· 1/6") >= 4, "the parts of openness that have one measure"
    assert "38.5 %" not in words


def test_hundreds_that_could_not_be_measured_stay_legible(build):
    data = build(400, 0, state="failed")
    assert len(render_report(data).encode()) < 300_000
    assert "100 instituciones: sus datos podrían estar" in _page(data).words


def test_an_institution_in_two_groups_or_none(build):
    data = build(4, 8, state="failed")
    groups = [["executive", "municipal"], [], ["nowhere"], ["municipal"]]
    institutions = tuple({**row, "groups": g} for row, g in zip(data.institutions, groups, strict=True))
    words = _page(replace(data, institutions=institutions), "en").words
    assert "In no group" in words


def test_under_the_floor_says_how_much_was_measured(build):
    words = _page(build(3, 12, unknown=0.9), "en").words
    assert re.search(r"Why: only \d+ % of its weight could be measured\.", words)


def test_differences(build, differences):
    words = _page(build(differences=differences), "en").words
    assert "New (1) Nuevo" in words
    assert "Vanished (1) Desaparecido" in words
    assert "Institución 000 10.0 22.5 +12.5" in words
    assert "Executive branch 40.0 41.0 +1.0" in words
    assert "Institución 001 – 5.0 –" in words
    assert "Newly failing (1)" in words
    assert "licence_open : 1 → 2" in words


def test_nothing_changed_and_nothing_before(build, differences):
    same = type(differences)(parent="p", parent_as_of="2026-01-29T08:00:00Z")
    assert "Nothing changed." in _page(build(differences=same), "en").words
    assert "there is none before it" in _page(build(), "en").words


def test_the_page_asks_nothing_from_outside(build):
    text = render_report(build())
    assert "default-src 'none'" in text
    assert "@import" not in text
    assert "url(" not in text


def test_json_columns_may_come_as_text(build):
    data = build(3, 6)
    scores = tuple({**row, "detail": json.dumps(row["detail"])} for row in data.scores)
    institutions = tuple({**row, "groups": json.dumps(row["groups"])} for row in data.institutions)
    assert render_report(replace(data, scores=scores, institutions=institutions)) == render_report(data)


def test_verdicts_are_those_of_checks():
    assert Verdict("fail") is Verdict.FAIL


def test_what_is_not_collected_is_listed_with_where_it_will_come_from(build):
    data = build(3, 6)
    words = _page(data, "en").words
    left = data.methodology.not_collected
    assert f"{len(left)} indicators are not collected in this edition and count for nobody." in words
    assert "Not collected in this edition" in words
    for item in left:
        assert f"{item.title['en']} {item.text['en']}" in words


def test_every_part_of_a_dimension_is_shown_with_its_cases(build):
    data = build(3, 40)
    words = _page(data, "en").words
    standing = next(iter(standings(data).values()))
    openness = data.methodology.items["openness"]
    shown = [(depth, score.node.id) for depth, score in standing.below(openness)]
    assert shown[:4] == [(0, "licence_open"), (0, "machine_readable"), (0, "open_format"), (0, "whole_download")]
    assert (1, "data_downloadable") in shown
    assert "licence" not in {node for _, node in shown}, "an indicator of one measure is told once"
    assert "Bulk download or interface for programs" in words
    assert "the mean of its parts" in words

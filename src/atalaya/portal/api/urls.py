"""Addresses for machines. Those that speak to people, feeds and pictures, stand under both languages; none ever changes."""

from django.urls import URLPattern, URLResolver, include, path

from atalaya.portal.api import badges, calendars, feeds, news, places, plans, sheets
from atalaya.portal.api.archive import archived_bytes, repaired
from atalaya.portal.api.ckan.endpoint import action
from atalaya.portal.api.dcat.views import federation, observatory
from atalaya.portal.api.dumps import dump_file
from atalaya.portal.api.sparql.views import sparql
from atalaya.portal.api.v1.service import patterns

spoken: list[URLPattern] = [
    path("ediciones.atom", feeds.editions, name="editions"),
    path("cambios.atom", feeds.changes, name="changes"),
    path("desaparecidos.atom", feeds.vanished, name="vanished"),
    path("instituciones/<slug:slug>/hallazgos.atom", feeds.findings, name="findings"),
    path("instituciones/<slug:slug>/insignia.svg", badges.badge, name="badge"),
    path("comunicados.atom", news.atom, name="communiques-atom"),
    path("comunicados.rss", news.rss, name="communiques-rss"),
    path("comunicados.json", news.json_feed, name="communiques-json"),
    path("comunicados/<slug:slug>/comunicado.pdf", news.pdf, name="communique-pdf"),
    path("calendario.ics", calendars.calendar, name="calendar"),
    path("instituciones/<slug:slug>/calendario.ics", calendars.institution_calendar, name="institution-calendar"),
    path("instituciones/<slug:slug>/plan.pdf", plans.plan_pdf, name="plan-pdf"),
    path("planes/<int:number>/autoevaluacion.pdf", sheets.assessment_pdf, name="assessment-sheet"),
    path("planes/<int:number>/compromisos/<int:commitment>/hoja.pdf", sheets.commitment_pdf, name="commitment-sheet"),
    path("planes/<int:number>/hoja.pdf", sheets.plan_pdf, name="plan-sheet"),
    path("instituciones/<slug:slug>/tarjeta.svg", badges.card, name="card"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/3/action/<str:name>", action, name="ckan-action"),
    path("api/action/<str:name>", action, name="ckan-action-of-any-version"),
    path("api/v1/", include((patterns(), "api-v1"))),
    path("api/<path:rest>", places.nothing, name="api-nothing"),
    path("catalogo.<str:syntax>", federation, name="federation"),
    path("observatorio.<str:syntax>", observatory, name="observatory"),
    path("descargas/<str:observation>/<path:path>", dump_file, name="dump-file"),
    path("archivo/<str:sha256>/bytes", archived_bytes, name="archived-bytes"),
    path("archivo/<str:sha256>/reparado.zip", repaired, name="repaired"),
    path("sparql", sparql, name="sparql"),
    path("robots.txt", places.robots, name="robots"),
    path("sitemap.xml", places.sitemap, name="sitemap"),
    path("sitemap-<int:number>.xml", places.sitemap_file, name="sitemap-file"),
    path("en/", include((spoken, "machines"), namespace="machines-en")),
    path("", include((spoken, "machines"), namespace="machines-es")),
]

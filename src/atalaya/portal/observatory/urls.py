"""Addresses of the observatory's pages, the same in both languages."""

from django.urls import URLPattern, path

from atalaya.portal.core.views import site_map
from atalaya.portal.observatory.views.archived import archived
from atalaya.portal.observatory.views.calendar import calendar, institution_calendar
from atalaya.portal.observatory.views.changes import changes
from atalaya.portal.observatory.views.charts import charts
from atalaya.portal.observatory.views.comparison import comparison
from atalaya.portal.observatory.views.computation import computation, index_computation
from atalaya.portal.observatory.views.dataset import dataset
from atalaya.portal.observatory.views.datasets import datasets
from atalaya.portal.observatory.views.downloads import download, downloads
from atalaya.portal.observatory.views.duties import duties, duty
from atalaya.portal.observatory.views.finding import finding
from atalaya.portal.observatory.views.findings import findings
from atalaya.portal.observatory.views.home import home
from atalaya.portal.observatory.views.institution import institution
from atalaya.portal.observatory.views.institutions import institutions
from atalaya.portal.observatory.views.international import international, international_index
from atalaya.portal.observatory.views.languages import language, languages
from atalaya.portal.observatory.views.letter import letter
from atalaya.portal.observatory.views.method import method, rule
from atalaya.portal.observatory.views.moves import institution_moves, moves
from atalaya.portal.observatory.views.municipality import municipality
from atalaya.portal.observatory.views.open_data import open_data
from atalaya.portal.observatory.views.plan import plan
from atalaya.portal.observatory.views.queries import queries
from atalaya.portal.observatory.views.ranking import ranking
from atalaya.portal.observatory.views.resource import preview, resource, version_changes
from atalaya.portal.observatory.views.search import search
from atalaya.portal.observatory.views.sources import sources
from atalaya.portal.observatory.views.topics import topic, topic_guide, topics
from atalaya.portal.observatory.views.vanished import loss, vanished
from atalaya.portal.observatory.views.weights import weights
from atalaya.portal.observatory.views.what_if import what_if

app_name = "observatory"

urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("buscar/", search, name="search"),
    path("indice/", ranking, name="ranking"),
    path("indice/como-se-calcula/", index_computation, name="index_computation"),
    path("indice/que-pasaria/", weights, name="weights"),
    path("comparar/", comparison, name="comparison"),
    path("ediciones/", moves, name="moves"),
    path("calendario/", calendar, name="calendar"),
    path("mi-municipio/", municipality, name="municipality"),
    path("instituciones/", institutions, name="institutions"),
    path("instituciones/<slug:slug>/", institution, name="institution"),
    path("instituciones/<slug:slug>/plan/", plan, name="improvement_plan"),
    path("instituciones/<slug:slug>/que-pasaria/", what_if, name="what_if"),
    path("instituciones/<slug:slug>/que-cambio/", institution_moves, name="institution_moves"),
    path("instituciones/<slug:slug>/como-se-calcula/", computation, name="computation"),
    path("instituciones/<slug:slug>/calendario/", institution_calendar, name="institution_calendar"),
    path("datos/", datasets, name="datasets"),
    path("datos/<str:identifier>/", dataset, name="dataset"),
    path("datos/<str:identifier>/<str:part>/", resource, name="resource"),
    path("datos/<str:identifier>/<str:part>/vista-previa/", preview, name="preview"),
    path("datos/<str:identifier>/<str:part>/comparacion/", version_changes, name="version_changes"),
    path("descargas/", downloads, name="downloads"),
    path("descargas/<str:observation>/", download, name="download"),
    path("archivo/<str:sha256>/", archived, name="archived"),
    path("consultas/", queries, name="sparql"),
    path("obligaciones/", duties, name="duties"),
    path("obligaciones/<slug:identifier>/", duty, name="duty"),
    path("datos-abiertos/", open_data, name="open_data"),
    path("hallazgos/", findings, name="findings"),
    path("hallazgos/<str:identifier>/", finding, name="finding"),
    path("cambios/", changes, name="changes"),
    path("graficas/", charts, name="charts"),
    path("carta/", letter, name="letter"),
    path("desaparecidos/", vanished, name="vanished"),
    path("desaparecidos/<str:identifier>/", loss, name="loss"),
    path("temas/", topics, name="topics"),
    path("temas/como-hacer-uno/", topic_guide, name="topic_guide"),
    path("temas/<slug:identifier>/", topic, name="topic"),
    path("internacional/", international, name="international"),
    path("internacional/<slug:identifier>/", international_index, name="international_index"),
    path("idiomas/", languages, name="languages"),
    path("idiomas/<slug:tag>/", language, name="language"),
    path("fuentes/", sources, name="sources"),
    path("mapa/", site_map, name="site_map"),
    path("metodo/", method, name="method"),
    path("metodo/<slug:check>/", rule, name="rule"),
]

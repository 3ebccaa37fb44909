"""Addresses of publishing: what is in preparation, what is published (pages), and files, which have no language."""

from django.urls import URLPattern, path

from atalaya.portal.publishing.views.drafts import drafts, upload
from atalaya.portal.publishing.views.handing import feed, published_file
from atalaya.portal.publishing.views.public import publication, publications
from atalaya.portal.publishing.views.tables import table, tables
from atalaya.portal.publishing.views.version import version

urlpatterns: list[URLPattern] = [
    path("", drafts, name="publishing"),
    path("nuevo/", upload, name="publishing_new"),
    path("tablas/", tables, name="publishing_tables"),
    path("tablas/<str:identity>.<slug:form>", table, name="publishing_table"),
    path("<int:pk>/", version, name="publishing_version"),
    path("<int:pk>/archivo/", upload, name="publishing_upload"),
]
pages: list[URLPattern] = [
    path("publicado/", publications, name="publications"),
    path("publicado/<slug:body>/<slug:dataset>/", publication, name="publication"),
]
files: list[URLPattern] = [
    path("publicado/catalogo.<str:syntax>", feed, name="published_feed"),
    path("publicado/<slug:body>/<slug:dataset>/<str:name>", published_file, name="published_file"),
]

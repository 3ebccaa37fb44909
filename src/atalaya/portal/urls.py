"""All addresses of the portal: Spanish ones at the root, the same ones in English under `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from atalaya.portal.commitments.urls import urlpatterns as commitments
from atalaya.portal.core.views import health, not_found, server_error
from atalaya.portal.news.urls import urlpatterns as news
from atalaya.portal.observatory.urls import urlpatterns as observatory

_PAGES = ([*observatory, *commitments, *news], "observatory")
"""The pages of all apps that stand in both languages, under one name of theirs in each."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("salud", health, name="health"),
    path("", include("atalaya.portal.api.urls")),
    *i18n_patterns(
        path("cuenta/", include("atalaya.portal.accounts.urls")),
        path("redaccion/", include("atalaya.portal.news.desk_urls")),
        path("reportar/", include("atalaya.portal.reports.urls")),
        prefix_default_language=False,
    ),
    path("en/", include(_PAGES, namespace="en")),
    path("", include(_PAGES, namespace="es")),
]

handler404 = not_found
handler500 = server_error

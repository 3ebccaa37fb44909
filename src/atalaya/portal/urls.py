"""All addresses of the portal: Spanish ones at the root, the same ones in English under `/en/`."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from atalaya.portal.commitments.urls import urlpatterns as commitments
from atalaya.portal.core.metrics import metrics, ready
from atalaya.portal.core.views import health, not_found, server_error
from atalaya.portal.meetings.urls import urlpatterns as meetings
from atalaya.portal.news.urls import urlpatterns as news
from atalaya.portal.news.views.pictures import picture
from atalaya.portal.observatory.urls import urlpatterns as observatory
from atalaya.portal.post import urls as post
from atalaya.portal.publishing.urls import files as published_files
from atalaya.portal.publishing.urls import pages as published
from atalaya.portal.reviews.urls import private as reviews
from atalaya.portal.reviews.urls import public as answers
from atalaya.portal.rounds.urls import private as private_rounds
from atalaya.portal.rounds.urls import urlpatterns as rounds

_PAGES = ([*observatory, *answers, *commitments, *meetings, *news, *rounds, *published], "observatory")
"""The pages of all apps that stand in both languages, under one name of theirs in each."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("salud", health, name="health"),
    path("salud/lista", ready, name="ready"),
    path("metricas", metrics, name="metrics"),
    path("comunicados/<slug:slug>/fotos/<slug:key>/<slug:size>", picture, name="communique_picture"),
    path("", include("atalaya.portal.api.urls")),
    *published_files,
    *i18n_patterns(
        path("cuenta/", include("atalaya.portal.accounts.urls")),
        path("contactos/", include(post.contacts_of_posts)),
        path("correspondencia/", include(post.letters)),
        path("archivos/", include("atalaya.portal.files.urls")),
        path("gestion/planes/", include("atalaya.portal.commitments.private_urls")),
        path("publicar/", include("atalaya.portal.publishing.urls")),
        path("redaccion/", include("atalaya.portal.news.desk_urls")),
        path("reportar/", include("atalaya.portal.reports.urls")),
        *reviews,
        path("seguir/", include(post.following)),
        path("secretaria/", include("atalaya.portal.meetings.desk_urls")),
        path("rondas/gestion/", include(private_rounds)),
        prefix_default_language=False,
    ),
    path("en/", include(_PAGES, namespace="en")),
    path("", include(_PAGES, namespace="es")),
]

handler404 = not_found
handler500 = server_error

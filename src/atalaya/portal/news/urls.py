"""Addresses of communiqués that anybody may read, the same in both languages."""

from django.urls import URLPattern, path

from atalaya.portal.news.views.communique import communique
from atalaya.portal.news.views.communiques import communiques

urlpatterns: list[URLPattern] = [
    path("comunicados/", communiques, name="communiques"),
    path("comunicados/<slug:slug>/", communique, name="communique"),
]

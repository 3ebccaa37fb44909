"""Addresses of files, the same in both languages."""

from django.urls import URLPattern, path

from atalaya.portal.files.views.handing import file, picture

urlpatterns: list[URLPattern] = [
    path("<slug:key>/", file, name="file"),
    path("<slug:key>/<slug:size>/", picture, name="picture"),
]

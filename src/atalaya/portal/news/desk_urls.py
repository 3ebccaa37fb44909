"""Addresses of those who write communiqués, the same in both languages."""

from django.urls import URLPattern, path

from atalaya.portal.news.views.desk import desk, one, write
from atalaya.portal.news.views.pictures import pictures

urlpatterns: list[URLPattern] = [
    path("", desk, name="news_desk"),
    path("nuevo/", write, name="news_new"),
    path("<int:pk>/", one, name="news_one"),
    path("<int:pk>/fotos/", pictures, name="news_pictures"),
    path("<int:pk>/texto/", write, name="news_text"),
]

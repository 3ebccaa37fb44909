"""Addresses of reports, the same in both languages."""

from django.urls import URLPattern, path

from atalaya.portal.reports.views.report import follow, report
from atalaya.portal.reports.views.review import reports, review

urlpatterns: list[URLPattern] = [
    path("", report, name="report"),
    path("revisar/", reports, name="report_list"),
    path("revisar/<slug:number>/", review, name="report_review"),
    path("<slug:number>/", follow, name="report_follow"),
]

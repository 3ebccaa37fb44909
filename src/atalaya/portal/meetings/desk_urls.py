"""Addresses of those who run bodies and take part in them; the same in both languages, and never kept by a cache."""

from django.urls import URLPattern, path

from atalaya.portal.meetings.views.desk import desk, fulfilments, new_body
from atalaya.portal.meetings.views.desk_bodies import desk_body, desk_call, desk_seat
from atalaya.portal.meetings.views.desk_minutes import desk_minutes
from atalaya.portal.meetings.views.desk_sessions import (
    desk_agreement,
    desk_agreements,
    desk_attendance,
    desk_reports,
    desk_session,
)
from atalaya.portal.meetings.views.desk_standards import desk_propose, desk_standard

urlpatterns: list[URLPattern] = [
    path("", desk, name="meetings_desk"),
    path("acuerdos/<int:pk>/", desk_agreement, name="desk_agreement"),
    path("asientos/<int:pk>/", desk_seat, name="desk_seat"),
    path("cumplimiento/", fulfilments, name="desk_fulfilments"),
    path("normas/<slug:identifier>/", desk_standard, name="desk_standard"),
    path("organo-nuevo/", new_body, name="desk_new_body"),
    path("organos/<slug:identifier>/", desk_body, name="desk_body"),
    path("organos/<slug:identifier>/convocar/", desk_call, name="desk_call"),
    path("organos/<slug:identifier>/proponer/", desk_propose, name="desk_propose"),
    path("sesiones/<slug:identifier>/", desk_session, name="desk_session"),
    path("sesiones/<slug:identifier>/acta/", desk_minutes, name="desk_minutes"),
    path("sesiones/<slug:identifier>/acuerdos/", desk_agreements, name="desk_agreements"),
    path("sesiones/<slug:identifier>/asistencia/", desk_attendance, name="desk_attendance"),
    path("sesiones/<slug:identifier>/informes/", desk_reports, name="desk_reports"),
]

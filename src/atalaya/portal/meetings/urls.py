"""Addresses of bodies and their sessions, the same in both languages: public pages here, those of people who act in `desk`."""

from django.urls import URLPattern, path

from atalaya.portal.meetings.views.agreements import agreements
from atalaya.portal.meetings.views.bodies import bodies, body
from atalaya.portal.meetings.views.compliance import compliance
from atalaya.portal.meetings.views.files import body_calendar, meeting_calendar, meeting_pdf
from atalaya.portal.meetings.views.follow_up import follow_up
from atalaya.portal.meetings.views.matrix import sessions
from atalaya.portal.meetings.views.sessions import meeting, meetings
from atalaya.portal.meetings.views.standards import standard, standard_file, standards

urlpatterns: list[URLPattern] = [
    path("acuerdos/", agreements, name="agreements"),
    path("cumplimiento/", compliance, name="compliance"),
    path("normas/", standards, name="standards"),
    path("normas/<slug:identifier>/", standard, name="standard"),
    path("normas/<slug:identifier>/<int:number>/", standard_file, name="standard_file"),
    path("organos/", bodies, name="bodies"),
    path("organos/<slug:identifier>/", body, name="body"),
    path("organos/<slug:identifier>/sesiones.ics", body_calendar, name="body_calendar"),
    path("planes/<int:number>/mesa-tecnica/", sessions, name="sessions"),
    path("seguimiento/", follow_up, name="follow_up"),
    path("sesiones/", meetings, name="meetings"),
    path("sesiones/<slug:identifier>/", meeting, name="meeting"),
    path("sesiones/<slug:identifier>/acta.pdf", meeting_pdf, name="meeting_pdf"),
    path("sesiones/<slug:identifier>/convocatoria.ics", meeting_calendar, name="meeting_calendar"),
]

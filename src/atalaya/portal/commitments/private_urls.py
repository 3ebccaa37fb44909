"""Addresses for those who keep plans and who comment on them: what they get depends on who asks."""

from django.urls import URLPattern, path

from atalaya.portal.commitments.views.assessment_form import assessment_form
from atalaya.portal.commitments.views.comment_form import comment_form, moderation
from atalaya.portal.commitments.views.desk import desk
from atalaya.portal.commitments.views.reading_form import reading_form, withdrawal
from atalaya.portal.commitments.views.session_round import session_round
from atalaya.portal.commitments.views.uploading import upload, uploading
from atalaya.portal.commitments.views.version_form import version_form

urlpatterns: list[URLPattern] = [
    path("", desk, name="plan_desk"),
    path("comentarios/", moderation, name="commitment_moderation"),
    path("importar/", uploading, name="plan_uploading"),
    path("importar/<int:pk>/", upload, name="plan_upload"),
    path("lecturas/<int:reading>/retirar/", withdrawal, name="reading_withdrawal"),
    path("<int:number>/autoevaluacion/<slug:term>/", assessment_form, name="plan_assessment"),
    path("<int:number>/sesion/", session_round, name="plan_round"),
    path("<int:number>/compromisos/<int:commitment>/comentar/", comment_form, name="commitment_comment"),
    path("<int:number>/compromisos/<int:commitment>/lectura/", reading_form, name="commitment_reading"),
    path("<int:number>/compromisos/<int:commitment>/version/", version_form, name="commitment_version"),
]

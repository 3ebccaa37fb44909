"""Addresses of plans, the same in both languages."""

from django.urls import URLPattern, path

from atalaya.portal.commitments.views.assessment import assessments
from atalaya.portal.commitments.views.commitment import commitment
from atalaya.portal.commitments.views.compared import plans_compared
from atalaya.portal.commitments.views.everything import everything
from atalaya.portal.commitments.views.found import institution_commitments, plan_search
from atalaya.portal.commitments.views.plan import plan, plan_file
from atalaya.portal.commitments.views.plans import plans
from atalaya.portal.commitments.views.timeline import timeline

urlpatterns: list[URLPattern] = [
    path("planes/", plans, name="plans"),
    path("planes/buscar/", plan_search, name="plan_search"),
    path("planes/planes.zip", everything, name="plans_everything"),
    path("planes/comparacion/", plans_compared, name="plans_compared"),
    path("planes/<int:number>/", plan, name="plan"),
    path("planes/<int:number>/plan.<str:form>", plan_file, name="plan_file"),
    path("planes/<int:number>/autoevaluacion/", assessments, name="assessments"),
    path("planes/<int:number>/cronologia/", timeline, name="plan_timeline"),
    path("planes/<int:number>/compromisos/<int:commitment>/", commitment, name="commitment"),
    path("instituciones/<slug:slug>/compromisos/", institution_commitments, name="institution_commitments"),
]

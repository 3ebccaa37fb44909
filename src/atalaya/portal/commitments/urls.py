"""Addresses of plans, the same in both languages."""

from django.urls import URLPattern, path

from atalaya.portal.commitments.views.commitment import commitment
from atalaya.portal.commitments.views.plan import plan, plan_file
from atalaya.portal.commitments.views.plans import plans

urlpatterns: list[URLPattern] = [
    path("planes/", plans, name="plans"),
    path("planes/<int:number>/", plan, name="plan"),
    path("planes/<int:number>/plan.<str:form>", plan_file, name="plan_file"),
    path("planes/<int:number>/compromisos/<int:commitment>/", commitment, name="commitment"),
]

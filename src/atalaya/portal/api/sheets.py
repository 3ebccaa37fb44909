"""Plans, commitments and self-assessments as PDF, made anew when what they say changes."""

from atalaya.portal.api.answers import machine
from atalaya.portal.commitments.views.sheets import assessment_sheet, commitment_sheet, plan_sheet

assessment_pdf = machine("GET", live=True)(assessment_sheet)
commitment_pdf = machine("GET", live=True)(commitment_sheet)
plan_pdf = machine("GET", live=True)(plan_sheet)

"""Addresses of rounds: the public page, in both languages with the others, and those of whoever runs them."""

from django.urls import URLPattern, path

from atalaya.portal.rounds.views.manage import begin, edition, manage, round_of
from atalaya.portal.rounds.views.progress import rounds
from atalaya.portal.rounds.views.trials import trial, trials

urlpatterns: list[URLPattern] = [path("rondas/", rounds, name="rounds")]
"""What everybody may read."""

private: list[URLPattern] = [
    path("", manage, name="rounds_manage"),
    path("nueva/", begin, name="round_begin"),
    path("<int:pk>/", round_of, name="round_manage"),
    path("ediciones/<slug:observation>/", edition, name="edition_manage"),
    path("metodologias/", trials, name="rounds_trials"),
    path("metodologias/<int:pk>/", trial, name="rounds_trial"),
]
"""What analysts and administrators do."""

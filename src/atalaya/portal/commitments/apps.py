"""The app of plans, as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Commitments(AppConfig):
    """Plans, commitments and readings."""

    name = "atalaya.portal.commitments"
    label = "commitments"

    def ready(self) -> None:
        """Declare who may do what."""
        import_module("atalaya.portal.commitments.rules")

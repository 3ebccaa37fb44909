"""The app of reports, as Django knows it."""

from importlib import import_module

from django.apps import AppConfig


class Reports(AppConfig):
    """Problems that people report."""

    name = "atalaya.portal.reports"
    label = "reports"

    def ready(self) -> None:
        """Declare the permissions."""
        import_module("atalaya.portal.reports.rules")
